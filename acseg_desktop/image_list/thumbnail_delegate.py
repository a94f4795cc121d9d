"""Draws one cell of the image list: picture, status badge, name, and how many regions have names."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from acseg_desktop.appearance.icons import BADGE, icon, paint_status
from acseg_desktop.appearance.scaling import scaled, text_scale
from acseg_desktop.appearance.theme import current_tones
from acseg_desktop.image_list.listing import ImageRow
from acseg_desktop.image_list.model import ImageListModel

_ANY_INDEX = QModelIndex | QPersistentModelIndex
_PICTURE = QSize(112, 84)
_AROUND_TEXT = 8
_TALL_TEXT = 1.25
"""Size of text from which on the name has a line of its own: nothing would be left of it beside the count."""


def picture_size() -> QSize:
    """Size of a picture: as large text needs room for names, it grows too, but less."""
    growth = max(0.0, text_scale() - 1)
    return QSize(round(_PICTURE.width() * (1 + growth / 2)), round(_PICTURE.height() * (1 + growth / 5)))


def cell_size() -> QSize:
    """Size of a cell: a picture with one or two lines of text below, in the size of text in use."""
    picture, lines = picture_size(), 1 if text_scale() < _TALL_TEXT else 2
    text = max(scaled(26), lines * QFontMetrics(_small(QApplication.font())).height() + _AROUND_TEXT)
    return QSize(picture.width() + 12, picture.height() + 6 + text)


def _small(font: QFont) -> QFont:
    """The font of what is below a picture."""
    small = QFont(font)
    if small.pointSizeF() > 0:
        small.setPointSizeF(max(7.5, small.pointSizeF() - 1.5))
    else:
        small.setPixelSize(max(10, small.pixelSize() - 2))
    return small


class ThumbnailDelegate(QStyledItemDelegate):
    """Picture, badge, name, and how many regions have names."""

    def __init__(self, model: ImageListModel, shown_row: Callable[[], int | None], parent: QWidget) -> None:
        """Make a delegate; ``shown_row`` gives the row of the image on the canvas."""
        super().__init__(parent)
        self._model = model
        self._shown_row = shown_row

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _ANY_INDEX) -> None:
        """Draw one cell: the image on the canvas has a frame, what is selected has a ground."""
        tones, box = current_tones(), QRect(option.rect)
        row = self._model.row(index.row())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.accent_soft if selected else tones.hover))
            painter.drawRoundedRect(QRectF(box).adjusted(2, 2, -2, -2), 8, 8)
        picture = picture_size()
        frame = QRect(QPoint(box.left() + (box.width() - picture.width()) // 2, box.top() + 6), picture)
        pixmap = self._model.thumbnail(row) if row is not None else None
        _paint_picture(painter, frame, pixmap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if index.row() == self._shown_row():
            painter.setPen(QPen(QColor(tones.accent), 2))
            painter.drawRoundedRect(QRectF(frame), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tones.accent), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(QRectF(box).adjusted(2.5, 2.5, -2.5, -2.5), 8, 8)
        if row is not None:
            side = scaled(BADGE)
            badge = QRectF(frame.right() - side - 3, frame.top() + 4, side, side)
            paint_status(painter, badge, row.record.status, problem=bool(row.record.problem), tones=tones)
            _paint_text(painter, box, frame, row)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _ANY_INDEX) -> QSize:
        """All cells are alike."""
        return cell_size()


def _paint_picture(painter: QPainter, frame: QRect, pixmap: QPixmap | None) -> None:
    tones = current_tones()
    clip = QPainterPath()
    clip.addRoundedRect(QRectF(frame), 6, 6)
    painter.save()
    painter.setClipPath(clip)
    painter.fillRect(frame, QColor(tones.hover))
    if pixmap is not None and not pixmap.isNull():
        size = pixmap.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        target = QRect(QPoint(0, 0), size)
        target.moveCenter(frame.center())
        painter.drawPixmap(target, pixmap)
    elif pixmap is not None:
        mark = icon("image-broken-variant", tone="faint").pixmap(QSize(28, 28))
        painter.drawPixmap(frame.center() - QPoint(14, 14), mark)
    painter.restore()


def _paint_text(painter: QPainter, box: QRect, frame: QRect, row: ImageRow) -> None:
    tones = current_tones()
    painter.setFont(_small(painter.font()))
    metrics = painter.fontMetrics()
    count = f"{row.named}/{row.regions}" if row.regions else ""
    name = row.record.path.rpartition("/")[2]
    line = QRect(frame.left(), frame.bottom() + 3, frame.width(), box.bottom() - frame.bottom() - 6)
    below, room = line, line.width()
    if text_scale() < _TALL_TEXT:
        room -= metrics.horizontalAdvance(count) + (6 if count else 0)
    else:
        below = line.adjusted(0, line.height() // 2, 0, 0)
        line.setHeight(line.height() // 2)
    painter.setPen(QColor(tones.muted))
    painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
    painter.setPen(QColor(tones.text))
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room))
