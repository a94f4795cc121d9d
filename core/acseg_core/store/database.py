"""Connections to one SQLite file: how they are opened, and how SQLite's errors become ours."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, create_engine, event, func, select
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from acseg_core.errors import AcsegError, ProjectLockedError, ProjectReadOnlyError, StorageError

DATABASE = "project.db"
WRITING = {"acseg_writing": True}
"""Execution options of a connection whose transactions take SQLite's write lock at once."""

_BUSY_SECONDS = 10.0
_LOG_LIMIT_BYTES = 64 * 2**20
_PAGES_KIB = 8192
"""Pages that each connection keeps: more only fills memory as a project grows; the system keeps the file, too."""


_LEAST_BYTES = 64 * 2**10
"""Room for the index of a log, and a little."""


_UNSUPPORTED = "unsupported file format"
"""What SQLite says, with no code of its own, where the number of the schema's format in the file's head is none."""


class SharedDialect(SQLiteDialect_pysqlite):
    """SQLite as SQLAlchemy speaks it, alike for all engines, so that a statement is compiled once for all files.

    Opening one project takes several engines. With dialects of their own each would compile every statement again,
    which is most of what the first edit after opening costs.
    """

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.acseg", __name__, SharedDialect.__name__)

_COMPILED: LRUCache[Any, Any] = LRUCache(1000)
"""Compiled statements of all engines; it locks itself."""


class DamageFoundError(Exception):
    """SQLite says the file is malformed; the caller turns it into `ProjectDamagedError` with the backup at hand."""


def absolute_path(path: Path) -> Path:
    """The path from the root, without ``..``; symbolic links stay what the user called them."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def folded(text: str) -> str:
    """The form in which texts are compared: case and ways to write an accent make no difference."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def is_folder(path: Path) -> bool:
    """Whether it is a folder we may look at; a path the system refuses is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Whether it is an ordinary file we may look at; a path the system refuses is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_same_place(first: Path, second: Path) -> bool:
    """Whether two paths lead to the same file or folder, or are the same where nothing is."""
    try:
        return first == second or first.samefile(second)
    except (OSError, ValueError):
        return False


def uri(path: Path, **options: str) -> str:
    """SQLite's name for a file, whatever characters are in its path."""
    query = "&".join(f"{key}={value}" for key, value in options.items())
    return f"{path.as_uri()}?{query}"


def connect(name: str) -> sqlite3.Connection:
    """Open one bare connection in autocommit mode; ``name`` comes from `uri`.

    What a file's schema calls (defaults, checks, indexes) may do nothing but compute: the file may be a stranger's.
    """
    connection = sqlite3.connect(name, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def make_engine(name: str, *, foreign_keys: bool = True, guard: Callable[[], None] | None = None) -> Engine:
    """An engine whose connections are safe against power cuts and may be used by several threads.

    Args:
        name: From `uri`.
        foreign_keys: Whether SQLite enforces them; migrations that rebuild tables must do without.
        guard: Called when a connection was made, before it reads anything: raises if that is the wrong file.
    """
    engine = create_engine(
        "sqlite+acseg://",
        creator=_creator(name, foreign_keys, guard),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=-1,
        execution_options={"compiled_cache": _COMPILED},
    )
    event.listen(engine, "begin", _begin)
    return engine


def _creator(name: str, foreign_keys: bool, guard: Callable[[], None] | None) -> Callable[[], sqlite3.Connection]:
    def create() -> sqlite3.Connection:
        connection = connect(name)
        try:
            if guard is not None:
                guard()
            connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA journal_size_limit = {_LOG_LIMIT_BYTES}")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(f"PRAGMA cache_size = -{_PAGES_KIB}")
            connection.create_function("acseg_folded", 1, folded, deterministic=True)
            if sys.platform == "darwin":
                connection.execute("PRAGMA fullfsync = 1")  # macOS's fsync leaves data in the drive's cache
        except BaseException:
            connection.close()
            raise
        return connection

    return create


def _begin(connection: Connection) -> None:
    # The driver never begins by itself (isolation_level=None). A writer takes the lock at once: a reader that turns
    # into a writer later can fail with "busy" however long it waits.
    writing = connection.get_execution_options().get("acseg_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def among(values: Iterable[Any]) -> Select[tuple[Any]]:
    """A subquery that yields the values, for ``column.in_(...)``: one parameter, however many values."""
    each = func.json_each(json.dumps(list(values))).table_valued("value")
    return select(each.c.value)


def is_full(folder: Path) -> bool:
    """Whether the disk of a folder has no room for the smallest thing SQLite writes."""
    try:
        return shutil.disk_usage(folder).free < _LEAST_BYTES
    except OSError:
        return False


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors on ``path`` into ours.

    Raises:
        StorageError: Disk full or an input/output error.
        ProjectLockedError: Another program holds SQLite's lock for too long.
        ProjectReadOnlyError: The file or its folder cannot be written.
        DamageFoundError: The file is malformed.
    """
    try:
        yield
    except UnicodeDecodeError as error:  # in what SQLite's driver says of a schema that is no text
        raise DamageFoundError("its schema holds text that is not UTF-8") from error
    except (DBAPIError, sqlite3.Error) as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        ours = _translate(path, original)
        if ours is None:
            raise
        # Frames hold the project, and SQLAlchemy's hold its error; ours would hold itself. No cycle is left behind, so
        # that all of it goes with the last one who has the error.
        error.__traceback__ = None
        try:
            raise ours from error
        finally:
            del ours, original


def _translate(path: Path, error: BaseException | None) -> AcsegError | DamageFoundError | None:
    """Our error for SQLite's, or None when it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    match None if code is None else code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return StorageError(f"{path}: the disk is full, so nothing was changed; free some space and try again")
        case sqlite3.SQLITE_IOERR if is_full(path.parent):
            return StorageError(f"{path}: the disk is full, so nothing was changed; free some space and try again")
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StorageError(f"{path}: {error}; check that the disk is connected, can be written and has space left")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return ProjectLockedError(f"{path}: another program is using the database; close it and try again")
        case sqlite3.SQLITE_READONLY:
            return ProjectReadOnlyError(f"{path}: it cannot be written; change its permissions or copy the project")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DamageFoundError(str(error))
        case sqlite3.SQLITE_ERROR if str(error) == _UNSUPPORTED:
            return DamageFoundError(str(error))
        case _:
            return None
