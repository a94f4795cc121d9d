"""The slider of a confidence: how sure the machine has to be, and that in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.language.words import Words, percent

tr = Words("Confidence")


class ConfidenceSlider(QWidget):
    """A slider from 0 to 100 %, and the value beside it.

    Signals:
        changed(): Another value was chosen.
    """

    changed = Signal()

    def __init__(self, value: int, parent: QWidget | None = None) -> None:
        """Make it; ``value`` is in per cent."""
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setMinimumWidth(260)
        self.slider.setAccessibleName(tr("Minimum confidence"))
        self.text = PlainLabel()
        self.text.setFixedWidth(self.text.fontMetrics().horizontalAdvance(_sure(100)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.slider, 1)
        row.addWidget(self.text)
        self.setFocusProxy(self.slider)
        self.slider.valueChanged.connect(self._on_value_changed)
        self.slider.setValue(value)
        self.text.setText(_sure(value))

    @property
    def least(self) -> float:
        """The least confidence, 0..1."""
        return self.slider.value() / 100

    def _on_value_changed(self, value: int) -> None:
        self.text.setText(_sure(value))
        self.changed.emit()


def _sure(least: int) -> str:
    return tr("{share} or more").format(share=percent(least / 100))
