"""Painting of rows that all lists share: their ground, a coloured mark, a name that is cut where room ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from acseg_desktop.appearance.icons import SWATCH
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.appearance.theme import current_tones

MARGIN = 8
ROW = 28
"""Height of a row with text of the usual size."""


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> QRect:
    """Fill a row's ground when it is selected or under the cursor, frame it where the keys are; returns its box."""
    tones, box = current_tones(), QRect(option.rect)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(box, QColor(tones.accent_soft))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, QColor(tones.hover))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(tones.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0, 0, -1, -1))
    return box


def paint_mark(painter: QPainter, box: QRect, mark: QPixmap) -> None:
    """Draw a swatch at the row's left end."""
    paint_swatch(painter, box, box.left() + MARGIN, mark)


def paint_swatch(painter: QPainter, line: QRect, left: int, mark: QPixmap) -> int:
    """Draw a swatch in the middle of a line's height; returns where it ends."""
    side = round(mark.deviceIndependentSize().height())
    painter.drawPixmap(QPoint(left, line.top() + (line.height() - side) // 2), mark)
    return left + side


def name_left() -> int:
    """Where names begin, beside a swatch."""
    return MARGIN + scaled(SWATCH) + MARGIN


def paint_right(painter: QPainter, box: QRect, text: str, *, right: int, width: int | None = None) -> int:
    """Draw a quiet text that ends at ``right``; returns where it begins, or a column of ``width`` would."""
    if width is None:
        width = painter.fontMetrics().horizontalAdvance(text)
    painter.setPen(QColor(current_tones().muted))
    room = QRect(right - width, box.top(), width, box.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    return room.left()


def paint_name(painter: QPainter, box: QRect, name: str, *, right: int, quiet: bool = False) -> None:
    """Draw the name beside the mark, cut before ``right``."""
    left = box.left() + name_left()
    room = QRect(left, box.top(), right - left, box.height())
    tones = current_tones()
    painter.setPen(QColor(tones.muted if quiet else tones.text))
    shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
