"""Samples of bands of an image, evenly spread over it: what stretches are found by, and previews are made of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.images.pixels import (
    VOID_COLOR,
    Meaning,
    Picture,
    Raster,
    Stretch,
    no_data,
    percentile_stretch,
    pieces,
    valid_pixels,
)
from acseg_core.images.rendering import Rendering

SAMPLED_PIXELS = 1_000_000
"""So many pixels, about, tell percentiles of images of any size."""


@dataclass(frozen=True, slots=True, eq=False)
class BandSamples:
    """Some bands at every so manieth pixel and row.

    Attributes:
        values: (h, w, bands) of any number type.
        valid: (h, w) bool, False where the image is void.
        nodata: What marks no data in a single band; none or one.
    """

    values: NDArray[Any]
    valid: NDArray[np.bool_]
    nodata: tuple[float, ...] = ()

    def stretches(self, low: float, high: float) -> tuple[Stretch, ...]:
        """How each band is stretched between two percentiles of its valid values, by the rules of `rendering`."""
        return tuple(percentile_stretch(self._known(band), low, high) for band in range(self.values.shape[2]))

    def shown(self, rendering: Rendering) -> NDArray[np.uint8]:
        """(h, w, 3): these pixels as they look by a rendering of these very bands."""
        rgb = rendering.rgb(self.values)
        rgb[~self.valid] = VOID_COLOR
        return rgb

    def _known(self, band: int) -> NDArray[Any]:
        values = self.values[..., band][self.valid]
        return np.asarray(values[~no_data(values, *self.nodata)])


def sampled(raster: Raster, meaning: Meaning, *, mask: Raster | None = None, most: int = SAMPLED_PIXELS) -> BandSamples:
    """Sample the colours of a raster.

    Args:
        raster: The samples.
        meaning: What they are.
        mask: Of as many pixels; those with 0 are void, too.
        most: Pixels wanted, about.
    """
    step = max(1, math.isqrt(raster.height * raster.width // most))
    values, valid = _thinned(raster, meaning, step)
    if mask is not None:
        valid &= _thinned(mask, Meaning(colors=1), step)[0][..., 0] > 0
    return BandSamples(values, valid, meaning.nodata if len(meaning.nodata) == 1 else ())


def sampled_picture(picture: Picture, bands: tuple[int, ...], *, most: int = SAMPLED_PIXELS) -> BandSamples:
    """Sample a picture, whose bands are red, green and blue."""
    height, width = picture.rgb.shape[:2]
    step = max(1, math.isqrt(height * width // most))
    rgb = picture.rgb[::step, ::step]
    valid = np.ones(rgb.shape[:2], np.bool_) if picture.valid is None else picture.valid[::step, ::step]
    return BandSamples(rgb[..., [band - 1 for band in bands]], valid)


def rendered(picture: Picture, rendering: Rendering) -> Picture:
    """A picture, whose bands are red, green and blue, shown otherwise; its pixels are written over."""
    channels = [band - 1 for band in rendering.bands]
    for place, block in pieces(_Rows(picture.rgb)):
        picture.rgb[place] = rendering.rgb(block[..., channels])
        if picture.valid is not None:
            picture.rgb[place][~picture.valid[place]] = VOID_COLOR
    return picture


class _Rows:
    """Pixels in memory as a raster."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self.height, self.width = pixels.shape[:2]
        self._pixels = pixels

    def blocks(self) -> Iterator[tuple[slice, NDArray[Any]]]:
        """See `Raster`."""
        step = max(1, SAMPLED_PIXELS // self.width)
        for top in range(0, self.height, step):
            yield slice(top, min(top + step, self.height)), self._pixels[top : top + step]


class PickedBands:
    """Some samples of each pixel of another raster.

    Args:
        raster: The other one.
        places: Which, from 0, in the order wanted.
    """

    def __init__(self, raster: Raster, places: tuple[int, ...]) -> None:
        self._raster, self._places = raster, list(places)
        self.height, self.width = raster.height, raster.width

    def blocks(self) -> Iterator[tuple[slice, NDArray[Any]]]:
        """See `Raster`."""
        for rows, block in self._raster.blocks():
            yield rows, block[..., self._places]


def _thinned(raster: Raster, meaning: Meaning, step: int) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Every so manieth row and column, counted from the first."""
    shape = -(-raster.height // step), -(-raster.width // step)
    values: NDArray[Any] | None = None
    valid = np.ones(shape, np.bool_)
    for (rows, columns), block in pieces(raster):
        part = block[-rows.start % step :: step, -columns.start % step :: step]
        there = _every(rows, step, part.shape[0]), _every(columns, step, part.shape[1])
        if values is None:
            values = np.empty((*shape, meaning.colors), block.dtype)
        values[there] = part[..., : meaning.colors]
        valid_here = valid_pixels(part, meaning)
        if valid_here is not None:
            valid[there] = valid_here
    assert values is not None  # an image has at least one pixel
    return values, valid


def _every(place: slice, step: int, count: int) -> slice:
    first = -(-place.start // step)
    return slice(first, first + count)
