"""Holes on bridges: one ring with all corners of what it is made of."""

import numpy as np

from acseg_core.shapes.keyholes import bridged
from acseg_core.shapes.simplifying import signed_area

SQUARE = np.array([(0, 0), (10, 0), (10, 10), (0, 10)])


def hole(x: int, y: int, side: int = 1) -> np.ndarray:
    return np.array([(x, y), (x, y + side), (x + side, y + side), (x + side, y)])


def test_without_holes_rings_are_as_they_are():
    (ring,) = bridged([SQUARE], [])
    assert (ring == SQUARE).all()


def test_a_hole_below_another_hangs_on_it_and_area_is_what_is_left():
    holes = [hole(4, 6), hole(3, 2, 2), hole(7, 1)]
    (ring,) = bridged([SQUARE], holes)
    assert signed_area(ring) == 100 - 1 - 4 - 1
    corners = {tuple(point) for point in ring}
    assert {tuple(map(float, point)) for each in holes for point in each} <= corners
    assert (4.0, 4.0) in corners, "the bridge up to the hole above"


def test_two_holes_on_one_side_are_reached_in_its_direction():
    (ring,) = bridged([SQUARE], [hole(7, 3), hole(2, 3)])
    at_top = [point for point in ring.tolist() if point[1] == 0]
    assert at_top == [[0, 0], [2, 0], [2, 0], [7, 0], [7, 0], [10, 0]]


def test_each_hole_is_given_to_the_part_it_is_in():
    left, right = bridged([SQUARE, SQUARE + np.array((20, 0))], [hole(22, 3)])
    assert len(left) == 4
    assert signed_area(right) == 99


def test_a_hole_in_nothing_cannot_be_bridged():
    assert bridged([SQUARE], [hole(30, 3)]) is None
