"""The files of scenes are read whole once, when there is nothing else to do: then a later scan knows them for sure."""

from __future__ import annotations

from acseg_core.workflows.scenes import hash_scenes
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.session import Session


class SceneHashing:
    """Begins when a project is open and nothing runs, and gives way to other long reading and writing.

    Args:
        session: The open project.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._job: Job | None = None
        self._is_waiting = self._is_done = False
        session.closed.connect(self._on_closed)
        session.counts_changed.connect(self._wait)
        session.jobs.started.connect(self._give_way)

    def _wait(self) -> None:
        summary = self._session.summary
        if self._is_waiting or self._is_done or summary is None or summary.scenes_hashed >= summary.scenes:
            return
        self._is_waiting = True
        self._session.jobs.when_idle(self._start)

    def _start(self) -> None:
        self._is_waiting = False
        session = self._session
        if not session.can_edit or self._job is not None:
            return
        project = session.require()
        self._job = session.jobs.submit(Lane.DISK, lambda: hash_scenes(project))
        self._job.succeeded.connect(self._on_done)
        self._job.finished.connect(self._on_finished)

    def _on_done(self, hashed: int) -> None:
        self._is_done = True  # what is left now cannot be read
        if hashed:
            self._session.recount()

    def _on_finished(self) -> None:
        self._job = None
        self._wait()

    def _on_closed(self) -> None:
        self._is_done = False

    def _give_way(self, job: Job) -> None:
        if self._job is not None and job.lane is Lane.DISK:
            self._job.cancel()
