"""The statistics panel: how far the project is, what is in it and what it took, as plots; and its notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acseg_core.store.upkeep.timings import DayEffort, EffortSummary
from acseg_core.types import ImageStatus, LabelUsage
from acseg_desktop.appearance.icons import SMALL, icon, status_text
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.language.durations import duration_text
from acseg_desktop.language.words import Words, decimal, number, percent
from acseg_desktop.panels.plots import BarRows, Columns, Mark, Plot, SplitBar
from acseg_desktop.panels.statistics import Statistics

tr = Words("Statistics")

_STATUS_TONES = {
    ImageStatus.DONE: "good",
    ImageStatus.IN_REVIEW: "warning",
    ImageStatus.PROPOSED: "accent",
    ImageStatus.NEW: "faint",
}
_MEASURES = ("regions", "images", "pixels")
_MOST_LABELS = 200
_MOST_IMAGES = 12
_MOST_DAYS = 60
_CARD_EMS = 30
"""Width of a column of cards, about, in lines of text."""


class Card(QFrame):
    """A heading with content below."""

    def __init__(self, title: str, *content: QWidget, aside: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName("Card")
        heading = PlainLabel(title)
        heading.setProperty("role", "section")
        head = QHBoxLayout()
        head.addWidget(heading)
        head.addStretch(1)
        if aside is not None:
            head.addWidget(aside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        for widget in content:
            layout.addWidget(widget)


class Cards(QWidget):
    """Cards in as many columns as there is room for."""

    def __init__(self, cards: Sequence[Card], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = cards
        self._columns = 0
        self._grid = QHBoxLayout(self)
        self._grid.setContentsMargins(8, 4, 8, 8)
        self._grid.setSpacing(8)
        self._spread(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room."""
        super().resizeEvent(event)
        wide = _CARD_EMS * self.fontMetrics().height()
        self._spread(min(3, max(1, self.width() // max(1, wide * 2 // 3))))

    def _spread(self, columns: int) -> None:
        """Deal the cards, each to the column that is lowest so far."""
        if columns == self._columns:
            return
        self._columns = columns
        while (item := self._grid.takeAt(0)) is not None:
            layout = item.layout()
            if layout is not None:
                while layout.takeAt(0) is not None:
                    pass
                layout.deleteLater()
        stacks = [QVBoxLayout() for _ in range(columns)]
        heights = [0] * columns
        for card in self._cards:
            lowest = heights.index(min(heights))
            stacks[lowest].addWidget(card)
            heights[lowest] += card.sizeHint().height()
        for stack in stacks:
            stack.setSpacing(8)
            stack.addStretch(1)
            self._grid.addLayout(stack, 1)


class StatisticsPanel(QWidget):
    """Plots of the project, and its notes.

    Signals:
        notes_edited(str): Somebody typed; all of the notes.
        image_chosen(int): The user wants to see an image.
        table_requested(): Save the numbers.
        picture_requested(): Save what is shown.
    """

    notes_edited = Signal(str)
    image_chosen = Signal(int)
    table_requested = Signal()
    picture_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statistics: Statistics | None = None
        self.progress = SplitBar(tr("Images by status"))
        self.done = _big_label()
        self.measure = QComboBox()
        self.measure.setAccessibleName(tr("What to count for each label"))
        self.measure.addItems([tr("Regions"), tr("Images"), tr("Pixels")])
        self.labels = BarRows(tr("Labels"))
        self.no_labels = _muted(tr("No labels yet"))
        self.pace, self.pace_details = _big_label(), _muted("")
        self.days = Columns(tr("Work by day"))
        self.day_actions = Columns(tr("Actions by day"))
        self.images = BarRows(tr("Images that took longest"))
        self.images.chosen.connect(self.image_chosen)
        self.images_note = _muted("")
        self.notes = QPlainTextEdit()
        self.notes.setAccessibleName(tr("Notes"))
        self.notes.setPlaceholderText(tr("Rules, open questions, agreements: kept with the project"))
        self.notes.setTabChangesFocus(True)
        self.notes_state = _muted("")
        self.table, self.picture = QToolButton(), QToolButton()
        for button, words in (
            (self.table, tr("Save the numbers as a table (CSV)…")),
            (self.picture, tr("Save this view as a picture (PNG)…")),
        ):
            button.setToolTip(tip(words))
            button.setAccessibleName(words)
            button.setIconSize(SMALL)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.table.clicked.connect(self.table_requested)
        self.picture.clicked.connect(self.picture_requested)
        self.measure.currentIndexChanged.connect(lambda _index: self._show_labels())
        self.notes.textChanged.connect(lambda: self.notes_edited.emit(self.notes.toPlainText()))
        self.cards = Cards(
            (
                Card(tr("Progress"), self.done, self.progress),
                Card(tr("Pace"), self.pace, self.pace_details),
                Card(tr("Labels"), self.labels, self.no_labels, aside=self.measure),
                Card(tr("Work by day"), self.days, _muted(tr("Bottom: on images. Top: in the concept browser"))),
                Card(tr("Actions by day"), self.day_actions),
                Card(tr("Images that took longest"), self.images, self.images_note),
                Card(tr("Notes"), self.notes, aside=self.notes_state),
            )
        )
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.cards)
        self.area.viewport().setAutoFillBackground(False)
        self.cards.setAutoFillBackground(False)
        tools = QHBoxLayout()
        tools.setContentsMargins(8, 0, 8, 0)
        tools.addStretch(1)
        tools.addWidget(self.table)
        tools.addWidget(self.picture)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(tools)
        layout.addWidget(self.area, 1)
        self.show_statistics(None)
        self.refresh_icons()

    @property
    def statistics(self) -> Statistics | None:
        """What is shown."""
        return self._statistics

    @property
    def plots(self) -> tuple[Plot, ...]:
        """Everything that is painted."""
        return self.progress, self.labels, self.days, self.day_actions, self.images

    def sizeHint(self) -> QSize:
        """As wide as one column."""
        return QSize(340, 480)

    def show_statistics(self, statistics: Statistics | None) -> None:
        """Show these numbers, or none."""
        self._statistics = statistics
        self._show_progress()
        self._show_labels()
        self._show_effort()
        for button in (self.table, self.picture):
            button.setEnabled(statistics is not None)

    def show_notes(self, text: str, *, editable: bool) -> None:
        """Show the project's notes; an undo of the text ends here."""
        blocked = self.notes.blockSignals(True)
        self.notes.setPlainText(text)
        self.notes.blockSignals(blocked)
        self.notes.setReadOnly(not editable)
        self.notes_state.clear()

    def refresh_icons(self) -> None:
        """Make the icons anew, and the plots, in the colours in use."""
        self.table.setIcon(icon("table-arrow-down"))
        self.picture.setIcon(icon("image-outline"))
        for plot in self.plots:
            plot.update()

    def _show_progress(self) -> None:
        statistics = self._statistics
        if statistics is None:
            self.done.setText("–")
            self.progress.show_marks(())
            return
        summary = statistics.summary
        counts = {status: summary.images_by_status.get(status.value, 0) for status in _STATUS_TONES}
        total = max(1, summary.images)
        self.done.setText(tr("{share} done").format(share=percent(counts[ImageStatus.DONE] / total)))
        self.progress.show_marks(
            [
                Mark(status_text(status), count, f"{number(count)}   {percent(count / total)}", _STATUS_TONES[status])
                for status, count in counts.items()
            ]
        )

    def _show_labels(self) -> None:
        statistics, measure = self._statistics, _MEASURES[self.measure.currentIndex()]
        found = statistics.labels if statistics is not None else ()

        def amount(usage: LabelUsage) -> int:
            return int(getattr(usage, measure))

        total = sum(amount(usage) for _, usage in found)
        ordered = sorted(found, key=lambda pair: (-amount(pair[1]), pair[0].name.casefold()))[:_MOST_LABELS]
        self.labels.show_marks(
            [
                Mark(label.name, amount(usage), _amount_text(amount(usage), measure, total), label.color)
                for label, usage in ordered
            ]
        )
        self.labels.setVisible(bool(found))
        self.no_labels.setVisible(not found)

    def _show_effort(self) -> None:
        statistics = self._statistics
        effort = statistics.effort if statistics is not None else EffortSummary()
        pace, left = effort.images_per_hour, effort.seconds_left
        self.pace.setText("–" if pace is None else tr("{count} images per hour").format(count=decimal(round(pace, 1))))
        self.pace_details.setText("\n".join(_pace_lines(effort, left)))
        days = _every_day(statistics.days if statistics is not None else ())
        self.days.show_columns(
            [Mark(_day_text(day.day), day.review_seconds, _work_text(day), second=day.browse_seconds) for day in days],
            top=duration_text(max((day.seconds for day in days), default=0)),
        )
        self.day_actions.show_columns(
            [Mark(_day_text(day.day), day.actions, tr("%Ln action(s)", day.actions)) for day in days],
            top=tr("%Ln action(s)", max((day.actions for day in days), default=0)),
        )
        images = statistics.images[:_MOST_IMAGES] if statistics is not None else ()
        self.images.show_marks(
            [
                Mark(
                    image.path,
                    image.seconds,
                    f"{duration_text(image.seconds)} · {number(image.actions)}",
                    key=image.image_id,
                )
                for image in images
            ]
        )
        self.images.setVisible(bool(images))
        self.images_note.setText(
            tr("Time and actions; a double-click goes to the image") if images else tr("No time recorded yet")
        )


def _amount_text(amount: int, measure: str, total: int) -> str:
    return percent(amount / total, digits=1) if measure == "pixels" and total else number(amount)


def _pace_lines(effort: EffortSummary, left: float | None) -> list[str]:
    if effort.seconds_per_image is None or effort.images_timed == 0:
        return [tr("Shown once the first image is done while the clock runs")]
    lines = [
        tr("{time} and {actions} actions on each done image").format(
            time=duration_text(effort.seconds_per_image), actions=decimal(effort.done_actions / effort.images_timed)
        )
    ]
    if left:
        lines.append(tr("%Ln image(s) left: about {time}", effort.images_left).format(time=duration_text(left)))
    lines.append(
        tr("%Ln action(s) in {time} of work so far", effort.actions).format(time=duration_text(effort.seconds))
    )
    return lines


def _every_day(days: Sequence[DayEffort]) -> list[DayEffort]:
    """The newest days, those without work too, so that a column's place is a time."""
    if not days:
        return []
    known = {day.day: day for day in days}
    last = days[-1].day
    first = max(days[0].day, last - timedelta(days=_MOST_DAYS - 1))
    count = (last - first).days + 1
    every = (first + timedelta(days=offset) for offset in range(count))
    return [known.get(day) or DayEffort(day, 0.0, 0.0, 0, 0) for day in every]


def _day_text(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def _work_text(day: DayEffort) -> str:
    return tr("{time} of work, %Ln image(s) done", day.images_done).format(time=duration_text(day.seconds))


def _big_label() -> QLabel:
    label = PlainLabel()
    label.setProperty("role", "heading")
    return label


def _muted(text: str) -> QLabel:
    label = PlainLabel(text, wordWrap=True)
    label.setProperty("role", "muted")
    return label
