"""Comparisons: honest verdicts, accepted regions first, and two models on one backbone.

Covers: dividing, preview, cards.
"""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tiny_model import TINY_BACKBONE, tiny_weights

from acseg_core.config import BackboneConfig, CellConfig, SegmenterConfig
from acseg_core.errors import ImagesNotFoundError, WeightsMismatchError
from acseg_core.nets.backbone import Backbone
from acseg_core.proposals.model_card import read_model
from acseg_core.proposals.projection import Projection
from acseg_core.proposals.segmenter import Segmenter
from acseg_core.store import create_project, queries
from acseg_core.store.edits import review
from acseg_core.workflows import pipeline, scanning
from acseg_training.cards import TrainedParts, card_of, write_parts
from acseg_training.comparing import ComparedImage, Comparison, by_chance, compare
from acseg_training.corpus import Corpus, CorpusImage
from acseg_training.dividing import LONGEST_SIDE, dividers, reduced, tree_of
from acseg_training.preview import sample_partitions
from acseg_training.projection import Fitted
from acseg_training.settings import TrainingConfig


def finish(work: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def compared(gain: float, *, labelled: bool = False) -> ComparedImage:
    """An image on which the second model is better by so much: in what people accepted, or else in steadiness."""
    blank = np.zeros((2, 2), np.uint16)
    met = (0.5, 0.5 + gain) if labelled else (None, None)
    steady = (0.5, 0.5) if labelled else (0.5, 0.5 + gain)
    return ComparedImage(CorpusImage(Path("a"), "ab"), 3, 4, *steady, *met, blank, blank, np.zeros((2, 2, 3), np.uint8))


@pytest.mark.parametrize(
    ("gains", "outcome", "verdict"),
    [
        ([0.02] * 14 + [-0.01] * 6, "better", "Better on 14 of 20 images."),
        ([0.02] * 11 + [-0.01] * 9, "level", "No gain here: keep the bundled model."),
        ([0.004] * 20, "level", "No gain here: keep the bundled model."),
        ([-0.02] * 15 + [0.01] * 5, "worse", "Worse on 15 of 20 images: keep the bundled model."),
        ([0.01] * 14 + [-0.3] * 6, "level", "No gain here: keep the bundled model."),
        ([0.2] * 5, "too few", "Too few images to tell (5)."),
    ],
)
def test_the_verdict_is_honest(gains: list[float], outcome: str, verdict: str) -> None:
    for labelled in (False, True):
        found = Comparison(tuple(compared(gain, labelled=labelled) for gain in gains))
        assert (found.outcome, found.verdict) == (outcome, verdict)


def test_what_people_accepted_decides_where_there_is_enough_of_it() -> None:
    images = [compared(-0.1) for _ in range(14)] + [compared(0.1, labelled=True) for _ in range(6)]
    found = Comparison(tuple(images))
    assert found.by_labels
    assert (found.better, found.worse, found.labelled) == (6, 0, 6)
    assert not Comparison(tuple(images[:-1])).by_labels
    figures = found.figures()
    assert figures["before_agreement"] == pytest.approx(0.5)
    assert figures["after_agreement"] == pytest.approx(0.6)
    assert figures["after_steadiness"] == pytest.approx((14 * 0.4 + 6 * 0.5) / 20)
    assert "before_agreement" not in Comparison(tuple(images[:5])).figures()


def test_chance_is_that_of_a_fair_coin() -> None:
    assert by_chance(3, 0) == 1 / 8
    assert by_chance(0, 3) == 1
    assert by_chance(14, 6) == pytest.approx(0.0577, abs=1e-4)


@pytest.fixture(scope="module")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> BackboneConfig:
    weights = tiny_weights(tmp_path_factory.mktemp("weights"))
    return BackboneConfig(name=TINY_BACKBONE, weights=weights, input_size=128, device="cpu", precision="float32")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        noise = np.random.default_rng(number).integers(0, 256, (6, 8, 3), np.uint8)
        Image.fromarray(noise).resize((96, 72), Image.Resampling.NEAREST).save(folder / f"{number}.png")
    return folder


def model(path: Path, backbone: BackboneConfig, corpus: Corpus, *, merges: dict[str, float] | None = None) -> Path:
    """A model whose projection keeps a few directions, chosen at random."""
    network = Backbone(backbone)
    matrix = np.random.default_rng(0).normal(size=(3 * network.dim, 16)).astype(np.float32)
    fitted = Fitted(Projection(matrix, 1.0, 0.4, 0.3, network.weights_sha256), {})
    card = card_of(corpus, TrainingConfig(backbone), network, name="m", curves={"a": [[1, 2.0]]}, verdict="x")
    write_parts(path, TrainedParts(projection=fitted, merges=merges), card)
    return path


def test_models_divide_as_segmenters_of_their_own_would(photos: Path, backbone: BackboneConfig, tmp_path: Path) -> None:
    corpus = Corpus.from_folders([photos])
    own = model(tmp_path / "own.safetensors", backbone, corpus, merges={"count": 200, "colour": 0.5})
    other = model(tmp_path / "other.safetensors", backbone, corpus)
    image = corpus.images[0].load()
    bundled, first, second = dividers(backbone, [None, own, other])
    assert bundled.backbone is first.backbone is second.backbone
    assert bundled.projection is None, "it was fitted to another backbone"
    assert (bundled.config.cells, first.config.cells.count) == (CellConfig(), 200)
    for path, segmenter in ((own, first), (other, second)):
        alone = Segmenter(SegmenterConfig(backbone=backbone, generator=path))
        ours, theirs = tree_of(segmenter, image), tree_of(alone, image)
        np.testing.assert_array_equal(ours.tree.merges, theirs.tree.merges)
        np.testing.assert_array_equal(ours.leaf_map, theirs.leaf_map)
    card = read_model(own).card
    assert card is not None
    assert (card.holds, card.curves, card.verdict) == (("projection", "merges"), {"a": [[1.0, 2.0]]}, "x")
    with pytest.raises(WeightsMismatchError):
        dividers(BackboneConfig(), [None, own])


def test_images_are_compared_and_previewed(photos: Path, backbone: BackboneConfig, tmp_path: Path) -> None:
    (photos / "torn.png").write_bytes(b"torn")
    corpus = Corpus.from_folders([photos])
    own = model(tmp_path / "own.safetensors", backbone, corpus)
    config = TrainingConfig(backbone, compared=4)
    found = finish(compare(corpus, None, own, config=config))
    assert [each.image.path.name for each in found.images] == ["0.png", "1.png", "2.png"]
    for each in found.images:
        assert each.map_before.shape == each.map_after.shape == each.picture.shape[:2] == (72, 96)
        assert len(np.unique(each.map_before)) == each.regions_before
        assert len(np.unique(each.map_after)) == each.regions_after
        assert each.agreement_before is None
    assert found.outcome == "too few"
    again = finish(compare(corpus, own, own, config=config))
    assert again.gains == (0.0, 0.0, 0.0)
    assert again.images[0].steadiness_before == found.images[0].steadiness_after
    samples = finish(sample_partitions(corpus.images, own, backbone=backbone))
    assert len(samples) == 3
    for sample, each in zip(samples, found.images, strict=True):
        np.testing.assert_array_equal(sample.regions, each.map_after)
        assert sample.count == each.regions_after
    (photos / "0.png").unlink()
    with pytest.raises(ImagesNotFoundError, match="nothing to compare on"):
        finish(compare(Corpus((corpus.images[0],)), None, own, config=config))


def test_accepted_regions_of_a_project_are_looked_at(photos: Path, backbone: BackboneConfig, tmp_path: Path) -> None:
    own = model(tmp_path / "own.safetensors", backbone, Corpus.from_folders([photos]))
    with create_project(tmp_path / "project", image_root=photos) as project:
        finish(scanning.scan_images(project))
        finish(pipeline.propose(project, SegmenterConfig(backbone=backbone, generator=own)))
        first = queries.image_ids(project)[0]
        review.name_regions_as(project, [queries.regions(project, first)[0].id], "thing")
        found = finish(compare(Corpus.from_project(project), None, own, config=TrainingConfig(backbone)))
        with pytest.raises(ImagesNotFoundError, match="with 3 images none is held out"):
            finish(compare(project, None, own, config=TrainingConfig(backbone)))
    named = [each.agreement_after for each in found.images]
    assert named[0] is not None
    assert named[0] > 0.3
    assert named[1:] == [None, None]
    assert found.labelled == 1


def test_large_pictures_are_made_smaller() -> None:
    large = np.zeros((500, 3000, 3), np.uint8)
    assert reduced(large).shape == (171, LONGEST_SIDE, 3)
    assert reduced(large[:, :900]).shape == (500, 900, 3)
