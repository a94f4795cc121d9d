"""Outlines with fewer points: never farther from the true ones than a tolerance, and never through one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.int64]
"""(n, 2) corner points x, y, not closed."""

_HALVINGS = 4
"""How often the tolerance of a ring is halved before it stays as it is."""

_AT_ONCE = 1 << 21
"""Pairs of sides compared in one go."""


def simplified(rings: Sequence[Ring], tolerance: float) -> list[Ring]:
    """Leave points of rings out (Douglas and Peucker), as long as the rings stay what they are.

    Every point of an outline that results is at most ``tolerance`` away from the outline it was, and the other way
    round. Each ring keeps an area and the way it turns; where sides would cross, of one ring or of two, the rings in
    question are simplified less, in the end not at all.

    Args:
        rings: Closed outlines along the edges of pixels; they may touch in corners, but do not cross.
        tolerance: In pixels; 0 or less returns them as they are.
    """
    if tolerance <= 0 or not rings:
        return list(rings)
    left = [0] * len(rings)
    found = [_one(ring, tolerance) for ring in rings]
    while True:
        again = {i for i, ring in enumerate(found) if not _turns_as(ring, rings[i])} or _crossing(found)
        again = {i for i in again if left[i] <= _HALVINGS}
        if not again:
            return found
        for i in again:
            left[i] += 1
            found[i] = _one(rings[i], tolerance / 2 ** left[i]) if left[i] <= _HALVINGS else rings[i]


def signed_area(ring: NDArray[np.int64] | NDArray[np.float64]) -> float:
    """Positive where a ring runs clockwise as seen, with y downwards."""
    x, y = ring.T.astype(np.float64)
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def _turns_as(ring: Ring, before: Ring) -> bool:
    return len(ring) >= 3 and signed_area(ring) * signed_area(before) > 0


def _one(ring: Ring, tolerance: float) -> Ring:
    """Keep two points far from each other, and between them what is farther than the tolerance from a straight line."""
    start = int(np.argmin(ring.sum(axis=1)))
    turned = np.concatenate((ring[start:], ring[: start + 1])).astype(np.float64)
    middle = int(np.argmax(((turned - turned[0]) ** 2).sum(axis=1)))
    kept = np.zeros(len(turned), bool)
    kept[[0, middle]] = True
    open_pieces = [(0, middle), (middle, len(turned) - 1)]
    while open_pieces:
        first, last = open_pieces.pop()
        if last - first < 2:
            continue
        away = _distances(turned[first + 1 : last], turned[first], turned[last])
        farthest = int(np.argmax(away))
        if away[farthest] > tolerance:
            split = first + 1 + farthest
            kept[split] = True
            open_pieces += [(first, split), (split, last)]
    return np.asarray(turned[kept].astype(np.int64))


def _distances(
    points: NDArray[np.float64], one: NDArray[np.float64], other: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far (n, 2) points are from the straight piece between two."""
    along = other - one
    length = float(along @ along)
    share = np.clip((points - one) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.asarray(np.hypot(*(points - one - share[:, None] * along).T))


def _crossing(rings: Sequence[Ring]) -> set[int]:
    """The rings with a side that meets another one elsewhere than in a corner of both."""
    start = np.concatenate(rings)
    end = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
    ring_of = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    low, high = np.minimum(start, end), np.maximum(start, end)
    order = np.argsort(low[:, 0], kind="stable")
    start, end, ring_of, low, high = start[order], end[order], ring_of[order], low[order], high[order]
    # Sides that may meet begin, from left to right, before the other one ends.
    last = np.searchsorted(low[:, 0], high[:, 0], side="right")
    counts = last - np.arange(len(start)) - 1
    found: set[int] = set()
    stops = np.searchsorted(np.cumsum(counts), np.arange(_AT_ONCE, int(counts.sum()) + _AT_ONCE, _AT_ONCE))
    first = 0
    for stop in (int(value) + 1 for value in stops):
        few = counts[first:stop]
        one = np.repeat(np.arange(first, first + len(few)), few)
        other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(few) - few, few)
        near = (low[other, 1] <= high[one, 1]) & (low[one, 1] <= high[other, 1])
        one, other = one[near], other[near]
        meet = _meet(start[one], end[one], start[other], end[other])
        found |= set(ring_of[one[meet]].tolist()) | set(ring_of[other[meet]].tolist())
        first = stop
    return found


def _meet(a: Ring, b: Ring, c: Ring, d: Ring) -> NDArray[np.bool_]:
    """Whether sides a-b and c-d, (n, 2) each, have a point in common that is not an end of both; (n,) bool."""
    ends = [_side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)]
    crosses = (ends[0] * ends[1] < 0) & (ends[2] * ends[3] < 0)
    for side, point, (one, other) in zip(ends, (c, d, a, b), ((a, b), (a, b), (c, d), (c, d)), strict=True):
        on_line = (
            (side == 0) & (np.minimum(one, other) <= point).all(axis=1) & (point <= np.maximum(one, other)).all(axis=1)
        )
        crosses |= on_line & (point != one).any(axis=1) & (point != other).any(axis=1)
    same = ((a == c) & (b == d)).all(axis=1) | ((a == d) & (b == c)).all(axis=1)
    return np.asarray(crosses | same)


def _side(a: Ring, b: Ring, point: Ring) -> NDArray[np.int64]:
    """The sign of which side of the line a-b points are on."""
    (ax, ay), (bx, by), (x, y) = a.T, b.T, point.T
    return np.asarray(np.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax)), np.int64)
