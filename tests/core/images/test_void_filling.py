"""Void filled with what is around it: no step at its border, valid pixels untouched, in little memory."""

import numpy as np
import pytest

from acseg_core.images.void_filling import without_void


def world(height: int, width: int) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    return np.stack([40 + 180 * x / 3000, 60 + 120 * y / 3000, 90 + 40 * np.sin(x / 300)], 2).astype(np.uint8)


def hole(height: int, width: int) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    return (x > width // 8) & ((x - width // 2) ** 2 + (y - height // 2) ** 2 > (height // 5) ** 2)


@pytest.mark.parametrize("size", [(40, 60), (900, 1300), (1, 50), (3000, 200)])
def test_valid_pixels_stay_and_no_step_is_left_at_the_border(size):
    image, valid = world(*size), hole(*size)
    image[~valid] = (255, 0, 255)
    filled = without_void(image, valid)
    assert np.array_equal(filled[valid], image[valid])
    for axis in (0, 1):
        one, other = (np.take(filled, range(*ends), axis) for ends in ((1, size[axis]), (0, size[axis] - 1)))
        at_border = np.diff(valid.astype(int), axis=axis) != 0
        if at_border.any():
            assert np.abs(one.astype(int) - other)[at_border].max() <= 3


def test_it_is_the_nearest_colour():
    image = np.zeros((1, 7, 3), np.uint8)
    image[0, 1], image[0, 5] = 10, 200
    filled = without_void(image, np.array([[False, True, False, False, False, True, False]]))
    assert filled[0, :, 0].tolist()[:3] == [10, 10, 10]
    assert filled[0, :, 0].tolist()[4:] == [200, 200, 200]


def test_nothing_is_copied_where_nothing_is_void():
    image = world(9, 9)
    assert without_void(image, None) is image
    assert without_void(image, np.ones((9, 9), bool)) is image


def test_a_single_valid_pixel_of_a_large_image_is_enough():
    image, valid = world(1500, 1500), np.zeros((1500, 1500), bool)
    valid[700, 800] = True
    image[700, 800] = (250, 128, 3)
    assert np.abs(without_void(image, valid).astype(int) - (250, 128, 3)).max() <= 60
