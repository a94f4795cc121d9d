"""Descriptions of patches, averaged over cells: against the mean over every pixel of each cell."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.proposals.cell_descriptions import favouring_alike, group_means, patches_under


def described(seed: int, rows: int, columns: int, dim: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(rows, columns, dim)).astype(np.float32)


def of_cells(patches: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """(n, D) descriptions of cells, from those of patches (h, w, D)."""
    return patches_under(numbers, patches.shape[:2]) @ patches.reshape(-1, patches.shape[2])


def blocks(height: int, width: int, down: int, across: int) -> np.ndarray:
    """(H, W) of down x across blocks, numbered row by row."""
    y, x = np.mgrid[:height, :width]
    return (y * down // height * across + x * across // width).astype(np.int32)


def slow_means(patches: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The mean over all pixels of each cell, of patches enlarged as OpenCV enlarges them."""
    size = numbers.shape[::-1]
    layers = [cv2.resize(layer, size, interpolation=cv2.INTER_LINEAR) for layer in patches.transpose(2, 0, 1)]
    fine = np.stack(layers, axis=2)
    return np.stack([fine[numbers == number].mean(axis=0) for number in range(numbers.max() + 1)])


@pytest.mark.parametrize(("rows", "columns", "scale"), [(4, 6, 4), (4, 6, 16), (7, 5, 8), (1, 3, 12), (2, 1, 12)])
def test_cells_get_the_mean_of_what_bilinear_enlarging_gives_their_pixels(rows, columns, scale):
    """Of blocks that end where halves of patches do, exactly that."""
    patches = described(0, rows, columns)
    numbers = blocks(rows * scale, columns * scale, 2 * rows, 2 * columns)
    np.testing.assert_allclose(of_cells(patches, numbers), slow_means(patches, numbers), atol=1e-4)


def test_other_cells_get_nearly_that():
    patches = cv2.GaussianBlur(described(1, 20, 30), (0, 0), 1.5)
    numbers = blocks(320, 480, 13, 17)
    found, exact = of_cells(patches, numbers), slow_means(patches, numbers)
    assert np.abs(found - exact).max() < 0.1 * exact.std()


def test_patches_of_one_description_give_it_to_all_cells():
    patches = np.broadcast_to(np.array([0.25, -3.0], np.float32), (3, 5, 2))
    found = of_cells(patches, blocks(40, 60, 4, 4))
    np.testing.assert_allclose(found, np.tile([0.25, -3.0], (16, 1)), rtol=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30), st.integers(1, 30), st.integers(1, 12))
def test_every_cell_is_described_by_what_is_there_and_void_by_nothing(seed, height, width, cells):
    """However small: within the range of the patches; and pixels of no cell count nowhere."""
    random = np.random.default_rng(seed)
    count = min(cells, height * width)
    numbers = random.integers(-1, count, (height, width)).astype(np.int32)
    numbers.ravel()[random.permutation(height * width)[:count]] = np.arange(count)
    patches = described(seed, 4, 5)
    found = of_cells(patches, numbers)
    assert found.shape == (count, 3)
    assert found.dtype == np.float32
    assert (found >= patches.min(axis=(0, 1)) - 1e-5).all()
    assert (found <= patches.max(axis=(0, 1)) + 1e-5).all()


def test_a_cell_of_one_pixel_in_a_large_map_is_described_by_where_it_is():
    """Only a part of the pixels of a large map is looked at."""
    numbers = np.zeros((900, 1200), np.int32)
    numbers[450, 1199] = 1
    numbers[0, 0] = 2
    patches = described(2, 30, 40)
    found = of_cells(patches, numbers)
    np.testing.assert_allclose(found[2], patches[0, 0], atol=1e-4)
    for number, row, column in ((1, 15, 39),):
        around = patches[row - 1 : row + 1, column]
        assert (np.abs(found[number] - around.mean(axis=0)) <= np.ptp(around, axis=0) / 2 + 1e-4).all()
    np.testing.assert_allclose(found[0], patches.mean(axis=(0, 1)), atol=0.02)


def test_a_void_half_does_not_reach_into_the_cells_beside_it():
    numbers = np.where(np.arange(64)[None] < 32, blocks(64, 64, 4, 4), -1).astype(np.int32)
    numbers = np.unique(numbers, return_inverse=True)[1].reshape(64, 64).astype(np.int32) - 1
    patches = described(3, 16, 16)
    found, exact = of_cells(patches, numbers), slow_means(patches, numbers)
    assert np.abs(found - exact).max() < 1e-4


def test_a_cell_beside_a_thing_looks_like_what_it_shows():
    """The border runs through the middle of patches, whose looks and colours are half of each side's."""
    side = np.where(np.arange(6) < 3, 0.0, 1.0).astype(np.float32)
    side[2] = side[3] = 0.5
    patches = side[None, :, None].repeat(4, axis=0)
    y, x = np.mgrid[:40, :60]
    numbers = (y // 10 * 12 + x // 5).astype(np.int32)
    colours = np.zeros((48, 3), np.float32)
    colours[:, 0] = np.arange(48) % 12 >= 6
    sizes = np.full(48, 1 / 48, np.float32)
    patch_colours = np.zeros((4, 6, 3), np.float32)
    patch_colours[..., 0] = side
    plain = patches_under(numbers, (4, 6))
    shifted = favouring_alike(plain, colours, sizes, patch_colours)
    np.testing.assert_allclose(np.asarray(shifted.sum(axis=1)).ravel(), 1, rtol=1e-5)
    error, before = (np.abs((each @ patches.reshape(-1, 1))[:, 0] - colours[:, 0]) for each in (shifted, plain))
    assert (error <= before + 1e-6).all()
    assert error.mean() < 0.9 * before.mean()


@pytest.mark.parametrize("far", [0.0, 50.0])
def test_a_colour_that_no_patch_has_leaves_sound_weights(far):
    """And where all colours are the same, nothing is shifted."""
    under = patches_under(blocks(40, 60, 4, 6), (4, 6))
    colours = np.zeros((24, 3), np.float32)
    colours[3] = far
    found = favouring_alike(under, colours, np.full(24, 1 / 24, np.float32), np.zeros((4, 6, 3), np.float32))
    assert np.isfinite(found.data).all()
    np.testing.assert_allclose(np.asarray(found.sum(axis=1)).ravel(), 1, rtol=1e-5)
    if not far:
        np.testing.assert_allclose(found.data, under.data, rtol=1e-5)


def test_groups_have_the_mean_of_their_tokens_by_pixels():
    tokens = described(4, 1, 5)[0]
    pixels, group_of = np.array([1, 2, 3, 4, 0]), np.array([1, 0, 1, 0, 2])
    found = group_means(tokens, pixels, group_of)
    np.testing.assert_allclose(found[0], (2 * tokens[1] + 4 * tokens[3]) / 6, rtol=1e-5)
    np.testing.assert_allclose(found[1], (tokens[0] + 3 * tokens[2]) / 4, rtol=1e-5)
    assert np.isfinite(found[2]).all(), "a group without pixels"
