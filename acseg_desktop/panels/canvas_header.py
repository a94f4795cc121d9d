"""The header, the line above the canvas: which image, how far it is, the overlay's strength, and accepting it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QSlider, QToolButton, QWidget

from acseg_core.types import ImageRecord
from acseg_desktop.appearance.icons import BADGE, icon, paint_status, status_text
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.appearance.theme import current_tones
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.image_names import image_name
from acseg_desktop.language.words import Words

tr = Words("Canvas header")


_LEAST_LETTERS = 16
"""Letters of a name that stay when there is little room."""

_SLIDER = 120
"""Width of the slider; half of it where there is little room."""


class ElidedLabel(PlainLabel):
    """A line of text that is shortened where there is no room; it loses its middle unless told otherwise."""

    def __init__(self, *, mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle) -> None:
        super().__init__()
        self._mode = mode

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what there is room for."""
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self._mode, room.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class CanvasHeader(QFrame):
    """Shows the current image's name and status.

    Signals:
        opacity_changed(float): The slider was moved; 0..1.
    """

    opacity_changed = Signal(float)

    def __init__(
        self, *, previous: QAction, following: QAction, accept: QAction, overlay: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("CanvasHeader")
        self._record: ImageRecord | None = None
        self.name = ElidedLabel()
        self.name.setProperty("role", "heading")
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.badge = PlainLabel()
        self.status = PlainLabel()
        self.status.setProperty("role", "muted")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setFixedWidth(_SLIDER)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(tr("Overlay opacity"))
        self.slider.setToolTip(tr("Overlay opacity"))
        self.slider.valueChanged.connect(lambda value: self.opacity_changed.emit(value / 100))
        self.accept = QPushButton(f" {tr('Accept && next')}")
        self.accept.setProperty("primary", True)
        self.accept.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._accept_action = accept
        self.accept.clicked.connect(accept.trigger)
        accept.changed.connect(lambda: self.accept.setToolTip(accept.toolTip()))
        self.accept.setToolTip(accept.toolTip())
        accept.enabledChanged.connect(self.accept.setEnabled)
        self.accept.setEnabled(accept.isEnabled())
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        for action in (previous, following):
            row.addWidget(_button(action))
        row.addWidget(self.name, 1)
        row.addWidget(self.badge)
        row.addWidget(self.status)
        row.addSpacing(8)
        row.addWidget(_button(overlay))
        row.addWidget(self.slider)
        row.addSpacing(8)
        row.addWidget(self.accept)

    def show_record(self, record: ImageRecord | None) -> None:
        """Show an image's name and status."""
        self._record = record
        self.name.setText(image_name(record, short=record.info.tile is not None) if record else "")
        self.name.setToolTip(tip(image_name(record) if record else ""))
        self.status.setText(_status_text(record) if record else "")
        problem = translated(record.problem) if record else ""
        self.status.setToolTip(tip(problem))
        self.badge.setPixmap(_badge(record) if record else QPixmap())
        self.badge.setToolTip(tip(": ".join(each for each in (self.status.text(), problem) if each)))
        self._give_way()

    def show_names(self, count: int) -> None:
        """Say how many names accepting the image accepts; 0 where there are none, or where that is done."""
        self.accept.setText(" " + (tr("Accept %Ln name(s)", count) if count else tr("Accept && next")))
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the name."""
        super().resizeEvent(event)
        self._give_way()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._give_way()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show whether the keys go to what is below, which it watches."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("active", event.type() == QEvent.Type.FocusIn)
            self.style().unpolish(self)
            self.style().polish(self)
        return False

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        self.accept.setIcon(icon("check", tone="accent_text"))
        self.show_record(self._record)

    def _give_way(self) -> None:
        """Hide the word beside the badge, and shorten the slider, where the name needs the room."""
        row = self.layout()
        if row is None:
            return
        items = [row.itemAt(number) for number in range(row.count())]
        yielding = (self.name, self.status, self.slider)
        taken = sum(item.sizeHint().width() for item in items if item is not None and item.widget() not in yielding)
        margins = row.contentsMargins()
        gaps = sum(item is not None and item.widget() is not None for item in items) - 1
        room = self.width() - taken - margins.left() - margins.right() - row.spacing() * gaps
        metrics = self.name.fontMetrics()
        room -= min(metrics.horizontalAdvance(self.name.text()), _LEAST_LETTERS * metrics.averageCharWidth())
        self.slider.setFixedWidth(min(_SLIDER, max(_SLIDER // 2, room)))
        room -= _SLIDER
        self.status.setVisible(room >= self.status.sizeHint().width())


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setProperty("large", True)
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _status_text(record: ImageRecord) -> str:
    """One word for a problem, which the banner tells in full; else the status."""
    if not record.problem:
        return tr("Done, reviewed") if record.is_reviewed else status_text(record.status)
    word = record.problem.partition(" ")[0]
    return {"missing": tr("Missing"), "changed": tr("Changed")}.get(word, tr("Unreadable"))


def _badge(record: ImageRecord) -> QPixmap:
    side = scaled(BADGE)
    pixmap = QPixmap(QSize(side + 1, side + 1) * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    box = QRectF(0.5, 0.5, side, side)
    paint_status(painter, box, record.status, problem=bool(record.problem), tones=current_tones())
    painter.end()
    return pixmap
