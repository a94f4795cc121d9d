"""Rasterising: which image pixels a stroke or a polygon covers, to the pixel. No Qt.

A pixel is meant when its centre lies inside the shape. A brush of odd diameter sits on the centre of a pixel and one
of even diameter on a corner, so that it has the same shape wherever it is, and 1 is exactly one pixel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from acseg_core.types import PixelPatch
from acseg_desktop.canvas.viewport import Rect

Point = tuple[float, float]
"""Point (x, y) in image coordinates; pixel (i, j) covers [i, i + 1) x [j, j + 1)."""

_EDGE = 1e-6
"""Tolerance by which a centre exactly on the circle is inside, whatever the rounding."""


def snapped(point: Point, diameter: int) -> Point:
    """Where a brush sits that is held at ``point``."""
    if diameter % 2:
        return math.floor(point[0]) + 0.5, math.floor(point[1]) + 0.5
    return float(math.floor(point[0] + 0.5)), float(math.floor(point[1] + 0.5))


def capsule(start: Point, end: Point, diameter: int, *, width: int, height: int, margin: int = 0) -> PixelPatch:
    """The pixels of a ``width`` x ``height`` image, and around it, that a round brush covers on its straight way."""
    (ax, ay), (bx, by) = snapped(start, diameter), snapped(end, diameter)
    radius = diameter / 2 + _EDGE
    box = Rect(
        math.floor(min(ax, bx) - radius),
        math.floor(min(ay, by) - radius),
        math.ceil(max(ax, bx) + radius),
        math.ceil(max(ay, by) + radius),
    ).intersected(Rect(0, 0, width, height).grown(margin))
    if box.is_empty:
        return PixelPatch(0, 0, np.zeros((0, 0), np.bool_))
    rows = np.arange(box.top, box.bottom, dtype=np.float64) + 0.5
    first, last = _disc_spans(rows, ax, ay, radius)
    for low, high in (_disc_spans(rows, bx, by, radius), _band_spans(rows, (ax, ay), (bx, by), radius)):
        np.minimum(first, low, out=first)
        np.maximum(last, high, out=last)
    columns = np.arange(box.left, box.right) + 0.5
    # The shape is convex: each row of it is one span.
    mask = (columns >= first[:, None]) & (columns <= last[:, None])
    return PixelPatch(box.left, box.top, mask)


def polygon(points: Sequence[Point], *, width: int, height: int, margin: int = 0) -> PixelPatch:
    """The pixels of a ``width`` x ``height`` image, and so far around it, inside a closed outline; by even-odd."""
    corners = np.asarray(points, np.float64).reshape(-1, 2)
    if len(corners) < 3:
        return PixelPatch(0, 0, np.zeros((0, 0), np.bool_))
    low, high = np.floor(corners.min(axis=0)).astype(int), np.ceil(corners.max(axis=0)).astype(int)
    ground = Rect(0, 0, width, height).grown(margin)
    box = Rect(int(low[0]), int(low[1]), int(high[0]), int(high[1])).intersected(ground)
    if box.is_empty:
        return PixelPatch(0, 0, np.zeros((0, 0), np.bool_))
    toggles = np.zeros((box.height, box.width + 1), np.uint8)
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if ay == by:
            continue
        top, bottom = (ay, by) if ay < by else (by, ay)
        # Rows whose centre lies in [top, bottom): each corner counts for one of its two edges.
        rows = np.arange(max(box.top, math.ceil(top - 0.5)), min(box.bottom, math.ceil(bottom - 0.5)))
        crossing = ax + (rows + 0.5 - ay) * (bx - ax) / (by - ay)
        columns = np.clip(np.ceil(crossing - 0.5).astype(np.intp) - box.left, 0, box.width)
        toggles[rows - box.top, columns] ^= 1
    mask = np.bitwise_xor.accumulate(toggles, axis=1)[:, :-1].astype(np.bool_)
    return PixelPatch(box.left, box.top, mask)


class Stroke:
    """Pixels gathered one piece after another.

    Attributes:
        covered: (H, W) bool, of the whole image and the margin around it; untouched pages cost nothing.
        extent: The smallest rectangle around what was added.
    """

    def __init__(self, *, width: int, height: int, margin: int = 0) -> None:
        self._margin = margin
        self.covered: NDArray[np.bool_] = np.zeros((height + 2 * margin, width + 2 * margin), np.bool_)
        self.extent = Rect(0, 0, 0, 0)

    def add(self, patch: PixelPatch) -> None:
        """Take pixels in."""
        rect = patch_rect(patch)
        if not rect.is_empty:
            self._part(rect)[:] |= patch.mask
            self.extent = self.extent.united(rect)

    @property
    def patch(self) -> PixelPatch:
        """All of it; looks into `covered`."""
        return PixelPatch(self.extent.left, self.extent.top, self._part(self.extent))

    def _part(self, rect: Rect) -> NDArray[np.bool_]:
        left, top, right, bottom = (edge + self._margin for edge in rect)
        return self.covered[top:bottom, left:right]


def clipped(patch: PixelPatch, *, width: int, height: int) -> PixelPatch:
    """What of a patch is in an image of that size; looks into its mask."""
    rect = patch_rect(patch)
    inside = rect.intersected(Rect(0, 0, width, height))
    if inside == rect:
        return patch
    if inside.is_empty:
        return PixelPatch(0, 0, np.zeros((0, 0), np.bool_))
    left, top, right, bottom = inside
    mask = patch.mask[top - rect.top : bottom - rect.top, left - rect.left : right - rect.left]
    return PixelPatch(left, top, mask)


def patch_rect(patch: PixelPatch) -> Rect:
    """Where a patch lies in its image."""
    height, width = patch.mask.shape
    return Rect(patch.left, patch.top, patch.left + width, patch.top + height)


def _disc_spans(
    rows: NDArray[np.float64], x: float, y: float, radius: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """First and last x inside a disc on each row; an empty span where it does not reach."""
    square = radius**2 - (rows - y) ** 2
    half = np.sqrt(np.maximum(square, 0.0))
    reached = square >= 0
    return np.where(reached, x - half, np.inf), np.where(reached, x + half, -np.inf)


def _band_spans(
    rows: NDArray[np.float64], start: Point, end: Point, radius: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """First and last x on each row inside the rectangle that a brush's diameter sweeps between two points."""
    first, last = np.full(rows.shape, np.inf), np.full(rows.shape, -np.inf)
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    if length == 0.0:
        return first, last
    across = (-(end[1] - start[1]) / length * radius, (end[0] - start[0]) / length * radius)
    corners = [
        (start[0] + across[0], start[1] + across[1]),
        (end[0] + across[0], end[1] + across[1]),
        (end[0] - across[0], end[1] - across[1]),
        (start[0] - across[0], start[1] - across[1]),
    ]
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if ay == by:
            continue
        inside = (rows >= min(ay, by)) & (rows <= max(ay, by))
        x = ax + (rows - ay) * (bx - ax) / (by - ay)
        np.minimum(first, np.where(inside, x, np.inf), out=first)
        np.maximum(last, np.where(inside, x, -np.inf), out=last)
    return first, last
