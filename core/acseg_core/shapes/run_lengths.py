"""Run-length codes of masks: read, written and combined without ever decoding a mask.

A mask is its edges: positions in column order (COCO's: down the columns, left to right) where it begins and ends, in
turn. What an edit of one stroke costs then follows the outlines it touches, not the megapixels around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco

from acseg_core.types import Box, PixelPatch, Rle

Edges = NDArray[np.int64]
"""(2n,) int64, ascending: the start and the end (exclusive) of every run inside, in column order."""

_Rule = Callable[[NDArray[np.bool_], NDArray[np.bool_]], NDArray[np.bool_]]


def edges_of(rle: Rle) -> Edges:
    """Read the edges from a compressed mask; not to be written to, as those read last are kept."""
    return _edges_of(rle.counts)


@lru_cache(maxsize=32)
def _edges_of(counts_text: bytes) -> Edges:
    """Read COCO's string.

    COCO writes each count in groups of five bits, low ones first (bit 5: more follow; the last group carries the
    sign), and from the fourth count on as the difference to the count two before.
    """
    edges = edges_between(np.cumsum(_counts_of(counts_text)))
    edges.flags.writeable = False
    return edges


def _counts_of(counts_text: bytes) -> NDArray[np.int64]:
    """Lengths of the runs, one outside first."""
    counts, _ = _differences(np.frombuffer(counts_text, np.uint8).astype(np.int64) - 48)
    counts[1::2] = np.cumsum(counts[1::2])
    counts[2::2] = np.cumsum(counts[2::2])
    return counts


def rle_of_text(text: str, *, height: int, width: int) -> Rle | None:
    """Read a mask that somebody else compressed; None where the text is none, or of another size."""
    content = text.encode("ascii", "replace")
    if sound_areas([content], [height * width])[0] < 0:
        return None
    return rle_of(joined(edges_between(np.cumsum(_counts_of(content)))), height=height, width=width)


def edges_between(bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Edges of the runs inside that have a pixel, from where runs end in turn, one outside first."""
    starts, ends = bounds[0::2][: len(bounds) // 2], bounds[1::2]
    inside = ends > starts
    return np.stack((starts[inside], ends[inside]), axis=1).ravel()


def joined(edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """Edges without those where one run ends and the next begins."""
    meet = np.flatnonzero(edges[1:-1:2] == edges[2::2])
    return np.delete(edges, np.concatenate((2 * meet + 1, 2 * meet + 2)))


def sound_areas(texts: Sequence[bytes], pixels: Sequence[int]) -> NDArray[np.int64]:
    """Count the pixels inside masks that may be damaged: no other function here, nor pycocotools, takes such.

    pycocotools goes on for good, or reads beyond the text, where the runs do not add up to the image.

    Args:
        texts: Compressed masks.
        pixels: How many pixels their images have, likewise.

    Returns:
        (n,) int64, -1 for what is no mask of that many pixels.
    """
    areas = np.full(len(texts), -1, np.int64)
    chosen = np.array([place for place, text in enumerate(texts) if _has_whole_counts(text)], np.int64)
    if not len(chosen):
        return areas
    counts, firsts = _joined_counts([texts[place] for place in chosen])
    number = np.arange(len(counts)) - np.repeat(firsts, np.diff(firsts, append=len(counts)))
    fits = np.minimum.reduceat(counts, firsts) >= 0
    fits &= np.add.reduceat(counts, firsts) == np.asarray(pixels, np.int64)[chosen]
    inside = np.add.reduceat(np.where(number % 2 == 1, counts, 0), firsts)
    areas[chosen] = np.where(fits, inside, -1)
    return areas


_COUNTS = re.compile(rb"(?:[P-o]{0,6}[0-O])+")
"""Counts of at most seven groups, as `_edges_of` explains them: 35 bits, more than an image has pixels."""


def _has_whole_counts(text: bytes) -> bool:
    return _COUNTS.fullmatch(text) is not None


def _joined_counts(texts: Sequence[bytes]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The counts of several masks one after another, and where those of each begin."""
    groups = np.frombuffer(b"".join(texts), np.uint8).astype(np.int64) - 48
    counts, begins = _differences(groups)
    ends = np.cumsum([len(text) for text in texts])
    firsts = np.searchsorted(begins, np.concatenate(([0], ends[:-1])))
    place = np.arange(len(counts)) - np.repeat(firsts, np.diff(firsts, append=len(counts)))
    for parity in (1, 2):  # a count is the difference to that two before, but for the first three
        mine = np.flatnonzero((place % 2 == parity % 2) & (place > 0))
        sums = np.cumsum(counts[mine])
        start = np.flatnonzero(place[mine] == parity)
        before = sums[start] - counts[mine][start]
        counts[mine] = sums - np.repeat(before, np.diff(start, append=len(mine)))
    return counts, firsts


def _differences(groups: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Numbers as they are written, and at which group each begins."""
    last = (groups & 0x20) == 0
    firsts = np.concatenate(([0], np.flatnonzero(last)[:-1] + 1))
    digits = np.diff(firsts, append=len(groups))
    shifts = 5 * (np.arange(len(groups)) - np.repeat(firsts, digits))
    counts = np.add.reduceat((groups & 0x1F) << shifts, firsts)
    negative = (groups[last] & 0x10) != 0
    counts[negative] -= np.int64(1) << (5 * digits[negative])
    return counts, firsts


def rle_of(edges: NDArray[np.integer[Any]], *, height: int, width: int) -> Rle:
    """Compress a mask that is given by its edges."""
    counts = np.diff(edges, prepend=0, append=height * width).astype(np.uint32)
    if len(counts) > 1 and not counts[-1]:
        counts = counts[:-1]
    # An array, not a list: pycocotools converts it anyway, and lists cost six times the whole compression.
    compressed = coco.frPyObjects({"size": [height, width], "counts": counts}, height, width)["counts"]
    return Rle(counts=bytes(compressed), height=height, width=width)


def patch_rle(patch: PixelPatch, *, height: int, width: int) -> Rle | None:
    """The pixels of a patch as a mask of an image of that size; None when none is inside it."""
    top, left = max(0, -patch.top), max(0, -patch.left)
    inside = patch.mask[top : max(0, height - patch.top), left : max(0, width - patch.left)]
    if not inside.size or not inside.any():
        return None
    flat = cv2.transpose(np.ascontiguousarray(inside).view(np.uint8)).reshape(inside.shape[1], inside.shape[0])
    stops = np.zeros((flat.shape[0], flat.shape[1] + 2), np.int8)
    stops[:, 1:-1] = flat
    column, row = np.nonzero(np.diff(stops, axis=1))
    positions = (column + patch.left + left) * height + row + patch.top + top
    return rle_of(joined(positions), height=height, width=width)  # a run may go on in the next column


def intersection(first: Rle, second: Rle) -> Rle:
    """Pixels inside both masks, which are of one size."""
    return _combined(first, second, np.logical_and)


def difference(first: Rle, second: Rle) -> Rle:
    """Pixels inside the first mask but not inside the second, of the same size."""
    return _combined(first, second, np.greater)


def is_empty(rle: Rle) -> bool:
    """Whether there is no pixel inside."""
    return len(edges_of(rle)) == 0


def decode_box(rle: Rle, box: Box) -> NDArray[np.bool_]:
    """Lay out what of a mask is in a box of whole pixels inside the image; (h, w) bool, C-contiguous."""
    left, top, width, height = (int(value) for value in box)
    first, last = left * rle.height, (left + width) * rle.height
    bounds = np.clip(edges_of(rle), first, last) - first
    lengths = np.diff(bounds, prepend=0, append=last - first)
    values = np.zeros(len(lengths), np.uint8)
    values[1::2] = 1
    columns = np.repeat(values, lengths).reshape(width, rle.height)[:, top : top + height]
    laid: NDArray[np.uint8] = cv2.transpose(np.ascontiguousarray(columns)).reshape(height, width)
    return laid.view(np.bool_)


def cell_areas(rle: Rle, rows: int, columns: int) -> NDArray[np.int64]:
    """Count the pixels inside for each cell of a grid over the image, as `regions.mean_tokens` lays it.

    Returns:
        (rows, columns) int64; pixel (x, y) counts for column ``x * columns // W`` and row ``y * rows // H``.
    """
    found = np.zeros((columns, rows), np.int64)
    edges = edges_of(rle)
    if not len(edges):
        return found.T
    xs = np.arange(edges[0] // rle.height, (edges[-1] - 1) // rle.height + 1)
    row_edges = -(-np.arange(rows + 1) * rle.height // rows)
    before = _inside_before(edges, xs[:, None] * rle.height + row_edges)
    columns_of = xs * columns // rle.width
    firsts = np.flatnonzero(np.diff(columns_of, prepend=-1))
    found[columns_of[firsts]] = np.add.reduceat(np.diff(before, axis=1), firsts, axis=0)
    return found.T


def shared_areas(rle: Rle, starts: NDArray[np.integer[Any]], values: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Count the pixels that a mask shares with each value of a map, given by its runs.

    Args:
        rle: The mask.
        starts: (n,) where each run of the map starts, in column order; the first is 0.
        values: (n,) its value, from 0.

    Returns:
        (max value + 1,) int64.
    """
    before = _inside_before(edges_of(rle), np.append(starts, rle.height * rle.width))
    return np.bincount(values, weights=np.diff(before)).astype(np.int64)


def _inside_before(edges: Edges, positions: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """How many pixels inside come before each position."""
    total = np.concatenate(([0], np.cumsum(edges[1::2] - edges[0::2])))
    passed = np.searchsorted(edges, positions, side="right")
    started = np.concatenate(([0], edges))[passed]  # the edge passed last
    return np.asarray(total[passed // 2] + np.where(passed % 2 == 1, positions - started, 0), np.int64)


def _combined(first: Rle, second: Rle, rule: _Rule) -> Rle:
    if (first.height, first.width) != (second.height, second.width):
        sizes = (f"{each.height} x {each.width}" for each in (first, second))
        raise ValueError(f"masks of one size are needed, got {' and '.join(sizes)}")
    one, other = edges_of(first), edges_of(second)
    at = np.sort(np.concatenate((one, other)), kind="stable")  # two runs, merged; doubles do no harm
    in_one, in_other = (np.searchsorted(edges, at, side="right") % 2 == 1 for edges in (one, other))
    inside = rule(in_one, in_other)
    turns = np.diff(inside, prepend=False)
    return rle_of(at[turns], height=first.height, width=first.width)


def sample_owners(
    rles: Sequence[Rle], rows: NDArray[np.integer[Any]], columns: NDArray[np.integer[Any]]
) -> NDArray[np.int32]:
    """Which mask the pixels at the crossings of some rows and columns belong to, however large the image is.

    Args:
        rles: At least one mask; of one size, and none overlaps another.
        rows: (h,) ascending.
        columns: (w,) ascending.

    Returns:
        (h, w) int32, index into ``rles``, -1 where there is none.
    """
    edges = [edges_of(rle) for rle in rles]
    starts, ends = (np.concatenate([each[side::2] for each in edges]) for side in (0, 1))
    owners = np.repeat(np.arange(len(rles), dtype=np.int32), [len(each) // 2 for each in edges])
    order = np.argsort(starts, kind="stable")
    positions = (columns[:, None] * rles[0].height + rows).ravel()
    run = np.searchsorted(starts[order], positions, side="right") - 1
    found = np.full(len(positions), -1, np.int32)
    inside = run >= 0
    inside[inside] = positions[inside] < ends[order][run[inside]]
    found[inside] = owners[order][run[inside]]
    return np.ascontiguousarray(found.reshape(len(columns), len(rows)).T)
