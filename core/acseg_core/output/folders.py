"""Folders that a person named to be written: written aside, then renamed, so that they appear whole or not at all.

A folder that an export made has a list of its files in it. It may be replaced by a later export; files of other people
in it are kept, if the caller says that they may stay, and refused otherwise. Nothing leads out of the folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from acseg_core.errors import StorageError
from acseg_core.output.atomic_write import storage_error
from acseg_core.output.leftovers import LIST_NAME, folder_aside, sweep_folders
from acseg_core.output.protected import refuse_precious


class OutputFolder:
    """A folder that is being written; names in it are relative, with forward slashes."""

    def __init__(self, place: Path, target: Path) -> None:
        self._place = place
        self._target = target
        self._names: dict[str, None] = {}

    @property
    def target(self) -> Path:
        """Where it is going to be."""
        return self._target

    @property
    def names(self) -> tuple[str, ...]:
        """The files that were written, in order."""
        return tuple(self._names)

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file of the folder to be written; the folders it is in are made.

        Raises:
            StorageError: The name leads out of the folder, is taken, or cannot be written.
        """
        with self.errors(name), self._new(name).open("xb") as file:
            yield file

    def place(self, name: str) -> Path:
        """Where a library that opens files by itself writes one; it does so within `errors`.

        Raises:
            StorageError: As `open`.
        """
        with self.errors(name):
            return self._new(name)

    def copy(self, name: str, source: Path, *, link: bool = False) -> bool:
        """Put a copy of a file into the folder, or a symbolic link to it.

        Returns:
            Whether it is a link; where the system makes none, it is a copy.

        Raises:
            StorageError: As `open`, or the file cannot be read.
        """
        with self.errors(name):
            path = self._new(name)
            if link:
                with contextlib.suppress(OSError):
                    path.symlink_to(Path(os.path.abspath(source)))  # noqa: PTH100  # links of the source are kept
                    return True
            shutil.copyfile(source, path)
            return False

    @contextlib.contextmanager
    def errors(self, name: str) -> Iterator[None]:
        """Tell errors of the system about a file by the name it is going to have."""
        try:
            yield
        except OSError as error:
            raise storage_error(self._target / name, error) from error

    def _new(self, name: str) -> Path:
        path = PurePosixPath(name)
        if path.is_absolute() or not path.parts or ".." in path.parts or PureWindowsPath(name).drive or "\0" in name:
            raise StorageError(f"{self._target / name}: this would be outside the folder; rename the image")
        if name in self._names:
            raise StorageError(f"{self._target / name}: two images would have this name; rename one of them")
        self._names[name] = None
        file = self._place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        return file

    def finish(self) -> None:
        """Write the list of files."""
        with self.errors(LIST_NAME), (self._place / LIST_NAME).open("w", encoding="utf-8") as file:
            json.dump({"files": list(self._names)}, file, indent=0)


@contextlib.contextmanager
def write_folder(path: Path, *, into: bool = False) -> Iterator[OutputFolder]:
    """Make a folder whose content becomes that of ``path`` on success, and which vanishes on any error.

    Args:
        path: New, empty, or what an export made before, which is replaced.
        into: It may have other files in it; they stay, and none of them is replaced.

    Raises:
        StorageError: There are other files in it, something precious is there, or it cannot be written.
    """
    check_folder(path, into=into)
    target = Path(os.path.realpath(path))
    sweep_folders(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with folder_aside(target) as aside:
            folder = OutputFolder(aside, path)
            yield folder
            folder.finish()
            _put_in_place(aside, target, into=into)
    except OSError as error:
        raise storage_error(path, error) from error


def check_folder(path: Path, *, into: bool = False) -> None:
    """Find out before long work whether `write_folder` would refuse.

    Raises:
        StorageError: It would.
    """
    refuse_precious(path)
    try:
        if path.exists() and not path.is_dir():
            raise StorageError(f"{path}: this is a file; give the name of a folder")
        if not into and others_in(path):
            raise StorageError(
                f"{path}: there are other files in that folder; choose a new one, or write into it with --into"
            )
        above = next(folder for folder in (path, *path.absolute().parents) if folder.exists())
        if not above.is_dir():
            raise StorageError(f"{path}: a part of that path is a file; choose another place")
        if not os.access(above, os.W_OK):
            raise StorageError(f"{path}: no permission to write there; choose another place or change its permissions")
    except OSError as error:
        raise storage_error(path, error) from error


def others_in(folder: Path) -> tuple[str, ...]:
    """The first few files in a folder that no export made.

    Raises:
        OSError: It cannot be read.
    """
    if not folder.is_dir():
        return ()
    listed = frozenset(_listed(folder))
    found = []
    for place, folders, files in os.walk(folder):
        links = [each for each in folders if (Path(place) / each).is_symlink()]  # which are not walked into
        for file in (*files, *links):
            name = (Path(place) / file).relative_to(folder).as_posix()
            if name not in listed:
                found.append(name)
                if len(found) == _SHOWN:
                    return tuple(found)
    return tuple(found)


_SHOWN = 5


def _listed(folder: Path) -> tuple[str, ...]:
    """The files that an export made in a folder, with its list."""
    try:
        content = json.loads((folder / LIST_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ()
    files = content.get("files") if isinstance(content, dict) else None
    safe = [
        name
        for name in (files if isinstance(files, list) else ())
        if isinstance(name, str) and not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts
    ]
    return (*safe, LIST_NAME)


def _put_in_place(aside: Path, target: Path, *, into: bool) -> None:
    """Give a folder that is whole the name it is for.

    Raises:
        OSError: It cannot be; then the old one is as it was, or, of one with other files, each file old or new.
    """
    if not target.exists():
        aside.rename(target)
        return
    if not (into and others_in(target)):
        with folder_aside(target) as old:
            old.rmdir()
            target.rename(old)
            try:
                aside.rename(target)
            except OSError:
                old.rename(target)
                raise
        return
    before = frozenset(_listed(target))
    written = {
        (Path(place) / file).relative_to(aside).as_posix() for place, _, files in os.walk(aside) for file in files
    }
    for name in sorted(written - before):
        if os.path.lexists(target / name):
            raise StorageError(
                f"{target / name}: this file was not made by an export; move it away, or choose another folder"
            )
    for name in sorted(written):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (aside / name).replace(target / name)
    for old_name in before:
        if old_name not in written:
            (target / old_name).unlink(missing_ok=True)
