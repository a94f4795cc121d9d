"""Which bands are shown, and how: kept as text, and applied to samples of any kind."""

import numpy as np
import pytest

from acseg_core.errors import BandsError
from acseg_core.images.pixels import Stretch
from acseg_core.images.rendering import Rendering, from_text, percentile_stretches, preset_bands, to_text

NEAR_INFRARED = Rendering((4, 1, 2), (Stretch(100, 3100), Stretch(0, 255), Stretch(-1.5, 0.25)))


def test_it_comes_back_from_text_as_it_was():
    assert from_text(to_text(NEAR_INFRARED)) == NEAR_INFRARED
    assert from_text("") is None


@pytest.mark.parametrize("text", ["{", "[]", '{"bands": [1, 2], "ranges": [[0, 1], [0, 1]]}', '{"bands": [1]}', "1"])
def test_what_makes_no_sense_is_none_and_told(text, caplog):
    assert from_text(text) is None
    assert "makes no sense" in caplog.text


def test_bands_are_stretched_each_by_its_own():
    samples = np.array([[[100, 0, -1.5], [3100, 255, 0.25]]])
    assert NEAR_INFRARED.rgb(samples).tolist() == [[[0, 0, 0], [255, 255, 255]]]


def test_one_band_is_shown_grey():
    grey = Rendering((2,), (Stretch(0, 10),)).rgb(np.array([[[5], [20]]], np.uint16))
    assert grey.tolist() == [[[128, 128, 128], [255, 255, 255]]]


@pytest.mark.parametrize(("bands", "count"), [((), 0), ((1, 2), 2), ((1, 2, 3), 1), ((0,), 1)])
def test_neither_two_bands_nor_a_stretch_too_few(bands, count):
    with pytest.raises(ValueError, match="bands"):
        Rendering(bands, (Stretch(0, 1),) * count)


@pytest.mark.parametrize(
    ("bands", "preset", "expected"),
    [
        (8, "rgb", (1, 2, 3)),
        (2, "rgb", (1,)),
        (["blue", "green", "red", "nir"], "rgb", (3, 2, 1)),
        (["gray", "alpha"], "rgb", (1,)),
        (["undefined"] * 5, "rgb", (1, 2, 3)),
        (4, "nir", (4, 1, 2)),
        (["blue", "green", "red", "rededge", "nir"], "nir", (5, 3, 2)),
        (["red", "green", "blue", "undefined", "alpha"], "nir", (4, 1, 2)),
        (["red", "green", "blue", "alpha", "undefined"], "nir", (5, 1, 2)),
        (8, "single:7", (7,)),
    ],
)
def test_presets_go_by_names_or_else_by_the_usual_order(bands, preset, expected):
    assert preset_bands(bands, preset) == expected


@pytest.mark.parametrize(
    ("bands", "preset", "complaint"),
    [
        (3, "nir", "no near infrared among 3 bands"),
        (["red", "green", "blue", "alpha"], "nir", "no near infrared among 3 bands"),
        (3, "single:4", "no band 4; choose one from 1 to 3"),
        (3, "single:0", "no band 0"),
        (3, "single", "no preset single"),
        (3, "thermal", "no preset thermal"),
    ],
)
def test_what_a_file_does_not_have_is_said_in_a_line(bands, preset, complaint):
    with pytest.raises(BandsError, match=complaint):
        preset_bands(bands, preset)


def test_each_band_is_stretched_between_percentiles_of_its_values():
    values = np.arange(101.0)
    samples = np.stack((values, values * 10, -values), axis=1)
    samples[50] = np.nan
    assert percentile_stretches(samples, 10, 90) == (Stretch(9, 91), Stretch(90, 910), Stretch(-91, -9))


def test_a_hot_pixel_takes_no_range_but_two_values_have_theirs():
    hot = np.full(1000, 300, np.uint16)
    hot[:500] = 100
    hot[3] = 65535
    rare = np.zeros(1000, np.uint16)
    rare[7] = 9
    assert percentile_stretches(np.stack((hot, rare), axis=1)) == (Stretch(100, 300), Stretch(0, 9))


def test_a_band_without_a_value_is_black():
    assert percentile_stretches(np.full((4, 1), np.nan)) == (Stretch(0, 0),)
    assert percentile_stretches(np.zeros((0, 3), np.uint8)) == (Stretch(0, 0),) * 3
