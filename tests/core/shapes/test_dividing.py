"""Cutting masks: pixel for pixel what is on either side of a line."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from acseg_core.shapes.dividing import component_map, smaller_side


def picture(text):
    return np.array([[letter != "." for letter in row] for row in text.split()])


def marked(mask, part):
    """ "x" for pixels of the part, "o" for the others of the mask."""
    letters = np.where(part, "x", np.where(mask, "o", "."))
    return " ".join("".join(row) for row in letters)


@pytest.mark.parametrize(
    ("shape", "line", "expected"),
    [
        ("####### ####### #######", [(3, -1), (3, 4)], "xxxoooo xxxoooo xxxoooo"),
        ("####### ####### #######", [(3, 1.2), (3, 1.8)], "xxxoooo xxxoooo xxxoooo"),
        ("##### ##### #####", [(4, -1), (4, 5)], "oooox oooox oooox"),
        ("##### ##### ##### #####", [(-1, -1), (9, 9)], "oxxxx ooxxx oooxx oooox"),
        ("####### ####### ####### #######", [(2, -1), (2, 2), (5, 2), (5, -1)], "ooxxxoo ooxxxoo ooooooo ooooooo"),
        ("##.## ##.## ##.## ##### #####", [(-1, 2), (2.5, 2)], "xx.oo xx.oo oo.oo ooooo ooooo"),
        ("##.### ##.### ##.###", [(2.5, -1), (2.5, 4)], "xx.ooo xx.ooo xx.ooo"),
        ("##.### ##.### ##.###", [(-1, 1), (2.4, 1)], "xx.ooo oo.ooo oo.ooo"),
        ("##### #...# #...# #...# #####", [(3, -1), (3, 6)], "oooxx o...x o...x o...x oooxx"),
    ],
    ids=["across", "continued", "one pixel wide", "diagonal", "bay", "one leg", "between parts", "one part", "ring"],
)
def test_a_line_divides(shape, line, expected):
    mask = picture(shape)
    part = smaller_side(mask, line)
    assert marked(mask, part) == expected
    half = 2 * expected.count("x") == len(expected.replace(".", "").replace(" ", ""))
    backwards = smaller_side(mask, line[::-1])
    assert half or marked(mask, backwards) == expected


@pytest.mark.parametrize(
    ("shape", "line"),
    [
        ("##### #...# #...# #...# #####", [(2.5, -1), (2.5, 3)]),
        ("### ### ###", [(5, 0), (5, 3)]),
        ("### ### ###", [(1, 1), (1, 1)]),
        ("### ### ###", [(1, 1)]),
        ("### ### ###", []),
        ("##.## ##.##", [(-3, 0), (-3, 2)]),
    ],
    ids=["one arm of a ring", "beside", "no length", "a point", "nothing", "beside two parts"],
)
def test_a_line_that_does_not_divide(shape, line):
    assert smaller_side(picture(shape), line) is None


@settings(max_examples=200, deadline=None)
@given(
    size=st.tuples(st.integers(4, 20), st.integers(4, 20)),
    ends=st.tuples(*[st.floats(0, 1)] * 4),
)
def test_a_straight_line_through_a_rectangle_divides_it_by_the_centres_of_pixels(size, ends):
    height, width = size
    start, end = np.array(ends[:2]) * (width, height), np.array(ends[2:]) * (width, height)
    assume(np.hypot(*(end - start)) > 1)
    ys, xs = np.indices(size) + 0.5
    across = (end - start)[1] * (xs - start[0]) - (end - start)[0] * (ys - start[1])
    clear = np.abs(across) > 1e-6
    assume((across[clear] > 0).any() and (across[clear] < 0).any())
    part = smaller_side(np.ones(size, bool), [start, end])
    assert (part == (across > 0))[clear].all() or (part == (across <= 0))[clear].all()
    assert np.count_nonzero(part) <= part.size / 2


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10_000), points=st.lists(st.tuples(st.floats(-3, 15), st.floats(-3, 15)), max_size=6))
def test_any_line_through_any_mask_gives_two_parts_or_none(seed, points):
    random = np.random.default_rng(seed)
    mask = random.random((12, 12)) < random.uniform(0.2, 1)
    part = smaller_side(mask, points)
    if part is not None:
        assert not (part & ~mask).any()
        assert 0 < np.count_nonzero(part) < np.count_nonzero(mask)


def test_connected_parts_are_numbered_by_size_and_corners_connect():
    numbers, areas = component_map(picture("##..# ..#.. ....# ...##"))
    assert areas.tolist() == [3, 3, 1]
    np.testing.assert_array_equal(numbers[1], [-1, -1, 0, -1, -1])
    assert numbers[0, 4] == 2
    assert numbers[3, 3] == numbers[2, 4] == 1
