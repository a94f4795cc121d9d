"""Image files: find them in a folder, read and hash them, make their thumbnails."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from acseg_core.atomic_write import storage_error, write_aside
from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.images.photos import decode_photo
from acseg_core.types import ImageInfo, SkippedFile

logger = logging.getLogger(__name__)

IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".dib", ".webp"})
"""Suffixes of the files that are read; what they hold is known by their first bytes."""

_OTHER_SUFFIXES = frozenset({".gif", ".heic", ".heif", ".avif"})
OTHER_KIND = "a kind of image that is not read; convert it to PNG or JPEG"
"""Reason given for a file left out that whoever put it there thinks of as an image."""

MAX_FILE_BYTES = 2 * 1024**3
"""Bytes of a file above which it is refused: 120 megapixels of 16-bit RGBA are half as large."""

THUMBNAIL_SIDE = 256
"""Long side of thumbnails in pixels; smaller images are not enlarged."""

_DIGITS = re.compile(r"(\d+)")
_CHANGED = "changed since it was added"


@dataclass(frozen=True, slots=True)
class FoundImages:
    """What `find_images` saw.

    Attributes:
        paths: Relative to the folder, with forward slashes, in natural order.
        skipped: Entries that look like images but cannot be taken, in natural order. Their path is printable, but
            does not lead to the file when its name is not valid Unicode.
    """

    paths: tuple[str, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()


def natural_key(path: str) -> tuple[tuple[tuple[str | int, ...], ...], str]:
    """Sort key under which "img2" comes before "Img10", and what is in one folder stays together.

    The order depends neither on the platform's sorting nor on how it composes accents.
    """
    plain = path if path.isascii() else unicodedata.normalize("NFC", path)
    return tuple(_natural_part(part) for part in plain.casefold().split("/")), path


def _natural_part(part: str) -> tuple[str | int, ...]:
    pieces = _DIGITS.split(part)  # text, digits, text, ..., text
    return tuple(int(piece) if index % 2 else piece for index, piece in enumerate(pieces))


def find_images(root: Path) -> FoundImages:
    """List the image files below a folder by their suffix; nothing is opened.

    Hidden files and folders (leading dot) and a project's own cache are left out. Links to folders are followed, but
    each folder is entered once; real folders go before links to them.

    Raises:
        ImagesNotFoundError: The folder is missing, is not a folder, or may not be read.
    """
    try:
        if not root.exists():
            raise ImagesNotFoundError(f"{root}: no such folder; check the path, or connect the drive it is on")
        if not root.is_dir():
            raise ImagesNotFoundError(f"{root}: not a folder; give the folder that holds the images")
        os.scandir(root).close()
    except OSError as error:
        raise ImagesNotFoundError(
            f"{root}: {os_reason(error)}; choose another folder or change its permissions"
        ) from error
    search = _Search(root)
    search.run()
    return FoundImages(
        paths=tuple(sorted(search.paths, key=natural_key)),
        skipped=tuple(sorted(search.skipped, key=lambda file: natural_key(file.path))),
    )


class _Search:
    """One walk through a folder; relative paths are strings, for speed over a hundred thousand files."""

    def __init__(self, root: Path) -> None:
        self.root = root
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
            if entry.name.startswith(".") or (is_project and entry.name == "cache"):
                continue
            relative = f"{folder}/{entry.name}" if folder else entry.name
            try:
                self._take(entry, relative)
            except OSError as error:  # a link to itself, or into a folder that may not be entered
                self._skip(relative, os_reason(error))

    def _take(self, entry: os.DirEntry[str], relative: str) -> None:
        is_folder = entry.is_dir()
        _, dot, suffix = entry.name.rpartition(".")
        kind = dot + suffix.lower()
        if not is_folder and kind not in IMAGE_SUFFIXES:
            if kind in _OTHER_SUFFIXES:
                self._skip(relative, OTHER_KIND)
            return
        if not _is_unicode(entry.name):
            self._skip(relative, "its name is not valid Unicode; rename it")
        elif is_folder:
            (self._links if entry.is_symlink() else self._folders).append(relative)
        elif entry.is_file():
            self.paths.append(relative)
        else:
            self._skip(relative, "a link that leads nowhere" if entry.is_symlink() else "not an ordinary file")

    def _skip(self, relative: str, reason: str) -> None:
        printable = relative.encode("utf-8", "backslashreplace").decode("utf-8")
        self.skipped.append(SkippedFile(path=printable, reason=reason))


def _is_unicode(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def os_reason(error: OSError) -> str:
    """Why the operating system refuses to read a file or folder, as a phrase."""
    return "no permission to read it" if isinstance(error, PermissionError) else (error.strerror or str(error)).lower()


def inspect_image(root: Path, relative: str, *, thumbnails: Path | None = None) -> ImageInfo:
    """Read one image once: hash it, decode it to be sure that it can be used, and make its thumbnail.

    Args:
        root: The image folder.
        relative: Path below it, with forward slashes.
        thumbnails: Folder for thumbnails, or None to make none.

    Raises:
        ImageError: The file cannot be used, and why.
        StorageError: The thumbnail cannot be written.
    """
    path = root / relative
    data, status = _read(path)
    digest = hashlib.sha256(data).hexdigest()
    photo = decode_photo(path, data, enough=2 * THUMBNAIL_SIDE)
    width, height = photo.size
    if thumbnails is not None:
        target = thumbnail_path(thumbnails, digest)
        if not target.is_file():
            _write_thumbnail(photo.rgb, target)
    return ImageInfo(
        path=relative,
        sha256=digest,
        file_size=len(data),
        mtime_ns=status.st_mtime_ns,
        stored_width=photo.stored_width,
        stored_height=photo.stored_height,
        width=width,
        height=height,
        orientation=photo.orientation,
        mode=photo.mode,
    )


def load_image(path: Path, *, expected_sha256: str | None = None) -> NDArray[np.uint8]:
    """Read an image as RGB, right way up; how other modes and depths become RGB is said in `acseg_core.images.pixels`.

    Args:
        path: The file.
        expected_sha256: Hex digest the file had when it was added; None does not look.

    Returns:
        (H, W, 3) uint8, C-contiguous.

    Raises:
        ImageError: The file cannot be used, or is not the one that was added.
    """
    return decode_photo(path, _read_expected(path, expected_sha256)).rgb


def thumbnail_path(thumbnails: Path, sha256: str) -> Path:
    """Where the thumbnail of the file with this hash lies below the folder for thumbnails."""
    return thumbnails / sha256[:2] / f"{sha256}.jpg"


def ensure_thumbnail(path: Path, *, sha256: str, thumbnails: Path) -> Path:
    """Path of the thumbnail, made from the image first when it is not there (a cache may be deleted at any time).

    Raises:
        ImageError: The image cannot be used, or is not the one that was added.
        StorageError: The thumbnail cannot be written.
    """
    target = thumbnail_path(thumbnails, sha256)
    if not target.is_file():
        photo = decode_photo(path, _read_expected(path, sha256), enough=2 * THUMBNAIL_SIDE)
        _write_thumbnail(photo.rgb, target)
    return target


def _read(path: Path) -> tuple[bytes, os.stat_result]:
    """All bytes of an ordinary file, and its status as of before they were read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ImageError(path, "that is a folder" if stat.S_ISDIR(status.st_mode) else "not an ordinary file")
        if status.st_size > MAX_FILE_BYTES:
            raise ImageError(path, f"too large: {status.st_size / 1024**3:.1f} GB, at most {MAX_FILE_BYTES >> 30} GB")
        return path.read_bytes(), status
    except FileNotFoundError as error:
        raise ImageError(path, "missing") from error
    except OSError as error:
        raise ImageError(path, os_reason(error)) from error
    except (MemoryError, ValueError) as error:
        reason = "not enough memory to open it" if isinstance(error, MemoryError) else "not a usable path"
        raise ImageError(path, reason) from error


def _read_expected(path: Path, sha256: str | None) -> bytes:
    data, _ = _read(path)
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
        raise ImageError(path, _CHANGED)
    return data


def _write_thumbnail(rgb: NDArray[np.uint8], target: Path) -> None:
    height, width = rgb.shape[:2]
    scale = min(1.0, THUMBNAIL_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA) if scale < 1 else rgb
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(target.parent, error) from error
    with write_aside(target, durable=False) as file:
        Image.fromarray(small).save(file, "JPEG", quality=85)
