"""The effort meter: a clock that runs while somebody is at work, and which image had the time and the actions."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from acseg_core.errors import AcsegError, ProjectReplacedError
from acseg_core.store import Project
from acseg_core.store.upkeep import timings
from acseg_core.store.upkeep.timings import Activity, EffortSummary, WorkSpan
from acseg_core.types import ImageRecord, OpChanges
from acseg_desktop.canvas.viewer import ImageViewer
from acseg_desktop.jobs import Lane
from acseg_desktop.session import Session

logger = logging.getLogger(__name__)

IDLE_S = 60.0
"""Seconds without a key or the mouse after which nobody is at it."""

SAVE_EVERY_S = 15.0
"""Seconds of work that are lost at most when the power fails."""

_TICK_MS = 1000
_WORTH_SAVING_S = 1.0
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.NativeGesture,
    }
)


class WorkClock:
    """Runs from an input on, until none has come for a while or it is stopped."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic, idle: float = IDLE_S) -> None:
        self._now, self._idle = now, idle
        self._counted_to: float | None = None
        self._last_input = 0.0
        self._banked = 0.0

    @property
    def is_running(self) -> bool:
        """Whether somebody is at it."""
        return self._counted_to is not None and self._now() <= self._last_input + self._idle

    def touch(self) -> None:
        """Somebody did something."""
        now = self._now()
        if self._counted_to is not None and now > self._last_input + self._idle:
            self._bank()
        if self._counted_to is None:
            self._counted_to = now
        self._last_input = now

    def stop(self) -> None:
        """Nobody can be at it now."""
        self._bank()
        self._counted_to = None

    def take(self) -> float:
        """The seconds that nobody has taken yet."""
        self._bank()
        taken, self._banked = self._banked, 0.0
        return taken

    def _bank(self) -> None:
        if self._counted_to is not None:
            now, end = self._now(), self._last_input + self._idle
            self._banked += max(0.0, min(now, end) - self._counted_to)
            self._counted_to = now if now <= end else None


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody works at: an image on the canvas, or the clusters."""

    image_id: int | None
    activity: Activity


class EffortMeter(QObject):
    """Keeps the times of the open project, and saves them: on the way to another image, now and then, at the end.

    Signals:
        updated(): The time of the image, or of the project, is another one.
    """

    updated = Signal()

    def __init__(self, session: Session, viewer: ImageViewer, *, clock: WorkClock | None = None) -> None:
        super().__init__(session)
        self.clock = clock or WorkClock()
        self.summary: EffortSummary | None = None
        self._session, self._viewer = session, viewer
        self._project: Project | None = None
        self._place = Place(None, Activity.REVIEW)
        self._pending: dict[Place, WorkSpan] = {}
        self._of_image: dict[int, tuple[float, int]] = {}
        """Seconds and actions of the images that were shown since the project was opened."""
        self._since_saving = 0.0
        self._ticks = QTimer(self, interval=_TICK_MS)
        self._ticks.timeout.connect(self._on_tick)
        session.opened.connect(self._on_opened)
        session.closing.connect(self._on_closing)
        session.edited.connect(self._on_edited)
        viewer.image_shown.connect(self._on_image)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.installEventFilter(self)
            application.focusWindowChanged.connect(self._on_focus)

    @property
    def image_time(self) -> tuple[float, int] | None:
        """Seconds and actions of the image on the canvas, or None when they are not known."""
        image_id = self._place.image_id
        return self._of_image.get(image_id) if image_id is not None else None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See that somebody does something; every event goes on."""
        if event.type() in _INPUT and self._project is not None:
            self.clock.touch()
            if not self._ticks.isActive():
                self._ticks.start()
        return False

    def show_browser(self, shown: bool) -> None:
        """The concept browser took the canvas's place, or gave it back."""
        record = self._viewer.record
        image_id = None if shown or record is None else record.id
        self._go_to(Place(image_id, Activity.BROWSE if shown else Activity.REVIEW))

    def stop(self) -> None:
        """Save, and time nothing more."""
        application = QGuiApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.save()
        self._ticks.stop()
        self._project = None

    def save(self) -> None:
        """Save what is not saved yet."""
        self._settle()
        project, spans = self._project, list(self._pending.values())
        self._pending.clear()
        self._since_saving = 0.0
        if project is None or not spans:
            return

        def work() -> EffortSummary:
            timings.record_work(project, spans)
            return timings.effort_summary(project)

        job = self._session.jobs.submit(Lane.STORE, work)
        job.on_error(self._on_save_failed, of=AcsegError)
        job.failed.connect(lambda _error: self._keep_for_later(project, spans))
        job.succeeded.connect(lambda summary: self._take(project, summary))

    def _on_save_failed(self, error: Exception) -> None:
        """No times are worth a message, but that may be the first to find that nothing is saved any more."""
        logger.info("times not saved: %s", error)
        if isinstance(error, ProjectReplacedError):
            self._session.jobs.failed.emit(error)

    def _go_to(self, place: Place) -> None:
        if place == self._place:
            return
        self._settle()
        self._place = place
        if any(span.actions or span.seconds >= _WORTH_SAVING_S for span in self._pending.values()):
            self.save()
        self._learn(place)
        self.updated.emit()

    def _learn(self, place: Place) -> None:
        """Read what an image took before; in the lane of the writer, so that nothing is read that is counted here."""
        project, image_id = self._project, place.image_id
        if project is None or image_id is None or image_id in self._of_image:
            return

        def take(found: list[timings.ImageEffort]) -> None:
            if project is self._project:
                seconds, actions = self._of_image.get(image_id, (0.0, 0))
                before = (found[0].seconds, found[0].actions) if found else (0.0, 0)
                self._of_image[image_id] = (before[0] + seconds, before[1] + actions)
                self.updated.emit()

        self._of_image[image_id] = (0.0, 0)
        job = self._session.jobs.submit(Lane.STORE, lambda: timings.effort_by_image(project, [image_id]))
        job.succeeded.connect(take)

    def _settle(self) -> None:
        """Give the time that went by to what it was for."""
        seconds = self.clock.take()
        if seconds > 0:
            self._since_saving += seconds
            self._add(self._place, seconds=seconds)

    def _add(self, place: Place, *, seconds: float = 0.0, actions: int = 0) -> None:
        if self._project is None:
            return
        started = datetime.now(UTC) - timedelta(seconds=seconds)
        span = self._pending.get(place) or WorkSpan(place.image_id, place.activity, started, 0.0)
        self._pending[place] = replace(span, seconds=span.seconds + seconds, actions=span.actions + actions)
        if place.image_id in self._of_image:
            before = self._of_image[place.image_id]
            self._of_image[place.image_id] = (before[0] + seconds, before[1] + actions)

    def _on_tick(self) -> None:
        self._settle()
        if self._since_saving >= SAVE_EVERY_S or not self.clock.is_running:
            self.save()
        if not self.clock.is_running:
            self._ticks.stop()
        self.updated.emit()

    def _on_edited(self, changes: OpChanges) -> None:
        place = self._place
        if place.activity is Activity.REVIEW and len(changes.image_ids) == 1:
            (image_id,) = changes.image_ids
            place = Place(image_id, Activity.REVIEW)  # another image may be on the canvas already
        self._add(place, actions=1)
        self.updated.emit()

    def _on_image(self, record: ImageRecord) -> None:
        if self._place.activity is Activity.REVIEW:
            self._go_to(Place(record.id, Activity.REVIEW))

    def _on_focus(self, window: QWindow | None) -> None:
        if window is None:
            self.clock.stop()

    def _on_opened(self) -> None:
        self._project = project = self._session.project if self._session.can_edit else None
        self.clock.stop()
        self.clock.take()
        if project is not None:
            job = self._session.jobs.submit(Lane.STORE, lambda: timings.effort_summary(project))
            job.succeeded.connect(lambda summary: self._take(project, summary))

    def _on_closing(self) -> None:
        self.save()
        self._ticks.stop()
        self._project = self.summary = None
        self._place = Place(None, Activity.REVIEW)
        self._of_image.clear()
        self.updated.emit()

    def _take(self, project: Project, summary: EffortSummary) -> None:
        if project is self._project:
            self.summary = summary
            self.updated.emit()

    def _keep_for_later(self, project: Project, spans: list[WorkSpan]) -> None:
        """Try again with the next; whoever edits is told of what is wrong with the disk."""
        if project is self._project:
            for span in spans:
                place = Place(span.image_id, span.activity)
                later = self._pending.get(place)
                more = (later.seconds, later.actions) if later is not None else (0.0, 0)
                self._pending[place] = replace(span, seconds=span.seconds + more[0], actions=span.actions + more[1])
