"""Shapes land on the photo as it is displayed, whatever frame and size they were made for."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageOps

from acseg_core.formats.labelled import FileImage, FileShape, Outline
from acseg_core.formats.placing import Overlaps, SizeMismatchError, masks_of, without_overlaps
from acseg_core.shapes import masks
from acseg_core.types import ImageInfo, PixelPatch

INFO = ImageInfo("a.jpg", "0" * 64, 1, 1, 8, 6, 8, 6)


def _placed(geometry, info=INFO, size=None):
    (found,) = masks_of(FileImage("a.jpg", [FileShape("x", geometry)], size), info)
    return masks.decode(found)


def _box(left, top, right, bottom, scale=(1, 1)):
    ring = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], float) / np.array(scale)
    return Outline(((ring,),), in_shares=scale != (1, 1))


def _inside(left, top, right, bottom, shape=(6, 8)):
    mask = np.zeros(shape, bool)
    mask[top:bottom, left:right] = True
    return mask


def test_outlines_masks_and_boxes_of_pixels_are_placed_alike():
    expected = _inside(1, 2, 4, 5)
    assert np.array_equal(_placed(_box(1, 2, 4, 5)), expected)
    assert np.array_equal(_placed(_box(1, 2, 4, 5, scale=(8, 6))), expected)
    assert np.array_equal(_placed(masks.encode(expected)), expected)
    assert np.array_equal(_placed(PixelPatch(1, 2, np.ones((3, 3), bool))), expected)
    assert np.array_equal(_placed(replace(_box(1, 2, 4, 5), as_coco=True)), expected)


def test_parts_are_together_and_rings_inside_are_holes():
    one, other, hole = (_box(*box).parts[0][0] for box in ((0, 0, 4, 4), (3, 3, 8, 6), (1, 1, 2, 2)))
    both = Outline(((one, hole), (other,)))
    expected = (_inside(0, 0, 4, 4) & ~_inside(1, 1, 2, 2)) | _inside(3, 3, 8, 6)
    assert np.array_equal(_placed(both), expected)


def test_what_is_outside_is_cut_off_or_empty():
    assert np.array_equal(_placed(_box(-5, -5, 3, 2)), _inside(0, 0, 3, 2))
    assert not _placed(_box(20, 20, 30, 30)).any()
    assert not _placed(PixelPatch(50, 50, np.ones((3, 3), bool))).any()
    assert not _placed(Outline(())).any()
    far = replace(_box(-9e6, 1, 9e6, 2), as_coco=True)
    assert np.array_equal(_placed(far), _inside(0, 1, 8, 2))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_shapes_of_the_stored_frame_are_turned_as_the_photo_is(orientation):
    stored = np.zeros((6, 9), np.uint8)
    stored[1:3, 2:7] = 255
    photo = Image.fromarray(stored)
    photo.getexif()[274] = orientation
    displayed = np.asarray(ImageOps.exif_transpose(photo)) > 0
    height, width = displayed.shape
    info = ImageInfo("a.jpg", "0" * 64, 1, 1, 9, 6, width, height, orientation)
    size = (6, 9)
    if orientation < 5:  # both frames are of one size: a file is taken to mean what is displayed
        assert np.array_equal(_placed(_box(2, 1, 7, 3), info, size), _inside(2, 1, 7, 3, (6, 9)))
        return
    assert np.array_equal(_placed(_box(2, 1, 7, 3), info, size), displayed)
    assert np.array_equal(_placed(masks.encode(stored), info, size), displayed)
    assert np.array_equal(_placed(masks.encode(displayed), info, displayed.shape), displayed)


def test_outlines_made_for_a_smaller_copy_are_scaled_but_masks_are_not():
    assert np.array_equal(_placed(_box(1, 1, 2, 2), size=(3, 4)), _inside(2, 2, 4, 4))
    with pytest.raises(SizeMismatchError, match="made for 4 x 3 pixels, but the photo has 8 x 6"):
        _placed(masks.encode(np.ones((3, 4), bool)), size=(3, 4))
    with pytest.raises(SizeMismatchError, match="made for 9 x 3 pixels"):
        _placed(_box(1, 1, 2, 2), size=(3, 9))
    with pytest.raises(SizeMismatchError, match="a mask of 4 x 3 pixels in 8 x 6"):
        _placed(masks.encode(np.ones((3, 4), bool)))


@pytest.mark.parametrize("seed", range(10))
def test_every_pixel_goes_to_the_shape_on_top(seed):
    random = np.random.default_rng(seed)
    shapes = [random.random((7, 9)) < 0.4 for _ in range(5)]
    found = without_overlaps([masks.encode(each) for each in shapes], Overlaps.LATER)
    owner = np.full((7, 9), -1)
    for number, shape in enumerate(shapes):
        owner[shape] = number
    for number, mask in enumerate(found):
        assert np.array_equal(masks.decode(mask), owner == number)


def test_the_smaller_shape_can_be_on_top():
    large, small = _inside(0, 0, 6, 6), _inside(2, 2, 4, 4)
    found = without_overlaps([masks.encode(small), masks.encode(large)], Overlaps.SMALLER)
    assert np.array_equal(masks.decode(found[0]), small)
    assert np.array_equal(masks.decode(found[1]), large & ~small)
    covered = without_overlaps([masks.encode(small), masks.encode(large)], Overlaps.LATER)
    assert masks.area(covered[0]) == 0


def test_shapes_that_do_not_overlap_stay_as_they_are():
    apart = [masks.encode(_inside(0, 0, 2, 2)), masks.encode(_inside(2, 0, 4, 2))]
    assert without_overlaps(apart, Overlaps.LATER) == apart
    assert without_overlaps([], Overlaps.LATER) == []
