"""Outlines of several parts as one ring, for formats that have one ring for each shape.

Bridges of no width lead from part to part, there and back, each from a corner to a corner near it. By the even-odd rule
what is crossed twice at one place counts for nothing, so that the ring is filled as the parts are. (Fillers that draw
the line itself, such as OpenCV's, draw the bridges, too: therefore they are as short as they can be.)
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes.keyholes import Outline

_Steps = Generator["NDArray[np.float64] | _Steps", None, None]
_JITTER = 1e-3
"""Pixels; no bridge becomes longer by more than a few of it."""

_Ways = Sequence[Mapping[int, Sequence[tuple[int, int]]]]
"""Of each ring, by corner, the rings that bridges from there lead to, and the corners where they end."""


def one_ring(rings: Sequence[Outline]) -> Outline:
    """Join rings none of which crosses another.

    Args:
        rings: One or more, (n, 2) corners x, y, not closed.

    Returns:
        (n, 2) float64 corners, not closed.
    """
    if len(rings) == 1:
        return np.asarray(rings[0], np.float64)
    ways = _ways(rings)
    stack = [_around(rings, ways, ring=0, start=0, came_from=-1)]
    pieces: list[NDArray[np.float64]] = []
    while stack:  # no recursion: a chain of parts may be longer than Python's stack
        step = next(stack[-1], None)
        if step is None:
            stack.pop()
        elif isinstance(step, Generator):
            stack.append(step)
        else:
            pieces.append(step)
    joined = np.concatenate(pieces).astype(np.float64)
    moves = (joined != np.roll(joined, 1, axis=0)).any(axis=1)
    return np.asarray(joined[moves])


def _around(rings: Sequence[Outline], ways: _Ways, *, ring: int, start: int, came_from: int) -> _Steps:
    """Corners of a ring from one of them, with what lies beyond its bridges as steps of their own."""
    corners = np.roll(rings[ring], -start, axis=0)
    done = 0
    for stop, beyond in sorted(((corner - start) % len(corners), found) for corner, found in ways[ring].items()):
        yield corners[done : stop + 1]
        done = stop + 1
        for other, landing in beyond:
            if other != came_from:
                yield _around(rings, ways, ring=other, start=landing, came_from=ring)
                yield corners[stop:done]
    yield corners[done:]
    if came_from >= 0:
        yield corners[:1]


def _ways(rings: Sequence[Outline]) -> _Ways:
    """The shortest bridges that join all rings: a minimum spanning tree, which is part of Delaunay's triangulation."""
    from scipy import sparse

    lengths = np.array([len(ring) for ring in rings], np.int64)
    points = np.concatenate(rings).astype(np.float64)
    ring_of = np.repeat(np.arange(len(rings)), lengths)
    first: NDArray[np.int64] = np.cumsum(lengths) - lengths
    one, other = _near_pairs(points, first)
    apart = ring_of[one] != ring_of[other]
    one, other = one[apart], other[apart]
    low, high = np.minimum(ring_of[one], ring_of[other]), np.maximum(ring_of[one], ring_of[other])
    distances = np.hypot(*(points[one] - points[other]).T)
    order = np.lexsort((distances, high, low))
    pairs = np.stack((low[order], high[order]), axis=1)
    shortest = order[np.concatenate(([True], (pairs[1:] != pairs[:-1]).any(axis=1)))]
    weights = distances[shortest] + 1  # for a sparse graph, 0 is no edge
    graph = sparse.coo_array((weights, (low[shortest], high[shortest])), (len(rings), len(rings)))
    tree = sparse.csgraph.minimum_spanning_tree(graph.tocsr()).tocoo()
    chosen = {(int(a), int(b)) for a, b in zip(tree.row, tree.col, strict=True)}
    ways: list[dict[int, list[tuple[int, int]]]] = [{} for _ in rings]
    for edge in shortest.tolist():
        if (int(low[edge]), int(high[edge])) in chosen:
            for begin, end in ((one[edge], other[edge]), (other[edge], one[edge])):
                a, b = int(ring_of[begin]), int(ring_of[end])
                ways[a].setdefault(int(begin - first[a]), []).append((b, int(end - first[b])))
    return ways


def _near_pairs(points: NDArray[np.float64], first: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of corners that bridges may join: neighbours, those at one place, and enough to reach every ring."""
    from scipy.spatial import Delaunay

    places, where, place_of = np.unique(points, axis=0, return_index=True, return_inverse=True)
    # Corners of pixels lie on circles by the thousand, which costs Qhull its time; moved a little, they do not.
    moved = places + np.random.default_rng(0).uniform(-_JITTER, _JITTER, places.shape)
    triangles = Delaunay(moved).simplices
    sides = np.concatenate((triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]))
    one = np.concatenate((where[sides[:, 0]], where[place_of.ravel()], first[:-1]))
    other = np.concatenate((where[sides[:, 1]], np.arange(len(points)), first[1:]))
    return one.astype(np.int64), other.astype(np.int64)
