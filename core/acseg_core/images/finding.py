"""Image files below a folder: found by their names, in natural order."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from acseg_core.errors import ImagesNotFoundError
from acseg_core.images.left_out import OTHER_FOLDER, OTHER_KIND, is_other_folder, is_other_kind
from acseg_core.types import SkippedFile

IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".dib", ".webp"})
"""Suffixes of the files that are read; what they hold is known by their first bytes."""

RASTER_SUFFIXES = frozenset({".jp2", ".j2k", ".jpx", ".jpf", ".jpc", ".vrt", ".img"})
"""Suffixes of files that are read as scenes only."""

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class FoundImages:
    """What `find_images` saw.

    Attributes:
        paths: Relative to the folder, with forward slashes, in natural order.
        skipped: Entries that look like images but cannot be taken, in natural order. Their path is printable, but
            does not lead to the file when its name is not valid Unicode.
        rasters: Files of the kinds that are read as scenes only, in natural order, if they were asked for.
    """

    paths: tuple[str, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    rasters: tuple[str, ...] = ()


def natural_key(path: str) -> tuple[tuple[tuple[str | int, ...], ...], str]:
    """Sort key under which "img2" comes before "Img10", and what is in one folder stays together.

    The order depends neither on the platform's sorting nor on how it composes accents.
    """
    plain = path if path.isascii() else unicodedata.normalize("NFC", path)
    return tuple(_natural_part(part) for part in plain.casefold().split("/")), path


def _natural_part(part: str) -> tuple[str | int, ...]:
    pieces = _DIGITS.split(part)  # text, digits, text, ..., text
    return tuple(int(piece) if index % 2 else piece for index, piece in enumerate(pieces))


def find_images(root: Path, *, all_folders: bool = False, rasters: bool = False) -> FoundImages:
    """List the image files below a folder by their suffix; nothing is opened.

    Hidden files and folders (leading dot) and a project's own cache are left out; so are the folders of
    `left_out.is_other_folder`, which are listed as skipped. Links to folders are followed, but each folder is entered
    once; real folders go before links to them.

    Args:
        root: The folder.
        all_folders: Enter these, too.
        rasters: List what is read as scenes only, too, not as skipped.

    Raises:
        ImagesNotFoundError: The folder is missing, is not a folder, or may not be read.
    """
    try:
        if not root.exists():
            raise ImagesNotFoundError(f"{root}: no such folder; check the path, or connect the drive it is on")
        if not root.is_dir():
            raise ImagesNotFoundError(f"{root}: this is not a folder; give the folder with the images")
        os.scandir(root).close()
    except OSError as error:
        raise ImagesNotFoundError(
            f"{root}: {os_reason(error)}; choose another folder or change its permissions"
        ) from error
    search = _Search(
        root, all_folders=all_folders, kinds=IMAGE_SUFFIXES | (RASTER_SUFFIXES if rasters else frozenset())
    )
    search.run()
    found = sorted(search.paths, key=natural_key)
    return FoundImages(
        paths=tuple(path for path in found if suffix_of(path) in IMAGE_SUFFIXES),
        skipped=tuple(sorted(search.skipped, key=lambda file: natural_key(file.path))),
        rasters=tuple(path for path in found if suffix_of(path) in RASTER_SUFFIXES),
    )


def suffix_of(name: str) -> str:
    """Of a file, in small letters with its dot; that of a name without one is itself."""
    _, dot, suffix = name.rpartition(".")
    return dot + suffix.lower()


class _Search:
    """One walk through a folder; relative paths are strings, for speed over a hundred thousand files."""

    def __init__(self, root: Path, *, all_folders: bool, kinds: frozenset[str]) -> None:
        self.root = root
        self.kinds = kinds
        self.all_folders = all_folders
        self.paths: list[str] = []
        self.skipped: list[SkippedFile] = []
        self._folders = [""]
        self._links: list[str] = []
        self._entered: set[tuple[int, int]] = set()

    def run(self) -> None:
        while self._folders or self._links:
            if not self._folders:
                self._links.sort(key=natural_key, reverse=True)
                self._folders.append(self._links.pop())
            folder = self._folders.pop()
            try:
                self._enter(folder)
            except OSError as error:
                self._skip(folder, f"folder skipped: {os_reason(error)}")

    def _enter(self, folder: str) -> None:
        path = self.root / folder
        status = path.stat()
        if (status.st_dev, status.st_ino) in self._entered:
            return
        self._entered.add((status.st_dev, status.st_ino))
        with os.scandir(path) as scan:
            entries = list(scan)
        is_project = any(entry.name == "project.db" for entry in entries)
        for entry in entries:
            is_other = is_other_folder(entry.name)
            if (entry.name.startswith(".") and not is_other) or (is_project and entry.name == "cache"):
                continue
            relative = f"{folder}/{entry.name}" if folder else entry.name
            try:
                if is_other and entry.is_dir() and not self.all_folders:
                    self._skip(relative, OTHER_FOLDER)
                elif not entry.name.startswith(".") or entry.is_dir():
                    self._take(entry, relative)
            except OSError as error:  # a link to itself, or into a folder that may not be entered
                self._skip(relative, os_reason(error))

    def _take(self, entry: os.DirEntry[str], relative: str) -> None:
        is_folder = entry.is_dir()
        kind = suffix_of(entry.name)
        if not is_folder and kind not in self.kinds:
            if is_other_kind(kind):
                self._skip(relative, OTHER_KIND)
            return
        if entry.name.encode("utf-8", "ignore").decode() != entry.name:
            self._skip(relative, "its name is not valid Unicode; rename it")
        elif is_folder:
            (self._links if entry.is_symlink() else self._folders).append(relative)
        elif entry.is_file():
            self.paths.append(relative)
        else:
            self._skip(relative, "a link that leads nowhere" if entry.is_symlink() else "not a regular file")

    def _skip(self, relative: str, reason: str) -> None:
        printable = relative.encode("utf-8", "backslashreplace").decode("utf-8")
        self.skipped.append(SkippedFile(path=printable, reason=reason))


def os_reason(error: OSError) -> str:
    """Why the operating system refuses to read a file or folder, as a phrase."""
    return "no permission to read it" if isinstance(error, PermissionError) else (error.strerror or str(error)).lower()
