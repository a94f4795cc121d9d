"""Pixels of any mode and depth as 8-bit RGB: what becomes black, what white, and what lies over white."""

import numpy as np
import pytest
from PIL import Image

from acseg_core.images import pixels
from acseg_core.images.pixels import deep_to_rgb, image_to_rgb


def test_rgb_stays_what_it_is():
    wanted = np.random.default_rng(0).integers(0, 256, (5, 7, 3)).astype(np.uint8)
    found = image_to_rgb(Image.fromarray(wanted))
    np.testing.assert_array_equal(found, wanted)
    assert found.flags.c_contiguous


@pytest.mark.parametrize(
    ("image", "color"),
    [
        (Image.new("L", (2, 1), 77), (77, 77, 77)),
        (Image.new("1", (2, 1), 1), (255, 255, 255)),
        (Image.new("CMYK", (2, 1), (255, 0, 0, 0)), (0, 255, 255)),
        (Image.new("YCbCr", (2, 1), (90, 128, 128)), (90, 90, 90)),
        (Image.new("LAB", (2, 1), (255, 128, 128)), (255, 255, 255)),
        (Image.new("RGBA", (2, 1), (200, 0, 0, 0)), (255, 255, 255)),
        (Image.new("RGBA", (2, 1), (200, 0, 0, 255)), (200, 0, 0)),
        (Image.new("LA", (2, 1), (0, 127)), (128, 128, 128)),
    ],
    ids=lambda value: value.mode if isinstance(value, Image.Image) else "",
)
def test_every_mode_has_its_colour(image, color):
    found = image_to_rgb(image)
    assert found.shape == (1, 2, 3)
    assert np.abs(found.astype(int) - color).max() <= 1


def test_palettes_and_their_transparent_entry():
    image = Image.new("P", (2, 1))
    image.putpalette([10, 20, 30, 40, 50, 60])
    image.putdata([0, 1])
    assert image_to_rgb(image).tolist() == [[[10, 20, 30], [40, 50, 60]]]
    image.info["transparency"] = 1
    assert image_to_rgb(image).tolist() == [[[10, 20, 30], [255, 255, 255]]]


def test_deep_grey_goes_from_its_darkest_to_its_brightest():
    deep = np.array([[1000, 3000], [2000, 1500]], np.uint16)
    assert deep_to_rgb(deep)[..., 0].tolist() == [[0, 255], [128, 64]]
    assert deep_to_rgb(deep, inverted=True)[..., 0].tolist() == [[255, 0], [128, 191]]
    np.testing.assert_array_equal(deep_to_rgb(deep), deep_to_rgb(deep.astype(np.int32)))
    np.testing.assert_array_equal(deep_to_rgb(deep), image_to_rgb(Image.fromarray(deep.astype(np.int32))))


def test_grey_floats_without_a_number_are_black():
    grey = np.array([[np.nan, -1.0, 3.0, np.inf, -np.inf, 1.0]], np.float32)
    assert deep_to_rgb(grey)[0, :, 0].tolist() == [0, 0, 255, 255, 0, 128]


@pytest.mark.parametrize("value", [0, 5000])
def test_one_value_all_over_is_black(value):
    assert not deep_to_rgb(np.full((2, 3), value, np.uint16)).any()
    assert not deep_to_rgb(np.full((2, 3), np.nan)).any()


@pytest.mark.parametrize(("brightest", "white"), [(200, 255), (900, 1023), (4000, 4095), (60000, 65535)])
def test_white_of_deep_colour_is_the_top_of_the_bits_that_hold_it(brightest, white):
    deep = np.array([[[brightest, brightest // 2, 0]]], np.uint16)
    found = deep_to_rgb(deep)[0, 0]
    assert found.tolist() == [round(brightest * 255 / white), round(brightest // 2 * 255 / white), 0]


def test_white_of_float_colour_is_one_or_the_brightest():
    assert deep_to_rgb(np.array([[[0.5, 0.25, 0.0]]]))[0, 0].tolist() == [128, 64, 0]
    assert deep_to_rgb(np.array([[[4.0, 2.0, 0.0]]]))[0, 0].tolist() == [255, 128, 0]


def test_deep_colour_lies_over_white():
    deep = np.zeros((1, 3, 4), np.uint16)
    deep[0, :, 0] = 65535
    deep[0, :, 3] = (65535, 0, 32768)
    assert deep_to_rgb(deep)[0].tolist() == [[255, 0, 0], [255, 255, 255], [255, 127, 127]]


@pytest.mark.parametrize("dtype", [np.uint16, np.float32])
def test_strips_of_rows_are_converted_as_the_whole(monkeypatch, dtype):
    grey = np.random.default_rng(1).integers(0, 60000, (23, 11)).astype(dtype)
    photo = Image.fromarray(np.random.default_rng(2).integers(0, 256, (23, 11, 4)).astype(np.uint8))
    whole = deep_to_rgb(grey), image_to_rgb(photo)
    monkeypatch.setattr(pixels, "_STRIP_PIXELS", 40)
    np.testing.assert_array_equal(deep_to_rgb(grey), whole[0])
    np.testing.assert_array_equal(image_to_rgb(photo), whole[1])
