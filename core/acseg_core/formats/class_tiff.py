"""TIFF files of class maps as bytes: one page of numbers in compressed strips, with colours and GeoTIFF tags."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.formats.painted_maps import Palette
from acseg_core.images.geo_systems import CoordinateSystem
from acseg_core.images.georef import (
    KEY_NUMBERS,
    KEY_TEXTS,
    KEYS,
    MATRIX,
    NODATA,
    SCALE,
    TIE_POINTS,
    GeoReference,
    TagValues,
)

_STRIP_BYTES = 1 << 18
_GRAY, _PALETTE, _DEFLATE, _UNSIGNED = 1, 3, 8, 1
_RASTER_TYPE, _AREA = 1025, 1
_USER_DEFINED = 32767
_UNITS = {"metre": 9001, "foot": 9002, "US survey foot": 9003, "kilometre": 9036, "degree": 9102, "grad": 9105}
_ANGLES = ("degree", "radian", "grad")


@dataclass(frozen=True, slots=True)
class _Field:
    """Of a directory: the number of its type, how many values, and these as bytes."""

    type: int
    count: int
    data: bytes


def class_tiff(numbers: NDArray[np.uint32], reference: GeoReference, *, palette: Palette | None, nodata: int) -> bytes:
    """A file of numbers.

    Args:
        numbers: (H, W) uint32, up to 255 with a palette, else up to 65535.
        reference: Where they lie on a map.
        palette: The colours of the numbers, which means 8 bits; without there are 16.
        nodata: The number of what is to be ignored.
    """
    height, width = numbers.shape
    little = numbers.astype("<u2" if palette is None else "u1")
    rows = max(1, _STRIP_BYTES // (width * little.itemsize))
    strips = [zlib.compress(little[top : top + rows].tobytes(), 6) for top in range(0, height, rows)]
    fields = {
        256: _longs((width,)),
        257: _longs((height,)),
        258: _shorts((8 * little.itemsize,)),
        259: _shorts((_DEFLATE,)),
        262: _shorts((_GRAY if palette is None else _PALETTE,)),
        273: _longs(np.cumsum([8, *map(len, strips[:-1])]).tolist()),
        277: _shorts((1,)),
        278: _longs((rows,)),
        279: _longs([len(strip) for strip in strips]),
        284: _shorts((1,)),
        339: _shorts((_UNSIGNED,)),
        NODATA: _text(str(nodata)),
    }
    if palette is not None:
        fields[320] = _shorts((palette.T.astype(int) * 257).ravel().tolist())
    fields |= {tag: _field(tag, values) for tag, values in map_tags(reference).items()}
    body = b"".join(strips)
    body += bytes(len(body) % 2)
    return struct.pack("<2sHI", b"II", 42, 8 + len(body)) + body + _directory(fields, 8 + len(body))


def map_tags(reference: GeoReference) -> dict[int, TagValues]:
    """The GeoTIFF tags that say where an image lies: its own, as far as they are about the picture that is written."""
    tags = dict(reference.tags)
    if MATRIX in tags or (SCALE in tags and TIE_POINTS in tags):
        return tags
    if KEYS in tags:
        tags[KEYS] = _of_areas(tags[KEYS])
    elif reference.system is not None:
        tags |= _keys_of(reference.system)
    else:
        tags[KEYS] = (1, 1, 0, 1, _RASTER_TYPE, 0, 1, _AREA)
    x, right_x, down_x, y, right_y, down_y = reference.transform
    if not right_y and not down_x and right_x > 0 > down_y:
        return tags | {SCALE: (right_x, -down_y, 0.0), TIE_POINTS: (0.0, 0.0, 0.0, x, y, 0.0)}
    return tags | {MATRIX: (right_x, down_x, 0.0, x, right_y, down_y, 0.0, y, *(0.0,) * 7, 1.0)}


def _of_areas(keys: TagValues) -> TagValues:
    """The same keys, for coordinates of corners."""
    changed = [int(value) for value in keys if not isinstance(value, str)]
    for place in range(4, len(changed) - 3, 4):
        if changed[place] == _RASTER_TYPE:
            changed[place + 3] = _AREA
    return tuple(changed)


def _keys_of(system: CoordinateSystem) -> dict[int, TagValues]:
    """Keys for a system that came from beside the image."""
    is_angular = system.unit in _ANGLES
    number = _USER_DEFINED if system.epsg is None else system.epsg
    is_own = bool(system.wkt) and system.epsg is None  # as GDAL writes and reads texts of Esri, also those of degrees
    is_angle = is_angular and not is_own
    kind = _USER_DEFINED if is_own else 2 if is_angular else 1
    keys = {1024: kind, _RASTER_TYPE: _AREA, 2048 if is_angle else 3072: number}
    if system.unit in _UNITS:
        keys[2054 if is_angular else 3076] = _UNITS[system.unit]
    entries = [(key, 0, 1, value) for key, value in keys.items()]
    named: dict[int, TagValues] = {}
    citation = f"ESRI PE String = {system.wkt}" if is_own else system.name
    citation = citation.encode("ascii", "replace").decode().replace("|", "?")
    if citation:
        entries.append((2049 if is_angle else 3073, KEY_TEXTS, len(citation) + 1, 0))
        named[KEY_TEXTS] = citation + "|\0"
    flat = (1, 1, 0, len(entries), *(value for entry in sorted(entries) for value in entry))
    return {KEYS: flat, **named}


def _field(tag: int, values: TagValues) -> _Field:
    if isinstance(values, str):
        data = values.encode("latin-1", "replace")
        return _Field(2, len(data), data)
    if tag == KEYS:
        return _shorts([int(value) for value in values])
    assert tag in (SCALE, TIE_POINTS, MATRIX, KEY_NUMBERS)
    return _Field(12, len(values), struct.pack(f"<{len(values)}d", *values))


def _shorts(values: Sequence[int]) -> _Field:
    return _Field(3, len(values), struct.pack(f"<{len(values)}H", *values))


def _longs(values: Sequence[int]) -> _Field:
    return _Field(4, len(values), struct.pack(f"<{len(values)}I", *values))


def _text(text: str) -> _Field:
    return _Field(2, len(text) + 1, text.encode("ascii") + b"\0")


def _directory(fields: Mapping[int, _Field], at: int) -> bytes:
    """The directory, and behind it the values that have no room in it.

    Args:
        fields: By tag.
        at: Where in the file it begins.
    """
    table, behind = b"", b""
    start = at + 2 + 12 * len(fields) + 4
    for tag, field in sorted(fields.items()):
        place = field.data.ljust(4, b"\0")
        if len(field.data) > 4:
            place = struct.pack("<I", start + len(behind))
            behind += field.data + bytes(len(field.data) % 2)
        table += struct.pack("<HHI", tag, field.type, field.count) + place
    return struct.pack("<H", len(fields)) + table + bytes(4) + behind
