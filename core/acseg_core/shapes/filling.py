"""Polygons turned into masks: a pixel is inside when its centre is.

Coordinates are those of the image: x to the right, y down, (0, 0) the upper left corner of the first pixel, so that its
centre is at (0.5, 0.5). A polygon along the edges of pixels, as `polygons` traces it, is filled exactly; one that goes
through pixels takes those of which it has the centre. (OpenCV's and Pillow's fillers take every pixel that the line
touches, which is half a pixel too much all round.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes.run_lengths import rle_of
from acseg_core.types import Rle


def fill(rings: Sequence[NDArray[np.floating[Any]]], *, height: int, width: int) -> Rle:
    """The pixels inside of an odd number of the rings, as far as they are in the image.

    Rings inside of others are holes, a hole that is bridged to its outer ring stays one, and a ring that crosses itself
    is filled by the even-odd rule.

    Args:
        rings: Each (n, 2) finite corner points x, y; the last is joined to the first.
        height: Of the image.
        width: Of the image.
    """
    crossings = [_crossings(np.asarray(ring, np.float64), height=height, width=width) for ring in rings]
    edges = np.sort(np.concatenate([np.empty(0, np.int64), *crossings]))
    # What two lines cross at one place cancels out; so does the end of one column where the next begins.
    values, counts = np.unique(edges, return_counts=True)
    return rle_of(values[counts % 2 == 1], height=height, width=width)


def _crossings(ring: NDArray[np.float64], *, height: int, width: int) -> NDArray[np.int64]:
    """Where the middle lines of columns cross a ring: positions, in column order, of the first pixel after each."""
    if len(ring) < 3:
        return np.empty(0, np.int64)
    start, end = ring, np.roll(ring, -1, axis=0)
    # From left to right, whichever way it goes: a bridge there and back is crossed at one place to the last bit.
    leftwards = (start[:, 0] > end[:, 0])[:, None]
    start, end = np.where(leftwards, end, start), np.where(leftwards, start, end)
    first = np.clip(np.ceil(start[:, 0] - 0.5), 0, width).astype(np.int64)
    last = np.clip(np.ceil(end[:, 0] - 0.5), 0, width).astype(np.int64)
    columns = np.maximum(last - first, 0)
    line = np.repeat(np.arange(len(ring)), columns)
    x = np.arange(len(line)) - np.repeat(np.cumsum(columns) - columns, columns) + first[line]
    run = end[line, 0] - start[line, 0]  # never 0: such a line crosses no middle of a column
    y = start[line, 1] + (x + 0.5 - start[line, 0]) / run * (end[line, 1] - start[line, 1])
    row = np.clip(np.ceil(y - 0.5), 0, height).astype(np.int64)
    return np.asarray(x * height + row, np.int64)
