"""Tiles of a scene without a single valid pixel: there is nothing to see in them, so they are no images."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acseg_core.images.scenes.raster import Box, RasterHeader, opened, samples_of
from acseg_core.images.scenes.tiling import Grid, column_borders, row_borders
from acseg_core.types import Progress

if TYPE_CHECKING:
    import rasterio.io

LONGEST_SECONDS = 20.0
"""After so long whoever is not looked at yet counts as an image; what is void of these is found when it is read."""

_LEAST_SIDE = 8
"""Pixels of a tile's side in an overview that is looked at."""

_PROBE = 32
"""Pixels of the side of places in a tile that are looked at where there is no overview."""


def find_void_tiles(
    path: Path, header: RasterHeader, grid: Grid, bands: tuple[int, ...], *, seconds: float = LONGEST_SECONDS
) -> Generator[Progress, None, frozenset[tuple[int, int]]]:
    """Find the tiles that hold nothing.

    A quick look tells of most tiles that they hold something; only the others are read.

    Args:
        path: Of the raster.
        header: Of the same.
        grid: Of its tiles.
        bands: Those that are shown.
        seconds: At most, about.

    Yields:
        A tick for each row of tiles.

    Returns:
        Row and column of each, from 1.

    Raises:
        ImageError: It cannot be read.
        ExtraMissingError: rasterio is not installed.
    """
    if not header.has_void:
        return frozenset()
    found: set[tuple[int, int]] = set()
    lefts, tops = column_borders(grid), row_borders(grid)
    factor = max((each for each in header.overviews if each * _LEAST_SIDE <= grid.side), default=1)
    until = time.monotonic() + seconds
    for row in range(grid.rows):
        with opened(path) as source:
            boxes = [
                Box(lefts[column], tops[row], lefts[column + 1] - lefts[column], tops[row + 1] - tops[row])
                for column in range(grid.columns)
            ]
            for column, holds in enumerate(_hold_something(source, boxes, bands, factor)):
                if time.monotonic() > until:
                    return frozenset(found)
                if not holds and not _valid(source, boxes[column], bands).any():
                    found.add((row + 1, column + 1))
        yield Progress(row + 1, grid.rows, path.name)
    return frozenset(found)


def _hold_something(
    source: rasterio.io.DatasetReader, boxes: list[Box], bands: tuple[int, ...], factor: int
) -> list[bool]:
    """Whether a quick look finds a valid pixel in each tile of a row of them."""
    if factor == 1:
        return [any(_valid(source, probe, bands).any() for probe in _probes(box)) for box in boxes]
    strip = Box(boxes[0].left, boxes[0].top, boxes[-1].left + boxes[-1].width, boxes[0].height)
    size = max(1, strip.width // factor), max(1, strip.height // factor)
    valid = _valid(source, strip, bands, size=size)
    scale = size[0] / strip.width
    return [  # only what is wholly in a tile
        bool(valid[1:-1, int(np.ceil(box.left * scale)) + 1 : int((box.left + box.width) * scale) - 1].any())
        for box in boxes
    ]


def _probes(box: Box) -> list[Box]:
    """The middle of a tile, and its corners."""
    width, height = min(_PROBE, box.width), min(_PROBE, box.height)
    lefts = box.left + (box.width - width) // 2, box.left, box.left + box.width - width
    tops = box.top + (box.height - height) // 2, box.top, box.top + box.height - height
    corners = [(left, top) for top in tops[1:] for left in lefts[1:]]
    return [Box(left, top, width, height) for left, top in [(lefts[0], tops[0]), *corners]]


def _valid(
    source: rasterio.io.DatasetReader, box: Box, bands: tuple[int, ...], *, size: tuple[int, int] | None = None
) -> NDArray[np.bool_]:
    _, valid = samples_of(source, box, bands, size=size)
    width, height = size or (box.width, box.height)
    return np.ones((height, width), np.bool_) if valid is None else valid
