"""User verbs on the history: undo, redo, and dropping what is old."""

from __future__ import annotations

from collections.abc import Generator

from acseg_core.store.edits import history
from acseg_core.store.upkeep import trimming
from acseg_core.store.upkeep.trimming import HistorySize, Kept
from acseg_core.types import OpChanges, Progress
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

tr = Words("Work")


def undo(session: Session) -> Job:
    """Take the last operation back."""
    return session.edit(history.undo)


def redo(session: Session) -> Job:
    """Do again what was taken back."""
    return session.edit(history.redo)


def measure(session: Session, kept: Kept) -> Job:
    """How much history is older than what is kept."""
    return session.read(lambda project: trimming.measure(project, kept))


def trim(session: Session, kept: Kept) -> Job:
    """Drop what is older; edits wait until the file is smaller.

    The job's result is how many edits went, and by how much the file is smaller.
    """
    project = session.require()

    def work() -> Generator[Progress, None, HistorySize]:
        yield Progress(0, 0, "dropping old history")
        dropped = trimming.trim(project, kept)
        session.note_changes(project, OpChanges())
        yield Progress(0, 0, "making the file smaller")
        return HistorySize(dropped, max(0, project.compact()))

    return session.jobs.submit(Lane.STORE, work, title=tr("Removing old history"))
