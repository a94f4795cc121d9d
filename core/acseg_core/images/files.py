"""Image files: read and hash them, make their thumbnails."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from acseg_core.errors import ImageError
from acseg_core.images.finding import os_reason
from acseg_core.images.georef import note_georeference
from acseg_core.images.image_paths import file_of_tile, path_below
from acseg_core.images.pages import located, page_hash
from acseg_core.images.photos import Photo, check_header, decode_photo
from acseg_core.images.pixels import Stretch
from acseg_core.images.scenes.fingerprint import fingerprint_of, tile_hash
from acseg_core.images.scenes.tile_reader import read_tile
from acseg_core.images.shrinking import shrunk
from acseg_core.output.atomic_write import storage_error, write_aside
from acseg_core.types import ImageInfo

logger = logging.getLogger(__name__)

MAX_FILE_BYTES = 2 * 1024**3
"""Bytes of a file above which it is refused: 120 megapixels of 16-bit RGBA are half as large."""

THUMBNAIL_SIDE = 256
"""Long side of thumbnails in pixels; smaller images are not enlarged."""

_KEPT_BYTES = 64 * 2**20
"""Smaller files are read once, so that hash and pixels are surely of the same bytes; larger ones would double the
memory, and are hashed and decoded from the disk."""

MISSING = "missing"
"""Problem of an image whose file is gone."""

CHANGED = "changed since it was added"
"""Problem of an image whose file has other bytes than the ones its regions were made on."""


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
    path, page = located(root, relative)
    with _opened(path) as (file, status):
        check_header(path, file, page=page)  # before a large file is read
        content = _content(file, status, page)
        photo = decode_photo(path, content, enough=2 * THUMBNAIL_SIDE, page=page)
        digest = _hash(content, status, page)
        noted = note_georeference(path, content, page=page)
    width, height = photo.size
    if thumbnails is not None:
        target = thumbnail_path(thumbnails, digest)
        if not target.is_file():
            _write_thumbnail(photo.rgb, target)
    return ImageInfo(
        path=relative,
        sha256=digest,
        file_size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        stored_width=photo.stored_width,
        stored_height=photo.stored_height,
        width=width,
        height=height,
        orientation=photo.orientation,
        mode=photo.mode,
        pages=photo.pages,
        georeference=noted,
    )


def look_up_georeference(root: Path, relative: str) -> str:
    """`ImageInfo.georeference` of an image, by its tags and what is beside it; no pixel is read.

    Raises:
        ImageError: The file cannot be read.
    """
    path, page = located(root, relative)
    with _opened(path) as (file, _):
        return note_georeference(path, file, page=page)


def load_image(path: Path, *, expected_sha256: str | None = None, page: int = 1) -> NDArray[np.uint8]:
    """Read an image as RGB, right way up; how other modes and depths become RGB is said in `acseg_core.images.pixels`.

    Args:
        path: The file.
        expected_sha256: Hex digest the file had when it was added; None does not look.
        page: Of a file with several, from 1.

    Returns:
        (H, W, 3) uint8, C-contiguous.

    Raises:
        ImageError: The file cannot be used, or is not the one that was added.
    """
    return _decoded(path, sha256=expected_sha256, page=page).rgb


def load_added(root: Path, info: ImageInfo, *, with_halo: bool = False) -> Photo:
    """Read an image as it was when it was added: the same file, the same page of it, the same stretch of its values.

    Args:
        root: The image folder.
        info: What was noted then.
        with_halo: Of a tile, read what is around it, too.

    Raises:
        ImageError: The file cannot be used, or is not the one that was added.
        ExtraMissingError: It is a tile, and what reads them is not installed.
    """
    if info.tile is not None:
        return _added_tile(root, info, with_halo=with_halo)
    path, page = located(root, info.path)
    return _decoded(path, sha256=info.sha256, page=page, stretch=Stretch.recorded(info.mode))


def problem_of_added(root: Path, info: ImageInfo) -> str:
    """Why an image's file is not the one that was added (`MISSING`, `CHANGED` or another reason); "" where it is.

    Size and time as they were then are believed, as in a scan; otherwise the file is hashed.

    Args:
        root: The image folder.
        info: What was noted then.
    """
    if info.tile is not None:
        return _problem_of_tile(path_below(root, file_of_tile(info.path)), info)
    path, page = located(root, info.path)
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) == (info.file_size, info.mtime_ns):
            return ""
    except (OSError, ValueError):
        pass  # `_opened` finds out why
    try:
        with _opened(path) as (file, status):
            return "" if _hash(file, status, page) == info.sha256 else CHANGED
    except ImageError as error:
        return error.reason


def _added_tile(root: Path, info: ImageInfo, *, with_halo: bool = False) -> Photo:
    path = path_below(root, file_of_tile(info.path))
    problem = _problem_of_tile(path, info)
    if problem:
        raise ImageError(path, problem)
    return read_tile(path, info, with_halo=with_halo)


def _problem_of_tile(path: Path, info: ImageInfo) -> str:
    """Why the scene of a tile is not the one that was added, or ""."""
    assert info.tile is not None
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) == (info.file_size, info.mtime_ns):
            return ""
        with path.open("rb") as file:
            now = tile_hash(fingerprint_of(file), info.tile, info.width, info.height)
    except FileNotFoundError:
        return MISSING
    except OSError as error:
        return os_reason(error)
    return "" if now == info.sha256 else CHANGED


def thumbnail_path(thumbnails: Path, sha256: str) -> Path:
    """Where the thumbnail of the picture with this hash (`ImageInfo.shown_as`) lies below the folder for thumbnails."""
    return thumbnails / sha256[:2] / f"{sha256}.jpg"


def ensure_thumbnail(root: Path, info: ImageInfo, *, thumbnails: Path) -> Path:
    """Path of the thumbnail, made from the image first when it is not there (a cache may be deleted at any time).

    Args:
        root: The image folder.
        info: What was noted of the image when it was added.
        thumbnails: Folder for thumbnails.

    Raises:
        ImageError: The image cannot be used, or is not the one that was added.
        StorageError: The thumbnail cannot be written.
    """
    target = thumbnail_path(thumbnails, info.shown_as)
    if not target.is_file() and info.tile is not None:
        _write_thumbnail(_added_tile(root, info).rgb, target)
    elif not target.is_file():
        path, page = located(root, info.path)
        stretch = Stretch.recorded(info.mode)
        photo = _decoded(path, sha256=info.sha256, page=page, stretch=stretch, enough=2 * THUMBNAIL_SIDE)
        _write_thumbnail(photo.rgb, target)
    return target


def _decoded(
    path: Path, *, sha256: str | None, page: int = 1, stretch: Stretch | None = None, enough: int | None = None
) -> Photo:
    with _opened(path) as (file, status):
        if sha256 is None:
            check_header(path, file, page=page)
        content = _content(file, status, page)
        if sha256 is not None and _hash(content, status, page) != sha256:
            raise ImageError(path, CHANGED)
        return decode_photo(path, content, enough=enough, page=page, stretch=stretch)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    """An ordinary file that is neither empty nor too large, and its status before it is read.

    Nothing else is opened: to open a device or a pipe can do things, or wait without end.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ImageError(path, "this is a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file")
        if status.st_size == 0:  # the files of /proc, too: they say so, and some never end
            raise ImageError(path, "empty file")
        if status.st_size > MAX_FILE_BYTES:
            raise ImageError(path, f"too large: {status.st_size / 1024**3:.1f} GB, at most {MAX_FILE_BYTES >> 30} GB")
        with path.open("rb") as file:
            yield file, status
            after = os.fstat(file.fileno())
        if (after.st_size, after.st_mtime_ns) != (status.st_size, status.st_mtime_ns):
            raise ImageError(path, "the file changed while it was being read; try again")
    except FileNotFoundError as error:
        raise ImageError(path, MISSING) from error
    except OSError as error:
        raise ImageError(path, os_reason(error)) from error
    except (MemoryError, ValueError) as error:
        reason = "not enough memory to open it" if isinstance(error, MemoryError) else "not a usable path"
        raise ImageError(path, reason) from error


def _content(file: BinaryIO, status: os.stat_result, page: int) -> BinaryIO:
    """A file's bytes, in memory unless there are many, or one page of many is wanted."""
    if status.st_size > _KEPT_BYTES or page > 1:
        return file
    file.seek(0)
    return io.BytesIO(file.read())


def _hash(content: BinaryIO, status: os.stat_result, page: int) -> str:
    """Hex digest of an image. A file of many pages is not hashed again for each of them."""
    if page == 1:
        return _sha256(content)
    identity = status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
    if identity not in _hashed:
        _hashed.clear()
        _hashed[identity] = _sha256(content)
    return page_hash(_hashed[identity], page)


_hashed: dict[tuple[int, ...], str] = {}
"""Of the file of several pages that was read last."""


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    return hashlib.file_digest(cast("io.BufferedReader", file), "sha256").hexdigest()


def _write_thumbnail(rgb: NDArray[np.uint8], target: Path) -> None:
    height, width = rgb.shape[:2]
    scale = min(1.0, THUMBNAIL_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = shrunk(rgb, size) if scale < 1 else rgb
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(target.parent, error) from error
    with write_aside(target, durable=False) as file:
        Image.fromarray(small).save(file, "JPEG", quality=85)
