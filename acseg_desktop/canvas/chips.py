"""Chips, the names on the picture: drawn where they fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from acseg_desktop.canvas.frame import Frame
from acseg_desktop.canvas.viewport import Rect, Viewport

PADDING_X = 7.0
MAX_TEXT = 160.0
"""Letters of a name that are shown at most: better its beginning than no chip."""
PADDING_Y = 2.0
MOSTLY = 0.97
"""Part of a chip's area that has to be its own region for it to fit."""


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


def chip_boxes(chips: Sequence[Chip], *, viewport: Viewport, ratio: float, font: QFont) -> list[Rect]:
    """Where chips are in the widget, if they fit there, in device pixels."""
    face = font.toString()
    return [_box(chip, viewport, _chip_image(chip.text, chip.color, face, ratio)) for chip in chips]


def draw_chips(
    painter: QPainter, chips: Sequence[Chip], *, frame: Frame, viewport: Viewport, ratio: float, font: QFont, clip: Rect
) -> None:
    """Draw the chips that fit and touch ``clip``; the painter and ``clip`` count device pixels."""
    face = font.toString()
    for chip in chips:
        image = _chip_image(chip.text, chip.color, face, ratio)
        box = _box(chip, viewport, image)
        if not box.intersected(clip).is_empty and _fits(frame, chip.index, box):
            painter.drawImage(box.left, box.top, image)


def draw_tag(painter: QPainter, place: QPointF, text: str, color: str) -> None:
    """Draw a chip with its top left corner at a place; the painter counts logical pixels, in the font it has."""
    ratio = painter.device().devicePixelRatioF()
    image = QImage(_chip_image(text, color, painter.font().toString(), ratio))
    image.setDevicePixelRatio(ratio)
    painter.drawImage(place, image)


def _box(chip: Chip, viewport: Viewport, image: QImage) -> Rect:
    x, y = viewport.to_screen(chip.x, chip.y)
    width, height = image.width(), image.height()
    left, top = round(x - width / 2), round(y - height / 2)
    return Rect(left, top, left + width, top + height)


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
