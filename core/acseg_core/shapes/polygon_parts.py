"""Masks as polygons with holes, as maps have them: simple rings along the edges of pixels, each hole with its polygon.

An outline that touches itself in a corner is cut there, so that no ring meets a point twice: what it goes round on the
way is a hole that touches the outline, which the rules of simple features allow.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes.masks import bounding_box, decode
from acseg_core.shapes.polygons import rings
from acseg_core.shapes.simplifying import signed_area
from acseg_core.types import Rle

Corners = NDArray[np.int64]
"""(n, 2) int64 x, y of the corners of pixels, not closed."""


@dataclass(frozen=True, slots=True, eq=False)
class PolygonPart:
    """A 4-connected part of a mask.

    Attributes:
        outer: Clockwise as seen, with y downwards.
        holes: Counter-clockwise.
    """

    outer: Corners
    holes: tuple[Corners, ...]


def polygon_parts(rle: Rle) -> list[PolygonPart]:
    """The polygons of a mask, exactly; none of an empty one."""
    traced = rings(rle)
    outer: list[Corners] = []
    holes: list[Corners] = []
    for ring in (*traced.outer, *traced.holes):
        for loop in loops(ring):
            (outer if signed_area(loop) > 0 else holes).append(loop)
    if not holes:
        return [PolygonPart(ring, ()) for ring in outer]
    x, y, width, height = (int(value) for value in bounding_box(rle))
    inside = decode(rle)[y : y + height, x : x + width]
    _, parts = cv2.connectedComponents(inside.view(np.uint8), connectivity=4)
    around: dict[int, list[Corners]] = {}
    for hole in holes:
        column, row = _top_left(hole)
        around.setdefault(int(parts[row - 1 - y, column - x]), []).append(hole)
    return [PolygonPart(ring, tuple(around.get(_part_in(ring, parts, x, y), ()))) for ring in outer]


def _part_in(ring: Corners, parts: NDArray[np.int32], x: int, y: int) -> int:
    column, row = _top_left(ring)
    return int(parts[row - y, column - x])


def _top_left(ring: Corners) -> tuple[int, int]:
    """The leftmost of the topmost corners: what is to its lower right is inside of the ring, what is above is not."""
    x, y = ring[np.lexsort((ring[:, 0], ring[:, 1]))[0]].tolist()
    return x, y


def loops(ring: Corners) -> list[Corners]:
    """Cut a ring wherever it meets a point for the second time."""
    if len(np.unique((ring[:, 0] << 32) + ring[:, 1])) == len(ring):
        return [ring]
    found: list[Corners] = []
    way: list[tuple[int, int]] = []
    at: dict[tuple[int, int], int] = {}
    for x, y in ring.tolist():
        point = (x, y)
        if point in at:
            found.append(np.array(way[at[point] :], np.int64))
            for left in way[at[point] + 1 :]:
                del at[left]
            del way[at[point] + 1 :]
        else:
            at[point] = len(way)
            way.append(point)
    return [*found, np.array(way, np.int64)]
