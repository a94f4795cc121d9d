"""The line tool: a line drawn across a region, along which it is split."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF

from acseg_desktop.actions.need import Need
from acseg_desktop.canvas.tools.path import PathTool
from acseg_desktop.canvas.tools.surface import Surface
from acseg_desktop.canvas.tools.tool import ToolSpec
from acseg_desktop.language.words import Words

tr = Words("Tools")

_LONG = 24.0
"""Length in logical pixels from which on a line drawn with the button held is finished when it goes up."""


class LineTool(PathTool):
    """Splits the selected region, or the one where the line crosses most."""

    spec = ToolSpec(
        "tool.line",
        "Split along a &line",
        "content-cut",
        ("Shift+X",),
        Need.EDIT | Need.REGIONS,
        separated=True,
        tip="Split a region along a line you draw",
    )

    def __init__(self, surface: Surface, parent: QObject | None = None) -> None:
        super().__init__(surface, parent)
        self._pressed_at: QPointF | None = None

    @property
    def hint(self) -> str:
        """The keys that are live."""
        if not self.points:
            return tr("Drag across a region, or click points")
        return tr("Enter or double-click splits · Backspace removes a point · Esc cancels")

    def finish(self) -> None:
        """Split."""
        if len(self.points) < self.least:
            self.refused.emit(tr("A line needs at least two points"))
            return
        region_id = self._region()
        points = self._take()
        if region_id is None:
            self.refused.emit(tr("The line does not cross a region"))
        else:
            self.line_drawn.emit(region_id, points)

    def _region(self) -> int | None:
        """The selected region, or the one with most of the line."""
        if len(self.surface.selection) == 1:
            return next(iter(self.surface.selection))
        return self.surface.region_along(self.points)

    def _can_begin(self, point: QPointF) -> bool:
        if len(self.surface.selection) > 1:
            self.refused.emit(tr("Select one region to split, or none to split the one that the line crosses"))
            return False
        self._pressed_at = point
        return True

    def _on_released(self, point: QPointF) -> None:
        """A line that was dragged is complete; single clicks go on."""
        dragged, self._pressed_at = self._pressed_at, None
        if dragged is not None and self._distance(self.points[0], point) >= _LONG:
            self._add(point)
            self.finish()
