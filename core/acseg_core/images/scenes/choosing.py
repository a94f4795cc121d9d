"""Which files of an image folder become scenes, and which stay images as a whole; by their headers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from acseg_core.images.finding import RASTER_SUFFIXES
from acseg_core.images.georef import read_georeference
from acseg_core.images.headers import kind_of
from acseg_core.images.tiff import open_page
from acseg_core.images.tiff_header import TiffError
from acseg_core.images.tiff_layout import BYTES, FAX, PICTURES
from acseg_core.images.tiff_support import refusal
from acseg_core.types import MAX_PIXELS

LARGEST_MAP = 2048
"""Pixels of a side above which an image with map coordinates is divided."""

_LARGEST_FILE = 2 * 1024**3
_HEAD_BYTES = 4


class Tiles(StrEnum):
    """Which files are divided into tiles: those that need it, all, or none."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Division(StrEnum):
    """What becomes of a file: an image as a whole; a scene, though it could be read whole; a scene or nothing."""

    WHOLE = "whole"
    BETTER = "better"
    NEEDED = "needed"


def division_of(path: Path, tiles: Tiles) -> Division:
    """Find out what becomes of a file; of one that cannot be read whoever reads it tells why.

    Args:
        path: Of the file.
        tiles: What was chosen for the project.
    """
    if tiles is Tiles.NEVER:
        return Division.WHOLE
    if path.suffix.lower() in RASTER_SUFFIXES:
        return Division.NEEDED
    try:
        with path.open("rb") as file:
            found = _of_tiff(path, file) if kind_of(file.read(_HEAD_BYTES)) == "TIFF" else Division.WHOLE
    except (OSError, TiffError):
        return Division.WHOLE
    return Division.BETTER if tiles is Tiles.ALWAYS and found is Division.WHOLE else found


def _of_tiff(path: Path, file: BinaryIO) -> Division:
    page = open_page(file)
    if page is None:
        return Division.WHOLE
    layout = page.layout
    is_large = layout.width * layout.height > MAX_PIXELS or file.seek(0, 2) > _LARGEST_FILE
    if is_large or layout.compression not in (*BYTES, *FAX, *PICTURES):
        return Division.NEEDED
    if read_georeference(path, file) is None:
        return Division.WHOLE
    if refusal(layout):
        return Division.NEEDED
    return Division.BETTER if max(layout.width, layout.height) > LARGEST_MAP else Division.WHOLE
