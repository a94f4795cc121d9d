"""Paths of images: relative to the image folder, and never out of it.

The image folder itself is whatever the user chose, anywhere, and the window and `acseg status` show it. The images of a
project come from its database, though, and that may have been handed over by somebody else: a path in it that leads
out of the folder (`../../x`, `/dev/zero`) is never looked at, let alone read or written into an export.

Symbolic links inside the folder are followed, for data sets are often made of them; what they lead to is read only if
it is an ordinary file that is not empty (`files`), so neither a device nor a pipe.

The first page of a TIFF file is the image that has the file's own path. Another page's path has its number before the
suffix: page 3 of "a/stack.tif" is "a/stack#3.tif". A tile's path has its row and column in that place, both
from 1: "a/map#r2c5.tif".
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from acseg_core.errors import ImageError

OUTSIDE = "outside the image folder, so never read; copy the photo into the folder and look for new images"
"""Problem of an image whose path leads out of the image folder."""

_PAGE = re.compile(r"(.+)#([2-9]|[1-9]\d+)(\.tiff?)", re.IGNORECASE | re.DOTALL)
_TILE = re.compile(r"(.+)#r([1-9]\d*)c([1-9]\d*)(\.[^./]+)?", re.DOTALL)


def is_inside(path: str, *, windows: bool = os.name == "nt") -> bool:
    """Whether a path below the image folder, with forward slashes, stays below it; nothing is looked up.

    Args:
        path: As it is stored.
        windows: Whether backslashes separate folders, and a colon leads to another drive or stream.
    """
    if windows:
        if ":" in path:
            return False
        path = path.replace("\\", "/")
    return bool(path) and path[0] != "/" and (".." not in path or ".." not in path.split("/"))


def path_below(root: Path, path: str) -> Path:
    """Where the file of that path is.

    Raises:
        ImageError: The path leads out of the folder.
    """
    if not is_inside(path):
        raise ImageError(Path(path), OUTSIDE)
    return root / path


def page_path(path: str, number: int) -> str:
    """Of a page, from the path of its file."""
    stem, dot, suffix = path.rpartition(".")
    return path if number == 1 else f"{stem}#{number}{dot}{suffix}"


def file_and_page(path: str) -> tuple[str, int]:
    """The other way: the path of a page's file, and its number; by the name alone."""
    found = _PAGE.fullmatch(path)
    return (path, 1) if found is None else (found[1] + found[3], int(found[2]))


def tile_path(path: str, row: int, column: int) -> str:
    """Of a tile, from the path of its scene's file and the tile's row and column, from 1."""
    folder, slash, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    return f"{folder}{slash}{stem or suffix}#r{row}c{column}" + (f"{dot}{suffix}" if stem else "")


def file_of_tile(path: str) -> str:
    """The other way: the path of a tile's scene; a path that is no tile's stays as it is."""
    found = _TILE.fullmatch(path)
    return path if found is None else found[1] + (found[4] or "")
