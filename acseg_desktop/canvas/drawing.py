"""Drawing around and over the picture: backdrop, shadow, message, selection box."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen


def backdrop(palette: QPalette) -> QColor:
    """A neutral grey on which photos look as they are: a little darker than the window's own."""
    lightness = palette.color(QPalette.ColorRole.Window).lightnessF()
    return QColor.fromHslF(0.0, 0.0, lightness * (0.72 if lightness < 0.5 else 0.92))


def draw_shadow(painter: QPainter, picture: QRect, *, stroke: int) -> None:
    """A soft edge around the picture; the painter counts device pixels."""
    inner = picture
    for alpha in (60, 36, 20, 10):
        outer = inner.adjusted(-stroke, -stroke, stroke, stroke)
        width, height = outer.width(), inner.height()
        for strip in (
            QRect(outer.left(), outer.top(), width, stroke),
            QRect(outer.left(), inner.top() + height, width, stroke),
            QRect(outer.left(), inner.top(), stroke, height),
            QRect(inner.left() + inner.width(), inner.top(), stroke, height),
        ):
            painter.fillRect(strip, QColor(0, 0, 0, alpha))
        inner = outer


def draw_message(painter: QPainter, room: QRect, text: str, palette: QPalette) -> None:
    """A quiet line in the middle."""
    color = palette.color(QPalette.ColorRole.WindowText)
    color.setAlphaF(0.7)
    painter.setPen(color)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(room.adjusted(24, 24, -24, -24), flags, text)


def draw_box(painter: QPainter, box: QRectF, palette: QPalette) -> None:
    """The box that selects: the accent's colour, dashed on white, to be seen on any photo."""
    accent = palette.color(QPalette.ColorRole.Highlight)
    fill = QColor(accent)
    fill.setAlpha(40)
    outline = QRectF(box.toAlignedRect()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.fillRect(outline, fill)
    painter.setPen(QPen(QColor(255, 255, 255, 220), 1))
    painter.drawRect(outline)
    painter.setPen(QPen(accent, 1, Qt.PenStyle.DashLine))
    painter.drawRect(outline)


def chip_font(font: QFont) -> QFont:
    """A little smaller and bolder than the window's."""
    font = QFont(font)
    if font.pointSizeF() > 0:
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.9))
    else:  # style sheets may set pixels
        font.setPixelSize(max(9, round(font.pixelSize() * 0.9)))
    font.setWeight(QFont.Weight.DemiBold)
    return font
