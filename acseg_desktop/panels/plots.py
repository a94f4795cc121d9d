"""Small plots, painted in the theme's colours and the window's font: a split bar, rows of bars, columns over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from acseg_desktop.appearance.plain_text import tip
from acseg_desktop.appearance.theme import current_tones

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Mark:
    """One value of a plot.

    Attributes:
        name: What it is of.
        value: How much; never below 0.
        text: The value as it is written.
        color: "#rrggbb", or a name of `Tones`.
        key: Tells it from others for who asks what was chosen.
        second: More of the same, stacked above, in a paler colour.
    """

    name: str
    value: float
    text: str
    color: str = "accent"
    key: int | None = None
    second: float = 0.0

    @property
    def ink(self) -> QColor:
        """The colour it is painted in now."""
        return QColor(self.color if self.color.startswith("#") else getattr(current_tones(), self.color))


class Plot(QWidget):
    """What all plots have in common: marks, a tip for each, and words for those who do not see them."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: tuple[Mark, ...] = ()
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show other values."""
        if tuple(marks) == self.marks:
            return
        self.marks = tuple(marks)
        self.setAccessibleDescription("; ".join(f"{mark.name}: {mark.text}" for mark in self.marks[:40]))
        self.updateGeometry()
        self.update()

    def mark_at(self, _point: QPoint) -> Mark | None:
        """The mark at a point, or None."""
        return None

    def event(self, event: QEvent) -> bool:
        """A tip tells what is under the cursor."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(event.pos())
            if mark is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), tip(f"{mark.name}: {mark.text}"), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        super().changeEvent(event)

    @property
    def _line(self) -> int:
        return self.fontMetrics().height()

    def minimumSizeHint(self) -> QSize:
        """Narrow is possible; names are cut then."""
        return QSize(8 * self._line, self.sizeHint().height())


class SplitBar(Plot):
    """One bar in parts, with what they are below."""

    def sizeHint(self) -> QSize:
        """The bar, and a line for each part."""
        return QSize(14 * self._line, round(1.2 * self._line) + 8 + len(self.marks) * self._row)

    @property
    def _row(self) -> int:
        return round(1.5 * self._line)

    def mark_at(self, point: QPoint) -> Mark | None:
        """The part under the cursor, in the bar or below."""
        height = round(1.2 * self._line)
        if point.y() < height:
            return next((mark for mark, box in self._parts() if box.contains(point)), None)
        row = (point.y() - height - 8) // self._row
        return self.marks[row] if 0 <= row < len(self.marks) else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bar and words."""
        tones, painter = current_tones(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = round(1.2 * self._line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.hover))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), height), 4, 4)
        for mark, box in self._parts():
            painter.setBrush(mark.ink)
            painter.drawRoundedRect(QRectF(box).adjusted(0, 0, -1, 0), 3, 3)
        for row, mark in enumerate(self.marks):
            line = QRect(0, height + 8 + row * self._row, self.width(), self._row)
            side = round(0.7 * self._line)
            painter.setBrush(mark.ink)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(0, line.center().y() - side / 2, side, side), 3, 3)
            painter.setPen(QColor(tones.muted))
            painter.drawText(line, _RIGHT, mark.text)
            painter.setPen(QColor(tones.text))
            room = line.width() - self.fontMetrics().horizontalAdvance(mark.text) - side - 16
            words = self.fontMetrics().elidedText(mark.name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(line.adjusted(side + 8, 0, 0, 0), _LEFT, words)

    def _parts(self) -> list[tuple[Mark, QRect]]:
        """Every part with where it is; what is there at all has two pixels at least."""
        total = sum(mark.value for mark in self.marks)
        if not total:
            return []
        parts, at = [], 0.0
        for mark in self.marks:
            width = self.width() * mark.value / total
            if mark.value:
                parts.append(
                    (mark, QRect(round(at), 0, max(2, round(at + width) - round(at)), round(1.2 * self._line)))
                )
            at += width
        return parts


class BarRows(Plot):
    """A row for each value: its name, a bar, and the number. Rows can be walked with the arrow keys.

    Signals:
        chosen(int): The key of a row that was double-clicked, or on which Enter was pressed.
    """

    chosen = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._place = 0

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show other values; rows that lead somewhere take the focus."""
        super().show_marks(marks)
        leads = any(mark.key is not None for mark in self.marks)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
        self._place = min(self._place, max(0, len(self.marks) - 1))

    def sizeHint(self) -> QSize:
        """A line for each row."""
        return QSize(14 * self._line, max(1, len(self.marks)) * self._row)

    @property
    def _row(self) -> int:
        return round(1.6 * self._line)

    def mark_at(self, point: QPoint) -> Mark | None:
        """The row under the cursor."""
        row = point.y() // self._row
        return self.marks[row] if 0 <= row < len(self.marks) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that are seen."""
        tones, painter, metrics = current_tones(), QPainter(self), self.fontMetrics()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((mark.value for mark in self.marks), default=0.0) or 1.0
        texts = max((metrics.horizontalAdvance(mark.text) for mark in self.marks), default=0)
        names = max((metrics.horizontalAdvance(mark.name) for mark in self.marks), default=0)
        names = min(names, round(0.38 * self.width()))
        left, right = names + 12, self.width() - texts - 12
        first, last = event.rect().top() // self._row, event.rect().bottom() // self._row
        for row in range(max(0, first), min(len(self.marks), last + 1)):
            mark, line = self.marks[row], QRect(0, row * self._row, self.width(), self._row)
            painter.setPen(QColor(tones.text))
            words = metrics.elidedText(mark.name, Qt.TextElideMode.ElideMiddle, names)
            painter.drawText(line.adjusted(2, 0, 0, 0), _LEFT, words)
            painter.setPen(QColor(tones.muted))
            painter.drawText(line.adjusted(0, 0, -2, 0), _RIGHT, mark.text)
            bar = QRectF(left, line.top() + 0.22 * self._row, max(0, right - left), 0.56 * self._row)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.hover))
            painter.drawRoundedRect(bar, 3, 3)
            if mark.value:
                painter.setBrush(mark.ink)
                length = max(2.0, bar.width() * mark.value / most)
                painter.drawRoundedRect(QRectF(bar.left(), bar.top(), length, bar.height()), 3, 3)
            if self.hasFocus() and row == self._place:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(tones.accent), 1.5))
                painter.drawRoundedRect(QRectF(line).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the keys to the row."""
        row = event.position().toPoint().y() // self._row
        if 0 <= row < len(self.marks):
            self._go(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell which row it was."""
        self._tell(self.mark_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, and tell."""
        key, last = event.key(), len(self.marks) - 1
        places = {
            Qt.Key.Key_Up: max(0, self._place - 1),
            Qt.Key.Key_Down: min(last, self._place + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if key in places and self.marks:
            self._go(places[Qt.Key(key)])
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.marks:
            self._tell(self.marks[self._place])
        else:
            super().keyPressEvent(event)

    def _go(self, row: int) -> None:
        self._place = row
        self.setAccessibleDescription(f"{self.marks[row].name}: {self.marks[row].text}")
        self.update()

    def _tell(self, mark: Mark | None) -> None:
        if mark is not None and mark.key is not None:
            self.chosen.emit(mark.key)


class Columns(Plot):
    """A column for each value, from left to right; the highest is written beside its line."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._top_text = ""

    def show_columns(self, marks: Sequence[Mark], *, top: str) -> None:
        """Show other values; ``top`` is what the highest one is."""
        self._top_text = top
        self.show_marks(marks)
        self.update()

    def sizeHint(self) -> QSize:
        """Always as high."""
        return QSize(14 * self._line, 8 * self._line)

    def mark_at(self, point: QPoint) -> Mark | None:
        """The column under the cursor."""
        area = self._area()
        if not self.marks or not area.left() <= point.x() <= area.right():
            return None
        return self.marks[min(len(self.marks) - 1, int((point.x() - area.left()) / self._step))]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the columns, a line at the top, the first and the last name."""
        tones, painter, area = current_tones(), QPainter(self), self._area()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones.border), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if not self.marks:
            return
        dashed = QPen(QColor(tones.border), 1, Qt.PenStyle.DashLine)
        painter.setPen(dashed)
        painter.drawLine(area.topLeft(), area.topRight())
        painter.setPen(QColor(tones.muted))
        painter.drawText(QRect(0, 0, self.width(), area.top() - 2), _LEFT, self._top_text)
        most = max(mark.value + mark.second for mark in self.marks) or 1.0
        width = min(self._step * 0.72, 3.0 * self._line)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, mark in enumerate(self.marks):
            left = area.left() + (place + 0.5) * self._step - width / 2
            base = float(area.bottom())
            for value, ink in ((mark.value, mark.ink), (mark.second, QColor(tones.faint))):
                height = area.height() * value / most
                if height > 0:
                    painter.setBrush(ink)
                    painter.drawRect(QRectF(left, base - height, width, height))
                    base -= height
        self._write_names(painter, area)

    def _write_names(self, painter: QPainter, area: QRect) -> None:
        """Under each column where there is room, else under the first and the last."""
        metrics, step = self.fontMetrics(), self._step
        painter.setPen(QColor(current_tones().muted))
        line = QRect(area.left(), area.bottom() + 2, area.width(), self._line + 2)
        widest = max(metrics.horizontalAdvance(mark.name) for mark in self.marks)
        if widest + 8 <= step:
            for place, mark in enumerate(self.marks):
                box = QRect(round(area.left() + place * step), line.top(), round(step), line.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.name)
            return
        painter.drawText(line, _LEFT, self.marks[0].name)
        if len(self.marks) > 1:
            painter.drawText(line, _RIGHT, self.marks[-1].name)

    def _area(self) -> QRect:
        return QRect(0, self._line + 6, self.width(), max(8, self.height() - 2 * self._line - 12))

    @property
    def _step(self) -> float:
        return self._area().width() / max(1, len(self.marks))
