"""Suggestions in figures, every number beside a peer measured in the same run: `pytest -m benchmark -s -n 0`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import insert
from stopwatch import Taken, median, take

from acseg_core.config import BackboneConfig, RefineConfig
from acseg_core.images.files import load_image
from acseg_core.images.finding import find_images
from acseg_core.names import dense
from acseg_core.names.patch_classifier import PatchClassifier
from acseg_core.names.region_classifier import suggest_names
from acseg_core.nets.backbone import Backbone
from acseg_core.proposals.refine import label_pixels
from acseg_core.proposals.tokens import tokens_of
from acseg_core.store import create_project
from acseg_core.store.edits import history, ingest, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.store.schema import REGION
from acseg_core.types import ImageInfo
from acseg_core.workflows.suggesting import suggest_for_all

pytestmark = [pytest.mark.benchmark, pytest.mark.filterwarnings("default")]

NAMED = UNNAMED = 10_000
CLASSES, DIM = 40, 384


def timed(work: Callable[[], Any], *, rounds: int = 3) -> Taken:
    """Median times of one call, after a call to warm up."""
    work()
    return median([take(work) for _ in range(rounds)])


def descriptors(count: int, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """(n, D) float16 around one direction a class, and the classes from 1."""
    centres = np.random.default_rng(0).normal(size=(CLASSES, DIM))
    random = np.random.default_rng(seed)
    classes = random.integers(0, CLASSES, count)
    points = centres[classes] + 0.3 * random.normal(size=(count, DIM))
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float16), classes + 1


def test_suggestions_against_scikit_learn() -> None:
    """Target: 10,000 regions from 10,000 named ones in 5 s; of processor time, as others may use the machine."""
    from sklearn.neighbors import KNeighborsClassifier

    (named, labels), (unnamed, truth) = descriptors(NAMED, seed=1), descriptors(UNNAMED, seed=2)
    ours = timed(lambda: suggest_names(named, labels, unnamed))
    single, others = named.astype(np.float32), unnamed.astype(np.float32)
    peer = KNeighborsClassifier(10, weights="distance", metric="cosine", algorithm="brute")
    theirs = timed(lambda: peer.fit(single, labels).predict_proba(others))
    right = (suggest_names(named, labels, unnamed)[0] == truth).mean()
    print(
        f"\n{UNNAMED} names from {NAMED}: {ours} (target 5 s), KNeighborsClassifier {theirs}: "
        f"{theirs.processor / ours.processor:.2f} x; right {right:.3f}"
    )
    assert ours.processor < 5


def test_many_named_regions_against_the_full_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """25,000 of 100,000 regions are named: a part of the rest, by what is around each and by all."""
    (named, labels), (unnamed, truth) = descriptors(25_000, seed=1), descriptors(15_000, seed=2)
    around = timed(lambda: suggest_names(named, labels, unnamed), rounds=1)
    right = (suggest_names(named, labels, unnamed)[0] == truth).mean()
    monkeypatch.setattr("acseg_core.names.region_classifier._CELLS_FROM", 10**9)
    full = timed(lambda: suggest_names(named, labels, unnamed), rounds=1)
    pace = f"{around}, full search {full}: {full.processor / around.processor:.2f} x"
    print(f"\n15,000 names from 25,000: {pace}; right {right:.3f}")
    assert around.processor < full.processor
    assert right > 0.99


def test_suggestions_in_a_project(tmp_path: Path) -> None:
    """The same through the store: made, accepted, undone."""
    images, each = 500, 40
    values = {"file_size": 1, "mtime_ns": 1, "stored_width": 8, "stored_height": 6, "width": 8, "height": 6}
    (tmp_path / "images").mkdir()
    with create_project(tmp_path / "project", image_root=tmp_path / "images") as project:
        ingest.add_images(project, [ImageInfo(f"{n:04d}.jpg", f"{n:064x}", **values) for n in range(images)])
        for number in range(CLASSES):
            create_label(project, f"label {number}")
        vectors, classes = descriptors(images * each, seed=3)
        shape = {"area": 1, "box_x": 0.0, "box_y": 0.0, "box_width": 1.0, "box_height": 1.0, "counts": b"0" * 900}
        rows = [
            shape
            | {"image_id": n // each + 1, "node": n % each, "origin": "cut", "descriptor": vectors[n].tobytes()}
            | {"status": "accepted" if n < NAMED else "proposed", "label_id": int(classes[n]) if n < NAMED else None}
            for n in range(images * each)
        ]
        with project.write() as connection:
            connection.execute(insert(REGION), rows)
        taken = {}
        for what, work in {
            "suggest": lambda: list(suggest_for_all(project)),
            "suggest again": lambda: list(suggest_for_all(project)),
            "accept": lambda: suggestions.accept_suggestions(project),
            "undo": lambda: history.undo(project),
        }.items():
            taken[what] = take(work)
    print("\n" + ", ".join(f"{what} {spent}" for what, spent in taken.items()) + f" ({UNNAMED} regions)")
    assert taken["suggest"].processor < 10


def test_dense_prediction_against_the_backbone(shared_data: Path) -> None:
    """An image costs little beside the backbone, also with a classifier that is full."""
    root = shared_data / "camvid-mini" / "images"
    backbone = Backbone(BackboneConfig())
    images = [load_image(root / path) for path in find_images(root).paths[:8]]
    alone = timed(lambda: backbone.features(images[:1]))
    described = [
        dense.patch_descriptors(
            replace(tokens_of(features), multi_crop=dense.multi_crop_view(backbone.features, image))
        )
        for image, features in zip(images, backbone.features(images), strict=True)
    ]
    label_map = np.arange(images[0].shape[0])[:, None] // 33 + np.zeros(images[0].shape[:2], np.int64)
    random = np.random.default_rng(0)
    for copies, name in ((1, "8 images"), (4, "12,000 patches")):
        classifier = PatchClassifier()
        for _ in range(copies):
            for each in described:
                classifier.add(each + 0.01 * random.normal(size=each.shape), label_map)
        probabilities = classifier.predict(described[0])
        ours = timed(lambda classifier=classifier: classifier.predict(described[0]))
        logits = np.log(np.maximum(probabilities, 1e-3)) * np.float32(0.02)
        pixels = timed(lambda logits=logits: label_pixels(logits, images[0], RefineConfig(radius=4)))
        print(
            f"\nclassifier of {name} ({len(classifier)}): predict {ours}, pixels {pixels}, backbone {alone}: "
            f"{(ours.processor + pixels.processor) / alone.processor:.2f} x the processor time"
        )
        assert ours.processor + pixels.processor < 4 * alone.processor
