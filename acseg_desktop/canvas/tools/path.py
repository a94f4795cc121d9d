"""The base of the polygon and the line tool: points set one by one, or drawn with the button held."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter

from acseg_desktop.canvas.drawing import draw_path
from acseg_desktop.canvas.raster import Point
from acseg_desktop.canvas.tools.surface import Surface
from acseg_desktop.canvas.tools.tool import LEFT, Tool

_STEP = 4.0
"""Distance in logical pixels that the mouse moves, with its button held, before it sets another point."""
_SAME = 3.0
"""Distance in logical pixels to the last point, below which a point is no other."""


class PathTool(Tool):
    """Gathers points.

    Attributes:
        points: So far, in image coordinates.
    """

    gathers = True
    closed = False
    """Whether the last point is joined to the first."""
    least = 2
    """Number of points that are needed."""

    def __init__(self, surface: Surface, parent: QObject | None = None) -> None:
        super().__init__(surface, parent)
        self.points: list[Point] = []
        self._at: QPointF | None = None
        self._is_held = False
        self._clicked: list[Point] = []

    @property
    def is_drawing(self) -> bool:
        """Whether there is a first point."""
        return bool(self.points)

    @property
    def highlights(self) -> bool:
        """Only before the first point, when the region is chosen."""
        return not self.points

    @property
    def cursor(self) -> Qt.CursorShape | None:
        """A cross."""
        return Qt.CursorShape.CrossCursor

    def press(self, event: QMouseEvent) -> bool:
        """Set a point."""
        if event.button() != LEFT:
            return False
        self._at = event.position()
        if not self.points and (self._refuse() or not self._can_begin(event.position())):
            return True
        if self._ends_at(event.position()):
            self.finish()
            return True
        self._is_held = True
        self._add(event.position())
        self._clicked.append(self.points[-1])
        return True

    def move(self, event: QMouseEvent) -> None:
        """Show where the next point would be; with the button held, set it."""
        self._at = event.position()
        if self._is_held and self._distance(self.points[-1], self._at) >= _STEP:
            self._add(self._at)
        if self.points:
            self.surface.update()

    def release(self, event: QMouseEvent) -> None:
        """The next points are single again."""
        if event.button() == LEFT and self._is_held:
            self._is_held = False
            self._on_released(event.position())

    def lose_release(self) -> None:
        """Points that are set stay."""
        self._is_held = False

    def double_click(self, event: QMouseEvent) -> bool:
        """Finish; the first of the two clicks has set the last point."""
        if event.button() == LEFT and self.points and len(self.points) >= self.least:
            self.finish()
            return True
        return self.press(event)

    def step_back(self) -> None:
        """Take the last point back."""
        if self.points:
            self.points.pop()
            self._is_held = False
            self._on_points()

    def cancel(self) -> None:
        """Drop all points."""
        if self.points:
            self._take()

    def leave(self) -> None:
        """Nothing follows the mouse."""
        self._at = None
        if self.points:
            self.surface.update()

    def draw(self, painter: QPainter) -> None:
        """Draw the points, the way between them, and on to the mouse."""
        if not self.points:
            return
        places = [self.surface.widget_point(x, y) for x, y in self.points]
        clicked = {self.points[0], *self._clicked}
        ends = self._at is not None and self._ends_at(self._at)
        draw_path(
            painter,
            places,
            None if ends or self._is_held else self._at,
            color=self._color,
            closed=self.closed,
            corners=[place for place, point in zip(places, self.points, strict=True) if point in clicked],
            ends=ends,
        )

    @property
    def _color(self) -> QColor:
        """Colour of the outline."""
        return QColor(self.surface.palette().highlight().color())

    def _can_begin(self, _point: QPointF) -> bool:
        """Whether a first point may be set here; says why not."""
        return True

    def _ends_at(self, _point: QPointF) -> bool:
        """Whether a click here finishes."""
        return False

    def _on_released(self, point: QPointF) -> None:
        """The button that set the last point is up."""

    def _on_points(self) -> None:
        self.surface.update()
        self.changed.emit()

    def _take(self) -> list[Point]:
        """All points, of which the tool then has none."""
        points, self.points = self.points, []
        self._clicked = []
        self._is_held = False
        self._on_points()
        return points

    def _add(self, point: QPointF) -> None:
        if not self.points or self._distance(self.points[-1], point) >= _SAME:
            self.points.append(self.surface.image_point(point))
            self._on_points()

    def _distance(self, point: Point, at: QPointF) -> float:
        """From an image point to a point of the widget, in logical pixels."""
        place = self.surface.widget_point(*point) - at
        return float((place.x() ** 2 + place.y() ** 2) ** 0.5)
