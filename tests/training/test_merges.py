"""Weights of merges chosen by accepted images: taken where colour decides, left alone where nothing is better.

Covers: accepted.
"""

import json
from collections.abc import Generator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tiny_model import TINY_BACKBONE, tiny_weights

from acseg_core.config import BackboneConfig, CellConfig, SegmenterConfig
from acseg_core.errors import ImagesNotFoundError
from acseg_core.proposals.model_card import read_model
from acseg_core.proposals.segmenter import Segmenter
from acseg_core.store import Project, create_project, queries
from acseg_core.store.edits import review
from acseg_core.types import ImageStatus
from acseg_core.workflows import pipeline, scanning
from acseg_training.accepted import Accepted, AcceptedInProject
from acseg_training.checkpoint import checkpoint_path
from acseg_training.corpus import Corpus, CorpusImage
from acseg_training.merges import CANDIDATES, MergeTrial, chosen_from
from acseg_training.settings import TrainingConfig
from acseg_training.training import train

SIZE = (96, 128)


def finish(work: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


class Known(Accepted):
    """True classes of images, by the names of their files; notes which were asked for."""

    def __init__(self, classes: Mapping[str, np.ndarray]) -> None:
        self.known, self.asked = classes, list[str]()

    def places(self, corpus: Corpus) -> tuple[int, ...]:
        return tuple(place for place, image in enumerate(corpus.images) if image.path.name in self.known)

    def classes(self, image: CorpusImage, size: tuple[int, int]) -> np.ndarray | None:
        self.asked.append(image.path.name)
        found = self.known[image.path.name]
        assert found.shape == size
        return found


def scenes(folder: Path, *, faint: bool, count: int = 6) -> Known:
    """Blocks of two classes: faintly coloured over stripes, which patches see and colour sees through; or plain."""
    folder.mkdir()
    classes = {}
    rows, columns = np.indices(SIZE)
    for number in range(count):
        random = np.random.default_rng(number)
        found = np.zeros(SIZE, np.int32)
        for block in range(7):
            top, left = random.integers(0, 70), random.integers(0, 100)
            found[top : top + 20, left : left + 20] = 1 + block % 2
        if faint:
            hues = np.array([[120, 120, 120], [150, 110, 110], [110, 110, 150]])
            stripes = ((rows + columns) // 3 % 2) * 60 * (columns // 32 % 2)
            pixels = hues[found] + stripes[..., None] + random.integers(0, 6, (*SIZE, 1))
        else:
            pixels = np.array([110, 200, 40])[found][..., None] + random.integers(0, 8, (*SIZE, 3))
        Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(folder / f"{number}.png")
        classes[f"{number}.png"] = found
    return Known(classes)


@pytest.fixture(scope="module")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> BackboneConfig:
    weights = tiny_weights(tmp_path_factory.mktemp("weights"))
    return BackboneConfig(name=TINY_BACKBONE, weights=weights, input_size=128, device="cpu", precision="float32")


@pytest.fixture
def config(backbone: BackboneConfig) -> TrainingConfig:
    return TrainingConfig(backbone, phases=("projection", "merges"))


def trial(*gains: float) -> MergeTrial:
    """One in which the third candidate is better by so much, image by image."""
    rows = [[0.5, 0.4, 0.5 + gain, *[0.45] * (len(CANDIDATES) - 3)] for gain in gains]
    return MergeTrial(tuple(range(len(rows))), rows)


@pytest.mark.parametrize(
    ("gains", "taken"),
    [
        ([0.02] * 5, True),
        ([0.02] * 4, False),  # too few images
        ([0.004] * 10, False),  # chance
        ([0.3, *[-0.001] * 9], False),  # one image
        ([0.02] * 6 + [-0.01] * 4, False),  # six of ten
        ([0.02] * 8 + [-0.01] * 2, True),
    ],
)
def test_a_candidate_has_to_be_better_by_enough_and_on_enough_images(gains: list[float], taken: bool) -> None:
    found = chosen_from(trial(*gains), fewest=5)
    assert found.weights == (CANDIDATES[2] if taken else {})
    assert found.images == len(gains)
    assert found.after == pytest.approx(0.5 + np.mean(gains) if taken else 0.5)
    assert found.told.startswith("weights of merges: colour 0.14" if taken else "no other weights")


def test_images_that_tell_nothing_do_not_count() -> None:
    some = trial(*[0.02] * 5)
    some.scores.append([])
    assert chosen_from(some, fewest=5).images == 5
    nothing = chosen_from(MergeTrial((0,), [[]]), fewest=1)
    assert (nothing.weights, nothing.images, nothing.figures()) == ({}, 0, {})


def test_weights_are_taken_where_colour_decides_and_proposals_use_them(tmp_path: Path, config: TrainingConfig) -> None:
    accepted = scenes(tmp_path / "photos", faint=True)
    corpus, out = Corpus.from_folders([tmp_path / "photos"]), tmp_path / "own.safetensors"
    work = train(corpus, out, config, cache=tmp_path / "cache", accepted=accepted)
    ticks = []
    while True:
        try:
            ticks.append(next(work))
        except StopIteration as end:
            report = end.value
            break
    assert report.merges.weights == {"colour": 0.28}
    assert (report.merges.images, report.merges.worse) == (6, 0)
    shown = [tick for tick in ticks if tick.phase == "merges"]
    assert [tick.done for tick in shown] == list(range(7))
    assert sum(len(tick.points) for tick in shown) == 6
    model = read_model(out)
    assert (model.holds, dict(model.merges)) == (("merges",), {"colour": 0.28}), "six are too few for a projection"
    assert model.card is not None
    figures = model.card.figures
    assert (figures["merges_colour"], figures["merges_images"]) == (0.28, 6)
    assert figures["after_merges"] > figures["before_merges"] + 0.05
    assert len(model.card.curves["merges"]) == 6
    segmenter = Segmenter(SegmenterConfig(backbone=config.backbone, generator=out))
    assert segmenter.config.cells == CellConfig(colour=0.28)
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as project:
        finish(scanning.scan_images(project))
        finish(pipeline.propose(project, segmenter.config))
        run = segmenter.run_info
        assert json.loads(run.config_json)["cells"]["colour"] == 0.28
        assert queries.summary(project).images == 6


def test_the_usual_weights_stay_where_nothing_is_better(tmp_path: Path, config: TrainingConfig) -> None:
    accepted = scenes(tmp_path / "photos", faint=False)
    corpus, out = Corpus.from_folders([tmp_path / "photos"]), tmp_path / "own.safetensors"
    with pytest.raises(ImagesNotFoundError, match=r"no model is written: 6 images are too few .* no other weights"):
        finish(train(corpus, out, config, cache=tmp_path / "cache", accepted=accepted))
    assert not out.exists()
    assert not checkpoint_path(out).exists()
    fitting = replace(config, fewest=4)
    report = finish(train(corpus, out, fitting, cache=tmp_path / "cache", accepted=accepted))
    assert report.merges.weights == {}
    assert read_model(out).holds == ("projection",)
    assert report.card.figures["merges_images"] == 6


def test_too_few_accepted_images_say_nothing(tmp_path: Path, config: TrainingConfig) -> None:
    accepted = scenes(tmp_path / "photos", faint=True)
    del accepted.known["0.png"], accepted.known["1.png"]
    corpus, out = Corpus.from_folders([tmp_path / "photos"]), tmp_path / "own.safetensors"
    report = finish(train(corpus, out, replace(config, fewest=4), cache=tmp_path / "cache", accepted=accepted))
    assert report.merges is None
    assert accepted.asked == []
    assert read_model(out).holds == ("projection",)


@pytest.mark.parametrize("stopped_at", [0, 2, 5])
def test_a_stopped_trial_goes_on_to_the_same_model(tmp_path: Path, config: TrainingConfig, stopped_at: int) -> None:
    accepted = scenes(tmp_path / "photos", faint=True)
    (tmp_path / "photos" / "3b.png").write_bytes(b"torn")
    accepted.known["3b.png"] = np.zeros(SIZE, np.int32)
    corpus, fitting = Corpus.from_folders([tmp_path / "photos"]), replace(config, fewest=4)
    whole, parts = tmp_path / "whole.safetensors", tmp_path / "parts.safetensors"
    report = finish(train(corpus, whole, fitting, cache=tmp_path / "cache", accepted=accepted))
    assert [Path(each.path).name for each in report.skipped] == ["3b.png"]
    work = train(corpus, parts, fitting, cache=tmp_path / "cache", accepted=accepted)
    while (tick := next(work)).phase != "merges" or tick.done < stopped_at:
        pass
    work.close()
    assert not parts.exists()
    accepted.asked.clear()
    resumed = finish(train(corpus, parts, fitting, cache=tmp_path / "cache", accepted=accepted, resume=True))
    assert len(accepted.asked) == {0: 6, 2: 4, 5: 2}[stopped_at], "no image is tried twice; the torn one is the fifth"
    assert resumed.merges == report.merges
    one, other = read_model(whole), read_model(parts)
    assert (one.holds, one.merges) == (other.holds, other.merges) == (("projection", "merges"), {"colour": 0.28})
    assert one.card is not None
    assert other.card is not None
    assert one.card.curves == other.card.curves
    assert one.card.figures == other.card.figures


def test_images_held_out_take_no_part(tmp_path: Path, config: TrainingConfig) -> None:
    accepted = scenes(tmp_path / "photos", faint=True, count=8)
    whole = Corpus.from_folders([tmp_path / "photos"])
    learned, held_out = (replace(whole, images=part) for part in (whole.images[:6], whole.images[6:]))
    out = tmp_path / "own.safetensors"
    report = finish(train(learned, out, config, cache=tmp_path / "cache", held_out=held_out, accepted=accepted))
    assert sorted(accepted.asked) == [f"{number}.png" for number in range(6)]
    assert report.merges.images == 6
    assert report.card.held_out == 2


@pytest.fixture
def project(tmp_path: Path, backbone: BackboneConfig) -> Generator[Project, None, None]:
    """Six images with proposals."""
    scenes(tmp_path / "photos", faint=False)
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as made:
        finish(scanning.scan_images(made))
        model = tmp_path / "model.safetensors"
        corpus = Corpus.from_project(made)
        finish(train(corpus, model, TrainingConfig(backbone, fewest=4, phases=("projection",)), cache=tmp_path / "c"))
        finish(pipeline.propose(made, SegmenterConfig(backbone=backbone, generator=model)))
        yield made


def test_accepted_labels_of_a_project_become_classes(project: Project) -> None:
    accepted, corpus = AcceptedInProject(project), Corpus.from_project(project)
    assert accepted.places(corpus) == ()
    image = corpus.images[1]
    assert image.image_id is not None
    first, second, *_ = queries.regions(project, image.image_id)
    review.name_regions_as(project, [first.id], "one")
    assert accepted.places(corpus) == (), "a single label tells nothing while the image is not done"
    assert accepted.classes(image, SIZE) is None
    review.set_image_status(project, image.image_id, ImageStatus.DONE)
    assert accepted.places(corpus) == (1,)
    rest = accepted.classes(image, SIZE)
    assert rest is not None
    assert sorted(np.unique(rest)) == [0, 1], "the rest of a done image is another class"
    review.name_regions_as(project, [second.id], "two")
    found = accepted.classes(image, SIZE)
    assert found is not None
    assert sorted(np.unique(found)) == [-1, 0, 1]
    assert (found == 0).sum() == first.area
    smaller = accepted.classes(image, (48, 64))
    assert smaller is not None
    assert (smaller == 0).sum() == pytest.approx(first.area / 4, rel=0.2)
    review.mark_void(project, [second.id])
    rest = accepted.classes(image, SIZE)
    assert rest is not None
    assert (rest == -1).sum() == second.area, "void is no class, and no part of the rest"


def test_a_project_s_training_reads_what_was_accepted_there(
    project: Project, config: TrainingConfig, tmp_path: Path
) -> None:
    for image_id in queries.image_ids(project):
        one, other, *_ = queries.regions(project, image_id)
        review.name_regions_as(project, [one.id], "one")
        review.name_regions_as(project, [other.id], "two")
    corpus, out = Corpus.from_project(project), tmp_path / "own.safetensors"
    held_out = replace(corpus, images=corpus.images[5:])
    learned = replace(corpus, images=corpus.images[:5])
    report = finish(train(learned, out, replace(config, fewest=4), cache=tmp_path / "cache", held_out=held_out))
    assert report.merges is not None
    assert report.merges.images == 5
