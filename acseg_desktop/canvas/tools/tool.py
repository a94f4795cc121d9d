"""What every tool is: it gets the canvas's mouse events, draws over the picture, and says which keys are live."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter

if TYPE_CHECKING:
    from acseg_desktop.canvas.view import ImageCanvas

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


class Tool(QObject):
    """One way to use the mouse on the canvas. Panning, zooming and hovering are the canvas's own.

    Signals:
        changed(): The hint, or whether something is being drawn, is different now.
        refused(str): Why nothing was begun.

    Attributes:
        obstacle: Says why nothing can be edited now, or "".
    """

    changed = Signal()
    refused = Signal(str)

    gathers = False
    """Whether it gathers points or clicks, so that Enter and Backspace are its own all the time."""

    def __init__(self, canvas: ImageCanvas) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.obstacle: Callable[[], str] = lambda: ""

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
        """The wheel was turned with Alt or Shift; False to zoom as without."""
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

    def draw(self, painter: QPainter) -> None:
        """Draw over the picture, in logical coordinates."""

    def _refuse(self) -> bool:
        """Whether nothing can be begun now; says why."""
        reason = self.obstacle()
        if reason:
            self.refused.emit(reason)
        return bool(reason)
