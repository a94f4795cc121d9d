"""Files that are being written aside, and what a killed run leaves of them.

Such a file lies beside the one it is for: ``.out.json.acseg-1a2b3c4d``. Its writer holds a lock on it, which goes with
the writer however that ends: so the next run knows what nobody is writing any more, and takes that away. Files of other
programs and of other people are never touched.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

_MARK = "acseg-"
_SHOWN = 40
"""Characters of the name that are in the name aside."""
_ANY = re.compile(rf"\..*\.{_MARK}[0-9a-f]{{8}}", re.DOTALL)
_LOCK = ".lock"
"""What the name of the file ends with that is locked as long as somebody writes a folder aside."""
LIST_NAME = ".acseg-export"
"""The list of the files of a folder; it is there when the folder was written to its end. It is JSON, but not called so:
tools that read a folder of labels take every *.json file in it for labels."""
_OLD_SECONDS = 600.0
"""Where locks are not to be had, nobody writes to a file any more that was not written to for so long."""


@contextlib.contextmanager
def opened_aside(target: Path, *, private: bool = False) -> Iterator[tuple[Path, IO[bytes]]]:
    """Make a file beside ``target``, open for reading and writing and locked; whatever happens, it is gone at the end.

    Args:
        target: The file it is for; nothing is done to that.
        private: Nobody else may read it.

    Raises:
        OSError: It cannot be made.
    """
    aside, descriptor = _make(target, 0o600 if private else 0o666)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield aside, file
    finally:
        aside.unlink(missing_ok=True)


@contextlib.contextmanager
def folder_aside(target: Path) -> Iterator[Path]:
    """Make a folder beside ``target``; whatever happens, it is gone at the end, unless it was given another name.

    Raises:
        OSError: It cannot be made.
    """
    aside = target.with_name(f".{target.name[:_SHOWN]}.{_MARK}{secrets.token_hex(4)}")
    lock = aside.with_name(aside.name + _LOCK)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o666)
    try:
        _lock(descriptor)
        aside.mkdir()
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        os.close(descriptor)
        lock.unlink(missing_ok=True)


def sweep_folders(target: Path) -> None:
    """Take away the folders that killed runs left beside ``target`` when they wrote it.

    Where such a run was killed after it had moved the old folder away, and before it had moved the new one there, the
    old one comes back.
    """
    begin = f".{target.name[:_SHOWN]}.{_MARK}"
    try:
        names = sorted(os.listdir(target.parent))  # noqa: PTH208  # names are all that is asked for
    except OSError:
        return
    for name in names:
        lock = target.parent / name
        if not (name.startswith(begin) and name.endswith(_LOCK) and _ANY.fullmatch(name.removesuffix(_LOCK))):
            continue
        with contextlib.suppress(OSError):
            descriptor = os.open(lock, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
            try:
                is_free = _lock(descriptor)
                if is_free or (is_free is None and time.time() - lock.lstat().st_mtime > _OLD_SECONDS):
                    _end_folder(target.parent / name.removesuffix(_LOCK), target)
                    lock.unlink()
            finally:
                os.close(descriptor)


def _end_folder(aside: Path, target: Path) -> None:
    if (aside / LIST_NAME).exists() and not target.exists():
        aside.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def sweep(target: Path) -> None:
    """Take away what killed runs left beside ``target`` when they wrote it."""
    begin = f".{target.name[:_SHOWN]}.{_MARK}"
    _sweep(target.parent, lambda name: name.startswith(begin))


def sweep_folder(folder: Path) -> None:
    """Take away what killed runs left in a folder, whatever it was for."""
    _sweep(folder, lambda _name: True)


def _make(target: Path, mode: int) -> tuple[Path, int]:
    """A new file and its descriptor; one that another run swept away before it was locked is made again."""
    while True:
        aside = target.with_name(f".{target.name[:_SHOWN]}.{_MARK}{secrets.token_hex(4)}")
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(aside, flags, mode)
        _lock(descriptor)
        if sys.platform == "win32" or os.fstat(descriptor).st_nlink:
            return aside, descriptor
        os.close(descriptor)


def _sweep(folder: Path, is_wanted: Callable[[str], bool]) -> None:
    try:
        names = os.listdir(folder)  # noqa: PTH208  # names are all that is asked for; a cache has many
    except OSError:
        return
    for name in names:
        if _ANY.fullmatch(name) and is_wanted(name):
            with contextlib.suppress(OSError):
                _take_away(folder / name)


def _take_away(aside: Path) -> None:
    status = aside.lstat()
    if not stat.S_ISREG(status.st_mode) or (hasattr(os, "geteuid") and status.st_uid != os.geteuid()):
        return
    descriptor = os.open(aside, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        is_free = _lock(descriptor)
        if is_free:
            aside.unlink()  # while it is locked: so no writer has it
    finally:
        os.close(descriptor)
    if is_free is None and time.time() - status.st_mtime > _OLD_SECONDS:
        aside.unlink()


def _lock(descriptor: int) -> bool | None:
    """Lock an open file until it is closed: True, or False where another has it; None where there are no locks."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
