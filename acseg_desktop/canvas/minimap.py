"""The overview map: the whole photo or scene, small, in a corner, with what is in sight marked; it moves the view."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from acseg_core.types import ImageStatus
from acseg_desktop.appearance.theme import current_tones
from acseg_desktop.canvas.mosaic import Mosaic
from acseg_desktop.canvas.pyramid import Pyramid

SIDE = 168
"""Length of the longer side in logical pixels, at most."""
_LEAST = 6.0
"""Length of the mark's sides in logical pixels, at least."""


class MiniMap(QWidget):
    """The whole photo, small.

    Signals:
        place_wanted(float, float): This place of the photo, in 0..1 across and down, is to be in the middle.
    """

    place_wanted = Signal(float, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._seen = QRectF()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Overview"))
        self.hide()

    def show_photo(self, pyramid: Pyramid, table: NDArray[np.uint8] | None) -> None:
        """Take another photo, or another tone of it."""
        self._show(pyramid.smallest, pyramid.width, pyramid.height, table)

    def _show(self, picture: NDArray[np.uint8], width: int, height: int, table: NDArray[np.uint8] | None) -> None:
        ratio = self.devicePixelRatioF()
        longer = max(width, height)
        size = QSize(max(8, round(width * SIDE / longer)), max(8, round(height * SIDE / longer)))
        small = cv2.resize(
            picture,
            (size * ratio).toTuple(),
            interpolation=cv2.INTER_AREA if longer > SIDE else cv2.INTER_NEAREST,
        )
        pixels = np.ascontiguousarray(small if table is None else cv2.LUT(small, table))
        height, width = pixels.shape[:2]
        self._image = QImage(pixels.data, width, height, width * 3, QImage.Format.Format_RGB888).copy()
        self.resize(size)
        self.update()

    def show_scene(self, mosaic: Mosaic, table: NDArray[np.uint8] | None) -> None:
        """Take the picture of a scene, with its tiles in the colours of their status."""
        width, height = mosaic.scene.width, mosaic.scene.height
        if mosaic.overview is None:
            blank = np.full((8, 8, 3), 110, np.uint8)
            self._show(blank, width, height, None)
        else:
            self._show(mosaic.overview.smallest, width, height, table)
        tones = current_tones()
        shades = {
            ImageStatus.PROPOSED: (tones.accent, 70),
            ImageStatus.IN_REVIEW: (tones.warning, 110),
            ImageStatus.DONE: (tones.good, 150),
        }
        painter = QPainter(self._image)
        painter.scale(self._image.width() / width, self._image.height() / height)
        for record in mosaic.records.values():
            tile, (color, strength) = record.info.tile, shades.get(record.status, ("", 0))
            if tile is not None and strength:
                shade = QColor(color)
                shade.setAlpha(strength)
                painter.fillRect(QRectF(tile.left, tile.top, record.width, record.height), shade)
        painter.end()

    def show_seen(self, seen: QRectF) -> None:
        """Mark the part of the photo in sight, in 0..1 across and down."""
        if seen != self._seen:
            self._seen = seen
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the photo, what is out of sight darker, and a frame."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        painter.drawImage(whole, self._image)
        mark = self._mark()
        shade = QColor(0, 0, 0, 110)
        painter.fillRect(QRectF(0, 0, whole.width(), mark.top()), shade)
        painter.fillRect(QRectF(0, mark.bottom(), whole.width(), whole.height() - mark.bottom()), shade)
        painter.fillRect(QRectF(0, mark.top(), mark.left(), mark.height()), shade)
        painter.fillRect(QRectF(mark.right(), mark.top(), whole.width() - mark.right(), mark.height()), shade)
        painter.setPen(QPen(QColor(255, 255, 255), 1.5))
        painter.drawRect(mark.adjusted(0.75, 0.75, -0.75, -0.75))
        painter.setPen(QPen(QColor(0, 0, 0, 170), 1))
        painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._want(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._want(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Not for the canvas below."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Not for the canvas below."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not for the canvas below, which would zoom at a place that is not seen."""
        event.accept()

    def _want(self, point: QPointF) -> None:
        x, y = point.x() / max(1, self.width()), point.y() / max(1, self.height())
        self.place_wanted.emit(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))

    def _mark(self) -> QRectF:
        seen = self._seen.intersected(QRectF(0, 0, 1, 1))
        mark = QRectF(
            seen.left() * self.width(),
            seen.top() * self.height(),
            seen.width() * self.width(),
            seen.height() * self.height(),
        )
        extra = QPointF(max(0.0, _LEAST - mark.width()) / 2, max(0.0, _LEAST - mark.height()) / 2)
        return mark.adjusted(-extra.x(), -extra.y(), extra.x(), extra.y())
