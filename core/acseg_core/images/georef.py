"""Where on a map an image lies: read from the tags of a GeoTIFF, or from a world file beside the image.

The six numbers of a transform are in GDAL's order, ``(x, x per column, x per row, y, y per column, y per row)``, where
x and y are the map coordinates of the image's top left *corner*. A world file (Esri's order) has the same numbers in
another order, and the centre of the first pixel; files whose coordinates are of centres ("pixel is point") are moved by
half a pixel when they are read, as GDAL does. Positions in an image are x to the right and y down, from its corner: the
centre of the first pixel is at (0.5, 0.5).

The tags win over a world file, as in GDAL. Both are about the picture as it is stored, however EXIF says to turn it.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from acseg_core.images.geo_systems import CoordinateSystem, GeoKeys
from acseg_core.images.headers import kind_of
from acseg_core.images.tiff import directory_of_page
from acseg_core.images.tiff_header import TiffDirectory, TiffError
from acseg_core.images.world_files import (
    Transform,
    WorldFileError,
    find_world_file,
    read_system_beside,
    read_world_file,
)
from acseg_core.types import ImageInfo

logger = logging.getLogger(__name__)

SCALE, TIE_POINTS, MATRIX = 33550, 33922, 34264
KEYS, KEY_NUMBERS, KEY_TEXTS = 34735, 34736, 34737
KEY_TAGS = (KEYS, KEY_NUMBERS, KEY_TEXTS)
"""Tags that say which coordinate system a file has, and nothing about where in it its picture lies."""
NODATA = 42113
_MOST_VALUES = 4096
"""Of one tag; files with more (thousands of control points) have no transform, so nothing is lost."""

TagValues = tuple[float, ...] | str


@dataclass(frozen=True, slots=True)
class GeoReference:
    """Where on a map an image lies.

    Attributes:
        transform: From pixels to map coordinates, in GDAL's order; see the module.
        system: Of the coordinates; None where nothing is said of it.
        nodata: Value of pixels of which nothing is known, or None.
        tags: The file's own GeoTIFF tags, by number, to be carried over.
        is_beside: Whether the transform is from a world file.
    """

    transform: Transform
    system: CoordinateSystem | None = None
    nodata: float | None = None
    tags: Mapping[int, TagValues] = field(default_factory=dict)
    is_beside: bool = False

    def to_map(self, points: NDArray[Any]) -> NDArray[np.float64]:
        """Map coordinates of positions in the image.

        Args:
            points: (n, 2) x, y in pixels, from the image's top left corner.

        Returns:
            (n, 2) float64 x, y in units of the coordinate system: east and north, or longitude and latitude.
        """
        x, right_x, down_x, y, right_y, down_y = self.transform
        columns, rows = np.asarray(points, np.float64).T
        return np.stack((x + columns * right_x + rows * down_x, y + columns * right_y + rows * down_y), axis=1)

    @property
    def pixel_area(self) -> float:
        """Of one pixel, in squares of the unit of the coordinate system."""
        _, right_x, down_x, _, right_y, down_y = self.transform
        return abs(right_x * down_y - right_y * down_x)

    @property
    def square_metres(self) -> float | None:
        """Area of a pixel on the ground; None where the map is not in a unit of length, or not true to scale."""
        if self.system is None or self.system.metres is None or not self.system.is_true_to_scale:
            return None
        return self.pixel_area * self.system.metres**2

    @property
    def unit(self) -> str:
        """Of the coordinates, in English, such as "metre"; "" where it is not known."""
        return "" if self.system is None else self.system.unit

    def turned(self, orientation: int, *, width: int, height: int) -> GeoReference:
        """The same of the picture as displayed, without the tags, which are about the one that is stored.

        Args:
            orientation: EXIF's, 1..8.
            width: Pixels per row as stored.
            height: Rows as stored.
        """
        if orientation == 1:
            return self
        # Of a position as displayed, that as stored: x, x per column, x per row, y, y per column, y per row.
        column, right_column, down_column, row, right_row, down_row = {
            2: (width, -1, 0, 0, 0, 1),
            3: (width, -1, 0, height, 0, -1),
            4: (0, 1, 0, height, 0, -1),
            5: (0, 0, 1, 0, 1, 0),
            6: (0, 0, 1, height, -1, 0),
            7: (width, 0, -1, height, -1, 0),
            8: (width, 0, -1, 0, 1, 0),
        }[orientation]
        x, right_x, down_x, y, right_y, down_y = self.transform
        turned = (
            x + column * right_x + row * down_x,
            right_column * right_x + right_row * down_x,
            down_column * right_x + down_row * down_x,
            y + column * right_y + row * down_y,
            right_column * right_y + right_row * down_y,
            down_column * right_y + down_row * down_y,
        )
        kept = {tag: values for tag, values in self.tags.items() if tag in KEY_TAGS}
        return dataclasses.replace(self, transform=turned, tags=kept)


def georeference_of(info: ImageInfo, *, as_stored: bool = False) -> GeoReference | None:
    """Where an image of a project lies on a map; None if nothing is known of that.

    Args:
        info: What was read from its file.
        as_stored: Of the picture as stored, not as displayed.
    """
    found = from_text(info.georeference or "")
    if found is None or as_stored:
        return found
    return found.turned(info.orientation, width=info.stored_width, height=info.stored_height)


def read_georeference(path: Path, file: BinaryIO | None = None, *, page: int = 1) -> GeoReference | None:
    """Find out where an image lies on a map; whatever is wrong with that is logged, and never stops the image.

    Args:
        path: Of the image's file; the world file is looked for beside it.
        file: The same, open, if it is a TIFF.
        page: Of the TIFF. What lies beside a file is about its first page.
    """
    tags: dict[int, TagValues] = {}
    nodata: float | None = None
    if file is not None:
        try:
            directory = directory_of_page(file, number=page)
            if directory is not None:
                tags, nodata = _tags(directory), _nodata(directory)
        except TiffError as error:
            logger.warning("%s: its coordinates are damaged (%s), so it has none here", path, error)
    keys = GeoKeys(*_key_values(tags))
    transform, is_beside = _of_tags(tags, is_point=keys.is_point), False
    if transform is None and page == 1:
        transform, is_beside = _of_world_file(path), True
    if transform is None:
        if tags and any(tag in tags for tag in (SCALE, TIE_POINTS, MATRIX)):
            logger.warning("%s: its tags say of no pixel where it is, so it has no coordinates here", path)
        return None
    system = keys.system()
    if system is None and page == 1:
        system = read_system_beside(path)
    if is_beside:
        tags = {tag: values for tag, values in tags.items() if tag not in (SCALE, TIE_POINTS, MATRIX)}
    return GeoReference(transform, system, nodata, tags, is_beside)


def note_georeference(path: Path, content: BinaryIO, *, page: int = 1) -> str:
    """The same of any image file, as `ImageInfo.georeference`."""
    content.seek(0)
    is_tiff = kind_of(content.read(4)) == "TIFF"
    return to_text(read_georeference(path, content if is_tiff else None, page=page))


def _of_tags(tags: Mapping[int, TagValues], *, is_point: bool) -> Transform | None:
    """GDAL's rules: scale and tie point come first, then the matrix."""
    scale, ties, matrix = (_floats(tags.get(tag, ())) for tag in (SCALE, TIE_POINTS, MATRIX))
    if len(scale) >= 2 and scale[0] and scale[1] and len(ties) >= 6:
        column, row, _, x, y, _ = ties[:6]
        found = (x - column * scale[0], scale[0], 0.0, y + row * scale[1], 0.0, -scale[1])
    elif len(matrix) == 16:
        found = (matrix[3], matrix[0], matrix[1], matrix[7], matrix[4], matrix[5])
    else:
        return None
    if not all(map(math.isfinite, found)) or found[1] * found[5] == found[2] * found[4]:
        return None
    if not is_point:
        return found
    x, right_x, down_x, y, right_y, down_y = found
    return x - (right_x + down_x) / 2, right_x, down_x, y - (right_y + down_y) / 2, right_y, down_y


def _of_world_file(path: Path) -> Transform | None:
    file = find_world_file(path)
    if file is None:
        return None
    try:
        return read_world_file(file)
    except WorldFileError as error:
        logger.warning("%s", error)
        return None


def _tags(directory: TiffDirectory) -> dict[int, TagValues]:
    found: dict[int, TagValues] = {}
    for tag in (SCALE, TIE_POINTS, MATRIX, KEYS, KEY_NUMBERS):
        values = directory.array(tag)
        if 0 < len(values) <= _MOST_VALUES and (tag != KEYS or values.dtype.kind == "u"):
            found[tag] = tuple(values.tolist())
    texts = directory.raw(KEY_TEXTS) if KEY_TEXTS in directory else b""
    if 0 < len(texts) <= 16 * _MOST_VALUES:
        found[KEY_TEXTS] = texts.decode("latin-1")
    return found


def _nodata(directory: TiffDirectory) -> float | None:
    try:
        return float(directory.text(NODATA).strip())
    except ValueError:  # no number, or none there
        return None


def _floats(values: TagValues) -> tuple[float, ...]:
    return () if isinstance(values, str) else tuple(map(float, values))


def _key_values(tags: Mapping[int, TagValues]) -> tuple[tuple[int, ...], tuple[float, ...], str]:
    texts = tags.get(KEY_TEXTS, "")
    return (
        tuple(map(int, _floats(tags.get(KEYS, ())))),
        _floats(tags.get(KEY_NUMBERS, ())),
        texts if isinstance(texts, str) else "",
    )


def to_text(reference: GeoReference | None) -> str:
    """As a project keeps it: JSON, or "" for none."""
    if reference is None:
        return ""
    return json.dumps({name: value for name, value in dataclasses.asdict(reference).items() if value not in (None, {})})


def from_text(text: str) -> GeoReference | None:
    """The other way; None of what `to_text` does not write."""
    if not text:
        return None
    try:
        kept = json.loads(text)
        transform = tuple(map(float, kept["transform"]))
        system = CoordinateSystem(**kept["system"]) if "system" in kept else None
        tags = {int(tag): each if isinstance(each, str) else tuple(each) for tag, each in kept.get("tags", {}).items()}
        if len(transform) != 6 or not all(map(math.isfinite, transform)):
            return None
        return GeoReference(transform, system, kept.get("nodata"), tags, bool(kept.get("is_beside")))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        logger.warning("what the project keeps of an image's coordinates makes no sense, so it has none")
        return None
