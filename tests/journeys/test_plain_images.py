"""How many regions images have in which there is nothing, or hardly anything. With the bundled model."""

import numpy as np
import pytest

from acseg_core.config import BackboneConfig, SegmenterConfig
from acseg_core.images.files import load_image
from acseg_core.proposals.segmenter import Segmenter


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter(SegmenterConfig(backbone=BackboneConfig(device="cpu")))


def count(segmenter, image):
    (features,) = segmenter.backbone.features([image])
    return len(segmenter.partition(image, features).regions)


def plain(value):
    return np.full((240, 320, 3), value, np.uint8)


@pytest.mark.parametrize("value", [0, 128, 255])
def test_one_colour_is_one_region(segmenter, value):
    """It was four, as heights were relative even to an image in which there is nothing."""
    assert count(segmenter, plain(value)) == 1


def test_a_spot_on_it_is_another(segmenter):
    rows, columns = np.mgrid[:240, :320]
    image = plain(150)
    image[(columns - 200) ** 2 + (rows - 100) ** 2 < 900] = 60
    assert count(segmenter, image) > 1


def test_grey_tiles_with_defects_are_no_single_region(segmenter, shared_data):
    """With trees of clusters of patches, 22 of 30 were."""
    files = sorted((shared_data / "domains" / "magtile" / "images").iterdir())[::10]
    assert all(count(segmenter, load_image(file)) > 1 for file in files)
