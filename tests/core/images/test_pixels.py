"""Samples of any depth as 8-bit RGB: what becomes black, what white, and what is void."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from acseg_core.images.pixels import VOID_COLOR, Meaning, Stretch, shown, stretch_of


class Samples:
    """An array as a raster, two rows at a time."""

    def __init__(self, samples: np.ndarray) -> None:
        self._samples = samples
        self.height, self.width = samples.shape[:2]

    def blocks(self) -> Iterator[tuple[slice, np.ndarray[Any, Any]]]:
        for top in range(0, self.height, 2):
            rows = slice(top, min(top + 2, self.height))
            yield rows, self._samples[rows]


def grey(*values: float, dtype: type = np.uint16) -> Samples:
    return Samples(np.array(values, dtype).reshape(-1, 1, 1))


@pytest.mark.parametrize("stretch", [Stretch(112.0, 2048.0), Stretch(-1.5, 3.25), Stretch(0.0, 0.0)])
def test_a_stretch_is_read_back_from_the_mode_it_is_recorded_in(stretch: Stretch) -> None:
    assert Stretch.recorded(f"I;16 {stretch}") == stretch


def test_a_mode_without_a_stretch_has_none() -> None:
    assert Stretch.recorded("RGB") is None
    assert str(Stretch(112.0, 2048.0)) == "112..2048"


def test_one_hot_pixel_does_not_take_the_range() -> None:
    values = [*range(1000, 1100), 65535]
    found = stretch_of(grey(*values), Meaning(1))
    assert 1000 <= found.black <= 1003
    assert 1097 <= found.white <= 1099


def test_no_data_takes_no_part_in_the_range() -> None:
    values = [0] * 50 + list(range(500, 600))
    found = stretch_of(grey(*values), Meaning(1, nodata=(0.0,)))
    assert found.black >= 500
    assert stretch_of(grey(*values), Meaning(1)).black == 0


@pytest.mark.parametrize(("brightest", "white"), [(200, 255), (900, 1023), (4000, 4095), (60000, 65535)])
def test_white_of_deep_colour_is_the_top_of_the_bits_that_hold_it(brightest: int, white: int) -> None:
    deep = np.array([[[brightest, brightest // 2, 0]]], np.uint16)
    assert stretch_of(Samples(deep), Meaning(3)) == Stretch(0.0, white)


def test_void_is_shown_flat_and_told() -> None:
    samples = np.array([[[9, 9, 9, 255], [200, 0, 0, 0]], [[1, 2, 3, 255], [0, 0, 0, 0]]], np.uint8)
    found = shown(Samples(samples), Meaning(3, opacity=3), lambda colors: colors)
    assert found.valid is not None
    assert found.valid.tolist() == [[True, False], [True, False]]
    assert found.rgb[0, 0].tolist() == [9, 9, 9]
    assert found.rgb[0, 1].tolist() == [VOID_COLOR] * 3


def test_where_nothing_is_void_no_map_of_it_is_kept() -> None:
    samples = np.full((3, 2, 3), 7, np.uint8)
    assert shown(Samples(samples), Meaning(3), lambda colors: colors).valid is None
