"""What a tool needs of the canvas: the surface it works on. The canvas itself is not imported by any tool."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, overload

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPalette

from acseg_core.types import PixelPatch
from acseg_desktop.canvas.preview import Preview
from acseg_desktop.canvas.raster import Point


class Surface(Protocol):
    """A photo with regions on it, some of them selected, and what a tool draws over them.

    Points of the widget are in logical pixels; image points are (x, y) in pixels of the photo.
    """

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height of the photo; zeros without one."""
        ...

    @property
    def margin(self) -> int:
        """Pixels around the photo that can be drawn on, too, as other tiles of a scene; 0 where nothing is there."""
        ...

    @property
    def scale(self) -> float:
        """Logical pixels of the widget per image pixel."""
        ...

    @property
    def selection(self) -> frozenset[int]:
        """Ids of the selected regions."""
        ...

    @property
    def colors(self) -> Mapping[int, str]:
        """Colour of every region, "#rrggbb", by id."""
        ...

    def palette(self) -> QPalette:
        """Colours of the widget."""
        ...

    @overload
    def update(self) -> None: ...

    @overload
    def update(self, area: QRect, /) -> None: ...

    def update(self, *_area: QRect) -> None:
        """Paint the widget again, or a part of it."""
        ...

    def image_point(self, point: QPointF) -> Point:
        """The image point under a point of the widget; may lie beside the picture."""
        ...

    def widget_point(self, x: float, y: float) -> QPointF:
        """Where an image point is on the widget."""
        ...

    def region_at(self, point: QPointF) -> int | None:
        """Id of the region drawn at a point of the widget, or None."""
        ...

    def stored_region_at(self, point: QPointF) -> int | None:
        """Id of the region at a point as the project has it, whatever a tool has drawn over it."""
        ...

    def region_along(self, points: Sequence[Point]) -> int | None:
        """Id of the region that has most of the way between image points, or None."""
        ...

    def regions_in(self, box: QRectF, *, touching: bool) -> frozenset[int]:
        """Ids of the regions that a box of the widget encloses, or those it touches."""
        ...

    def select(self, ids: Iterable[int]) -> None:
        """Select exactly these regions; unknown ids are left out."""
        ...

    def highlight(self, ids: frozenset[int]) -> None:
        """Brighten exactly these regions."""
        ...

    def begin_preview(self, preview: Preview) -> None:
        """Show from now on what a tool draws, until the regions shown are read from a project that has it."""
        ...

    def extend_preview(self, preview: Preview, patch: PixelPatch) -> None:
        """Draw more pixels of a preview."""
        ...

    def drop_preview(self, preview: Preview) -> None:
        """Take back what a tool drew."""
        ...
