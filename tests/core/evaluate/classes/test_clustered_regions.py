"""Regions that are clustered into classes: ours and peers' have all known pixels, each once."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from acseg_core.config import SegmenterConfig
from acseg_core.evaluate.classes.clustered_regions import own_regions, peer_regions
from acseg_core.evaluate.effort.labelled_set import LabelledSet, read_labelled_set
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.interruptible import run_to_end


@pytest.fixture
def labelled(labelled_set: Callable[[str], Path], tiny_segmenter: SegmenterConfig) -> LabelledSet:
    truth = open_truth(labelled_set("png"))
    return run_to_end(
        read_labelled_set(truth, truth.images, tiny_segmenter, granularity=0.5, ticks=4), lambda tick: None
    )


def class_pixels(labelled: LabelledSet) -> list[int]:
    """Known pixels of each class, over all images."""
    truths = np.concatenate([labelled.true_classes(number).ravel() for number in range(4)])
    return np.bincount(truths[truths >= 0], minlength=3).tolist()


def test_our_regions_are_those_of_the_set(labelled: LabelledSet) -> None:
    found = own_regions(labelled)
    assert (
        len(found.descriptors) == len(found.pixels) == len(found.front) == sum(each.regions for each in labelled.images)
    )
    assert found.pixels.sum(axis=0).tolist() == class_pixels(labelled)
    first = labelled.images[0].label_map == 0
    expected = [int((labelled.true_classes(0)[first] == label).sum()) for label in range(3)]
    assert found.pixels[0].tolist() == expected
    np.testing.assert_allclose(np.linalg.norm(found.descriptors, axis=1), 1, atol=1e-2)
    assert found.front.any()


@pytest.mark.parametrize("way", ["kmeans", "ward"])
def test_peers_make_about_as_many_with_the_same_pixels(labelled: LabelledSet, way: str) -> None:
    ticks = []
    found = run_to_end(peer_regions(labelled, way, 0, 10, 20), ticks.append)
    assert [(tick.done, tick.total, tick.message) for tick in ticks] == [(n, 20, way) for n in (11, 12, 13, 14)]
    assert found.pixels.sum(axis=0).tolist() == class_pixels(labelled)
    assert len(found.descriptors) == len(found.pixels) == len(found.front)
    ours = sum(each.regions for each in labelled.images)
    assert ours / 2 < len(found.pixels) <= ours + 1
    assert found.front.all()


@pytest.mark.parametrize("way", ["kmeans-3", "spectral-3", "ward-3"])
def test_peers_with_a_number_make_so_many_in_every_image(labelled: LabelledSet, way: str) -> None:
    found = run_to_end(peer_regions(labelled, way, 0, 0, 4), lambda tick: None)
    assert found.pixels.sum(axis=0).tolist() == class_pixels(labelled)
    assert 2 * 4 <= len(found.pixels) <= 3 * 4
