"""GeoTIFF files written by hand, tag by tag: the other side of what `acseg_core.images.georef` reads."""

from __future__ import annotations

import dataclasses

import numpy as np
from tiff_files import Written, tiff_file

UTM33 = {1024: 1, 1025: 1, 3072: 32633, 3076: 9001}
"""WGS 84 / UTM zone 33N, in metres."""
WGS84 = {1024: 2, 1025: 1, 2048: 4326, 2054: 9102}


def key_tags(keys: dict[int, int | float | str]) -> dict:
    """The three tags of keys; numbers with a fraction and texts go into the tags for these."""
    entries, numbers, texts = [], [], ""
    for key in sorted(keys):
        value = keys[key]
        if isinstance(value, str):
            entries += [key, 34737, len(value) + 1, len(texts)]
            texts += value + "|"
        elif isinstance(value, float):
            entries += [key, 34736, 1, len(numbers)]
            numbers.append(value)
        else:
            entries += [key, 0, 1, value]
    tags = {34735: ("H", (1, 1, 0, len(keys), *entries))}
    if numbers:
        tags[34736] = ("d", tuple(numbers))
    if texts:
        tags[34737] = ("s", texts.encode() + b"\0")
    return tags


def north_up(x: float, y: float, size: float, *, column: float = 0, row: float = 0) -> dict:
    """Square pixels, by scale and tie point."""
    return {33550: ("d", (size, size, 0.0)), 33922: ("d", (column, row, 0.0, x, y, 0.0))}


def matrix(x: float, right_x: float, down_x: float, y: float, right_y: float, down_y: float) -> dict:
    """Any transform, by a matrix."""
    zeros = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    return {34264: ("d", (right_x, down_x, 0.0, x, right_y, down_y, 0.0, y, *zeros))}


def nodata(text: str) -> dict:
    """GDAL's tag for the value of unknown pixels."""
    return {42113: ("s", text.encode() + b"\0")}


def geotiff(pixels: np.ndarray, *tags: dict, how: Written | None = None) -> bytes:
    """A file with these tags."""
    together = {number: value for each in tags for number, value in each.items()}
    return tiff_file(pixels, dataclasses.replace(how or Written(), tags=together))
