"""A picture before and after a change, side by side, with a divider between them to drag."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.appearance.theme import current_tones
from acseg_desktop.language.words import Words, percent

tr = Words("Training")

_STEP, _LEAP = 0.05, 0.25
_HANDLE = 9
"""Radius of the handle in pixels, beside text of the usual size."""
_SCRIM = QColor(0, 0, 0, 165)


class BeforeAfter(QWidget):
    """Left of the divider is what was before, right of it what is after.

    Drag the divider or click where it should be; the arrow keys move it, Home and End show one of the two only.

    Signals:
        moved(float): The user moved the divider; the share of the picture to its left.
    """

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = 0.5
        self.name = ""
        self._before, self._after = QImage(), QImage()
        self._captions = tr("Before"), tr("After")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    @property
    def has_both(self) -> bool:
        """Whether there is something to compare."""
        return not self._before.isNull() and not self._after.isNull()

    def show_pictures(self, name: str, before: QImage, after: QImage) -> None:
        """Show other pictures; one that is not there yet may be null."""
        self.name, self._before, self._after = name, before, after
        self._describe()
        self.updateGeometry()
        self.update()

    def set_share(self, share: float) -> None:
        """Put the divider somewhere; nothing is emitted."""
        kept = min(1.0, max(0.0, share))
        if kept != self.share:
            self.share = kept
            self._describe()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as it is given; as high as the picture asks for."""
        return QSize(scaled(220), self.heightForWidth(scaled(220)))

    def minimumSizeHint(self) -> QSize:
        """Small is possible."""
        return QSize(scaled(96), scaled(64))

    def hasHeightForWidth(self) -> bool:
        """The picture keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the picture is at that width; never higher than wide."""
        size = self._size
        return max(scaled(64), min(width, round(width * size.height() / max(1, size.width()))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the divider."""
        shares = {
            Qt.Key.Key_Left: self.share - _STEP,
            Qt.Key.Key_Right: self.share + _STEP,
            Qt.Key.Key_PageDown: self.share - _LEAP,
            Qt.Key.Key_PageUp: self.share + _LEAP,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: 1.0,
        }
        if event.key() in shares and self.has_both:
            self._move(shares[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the divider here."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take it along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both sides, the divider, and what is what."""
        tones, painter, box = current_tones(), QPainter(self), self.picture_rect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setClipPath(frame)
        painter.fillRect(self.rect(), QColor(tones.canvas))
        if self._before.isNull():
            painter.setPen(QColor(tones.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("not yet"))
        else:
            painter.drawImage(box, self._before)
        if self.has_both:
            self._draw_after(painter, box)
            self._draw_divider(painter, box)
            self._draw_caption(painter, box, self._captions[0], right=False)
            self._draw_caption(painter, box, self._captions[1], right=True)
        elif not self._before.isNull():
            self._draw_caption(painter, box, self._captions[0], right=False)
        if self.hasFocus():
            painter.setClipping(False)
            painter.setPen(QPen(QColor(tones.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    @property
    def picture_rect(self) -> QRect:
        """Where the picture is in the widget."""
        size = self._size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        return QRect(left, top, size.width(), size.height())

    @property
    def _size(self) -> QSize:
        return QSize(3, 2) if self._before.isNull() else self._before.size()

    def _draw_after(self, painter: QPainter, box: QRect) -> None:
        edge = self._edge(box)
        right = QRectF(edge, box.top(), box.right() + 1 - edge, box.height())
        painter.save()
        painter.setClipRect(right, Qt.ClipOperation.IntersectClip)
        painter.drawImage(box, self._after)
        painter.restore()

    def _draw_divider(self, painter: QPainter, box: QRect) -> None:
        edge, middle, radius = self._edge(box), box.center().y(), scaled(_HANDLE)
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        for color, width in ((QColor(0, 0, 0, 150), 4.0), (QColor("white"), 2.0)):
            painter.setPen(QPen(color, width))
            painter.drawLine(QPointF(edge, box.top()), QPointF(edge, box.bottom() + 1))
        painter.setPen(QPen(QColor(0, 0, 0, 150), 1))
        painter.setBrush(QColor("white"))
        painter.drawEllipse(QPointF(edge, middle), radius, radius)
        painter.setPen(QPen(QColor("#1c2028"), 1.5))
        for side in (-1, 1):
            at, arm = edge + side * radius * 0.55, radius * 0.28
            painter.drawLine(QPointF(at, middle), QPointF(at - side * arm, middle - arm))
            painter.drawLine(QPointF(at, middle), QPointF(at - side * arm, middle + arm))

    def _draw_caption(self, painter: QPainter, box: QRect, text: str, *, right: bool) -> None:
        """A caption stays at its side, and goes when there is no room for it beside the divider."""
        metrics, edge = self.fontMetrics(), self._edge(box) if self.has_both else box.right()
        size = QSize(metrics.horizontalAdvance(text) + 10, metrics.height() + 4)
        room = box.right() - edge if right else edge - box.left()
        if room < size.width() + 8:
            return
        left = box.right() - 3 - size.width() if right else box.left() + 4
        chip = QRectF(left, box.top() + 4, size.width(), size.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SCRIM)
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(QColor("white"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)

    def _edge(self, box: QRect) -> float:
        return box.left() + self.share * box.width()

    def _drag(self, event: QMouseEvent) -> None:
        box = self.picture_rect
        if self.has_both:
            self._move((event.position().x() - box.left()) / max(1, box.width()))

    def _move(self, share: float) -> None:
        self.set_share(share)
        self.moved.emit(self.share)

    def _describe(self) -> None:
        self.setAccessibleName(tr("{name}: before and after").format(name=self.name) if self.name else tr("Picture"))
        if self.has_both:
            told = tr("Divider at {share}: before on the left, after on the right. The arrow keys move it.")
            self.setAccessibleDescription(told.format(share=percent(self.share)))
        else:
            self.setAccessibleDescription(tr("The picture after training is not there yet."))
