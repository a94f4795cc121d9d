"""Drawing around and over the picture: backdrop, shadow, message, selection box."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPalette, QPen, QPolygonF, QTransform

from acseg_desktop.canvas.raster import capsule
from acseg_desktop.canvas.viewport import Rect, Viewport

STEPPED_FROM = 6.0
"""Scale (logical pixels per image pixel) from which on a brush is drawn with the corners of its pixels."""
_STEPPED_DIAMETER = 64
_SMALL_BRUSH = 4.0


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


def draw_tile_frame(painter: QPainter, picture: Rect, palette: QPalette, *, stroke: int) -> None:
    """A line around the tile that keys and panels are about; the painter counts device pixels."""
    left, top, right, bottom = picture
    outline = QRectF(left, top, right - left, bottom - top)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in (
        (QColor(0, 0, 0, 150), 4 * stroke),
        (palette.color(QPalette.ColorRole.Highlight), 2 * stroke),
    ):
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(outline)


def draw_grid(painter: QPainter, viewport: Viewport) -> None:
    """Thin lines between the pixels of the image; the painter counts device pixels."""
    picture = viewport.picture
    seen = picture.intersected(Rect(0, 0, viewport.width, viewport.height))
    color = QColor(128, 128, 128, 120)
    for first, start, end, across in (
        (seen.left, picture.left, seen.right, True),
        (seen.top, picture.top, seen.bottom, False),
    ):
        index = math.floor((first - start) / viewport.zoom)
        while True:
            index += 1
            # The first device pixel whose centre lies in image pixel `index`.
            place = start + math.ceil(index * viewport.zoom - 0.5)
            if place >= end:
                break
            if across:
                painter.fillRect(QRect(place, seen.top, 1, seen.height), color)
            else:
                painter.fillRect(QRect(seen.left, place, seen.width, 1), color)


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


def draw_brush(painter: QPainter, centre: QPointF, radius: float, *, diameter: int, minus: bool) -> None:
    """The brush under the cursor: a dark and a bright ring, one of which shows on any photo.

    Args:
        painter: In logical pixels.
        centre: Middle of the brush.
        radius: In logical pixels.
        diameter: In image pixels.
        minus: It erases.
    """
    scale = 2 * radius / diameter
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if scale >= STEPPED_FROM and diameter <= _STEPPED_DIAMETER:
        to_widget = QTransform.fromTranslate(centre.x(), centre.y()).scale(scale, scale)
        outline = to_widget.map(_brush_outline(diameter))
    else:
        outline = QPainterPath()
        outline.addEllipse(centre, radius, radius)
    arm = 3.0
    cross = [QLineF(centre.x() - arm, centre.y(), centre.x() + arm, centre.y())]
    if not minus:
        cross.append(QLineF(centre.x(), centre.y() - arm, centre.x(), centre.y() + arm))
    if radius < _SMALL_BRUSH:  # too small to be found without something around it
        gap, far = radius + 2.0, radius + 6.0
        cross = [
            QLineF(centre.x() + dx * gap, centre.y() + dy * gap, centre.x() + dx * far, centre.y() + dy * far)
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
            if dx or not minus
        ]
    for color, width in ((QColor(0, 0, 0, 160), 3.0), (QColor(255, 255, 255), 1.2)):
        painter.setPen(QPen(color, width))
        painter.drawPath(outline)
        painter.drawLines(cross)
    painter.restore()


def draw_path(
    painter: QPainter,
    places: Sequence[QPointF],
    cursor: QPointF | None,
    *,
    color: QColor,
    closed: bool,
    corners: Sequence[QPointF],
    ends: bool,
) -> None:
    """Points set so far, and the way to where the next one would be.

    Args:
        painter: In logical pixels.
        places: The points.
        cursor: Where the next one would be, or None.
        color: Of the way.
        closed: It will be joined to its beginning; what it would cover is tinted.
        corners: Points to mark: the first, and those set one by one.
        ends: A click here would finish: the first point is drawn larger.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stops = [*places, cursor] if cursor is not None else list(places)
    way = QPolygonF(stops)
    if closed and len(stops) > 2:
        fill = QColor(color)
        fill.setAlpha(70)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(way)
        _draw_line(painter, QPolygonF([stops[-1], stops[0]]), color, Qt.PenStyle.DotLine)
    _draw_line(painter, way, color, Qt.PenStyle.SolidLine)
    painter.setPen(QPen(QColor(0, 0, 0, 190), 1.2))
    for index, place in enumerate(corners):
        is_end = ends and index == 0
        painter.setBrush(color if is_end else QColor(255, 255, 255))
        size = 6.0 if is_end else 3.5
        painter.drawEllipse(place, size, size)
    painter.restore()


def _draw_line(painter: QPainter, way: QPolygonF, color: QColor, style: Qt.PenStyle) -> None:
    """A line that shows on any photo: the colour on a dark edge."""
    painter.setPen(QPen(QColor(0, 0, 0, 150), 4.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPolyline(way)
    painter.setPen(QPen(color.lighter(125), 2.0, style, Qt.PenCapStyle.RoundCap))
    painter.drawPolyline(way)


def draw_marks(painter: QPainter, marks: Sequence[tuple[QPointF, bool]]) -> None:
    """Clicks: a green plus on "this", a red minus on "not this"; the sign tells them apart without colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place, is_this in marks:
        painter.setPen(QPen(QColor(255, 255, 255), 1.5))
        painter.setBrush(QColor("#1a7f4b" if is_this else "#b3261e"))
        painter.drawEllipse(place, 8.0, 8.0)
        arm = 4.0
        painter.setPen(QPen(QColor(255, 255, 255), 2.0))
        painter.drawLine(QLineF(place.x() - arm, place.y(), place.x() + arm, place.y()))
        if is_this:
            painter.drawLine(QLineF(place.x(), place.y() - arm, place.x(), place.y() + arm))
    painter.restore()


@lru_cache(maxsize=32)
def _brush_outline(diameter: int) -> QPainterPath:
    """The outline of a brush's pixels around its centre, in image pixels."""
    side = diameter + 4
    middle = side // 2 + 0.5 * (diameter % 2)
    patch = capsule((middle, middle), (middle, middle), diameter, width=side, height=side)
    path = QPainterPath()
    for row, pixels in enumerate(patch.mask):
        first, count = int(pixels.argmax()), int(pixels.sum())
        path.addRect(QRectF(patch.left + first - middle, patch.top + row - middle, count, 1))
    return path.simplified()


def chip_font(font: QFont) -> QFont:
    """A little smaller and bolder than the window's."""
    font = QFont(font)
    if font.pointSizeF() > 0:
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.9))
    else:  # style sheets may set pixels
        font.setPixelSize(max(9, round(font.pixelSize() * 0.9)))
    font.setWeight(QFont.Weight.DemiBold)
    return font
