"""A training as it runs: how far it is, six images before and after, the curves, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from acseg_desktop.appearance.icons import icon
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.language.durations import duration_text
from acseg_desktop.language.words import Words, percent
from acseg_desktop.panels.before_after import BeforeAfter
from acseg_desktop.panels.canvas_header import ElidedLabel
from acseg_desktop.panels.curve_plot import Curves

tr = Words("Training")

SAMPLES = 6
"""Images that are shown before and after."""

PHASES = {
    "features": tr.mark("Looking at your images"),
    "projection": tr.mark("Learning what belongs together"),
    "merges": tr.mark("Learning how regions are joined"),
    "generator": tr.mark("Learning the concepts"),
    "comparing": tr.mark("Comparing on the images kept aside"),
}
_PICTURE_WIDTH = 120
"""Least width of a picture in a row of several, beside text of the usual size."""


class TrainingState(Enum):
    """What becomes of a training."""

    RUNNING = auto()
    STOPPING = auto()
    """It was asked to pause or stop, and is at its last step."""
    PAUSED = auto()
    STOPPED = auto()
    """Cancelled, or left by closing the window; it can go on."""
    DONE = auto()


@dataclass(frozen=True, slots=True)
class TrainingStatus:
    """How far a training is.

    Attributes:
        name: Of the model.
        state: What becomes of it.
        share: Of all the work, 0..1.
        phase: One of `PHASES`, or "".
        seconds_left: About; None where that is not known.
        verdict: Once it is done, what the comparison found, in plain words.
        has_curves: Whether it learns step by step, so that there is something to draw.
    """

    name: str
    state: TrainingState
    share: float = 0.0
    phase: str = ""
    seconds_left: float | None = None
    verdict: str = ""
    has_curves: bool = True


@dataclass(frozen=True, slots=True)
class SamplePictures:
    """One image before and after; a null picture is not there yet."""

    name: str
    before: QImage
    after: QImage


class TrainingPanel(QWidget):
    """Shows one training; nothing is shown where there is none.

    Signals:
        pause_requested(): Stop for now, and keep the panel as it is.
        resume_requested(): Go on.
        cancel_requested(): Stop; what is done is kept on disk.
        discard_requested(): Forget a training that was stopped.
        comparison_requested(): Show what the comparison found.
    """

    pause_requested = Signal()
    resume_requested = Signal()
    cancel_requested = Signal()
    discard_requested = Signal()
    comparison_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status: TrainingStatus | None = None
        self.title = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.title.setProperty("role", "heading")
        self.phase, self.left, self.note = PlainLabel(wordWrap=True), _muted(""), _muted("")
        self.bar = QProgressBar(textVisible=False, maximum=1000)
        self.bar.setAccessibleName(tr("Progress of the training"))
        self.pause, self.resume = QPushButton(tr("Pause")), QPushButton(tr("Resume"))
        self.cancel, self.discard = QPushButton(tr("Cancel")), QPushButton(tr("Discard"))
        self.compare = QPushButton(tr("Show comparison…"))
        self.compare.setProperty("primary", True)
        self.pictures = SampleGrid()
        self.curves = Curves()
        self._pictures_title = _section(tr("Before and after"))
        self._curves_title = _section(tr("Curves"))
        self.no_curves = _muted(
            tr(
                "There is no curve: a quick training looks at each image once, and then computes its result in one go. "
                "The pictures show what it has learned so far."
            )
        )
        self._lay_out()
        for button, signal in (
            (self.pause, self.pause_requested),
            (self.resume, self.resume_requested),
            (self.cancel, self.cancel_requested),
            (self.discard, self.discard_requested),
            (self.compare, self.comparison_requested),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, keys still go to the photo
            button.clicked.connect(signal)
        self.show_status(None)

    def show_status(self, status: TrainingStatus | None) -> None:
        """Say how far it is; with None there is no training, and nothing of the last one is shown."""
        self.status = status
        self.setVisible(status is not None)
        if status is None:
            self.show_samples(())
            self.curves.clear()
            self._show_curve_title()
            return
        state = status.state
        self._show_curve_title()
        self.title.setText(tr("Training “{name}”").format(name=status.name))
        self.phase.setText(_phase_text(status))
        self.phase.setProperty("role", "good" if state is TrainingState.DONE else "")
        self.bar.setValue(round(1000 * status.share))
        self.bar.setAccessibleDescription(percent(status.share))
        self.bar.setVisible(state is not TrainingState.DONE)
        self.left.setText(_left_text(status))
        self.left.setVisible(bool(self.left.text()))
        self.note.setText(tr(_NOTES[state]))
        self.note.setVisible(bool(self.note.text()))
        is_running = state is TrainingState.RUNNING
        can_go_on = state in (TrainingState.PAUSED, TrainingState.STOPPED)
        self.pause.setVisible(is_running or state is TrainingState.STOPPING)
        self.pause.setEnabled(is_running)
        self.cancel.setVisible(is_running or state in (TrainingState.STOPPING, TrainingState.PAUSED))
        self.cancel.setEnabled(state is not TrainingState.STOPPING)
        self.resume.setVisible(can_go_on)
        self.discard.setVisible(state is TrainingState.STOPPED)
        self.compare.setVisible(state is TrainingState.DONE)

    def show_samples(self, samples: Sequence[SamplePictures]) -> None:
        """Show images before and after; the newest pictures take the place of the last ones."""
        self.pictures.show_samples(samples)
        for widget in (self._pictures_title, self.pictures):
            widget.setVisible(bool(samples))

    def add_points(self, points: Mapping[str, Sequence[tuple[float, float]]], titles: Mapping[str, str]) -> None:
        """Let curves grow; ``titles`` says what each shows."""
        for key, new in points.items():
            self.curves.add(key, titles.get(key, key), new)
        self._show_curve_title()

    def refresh_icons(self) -> None:
        """Make the icons anew, and the plots, in the colours in use."""
        self.pause.setIcon(icon("pause"))
        self.resume.setIcon(icon("play"))
        self.update()

    def _show_curve_title(self) -> None:
        has_some = bool(self.curves.plots)
        has_none = self.status is not None and not self.status.has_curves and not has_some
        self.curves.setVisible(has_some)
        self.no_curves.setVisible(has_none)
        self._curves_title.setVisible(has_some or has_none)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.compare, self.pause, self.resume, self.cancel, self.discard):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.title, self.phase, self.bar, self.left):
            column.addWidget(widget)
        column.addSpacing(2)
        column.addLayout(buttons)
        column.addWidget(self.note)
        for part in (self._pictures_title, self.pictures, self._curves_title, self.curves):
            column.addSpacing(4)
            column.addWidget(part)
        column.addWidget(self.no_curves)


class SampleGrid(QWidget):
    """Images before and after, in as many columns as there is room for; one divider goes through all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: list[BeforeAfter] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def show_samples(self, samples: Sequence[SamplePictures]) -> None:
        """Show these pictures; where there are as many as before, the divider stays where it is."""
        while len(self.cells) > len(samples):
            cell = self.cells.pop()
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        while len(self.cells) < len(samples):
            cell = BeforeAfter()
            cell.moved.connect(self._on_moved)
            self.cells.append(cell)
            self._columns = 0
        for cell, sample in zip(self.cells, samples, strict=True):
            cell.show_pictures(sample.name, sample.before, sample.after)
            cell.setToolTip("")
        self._spread()

    def sizeHint(self) -> QSize:
        """Two columns, about."""
        return QSize(2 * scaled(_PICTURE_WIDTH), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """One column, however many there are now: where there is less room, there will be fewer."""
        return QSize(scaled(_PICTURE_WIDTH), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room."""
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        columns = max(1, min(3, self.width() // scaled(_PICTURE_WIDTH)))
        if columns == self._columns or not self.cells:
            return
        self._columns = columns
        for place, cell in enumerate(self.cells):
            self._grid.addWidget(cell, place // columns, place % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, int(column < columns))

    def _on_moved(self, share: float) -> None:
        for cell in self.cells:
            cell.set_share(share)


_NOTES = {
    TrainingState.RUNNING: tr.mark("You can keep working. If you close the window, what is learned so far is kept."),
    TrainingState.STOPPING: "",
    TrainingState.PAUSED: tr.mark("Nothing is lost. Meanwhile the model can propose regions."),
    TrainingState.STOPPED: tr.mark("What is learned so far is kept; Resume goes on from there."),
    TrainingState.DONE: "",
}


def _phase_text(status: TrainingStatus) -> str:
    share = percent(status.share)
    match status.state:
        case TrainingState.DONE:
            return status.verdict or tr("Done")
        case TrainingState.PAUSED:
            return tr("Paused after {share}").format(share=share)
        case TrainingState.STOPPED:
            return tr("Interrupted after {share}").format(share=share)
        case TrainingState.STOPPING:
            return tr("Saving what is learned so far…")
    return tr(PHASES[status.phase]) if status.phase in PHASES else tr("Loading the model…")


def _left_text(status: TrainingStatus) -> str:
    if status.state is not TrainingState.RUNNING:
        return ""
    share = percent(status.share)
    if status.seconds_left is None:
        return share
    return tr("{share}, about {time} left").format(share=share, time=duration_text(max(1.0, status.seconds_left)))


def _muted(text: str) -> QLabel:
    label = PlainLabel(text, wordWrap=True)
    label.setProperty("role", "muted")
    return label


def _section(text: str) -> QLabel:
    label = PlainLabel(text)
    label.setProperty("role", "section")
    return label
