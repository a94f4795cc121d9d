"""Polygons of masks: outlines along the edges of pixels, and as COCO writes them, exactly or with few points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco

from acseg_core.shapes.insets import inset
from acseg_core.shapes.keyholes import bridged
from acseg_core.shapes.masks import bounding_box, decode
from acseg_core.shapes.simplifying import signed_area, simplified
from acseg_core.types import Rle


@dataclass(frozen=True, slots=True, eq=False)
class Rings:
    """The outline of a mask along the edges of its pixels.

    Attributes:
        outer: (n, 2) int64 corner points x, y of each 4-connected part, clockwise as seen, not closed.
        holes: The same for each hole, counter-clockwise.
    """

    outer: tuple[NDArray[np.int64], ...]
    holes: tuple[NDArray[np.int64], ...]


@dataclass(frozen=True, slots=True)
class PolygonShape:
    """A mask as COCO polygons, and what that costs.

    Attributes:
        rings: Flat ``[x0, y0, x1, y1, ...]``, one for each 4-connected part, its holes cut open by bridges; [] for an
            empty mask.
        points: In all rings together.
        changed: Pixels that pycocotools fills otherwise than they are in the mask.
    """

    rings: list[list[float]]
    points: int
    changed: int


def polygons(rle: Rle, *, tolerance: float = 0, fill_holes: float = 0, inwards: float = 0) -> PolygonShape:
    """The mask as COCO polygons.

    With tolerance 0 they follow the edges of the pixels, and pycocotools turns them back into exactly this mask. With
    another one no pixel changes whose centre is farther from the outline than that, and three quarters of a pixel for
    how pycocotools rounds: its own corners to a fifth of a pixel, and centres up to a half; and 1.42 times what they
    lie inwards.

    Args:
        rle: The mask.
        tolerance: How far, in pixels, the outline may be from the true one; see `simplified`.
        fill_holes: Holes with fewer pixels are filled.
        inwards: How far, in pixels, they lie inside of the outline; below a half this changes no pixel of an exact one.
    """
    outline = rings(rle)
    holes = [ring for ring in outline.holes if -signed_area(ring) >= fill_holes]
    found = _bridged(outline.outer, holes, tolerance)
    flat = [_plain(inset(ring, inwards) if inwards else ring) for ring in found]
    return PolygonShape(flat, sum(map(len, flat)) // 2, _changed(rle, flat))


def _bridged(
    outer: Sequence[NDArray[np.int64]], holes: Sequence[NDArray[np.int64]], tolerance: float
) -> list[NDArray[np.float64]]:
    few = simplified([*outer, *holes], tolerance)
    found = bridged(few[: len(outer)], few[len(outer) :]) or bridged(outer, holes)
    assert found is not None  # along the pixels, there is always something above a hole
    return found


def _plain(ring: NDArray[np.float64]) -> list[float]:
    """Its numbers one after another, hundredths of a pixel at most; whole ones as such."""
    return [int(value) if value.is_integer() else value for value in ring.round(2).ravel().tolist()]


def _changed(rle: Rle, flat: list[list[float]]) -> int:
    """How many pixels pycocotools fills otherwise."""
    size = (rle.height, rle.width)
    if not flat:
        return 0
    drawn = coco.merge(coco.frPyObjects(flat, *size))
    exact = {"size": size, "counts": rle.counts}
    both = int(coco.area(coco.merge([exact, drawn], intersect=True)))
    return int(coco.area(exact)) + int(coco.area(drawn)) - 2 * both


def rings(rle: Rle) -> Rings:
    """Trace the outline of the mask along the edges of its pixels; parts that touch at a corner only are separate."""
    x, y, box_width, box_height = (int(value) for value in bounding_box(rle))
    mask = decode(rle)[y : y + box_height, x : x + box_width]
    outer: list[NDArray[np.int64]] = []
    holes: list[NDArray[np.int64]] = []
    corner = np.array([x, y])
    for ring, is_hole in _trace(mask):
        (holes if is_hole else outer).append(ring + corner)
    return Rings(outer=tuple(outer), holes=tuple(holes))


def _trace(mask: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.int64], bool]]:
    """Yield each ring of corner points, and whether it goes round a hole.

    A grid point is a corner when the number of its four pixels inside is odd, or when just two across a diagonal are
    (then two corners fall on one point). Along a grid line, corners pair off two by two.
    """
    padded = np.pad(mask, 1)
    north_west, north_east = padded[:-1, :-1], padded[:-1, 1:]
    south_west, south_east = padded[1:, :-1], padded[1:, 1:]
    crossing = (north_west == south_east) & (north_east == south_west) & (north_west != north_east)
    odd = north_west ^ north_east ^ south_west ^ south_east
    found_y, found_x = np.nonzero(odd | crossing)
    twice = np.where(crossing[found_y, found_x], 2, 1)
    ys, xs = np.repeat(found_y, twice), np.repeat(found_x, twice)
    if not len(ys):
        return
    # Rows pair corners as they come. On a crossing the first corner ends the run on its left, the second starts the
    # one on its right; which of the two looks up follows from the diagonal, so that each stays with its own pixel.
    second = np.concatenate(([False], (ys[1:] == ys[:-1]) & (xs[1:] == xs[:-1])))
    flipped = crossing[ys, xs] & north_east[ys, xs]
    by_column = np.lexsort((second ^ flipped, ys, xs))
    partner_x = np.arange(len(ys)) ^ 1
    partner_y = np.empty(len(ys), np.int64)
    partner_y[by_column[0::2]] = by_column[1::2]
    partner_y[by_column[1::2]] = by_column[0::2]
    along_x, along_y = partner_x.tolist(), partner_y.tolist()
    seen = bytearray(len(ys))
    for start in range(len(ys)):
        if seen[start]:
            continue
        ring: list[int] = []
        corner = start
        while not seen[corner]:
            neighbour = along_x[corner]
            seen[corner] = seen[neighbour] = 1
            ring += (corner, neighbour)
            corner = along_y[neighbour]
        is_hole = not south_east[ys[start], xs[start]]
        if is_hole:
            ring.reverse()
        yield np.stack((xs[ring], ys[ring]), axis=1), is_hole
