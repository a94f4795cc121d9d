"""A label map of any height as polygons with shared borders, traced a band of rows at a time.

A corner of pixels is a node unless a border runs straight through it with the same two sides: there, and only there,
all outlines that touch it have a point. So neighbours have the same points along their border, and the polygons are a
valid coverage wherever on a map they are drawn, as long as a point is always moved alike.

A border is kept as straight pieces between nodes, each with what is on both sides. Where a band ends, pieces end too;
whether that is a node shows when the polygon is put together.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes.polygon_parts import Corners, PolygonPart, loops
from acseg_core.shapes.simplifying import signed_area

OUTSIDE = 0
"""The number of what is in no polygon."""

Pieces = NDArray[np.int32]
"""(n, 5) int32: x, y where a piece begins and ends, its polygon to the right as seen; and the number on its left."""


class BorderTracer:
    """Borders in a label map, by the numbers whose they are.

    Args:
        width: Of the map in pixels.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._above = np.full(width, OUTSIDE, np.int32)
        self._top = 0
        self._pieces: dict[int, list[Pieces]] = {}

    def add(self, numbers: NDArray[np.int32]) -> None:
        """Go on with the next rows, (h, `width`) int32."""
        height = len(numbers)
        around = np.zeros((height + 1, self._width + 2), np.int32)
        around[0, 1:-1] = self._above
        around[1:, 1:-1] = numbers
        up, down = around[:-1], around[1:]
        across = up[:, 1:-1] != down[:, 1:-1]  # an edge from corner x to x + 1, at the top of the row
        beside = down[:, :-1] != down[:, 1:]  # an edge down from corner x
        level = (up[:, :-1] == up[:, 1:]) & ~beside
        upright = (up[:, :-1] == down[:, :-1]) & (up[:, 1:] == down[:, 1:])
        nodes = ~(level | upright)
        self._keep(_pieces_across(across, nodes, up, down))
        self._keep(_pieces_down(beside, nodes, down))
        self._above = around[-1, 1:-1].copy()
        self._top += height

    def finish(self) -> None:
        """Close what reaches the lower border of the map."""
        self.add(np.full((1, self._width), OUTSIDE, np.int32))

    def take(self, number: int) -> list[PolygonPart]:
        """The polygons of a number, which is in no row any more; its borders are forgotten."""
        pieces = self._pieces.pop(number, [])
        return _polygons(np.concatenate(pieces)) if pieces else []

    def _keep(self, found: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]) -> None:
        """Give each piece, (n, 4) with its right and left number, to both of its sides."""
        ends, right, left = found
        ends = ends + np.array([0, self._top, 0, self._top], np.int32)
        both = np.concatenate((np.column_stack((ends, left)), np.column_stack((ends[:, [2, 3, 0, 1]], right))))
        owners = np.concatenate((right, left))
        both, owners = both[owners != OUTSIDE], owners[owners != OUTSIDE]
        order = np.argsort(owners, kind="stable")
        both, owners = both[order], owners[order]
        firsts = np.flatnonzero(np.diff(owners, prepend=OUTSIDE))
        stops = np.append(firsts, len(owners))[1:]
        for number, begin, stop in zip(owners[firsts].tolist(), firsts, stops, strict=True):
            self._pieces.setdefault(number, []).append(both[begin:stop].copy())


def _pieces_across(
    across: NDArray[np.bool_], nodes: NDArray[np.bool_], up: NDArray[np.int32], down: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Level pieces, from left to right: what is below is on their right."""
    rows, begins = np.nonzero(across & nodes[:, :-1])
    _, lasts = np.nonzero(across & nodes[:, 1:])
    ends = np.column_stack((begins, rows, lasts + 1, rows)).astype(np.int32)
    return ends, down[rows, begins + 1], up[rows, begins + 1]


def _pieces_down(
    beside: NDArray[np.bool_], nodes: NDArray[np.bool_], down: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Upright pieces, from top to bottom: what is left of them as seen is on their right. A band's borders end them."""
    begin, end = nodes.copy(), np.empty_like(nodes)
    begin[0] = end[-1] = True
    end[:-1] = nodes[1:]
    columns, begins = np.nonzero((beside & begin).T)
    _, lasts = np.nonzero((beside & end).T)
    ends = np.column_stack((columns, begins, columns, lasts + 1)).astype(np.int32)
    return ends, down[begins, columns], down[begins, columns + 1]


def _polygons(pieces: Pieces) -> list[PolygonPart]:
    """Put pieces together to outlines, and find out which of these are holes in which."""
    rings = [loop for ring in _rings(pieces) for loop in loops(ring)]
    outer = [ring for ring in rings if signed_area(ring) > 0]
    holes = [ring for ring in rings if signed_area(ring) < 0]
    if len(outer) == 1 or not holes:
        return [PolygonPart(outer[0], tuple(holes))] if holes else [PolygonPart(ring, ()) for ring in outer]
    mine: list[list[Corners]] = [[] for _ in outer]
    for hole, owner in zip(holes, _owners(outer, holes), strict=True):
        mine[owner].append(hole)
    return [PolygonPart(ring, tuple(inside)) for ring, inside in zip(outer, mine, strict=True)]


def _rings(pieces: Pieces) -> Iterator[Corners]:
    following = _following(pieces)
    before = np.empty_like(following)
    before[following] = np.arange(len(pieces))
    steps = np.sign(pieces[:, 2:4] - pieces[:, :2])
    is_straight = (steps == steps[before]).all(axis=1) & (pieces[:, 4] == pieces[before, 4])
    points, after, straight = pieces[:, :2].astype(np.int64), following.tolist(), is_straight.tolist()
    seen = bytearray(len(after))
    for start in range(len(after)):
        if seen[start]:
            continue
        way: list[int] = []
        place = start
        while not seen[place]:
            seen[place] = 1
            if not straight[place]:
                way.append(place)
            place = after[place]
        yield points[way]


def _following(pieces: Pieces) -> NDArray[np.int64]:
    """Of each piece, which one comes next in its outline: of two, the one to the right, along the same pixel."""
    begins = (pieces[:, 1].astype(np.int64) << 32) + pieces[:, 0]
    ends = (pieces[:, 3].astype(np.int64) << 32) + pieces[:, 2]
    order = np.argsort(begins, kind="stable")
    in_order = begins[order]
    first = np.searchsorted(in_order, ends)
    found = order[first]
    second = order[np.minimum(first + 1, len(order) - 1)]
    steps = np.sign(pieces[:, 2:4] - pieces[:, :2])
    to_the_right = np.stack((-steps[:, 1], steps[:, 0]), axis=1)
    is_second = (begins[second] == ends) & (second != found) & (steps[second] == to_the_right).all(axis=1)
    return np.where(is_second, second, found)


def _owners(outer: list[Corners], holes: list[Corners]) -> list[int]:
    """In which of several outlines each hole is: that of the first border above it, which may be another hole's."""
    tops = [_top_left(hole) for hole in holes]
    owners = [0] * len(holes)
    first = min(int(ring[:, 0].min()) for ring in outer)
    width = max(int(ring[:, 0].max()) for ring in outer) - first
    latest = np.zeros(width, np.int32)  # in each column, the ring of the last border that was passed on the way down
    sides = _level_sides([*outer, *holes], first)
    place, number_of_sides = 0, len(sides)
    levels = sides[:, 0].tolist()
    for hole in sorted(range(len(holes)), key=lambda each: tops[each][1]):
        x, y = tops[hole]
        while place < number_of_sides and levels[place] < y:
            _, begin, end, ring = sides[place].tolist()
            latest[begin:end] = ring
            place += 1
        ring = int(latest[x - first])
        owners[hole] = ring if ring < len(outer) else owners[ring - len(outer)]
    return owners


def _level_sides(rings: list[Corners], first: int) -> NDArray[np.int64]:
    """(n, 4) y, begin and end in x from ``first``, and ring of all level sides, from top to bottom."""
    found = []
    for number, ring in enumerate(rings):
        other = np.roll(ring, -1, axis=0)
        level = ring[:, 1] == other[:, 1]
        left = np.minimum(ring[level, 0], other[level, 0]) - first
        right = np.maximum(ring[level, 0], other[level, 0]) - first
        found.append(np.column_stack((ring[level, 1], left, right, np.full(len(left), number))))
    sides = np.concatenate(found)
    return np.asarray(sides[np.argsort(sides[:, 0], kind="stable")])


def _top_left(ring: Corners) -> tuple[int, int]:
    x, y = ring[np.lexsort((ring[:, 0], ring[:, 1]))[0]].tolist()
    return x, y
