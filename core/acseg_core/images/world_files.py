"""What lies beside an image to say where on a map it is: a world file, and a coordinate system as a text (.prj).

A world file is six lines: x per column, y per column, x per row, y per row, and x and y of the *centre* of the first
pixel. Here coordinates are those of corners, so that one is moved by half a pixel.
"""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator
from pathlib import Path

from acseg_core.images.geo_systems import CoordinateSystem, system_of_wkt

_MOST_BYTES = 1 << 16

Transform = tuple[float, float, float, float, float, float]
"""GDAL's order: x of the image's top left corner, x per column, x per row; y of that corner, per column, per row."""


class WorldFileError(ValueError):
    """A world file makes no sense; the message is one line that names it."""


def names_beside(name: str) -> Iterator[str]:
    """Names that the world file of an image may have, the usual one first, in lower and in upper case.

    Args:
        name: Of the image's file.
    """
    stem, dot, suffix = name.rpartition(".")
    endings = (suffix[:1] + suffix[-1:] + "w", suffix + "w", "wld") if dot else ()
    for ending in dict.fromkeys(endings):
        yield from dict.fromkeys((f"{stem}.{ending}", f"{stem}.{ending.lower()}", f"{stem}.{ending.upper()}"))


def system_names_beside(name: str) -> Iterator[str]:
    """Names that the file with an image's coordinate system may have."""
    stem = name.rpartition(".")[0] or name
    yield from (f"{stem}.prj", f"{stem}.PRJ")


class Companions:
    """Tells which images have a world file or a coordinate system beside them; each folder is listed once."""

    def __init__(self) -> None:
        self._listed: dict[Path, frozenset[str]] = {}

    def of(self, path: Path) -> bool:
        """Whether something lies beside the image that may say where on a map it is."""
        folder = path.parent
        if folder not in self._listed:
            try:
                self._listed[folder] = frozenset(entry.name for entry in os.scandir(folder))
            except OSError:  # who opens the image finds out why
                self._listed[folder] = frozenset()
        there = self._listed[folder]
        return any(name in there for name in (*names_beside(path.name), *system_names_beside(path.name)))


def find_world_file(path: Path) -> Path | None:
    """The world file beside an image, if there is one."""
    for name in names_beside(path.name):
        with contextlib.suppress(OSError):  # the image's own name was as long as may be
            if path.with_name(name).is_file():
                return path.with_name(name)
    return None


def read_world_file(file: Path) -> Transform:
    """Read a world file.

    Raises:
        WorldFileError: It makes no sense, or cannot be read.
    """
    try:
        lines = _text(file).split()
        numbers = [float(line.replace(",", ".")) for line in lines]
    except (OSError, ValueError) as error:
        raise WorldFileError(f"{file}: no world file, which is six numbers; correct it, or take it away") from error
    if len(numbers) != 6 or not all(map(math.isfinite, numbers)):
        raise WorldFileError(f"{file}: no world file, which is six numbers; correct it, or take it away")
    right_x, right_y, down_x, down_y, x, y = numbers
    if right_x * down_y == right_y * down_x:
        raise WorldFileError(f"{file}: by these numbers its pixels have no area; correct it, or take it away")
    return x - (right_x + down_x) / 2, right_x, down_x, y - (right_y + down_y) / 2, right_y, down_y


def read_system_beside(path: Path) -> CoordinateSystem | None:
    """The coordinate system that a .prj file beside an image says; None if there is none, or it says none."""
    for name in system_names_beside(path.name):
        try:
            if path.with_name(name).is_file():
                return system_of_wkt(_text(path.with_name(name)))
        except OSError:
            return None
    return None


def _text(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(_MOST_BYTES).decode("utf-8-sig", "replace")
