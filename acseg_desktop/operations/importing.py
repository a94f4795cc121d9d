"""Importing labels: a look at what a file would bring, on the lane for slow reading, and the import itself."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from acseg_core.formats.format import Format, format_called, guessed, recognised
from acseg_core.formats.map_images import AS_IT_IS, MapOptions
from acseg_core.formats.matching import Match
from acseg_core.reports import ImportReport
from acseg_core.store import Project, queries
from acseg_core.types import OpChanges, Progress
from acseg_core.verbs import Verb
from acseg_core.workflows.import_preview import ImportPreview, preview_import
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

tr = Words("Work")

LOOKED_AT = 1000
"""Images of a file that are read before it is imported; the rest is read then."""

_TOLD_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import, and how."""

    path: Path
    format: Format
    settings: ImportSettings


@dataclass(frozen=True, slots=True)
class Look(Progress):
    """How far a look at a file has come: what it is, and what is known of it."""

    format: Format | None = None
    preview: ImportPreview | None = None


def guess(session: Session, path: Path) -> Job:
    """Find out what a file or folder is; the result is its format, or None."""
    return session.jobs.submit(Lane.DISK, lambda: guessed(path))


def look(session: Session, path: Path, *, key: str | None, match: Match | None, on_map: MapOptions = AS_IT_IS) -> Job:
    """Find out what importing a file would do; without a ``key`` its content says what it is."""
    project = session.require()
    return session.jobs.submit(Lane.DISK, lambda: looking(project, path, key=key, match=match, on_map=on_map))


def looking(
    project: Project, path: Path, *, key: str | None, match: Match | None, on_map: MapOptions = AS_IT_IS
) -> Generator[Look, None, Look]:
    """Look at a file; every tick says all that is known so far.

    Raises:
        AcsegError: It is of no known format, or something in it makes no sense.
    """
    yield Look(0, 0)
    chosen = recognised(path) if key is None else format_called(key)
    last = Look(0, 0, format=chosen)
    yield last
    with chosen.read(path) as files:
        for tick in preview_import(project, path, files, match=match, on_map=on_map, most=LOOKED_AT):
            last = Look(tick.done, tick.total, tick.message, chosen, tick.preview)
            yield last
    return last


def start(session: Session, request: ImportRequest) -> Job:
    """Import, in the background; images are shown as they are finished."""
    project = session.require()
    return session.jobs.submit(Lane.COMPUTE, lambda: importing(session, project, request), title=tr("Importing labels"))


def importing(session: Session, project: Project, request: ImportRequest) -> Generator[Progress, None, ImportReport]:
    """Import, and tell the session now and then which images are finished.

    Raises:
        AcsegError: Something in the file makes no sense, or the project cannot be written.
    """
    yield Progress(0, 0)
    with request.format.read(request.path) as files:
        verb = Verb.IMPORT_LABELS if files.is_list else Verb.IMPORT_SHAPES
        work = import_files(project, request.path, files, request.settings)
        finished: set[int] = set()
        told = time.monotonic()
        try:
            while True:
                tick = next(work)
                record = queries.image_by_path(project, tick.message) if tick.message else None
                finished |= set() if record is None else {record.id}
                if time.monotonic() - told > _TOLD_EVERY_S:
                    session.note_changes(project, _changes(verb, finished))
                    finished, told = set(), time.monotonic()
                yield tick
        except StopIteration as stop:
            report: ImportReport = stop.value
            return report
        finally:
            work.close()
            session.note_changes(project, _changes(verb, finished))


def _changes(verb: Verb, image_ids: set[int]) -> OpChanges:
    return OpChanges(verb, images=bool(image_ids), labels=True, image_ids=frozenset(image_ids))
