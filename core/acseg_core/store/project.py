"""The project: a folder with a database in it, held open by one writer and any number of readers."""

from __future__ import annotations

import contextlib
import logging
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from acseg_core.errors import (
    AcsegError,
    ProjectDamagedError,
    ProjectError,
    ProjectReadOnlyError,
    ProjectReplacedError,
)
from acseg_core.images.image_paths import file_and_page, is_inside
from acseg_core.store import backups, open_mark, soundness
from acseg_core.store.database import (
    DATABASE,
    WRITING,
    DamageFoundError,
    is_file,
    make_engine,
    translated,
    uri,
)
from acseg_core.store.image_root import find_root
from acseg_core.store.opened_file import OpenedFile
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
        read_only: Edits are refused; from the moment on, too, when it turns out that its file was replaced.
        notice: What whoever opened it should be told, in one line; empty as a rule.
        running: Runs and other long edits in progress, by id; those that are no runs have negative ones.
        stored_root: The folder of images that the database names; `image_root` may be another one.
        left_root: The folder the images were read from until the project was copied together with them, if this was
            found out just now (`acseg_core.store.handover`).
    """

    def __init__(
        self,
        folder: Path,
        engine: Engine,
        *,
        lock: FileLock | None,
        opened: OpenedFile | None = None,
        copy: Path | None = None,
        notice: str = "",
    ) -> None:
        self.folder = folder
        self.cache_dir = folder / "cache"
        self.thumbnails_dir = self.cache_dir / "thumbnails"
        self.read_only = lock is None
        self.notice = notice
        self.running: dict[int, RunningRun] = {}
        self._engine = engine
        self._opened = opened
        self._replaced: ProjectReplacedError | None = None
        self._lock = lock
        self._copy = copy
        self._write_lock = threading.RLock()
        self._closed = False
        self.left_root: Path | None = None
        self._backed_up_at = time.monotonic()
        self._changed = self._has_written = False
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
            ProjectReplacedError: Its file is no longer the one that was opened; from now on the state that was is read.
            ProjectError: The project is closed.
        """
        self._require_open()
        with self._reporting(), self._connected() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection in a transaction that is committed when the block ends, and undone by any error.

        Rolling back inside the block is allowed: then nothing is committed.

        Raises:
            ProjectReadOnlyError: The project is read-only.
            ProjectReplacedError: Its file is no longer the one that was opened; what was open is kept beside it.
            StorageError: The disk is full or failed; the database is as before.
            ProjectDamagedError: The database does not read.
            ProjectError: The project is closed.
        """
        if self.read_only and self._replaced is None:
            raise ProjectReadOnlyError(
                f"{self.folder}: the project is open read-only; open it for writing to change it"
            )
        with self._write_lock:
            self._require_open()
            self._require_in_place()
            with self._reporting(), self._engine.connect().execution_options(**WRITING) as connection:
                before = _rows_written(connection)
                yield connection
                if not connection.in_transaction():
                    return
                connection.commit()
                changed = _rows_written(connection) != before
            if changed:
                self._changed = self._has_written = True
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
            opened = self._require_in_place()
            opened.checkpoint()
            before = self._size()
            opened.connection.execute("VACUUM")
            opened.checkpoint()
            return before - self._size()

    def damaged(self, reason: str) -> ProjectDamagedError:
        """The error for a damaged database, with the backup that could replace it."""
        return damaged(self.folder, reason)

    def close(self) -> None:
        """Back up what changed, give the lock back; a second call does nothing.

        Raises:
            ProjectReplacedError: Its file is no longer the one that was opened, and nobody was told yet; closed it is.
        """
        with self._write_lock:
            if self._closed:
                return
            self._closed = True
            self.running.clear()
            try:
                self._back_up_at_close()
            finally:
                self._engine.dispose()
                if self._opened is not None:
                    self._opened.close()
                    open_mark.clear_mark(self.folder)
                if self._lock is not None:
                    self._lock.release()
                if self._copy is not None:
                    shutil.rmtree(self._copy, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is not None and not self._closed:
                self.explain(error)
        finally:
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

    def _connected(self) -> Connection:
        try:
            return self._engine.connect()
        except ProjectReplacedError:
            with self._write_lock:
                self._require_in_place()
            raise

    @contextlib.contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            with translated(self.folder / DATABASE):
                yield
        except DamageFoundError as error:
            raise self.damaged(str(error)) from error
        except AcsegError:
            raise
        except Exception as error:
            self.explain(error)
            raise

    def explain(self, error: BaseException) -> None:
        """Tell a damaged row from a bug: either may be why something failed; nothing happens if no row is damaged.

        Raises:
            ProjectDamagedError: A row is; what failed is its cause.
        """
        if self._closed or isinstance(error, AcsegError) or not isinstance(error, Exception):
            return
        try:
            with self._engine.connect() as connection:
                found = soundness.damaged_row(cast("sqlite3.Connection", connection.connection.driver_connection))
        except (DBAPIError, sqlite3.Error):
            logger.warning("%s: cannot be looked through for damage", self.folder, exc_info=True)
            return
        if found is not None:
            raise self.damaged(found) from error

    def _back_up_between_edits(self) -> None:
        due = time.monotonic() - self._backed_up_at > backups.SPACING.total_seconds()
        if due and self._size() <= backups.LARGE_BYTES:
            self._backed_up_at = time.monotonic()  # a copy that fails is not tried again at every edit
            self.back_up()

    def back_up(self) -> None:
        """Copy what is open, as it is now; what goes wrong is logged."""
        with self._write_lock:
            if self._opened is not None and self._opened.is_in_place():
                self._changed = backups.make_backup(self.folder, source=self._opened.connection) is None

    def _back_up_at_close(self) -> None:
        opened = self._opened
        if opened is None or (self._replaced is not None and self._replaced.kept is not None):
            return
        if opened.is_in_place() and self._replaced is None:
            if self._changed and (self._size() <= backups.SMALL_BYTES or backups.is_due(self.folder)):
                opened.checkpoint()  # so that the backup made next is newer than the file
                self.back_up()
        elif self._has_written or opened.holds_commits():
            raise self._leave_file(opened)
        else:
            opened.take_log_away(kept=True)

    def _require_in_place(self) -> OpenedFile:
        """The file that is open, if it is still at its path; otherwise nothing is ever written again.

        Raises:
            ProjectReplacedError: It is not.
        """
        opened = self._opened
        assert opened is not None, "open for writing"
        if self._replaced is None and opened.is_in_place():
            return opened
        if self._replaced is None or self._replaced.kept is None:
            self._replaced = self._leave_file(opened)
        raise ProjectReplacedError(str(self._replaced), kept=self._replaced.kept)

    def _leave_file(self, opened: OpenedFile) -> ProjectReplacedError:
        """Keep all that is open in a file of its own and read that from now on; the error that says so."""
        self.read_only = True
        try:
            kept = opened.keep_state()
        except (OSError, sqlite3.Error) as error:
            opened.take_log_away(kept=False)
            return ProjectReplacedError(
                f"{opened.path}: it was replaced, moved or deleted while the project was open, and what was open "
                f"cannot be saved ({error}); leave the program open, free some space and make any edit to try again"
            )
        opened.take_log_away(kept=True)
        engine, self._engine = self._engine, make_engine(uri(kept, mode="ro", immutable="1"))
        engine.dispose()
        logger.info("%s is another file than was opened, or none; the open state is in %s", opened.path, kept)
        if not opened.path.exists():
            return ProjectReplacedError(
                f"{opened.path}: it was moved or deleted while the project was open; everything that was open is in "
                f"{kept}",
                kept=kept,
            )
        return ProjectReplacedError(
            f"{opened.path}: the file was replaced by another one while the project was open; nothing more is "
            f"written there, and everything that was open is in {kept}",
            kept=kept,
        )

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
    remedy = _damage_remedy(backup)
    return ProjectDamagedError(f"{folder / DATABASE}: the database is damaged ({reason}); {remedy}", backup=backup)


def _damage_remedy(backup: Path | None) -> str:
    return f"the backup {backup.name} can be restored" if backup else "there is no readable backup"
