"""The network's input: aspect kept, never more patches than the budget, no aliasing."""

import numpy as np
import pytest

from acseg_core.nets.input_size import patch_grid, resize


@pytest.mark.parametrize(
    ("width", "height", "grid"),
    [(640, 480, (27, 37)), (480, 640, (36, 28)), (100, 100, (32, 32)), (5000, 10, (1, 716)), (10, 5000, (500, 1))],
)
def test_the_grid_follows_the_aspect(width: int, height: int, grid: tuple[int, int]) -> None:
    rows, columns = patch_grid(width, height, input_size=448, patch=14)
    assert rows * columns <= 32 * 32
    assert (rows, columns) == grid


def test_an_input_size_below_a_patch_and_a_half_still_has_one() -> None:
    assert patch_grid(7, 9, input_size=20, patch=14) == (1, 1)


def test_shrinking_averages_and_enlarging_keeps_even_areas() -> None:
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[:, ::2] = 200
    assert np.ptp(resize(stripes, (16, 16))) == 0
    assert resize(stripes, (16, 16))[0, 0, 0] == 100
    even = np.full((5, 7, 3), 90, np.uint8)
    enlarged = resize(even, (28, 14))
    assert enlarged.shape == (14, 28, 3)
    assert (enlarged == 90).all()
