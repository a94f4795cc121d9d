"""Names on the picture: where a region's name goes, and drawing it as a small chip where it fits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from acseg_desktop.canvas.frame import Frame
from acseg_desktop.canvas.grid import RegionGrid, Slots
from acseg_desktop.canvas.viewport import Rect, Viewport

ANCHOR_SIDE = 512
"""Anchors are looked for on a map thinned to about this many pixels a side."""
PADDING_X = 7.0
MAX_TEXT = 160.0
"""Longer names are shortened: better their beginning than no chip."""
PADDING_Y = 2.0
MOSTLY = 0.97
"""A chip fits where this part of its area is its own region."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A name to draw.

    Attributes:
        index: Of the region.
        text: The name.
        color: "#rrggbb" of the label.
        x: Image column of the chip's centre.
        y: Image row of the chip's centre.
    """

    index: int
    text: str
    color: str
    x: float
    y: float


def find_anchors(grid: RegionGrid, indices: Sequence[int]) -> dict[int, tuple[float, float]]:
    """Where a name has most room in each region: a point in its largest part far from any edge, in image pixels."""
    height, width = grid.slots.shape
    step = max(1, max(height, width) // ANCHOR_SIDE)
    thin = grid.slots[step // 2 :: step, step // 2 :: step]
    tops, bottoms = _spans(thin, grid.count)
    lefts, rights = _spans(thin.T, grid.count)
    anchors = {}
    for index in indices:
        slot = index + 1
        if tops[slot] < bottoms[slot]:
            part = thin[tops[slot] : bottoms[slot], lefts[slot] : rights[slot]] == slot
            x, y = _roomiest(part.view(np.uint8))
            anchors[index] = (float(lefts[slot] + x) * step, float(tops[slot] + y) * step)
    return anchors


def draw_chips(
    painter: QPainter, chips: Sequence[Chip], *, frame: Frame, viewport: Viewport, ratio: float, font: QFont, clip: Rect
) -> None:
    """Draw the chips that fit and touch ``clip``; the painter and ``clip`` count device pixels."""
    face = font.toString()
    for chip in chips:
        x, y = viewport.to_screen(chip.x, chip.y)
        image = _chip_image(chip.text, chip.color, face, ratio)
        width, height = image.width(), image.height()
        left, top = round(x - width / 2), round(y - height / 2)
        box = Rect(left, top, left + width, top + height)
        if not box.intersected(clip).is_empty and _fits(frame, chip.index, box):
            painter.drawImage(left, top, image)


def _spans(slots: Slots, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First row and end of rows of each slot, (count + 1,) each; an empty span for a slot that does not occur."""
    height = slots.shape[0]
    present = np.zeros((height, count + 1), np.bool_)
    present[np.arange(height)[:, None], slots] = True
    occurs = present.any(axis=0)
    return present.argmax(axis=0), np.where(occurs, height - present[::-1].argmax(axis=0), 0)


def _roomiest(mask: NDArray[np.uint8]) -> tuple[float, float]:
    """The point (x, y) farthest from the edge of a tight mask; among nearly equal ones the most central."""
    height, width = mask.shape
    # A line of text is wider than high, so room counts half across; what is beyond the mask is no room.
    squeezed = cv2.resize(mask, (max(1, width // 2), height), interpolation=cv2.INTER_NEAREST)
    if not squeezed.any():
        squeezed = mask
    distance = cv2.distanceTransform(np.pad(squeezed, 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    rows, columns = np.nonzero(distance >= 0.9 * distance.max())
    x, y = (columns + 0.5) * width / squeezed.shape[1], rows + 0.5
    best = int(np.argmin((x - width / 2) ** 2 + (y - height / 2) ** 2))
    return float(x[best]), float(y[best])


def _fits(frame: Frame, index: int, box: Rect) -> bool:
    slots = frame.slots_in(box)
    return slots.size == box.width * box.height and bool(np.count_nonzero(slots == index + 1) >= MOSTLY * slots.size)


@lru_cache(maxsize=512)
def _chip_image(text: str, color: str, face: str, ratio: float) -> QImage:
    """A chip with its shadow, in device pixels; ``face`` is `QFont.toString`'s."""
    font = QFont()
    font.fromString(face)
    metrics = QFontMetricsF(font)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, MAX_TEXT)
    body = QRectF(1, 1, round(metrics.horizontalAdvance(text) + 2 * PADDING_X), round(metrics.height() + 2 * PADDING_Y))
    width, height = math.ceil((body.width() + 2) * ratio), math.ceil((body.height() + 3) * ratio)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for box, fill in ((body.adjusted(-1, -1, 1, 1.5), QColor(0, 0, 0, 70)), (body, QColor(color))):
        painter.setBrush(fill)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(QColor("#101418" if _is_light(QColor(color)) else "#ffffff"))
    painter.setFont(font)
    baseline = body.center().y() + (metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(body.left() + PADDING_X, baseline), text)
    painter.end()
    image.setDevicePixelRatio(1.0)
    return image


def _is_light(color: QColor) -> bool:
    """Dark text has the better contrast on it (WCAG's relative luminance, at the point where both are equal)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    luminance = 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())
    return luminance > 0.18
