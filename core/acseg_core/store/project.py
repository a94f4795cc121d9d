"""The project: a folder with a database in it, held open by one writer and any number of readers."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine, select

from acseg_core.errors import ProjectDamagedError, ProjectError, ProjectReadOnlyError
from acseg_core.images.image_paths import file_and_page, is_inside
from acseg_core.store import backups
from acseg_core.store.database import (
    DATABASE,
    WRITING,
    DamageFoundError,
    absolute_path,
    connect,
    is_file,
    is_folder,
    is_same_place,
    translated,
    uri,
)
from acseg_core.store.schema import ImageRow, ProjectRow
from acseg_core.verbs import Verb

if TYPE_CHECKING:
    from filelock import FileLock

logger = logging.getLogger(__name__)

_LOOKED_FOR = 100
"""Images by which a folder is known to be the project's."""


@dataclass(slots=True)
class RunningRun:
    """A run, or another long edit, that is going on in this process: one operation made in many transactions.

    Attributes:
        verb: Of its operation.
        began_after: The newest operation when it began; edits after that go before its proposals.
        operation_id: Its operation, once it has saved something.
    """

    verb: Verb
    began_after: int
    operation_id: int | None = None


class Project:
    """An open project. Made by `create_project` and `open_project`; safe to use from several threads.

    Read with the functions of `queries` and `history`, change with those of `review`, `ingest` and `history`.

    Attributes:
        folder: The project's folder, absolute.
        cache_dir: What can be made again lives here.
        thumbnails_dir: Inside the cache.
        read_only: Edits are refused.
        running: Runs and other long edits in progress, by id; those that are no runs have negative ones.
        stored_root: The folder of images that the database names; `image_root` may be another one.
        left_root: The folder the images were read from until the project was copied together with them, if this was
            found out just now (`acseg_core.store.handover`).
    """

    def __init__(self, folder: Path, engine: Engine, *, lock: FileLock | None, copy: Path | None = None) -> None:
        self.folder = folder
        self.cache_dir = folder / "cache"
        self.thumbnails_dir = self.cache_dir / "thumbnails"
        self.read_only = lock is None
        self.running: dict[int, RunningRun] = {}
        self._engine = engine
        self._lock = lock
        self._copy = copy
        self._write_lock = threading.RLock()
        self._closed = False
        self.left_root: Path | None = None
        self._backed_up_at = time.monotonic()
        self._changed = False
        self.refresh()

    @property
    def name(self) -> str:
        """The project's name."""
        return self._name

    @property
    def image_root(self) -> Path:
        """Where the images are: the stored folder, or the same place relative to the project if that moved.

        The user chose it, so it may be anywhere, and is taken as it is also in a project from somebody else: it is
        shown wherever a project is, nothing but ordinary files that are images is read in it, and what the database
        says of an image's path never leads out of it (`acseg_core.images.image_paths`).
        """
        return self._image_root

    def refresh(self) -> None:
        """Read name and image folder again."""
        with self.read() as connection:
            row = connection.execute(
                select(ProjectRow.name, ProjectRow.image_root, ProjectRow.relative_root)
            ).one_or_none()
        if row is None:
            raise self.damaged("the project's own row is missing")
        self._name: str = row.name
        self._image_root = find_root(
            self.folder, absolute=row.image_root, relative=row.relative_root, holds_images=self._holds_images
        )
        self.stored_root = Path(row.image_root)

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database until the block ends.

        Raises:
            ProjectDamagedError: The database does not read.
            ProjectError: The project is closed.
        """
        self._require_open()
        with self._reporting(), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection in a transaction that is committed when the block ends, and undone by any error.

        Rolling back inside the block is allowed: then nothing is committed.

        Raises:
            ProjectReadOnlyError: The project is read-only.
            StorageError: The disk is full or failed; the database is as before.
            ProjectDamagedError: The database does not read.
            ProjectError: The project is closed.
        """
        if self.read_only:
            raise ProjectReadOnlyError(
                f"{self.folder}: the project is open read-only; open it for writing to change it"
            )
        with self._write_lock:
            self._require_open()
            with self._reporting(), self._engine.connect().execution_options(**WRITING) as connection:
                before = _rows_written(connection)
                yield connection
                if not connection.in_transaction():
                    return
                connection.commit()
                changed = _rows_written(connection) != before
            if changed:
                self._changed = True
                self._back_up_between_edits()

    def compact(self) -> int:
        """Give the room in the file that is of no use any more back to the disk; edits wait meanwhile.

        Returns:
            Bytes by which the file is smaller.

        Raises:
            ProjectReadOnlyError: The project is read-only.
            StorageError: There is no room for the copy that is made in between; nothing was changed.
        """
        with self.write():
            pass  # so that whatever is in the way of writing is reported as always
        with self._write_lock, self._reporting():
            self._checkpoint()
            before = self._size()
            with contextlib.closing(connect(uri(self.folder / DATABASE))) as connection:
                connection.execute("VACUUM")
            self._checkpoint()
            return before - self._size()

    def damaged(self, reason: str) -> ProjectDamagedError:
        """The error for a damaged database, with the backup that could replace it."""
        return damaged(self.folder, reason)

    def close(self) -> None:
        """Back up what changed, give the lock back; a second call does nothing."""
        with self._write_lock:
            if self._closed:
                return
            self._closed = True
            self.running.clear()
            try:
                if self._changed and self._backup_at_close():
                    self._checkpoint()
                    backups.make_backup(self.folder)
            finally:
                self._engine.dispose()
                if self._lock is not None:
                    self._lock.release()
                if self._copy is not None:
                    shutil.rmtree(self._copy, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Project({str(self.folder)!r}, read_only={self.read_only})"

    def _holds_images(self, root: Path) -> bool:
        """Whether one of the first images is in that folder, or there is none yet; nothing is opened."""
        with self.read() as connection:
            paths = connection.execute(select(ImageRow.path).order_by(ImageRow.id).limit(_LOOKED_FOR)).scalars().all()
        files = (root / file_and_page(path)[0] for path in paths if is_inside(path))
        return not paths or any(map(is_file, files))

    def _require_open(self) -> None:
        if self._closed:
            raise ProjectError(f"{self.folder}: the project is closed; open it again")

    @contextlib.contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            with translated(self.folder / DATABASE):
                yield
        except DamageFoundError as error:
            raise self.damaged(str(error)) from error

    def _back_up_between_edits(self) -> None:
        due = time.monotonic() - self._backed_up_at > backups.SPACING.total_seconds()
        if due and self._size() <= backups.LARGE_BYTES:
            self._backed_up_at = time.monotonic()  # a copy that fails is not tried again at every edit
            self._changed = backups.make_backup(self.folder) is None

    def _checkpoint(self) -> None:
        """Move the write-ahead log into the database now, so that the backup made next is newer than the file."""
        with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(uri(self.folder / DATABASE))) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _backup_at_close(self) -> bool:
        return self._size() <= backups.SMALL_BYTES or backups.is_due(self.folder)

    def _size(self) -> int:
        try:
            return (self.folder / DATABASE).stat().st_size
        except OSError:
            return 0


def _rows_written(connection: Connection) -> int:
    """How many rows SQLite wrote on this connection so far."""
    return int(getattr(connection.connection.driver_connection, "total_changes", 0))


def damaged(folder: Path, reason: str) -> ProjectDamagedError:
    """The error for a damaged database in ``folder``, with the newest backup that reads."""
    backup = backups.latest_backup(folder)
    remedy = f"a backup from {backup.name} can be restored" if backup else "there is no backup that reads"
    return ProjectDamagedError(f"{folder / DATABASE}: the database is damaged ({reason}); {remedy}", backup=backup)


def find_root(folder: Path, *, absolute: str, relative: str | None, holds_images: Callable[[Path], bool]) -> Path:
    """The image folder: the absolute one, unless the project moved and its images with it.

    Then the relative one leads to another folder, that of the copied or moved images. It goes first if it holds images
    of the project: the absolute one may still exist, and be the original's.

    Args:
        folder: The project's.
        absolute: The image folder as it is stored.
        relative: How it was to be reached from the project then.
        holds_images: Whether images of the project are in a folder.
    """
    stored = Path(absolute)
    if relative is None:
        return stored
    beside = absolute_path(folder / relative)
    if not is_folder(beside) or is_same_place(beside, stored):
        return stored
    return beside if not is_folder(stored) or holds_images(beside) else stored


def relative_root(folder: Path, image_root: Path) -> str | None:
    """How to get from the project to its images, or None where that cannot be said (another Windows drive)."""
    try:
        return Path(os.path.relpath(image_root, folder)).as_posix()
    except ValueError:
        return None


def readable_name(folder: Path) -> tuple[str, Path | None]:
    """SQLite's name for reading the project's database without changing anything, and a temporary copy if needed.

    A folder that cannot be written has no room for SQLite's shared memory file. If no write-ahead log is left there,
    the file can be read as it is; if one is, its commits are read from a copy.

    Raises:
        sqlite3.Error: The database does not read at all.
    """
    database = folder / DATABASE
    name = uri(database, mode="ro")
    try:
        _probe(name)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
    else:
        return name, None
    log = folder / f"{DATABASE}-wal"
    if not log.exists() or log.stat().st_size == 0:
        return uri(database, mode="ro", immutable="1"), None
    copy = Path(tempfile.mkdtemp(prefix="acseg-"))
    logger.info("%s: reading a copy in %s, because the folder cannot be written", database, copy)
    shutil.copyfile(database, copy / DATABASE)
    shutil.copyfile(log, copy / log.name)
    return uri(copy / DATABASE, mode="rw"), copy


def _probe(name: str) -> None:
    with contextlib.closing(connect(name)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
