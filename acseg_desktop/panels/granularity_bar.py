"""The granularity slider above the list of regions: how many there are, how coarse or fine, and where images start."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acseg_core.proposals.tree import DEFAULT_GRANULARITY
from acseg_core.types import DefaultGranularity, GranularitySource
from acseg_desktop.appearance.icons import SMALL
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.language.words import Words
from acseg_desktop.panels.fitting_label import FittingLabel

tr = Words("Granularity")

_STEPS = 100
_USUAL_TIP = tr.mark("Coarser or finer regions in this image; double-click to reset")

_DEFAULT_TIP = tr.mark("New images, and those you have not worked on yet, start at this granularity")


def default_words(default: DefaultGranularity) -> tuple[str, str, str]:
    """What is said of a default granularity, what the button beside it is called, and what that does."""
    if default.source is GranularitySource.PEOPLE:
        effect = tr("Do not follow the granularity of your last images; start over with the next ones")
        return tr("From your last %Ln image(s)", default.images), tr("Reset"), effect
    if default.source is GranularitySource.IMAGES:
        effect = tr("Use the standard granularity instead of the one that suits the images of this project")
        return tr("Calibrated on %Ln image(s)", default.images), tr("Reset"), effect
    effect = tr("Use the granularity that suits the images of this project")
    return tr("Standard granularity"), tr("Calibrate"), effect


def count_text(count: int) -> str:
    """A number of regions in words."""
    return tr("%Ln region(s)", count)


class JumpSlider(QSlider):
    """A slider whose handle comes to the cursor at once.

    Signals:
        double_clicked(): Anywhere on it.
    """

    double_clicked = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle under the cursor, then drag it as usual."""
        if event.button() == Qt.MouseButton.LeftButton:
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            parts, slider = self.style(), QStyle.ComplexControl.CC_Slider
            handle = parts.subControlRect(slider, option, QStyle.SubControl.SC_SliderHandle, self)
            if not handle.contains(event.position().toPoint()):
                room = self.width() - handle.width()
                place = round(event.position().x()) - handle.width() // 2
                self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), place, room))
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Not a second press: it would move the handle again."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit()


class GranularityBar(QWidget):
    """Shows and changes the cut of the current image.

    Signals:
        moved(float): The user moved the slider, by mouse, wheel or key; granularity 0..1.
        released(): The mouse let the handle go.
        reset_requested(): The default granularity is wanted.
        default_reset_requested(): The project is to have another default: that before it was learned, or that again.
    """

    moved = Signal(float)
    released = Signal()
    reset_requested = Signal()
    default_reset_requested = Signal()

    def __init__(self, *, coarser: QAction, finer: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = PlainLabel(tr("Granularity"))
        title.setProperty("role", "section")
        self.count = PlainLabel()
        self.count.setProperty("role", "muted")
        self.slider = JumpSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setSingleStep(2)
        self.slider.setPageStep(10)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(tr("Granularity"))
        title.setBuddy(self.slider)
        self.slider.valueChanged.connect(lambda value: self.moved.emit(value / _STEPS))
        self.slider.sliderReleased.connect(self.released)
        self.slider.double_clicked.connect(self.reset_requested)
        words = QHBoxLayout()
        words.addWidget(title)
        words.addStretch(1)
        words.addWidget(self.count)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(_button(coarser))
        row.addWidget(self.slider, 1)
        row.addWidget(_button(finer))
        self.default = FittingLabel()
        self.default.setProperty("role", "muted")
        self.default_reset = QToolButton()
        self.default_reset.setAutoRaise(True)
        self.default_reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.default_reset.clicked.connect(self.default_reset_requested)
        start = QHBoxLayout()
        start.setSpacing(4)
        start.addWidget(self.default, 1)
        start.addWidget(self.default_reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 4)
        layout.setSpacing(0)
        layout.addLayout(words)
        layout.addLayout(row)
        layout.addLayout(start)
        self._default = DEFAULT_GRANULARITY
        self.show_default(None)
        self.show_cut(None)
        self.show_count(None)

    @property
    def is_held(self) -> bool:
        """Whether the mouse holds the handle."""
        return self.slider.isSliderDown()

    def show_cut(self, granularity: float | None, *, reason: str = "") -> None:
        """Show a granularity without telling that it moved; a ``reason`` says why it cannot be changed."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round((self._default if granularity is None else granularity) * _STEPS))
        self.slider.setEnabled(granularity is not None and not reason)
        self.slider.setToolTip(tip(reason or tr(_USUAL_TIP)))

    @property
    def default_value(self) -> int:
        """Where the slider is at the project's default granularity."""
        return round(self._default * _STEPS)

    def show_default(self, default: DefaultGranularity | None, *, can_edit: bool = True) -> None:
        """Say what the project's default granularity comes from; None, and the standard of any project, say nothing."""
        self._default = DEFAULT_GRANULARITY if default is None else default.granularity
        is_said = default is not None and default.images > 0
        self.default.setVisible(is_said)
        self.default_reset.setVisible(is_said and can_edit)
        if default is None or not is_said:
            return
        words, button, effect = default_words(default)
        self.default.say(words)
        self.default.setToolTip(tip(tr(_DEFAULT_TIP), wraps=True))
        self.default_reset.setText(button)
        self.default_reset.setToolTip(tip(effect, wraps=True))
        self.default_reset.setAccessibleDescription(effect)

    def show_count(self, count: int | None) -> None:
        """Show how many regions the image has; None where there is no image."""
        self.count.setText("" if count is None else count_text(count))


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(SMALL)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
