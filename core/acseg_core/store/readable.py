"""Databases that cannot be read just as they are: folders that are read-only or full, logs of another database."""

from __future__ import annotations

import contextlib
import logging
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from acseg_core.errors import StorageError
from acseg_core.output.atomic_write import storage_error
from acseg_core.store import backups, open_mark
from acseg_core.store.database import DATABASE, connect, is_full, uri
from acseg_core.store.open_mark import LOG, Ending
from acseg_core.store.opened_file import SIDE_FILES

logger = logging.getLogger(__name__)

_NO_ROOM = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)
"""What SQLite says where it finds no room for the index of the log."""


@dataclass(frozen=True, slots=True)
class Readable:
    """How a database is read without changing anything.

    Attributes:
        name: For SQLite.
        copy: A temporary folder with a copy of it, to be taken away at the end, or None.
        notice: What the reader is to be told, or empty.
    """

    name: str
    copy: Path | None = None
    notice: str = ""


def has_log(folder: Path) -> bool:
    """Whether there are commits beside the database that may not be in it."""
    try:
        return (folder / LOG).stat().st_size > 0
    except OSError:
        return False


def readable_name(folder: Path) -> Readable:
    """Find out how to read the project's database.

    A folder that cannot be written, or is on a full disk, has no room for SQLite's shared memory file. If no
    write-ahead log is left there, the file can be read as it is; if one is, its commits are read from a copy elsewhere.

    Raises:
        StorageError: The disk is full, and there is no room elsewhere for the copy that is needed.
        OSError: The copy cannot be made.
        sqlite3.Error: The database does not read at all.
    """
    database = folder / DATABASE
    as_it_is = uri(database, mode="ro", immutable="1")
    notice = _stray_log(folder)
    if notice:
        return Readable(as_it_is, notice=notice)
    notice = _doubt(folder)
    name = uri(database, mode="ro")
    side_files = [folder / f"{DATABASE}{suffix}" for suffix in SIDE_FILES]
    missing = [file for file in side_files if not file.exists()]
    try:
        _probe(name)
    except sqlite3.OperationalError as error:
        _sweep(missing)
        if error.sqlite_errorcode & 0xFF not in _NO_ROOM:
            raise
    else:
        return Readable(name, notice=notice)
    if is_full(folder):
        notice = _told_full(folder)
    if not has_log(folder):
        return Readable(as_it_is, notice=notice)
    copy = _copied(folder)
    return Readable(uri(copy / DATABASE, mode="rw"), copy, notice)


def mend_log(folder: Path) -> str:
    """Put a log aside that does not belong to the database beside it, before SQLite plays the one into the other.

    Returns:
        What the user is to be told, or nothing.
    """
    notice = _stray_log(folder)
    if notice:
        aside = backups.set_log_aside(folder)
        notice = f"{notice}; it is kept as {aside.name}"
    notice = notice or _doubt(folder)
    if notice:
        logger.warning("%s", notice)
    return notice


def _stray_log(folder: Path) -> str:
    """Why the log beside the database belongs to another; empty if it does not, or if nothing says so."""
    database = folder / DATABASE
    if not has_log(folder):
        return ""
    match open_mark.ending(folder):
        case Ending.REPLACED:
            return (
                f"{database}: the file was replaced by another one while it was open; the log of the earlier "
                "file is ignored"
            )
        case Ending.COPIED if not _fits(folder) and backups.reads(database):
            return (
                f"{database}: it was copied while it was open, and its log belongs to another moment; the log is "
                "ignored, so the last edits are missing"
            )
        case _:
            return ""


def _doubt(folder: Path) -> str:
    """What is to be told of a copy that may lack edits though it passes every check; empty of any other."""
    if open_mark.ending(folder) is not Ending.COPIED:
        return ""
    if not has_log(folder):
        return f"{folder / DATABASE}: it was copied while it was open, without its log; the last edits may be missing"
    if not open_mark.was_emptied(folder / LOG):
        return ""
    return (
        f"{folder / DATABASE}: it was copied while it was open, perhaps with a log that belongs to another "
        "moment; check the project, or restore the last backup"
    )


def _told_aside(notice: str, name: str) -> str:
    return f"{notice}; it is kept as {name}"


def _told_full(folder: Path) -> str:
    return f"{folder}: the disk is full; the project cannot be changed until you free some space"


def _fits(folder: Path) -> bool:
    """Whether database and log give a sound whole; tried on a copy, as SQLite mends what it can while it looks."""
    try:
        copy = _copied(folder)
    except (OSError, StorageError):
        return True  # looked at once more when it is opened
    try:
        with contextlib.closing(connect(uri(copy / DATABASE, mode="rw"))) as connection:
            return backups.is_sound(connection, whole=True)
    except sqlite3.Error:
        return False
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def _sweep(files: list[Path]) -> None:
    """Take away the side files that SQLite began and had no room for; a log that has something in it is somebody's."""
    for file in files:
        with contextlib.suppress(OSError):
            if file.name != LOG or file.stat().st_size == 0:
                file.unlink()


def _copied(folder: Path) -> Path:
    """A temporary folder with a copy of the database and its log."""
    copy = Path(tempfile.mkdtemp(prefix="acseg-"))
    logger.info("%s: reading a copy in %s", folder / DATABASE, copy)
    try:
        for name in (DATABASE, LOG):
            shutil.copyfile(folder / name, copy / name)
    except OSError as error:
        shutil.rmtree(copy, ignore_errors=True)
        raise storage_error(copy, error) from error
    return copy


def _probe(name: str) -> None:
    with contextlib.closing(connect(name)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
