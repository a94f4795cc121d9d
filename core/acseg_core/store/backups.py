"""Copies of the database for the day it does not read any more.

Policy. A copy is made with SQLite's backup interface into ``backups/``, checked, and only then given its name; a copy
that does not check out is thrown away, so damage never replaces a good backup. Copies are made

- when a project is closed after changes (databases over 64 MB: when the newest copy is over ten minutes old),
- when it is opened for writing and the newest copy is both older than the database and over ten minutes old,
- while it is open, after an edit, when the newest copy is over ten minutes old (databases over 256 MB: not),
- before a migration.

So damage costs at most about ten minutes of work, or one session with a very large database. The newest copy is kept,
and with it the two newest that lie ten minutes apart. Copies from before a migration are kept apart.
A copy that fails (disk full) is logged and does no harm.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from acseg_core.store import integrity
from acseg_core.store.database import DATABASE, connect, uri

logger = logging.getLogger(__name__)

BACKUPS = "backups"
SPACING = timedelta(minutes=10)
KEPT = 3
SMALL_BYTES = 64 * 2**20
"""Size up to which a copy costs less than a second and is made at every close."""
LARGE_BYTES = 256 * 2**20
"""Size from which on a copy takes seconds and is neither made between two edits nor read through to check it."""

_STAMP = "%Y%m%d-%H%M%S-%f"
_SIDE_FILES = ("-wal", "-shm", "-journal", "-open")


def make_backup(folder: Path, *, prefix: str = "project", source: sqlite3.Connection | None = None) -> Path | None:
    """Copy the database of the project in ``folder`` as it is now.

    Args:
        folder: The project's folder.
        prefix: Of the copy's name.
        source: A connection to the database, where one is held; otherwise it is found by its path.

    Returns:
        The copy, or None when it could not be made or the database is damaged; the log says why.
    """
    started = time.monotonic()
    backups = folder / BACKUPS
    target = backups / f"{prefix}-{_next_stamp(folder)}.db"
    part = target.with_suffix(".part")
    try:
        backups.mkdir(exist_ok=True)
        _sweep(backups)
        if source is not None:
            _copy(source, part)
        else:
            with contextlib.closing(connect(uri(folder / DATABASE, mode="ro"))) as reading:
                _copy(reading, part)
        if not reads(part):
            _sweep(backups)
            logger.error("%s is damaged: no backup made, the earlier ones are kept", folder / DATABASE)
            return None
        part.replace(target)
        _thin_out(folder)
    except (OSError, sqlite3.Error) as error:
        logger.warning("no backup of %s: %s", folder / DATABASE, error)
        with contextlib.suppress(OSError):
            _sweep(backups)
        return None
    logger.info("backed up to %s in %.1f s", target, time.monotonic() - started)
    return target


def is_due(folder: Path) -> bool:
    """Whether the newest backup is over ten minutes old, or there is none."""
    newest = next(_rotating(folder), None)
    return newest is None or not timedelta(0) <= datetime.now(UTC) - _made(newest) < SPACING


def is_outdated(folder: Path) -> bool:
    """Whether the database was written after the newest backup, or there is none."""
    newest = next(_rotating(folder), None)
    if newest is None:
        return True
    written = max(file.stat().st_mtime for file in _database_files(folder))
    return written > _made(newest).timestamp()


def latest_backup(folder: Path) -> Path | None:
    """The newest backup that reads, or None."""
    return next((backup for backup in _all_backups(folder) if reads(backup)), None)


def set_aside(folder: Path, *, is_damaged: bool = True) -> Path:
    """Move the database and its side files out of the way, under a name that is free.

    The side files go first: a write-ahead log left beside another database would be played into it.

    Returns:
        Where the database is now, if there was one.
    """
    aside = _free_name(folder, "damaged" if is_damaged else "replaced")
    for suffix in (*_SIDE_FILES, ""):
        source = folder / f"{DATABASE}{suffix}"
        if source.exists():
            source.replace(folder / f"{aside}{suffix}")
    return folder / aside


def set_log_aside(folder: Path) -> Path:
    """Move a log that belongs to another database out of the way; the index of it can be made again."""
    aside = folder / f"{_free_name(folder, 'replaced')}-wal"
    (folder / f"{DATABASE}-shm").unlink(missing_ok=True)
    (folder / f"{DATABASE}-wal").replace(aside)
    return aside


def _free_name(folder: Path, kind: str) -> str:
    """A name like ``project.db.damaged-1`` that no file has, nor one with something behind it."""
    begin = f"{DATABASE}.{kind}-"
    taken = {path.name.removeprefix(begin).split("-")[0] for path in folder.glob(f"{begin}*")}
    return begin + next(str(n) for n in itertools.count(1) if str(n) not in taken)


def reads(database: Path, *, at_most: int = LARGE_BYTES) -> bool:
    """Whether a database file that nobody is writing is sound.

    Up to ``at_most`` bytes every page is checked; of larger files the header, the schema and the project's own row.
    """
    try:
        with contextlib.closing(connect(uri(database, mode="ro", immutable="1"))) as connection:
            return is_sound(connection, whole=database.stat().st_size <= at_most)
    except (sqlite3.Error, OSError):
        return False


def is_sound(connection: sqlite3.Connection, *, whole: bool) -> bool:
    """Whether what the connection sees has our tables, nothing that is not ours, and passes SQLite's checks."""
    if connection.execute("SELECT count(*) FROM project").fetchone() != (1,):
        return False
    if integrity.foreign_object(connection.execute) is not None:
        return False
    return not whole or integrity.fault(connection.execute) is None


def _sweep(backups: Path) -> None:
    """Take away what a copy that was not finished left, a killed one's journal, too."""
    for leftover in backups.glob("*.part*"):
        leftover.unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with contextlib.closing(connect(uri(target, mode="rwc"))) as writing:
        source.backup(writing)
    sync(target)


def _all_backups(folder: Path) -> Iterator[Path]:
    """Newest first."""
    found = [(made, path) for path in (folder / BACKUPS).glob("*.db") if (made := _parse(path)) is not None]
    return (path for _, path in sorted(found, reverse=True))


def _rotating(folder: Path) -> Iterator[Path]:
    return (path for path in _all_backups(folder) if path.name.startswith("project-"))


def _next_stamp(folder: Path) -> str:
    """The time, or just after the newest backup if the clock was put back."""
    newest = next(_all_backups(folder), None)
    earliest = datetime.min.replace(tzinfo=UTC) if newest is None else _made(newest) + timedelta(microseconds=1)
    return max(datetime.now(UTC), earliest).strftime(_STAMP)


def _parse(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.stem.split("-", 1)[1], _STAMP).replace(tzinfo=UTC)
    except (ValueError, IndexError):
        return None


def _made(backup: Path) -> datetime:
    made = _parse(backup)
    assert made is not None, backup
    return made


def _thin_out(folder: Path) -> None:
    rotating = list(_rotating(folder))
    superseded = [path for path in _all_backups(folder) if path not in rotating][1:]
    if len(rotating) > 2 and _made(rotating[1]) - _made(rotating[2]) < SPACING:
        superseded.append(rotating.pop(1))
    superseded += rotating[KEPT:]
    for path in superseded:
        with contextlib.suppress(OSError):
            path.unlink()


def _database_files(folder: Path) -> list[Path]:
    files = (folder / f"{DATABASE}{suffix}" for suffix in ("", "-wal"))
    return [file for file in files if file.exists()]


def sync(file: Path) -> None:
    """Wait until the disk has a file."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
