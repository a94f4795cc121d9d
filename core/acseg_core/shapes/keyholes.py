"""Keyholes: outlines with holes as one ring each, cut open by bridges of no width from each hole to what surrounds it.

A polygon in a COCO file has no holes. But it is filled by the even-odd rule, so a ring that goes along a bridge to a
hole, around that and back along the same bridge leaves the hole out. All bridges run straight up from the topmost point
of a hole: pycocotools looks where the columns of pixels are crossed, and a vertical way crosses none, so bridges change
no pixel.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes.simplifying import Ring

Outline = NDArray[np.float64]
"""(n, 2) x, y, not closed."""


def bridged(outer: Sequence[Ring], holes: Sequence[Ring]) -> list[Outline] | None:
    """One ring for each outer one, with its holes.

    Args:
        outer: (n, 2) int64 outlines of connected parts.
        holes: The same of holes in them; none crosses another ring.

    Returns:
        As many as ``outer``, in that order, or None where a hole has nothing around it.
    """
    if not holes:
        return [ring.astype(np.float64) for ring in outer]
    below = sorted((_from_the_top(hole) for hole in holes), key=lambda ring: (ring[0, 1], ring[0, 0]))
    rings = [*outer, *below]
    sides = _Sides(rings)
    bridges: list[list[_Bridge]] = [[] for _ in rings]
    for number in range(len(rings) - 1, len(outer) - 1, -1):  # lower holes first: they hang on higher ones
        at = sides.above(rings[number][0])
        if at is None or not (at.ring < number):
            return None
        bridges[at.ring].append(_Bridge(at.side, at.point, _opened(rings[number], bridges[number])))
    return [_opened(ring, bridges[number]) for number, ring in enumerate(outer)]


class _Bridge:
    """Where on a ring a bridge begins, and the hole that it leads to, which begins at its other end."""

    __slots__ = ("hole", "point", "side")

    def __init__(self, side: int, point: tuple[float, float], hole: Outline) -> None:
        self.side, self.point, self.hole = side, point, hole


class _At:
    """A point of a side of a ring."""

    __slots__ = ("point", "ring", "side")

    def __init__(self, ring: int, side: int, point: tuple[float, float]) -> None:
        self.ring, self.side, self.point = ring, side, point


class _Sides:
    """The sides of rings by the columns of pixels that they cross, to be asked which is above a point."""

    def __init__(self, rings: Sequence[Ring]) -> None:
        start = np.concatenate(rings)
        end = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
        lengths = [len(ring) for ring in rings]
        self._ring = np.repeat(np.arange(len(rings)), lengths)
        self._side = np.arange(len(start)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        self._start, self._end = start.astype(np.float64), end.astype(np.float64)
        left = np.minimum(start[:, 0], end[:, 0])
        columns = np.abs(end[:, 0] - start[:, 0])
        sides = np.repeat(np.arange(len(start)), columns)
        column = left[sides] + np.arange(len(sides)) - np.repeat(np.cumsum(columns) - columns, columns)
        order = np.argsort(column, kind="stable")
        self._sides, self._column = sides[order], column[order]

    def above(self, point: NDArray[np.int64]) -> _At | None:
        """The first side straight above a point; where two meet there, the one to its right."""
        x, y = (int(value) for value in point)
        first, last = np.searchsorted(self._column, (x, x + 1))
        near = self._sides[first:last]
        start, end = self._start[near], self._end[near]
        heights = start[:, 1] + (x - start[:, 0]) * (end[:, 1] - start[:, 1]) / (end[:, 0] - start[:, 0])
        higher = np.flatnonzero(heights < y)
        if not len(higher):
            return None
        nearest = higher[int(np.argmax(heights[higher]))]
        found = int(near[nearest])
        return _At(int(self._ring[found]), int(self._side[found]), (float(x), float(heights[nearest])))


def _from_the_top(ring: Ring) -> Ring:
    """The same ring, beginning at the leftmost of its topmost points."""
    first = int(np.lexsort((ring[:, 0], ring[:, 1]))[0])
    return np.roll(ring, -first, axis=0)


def _opened(ring: Ring, bridges: Sequence[_Bridge]) -> Outline:
    """A ring with the holes that hang on it, each entered and left by its bridge."""
    if not bridges:
        return ring.astype(np.float64)
    by_side: dict[int, list[_Bridge]] = {}
    for bridge in bridges:
        by_side.setdefault(bridge.side, []).append(bridge)
    pieces: list[Outline] = []
    start = 0
    for side in sorted(by_side):
        corner = ring[side].astype(np.float64)
        pieces.append(ring[start : side + 1].astype(np.float64))
        for bridge in sorted(by_side[side], key=lambda each: abs(each.point[0] - corner[0])):
            foot = np.array([bridge.point])
            pieces += [foot, bridge.hole, bridge.hole[:1], foot]
        start = side + 1
    pieces.append(ring[start:].astype(np.float64))
    points = np.concatenate(pieces)
    moves = (points != np.roll(points, 1, axis=0)).any(axis=1)
    return np.asarray(points[moves])
