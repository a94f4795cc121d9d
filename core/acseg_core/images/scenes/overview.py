"""Smaller pictures of a scene: parts of it at a level, and the whole of it, made once and kept in the cache."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from acseg_core.errors import ImageError
from acseg_core.images.files import thumbnail_path
from acseg_core.images.pixels import VOID_COLOR
from acseg_core.images.rendering import Rendering
from acseg_core.images.scenes.raster import Box, opened, read_picture, read_samples
from acseg_core.images.shrinking import shrunk
from acseg_core.output.atomic_write import storage_error, write_aside

OVERVIEW_SIDE = 2048
"""Pixels of the longer side of the picture of a whole scene, at most."""

_SPARE = 2
"""How many pixels a side are averaged for each, about, where a file has no overviews."""

_STRIP_PIXELS = 16_000_000
"""Pixels of a file without overviews that are read at once."""


def read_level(path: Path, box: Box, shown: Rendering, *, level: int) -> NDArray[np.uint8]:
    """Read a part of a scene, smaller by two to the ``level``.

    The file's own overviews are used where it has some; else several pixels are averaged.

    Returns:
        (h, w, 3) uint8 RGB.

    Raises:
        ImageError: It cannot be read.
        ExtraMissingError: rasterio is not installed.
    """
    factor = 2**level
    size = max(1, box.width // factor), max(1, box.height // factor)
    return _read(path, box, shown, size, has_overview=level > 0 and _has_overview(path, factor))


def overview_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the picture of a whole scene that is so large."""
    scale = min(1.0, OVERVIEW_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def overview_path(folder: Path, fingerprint: str, rendering: str) -> Path:
    """Where the picture of a whole scene is kept, below the folder of thumbnails."""
    return thumbnail_path(folder, hashlib.sha256(f"{fingerprint} {rendering} {OVERVIEW_SIDE}".encode()).hexdigest())


def kept_overview(target: Path) -> NDArray[np.uint8] | None:
    """The picture that was kept there, (h, w, 3) uint8 RGB; None where there is none that can be read."""
    try:
        with Image.open(target) as image:
            return np.asarray(image.convert("RGB"))
    except OSError:
        return None


def keep_overview(picture: NDArray[np.uint8], target: Path) -> None:
    """Keep it there.

    Raises:
        StorageError: It cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(target.parent, error) from error
    with write_aside(target, durable=False) as file:
        Image.fromarray(picture).save(file, "JPEG", quality=88)


def overview_strips(width: int, height: int) -> list[tuple[int, int]]:
    """First row and end of the strips of a scene's overview, in its own rows, of what is read at once."""
    down = overview_size(width, height)[1]
    step = max(1, int(_STRIP_PIXELS / (width * height / down)))
    return [(top, min(down, top + step)) for top in range(0, down, step)]


def read_strip(path: Path, size: tuple[int, int], rows: tuple[int, int], shown: Rendering) -> NDArray[np.uint8]:
    """Read some rows of a scene's overview.

    Args:
        path: Of the scene's file.
        size: Width and height of the scene.
        rows: First row and end, in rows of the overview.
        shown: Which bands, and how.

    Returns:
        (h, w, 3) uint8 RGB.

    Raises:
        ImageError: It cannot be read, or is smaller than it was.
        ExtraMissingError: rasterio is not installed.
    """
    width, height = size
    across, down = overview_size(width, height)
    top, bottom = rows[0] * height // down, rows[1] * height // down
    with opened(path) as source:
        if source.width < width or source.height < height:
            raise ImageError(path, "smaller than it was when it was added")
    has_overview = _has_overview(path, max(1, width // across))
    return _read(path, Box(0, top, width, bottom - top), shown, (across, rows[1] - rows[0]), has_overview=has_overview)


def _read(path: Path, box: Box, shown: Rendering, size: tuple[int, int], *, has_overview: bool) -> NDArray[np.uint8]:
    if has_overview:
        return np.ascontiguousarray(read_picture(path, box, shown, size=size).rgb)
    # Passing over pixels here is ten times as fast as having GDAL do so, as long as its factor is no whole number.
    samples, valid = read_samples(path, box, shown.bands)
    step = max(1, round(box.width / size[0] / _SPARE))
    rgb = shown.rgb(samples[::step, ::step])
    if valid is not None:
        rgb[~valid[::step, ::step]] = VOID_COLOR
    return np.ascontiguousarray(rgb if rgb.shape[1::-1] == size else shrunk(rgb, size))


def _has_overview(path: Path, factor: int) -> bool:
    """Whether an overview is about so much smaller, so that few of its pixels are passed over."""
    with opened(path) as source:
        return any(factor / 2 < each <= factor for each in source.overviews(1))
