"""The status bar: where one is, what is under the cursor, how far the project is, what is running."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QStatusBar, QToolButton, QWidget

from acseg_core.images.georef import GeoReference, georeference_of
from acseg_core.store.upkeep.timings import EffortSummary
from acseg_core.types import ImageRecord, ProjectSummary
from acseg_desktop.appearance.icons import SMALL, icon
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.jobs import Job, Jobs
from acseg_desktop.language.durations import duration_text
from acseg_desktop.language.words import Words, decimal, number, percent
from acseg_desktop.panels.canvas_header import ElidedLabel

tr = Words("Status line")

LOADING = "loading the model"
"""What work that needs a model says before its first image."""

_SHOW_AFTER_MS = 300
_GAP = 16
"""Distance between a passing message and what stands beside it."""


class JobBar(QWidget):
    """Progress of the newest titled job, with a button that stops it."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self.title = PlainLabel()
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedWidth(140)
        self.cancel = QToolButton()
        self.cancel.setIconSize(SMALL)
        self.cancel.setToolTip(tr("Cancel (finished work is kept)"))
        self.cancel.setAccessibleName(tr("Cancel"))
        self.cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.title)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)
        self._timer = QTimer(self, singleShot=True, interval=_SHOW_AFTER_MS)
        self._timer.timeout.connect(lambda: self.setVisible(bool(self._jobs)))
        jobs.started.connect(self._on_started)
        self.hide()

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        self.cancel.setIcon(icon("close-circle-outline"))

    def _on_started(self, job: Job) -> None:
        self._jobs.append(job)
        job.progressed.connect(lambda _tick: self._show(job))
        job.finished.connect(lambda: self._on_finished(job))
        self._show(job)
        self._timer.start()

    def _show(self, job: Job) -> None:
        if not self._jobs or job is not self._jobs[-1]:
            return
        tick = job.progress
        self.bar.setRange(0, tick.total)
        self.bar.setValue(min(tick.done, tick.total))
        counts = tr("{done} of {total}").format(done=number(tick.done), total=number(tick.total)) if tick.total else ""
        if tick.message == LOADING and not tick.done:
            self.bar.setRange(0, 0)
            counts = tr("Loading the model…")
        between = ": " if self.bar.maximum() == 0 and counts else " "
        doing = tr("Cancelling…") if job.is_cancelled else f"{job.title}{between}{counts}".rstrip()
        self.title.setText(doing)
        self.title.setToolTip(tip(tick.message))
        self.cancel.setEnabled(not job.is_cancelled)

    def _on_finished(self, job: Job) -> None:
        self._jobs.remove(job)
        if self._jobs:
            self._show(self._jobs[-1])
        else:
            self._timer.stop()
            self.hide()

    def _on_cancel(self) -> None:
        if self._jobs:
            self._jobs[-1].cancel()
            self._show(self._jobs[-1])


class StatusLine(QStatusBar):
    """All the small texts at the bottom."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.position, self.size_text, self.zoom = PlainLabel(), PlainLabel(), PlainLabel()
        self.region_text, self.map_text = PlainLabel(), PlainLabel()
        self._map: GeoReference | None = None
        self.cursor_text, self.effort, self.counts = (ElidedLabel(mode=Qt.TextElideMode.ElideRight) for _ in range(3))
        for elided in (self.effort, self.counts):
            elided.setMinimumWidth(1)  # else large text would make the window wide
        self.jobs = JobBar(jobs)
        self.hint = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for label in (self.position, self.size_text, self.zoom, self.cursor_text, self.map_text, self.region_text):
            self.addWidget(label)
        self.addWidget(self.hint, 1)
        self.addPermanentWidget(self.effort)
        self.addPermanentWidget(self.counts)
        self.addPermanentWidget(self.jobs)
        self.messageChanged.connect(lambda _text: self._give_way())
        self.cursor_text.setMinimumWidth(self.fontMetrics().horizontalAdvance("0000, 0000   RGB 000 000 000"))

    def say(self, text: str, milliseconds: int) -> None:
        """Show a passing message instead of the small texts."""
        self.showMessage(text, milliseconds)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is more room, or less."""
        super().resizeEvent(event)
        self._give_way()

    def show_image(self, record: ImageRecord | None, *, row: int | None, rows: int) -> None:
        """Show where the image is in the list, and its size."""
        place = f"{number(row + 1)} / {number(rows)}" if row is not None else (f"– / {number(rows)}" if rows else "")
        self.position.setText(place if record else "")
        self.size_text.setText(f"{record.width} × {record.height}" if record else "")
        self._map = georeference_of(record.info) if record else None
        self.map_text.setVisible(self._map is not None)
        self.map_text.setToolTip(tip(system_text(self._map)) if self._map else "")
        if record is None:
            self.zoom.clear()
            self.show_cursor(None, None, "")

    def show_zoom(self, zoom: float) -> None:
        """Show the zoom."""
        self.zoom.setText(percent(zoom))

    def show_cursor(self, x: int | None, y: int | None, region: str, value: tuple[int, int, int] | None = None) -> None:
        """Show the pixel under the cursor with its red, green and blue, and the region."""
        place = "" if x is None or y is None else f"{x}, {y}"
        self.cursor_text.setText(place if value is None else f"{place}   RGB {value[0]} {value[1]} {value[2]}")
        self.region_text.setText(region)
        self.map_text.setText("" if x is None or y is None or self._map is None else map_text(self._map, x, y))

    def show_hint(self, hint: str) -> None:
        """Show which tool is in use and which keys it knows, in the place of the counts; nothing for the usual one."""
        self.hint.setText(hint)
        self.hint.setToolTip(tip(hint))
        self._give_way()

    def _give_way(self) -> None:
        """Hide what always stands at the right where a passing message needs the room; for a hint in any case."""
        message = self.currentMessage()
        room = self.width() - self.fontMetrics().horizontalAdvance(message) - _GAP
        if self.jobs.isVisible():
            room -= self.jobs.sizeHint().width() + _GAP
        for label in (self.counts, self.effort):
            room -= label.sizeHint().width() + _GAP
            label.setVisible(not self.hint.text() and (not message or room >= 0))

    def show_counts(self, summary: ProjectSummary | None) -> None:
        """Show how far the project is."""
        if summary is None:
            self.counts.clear()
            return
        done = summary.images_by_status.get("done", 0)
        images = tr("{done} of %Ln image(s) done", summary.images).format(done=number(done))
        regions = tr("{named} of %Ln region(s) named", summary.regions).format(named=number(summary.regions_named))
        self.counts.setText(f"{images}   {regions}")

    def show_effort(self, effort: EffortSummary | None, *, image: tuple[float, int] | None) -> None:
        """Show how long somebody was at it and what the rest would take; the tip tells of the image, too."""
        if effort is None or effort.seconds < 1:
            self.effort.clear()
            self.effort.setToolTip("")
            return
        pace, left = effort.images_per_hour, effort.seconds_left
        parts = [tr("{time} of work").format(time=duration_text(effort.seconds))]
        parts += [_pace_text(pace)] if pace is not None else []
        if left:
            parts.append(tr("%Ln image(s) left: about {time}", effort.images_left).format(time=duration_text(left)))
        self.effort.setText(" · ".join(parts))
        self.effort.setToolTip(tip("\n".join([*_image_lines(image), _effort_text(effort)])))


def map_text(reference: GeoReference, x: int, y: int) -> str:
    """Map coordinates of the middle of a pixel, with as many digits as tell pixels apart."""
    ((east, north),) = reference.to_map(np.array([[x + 0.5, y + 0.5]])).tolist()
    digits = max(0, 1 - math.floor(math.log10(math.sqrt(reference.pixel_area))))
    numbers = [decimal(round(value, digits), digits=digits) for value in (east, north)]
    return tr("Map: {x} / {y}").format(x=numbers[0], y=numbers[1])


def system_text(reference: GeoReference) -> str:
    """Which coordinate system that is."""
    system = reference.system
    if system is None or not system.title:
        return tr("The image's files do not say which coordinate system that is.")
    return tr("Coordinate system: {name}").format(name=system.title)


def area_text(reference: GeoReference | None, pixels: int) -> str:
    """How large an area is on the ground; "" where that is not known."""
    if reference is None or reference.square_metres is None:
        return ""
    area = pixels * reference.square_metres
    return tr("{area} m²").format(area=decimal(round(area, 1) if area < 1000 else round(area)))


def _pace_text(images_per_hour: float) -> str:
    if images_per_hour >= 9.95:
        return tr("%Ln image(s) per hour", round(images_per_hour))
    return tr("{count} images per hour").format(count=decimal(images_per_hour))


def _image_lines(spent: tuple[float, int] | None) -> list[str]:
    """How long somebody was at the image, and in how many actions; a first glance is not worth a number."""
    if spent is None or spent[0] < 1:
        return []
    seconds, actions = spent
    told = tr("{time} on this image, %Ln action(s); pauses of more than a minute do not count", actions)
    return [told.format(time=duration_text(seconds))]


def _effort_text(effort: EffortSummary) -> str:
    lines = [
        tr("{time} of work, %Ln action(s):", effort.actions).format(time=duration_text(effort.seconds)),
        tr("{time} on images").format(time=duration_text(effort.review_seconds)),
        tr("{time} in the concept browser").format(time=duration_text(effort.browse_seconds)),
    ]
    if effort.seconds_per_image is not None:
        actions = decimal(effort.done_actions / effort.images_timed)
        time = duration_text(effort.seconds_per_image)
        lines.append(tr("A done image took {time} and {actions} actions on average").format(time=time, actions=actions))
    return "\n".join(lines)
