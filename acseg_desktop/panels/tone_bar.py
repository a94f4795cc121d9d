"""The tone bar: sliders above the photo for brightness, contrast and gamma. They change what is shown, never a file."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from acseg_desktop.appearance.icons import SMALL, icon
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.canvas.tone import MAX_GAMMA, Tone
from acseg_desktop.language.words import Words, decimal
from acseg_desktop.panels.granularity_bar import JumpSlider

tr = Words("Tone")

_STEPS = 100


class ToneBar(QFrame):
    """Shows and changes a tone.

    Signals:
        changed(Tone): A slider was moved.
        closed(): The bar is not wanted any more.
    """

    changed = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("CanvasHeader")
        self.reset = QPushButton(tr("Reset"))
        self.reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reset.clicked.connect(lambda: self.show_tone(Tone(), tell=True))
        self.close_button = QToolButton()
        self.close_button.setIconSize(SMALL)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setToolTip(tr("Close (keeps these settings)"))
        self.close_button.setAccessibleName(tr("Close"))
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        self.brightness, self._brightness_text = self._add(row, tr("Brightness"))
        self.contrast, self._contrast_text = self._add(row, tr("Contrast"))
        self.gamma, self._gamma_text = self._add(row, tr("Gamma"))
        row.addStretch(1)
        row.addWidget(self.reset)
        row.addWidget(self.close_button)
        self._show_numbers()

    @property
    def tone(self) -> Tone:
        """What the sliders say."""
        gamma = MAX_GAMMA ** (self.gamma.value() / _STEPS)
        return Tone(self.brightness.value() / _STEPS, self.contrast.value() / _STEPS, gamma)

    def show_tone(self, tone: Tone, *, tell: bool = False) -> None:
        """Move the sliders."""
        exponent = math.log(tone.gamma, MAX_GAMMA)
        for slider, value in (
            (self.brightness, tone.brightness),
            (self.contrast, tone.contrast),
            (self.gamma, exponent),
        ):
            with QSignalBlocker(slider):
                slider.setValue(round(value * _STEPS))
        self._show_numbers()
        if tell:
            self.changed.emit(self.tone)

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        self.close_button.setIcon(icon("close"))

    def _add(self, row: QHBoxLayout, name: str) -> tuple[JumpSlider, QLabel]:
        slider, number = JumpSlider(Qt.Orientation.Horizontal), PlainLabel()
        slider.setRange(-_STEPS, _STEPS)
        slider.setPageStep(10)
        slider.setMinimumWidth(60)
        slider.setMaximumWidth(160)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.setAccessibleName(name)
        slider.setToolTip(tr("Double-click to reset"))
        slider.valueChanged.connect(self._on_moved)
        slider.double_clicked.connect(lambda: slider.setValue(0))
        number.setProperty("role", "muted")
        number.setMinimumWidth(number.fontMetrics().horizontalAdvance("-0.00"))
        title = PlainLabel(name)
        title.setBuddy(slider)
        for widget in (title, slider, number):
            row.addWidget(widget, 1 if widget is slider else 0)
        return slider, number

    def _on_moved(self) -> None:
        self._show_numbers()
        self.changed.emit(self.tone)

    def _show_numbers(self) -> None:
        tone = self.tone
        for label, value in (
            (self._brightness_text, tone.brightness),
            (self._contrast_text, tone.contrast),
            (self._gamma_text, tone.gamma),
        ):
            label.setText(decimal(value, digits=2))
        self.reset.setEnabled(not tone.is_plain)
