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
        session.opened.connect(self._wait)
        session.jobs.started.connect(self._give_way)

    def _wait(self) -> None:
        self._session.jobs.when_idle(self._start)

    def _start(self) -> None:
        session = self._session
        summary = session.summary
        if not session.can_edit or self._job is not None or summary is None:
            return
        if summary.scenes_hashed < summary.scenes:
            project = session.require()
            self._job = session.jobs.submit(Lane.DISK, lambda: hash_scenes(project))
            self._job.succeeded.connect(lambda _count: session.recount())
            self._job.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self._job = None

    def _give_way(self, job: Job) -> None:
        if self._job is not None and job.lane is Lane.DISK:
            self._job.cancel()
            self._job.cancelled.connect(self._wait)
