"""Choices of bands and stretch: checked when made, kept as text, applied to what an image has."""

import numpy as np
import pytest

from acseg_core.errors import BandsError
from acseg_core.images.band_choice import BandChoice, from_text
from acseg_core.images.band_samples import BandSamples
from acseg_core.images.pixels import Stretch
from acseg_core.images.rendering import Rendering

FOUR = ("red", "green", "blue", "nir")


@pytest.mark.parametrize(
    ("bands", "expected"), [("rgb", (1, 2, 3)), ("nir", (4, 1, 2)), ("4", (4,)), ("4, 3,2", (4, 3, 2)), ("", (2,))]
)
def test_bands_are_presets_or_numbers_or_those_of_now(bands, expected):
    assert BandChoice(bands).bands_of(FOUR, now=(2,)) == expected


@pytest.mark.parametrize("bands", ["", "rgb", "4,1,2"])
@pytest.mark.parametrize("values", [None, (0.0, 3000.0)])
def test_it_comes_back_from_text_as_it_was(bands, values):
    choice = BandChoice(bands, 1, 99.5, values)
    assert from_text(choice.to_text()) == choice


@pytest.mark.parametrize("text", ["{", "[]", "3", '{"bands": "x", "low": 2, "high": 98, "values": null}', "{}"])
def test_what_makes_no_sense_is_none_and_told(text, caplog):
    assert from_text("") is None
    assert not caplog.text
    assert from_text(text) is None
    assert "makes no sense" in caplog.text


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"bands": "red"}, "red are no bands; give rgb, nir, one number such as 4, or three such as 4,3,2"),
        ({"bands": "1,2"}, "no bands"),
        ({"bands": "1,0,2"}, "no bands"),
        ({"low": 98, "high": 2}, "percentiles 98 and 2 do not fit"),
        ({"high": 101}, "from 0 to 100"),
        ({"low": float("nan")}, "do not fit"),
        ({"values": (5, 5)}, "two different values"),
        ({"values": (0, float("inf"))}, "two different values"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_line(wrong, complaint):
    with pytest.raises(BandsError, match=complaint) as caught:
        BandChoice(**wrong)
    assert "\n" not in str(caught.value)


def test_a_band_that_an_image_does_not_have():
    with pytest.raises(BandsError, match="no band 5; choose one from 1 to 4"):
        BandChoice("5,1,2").bands_of(FOUR, now=(1,))


def test_percentiles_are_of_valid_values_and_a_range_is_for_all_bands():
    values = np.arange(202.0).reshape(2, 101, 1)
    valid = np.array([[True], [False]]).repeat(101, axis=1)
    values[0, 0] = 55_555
    samples = BandSamples(values, valid, (55_555,))
    assert BandChoice(low=0, high=50).rendering((3,), samples) == Rendering((3,), (Stretch(1, 51),))
    assert BandChoice(values=(9, 1)).rendering((3,), samples) == Rendering((3,), (Stretch(9, 1),))
