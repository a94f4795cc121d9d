"""Filling takes the pixels whose centres are inside, exactly."""

import numpy as np
import pytest

from acseg_core.shapes import masks
from acseg_core.shapes.filling import fill
from acseg_core.shapes.polygons import rings


def _slowly(polygon, height, width):
    """By the rule itself: a ray from every centre to the left, crossings counted."""
    inside = np.zeros((height, width), bool)
    for row in range(height):
        for column in range(width):
            x, y = column + 0.5, row + 0.5
            for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
                if (y0 <= y) != (y1 <= y) and x0 + (y - y0) / (y1 - y0) * (x1 - x0) < x:
                    inside[row, column] ^= True
    return inside


@pytest.mark.parametrize("seed", range(40))
def test_the_edges_of_pixels_give_the_mask_back(seed):
    random = np.random.default_rng(seed)
    height, width = random.integers(1, 24, 2)
    mask = random.random((height, width)) < random.choice([0.1, 0.5, 0.9])
    traced = rings(masks.encode(mask))
    filled = fill([*traced.outer, *traced.holes], height=height, width=width)
    assert np.array_equal(masks.decode(filled), mask)
    assert filled == masks.encode(mask)


@pytest.mark.parametrize("seed", range(40))
def test_any_polygon_takes_the_pixels_whose_centres_are_inside(seed):
    random = np.random.default_rng(seed)
    height, width = 13, 17
    polygon = random.uniform(-6, 24, (int(random.integers(3, 9)), 2))
    assert np.array_equal(masks.decode(fill([polygon], height=height, width=width)), _slowly(polygon, height, width))


def test_a_bridged_hole_stays_a_hole():
    ring = np.array([(0, 0), (6, 0), (6, 6), (0, 6), (0, 3), (2, 3), (2, 4), (4, 4), (4, 2), (2, 2), (2, 3), (0, 3)])
    expected = np.ones((6, 6), bool)
    expected[2:4, 2:4] = False
    assert np.array_equal(masks.decode(fill([ring], height=6, width=6)), expected)


@pytest.mark.parametrize(
    "ring", [[], [(1, 1)], [(1, 1), (4, 4)], [(2, 2), (2, 2), (2, 2)], [(-9, -9), (-5, -9), (-5, -5)]]
)
def test_what_has_no_pixel_is_empty(ring):
    assert masks.area(fill([np.array(ring, float).reshape(-1, 2)], height=5, width=5)) == 0


def test_a_ring_that_leaves_the_image_is_cut_off_at_its_edge():
    ring = np.array([(-3.0, -3.0), (30.0, -3.0), (30.0, 2.0), (-3.0, 2.0)])
    expected = np.zeros((5, 7), bool)
    expected[:2] = True
    assert np.array_equal(masks.decode(fill([ring], height=5, width=7)), expected)


@pytest.mark.parametrize("seed", range(8))
def test_a_way_there_and_back_changes_nothing(seed):
    """On the code of before, the two ways could be rounded apart where a line goes through the centre of a pixel."""
    random = np.random.default_rng(seed)
    square = np.array([(1.0, 1.0), (4.0, 1.0), (4.0, 4.0), (1.0, 4.0)])
    expected = fill([square], height=90, width=90)
    for _ in range(100):
        away = random.integers(0, 180, 2) / 2
        ring = np.concatenate((square, square[:1], away[None]))
        assert fill([ring], height=90, width=90) == expected, away
