"""Where a name has most room: in the middle of the largest part, and always on a pixel of the region."""

import numpy as np
import pytest

from acseg_desktop.canvas.anchors import ANCHOR_SIDE, find_anchors


def test_a_rectangle_has_it_in_its_middle():
    slots = np.zeros((100, 200), np.uint8)
    slots[20:60, 100:180] = 1
    assert find_anchors(slots, 1, [0])[0] == pytest.approx((140, 40), abs=1)


def test_of_two_parts_it_is_in_the_one_with_more_room():
    slots = np.zeros((100, 200), np.uint8)
    slots[10:14, 5:195] = 1
    slots[40:90, 20:120] = 1
    assert find_anchors(slots, 1, [0])[0] == pytest.approx((70, 65), abs=8)


def test_it_is_on_the_region_where_the_middle_is_not():
    slots = np.full((90, 90), 2, np.uint8)
    slots[10:80, 10:80] = 1
    slots[25:80, 25:65] = 2
    x, y = find_anchors(slots, 2, [0])[0]
    assert slots[int(y), int(x)] == 1


def test_only_those_asked_for_and_only_those_that_are_there():
    slots = np.ones((20, 30), np.uint8)
    slots[10:] = 3
    assert set(find_anchors(slots, 3, [0, 1])) == {0}
    assert set(find_anchors(slots, 3, [0, 1, 2])) == {0, 2}


def test_in_a_large_image_it_is_given_in_image_pixels():
    slots = np.zeros((4 * ANCHOR_SIDE, 4 * ANCHOR_SIDE), np.uint16)
    slots[400:800, 1200:1600] = 1
    assert find_anchors(slots, 1, [0])[0] == pytest.approx((1400, 600), abs=8)


def test_one_pixel_has_it_on_itself():
    slots = np.zeros((5, 7), np.uint8)
    slots[3, 4] = 1
    x, y = find_anchors(slots, 1, [0])[0]
    assert (int(x), int(y)) == (4, 3)
