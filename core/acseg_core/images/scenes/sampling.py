"""How a scene is shown at first: its bands, and their range, from samples all over it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import BandsError
from acseg_core.images.band_choice import BandChoice
from acseg_core.images.band_samples import BandSamples
from acseg_core.images.pixels import Stretch
from acseg_core.images.rendering import RGB, Rendering, percentile_stretches, preset_bands
from acseg_core.images.scenes.raster import PALETTE, Box, RasterHeader, opened, samples_of

_MOST_PIXELS = 2_000_000
_GRIDS = ((8, 128), (32, 32))
"""How many windows across and down, and pixels of a side: the finer grid is for scenes that are void almost
everywhere."""


def default_rendering(path: Path, header: RasterHeader, choice: BandChoice | None = None) -> Rendering:
    """Red, green and blue, or the first three bands, or the first; 8-bit colour as it is, all else by percentiles.

    Args:
        path: Of the raster.
        header: Of the same.
        choice: How new images are to be shown instead, as far as it has such bands.

    Raises:
        ImageError: It cannot be read.
        ExtraMissingError: rasterio is not installed.
    """
    bands = preset_bands(header.colors, RGB)
    if choice is not None:
        with contextlib.suppress(BandsError):
            bands = choice.bands_of(header.colors, now=bands)
            values = sampled(path, header, bands)[np.newaxis]
            return choice.rendering(bands, BandSamples(values, np.ones(values.shape[:2], np.bool_)))
    is_plain = {header.dtypes[band - 1] for band in bands} == {"uint8"}
    if is_plain and (len(bands) == 3 or header.colors[bands[0] - 1] == PALETTE):
        return Rendering(bands, (Stretch(0.0, 255.0),) * len(bands))
    stretches = percentile_stretches(sampled(path, header, bands))
    if header.is_inverted and len(bands) == 1:
        stretches = tuple(Stretch(each.white, each.black) for each in stretches)
    return Rendering(bands, stretches)


def sampled(path: Path, header: RasterHeader, bands: tuple[int, ...]) -> NDArray[Any]:
    """Samples of valid pixels all over a raster: of all, of an overview, or of windows on a grid; about a million.

    Args:
        path: Of the raster.
        header: Of the same.
        bands: Which bands, from 1.

    Returns:
        (n, bands); none where no valid pixel was found.

    Raises:
        ImageError: It cannot be read.
        ExtraMissingError: rasterio is not installed.
    """
    pixels, whole = header.width * header.height, Box(0, 0, header.width, header.height)
    factor = next((each for each in (1, *header.overviews) if pixels <= _MOST_PIXELS * each * each), None)
    with opened(path) as source:
        if factor is not None:
            size = max(1, header.width // factor), max(1, header.height // factor)
            return _valid_samples(*samples_of(source, whole, bands, size=size))
        for across, side in _GRIDS:
            parts = [
                _valid_samples(*samples_of(source, box, bands))
                for box in _windows(header, source.block_shapes[0], across, side)
            ]
            found = np.concatenate(parts)
            if len(found):
                return found
    return found


def _valid_samples(samples: NDArray[Any], valid: NDArray[np.bool_] | None) -> NDArray[Any]:
    flat = samples.reshape(-1, samples.shape[2])
    return flat if valid is None else flat[valid.ravel()]


def _windows(header: RasterHeader, block: tuple[int, int], across: int, side: int) -> Iterator[Box]:
    """Windows on a grid, each of them in as few of the file's blocks as may be.

    Rows that are stored as one strip are read whole anyway, so that few of them are taken.
    """
    down = min(side, 16) if block[1] >= header.width else side
    for row in range(across):
        for column in range(across):
            left = _aligned((2 * column + 1) * header.width // (2 * across), block[1], side, header.width)
            top = _aligned((2 * row + 1) * header.height // (2 * across), block[0], down, header.height)
            yield Box(left, top, min(side, header.width - left), min(down, header.height - top))


def _aligned(center: int, block: int, side: int, length: int) -> int:
    """Where a window begins that is about there: where a block does, if there is room for it in one."""
    first = center // block * block if side <= block < length else center - side // 2
    return max(0, min(first, length - side))
