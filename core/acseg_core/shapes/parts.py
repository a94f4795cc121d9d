"""Parts: what of a mask hangs together across sides and corners of pixels, with the crumbs around each.

This is the one rule of what the instances in a region are: exports write an annotation for each part, the list of
regions counts them, and splitting a region makes regions of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes.dividing import component_map
from acseg_core.shapes.masks import bounding_box
from acseg_core.shapes.outlines import nearest_owners
from acseg_core.shapes.run_lengths import decode_box, edges_of, patch_rle
from acseg_core.types import PixelPatch, Rle

CRUMB_SHARE = 0.01
"""A connected piece smaller than this share of its mask is a crumb, no part."""
CRUMB_PIXELS = 16
"""One with fewer pixels is a crumb, too, however small the mask is."""
_CRUMB_OF_IMAGE = 1e-4
"""Of small images the fixed number of pixels is no more than this share."""


def parts(mask: Rle, *, crumb_area: float | None = None) -> tuple[Rle, ...]:
    """The parts of a mask, the largest first; together they are all of its pixels.

    Pieces are connected across corners, too, as everywhere here. A crumb goes with the part that is nearest to it.

    Args:
        mask: Any mask.
        crumb_area: Pieces with fewer pixels are crumbs, but never the largest; see `usual_crumb` for what it is
            otherwise.

    Returns:
        At least one mask; the mask itself where it is in one piece or empty.
    """
    areas = piece_areas(mask)
    if _whole(mask, areas, crumb_area) < 2:
        return (mask,)
    box = bounding_box(mask)
    numbers, areas = component_map(decode_box(mask, box))
    whole = _whole(mask, areas, crumb_area)
    if whole < len(areas):
        numbers = _with_crumbs(numbers, whole, len(areas))
    from scipy import ndimage

    places = ndimage.find_objects(numbers + 1)
    found = (
        patch_rle(
            PixelPatch(int(box[0]) + columns.start, int(box[1]) + rows.start, numbers[rows, columns] == number),
            height=mask.height,
            width=mask.width,
        )
        for number, (rows, columns) in enumerate(places)
    )
    return tuple(part for part in found if part is not None)


def count_parts(mask: Rle) -> int:
    """How many `parts` a mask has, without laying it out; 0 if it is empty."""
    areas = piece_areas(mask)
    return _whole(mask, areas, None)


def usual_crumb(mask: Rle, area: int) -> float:
    """Pixels below which a connected piece of a mask with so many is a crumb."""
    return crumb_limit(area, mask.height * mask.width)


def crumb_limit(area: int, pixels: int) -> float:
    """The same, of a region of so many pixels in an image of so many ``pixels``."""
    return max(CRUMB_SHARE * area, min(CRUMB_PIXELS, _CRUMB_OF_IMAGE * pixels))


def piece_areas(mask: Rle) -> NDArray[np.int64]:
    """Pixels of each connected piece of a mask, the largest first: (n,) int64."""
    edges = edges_of(mask)
    starts, ends, _ = by_column(edges[0::2], edges[1::2], mask.height)
    if len(starts) < 2:
        return ends - starts
    if _is_one_band(starts, ends, mask.height):
        return np.array([(ends - starts).sum()], np.int64)
    piece_of_run = connected(starts, ends, mask.height)
    return np.sort(np.bincount(piece_of_run, weights=ends - starts).astype(np.int64))[::-1]


def connected(
    starts: NDArray[np.int64], ends: NDArray[np.int64], height: int, values: NDArray[np.integer] | None = None
) -> NDArray[np.int32]:
    """Which runs hang together, across corners, too.

    Args:
        starts: (n,) int64 first pixel of each run, counted down the columns; ascending. No run leaves its column.
        ends: (n,) int64 pixel after its last.
        height: Of the image.
        values: (n,) only runs of the same value hang together; all do if left out.

    Returns:
        (n,) int32 number of each run's piece, from 0 without gaps.
    """
    # In columns two pixels longer no run touches one at the other end of the column beside its own.
    column = starts // height
    first, last = starts + 2 * column, ends + 2 * column
    across = height + 2
    from_run = np.searchsorted(last, first + across, side="left")
    to_run = np.searchsorted(first, last + across, side="right")
    counts = np.maximum(to_run - from_run, 0)
    one = np.repeat(np.arange(len(starts)), counts)
    other = np.arange(len(one)) + np.repeat(from_run - (np.cumsum(counts) - counts), counts)
    if values is not None:
        same = values[one] == values[other]
        one, other = one[same], other[same]
    from scipy import sparse

    ends_of_rows = np.searchsorted(one, np.arange(len(starts) + 1)).astype(np.int32)
    size = (len(starts), len(starts))
    graph = sparse.csr_array((np.ones(len(one), np.int8), other.astype(np.int32), ends_of_rows), size)
    return np.asarray(sparse.csgraph.connected_components(graph, directed=False)[1], np.int32)


def _is_one_band(starts: NDArray[np.int64], ends: NDArray[np.int64], height: int) -> bool:
    """Whether there is one run a column, and each touches the next: so most shapes are, and no graph is needed."""
    columns = starts // height
    if columns[-1] - columns[0] != len(starts) - 1 or (columns[1:] == columns[:-1]).any():
        return False
    above, below = starts - columns * height, ends - columns * height
    return bool(((above[1:] <= below[:-1]) & (above[:-1] <= below[1:])).all())


def by_column(
    starts: NDArray[np.int64], ends: NDArray[np.int64], height: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]]:
    """Cut runs that go on in the next column there: starts, ends, and for each the run that it is of."""
    if not len(starts):
        return starts, ends, np.zeros(0, np.intp)
    columns = (ends - 1) // height - starts // height + 1
    run = np.repeat(np.arange(len(starts)), columns)
    step = np.arange(len(run)) - np.repeat(np.cumsum(columns) - columns, columns)
    column = starts[run] // height + step
    return np.maximum(starts[run], column * height), np.minimum(ends[run], (column + 1) * height), run


def _whole(mask: Rle, areas: NDArray[np.int64], crumb_area: float | None) -> int:
    """How many pieces are no crumbs."""
    if len(areas) < 2:
        return len(areas)
    limit = usual_crumb(mask, int(areas.sum())) if crumb_area is None else crumb_area
    return max(1, int(np.count_nonzero(areas >= limit)))


def _with_crumbs(numbers: NDArray[np.int32], whole: int, pieces: int) -> NDArray[np.int32]:
    """Give each crumb the number of the part that the nearest of its pixels is nearest to.

    Args:
        numbers: (h, w) int32 number of every pixel's piece, the largest 0; -1 elsewhere.
        whole: So many pieces are parts, the rest crumbs.
        pieces: All of them.
    """
    is_crumb = numbers >= whole
    owners = np.where(is_crumb, 0, numbers + 1).astype(np.int64)
    nearest, distances = nearest_owners(owners, is_crumb)
    crumbs = numbers[is_crumb]
    order = np.lexsort((nearest, distances, crumbs))  # of each crumb, its nearest pixel comes first
    crumb_ids, firsts = np.unique(crumbs[order], return_index=True)
    part_of = np.arange(-1, pieces, dtype=np.int32)  # by number + 1
    part_of[crumb_ids + 1] = nearest[order][firsts] - 1
    return part_of[numbers + 1]
