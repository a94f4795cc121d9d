"""The brush and the eraser: strokes of a round brush that give pixels to a region or take them from it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from acseg_desktop.actions.need import Need
from acseg_desktop.canvas.drawing import draw_brush
from acseg_desktop.canvas.preview import Preview, new_region_id
from acseg_desktop.canvas.raster import Point, Stroke, capsule, snapped
from acseg_desktop.canvas.tools.surface import Surface
from acseg_desktop.canvas.tools.tool import ALT, LEFT, RIGHT, SHIFT, TAG, Tool, ToolSpec
from acseg_desktop.language.words import Words, number

tr = Words("Tools")

MIN_SIZE, MAX_SIZE = 1, 999
_ROOM = 3.0
"""Logical pixels around the brush that its outline may touch."""
_TAG_REACH = 24.0
"""Logical pixels from the cursor to the chip that says the label, at most, however large the brush is."""


class BrushSize:
    """The size that brush and eraser share.

    Attributes:
        diameter: In image pixels.
    """

    def __init__(self, diameter: int = 24) -> None:
        self.diameter = diameter

    def step(self, steps: float) -> None:
        """Larger or smaller by about an eighth per step, at least one pixel."""
        wanted = self.diameter * 1.125**steps
        nearest = round(wanted)
        if nearest == self.diameter and steps:
            nearest += 1 if steps > 0 else -1
        self.diameter = min(MAX_SIZE, max(MIN_SIZE, nearest))


class BrushTool(Tool):
    """Paints into the selected region, or into a new one; with Alt or the right button it erases.

    Signals:
        size_changed(int): Its diameter now, in image pixels.

    Attributes:
        size: Of the brush; other tools may share it.
    """

    size_changed = Signal(int)

    spec = ToolSpec("tool.brush", "&Brush", "brush", ("B",), Need.EDIT_IMAGE, tip="Brush: paint a region")
    makes_regions = True

    erases = False
    """Whether the tool erases when it is not turned round."""

    def __init__(self, surface: Surface, parent: QObject | None = None) -> None:
        super().__init__(surface, parent)
        self.size = BrushSize()
        self._at: QPointF | None = None
        self._inverted = False
        self._preview: Preview | None = None
        self._button = Qt.MouseButton.NoButton
        self._last: Point | None = None
        self._margin = 0

    @property
    def hint(self) -> str:
        """The keys that are live."""
        return tr("[ ] or Ctrl+wheel size · Alt erases · Shift+click line")

    @property
    def details(self) -> str:
        """How large the brush is."""
        return tr("{size} px").format(size=number(self.diameter))

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is being painted."""
        return self._preview is not None

    @property
    def is_painting(self) -> bool:
        """Whether a stroke is being painted."""
        return self._preview is not None

    @property
    def highlights(self) -> bool:
        """Never: the colours under the brush must not change."""
        return False

    @property
    def cursor(self) -> Qt.CursorShape | None:
        """None to be seen: the brush itself is drawn."""
        return Qt.CursorShape.BlankCursor

    @property
    def diameter(self) -> int:
        """Diameter of the brush, in image pixels."""
        return self.size.diameter

    def resize_brush(self, steps: float) -> None:
        """Make the brush larger or smaller."""
        self._update_brush()
        self.size.step(steps)
        self._update_brush()
        self.size_changed.emit(self.size.diameter)

    def set_size(self, diameter: int) -> None:
        """Give the brush a size, in image pixels."""
        self._update_brush()
        self.size.diameter = min(MAX_SIZE, max(MIN_SIZE, diameter))
        self._update_brush()
        self.size_changed.emit(self.size.diameter)

    def turn_wheel(self, notches: float) -> bool:
        """Alt, Ctrl or Shift and the wheel change the size."""
        self.resize_brush(notches)
        return True

    def set_modifiers(self, modifiers: Qt.KeyboardModifier) -> None:
        """Alt turns the tool round, seen at its brush."""
        inverted = bool(modifiers & ALT)
        if inverted != self._inverted:
            self._inverted = inverted
            self._update_brush()

    def press(self, event: QMouseEvent) -> bool:
        """Begin a stroke; with Shift, a straight one from where the last ended."""
        if event.button() not in (LEFT, RIGHT) or self._preview is not None:
            return event.button() in (LEFT, RIGHT)
        self._move_brush(event.position())
        if self._refuse():
            return True
        self.set_modifiers(event.modifiers())
        erases = (self.erases != self._inverted) != (event.button() == RIGHT)
        region_id = self._target(event.position(), erases=erases)
        if region_id is None:
            return True
        width, height = self.surface.picture_size
        label_id = self.label_id if region_id < 0 else None
        self._margin = 0 if erases else self.surface.margin
        stroke = Stroke(width=width, height=height, margin=self._margin)
        self._preview = Preview(region_id, stroke, label_id, erases=erases)
        self._button = event.button()
        self.surface.begin_preview(self._preview)
        here = self.surface.image_point(event.position())
        start = self._last if event.modifiers() & SHIFT and self._last is not None else here
        self._paint(start, here)
        self.changed.emit()
        return True

    def move(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        self._move_brush(event.position())
        self.set_modifiers(event.modifiers())
        if self._preview is not None and self._last is not None:
            self._paint(self._last, self.surface.image_point(event.position()))

    def release(self, event: QMouseEvent) -> None:
        """End the stroke."""
        preview = self._preview
        if preview is None or event.button() != self._button:
            return
        self._preview = None
        self.changed.emit()
        if not preview.stroke.patch.mask.any():  # beside the picture
            self.surface.drop_preview(preview)
            return
        if preview.is_new:
            self.surface.select([preview.region_id])
        self.drawn.emit(preview)

    def cancel(self) -> None:
        """Take the stroke back."""
        preview, self._preview = self._preview, None
        if preview is not None:
            self.surface.drop_preview(preview)
            self.changed.emit()

    def leave(self) -> None:
        """The brush is not over the picture any more."""
        self._update_brush()
        self._at = None

    def forget_place(self) -> None:
        """Another picture: a straight line has nowhere to start from."""
        self._last = None

    def draw(self, painter: QPainter) -> None:
        """Draw the brush where it would paint, in its true size."""
        if self._at is not None:
            centre = self.surface.widget_point(*snapped(self.surface.image_point(self._at), self.diameter))
            erases = self.erases != self._inverted
            draw_brush(painter, centre, self._radius, diameter=self.diameter, minus=erases)
            if not erases and not self.is_painting:
                self._draw_target(painter, self._at, away=min(self._radius, _TAG_REACH))

    def _target(self, point: QPointF, *, erases: bool) -> int | None:
        """The region that gets or loses the pixels; says why there is none."""
        selection = self.surface.selection
        if len(selection) == 1:
            return next(iter(selection))
        if selection:
            self.refused.emit(tr("Select one region to paint into, or none to paint a new one"))
            return None
        if not erases:
            return new_region_id()
        region_id = self.surface.region_at(point)
        if region_id is None:
            self.refused.emit(tr("There is no region to erase here"))
        return region_id

    def _paint(self, start: Point, end: Point) -> None:
        if self._preview is None:
            return
        width, height = self.surface.picture_size
        self._last = end
        covered = capsule(start, end, self.diameter, width=width, height=height, margin=self._margin)
        self.surface.extend_preview(self._preview, covered)

    @property
    def _radius(self) -> float:
        """Radius of the brush, in logical pixels."""
        return self.diameter / 2 * self.surface.scale

    def _move_brush(self, point: QPointF) -> None:
        self._update_brush()
        self._at = point
        self._update_brush()

    def _update_brush(self) -> None:
        if self._at is None:
            return
        # The brush sits on the grid of pixels: up to one beside the cursor.
        reach = max(8.0, self._radius) + self.surface.scale + _ROOM
        box = QRectF(self._at.x() - reach, self._at.y() - reach, 2 * reach, 2 * reach)
        if self.target.name:
            away = min(self._radius, _TAG_REACH)
            box |= QRectF(self._at + QPointF(away, away), TAG)
        self.surface.update(box.toAlignedRect())
