"""A backup, or a kept state, put in the place of a project's database; what was there is kept beside it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from acseg_core.errors import ProjectDamagedError, ProjectError, ProjectNotFoundError, ProjectReadOnlyError
from acseg_core.output.atomic_write import storage_error
from acseg_core.store import backups, lock, soundness
from acseg_core.store.database import DATABASE, absolute_path, connect, uri
from acseg_core.store.opening import open_project
from acseg_core.store.readable import readable_name


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done.

    Attributes:
        source: The file that was put in place; it stays where it is.
        aside: What the database is called that was there, or None if there was none.
    """

    source: Path
    aside: Path | None


@dataclass(frozen=True, slots=True)
class Loss:
    """What a database has that a file in its place would not have.

    Attributes:
        edits: Made after the newest one in that file.
        first: When the first of them was made, as it is stored; empty if there are none.
        last: When the last was.
    """

    edits: int = 0
    first: str = ""
    last: str = ""


def restore_backup(folder: Path, *, source: Path | None = None, force: bool = False) -> Restored | None:
    """Put the newest good backup in the place of a damaged database.

    What was there is kept beside it as ``project.db.damaged-1`` (a sound one: ``project.db.replaced-1``) and so on.
    Killed at any moment, it can be called again.

    Args:
        folder: The project's folder; made for a ``source`` if it is missing.
        source: The file to take in place of the newest good backup; it is checked first.
        force: Do it to a sound database, too.

    Returns:
        What was done, or None when the database is sound: then nothing was.

    Raises:
        ProjectNotFoundError: There is neither a database nor a backup.
        ProjectDamagedError: No backup reads, or the source does not.
        ProjectLockedError: Another program has the project open.
        ProjectReadOnlyError: The folder cannot be written.
        ProjectTooNewError: A newer version made what is there, and it is not forced.
        StorageError: The disk is full or refused; what was there is there still.
    """
    folder = absolute_path(folder)
    if source is not None:
        source = _required(source)
    elif not (folder / DATABASE).exists():
        source = chosen_backup(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(folder, error) from error
    with lock.acquire(folder):
        sound = (folder / DATABASE).exists() and _is_sound(folder, force=force)
        if sound and not force:
            return None
        taken = source or chosen_backup(folder)
        return Restored(taken, _put_in_place(folder, taken, is_damaged=not sound))


def chosen_backup(folder: Path) -> Path:
    """The backup that would be restored: the newest that reads.

    Raises:
        ProjectNotFoundError: There is neither a database nor a backup.
        ProjectDamagedError: No backup reads.
    """
    folder = absolute_path(folder)
    backup = backups.latest_backup(folder)
    if backup is not None:
        return backup
    if not (folder / DATABASE).exists():
        raise ProjectNotFoundError(f"{folder}: there is neither a project nor a backup of one; check the path")
    if _is_sound(folder, force=False):
        raise ProjectError(f"{folder / DATABASE}: the database is not damaged, and there is no readable backup")
    raise ProjectDamagedError(
        f"{folder / DATABASE} is damaged, and {folder / backups.BACKUPS} contains no readable backup"
    )


def loss(folder: Path, source: Path) -> Loss | None:
    """What would be lost if a file were put in the place of the database; None where that cannot be known.

    The edits are told by their numbers, so the two have to be states of one project.
    """
    folder = absolute_path(folder)
    try:
        readable = readable_name(folder)
    except (ProjectError, OSError, sqlite3.Error):
        return None
    try:
        with (
            contextlib.closing(connect(readable.name)) as there,
            contextlib.closing(connect(uri(absolute_path(source), mode="ro", immutable="1"))) as incoming,
        ):
            if there.execute(_ORIGIN).fetchone() != incoming.execute(_ORIGIN).fetchone():
                return None
            newest = incoming.execute("SELECT coalesce(max(id), 0) FROM operation WHERE NOT undone").fetchone()
            edits, first, last = there.execute(_LATER, newest).fetchone()
            return Loss(edits, first or "", last or "")
    except sqlite3.Error:
        return None
    finally:
        if readable.copy is not None:
            shutil.rmtree(readable.copy, ignore_errors=True)


_ORIGIN = "SELECT created_at FROM project"
_LATER = "SELECT count(*), min(created_at), max(created_at) FROM operation WHERE id > ? AND NOT undone"


def _required(source: Path) -> Path:
    """A file somebody chose, if it is a sound project.

    Raises:
        ProjectNotFoundError: There is no such file.
        ProjectDamagedError: It is not sound, or no project.
    """
    source = absolute_path(source)
    if not source.is_file():
        raise ProjectNotFoundError(f"{source}: no such file; choose a backup or a kept state of the project")
    if not backups.reads(source):
        raise ProjectDamagedError(
            f"{source}: the file is damaged or is not the state of a project; choose another file"
        )
    return source


def _is_sound(folder: Path, *, force: bool) -> bool:
    """Whether the database would open, and every page and row of it passes; an older version's is, too."""
    try:
        with open_project(folder, read_only=True) as project, project.read() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            return backups.is_sound(driver, whole=True) and soundness.damaged_row(driver) is None
    except ProjectReadOnlyError:
        return backups.reads(folder / DATABASE)
    except ProjectDamagedError:
        return False
    except ProjectError:
        if force:
            return True
        raise


def _put_in_place(folder: Path, source: Path, *, is_damaged: bool) -> Path | None:
    database = folder / DATABASE
    incoming = folder / f"{DATABASE}.restoring"
    had_one = database.exists()
    try:
        try:
            shutil.copyfile(source, incoming)
            backups.sync(incoming)
            aside = backups.set_aside(folder, is_damaged=is_damaged)
            incoming.replace(database)
        finally:
            with contextlib.suppress(OSError):
                incoming.unlink(missing_ok=True)
        _sync_folder(folder)
    except OSError as error:
        raise storage_error(database, error) from error
    return aside if had_one else None


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
