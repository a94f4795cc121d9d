"""Rectangles and ellipses as rings."""

import math

import numpy as np
import pytest

from acseg_core.formats.rings import ellipse, rectangle, ring_of, turned_ring
from acseg_core.shapes import masks
from acseg_core.shapes.filling import fill


@pytest.mark.parametrize(
    "points",
    [[[1, float("nan")]], [[1, 1e300]], [["a", 1]], [[1, 2, 3]], [[1]], [None], [[None, 1]], [[1, 10**400]], 3, [3]],
)
def test_what_is_no_ring_is_none(points):
    assert ring_of(points) is None


def test_points_of_any_kind_of_number_are_a_ring():
    assert ring_of([[1, "2.5"], (3, 4)]).tolist() == [[1, 2.5], [3, 4]]
    assert ring_of([]).shape == (0, 2)


def test_a_rectangle_fills_its_pixels_and_turns_clockwise():
    ring = rectangle(2, 2, 6, 4)
    assert masks.area(fill([ring], height=8, width=8)) == 8
    assert turned_ring(ring, 360, x=2, y=2) is ring
    turned = masks.decode(fill([turned_ring(ring, 90, x=4, y=3)], height=8, width=8))
    assert np.argwhere(turned)[[0, -1]].tolist() == [[1, 3], [4, 4]]
    # Around its upper left corner a quarter to the right, its width goes down.
    assert np.allclose(turned_ring(ring, 90, x=2, y=2), [[2, 2], [2, 6], [0, 6], [0, 2]])


def test_an_ellipse_has_its_area():
    ring = ellipse(50, 40, radius_x=30, radius_y=20)
    area = masks.area(fill([ring], height=80, width=100))
    assert abs(area - math.pi * 600) < 12
