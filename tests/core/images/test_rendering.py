"""Which bands are shown, and how: kept as text, and applied to samples of any kind."""

import numpy as np
import pytest

from acseg_core.images.pixels import Stretch
from acseg_core.images.rendering import Rendering, from_text, to_text

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
