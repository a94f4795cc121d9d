"""Splitting masks: into connected components, and along a line drawn across."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
"""x, y in pixels of the image; the pixel in column x and row y reaches from there to x + 1, y + 1."""

_SUBPIXEL_BITS = 6
_STEADY = 4.0
"""Pixels over which the direction of a line's end is taken: a hand is not steady over fewer."""

_AT_ONCE = 1 << 21
"""Pairs of pixels and straight pieces compared in one go."""


def component_map(mask: NDArray[np.bool_]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The connected parts of a mask by number, the largest first.

    Args:
        mask: (h, w) bool.

    Returns:
        (h, w) int32 number of every pixel's part, -1 outside the mask; and (n,) int64 pixels of each.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=8)
    areas = stats[1:count, cv2.CC_STAT_AREA].astype(np.int64)
    order = np.argsort(-areas, kind="stable")
    number = np.full(count, -1, np.int32)
    number[order + 1] = np.arange(count - 1, dtype=np.int32)
    return number[labels], areas[order]


def smaller_side(mask: NDArray[np.bool_], points: Sequence[Point]) -> NDArray[np.bool_] | None:
    """Cut a mask along a line of straight pieces.

    An end of the line that is inside the mask is continued straight on to the outline. Connected parts that the line
    runs through from outline to outline are cut, each pixel near the line by its centre; those it does not cut stay
    with the larger side. A line that cuts none, but runs between some, tells these apart.

    Args:
        mask: (h, w) bool.
        points: The line, in pixels of the mask.

    Returns:
        (h, w) bool, the pixels of the mask on the side that has fewer; None when the line does not divide it.
    """
    line = _distinct(np.asarray(points, float).reshape(-1, 2))
    if len(line) < 2:
        return None
    line = _continued(mask, _continued(mask, line)[::-1])[::-1]
    ys, xs = np.nonzero(mask & _near(mask.shape, line))
    sides = _sides(np.stack((xs, ys), axis=1).astype(np.float64) + 0.5, line)
    nearby = np.zeros(mask.shape, np.int8)
    nearby[ys, xs] = sides
    pieces, leaning = _pieces(mask, nearby)
    _, parts = cv2.connectedComponents(mask.view(np.uint8), connectivity=4)
    here = leaning[pieces[ys, xs]]
    cut = np.intersect1d(parts[ys, xs][here > 0], parts[ys, xs][here < 0])
    if len(cut):
        left = (leaning > 0)[pieces]
    else:
        centres = np.asarray(cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=4)[3], np.float64)
        left, cut = (_sides(centres + 0.5, line, beyond=True) > 0)[parts], np.unique(parts[mask])
    divided = mask & np.isin(parts, cut)
    smaller, larger = sorted((divided & left, divided & ~left), key=np.count_nonzero)
    return smaller if smaller.any() and larger.any() else None


def _pieces(mask: NDArray[np.bool_], sides: NDArray[np.int8]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """What of a mask stays connected, along sides of pixels, when no step may cross the line.

    Args:
        mask: (h, w) bool.
        sides: (h, w) int8, near the line 1 left of it and -1 right of it, 0 elsewhere.

    Returns:
        (h, w) int32 piece of every pixel (0 outside the mask), and (n,) float64 how many more of its pixels near the
        line are left of it than right.
    """
    near = sides != 0
    count, labels = cv2.connectedComponents((mask & ~near).view(np.uint8), connectivity=4)
    nodes = np.asarray(labels, np.int32)
    total = count + int(np.count_nonzero(near))
    nodes[near] = np.arange(count, total)
    side = np.concatenate((np.zeros(count, np.int8), sides[near]))
    ends = []
    for first, second in ((nodes[:, :-1], nodes[:, 1:]), (nodes[:-1], nodes[1:])):
        touch = (first != second) & (first > 0) & (second > 0)
        ends.append(np.stack((first[touch], second[touch])))
    one, other = np.concatenate(ends, axis=1)
    stays = side[one] * side[other] >= 0
    from scipy import sparse

    graph = sparse.coo_array((np.ones(int(stays.sum()), bool), (one[stays], other[stays])), (total, total))
    groups, group_of_node = sparse.csgraph.connected_components(graph, directed=False)
    leaning = np.bincount(group_of_node, weights=side, minlength=groups)
    return np.asarray(group_of_node[nodes], np.int32), np.asarray(leaning, np.float64)


def _distinct(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without points that repeat the one before."""
    moves = np.ones(len(line), bool)
    moves[1:] = np.hypot(*np.diff(line, axis=0).T) > 1e-3
    return np.asarray(line[moves])


def _continued(mask: NDArray[np.bool_], line: NDArray[np.float64]) -> NDArray[np.float64]:
    """The line, continued at its last point to just beyond the outline if that is inside the mask."""
    end = line[-1]
    away = np.hypot(*(line - end).T)
    steady = np.flatnonzero(away >= _STEADY)
    start = line[steady[-1]] if len(steady) else line[int(np.argmax(away))]
    direction = (end - start) / np.hypot(*(end - start))
    height, width = mask.shape
    way = end + np.arange(0, height + width, 0.5)[:, None] * direction
    xs, ys = np.floor(way).astype(np.int64).T
    inside = (xs >= 0) & (ys >= 0) & (xs < width) & (ys < height)
    inside[inside] = mask[ys[inside], xs[inside]]
    if not inside[0] or inside.all():
        return line
    beyond = way[int(np.argmin(inside))] + direction
    return np.concatenate((line, beyond[None]))


def _near(shape: tuple[int, ...], line: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The pixels under a line and those around them."""
    drawn = np.zeros((shape[0] + 4, shape[1] + 4), np.uint8)  # OpenCV draws what leaves the picture less exactly
    centred = np.rint((line + 1.5) * (1 << _SUBPIXEL_BITS)).astype(np.int32)
    cv2.polylines(drawn, [centred.reshape(-1, 1, 2)], False, 1, 1, cv2.LINE_8, _SUBPIXEL_BITS)
    return np.asarray(cv2.dilate(drawn, np.ones((3, 3), np.uint8))[2:-2, 2:-2] > 0)


def _sides(points: NDArray[np.float64], line: NDArray[np.float64], *, beyond: bool = False) -> NDArray[np.int8]:
    """On which side of the nearest straight piece of the line points are.

    Args:
        points: (n, 2) x, y.
        line: (m + 1, 2) x, y.
        beyond: Whether that is asked of points beyond the ends of the line, too.

    Returns:
        (n,) int8: 1 left of the line as it runs, -1 right of it or on it, 0 beyond its ends.
    """
    start, along = line[:-1], np.diff(line, axis=0)
    length = np.hypot(*along.T)
    sides = np.empty(len(points), np.int8)
    step = max(1, _AT_ONCE // len(start))
    for first in range(0, len(points), step):
        away = points[first : first + step, None] - start  # (n, m, 2)
        share = (away * along).sum(axis=2) / length**2
        distance = np.hypot(*np.moveaxis(away - np.clip(share, 0, 1)[:, :, None] * along, 2, 0))
        across = (along[:, 1] * away[:, :, 0] - along[:, 0] * away[:, :, 1]) / length
        # At a corner of the line both pieces are as near: the one that is farther as a whole line knows the side.
        nearest = np.argmin(distance - 1e-6 * np.abs(across), axis=1)
        rows = np.arange(len(nearest))
        side = np.where(across[rows, nearest] > 1e-9, 1, -1)
        share = share[rows, nearest]
        is_beyond = ((nearest == 0) & (share < 0)) | ((nearest == len(start) - 1) & (share > 1))
        sides[first : first + step] = np.where(is_beyond & (not beyond), 0, side)
    return sides
