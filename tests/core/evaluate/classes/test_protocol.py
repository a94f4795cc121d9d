"""Classes without labels: one assignment for the whole set, against brute force, and the protocol on tiny sets."""

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from tiny_model import tiny_generator

from acseg_core.config import SegmenterConfig
from acseg_core.errors import WeightsMismatchError
from acseg_core.evaluate.classes.protocol import (
    ClassesConfig,
    ClassesError,
    evaluate_classes,
    hungarian,
    matched_scores,
)
from acseg_core.evaluate.classes.report import ClassesReport
from acseg_core.evaluate.truth.truth_set import TruthError
from acseg_core.images.files import load_image
from acseg_core.interruptible import run_to_end
from acseg_core.proposals.refine import label_pixels
from acseg_core.proposals.segmenter import Segmenter, default_generator
from acseg_core.types import Progress

LabelledSet = Callable[[str], Path]


def test_the_assignment_is_the_best_there_is() -> None:
    random = np.random.default_rng(0)
    for _ in range(20):
        confusion = random.integers(0, 50, (4, 4))
        given = hungarian(confusion)
        assert sorted(given.tolist()) == [0, 1, 2, 3]
        best = max(sum(confusion[row, label] for row, label in enumerate(order)) for order in permutations(range(4)))
        assert sum(confusion[row, label] for row, label in enumerate(given)) == best


def test_scores_do_not_depend_on_the_numbers_of_clusters() -> None:
    confusion = np.diag([5, 7, 9])
    assert matched_scores(confusion) == (1, 1)
    assert matched_scores(confusion[[2, 0, 1]]) == (1, 1)


def test_clusters_left_over_are_wrong() -> None:
    confusion = np.array([[6, 0], [0, 3], [2, 1]])
    assert hungarian(confusion).tolist() == [0, 1, -1]
    miou, accuracy = matched_scores(confusion)
    assert accuracy == pytest.approx(9 / 12)
    assert miou == pytest.approx((6 / 8 + 3 / 4) / 2)


def test_classes_without_a_cluster_are_missed() -> None:
    miou, accuracy = matched_scores(np.array([[6, 0, 0], [0, 3, 3]]))
    assert accuracy == pytest.approx(9 / 12)
    assert miou == pytest.approx((1 + 3 / 6 + 0) / 3)


def evaluate(folder: Path, config: ClassesConfig) -> tuple[ClassesReport, list[Progress]]:
    ticks: list[Progress] = []
    return run_to_end(evaluate_classes(folder, config), ticks.append), ticks


@pytest.mark.parametrize("kind", ["png", "coco"])
def test_every_method(labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig, kind: str) -> None:
    config = ClassesConfig(seeds=2, granularity=0.4, foreground=kind == "coco", segmenter=tiny_segmenter)
    report, ticks = evaluate(labelled_set(kind), config)
    methods = ["ours", *(["ours, foreground"] if kind == "coco" else []), "kmeans", "ward"]
    methods += ["kmeans-5", "spectral-5", "ward-5", "patches"]
    assert [row.method for row in report.rows] == methods
    assert (report.classes, report.occurring) == (3, 3)
    rows = {row.method: row for row in report.rows}
    assert rows["kmeans"].parts == pytest.approx(rows["ours"].parts, rel=0.3)
    assert rows["ward-5"].parts <= 5
    for row in report.rows:
        assert len(row.miou) == len(row.accuracy) == 2
        assert all(0 <= figure <= 1 for figure in (*row.miou, *row.accuracy))
    if kind == "coco":
        assert rows["ours, foreground"].parts < rows["ours"].parts
    assert [tick.done for tick in ticks] == sorted(tick.done for tick in ticks)
    assert ticks[-1].done == ticks[-1].total
    assert json.loads(report.to_json())["rows"][0]["method"] == "ours"


def test_acseg_as_published_among_the_peers(
    labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig, tmp_path: Path
) -> None:
    """Its regions are as many as concepts win a patch; a generator of another backbone is refused in one line."""
    folder, paper = labelled_set("png"), tiny_generator(tmp_path, prototypes=6)
    report, ticks = evaluate(folder, ClassesConfig(seeds=1, classes=3, segmenter=tiny_segmenter, paper=paper))
    rows = {row.method: row for row in report.rows}
    alone = Segmenter(tiny_segmenter).with_generator(paper, kmeans_steps=0)
    counts = []
    for name in report.images:
        image = load_image(folder / "images" / name)
        maps = alone.similarity_maps(alone.backbone.features([image]))[0]
        counts.append(len(np.unique(label_pixels(maps, image, tiny_segmenter.refine))))
    assert rows["acseg"].parts == pytest.approx(np.mean(counts))
    assert ticks[-1].done == ticks[-1].total
    with pytest.raises(WeightsMismatchError, match="was trained for vit_small_patch14_dinov2, not for test_vit"):
        evaluate(folder, ClassesConfig(segmenter=tiny_segmenter, paper=default_generator()))


def test_number_of_classes_and_no_peers(labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig) -> None:
    config = ClassesConfig(classes=2, seeds=1, granularity=0.4, peers=False, segmenter=tiny_segmenter)
    report, _ = evaluate(labelled_set("png"), config)
    assert (report.classes, [row.method for row in report.rows]) == (2, ["ours"])
    assert evaluate(Path(report.folder), config)[0].rows == report.rows


def test_sets_that_do_not_do(labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig) -> None:
    with pytest.raises(TruthError, match="no classes"):
        evaluate(labelled_set("bsds"), ClassesConfig(segmenter=tiny_segmenter))
    folder = labelled_set("png")
    with pytest.raises(ClassesError, match="needs ground truth with a background"):
        evaluate(folder, ClassesConfig(foreground=True, segmenter=tiny_segmenter))
    with pytest.raises(ClassesError, match="fewer regions than the 200 classes"):
        evaluate(folder, ClassesConfig(classes=200, segmenter=tiny_segmenter))


@pytest.mark.parametrize("changes", [{"classes": 1}, {"classes": 300}, {"granularity": -1.0}, {"seeds": 0}])
def test_settings_out_of_range(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must be"):
        ClassesConfig(**changes)  # type: ignore[arg-type]
