"""The polygon tool: an outline set point by point, filled into the selected region or into a new one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QMouseEvent, QPainter

from acseg_desktop.actions.need import Need
from acseg_desktop.canvas import raster
from acseg_desktop.canvas.preview import Preview, new_region_id
from acseg_desktop.canvas.raster import Stroke
from acseg_desktop.canvas.tools.path import PathTool
from acseg_desktop.canvas.tools.tool import TAG, ToolSpec
from acseg_desktop.language.words import Words

tr = Words("Tools")

_NEAR = 8.0
"""Distance in logical pixels to the first point in which a click closes the outline."""


class PolygonTool(PathTool):
    """Outlines a region; when the outline is closed, what it covers is on the canvas."""

    spec = ToolSpec(
        "tool.polygon",
        "&Polygon",
        "shape-polygon-plus",
        ("P",),
        Need.EDIT_IMAGE,
        tip="Polygon: outline a region point by point",
    )
    makes_regions = True
    asks_name = True
    closed = True
    least = 3

    @property
    def hint(self) -> str:
        """The keys that are live."""
        if not self.points:
            return tr("Click points, or hold the button and draw")
        return tr("Enter or double-click closes · Backspace removes a point · Esc cancels")

    def move(self, event: QMouseEvent) -> None:
        """The chip at the cursor comes along."""
        before = self._at
        super().move(event)
        for place in (before, self._at):
            if place is not None:
                self.surface.update(QRectF(place, TAG).toAlignedRect())

    def leave(self) -> None:
        """So does it when the cursor goes."""
        if self._at is not None:
            self.surface.update(QRectF(self._at, TAG).toAlignedRect())
        super().leave()

    def draw(self, painter: QPainter) -> None:
        """Draw the outline so far, and what it will be."""
        super().draw(painter)
        if self._at is not None:
            self._draw_target(painter, self._at)

    def finish(self) -> None:
        """Fill the outline."""
        if len(self.points) < self.least:
            self.refused.emit(tr("A polygon needs at least three points"))
            return
        width, height = self.surface.picture_size
        margin = self.surface.margin
        patch = raster.polygon(self._take(), width=width, height=height, margin=margin)
        if not patch.mask.any():
            self.refused.emit(tr("This outline contains no pixels"))
            return
        region_id = self._selected()
        stroke = Stroke(width=width, height=height, margin=margin)
        stroke.add(patch)
        preview = Preview(new_region_id() if region_id is None else region_id, stroke)
        preview.label_id = self.label_id if preview.is_new else None
        self.surface.begin_preview(preview)
        if preview.is_new:
            self.surface.select([preview.region_id])
        self.drawn.emit(preview)

    @property
    def _color(self) -> QColor:
        selected = self._selected()
        color = self.label_color if selected is None else self.surface.colors.get(selected, "")
        return QColor(color) if color else super()._color

    def _selected(self) -> int | None:
        return next(iter(self.surface.selection), None)

    def _can_begin(self, _point: QPointF) -> bool:
        if len(self.surface.selection) > 1:
            self.refused.emit(tr("Select one region to add to it, or none to draw a new one"))
            return False
        return True

    def _ends_at(self, point: QPointF) -> bool:
        return len(self.points) >= self.least and self._distance(self.points[0], point) <= _NEAR

    def _on_released(self, point: QPointF) -> None:
        """A way drawn with the button held is closed where it comes back to its beginning."""
        if len(self.points) > 8 and self._ends_at(point):
            self.finish()
