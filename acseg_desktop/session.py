"""The open project, and what the panels show of it: labels, history, counts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from acseg_core.errors import EditError
from acseg_core.store import Project, open_project, queries
from acseg_core.store.edits import history
from acseg_core.types import HistoryState, Label, LabelUsage, OpChanges, ProjectSummary
from acseg_desktop.jobs import Job, Jobs, Lane
from acseg_desktop.language.words import Words

tr = Words("Work")

logger = logging.getLogger(__name__)

_COUNT_DELAY_MS = 120
_THREADS_S = 2.0
"""Threads that have nothing to do end at once; one that does not must not keep the program."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The small things read after every edit."""

    labels: tuple[Label, ...] = ()
    history: HistoryState = field(default_factory=HistoryState)


def read_snapshot(project: Project) -> Snapshot:
    """Read the labels and what undo would do."""
    return Snapshot(labels=tuple(queries.labels(project)), history=history.state(project))


def explained(project: Project, work: Callable[[Project], Any]) -> Any:
    """Do the work; where it fails because a row is damaged, that is what is told."""
    try:
        return work(project)
    except Exception as error:
        project.explain(error)
        raise


class Session(QObject):
    """Holds the project; all edits and all reads of the window go through it.

    Signals:
        opened(): A project is open; labels and history are there.
        leaving(): The project is about to be closed, and all is as it was: remember it. `closing` follows.
        closing(): The project is about to be closed; forget everything of it.
        closed(): No project is open any more.
        editing(Job): An edit was asked for; it is committed when the job is done.
        changed(OpChanges): An edit was committed; labels and history are up to date.
        edited(OpChanges): It was one by hand, and changed something; after `changed`.
        counts_changed(): `summary` and `usage` were read anew.
        open_failed(Exception, Path): The project in that folder did not open.
        ended(): Nothing is open or running any more, after `shut_down`.
    """

    opened = Signal()
    leaving = Signal()
    closing = Signal()
    closed = Signal()
    editing = Signal(object)
    changed = Signal(object)
    edited = Signal(object)
    counts_changed = Signal()
    open_failed = Signal(object, object)
    ended = Signal()
    _noted = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.project: Project | None = None
        self.labels: Mapping[int, Label] = {}
        self.history = HistoryState()
        self.summary: ProjectSummary | None = None
        self.usage: Mapping[int, LabelUsage] = {}
        self.merged_into: dict[int, int] = {}
        """Region merged away to what it became, for edits that the window asked for before it knew. Store lane only."""
        self._opening: Job | None = None
        self._pending: Callable[[], None] | None = None
        self.closing_job: Job | None = None
        """What closes the project, and makes its last backup."""
        self._is_closing = False
        self._is_ending = self.has_ended = False
        self._counting = False
        self._count_timer = QTimer(self, singleShot=True, interval=_COUNT_DELAY_MS)
        self._count_timer.timeout.connect(self._count)
        self._noted.connect(self._on_noted)

    @property
    def is_open(self) -> bool:
        """Whether a project is open."""
        return self.project is not None

    @property
    def is_opening(self) -> bool:
        """Whether a project is being opened or made, or is to be as soon as the one before is closed."""
        return self._opening is not None or self._pending is not None

    @property
    def can_edit(self) -> bool:
        """Whether a project is open for writing."""
        return self.project is not None and not self.project.read_only

    @property
    def is_counting(self) -> bool:
        """Whether newer counts than those shown are on their way."""
        return self._counting or self._count_timer.isActive()

    def label_of_key(self, key: str) -> Label | None:
        """The label with hotkey "1".."9"."""
        return next((label for label in self.labels.values() if label.hotkey == key), None)

    def open(self, folder: Path, *, read_only: bool = False) -> None:
        """Close what is open, then open the project in ``folder``."""
        self.open_by(
            lambda: open_project(folder, read_only=read_only),
            folder=folder,
            title=tr("Opening {name}").format(name=folder.name),
        )

    def open_by(self, work: Callable[[], Any], *, folder: Path, title: str) -> None:
        """Close what is open, then take over the project that ``work`` returns (or a generator of it)."""
        if self._is_ending:
            return
        self._leave_opening()
        self._pending = lambda: self._start_opening(work, folder, title)
        if self.project is not None:
            self.close()
        elif not self._is_closing:
            self._start_pending()

    def close(self) -> None:
        """Stop work on the project, finish its edits, and close it."""
        if self.project is not None:
            self.leaving.emit()
        project, self.project = self.project, None
        if project is None:
            return
        self._is_closing = True
        self._count_timer.stop()
        self.closing.emit()
        self.labels, self.history, self.summary, self.usage = {}, HistoryState(), None, {}
        self.jobs.cancel_all()

        def shut() -> None:
            self.closing_job = self.jobs.submit(Lane.STORE, project.close)
            self.closing_job.finished.connect(self._on_closed)

        self.jobs.when_idle(shut)

    def shut_down(self) -> None:
        """End for good, in the order that loses nothing: what is being opened, what runs, edits, project, threads.

        It returns at once; `ended` says when all is done. A second call does nothing.
        """
        if self._is_ending:
            return
        self._is_ending = True
        self._pending = None
        self._leave_opening()
        self.close()
        self.jobs.drain()
        self._end_when_idle()

    def edit(
        self, work: Callable[[Project], OpChanges | tuple[Any, OpChanges] | None], *, goes_on: bool = False
    ) -> Job:
        """Run one edit on the store lane; the panels hear of it by `changed`.

        The job's result is a tuple: what ``work`` returned besides its changes, the changes, and a snapshot. An edit
        that ``goes_on`` belongs to the action before it, like all of one movement of a slider.
        """
        project = self.require()

        def run() -> tuple[Any, OpChanges, Snapshot]:
            outcome = explained(project, work)
            result, changes = outcome if isinstance(outcome, tuple) else (None, outcome or OpChanges())
            return result, changes, read_snapshot(project)

        job = self.jobs.submit(Lane.STORE, run)
        self.editing.emit(job)
        job.succeeded.connect(lambda outcome: self._on_edited(project, *outcome[1:], by_hand=not goes_on))
        return job

    def read(self, work: Callable[[Project], Any], *, lane: Lane = Lane.READ, priority: int = 5) -> Job:
        """Run a query off the GUI thread."""
        project = self.require()
        return self.jobs.submit(lane, lambda: explained(project, work), priority=priority)

    def require(self) -> Project:
        """The open project.

        Raises:
            EditError: None is open.
        """
        if self.project is None:
            raise EditError("no project is open; open or create one first")
        return self.project

    def note_changes(self, project: Project, changes: OpChanges) -> None:
        """Tell the panels of changes made by long work; may be called from any thread."""
        self._noted.emit((project, changes))

    def recount(self) -> None:
        """Read the counts soon; several requests in a row are one."""
        if self.is_open:
            self._count_timer.start()

    def _end_when_idle(self) -> None:
        """Closing a project is one more job, also one that was being opened: look again when it is done."""
        if self.jobs.running():
            self.jobs.when_idle(self._end_when_idle)
            return
        if not self.jobs.shut_down(timeout=_THREADS_S):
            logger.error("a lane with nothing to do did not end")
        self.has_ended = True
        self.ended.emit()

    def _leave_opening(self) -> None:
        """Stop opening; a project that is open by then is closed again, see `_on_opened`."""
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None

    def _on_closed(self) -> None:
        self._is_closing = False
        self.closing_job = None
        self.closed.emit()
        self._start_pending()

    def _start_pending(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None:
            pending()

    def _start_opening(self, work: Callable[[], Any], folder: Path, title: str) -> None:
        def run() -> Generator[Any, None, tuple[Project, Snapshot]]:
            outcome = work()
            project: Project = (yield from outcome) if isinstance(outcome, Generator) else outcome
            try:
                return project, read_snapshot(project)
            except BaseException:
                project.close()  # nobody has it yet, and its lock would be in the way of restoring it
                raise

        job = self._opening = self.jobs.submit(Lane.DISK, run, title=title)
        job.on_error(lambda error: self._on_open_failed(job, error, folder))
        job.succeeded.connect(lambda outcome: self._on_opened(job, outcome))
        job.cancelled.connect(lambda: self._on_open_cancelled(job))

    def _on_open_failed(self, job: Job, error: Exception, folder: Path) -> None:
        if job is self._opening:
            self._opening = None
            self.open_failed.emit(error, folder)

    def _on_open_cancelled(self, job: Job) -> None:
        if job is self._opening:
            self._opening = None

    def _on_opened(self, job: Job, outcome: tuple[Project, Snapshot]) -> None:
        project, snapshot = outcome
        if job is not self._opening:
            self.closing_job = self.jobs.submit(Lane.STORE, project.close)
            return
        self._opening = None
        self.project = project
        self.merged_into = {}
        self._take(snapshot)
        self.opened.emit()
        self.recount()

    def _on_noted(self, noted: tuple[Project, OpChanges]) -> None:
        """Read the snapshot on the store lane: there it cannot be older than one that is shown already."""
        project, changes = noted
        if project is self.project:
            job = self.jobs.submit(Lane.STORE, lambda: read_snapshot(project))
            job.succeeded.connect(lambda snapshot: self._on_edited(project, changes, snapshot))

    def _on_edited(self, project: Project, changes: OpChanges, snapshot: Snapshot, *, by_hand: bool = False) -> None:
        if project is not self.project:
            return
        self._take(snapshot)
        self.changed.emit(changes)
        if by_hand and changes.verb:
            self.edited.emit(changes)
        self.recount()

    def _take(self, snapshot: Snapshot) -> None:
        self.labels = {label.id: label for label in snapshot.labels}
        self.history = snapshot.history

    def _count(self) -> None:
        if self._counting or self.project is None:
            if self._counting:
                self._count_timer.start()
            return
        project = self.project
        self._counting = True
        job = self.read(lambda project: (queries.summary(project), queries.label_usage(project)), priority=8)
        job.succeeded.connect(lambda counts: self._on_counted(project, counts))
        job.finished.connect(self._on_count_finished)

    def _on_counted(self, project: Project, counts: tuple[ProjectSummary, Mapping[int, LabelUsage]]) -> None:
        if project is self.project:
            self.summary, self.usage = counts
            self.counts_changed.emit()

    def _on_count_finished(self) -> None:
        self._counting = False
