"""How many regions images have in which there is hardly anything, and seen larger. With the bundled model."""

import numpy as np
import pytest

from acseg_core.config import INPUT_SIZES, BackboneConfig, SegmenterConfig
from acseg_core.images.files import load_image
from acseg_core.proposals.segmenter import Segmenter


def segmenter_for(preset):
    return Segmenter(SegmenterConfig(backbone=BackboneConfig(device="cpu", input_size=INPUT_SIZES[preset])))


@pytest.fixture(scope="module")
def segmenter():
    return segmenter_for("balanced")


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


def test_what_is_seen_larger_has_no_fewer_regions_on_average(segmenter, shared_data):
    """Ten tiles had 5.4 regions for 5.6."""
    files = sorted((shared_data / "domains" / "magtile" / "images").iterdir())[::3]
    images, fine = [load_image(file) for file in files], segmenter_for("fine")
    assert sum(count(fine, image) for image in images) >= sum(count(segmenter, image) for image in images)
