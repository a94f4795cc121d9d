"""Curves that grow while something is trained: a small plot for each, painted in the theme's colours."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from acseg_desktop.appearance.plain_text import tip
from acseg_desktop.appearance.theme import current_tones
from acseg_desktop.language.words import Words, decimal, number

tr = Words("Training")

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_LINES = 5
"""Height of the curve itself, in lines of text."""


class CurvePlot(QWidget):
    """One curve over the steps. The arrow keys and the mouse go from point to point and tell its value."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._steps: list[float] = []
        self._values: list[float] = []
        self._place: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(title)

    @property
    def points(self) -> list[tuple[float, float]]:
        """Every point, (step, value), by step."""
        return list(zip(self._steps, self._values, strict=True))

    def add(self, points: Iterable[tuple[float, float]]) -> None:
        """Add points; one of a step that is there already takes its place, as after a resume."""
        for step, value in points:
            place = bisect.bisect_left(self._steps, step)
            if place < len(self._steps) and self._steps[place] == step:
                self._values[place] = value
            else:
                self._steps.insert(place, step)
                self._values.insert(place, value)
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Always as high."""
        return QSize(14 * self._line, (_LINES + 2) * self._line + 16)

    def minimumSizeHint(self) -> QSize:
        """Narrow is possible."""
        return QSize(8 * self._line, self.sizeHint().height())

    def place_at(self, point: QPoint) -> int | None:
        """The point of the curve that is nearest to one of the widget."""
        area = self._area()
        if not self._steps or not area.adjusted(-4, 0, 4, 0).contains(point):
            return None
        first, last = self._steps[0], self._steps[-1]
        step = first + (point.x() - area.left()) / max(1, area.width()) * (last - first)
        after = bisect.bisect_left(self._steps, step)
        near = [place for place in (after - 1, after) if 0 <= place < len(self._steps)]
        return min(near, key=lambda place: abs(self._steps[place] - step))

    def event(self, event: QEvent) -> bool:
        """A tip tells the value under the cursor."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.place_at(event.pos())
            if place is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), tip(self._told(place)), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        super().changeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the point under the cursor."""
        self._go(self.place_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Mark nothing any more, unless the keys are here."""
        if not self.hasFocus():
            self._go(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark nothing any more."""
        self._go(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the curve."""
        last = len(self._steps) - 1
        at = last if self._place is None else self._place
        places = {
            Qt.Key.Key_Left: max(0, at - 1),
            Qt.Key.Key_Right: min(last, at + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in places and self._steps:
            self._go(places[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Name and last value above, the curve, first and last step below."""
        tones, painter, area = current_tones(), QPainter(self), self._area()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = QRect(0, 0, self.width(), self._line + 2)
        shown = self._place if self._place is not None else len(self._values) - 1
        value = _value_text(self._values[shown]) if self._values else "–"
        painter.setPen(QColor(tones.text))
        painter.drawText(head, _RIGHT, value)
        room = head.width() - self.fontMetrics().horizontalAdvance(value) - 12
        painter.setPen(QColor(tones.muted))
        painter.drawText(head, _LEFT, self.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideRight, room))
        painter.setPen(QPen(QColor(tones.border), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QPen(QColor(tones.border), 1, Qt.PenStyle.DashLine))
        painter.drawLine(area.topLeft(), area.topRight())
        if self._steps:
            self._draw_curve(painter, area)
            self._write_steps(painter, area)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tones.accent), 1.5))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def _draw_curve(self, painter: QPainter, area: QRect) -> None:
        tones = current_tones()
        points = [self._point(place, area) for place in _thinned(len(self._steps), area.width())]
        painter.setPen(QPen(QColor(tones.accent), 1.75))
        if len(points) > 1:
            painter.drawPolyline(QPolygonF(points))
        marked = self._place if self._place is not None else len(self._steps) - 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.accent))
        painter.drawEllipse(self._point(marked, area), 3.5, 3.5)

    def _write_steps(self, painter: QPainter, area: QRect) -> None:
        line = QRect(0, area.bottom() + 3, self.width(), self._line)
        painter.setPen(QColor(current_tones().muted))
        marked = self._steps[-1] if self._place is None else self._steps[self._place]
        painter.drawText(line, _LEFT, number(round(self._steps[0])))
        painter.drawText(line, _RIGHT, tr("step {number}").format(number=number(round(marked))))

    def _point(self, place: int, area: QRect) -> QPointF:
        first, last = self._steps[0], self._steps[-1]
        low, high = min(self._values), max(self._values)
        across = (self._steps[place] - first) / (last - first) if last > first else 1.0
        up = (self._values[place] - low) / (high - low) if high > low else 0.5
        inner = area.adjusted(0, 6, -5, -6)
        return QPointF(inner.left() + across * inner.width(), inner.bottom() - up * inner.height())

    def _go(self, place: int | None) -> None:
        if place != self._place:
            self._place = place
            self._describe()
            self.update()

    def _describe(self) -> None:
        if self._steps:
            self.setAccessibleDescription(self._told(len(self._steps) - 1 if self._place is None else self._place))

    def _told(self, place: int) -> str:
        told = tr("{name}: {value} at step {number}")
        return told.format(
            name=self.title, value=_value_text(self._values[place]), number=number(round(self._steps[place]))
        )

    @property
    def _line(self) -> int:
        return self.fontMetrics().height()

    def _area(self) -> QRect:
        return QRect(0, self._line + 6, self.width(), max(8, self.height() - 2 * self._line - 12))


class Curves(QWidget):
    """A plot for each curve, in the order in which they first had a point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plots: dict[str, CurvePlot] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def clear(self) -> None:
        """Forget all curves."""
        for plot in self.plots.values():
            self._column.removeWidget(plot)
            plot.hide()
            plot.deleteLater()
        self.plots.clear()

    def add(self, key: str, title: str, points: Iterable[tuple[float, float]]) -> None:
        """Add points to a curve, and the curve if it is new."""
        if key not in self.plots:
            self.plots[key] = CurvePlot(title)
            self._column.addWidget(self.plots[key])
        self.plots[key].add(points)


def _thinned(count: int, pixels: int) -> list[int]:
    """Which of so many points are drawn: as many as there are pixels, the last one among them."""
    if count <= max(2, pixels):
        return list(range(count))
    return [*range(0, count - 1, -(-count // max(2, pixels))), count - 1]


def _value_text(value: float) -> str:
    size = abs(value)
    digits = 0 if size >= 1000 else 2 if size >= 1 else 3 if size >= 0.01 or size == 0 else 5
    return decimal(value, digits=digits)
