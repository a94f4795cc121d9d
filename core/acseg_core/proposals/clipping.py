"""What is left of the regions of a cut beside a person's work: the crumbs that clipping makes go to their neighbours.

An outline that somebody drew never runs exactly where a cut has its edges. Between the two there are slivers of a few
pixels, which nobody would name.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes.dividing import component_map
from acseg_core.shapes.outlines import NOBODY, nearest_owners
from acseg_core.shapes.parts import crumb_limit

_AROUND = np.ones((3, 3), np.uint8)

_RIM_OF_SIDE = 1 / 60
"""Width of a rim, as a share of the image's shorter side: about as far as outlines that people draw are off."""


def without_crumbs(
    label_map: NDArray[np.uint8], whole: NDArray[np.integer], within: NDArray[np.bool_], *, outside: int
) -> NDArray[np.uint8]:
    """Give crumbs of clipped regions to the regions nearest to them.

    A crumb is a connected piece with fewer pixels than a part of the unclipped region would need
    (`parts.crumb_limit`), if it touches what clips it, or nothing larger is left of the region. Of a region that lost
    more than half of its pixels, a rim is a crumb, too: a piece that is nowhere far from what clips it. Where nothing
    but crumbs is left in the image, they stay what they are.

    Args:
        label_map: (H, W) uint8 region of every pixel.
        whole: (n,) pixels of each region before it was clipped.
        within: (H, W) bool, the pixels that regions may have.
        outside: In the map the value of pixels of no region.

    Returns:
        (H, W) uint8, the map without crumbs; the same array where there are none.
    """
    left = np.bincount(label_map.ravel(), minlength=256)[: len(whole)]
    crumbs = np.zeros(label_map.shape, bool)
    for number in np.flatnonzero((left > 0) & (left < whole)):
        here = label_map == number
        x, y, width, height = cv2.boundingRect(here.view(np.uint8))
        wide = (slice(max(0, y - 1), y + height + 1), slice(max(0, x - 1), x + width + 1))  # what touches it, too
        rim = min(label_map.shape) * _RIM_OF_SIDE if 2 * left[number] < whole[number] else None
        limit = crumb_limit(int(whole[number]), label_map.size)
        crumbs[wide] |= _crumbs(here[wide], within[wide], limit=limit, rim=rim)
    if not crumbs.any():
        return label_map
    owners = np.where((label_map == outside) | crumbs, np.int64(NOBODY), label_map.astype(np.int64) + 1)
    nearest, _ = nearest_owners(owners, crumbs)
    found = label_map.copy()
    found[crumbs] = np.where(nearest == NOBODY, label_map[crumbs], nearest - 1)
    return found


def _crumbs(
    region: NDArray[np.bool_], within: NDArray[np.bool_], *, limit: float, rim: float | None
) -> NDArray[np.bool_]:
    """The crumbs of one region, (h, w) bool.

    Args:
        region: (h, w) bool, all that is left of it.
        within: (h, w) bool, the pixels that regions may have.
        limit: Pieces with fewer pixels are small.
        rim: Pixels that a rim is wide at most; None where there is no such thing.
    """
    pieces, areas = component_map(np.ascontiguousarray(region))
    small = areas < limit
    wanted = small & (_touch(pieces, ~within, len(areas)) | small.all())
    if rim is not None:
        distances = cv2.distanceTransform(np.ascontiguousarray(within).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
        wanted |= ~_any(pieces, distances > rim, len(areas))
    return np.append(wanted, False)[pieces]  # -1, outside of all, is the last


def _touch(pieces: NDArray[np.int32], pixels: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """Which of so many pieces touch pixels, across corners, too."""
    return _any(pieces, cv2.dilate(pixels.view(np.uint8), _AROUND) > 0, count)


def _any(pieces: NDArray[np.int32], pixels: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """Which of so many pieces have one of these pixels."""
    found = np.zeros(count + 1, bool)
    found[pieces[pixels]] = True
    return found[:count]
