"""Atomic writes: a file is written aside, flushed and renamed, or left as it was; one clear error if that fails."""

from __future__ import annotations

import errno
import logging
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from acseg_core.errors import StorageError

_log = logging.getLogger(__name__)

_LONGEST_NAME = 255
"""Bytes of a file's name that the usual file systems take."""

_DATABASE = b"SQLite format 3\0"
"""First bytes of a project's database."""


def storage_error(path: Path, error: OSError) -> StorageError:
    """Put an operating-system error on ``path`` into one line with the remedy."""
    remedies = {
        errno.ENOSPC: "the disk is full; free some space and try again",
        errno.EDQUOT: "your disk quota is used up; free some space and try again",
        errno.EACCES: "no permission to write there; choose another place or change its permissions",
        errno.EPERM: "no permission to write there; choose another place or change its permissions",
        errno.EROFS: "that file system is read-only; choose another place",
        errno.ENOENT: "the folder does not exist; create it or choose another place",
        errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
        errno.ENOTDIR: "a part of that path is a file; choose another place",
        errno.EISDIR: "that is a folder; give the name of a file",
    }
    remedy = remedies.get(error.errno or 0, error.strerror or str(error))
    return StorageError(f"{path}: {remedy}")


@contextmanager
def write_aside(path: Path, *, durable: bool = True) -> Iterator[IO[bytes]]:
    """Open a temporary file beside ``path`` that replaces it on success and vanishes on any error.

    Args:
        path: The file to write; its folder exists.
        durable: Wait until the disk has it. Not for caches, which cost little to make again.

    Raises:
        StorageError: The disk is full, the place cannot be written, or a project's database is there; ``path`` is as
            it was before.
    """
    _refuse_database(path)
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        aside = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}")
        try:
            with aside.open("xb") as file:
                yield file
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
            aside.replace(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise storage_error(path, error) from error


def keep(path: Path, write: Callable[[IO[bytes]], object], *, what: str) -> bool:
    """Write a file of a cache, and its folder; a full disk or a folder that cannot be written is logged, and no fault.

    Args:
        path: The file.
        write: Called with the open file.
        what: It is, with its verb: "tokens are".

    Returns:
        Whether it is there now; if not, ``path`` is as it was before.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_aside(path, durable=False) as file:
            write(file)
    except (StorageError, OSError) as error:
        _log.warning("%s not kept: %s", what, error)
        return False
    return True


def check_writable(path: Path, *, makes_folders: bool = False) -> None:
    """Find out before long work whether its result can be written; nothing stays behind.

    Args:
        path: The file that is going to be written.
        makes_folders: Its folder may be missing, as whoever writes it makes that.

    Raises:
        StorageError: It is a folder or a database, its folder does not exist, or the place cannot be written.
    """
    _refuse_database(path)
    place = path
    if makes_folders:
        while not place.parent.exists() and place.parent != place:
            place = place.parent
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if len(os.fsencode(path.name)) > _LONGEST_NAME:
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(path))
        probe = place.with_name(f".{place.name[:40]}.{secrets.token_hex(4)}")
        probe.open("xb").close()
        probe.unlink()
    except OSError as error:
        raise storage_error(path, error) from error


def _refuse_database(path: Path) -> None:
    """All of somebody's work may be in that file; what cannot be read is another fault, and a pipe would wait."""
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            is_database = file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return
    if is_database:
        raise StorageError(f"{path}: that is the project itself; choose another file")
