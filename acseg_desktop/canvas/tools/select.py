"""The select tool, the usual one: clicks select, and boxes what they enclose, with Alt what they touch."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from acseg_desktop.actions.need import Need
from acseg_desktop.canvas.drawing import draw_box
from acseg_desktop.canvas.selection import boxed, clicked
from acseg_desktop.canvas.tools.surface import Surface
from acseg_desktop.canvas.tools.tool import LEFT, Tool, ToolSpec

_ALT = Qt.KeyboardModifier.AltModifier
_ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class SelectTool(Tool):
    """Selects.

    Signals:
        region_double_clicked(int): Its id.
    """

    region_double_clicked = Signal(int)

    spec = ToolSpec(
        "tool.select",
        "&Select",
        "cursor-default-outline",
        ("V",),
        Need.PROJECT | Need.IMAGE,
        tip="Select regions: click, or drag a box",
    )

    def __init__(self, surface: Surface, parent: QObject | None = None) -> None:
        super().__init__(surface, parent)
        self._pressed_at: QPointF | None = None
        self._box: QRectF | None = None
        self._touches = False

    @property
    def is_drawing(self) -> bool:
        """Whether a box is being drawn."""
        return self._box is not None

    @property
    def highlights(self) -> bool:
        """A box highlights what it would select instead."""
        return self._box is None

    def press(self, event: QMouseEvent) -> bool:
        """Begin a click or a box."""
        if event.button() != LEFT:
            return False
        self._pressed_at = event.position()
        return True

    def move(self, event: QMouseEvent) -> None:
        """Stretch the box."""
        if self._pressed_at is None:
            return
        self._touches = bool(event.modifiers() & _ALT)
        moved = (event.position() - self._pressed_at).manhattanLength()
        if self._box is not None or moved >= QApplication.startDragDistance():
            self._stretch_box(QRectF(self._pressed_at, event.position()).normalized())

    def release(self, event: QMouseEvent) -> None:
        """Select."""
        if event.button() != LEFT or self._pressed_at is None:
            return
        surface, adding, box = self.surface, bool(event.modifiers() & _ADDING), self._box
        touches = bool(event.modifiers() & _ALT)
        self._drop_box()
        if box is None:
            surface.select(clicked(surface.selection, surface.region_at(event.position()), toggle=adding))
        else:
            surface.select(boxed(surface.selection, surface.regions_in(box, touching=touches), add=adding))

    def double_click(self, event: QMouseEvent) -> bool:
        """Select the region under the cursor, if its first click has not done so, and tell which."""
        if event.button() != LEFT or event.modifiers() & _ADDING:
            return self.press(event)  # quick single clicks are single clicks
        region_id = self.surface.region_at(event.position())
        if region_id is not None:
            self.surface.select([region_id])
            self.region_double_clicked.emit(region_id)
        return True

    def set_modifiers(self, modifiers: Qt.KeyboardModifier) -> None:
        """Alt went down or up while a box is drawn."""
        self._touches = bool(modifiers & _ALT)
        if self._box is not None:
            self._stretch_box(self._box)

    def cancel(self) -> None:
        """Drop the box."""
        if self._box is not None:
            self.surface.highlight(frozenset())
        self._drop_box()

    def draw(self, painter: QPainter) -> None:
        """Draw the box."""
        if self._box is not None:
            draw_box(painter, self._box, self.surface.palette())

    def _stretch_box(self, box: QRectF) -> None:
        self._update_box()
        self._box = box
        self._update_box()
        self.surface.highlight(self.surface.regions_in(box, touching=self._touches))

    def _drop_box(self) -> None:
        self._update_box()
        self._box = self._pressed_at = None

    def _update_box(self) -> None:
        if self._box is not None:
            self.surface.update(self._box.toAlignedRect().adjusted(-2, -2, 2, 2))
