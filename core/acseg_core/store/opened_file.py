"""The database file that is open: whether it is still the one at its path, and how its state is kept if it is not.

Programs that sync a folder put another file in the place of one that is open; a folder may be moved or deleted. SQLite
goes on with the file it has, but finds its log and opens further connections by their names: so edits would seem to
succeed, and the log of one file would be played into another. One connection is therefore held from beginning to end.
It reads what was open whatever happens at the path, and is the last one that closes: SQLite then sees itself that the
file was moved, and leaves alone what is there.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from acseg_core.errors import ProjectReplacedError
from acseg_core.output.protected import identity
from acseg_core.store.database import connect, uri

logger = logging.getLogger(__name__)

SIDE_FILES = ("-wal", "-shm")
"""The log of commits that are not in the database yet, and the index of it that connections share."""


class OpenedFile:
    """A database file that is held open for writing.

    Attributes:
        path: Where it was when it was opened.
        connection: The one that is held; it belongs to whoever holds the project's write lock.
    """

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            sqlite3.Error: It does not open.
        """
        self.path = path
        self._identity = identity(path)
        self.connection = connect(uri(path, mode="rw"))
        try:
            self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # opens the log, too
        except BaseException:
            self.connection.close()
            raise
        self._side_files = {suffix: identity(self._beside(suffix)) for suffix in SIDE_FILES}

    def is_in_place(self) -> bool:
        """Whether the file at the path is still this one."""
        return identity(self.path) == self._identity

    def require_in_place(self) -> None:
        """Guard a connection that was just made by the path.

        Raises:
            ProjectReplacedError: It may be one to another file.
        """
        if not self.is_in_place():
            raise ProjectReplacedError(
                f"{self.path}: it was replaced or moved while it was open; open the project again"
            )

    def holds_commits(self) -> bool:
        """Whether the log has something that may not be in the file itself."""
        return int(self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1]) > 0

    def checkpoint(self) -> None:
        """Move the log into the file, as far as readers let it."""
        with contextlib.suppress(sqlite3.Error):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def keep_state(self) -> Path:
        """Write all that is open beside the path, or where there is room; never over anything.

        Returns:
            The file, whole and on the disk.

        Raises:
            OSError: It can be written nowhere.
            sqlite3.Error: What is open does not read, or it can be written nowhere.
        """
        failure: OSError | sqlite3.Error | None = None
        for target in self._places():
            try:
                return self._write(target)
            except (OSError, sqlite3.Error) as error:
                logger.warning("the open state is not kept as %s: %s", target, error)
                failure = failure or error
        assert failure is not None
        raise failure

    def take_log_away(self, *, kept: bool) -> None:
        """See to it that nobody plays our log into the file that is now at the path.

        Args:
            kept: All of it is in another file, too; otherwise the log stays, under another name.
        """
        for suffix, ours in self._side_files.items():
            file = self._beside(suffix)
            if ours is None or identity(file) != ours:
                continue
            try:
                if kept or suffix != "-wal":
                    file.unlink()
                else:
                    file.rename(_free(self.path.with_name(f"{self.path.name}.replaced-{{}}{suffix}")))
            except OSError as error:
                logger.warning("%s stays beside another database: %s", file, error)

    def close(self) -> None:
        """Let it go, after every other connection to it."""
        with contextlib.suppress(sqlite3.Error):
            self.connection.close()

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(f"{self.path.name}{suffix}")

    def _places(self) -> Iterator[Path]:
        """Names for the state, the best first: beside the database, above it if the folder is gone, elsewhere."""
        stamp = f"{datetime.now():%Y-%m-%d %H-%M}"
        folder = self.path.parent
        if folder.is_dir():
            yield folder / f"{self.path.stem} (open state {stamp}){self.path.suffix}"
        name = f"{folder.name} (open state {stamp}){self.path.suffix}"
        above = (parent for parent in folder.parents if parent.is_dir())
        yield from (place / name for place in (*itertools.islice(above, 1), Path.home(), Path(tempfile.gettempdir())))

    def _write(self, target: Path) -> Path:
        """Copy the state to a free name like ``target``; until it is whole, that name is an empty file."""
        target = _reserved(target)
        part = target.with_name(f"{target.name}.part")
        try:
            with contextlib.closing(connect(uri(part, mode="rwc"))) as writing:
                self.connection.backup(writing)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(target)
        except BaseException:
            for leftover in (target, part, part.with_name(f"{part.name}-journal")):
                with contextlib.suppress(OSError):
                    leftover.unlink()
            raise
        return target


def _reserved(wanted: Path) -> Path:
    """Make an empty file of a name that nobody has: the one wanted, or with a number."""
    for number in itertools.count(1):
        path = wanted if number == 1 else wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}")
        with contextlib.suppress(FileExistsError):
            path.touch(exist_ok=False)
            return path
    raise AssertionError("numbers do not end")


def _free(pattern: Path) -> Path:
    """The first path that does not exist, of those with a number in the place of ``{}``."""
    return next(path for n in itertools.count(1) if not (path := pattern.with_name(pattern.name.format(n))).exists())
