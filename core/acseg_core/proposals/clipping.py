"""What is left of the regions of a cut beside a person's work: the crumbs that clipping makes go to their neighbours.

An outline that somebody drew never runs exactly where a cut has its edges. Between the two there are slivers of a few
pixels, which nobody would name. All is done on runs, as a slider that moves asks for it many times a second.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes import masks
from acseg_core.shapes.outlines import NOBODY, nearest_owners
from acseg_core.shapes.parts import by_column, connected, crumb_limit

_AROUND = np.ones((3, 3), np.uint8)

_RIM_OF_SIDE = 1 / 60
"""Width of a rim, as a share of the image's shorter side: about as far as outlines that people draw are off."""

_MARGIN = 16
"""Pixels around a crumb that are looked at first for other regions."""

_DISTANCE_ERROR = 1.05
"""Factor by which the distances of `nearest_owners` may be too small."""


def without_crumbs(
    label_map: NDArray[np.uint16], whole: NDArray[np.integer], within: NDArray[np.bool_], *, outside: int
) -> NDArray[np.uint16]:
    """Give crumbs of clipped regions to the regions nearest to them.

    A crumb is a connected piece with fewer pixels than a part of the unclipped region would need
    (`parts.crumb_limit`), if it touches what clips it, or nothing larger is left of the region. Of a region that lost
    more than half of its pixels, a rim is a crumb, too: a piece that is nowhere far from what clips it. Where nothing
    but crumbs is left in the image, they stay what they are.

    Args:
        label_map: (H, W) uint16 region of every pixel.
        whole: (n,) pixels of each region before it was clipped.
        within: (H, W) bool, the pixels that regions may have.
        outside: In the map the value of pixels of no region.

    Returns:
        (H, W) uint16, the map without crumbs; the same array where there are none.
    """
    pieces = _Pieces.of(label_map, np.flatnonzero(_left(label_map, len(whole)) < whole), outside=outside)
    crumbs = np.flatnonzero(_are_crumbs(pieces, whole, within))
    if not len(crumbs):
        return label_map
    places = [pieces.pixels(np.flatnonzero(pieces.piece_of_run == crumb)) for crumb in crumbs]
    others = label_map.copy()
    for rows, columns in places:
        others[rows, columns] = outside
    found = others.copy()
    for rows, columns in places:
        nearest = _nearest(others, rows, columns, outside=outside)
        found[rows, columns] = np.where(nearest == outside, label_map[rows, columns], nearest)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """The connected pieces of some regions, by their runs down the columns.

    Attributes:
        starts: (n,) int64 first pixel of each run, counted down the columns.
        ends: (n,) int64 pixel after its last.
        piece_of_run: (n,) int32.
        region_of_piece: (m,) uint16.
        areas: (m,) int64 pixels.
        height: Of the image.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    piece_of_run: NDArray[np.int32]
    region_of_piece: NDArray[np.uint16]
    areas: NDArray[np.int64]
    height: int

    @classmethod
    def of(cls, label_map: NDArray[np.uint16], regions: NDArray[np.intp], *, outside: int) -> _Pieces:
        """Those of some regions of a map."""
        is_wanted = np.zeros(outside + 1, bool)
        is_wanted[regions] = True
        is_wanted[outside] = False
        starts, values = masks.runs_of_map(label_map)
        ends = np.append(starts[1:], label_map.size)
        chosen = is_wanted[values]
        height = label_map.shape[0]
        first, last, run = by_column(starts[chosen].astype(np.int64), ends[chosen].astype(np.int64), height)
        region = values[chosen][run]
        piece = connected(first, last, height, region)
        region_of_piece = np.zeros(int(piece.max(initial=-1)) + 1, np.uint16)
        region_of_piece[piece] = region
        areas = np.bincount(piece, weights=last - first, minlength=len(region_of_piece)).astype(np.int64)
        return cls(first, last, piece, region_of_piece, areas, height)

    def pixels(self, runs: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows and columns of all pixels of some runs, run by run."""
        lengths = self.ends[runs] - self.starts[runs]
        flat = np.repeat(self.starts[runs] - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
        return flat % self.height, flat // self.height

    def with_any(self, chosen: NDArray[np.bool_], pixels: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of some pieces have one of the (H, W) pixels that are set; of others nothing is known."""
        runs = np.flatnonzero(chosen[self.piece_of_run])
        rows, columns = self.pixels(runs)
        piece = np.repeat(self.piece_of_run[runs], self.ends[runs] - self.starts[runs])
        found = np.zeros(len(self.areas), bool)
        found[piece[pixels[rows, columns]]] = True
        return found


def _left(label_map: NDArray[np.uint16], count: int) -> NDArray[np.intp]:
    return np.bincount(label_map.ravel(), minlength=count)[:count]


def _are_crumbs(pieces: _Pieces, whole: NDArray[np.integer], within: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which pieces are crumbs, (m,) bool."""
    region = pieces.region_of_piece
    limits = np.array([crumb_limit(int(area), within.size) for area in whole])
    small = pieces.areas < limits[region]
    has_large = np.zeros(len(whole), bool)
    has_large[region[~small]] = True
    touching = pieces.with_any(small, cv2.dilate((~within).view(np.uint8), _AROUND) > 0) if small.any() else small
    left = np.bincount(region, weights=pieces.areas, minlength=len(whole))
    rims = ~small & (2 * left < whole)[region]
    if rims.any():
        distances = cv2.distanceTransform(within.view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
        rims &= ~pieces.with_any(rims, distances > min(within.shape) * _RIM_OF_SIDE)
    return rims | (small & (touching | ~has_large[region]))


def _nearest(
    label_map: NDArray[np.uint16], rows: NDArray[np.int64], columns: NDArray[np.int64], *, outside: int
) -> NDArray[np.uint16]:
    """For each pixel of a crumb the region that has the nearest one, or ``outside`` where there is none.

    The part of the map that is looked at grows until nothing beyond it can be nearer.
    """
    margin = _MARGIN
    while True:
        top, left = max(0, int(rows.min()) - margin), max(0, int(columns.min()) - margin)
        window = label_map[top : int(rows.max()) + 1 + margin, left : int(columns.max()) + 1 + margin]
        owners = np.where(window == outside, np.int64(NOBODY), window.astype(np.int64) + 1)
        wanted = np.zeros(window.shape, bool)
        wanted[rows - top, columns - left] = True
        nearest, distances = nearest_owners(owners, wanted)
        if window.shape == label_map.shape or distances.max() * _DISTANCE_ERROR < margin:
            break
        margin *= 3
    found = np.full(window.shape, outside, np.uint16)
    found[wanted] = np.where(nearest == NOBODY, outside, nearest - 1)
    return np.asarray(found[rows - top, columns - left])
