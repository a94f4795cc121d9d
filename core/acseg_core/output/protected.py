"""Files that a person named to be written: the same as `atomic_write`, but never in the place of something precious.

What is refused by looking at the place alone: databases, files inside of a project that are the program's own (its
caches, its backups), and pictures, which are photos or label maps of somebody, unless a picture is written. What the
project at hand reads is known to `acseg_core.store.inputs`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from acseg_core.errors import StorageError
from acseg_core.output.atomic_write import check_writable, write_aside

_DATABASE = "project.db"
_OWN_FOLDERS = frozenset({"cache", "backups"})
_OWN_FILES = (_DATABASE, "project.lock")
"""What `acseg_core.store` calls them; the test of this module holds the two together."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PICTURES = (
    b"\xff\xd8\xff",  # JPEG
    _PNG,
    b"II*\0",  # TIFF, and big TIFF
    b"MM\0*",
    b"II+\0",
    b"MM\0+",
    b"GIF8",
    b"\0\0\0\x0cjP  ",  # JPEG 2000
)
_HEAD_BYTES = 16


@contextlib.contextmanager
def write_output(path: Path, *, picture: bool = False) -> Iterator[IO[bytes]]:
    """Open a file whose content becomes that of ``path`` on success; see `write_aside`.

    Args:
        path: As a person named it; its folder exists.
        picture: A PNG is written: it may replace another one.

    Raises:
        StorageError: It cannot be written, or something precious is there, which stays as it is.
    """
    refuse_precious(path, picture=picture)
    with write_aside(path) as file:
        yield file


def check_output(path: Path, *, picture: bool = False, makes_folders: bool = False) -> None:
    """Find out before long work whether `write_output` would refuse; see `check_writable`.

    Raises:
        StorageError: It would.
    """
    refuse_precious(path, picture=picture)
    check_writable(path, makes_folders=makes_folders)


def refuse_precious(path: Path, *, picture: bool = False) -> None:
    """Refuse a place where something would be lost that is no output.

    Raises:
        StorageError: It is such a place.
    """
    for folder in projects_above(path):
        part = Path(os.path.realpath(path)).relative_to(folder).parts[0]
        if part == _DATABASE:
            raise StorageError(f"{path}: this is the project itself; choose another file")
        if part in _OWN_FOLDERS or part.startswith(_OWN_FILES):
            raise StorageError(f"{path}: this location is for the project's own files; choose another one")
    head = _head(path)
    if _is_picture(head) and not (picture and head.startswith(_PNG)):
        raise StorageError(f"{path}: this would overwrite a picture; choose another file")


def projects_above(path: Path) -> Iterator[Path]:
    """The folders above a file that are projects, the nearest first; links are followed."""
    for folder in Path(os.path.realpath(path)).parents:
        with contextlib.suppress(OSError):
            if (folder / _DATABASE).is_file():
                yield folder


def is_one_of(out: Path, inputs: Iterable[Path]) -> bool:
    """Whether a file is one of some that need not be there; links are followed, hard links are the same file."""
    there = identity(out)
    return there is not None and any(identity(each) == there for each in inputs)


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from others, whatever its names: its device and its number there; None where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _head(path: Path) -> bytes:
    """The first bytes of a file; none of what cannot be read, and of pipes, which would wait."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except OSError:
        return b""


def _is_picture(head: bytes) -> bool:
    return (
        head.startswith(_PICTURES)
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[:2] == b"BM" and head[6:10] == bytes(4))
    )
