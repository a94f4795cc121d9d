"""The base of every tool: it gets the canvas's mouse events, draws over the picture, and says which keys are live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QObject, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from acseg_desktop.actions.need import Need
from acseg_desktop.actions.spec import without_mnemonic
from acseg_desktop.canvas.chips import draw_tag
from acseg_desktop.canvas.drawing import chip_font
from acseg_desktop.canvas.tools.surface import Surface
from acseg_desktop.language.words import Words

tr = Words("Actions")

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """How a tool is chosen; the action that does so is made from it.

    Attributes:
        id: Id of the action; the keys that users choose are stored by it.
        title: In the menu, with its mnemonic, in English; translated with the texts of the actions.
        icon: Material Design icon.
        keys: Shortcuts in Qt's portable text.
        needs: When it can be chosen.
        separated: Whether a line goes before it in the menu.
        tip: What the tip of its button says that it does, in English; translated with the texts of the actions.
    """

    id: str
    title: str
    icon: str
    keys: tuple[str, ...]
    needs: Need
    separated: bool = False
    tip: str = ""

    @property
    def name(self) -> str:
        """The title without its mnemonic, in the language of the window."""
        return without_mnemonic(tr(self.title))


@dataclass(frozen=True, slots=True)
class Target:
    """Where what a tool draws goes to.

    Attributes:
        name: Of the label, or a word for none; on the chip at the cursor.
        color: "#rrggbb" of the label, or "".
        sentence: The same in the options bar.
    """

    name: str = ""
    color: str = ""
    sentence: str = ""


TAG = QSizeF(190, 34)
"""Logical pixels that the chip at the cursor needs at most."""
_TAG_AWAY = 12.0
_PLAIN = "#5c6470"
"""Of the chip where there is no label."""


class Tool(QObject):
    """One way to use the mouse on the canvas. Panning, zooming and hovering are the canvas's own.

    Signals:
        changed(): The hint, or whether something is being drawn, is different now.
        refused(str): Why nothing was begun.
        drawn(Preview): Pixels for a region are complete, to be saved.
        line_drawn(int, list): The region to be split, and the points of the line (x, y) in image coordinates.

    Attributes:
        obstacle: Says why nothing can be edited now, or "".
        label_id: The label of new regions, or None.
        label_color: "#rrggbb" of that label, or "".
        target: What the chip at the cursor says.
    """

    changed = Signal()
    refused = Signal(str)
    drawn = Signal(object)
    line_drawn = Signal(int, list)

    spec: ClassVar[ToolSpec]

    gathers = False
    """Whether it gathers points or clicks, so that Backspace is its own all the time."""
    keeps_enter = False
    """Whether Enter is its own also while it has gathered nothing; else that accepts the image."""
    makes_regions = False
    """Whether it draws new regions where none is selected."""
    asks_name = False
    """Whether a new region that gets no label is asked for its name at once."""

    def __init__(self, surface: Surface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.surface = surface
        self.obstacle: Callable[[], str] = lambda: ""
        self.label_id: int | None = None
        self.label_color = ""
        self.target = Target()

    @property
    def details(self) -> str:
        """What else there is to know of the tool as it is set, in words; "" for nothing."""
        return ""

    @property
    def hint(self) -> str:
        """The keys that are live, in words."""
        return ""

    @property
    def is_drawing(self) -> bool:
        """Whether something was begun that can be finished or called off."""
        return False

    @property
    def is_painting(self) -> bool:
        """Whether every movement of the mouse changes pixels just now."""
        return False

    @property
    def highlights(self) -> bool:
        """Whether the region under the cursor is highlighted."""
        return True

    @property
    def cursor(self) -> Qt.CursorShape | None:
        """Shape over the picture; None for the usual arrow."""
        return None

    def press(self, _event: QMouseEvent) -> bool:
        """Take a button of the mouse going down, or leave it."""
        return False

    def move(self, event: QMouseEvent) -> None:
        """The mouse moved, with or without a button."""

    def release(self, event: QMouseEvent) -> None:
        """A button that this tool took goes up."""

    def lose_release(self) -> None:
        """The button went up where it was not seen; what goes on while a button is down is called off."""
        self.cancel()

    def double_click(self, event: QMouseEvent) -> bool:
        """A second press soon after the first; a press like any other unless the tool knows better."""
        return self.press(event)

    def turn_wheel(self, _notches: float) -> bool:
        """The wheel was turned with Alt, Ctrl or Shift; False to zoom as without."""
        return False

    def set_modifiers(self, modifiers: Qt.KeyboardModifier) -> None:
        """Keys like Alt went down or up."""

    def finish(self) -> None:
        """Complete what is being drawn."""

    def step_back(self) -> None:
        """Take back the last point of what is being drawn."""

    def cancel(self) -> None:
        """Call off what is being drawn."""

    def leave(self) -> None:
        """The mouse is over something else now."""

    def forget_place(self) -> None:
        """Another picture is shown: where something was drawn last means nothing there."""

    def draw(self, painter: QPainter) -> None:
        """Draw over the picture, in logical coordinates."""

    def _draw_target(self, painter: QPainter, at: QPointF, *, away: float = 0.0) -> None:
        """Draw the chip that says into which label the tool draws, beside the cursor and so far from it."""
        if self.target.name:
            painter.save()
            painter.setFont(chip_font(painter.font()))
            place = at + QPointF(_TAG_AWAY + away, _TAG_AWAY + away)
            draw_tag(painter, place, self.target.name, self.target.color or _PLAIN)
            painter.restore()

    def _refuse(self) -> bool:
        """Whether nothing can be begun now; says why."""
        reason = self.obstacle()
        if reason:
            self.refused.emit(reason)
        return bool(reason)
