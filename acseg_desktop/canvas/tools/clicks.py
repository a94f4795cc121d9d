"""The tool that splits by clicks: left on a thing, right on what is not of it; the machine finds the border."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
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
    """Gathers clicks anywhere in the image, and shows the thing that they find, whatever regions it lies in.

    Signals:
        asked(list, list): Clicks changed: those on the thing and on the rest, (x, y) in the image.
        applied(): The thing that is shown is to become a region.
    """

    spec = ToolSpec(
        "tool.clicks",
        "Split by &clicks",
        "cursor-default-click-outline",
        ("C",),
        Need.EDIT | Need.REGIONS,
        tip="Cut out an object with a few clicks",
    )
    gathers = True
    keeps_enter = True

    asked = Signal(list, list)
    applied = Signal()

    def __init__(self, surface: Surface, parent: QObject | None = None) -> None:
        super().__init__(surface, parent)
        self._clicks: list[tuple[Point, bool]] = []
        self._preview: Preview | None = None

    @property
    def hint(self) -> str:
        """The keys that are live."""
        if not self._clicks:
            return tr("Click an object to cut it out")
        if not self.this:
            return tr("Click the object · Esc cancels")
        return tr("Enter keeps it · click adds, right-click removes")

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
        """Clicks on the thing."""
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
        x, y = self.surface.image_point(event.position())
        width, height = self.surface.picture_size
        if 0 <= x < width and 0 <= y < height:
            self._clicks.append(((x, y), event.button() == LEFT))
            self._on_clicks()
        return True

    def step_back(self) -> None:
        """Take the last click back."""
        if self._clicks:
            self._clicks.pop()
            self._on_clicks()

    def finish(self) -> None:
        """Make a region of the thing."""
        if not self.this:
            self.refused.emit(tr("Click the object first"))
            return
        self.applied.emit()
        self.cancel()

    def cancel(self) -> None:
        """Drop all clicks."""
        if self._clicks:
            self._clicks = []
            self._on_clicks()

    def lose_release(self) -> None:
        """Clicks that are set stay."""

    def show_division(self, patch: PixelPatch | None) -> None:
        """Show the pixels of the thing as if they were a region."""
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

    def _on_clicks(self) -> None:
        self.changed.emit()
        self.surface.update()
        if self.this:
            self.asked.emit(self.this, self.not_this)
        else:
            self.show_division(None)
