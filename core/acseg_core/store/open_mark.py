"""The mark of a project that is open for writing: what is found later was killed, copied while open, or replaced.

SQLite plays a log into whatever file has the name that belongs to it. After a kill, that is right. It is not where the
database and its log were copied one after the other from a project in use, nor where a program that syncs put another
database beside the log. The mark says which two files belong together; a clean end takes it away.
"""

from __future__ import annotations

import contextlib
import enum
import json
import logging
from pathlib import Path

from acseg_core.output.protected import identity
from acseg_core.store.database import DATABASE

logger = logging.getLogger(__name__)

MARK = f"{DATABASE}-open"
LOG = f"{DATABASE}-wal"

_COUNT = slice(12, 16)
"""Where a log says how often it was begun again (SQLite's file format: "checkpoint sequence number")."""


class Ending(enum.Enum):
    """How whoever wrote to a project last came to an end."""

    CLEAN = enum.auto()
    """Nobody left a mark."""
    KILLED = enum.auto()
    """Or is still at work: database and log are those that were open."""
    REPLACED = enum.auto()
    """The log is the one that was open, the database is another."""
    COPIED = enum.auto()
    """Neither is: both were copied from a project in use."""


def set_mark(folder: Path) -> None:
    """Mark the database and the log that are there as open; a folder that does not let us is logged."""
    try:
        (folder / MARK).touch()
        numbers = {name: _number(folder / name) for name in (DATABASE, LOG, MARK)}
        (folder / MARK).write_text(json.dumps(numbers), encoding="utf-8")
    except OSError as error:
        logger.warning("%s cannot be written: %s", folder / MARK, error)


def clear_mark(folder: Path) -> None:
    """Take the mark away: log and database are one."""
    with contextlib.suppress(OSError):
        (folder / MARK).unlink(missing_ok=True)


def ending(folder: Path) -> Ending:
    """Compare what is in the folder with the mark; one that does not read, as after a power cut, is none."""
    try:
        marked = json.loads((folder / MARK).read_text(encoding="utf-8"))
        database, log, mark = marked[DATABASE], marked[LOG], marked[MARK]
    except (OSError, ValueError, KeyError, TypeError):
        return Ending.CLEAN
    if database == _number(folder / DATABASE):
        return Ending.KILLED
    is_here = _number(folder / MARK) == mark  # a copy's log may have got the number of one that is gone
    found = _number(folder / LOG)
    return Ending.REPLACED if is_here and found is not None and found == log else Ending.COPIED


def was_emptied(log: Path) -> bool:
    """Whether a log was begun again since it was made: what was in it before is in the database that it belongs to."""
    try:
        with log.open("rb") as file:
            head = file.read(_COUNT.stop)
    except OSError:
        return False
    return int.from_bytes(head[_COUNT], "big") > 0


def _number(file: Path) -> int | None:
    """Its number on its disk; that of the disk itself may be another after every start of the machine."""
    found = identity(file)
    return None if found is None else found[1]
