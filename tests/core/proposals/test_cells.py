"""Cells of an image: a partition into connected pieces, numbered in order, the same on every run."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from cell_trees import texture
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from acseg_core.proposals.cell_runs import CellRuns
from acseg_core.proposals.cells import (
    _in_order,
    find_cells,
    mean_colours,
    nearest_known,
    number_parts,
    parts_between,
    working_size,
)


def slow_parts(numbers: np.ndarray) -> np.ndarray:
    """Flood every part from its first pixel."""
    parts, count = np.full(numbers.shape, -1, np.int32), 0
    for start in np.ndindex(numbers.shape):
        if parts[start] >= 0:
            continue
        waiting = [start]
        while waiting:
            y, x = waiting.pop()
            if parts[y, x] >= 0:
                continue
            parts[y, x] = count
            for there in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                inside = 0 <= there[0] < numbers.shape[0] and 0 <= there[1] < numbers.shape[1]
                if inside and numbers[there] == numbers[y, x]:
                    waiting.append(there)
        count += 1
    return parts


def assert_cells(numbers: np.ndarray) -> None:
    """Each number has pixels, which hang together, and their first pixels come in the order of the numbers."""
    found = numbers[numbers >= 0]
    kinds, first = np.unique(found, return_index=True)
    assert kinds.tolist() == list(range(len(kinds)))
    assert (np.diff(first) > 0).all()
    for number, place in enumerate(ndimage.find_objects(numbers + 1)):
        assert ndimage.label(numbers[place] == number)[1] == 1, number


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 2), (1, 57), (64, 1), (2, 3), (3, 3), (2, 40), (5, 7)])
@pytest.mark.parametrize("count", [2, 12, 1000])
def test_tiny_images_are_divided_too(height, width, count):
    cells = find_cells(texture(height, width), count)
    assert cells.numbers.shape == (height, width)
    assert_cells(cells.numbers)
    assert cells.numbers.min() == 0
    assert cells.graph.count == cells.numbers.max() + 1 <= min(height * width, count)


@pytest.mark.parametrize("count", [2, 30, 200])
@pytest.mark.parametrize("size", [(120, 170), (400, 40)])
def test_an_image_has_as_many_cells_as_are_wanted(size, count):
    cells = find_cells(texture(*size), count)
    assert_cells(cells.numbers)
    assert cells.graph.count == count


def test_a_large_image_is_divided_in_a_smaller_size_of_the_same_shape():
    assert working_size(300, 400) == (300, 400)
    height, width = working_size(3000, 4000)
    assert height * width <= 311_000
    assert width / height == pytest.approx(4 / 3, rel=0.01)
    assert working_size(1, 10_000_000)[0] == 1
    cells = find_cells(texture(700, 900), 100)
    assert cells.numbers.shape == working_size(700, 900)
    assert_cells(cells.numbers)


@pytest.mark.parametrize("image", [np.full((60, 80, 3), 90, np.uint8), np.zeros((1, 1, 3), np.uint8)])
def test_a_flat_image_is_divided_evenly(image):
    cells = find_cells(image, 20)
    assert_cells(cells.numbers)
    assert cells.graph.count == min(20, image[..., 0].size)
    np.testing.assert_allclose(cells.graph.features, cells.graph.features[:1].repeat(cells.graph.count, 0), atol=1e-5)
    assert not cells.graph.strengths.any()
    assert np.abs(cells.contrasts).max() < 0.01


def test_a_grey_image_has_cells_without_colour():
    grey = np.repeat(texture(80, 90)[..., :1], 3, axis=2)
    cells = find_cells(grey, 50)
    assert_cells(cells.numbers)
    assert cells.graph.count == 50
    assert np.abs(cells.graph.features[:, 1:]).max() < 0.01
    assert np.ptp(cells.graph.features[:, 0]) > 0.2


@pytest.mark.parametrize("offset", range(0, 8, 3))
def test_thin_and_small_things_have_cells_of_their_own(offset):
    """A bar of 8 pixels and a dot of 10 x 10, where a plain grid of as many cells is of 15 x 15 pixels."""
    image = np.full((150, 150, 3), 90, np.uint8)
    bar, dot = np.s_[:, 66 + offset : 74 + offset], np.s_[20 + offset : 30 + offset, 20:30]
    image[bar], image[dot] = (200, 60, 60), (60, 60, 200)
    cells = find_cells(image, 100)
    for thing in (bar, dot):
        mine = np.zeros((150, 150), bool)
        mine[thing] = True
        share = np.bincount(cells.numbers[mine], minlength=cells.graph.count) / np.bincount(cells.numbers.ravel())
        found = share[cells.numbers] > 0.5
        assert (found & mine).sum() / (found | mine).sum() > 0.6


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 40), st.integers(2, 60), st.floats(0.05, 0.95))
def test_no_cell_has_a_void_pixel_and_every_other_pixel_has_one(seed, height, width, count, share):
    random = np.random.default_rng(seed)
    valid = cv2.resize(random.random((5, 5)), (width, height)) < share
    valid[random.integers(height), random.integers(width)] = True
    cells = find_cells(texture(height, width, seed), count, valid=valid)
    np.testing.assert_array_equal(cells.numbers >= 0, valid)
    assert_cells(cells.numbers)
    assert cells.graph.count == len(cells.contrasts) == cells.numbers.max() + 1


@pytest.mark.parametrize(("height", "width"), [(7, 9), (4, 8), (8, 9), (5, 400)])
def test_seeds_at_the_border_of_an_image_grow_too(height, width):
    """All seeds of a flat image lie in the first row; on the code of before none grew, and the search never ended."""
    image = np.full((height, width, 3), 90, np.uint8)
    image[:, width // 2 :] = 200
    cells = find_cells(image, 4)
    assert_cells(cells.numbers)
    assert cells.graph.count > 1


def test_what_void_pixels_show_is_of_no_account_to_the_colours():
    image = np.full((40, 40, 3), 90, np.uint8)
    valid = np.ones((40, 40), bool)
    valid[:, 20:] = False
    image[:, 20:] = 255
    cells = find_cells(image, 10, valid=valid)
    np.testing.assert_allclose(cells.graph.features, cells.graph.features[:1].repeat(cells.graph.count, 0), atol=1e-5)
    assert np.abs(cells.contrasts).max() < 0.03


def test_void_of_a_large_image_leaves_some_cell():
    valid = np.zeros((700, 900), bool)
    valid[350, 450] = True
    cells = find_cells(texture(700, 900), 50, valid=valid)
    assert cells.graph.count == 1


def test_the_number_of_threads_changes_nothing():
    image, before, found = texture(500, 600), cv2.getNumThreads(), []
    try:
        for threads in (1, 4):
            cv2.setNumThreads(threads)
            found.append(find_cells(image, 300))
    finally:
        cv2.setNumThreads(before)
    for one, other in zip(*([each.numbers, each.contrasts, each.graph.features] for each in found), strict=True):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(found[0].graph.strengths, found[1].graph.strengths)


@given(st.integers(0, 10_000), st.integers(1, 9), st.integers(1, 9), st.integers(1, 3))
def test_parts_are_those_that_hang_together(seed, height, width, kinds):
    numbers = np.random.default_rng(seed).integers(0, kinds, (height, width)).astype(np.int32)
    np.testing.assert_array_equal(number_parts(numbers), slow_parts(numbers))


@given(st.integers(0, 10_000), st.integers(1, 9), st.integers(1, 9))
def test_parts_know_their_neighbours_again(seed, height, width):
    """From where neighbours are of one part, and of no other use, the same parts come back."""
    parts = slow_parts(np.random.default_rng(seed).integers(0, 3, (height, width)))
    again = parts_between(parts[:, 1:] == parts[:, :-1], parts[1:] == parts[:-1])
    np.testing.assert_array_equal(again, parts)


def test_numbers_are_given_anew_in_the_order_of_first_pixels():
    numbers = np.array([[3, 3, 0], [1, 3, 2]], np.int32)
    assert _in_order(numbers, 4).tolist() == [[0, 0, 1], [2, 0, 3]]


def test_the_colour_of_a_cell_is_the_mean_of_its_pixels():
    image = texture(20, 30)
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)
    exact = cv2.cvtColor(image.astype(np.float32) / 255, cv2.COLOR_RGB2LAB) / 100
    numbers = np.random.default_rng(0).integers(-1, 5, (20, 30)).astype(np.int32)
    found = mean_colours(lab, CellRuns.of(numbers), 5)
    for number in range(5):
        np.testing.assert_allclose(found[number], exact[numbers == number].mean(axis=0), atol=0.01)


@given(st.integers(0, 10_000), st.integers(1, 8), st.integers(1, 8))
def test_the_nearest_known_pixel_is_the_nearest(seed, height, width):
    random = np.random.default_rng(seed)
    known = random.random((height, width)) < 0.3
    known[random.integers(height), random.integers(width)] = True
    y, x = np.divmod(nearest_known(known), width)
    there = np.argwhere(known)
    for place in np.ndindex(known.shape):
        assert known[y[place], x[place]]
        distance = (y[place] - place[0]) ** 2 + (x[place] - place[1]) ** 2
        assert distance == ((there - place) ** 2).sum(axis=1).min()
