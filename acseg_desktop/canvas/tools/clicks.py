"""The tool that splits by clicks: left on what belongs together, right on the rest; the machine finds the border."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from acseg_core.types import PixelPatch
from acseg_desktop.actions.need import Need
from acseg_desktop.canvas.drawing import draw_marks
from acseg_desktop.canvas.preview import Preview, new_region_id
from acseg_desktop.canvas.raster import Point, Stroke
from acseg_desktop.canvas.tools.surface import Surface
from acseg_desktop.canvas.tools.tool import LEFT, RIGHT, Tool, ToolSpec
from acseg_desktop.language.words import Words

tr = Words("Tools")


class ClicksTool(Tool):
    """Gathers clicks in one region, and shows the division that they make.

    Signals:
        asked(int, list, list): Clicks changed: the region, those on the part and on the rest, (x, y) in the image.
        applied(int, list, list): The same, when the region is to be split so.

    Attributes:
        region_id: The region that is divided, or None.
    """

    spec = ToolSpec("tool.clicks", "Split by &clicks", "cursor-default-click-outline", ("C",), Need.EDIT | Need.REGIONS)
    gathers = True
    keeps_enter = True

    asked = Signal(int, list, list)
    applied = Signal(int, list, list)

    def __init__(self, surface: Surface, parent: QObject | None = None) -> None:
        super().__init__(surface, parent)
        self.region_id: int | None = None
        self._clicks: list[tuple[Point, bool]] = []
        self._preview: Preview | None = None

    @property
    def hint(self) -> str:
        """The keys that are live."""
        if not self._clicks:
            return tr("Left click on the part, right click on the rest")
        if not self.this:
            return tr("Left click on the part · Backspace back · Esc cancels")
        return tr("Enter splits · more clicks correct · Backspace back · Esc cancels")

    @property
    def is_drawing(self) -> bool:
        """Whether there is a click."""
        return bool(self._clicks)

    @property
    def highlights(self) -> bool:
        """Only before the first click."""
        return not self._clicks

    @property
    def cursor(self) -> Qt.CursorShape | None:
        """A hand that points."""
        return Qt.CursorShape.PointingHandCursor

    @property
    def this(self) -> list[Point]:
        """Clicks on the part."""
        return [point for point, is_this in self._clicks if is_this]

    @property
    def not_this(self) -> list[Point]:
        """Clicks on the rest."""
        return [point for point, is_this in self._clicks if not is_this]

    def press(self, event: QMouseEvent) -> bool:
        """Set a click."""
        if event.button() not in (LEFT, RIGHT):
            return False
        if self._refuse():
            return True
        region_id = self._region(event.position())
        if region_id is not None:
            self.region_id = region_id
            self._clicks.append((self.surface.image_point(event.position()), event.button() == LEFT))
            self._on_clicks()
        return True

    def step_back(self) -> None:
        """Take the last click back."""
        if self._clicks:
            self._clicks.pop()
            self._on_clicks()

    def finish(self) -> None:
        """Split."""
        if not self.this or self.region_id is None:
            self.refused.emit(tr("Left click on the part first"))
            return
        region_id, this, not_this = self.region_id, self.this, self.not_this
        self.applied.emit(region_id, this, not_this)
        self.cancel()

    def cancel(self) -> None:
        """Drop all clicks."""
        if self._clicks:
            self._clicks = []
            self._on_clicks()

    def lose_release(self) -> None:
        """Clicks that are set stay."""

    def show_division(self, patch: PixelPatch | None) -> None:
        """Show the pixels of the part as if they were a region."""
        if self._preview is not None:
            self.surface.drop_preview(self._preview)
            self._preview = None
        if patch is not None and self._clicks and patch.mask.any():
            width, height = self.surface.picture_size
            stroke = Stroke(width=width, height=height)
            stroke.add(patch)
            self._preview = Preview(new_region_id(), stroke, is_offered=True)
            self.surface.begin_preview(self._preview)

    def keep_division(self) -> Preview | None:
        """The division shown: no click changes it any more, and the caller says when the project has it."""
        preview, self._preview = self._preview, None
        return preview

    def draw(self, painter: QPainter) -> None:
        """Draw the clicks."""
        draw_marks(painter, [(self.surface.widget_point(x, y), is_this) for (x, y), is_this in self._clicks])

    def _region(self, point: QPointF) -> int | None:
        """The region that is divided, if a click here can say something about it; says why not."""
        here = self.surface.stored_region_at(point)
        selection = self.surface.selection
        wanted = self.region_id if self._clicks else (next(iter(selection)) if len(selection) == 1 else here)
        if len(selection) > 1 and not self._clicks:
            self.refused.emit(tr("Select one region to split, or none to split the one you click"))
            return None
        if here is None or here != wanted:
            self.refused.emit(tr("Click inside the region that is split"))
            return None
        return wanted

    def _on_clicks(self) -> None:
        self.changed.emit()
        self.surface.update()
        if self.this and self.region_id is not None:
            self.asked.emit(self.region_id, self.this, self.not_this)
        else:
            self.show_division(None)
