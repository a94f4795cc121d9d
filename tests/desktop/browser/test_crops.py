"""Crops: the region bright, the rest dim; of missing images empty until these are back."""

import numpy as np
import pytest
from desktop.browser.browsing import members, press, stored
from PySide6.QtCore import Qt

from acseg_core.shapes import masks
from acseg_core.store import open_project
from acseg_core.types import Region, RegionOrigin, RegionStatus
from acseg_desktop.browser.crops import SIDE, make_crop
from acseg_desktop.operations.project import scan


def region(mask):
    rle = masks.encode(mask)
    box, area = masks.bounding_box(rle), masks.area(rle)
    return Region(1, 1, None, 0, rle, box, area, RegionStatus.PROPOSED, origin=RegionOrigin.CUT)


def crop_pixels(crop):
    image = crop.image
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1]


@pytest.mark.parametrize("scale", [1, 4])
def test_a_crop_shows_the_region_bright_and_the_rest_dim(scale):
    photo = np.full((240 // scale, 320 // scale, 3), (200, 120, 80), np.uint8)
    mask = np.zeros((240, 320), bool)
    mask[80:160, 120:200] = True
    crop = make_crop(photo, region(mask))
    pixels = crop_pixels(crop)
    assert pixels.shape == (SIDE, SIDE, 3)
    middle, corner = pixels[SIDE // 2, SIDE // 2], pixels[6, 6]
    assert np.abs(middle.astype(int) - (200, 120, 80)).max() <= 2
    assert corner.max() < 100
    inside = (pixels[SIDE // 2, :, 0] > 150).nonzero()[0]
    expected = SIDE * 80 / (80 * 1.36)
    assert abs(len(inside) - expected) <= 4
    assert crop.is_coarse == (scale == 4)


def test_a_crop_at_the_border_of_a_flat_image_is_clear_beyond_it():
    mask = np.zeros((40, 400), bool)
    mask[:, :200] = True
    crop = make_crop(np.full((40, 400, 3), 220, np.uint8), region(mask))
    assert crop.image.pixelColor(SIDE // 2, 2).alpha() == 0
    assert crop.image.pixelColor(SIDE // 2, SIDE // 2).alpha() == 255


def test_crops_of_an_image_that_is_missing_are_empty_and_harm_nothing(hands, clustered, photos):
    photo = (photos / "a1.png").read_bytes()
    (photos / "a1.png").unlink()
    with open_project(clustered) as project:
        for path in project.thumbnails_dir.rglob("*.jpg"):
            path.unlink()
    hands.open(clustered)
    press(hands, Qt.Key.Key_G)
    ids = members(hands, 0)
    crops = hands.window.browser.crops
    by_id = stored(hands)
    hands.wait(lambda: all(crops.get(by_id[id_]) is not None for id_ in ids))
    assert sorted(crops.get(by_id[id_]).isNull() for id_ in ids) == [False, False, False, True]
    (photos / "a1.png").write_bytes(photo)
    scan(hands.window.session)
    hands.rest()
    hands.wait(lambda: all(crops.get(by_id[id_]) is not None for id_ in ids))
    assert not any(crops.get(by_id[id_]).isNull() for id_ in ids), "it is back"
