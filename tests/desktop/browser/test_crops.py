"""Crops: the region bright, the rest dim; of missing images empty until these are back."""

import numpy as np
import pytest
from desktop.browser.browsing import members, press, stored
from PySide6.QtCore import Qt

from acseg_core.images.band_choice import BandChoice
from acseg_core.shapes import masks
from acseg_core.store import open_project, queries
from acseg_core.types import Region, RegionOrigin, RegionStatus
from acseg_desktop.browser.crops import SIDE, CropCache, make_crop
from acseg_desktop.operations.images import change_bands
from acseg_desktop.operations.project import scan


def region(mask):
    rle = masks.encode(mask)
    box, area = masks.bounding_box(rle), masks.area(rle)
    return Region(1, 1, None, 0, rle, box, area, RegionStatus.PROPOSED, origin=RegionOrigin.CUT)


def crop_pixels(crop):
    image = crop.image
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1].copy()


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


@pytest.mark.parametrize("height", [40, 200])
def test_a_region_has_an_outline_where_it_meets_the_border_of_the_image(height):
    """In a square crop the border is the crop's; in a flat image it is inside of it."""
    mask = np.zeros((height, 200), bool)
    mask[:, :120] = True
    pixels = crop_pixels(make_crop(np.full((height, 200, 3), (200, 120, 80), np.uint8), region(mask)))
    column = pixels[:, SIDE // 4].astype(int)
    seen = (column[:, 2] > 60).nonzero()[0]
    for edge in (column[seen[0] : seen[0] + 3], column[seen[-1] - 2 : seen[-1] + 1]):
        assert edge[:, 2].max() > 170, "blue is 80 in the photo: the outline is white"
    assert column[len(column) // 2, 2] == 80


def test_a_dark_region_is_shown_lighter_and_a_light_one_as_it_is():
    mask = np.zeros((100, 100), bool)
    mask[30:70, 30:70] = True
    night = np.full((100, 100, 3), (12, 8, 8), np.uint8)
    night[50:70, 30:70] = (30, 20, 20)
    pixels = crop_pixels(make_crop(night, region(mask))).astype(int)
    assert 150 < pixels[SIDE * 5 // 8, SIDE // 2, 0] <= 255
    assert pixels[SIDE * 3 // 8, SIDE // 2, 0] < pixels[SIDE * 5 // 8, SIDE // 2, 0], "what differs goes on differing"
    day = crop_pixels(make_crop(np.full((100, 100, 3), (130, 120, 110), np.uint8), region(mask)))
    assert day[SIDE // 2, SIDE // 2].tolist() == [130, 120, 110]


def test_what_is_around_a_dark_region_is_not_washed_out():
    mask = np.zeros((100, 100), bool)
    mask[30:70, 30:70] = True
    photo = np.full((100, 100, 3), 150, np.uint8)
    before = crop_pixels(make_crop(photo, region(mask)))[6, 6].astype(int)
    photo[30:70, 30:70] = 20
    after = crop_pixels(make_crop(photo, region(mask)))
    assert np.abs(after[6, 6].astype(int) - before).max() <= 1
    assert after[SIDE // 2, SIDE // 2].min() > 120


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
    assert sorted(crops.get(by_id[id_]).isNull() for id_ in ids) == [False, False, False], "nobody can see that one"
    (photos / "a1.png").write_bytes(photo)
    scan(hands.window.session)
    hands.rest()
    hands.wait(lambda: all(crops.get(by_id[id_]) is not None for id_ in ids))
    assert not any(crops.get(by_id[id_]).isNull() for id_ in ids), "it is back"


def test_of_images_that_are_shown_otherwise_crops_are_made_anew(hands, project_folder):
    hands.open(project_folder)
    session, crops = hands.window.session, CropCache(hands.window.session)
    some = queries.regions(session.project, 1)[0]

    def made():
        hands.wait(lambda: crops.get(some) is not None)
        hands.rest()
        return crops.get(some).toImage()

    before = made()
    change_bands(session, BandChoice("3", values=(0, 90)), [1], is_default=False)
    hands.rest()
    assert made() != before
    hands.window.actions_["edit.undo"].trigger()
    hands.rest()
    assert made() == before
