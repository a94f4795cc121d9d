"""Atomic writes: a file is written aside, flushed and renamed, or left as it was; one clear error if that fails.

What is there keeps what it is: a symbolic link is followed, mode and owner stay, pipes and devices are written into.
Where a file cannot be replaced (its folder does not let us, it is another's, it is mounted), it is written over: all of
the new content is on a disk before the first byte of the old one goes, and a full disk leaves the old one.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from acseg_core.errors import StorageError
from acseg_core.output.leftovers import opened_aside, sweep, sweep_folder

_log = logging.getLogger(__name__)

_LONGEST_NAME = 255
"""Bytes of a file's name that the usual file systems take."""

_DATABASE = b"SQLite format 3\0"
"""First bytes of a project's database."""

_GEOPACKAGE = b"GPKG"
"""What a database has at the end of its first bytes that is a GeoPackage, and so is written by exports."""

_HEAD_BYTES = 72

_IN_MEMORY_BYTES = 16 * 2**20
_READER_SECONDS = 60.0
"""How long a pipe waits for somebody who reads from it."""

_NOT_REPLACED = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.EROFS, errno.EXDEV})
"""What the system says where a file cannot be replaced, or no other be made beside it; it may still be written to."""

_swept: set[Path] = set()
"""Folders of caches in which this process has looked for what killed runs left."""


def storage_error(path: Path, error: OSError) -> StorageError:
    """Put an operating-system error on ``path`` into one line with the remedy."""
    remedies = {
        errno.ENOSPC: "the disk is full; free some space and try again",
        errno.EDQUOT: "your disk quota is used up; free some space and try again",
        errno.EACCES: "no permission to write there; choose another location or change its permissions",
        errno.EPERM: "no permission to write there; choose another location or change its permissions",
        errno.EROFS: "this file system is read-only; choose another location",
        errno.ENOENT: "the folder does not exist; create it or choose another location",
        errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
        errno.ENOTDIR: "part of this path is a file; choose another location",
        errno.EISDIR: "this is a folder; give the name of a file",
        errno.ELOOP: "this link leads back to itself; choose another location",
        errno.EPIPE: "the program that reads from this pipe has ended; start both again",
    }
    remedy = remedies.get(error.errno or 0, error.strerror or str(error))
    return StorageError(f"{path}: {remedy}")


@contextmanager
def write_aside(path: Path, *, durable: bool = True) -> Iterator[IO[bytes]]:
    """Open a temporary file whose content becomes that of ``path`` on success, and which vanishes on any error.

    Args:
        path: The file to write; its folder exists. A named pipe or a device gets the content when all of it is there.
        durable: Wait until the disk has it. Not for caches, which cost little to make again.

    Raises:
        StorageError: The disk is full, the place cannot be written, or a project's database is there; ``path`` is as
            it was before.
    """
    _refuse_database(path)
    try:
        target = _find(path)
        with ExitStack() as stack:
            if target.is_stream:
                file = _spooled(stack)
                yield file
                _pour(file, path)
                return
            aside, file = _opened(stack, target, durable=durable)
            yield file
            file.flush()
            if durable and aside is not None:
                os.fsync(file.fileno())
            if aside is None or not _replace(aside, file, target):
                _write_over(file, target.path)
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
    try:
        target = _find(path)
        if target.is_stream:
            return
        if len(os.fsencode(path.name)) > _LONGEST_NAME:
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(path))
        place = target.path
        if makes_folders:
            while not place.parent.exists() and place.parent != place:
                place = place.parent
        try:
            with opened_aside(place):
                pass
        except OSError as error:
            if target.status is None or error.errno not in _NOT_REPLACED:
                raise
    except OSError as error:
        raise storage_error(path, error) from error


@dataclass(frozen=True, slots=True)
class _Target:
    """Where content goes: the file with links followed, and what is known of the one that is there, if any."""

    path: Path
    status: os.stat_result | None
    is_stream: bool = False


def _find(path: Path) -> _Target:
    """What is to be written.

    Raises:
        OSError: It is a folder, or what is there cannot be written.
        StorageError: It is nothing that files are written to.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        return _Target(Path(os.path.realpath(path)) if path.is_symlink() else path, None)
    mode = status.st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if stat.S_ISSOCK(mode) or stat.S_ISBLK(mode):
        raise StorageError(f"{path}: this is a disk or a socket; give the name of a file")
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    if not stat.S_ISREG(mode):
        return _Target(path, status, is_stream=True)
    return _Target(Path(os.path.realpath(path)) if path.is_symlink() else path, status)


def _spooled(stack: ExitStack) -> IO[bytes]:
    return cast("IO[bytes]", stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)))


def _opened(stack: ExitStack, target: _Target, *, durable: bool) -> tuple[Path | None, IO[bytes]]:
    """The file beside the target, or None and one elsewhere where the folder takes no other file."""
    if durable:
        sweep(target.path)
    elif target.path.parent not in _swept:
        _swept.add(target.path.parent)
        sweep_folder(target.path.parent)
    try:
        return stack.enter_context(opened_aside(target.path, private=target.status is not None))
    except OSError as error:
        if target.status is None or error.errno not in _NOT_REPLACED:
            raise
        return None, _spooled(stack)


def _replace(aside: Path, file: IO[bytes], target: _Target) -> bool:
    """Put a file that is whole in the place of its target, with that one's owner and mode; False where it cannot be."""
    old = target.status
    try:
        if old is not None:
            new = aside.stat()
            if hasattr(os, "chown") and (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
                os.chown(aside, old.st_uid, old.st_gid)
            aside.chmod(stat.S_IMODE(old.st_mode))
        if os.name == "nt":  # there, a file that is open keeps its name
            file.close()
        aside.replace(target.path)
    except OSError as error:
        if old is None or file.closed or error.errno not in (*_NOT_REPLACED, errno.EINVAL):
            raise
        return False
    return True


def _write_over(file: IO[bytes], path: Path) -> None:
    """Give a file that is there another content; what does not fit any more is found out while it is still as it was.

    Raises:
        OSError: The disk is full; the file is as it was.
    """
    with path.open("r+b") as out:
        before = out.seek(0, os.SEEK_END)
        file.seek(before)
        try:
            shutil.copyfileobj(file, out)
            out.flush()
            os.fsync(out.fileno())
        except BaseException:
            out.truncate(before)
            raise
        file.seek(0, os.SEEK_END)
        size = file.tell()
        file.seek(0)
        out.seek(0)
        left = min(before, size)
        while left and (part := file.read(min(left, 2**20))):
            out.write(part)
            left -= len(part)
        out.truncate(size)
        out.flush()
        os.fsync(out.fileno())


def _pour(file: IO[bytes], path: Path) -> None:
    """Write a whole content into a pipe or a device.

    Raises:
        OSError: Nobody reads from the pipe, or its reader went.
    """
    file.seek(0)
    with os.fdopen(_opened_stream(path), "wb") as out:
        shutil.copyfileobj(file, out)


def _opened_stream(path: Path) -> int:
    """A descriptor to write to; opening a pipe without waiting says whether somebody reads from it.

    Raises:
        StorageError: Nobody does.
    """
    until = time.monotonic() + _READER_SECONDS
    while True:
        try:
            descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            if error.errno != errno.ENXIO or not path.is_fifo():
                raise
            if time.monotonic() > until:
                raise StorageError(f"{path}: nobody reads from that pipe; start its reader first") from error
            time.sleep(0.05)
        else:
            os.set_blocking(descriptor, True)
            return descriptor


def _refuse_database(path: Path) -> None:
    """All of somebody's work may be in that file; what cannot be read is another fault, and a pipe would wait."""
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            is_database = head.startswith(_DATABASE) and not head.endswith(_GEOPACKAGE)
    except OSError:
        return
    if is_database:
        raise StorageError(f"{path}: this is the project itself; choose another file")
