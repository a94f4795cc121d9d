"""The options bar above the photo: into which label the tool in use draws, and how large its brush is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from acseg_desktop.appearance.icons import swatch
from acseg_desktop.appearance.number_field import number_field
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.canvas.tools.brush import MAX_SIZE, MIN_SIZE
from acseg_desktop.canvas.tools.tool import Target
from acseg_desktop.language.words import Words
from acseg_desktop.panels.granularity_bar import JumpSlider

tr = Words("Tools")

_STEPS = 200
"""Steps of the slider; equal ways on it are equal factors."""


@dataclass(frozen=True, slots=True)
class ToolState:
    """What the bar shows.

    Attributes:
        name: Of the tool.
        target: Where what is drawn goes to.
        diameter: Of its brush, in image pixels; None where it has none.
    """

    name: str
    target: Target
    diameter: int | None = None


class ToolOptions(QFrame):
    """Shown while a tool that draws is in use.

    Signals:
        size_chosen(int): Another diameter, in image pixels.
        done(): The number was entered; the keys are the canvas's again.
    """

    size_chosen = Signal(int)
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("CanvasHeader")
        self.title, self.mark, self.target = PlainLabel(), PlainLabel(), PlainLabel()
        self.slider = JumpSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setMinimumWidth(80)
        self.slider.setMaximumWidth(220)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(tr("Brush size"))
        self.size_field = number_field(minimum=MIN_SIZE, maximum=MAX_SIZE, suffix=" " + tr("px"))
        self.size_field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.size_field.setKeyboardTracking(False)
        self.size_field.setAccessibleName(tr("Brush size"))
        for widget in (self.slider, self.size_field):
            widget.setToolTip(tr("Brush size ([ and ], or the wheel with Ctrl or Alt)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        for part in (self.title, self.mark, self.target):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.slider, 2)
        row.addWidget(self.size_field)
        self.title.setProperty("role", "muted")
        self.slider.valueChanged.connect(lambda value: self.size_chosen.emit(_size_at(value)))
        self.size_field.valueChanged.connect(self.size_chosen)
        self.size_field.lineEdit().returnPressed.connect(self.done)
        self.setMinimumHeight(scaled(44))  # the same with and without a field, so that the photo stays where it is
        self.hide()

    def show_state(self, state: ToolState | None) -> None:
        """Show what a tool is set to; None hides the bar."""
        self.setVisible(state is not None)
        if state is None:
            return
        self.title.setText(state.name)
        self.target.setText(state.target.sentence)
        self.mark.setVisible(bool(state.target.color))
        if state.target.color:
            self.mark.setPixmap(swatch(state.target.color))
        for widget in (self.slider, self.size_field):
            widget.setVisible(state.diameter is not None)
        if state.diameter is not None:
            with QSignalBlocker(self.slider), QSignalBlocker(self.size_field):
                self.slider.setValue(_place_of(state.diameter))
                self.size_field.setValue(state.diameter)


def _size_at(place: int) -> int:
    size: float = MAX_SIZE ** (place / _STEPS)
    return round(size)


def _place_of(size: int) -> int:
    return round(_STEPS * math.log(size) / math.log(MAX_SIZE))
