"""The directories of a TIFF file: its tags, read without decoding a pixel. Classic and BigTIFF, both byte orders.

A directory (IFD) describes one page. Nothing that a file says about itself is believed before it is looked at: every
offset and length is compared with the size of the file, a chain of directories that bites its tail ends there, and no
tag may hold more than `MOST_TAG_BYTES`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

MOST_PAGES = 10_000
"""Directories behind that many are not read."""

MOST_TAG_BYTES = 64 * 2**20
"""A strip a row of an image of 120 megapixels, one pixel wide, would need more; no one has such an image."""

_TYPES = {1: "u1", 2: "u1", 3: "u2", 4: "u4", 5: "u4", 6: "i1", 7: "u1", 8: "i2", 9: "i4", 10: "i4"} | {
    11: "f4",
    12: "f8",
    13: "u4",
    16: "u8",
    17: "i8",
    18: "u8",
}
"""NumPy's letters for the types of a tag's values; of fractions (5, 10), for either of the two numbers."""
_FRACTIONS = (5, 10)
_WIDTHS = {type_: np.dtype(name).itemsize * (2 if type_ in _FRACTIONS else 1) for type_, name in _TYPES.items()}
_MOST_TAGS = 65_535


class TiffError(ValueError):
    """The file is no sound TIFF: damaged, or cut short, as ``is_cut`` tells."""

    def __init__(self, message: str, *, is_cut: bool = False) -> None:
        super().__init__(message)
        self.is_cut = is_cut


@dataclass(frozen=True, slots=True)
class _Entry:
    type: int
    count: int
    at: int
    """Where in the file the values are."""


class TiffDirectory:
    """The tags of one page; their values are read when asked for.

    Args:
        file: The whole file, open.
        byte_order: "<" or ">".
        entries: By tag.
    """

    def __init__(self, file: BinaryIO, byte_order: str, entries: dict[int, _Entry]) -> None:
        self._file = file
        self._entries = entries
        self.byte_order = byte_order

    def __contains__(self, tag: int) -> bool:
        return tag in self._entries

    def array(self, tag: int) -> NDArray[Any]:
        """All values of a tag, (n,) of the type it has in the file, in native byte order; none if it is not there.

        Fractions become float64.

        Raises:
            TiffError: The values are not in the file, or of no known type.
        """
        entry = self._entries.get(tag)
        if entry is None:
            return np.zeros(0, np.uint32)
        if entry.type not in _TYPES:
            raise TiffError(f"tag {tag} is of type {entry.type}, which does not exist")
        stored = np.dtype(self.byte_order + _TYPES[entry.type])
        values = np.frombuffer(read_at(self._file, entry.at, entry.count * _WIDTHS[entry.type]), stored)
        values = values.astype(stored.newbyteorder("="))
        if entry.type in _FRACTIONS:
            return np.asarray(values[::2] / np.maximum(values[1::2].astype(np.float64), 1))
        return values

    def numbers(self, tag: int, default: tuple[int, ...] = ()) -> tuple[int, ...]:
        """The values of a tag as integers.

        Raises:
            TiffError: See `array`; or they are no integers.
        """
        if tag not in self._entries:
            return default
        values = self.array(tag)
        if values.dtype.kind not in "ui":
            raise TiffError(f"tag {tag} should hold integers")
        return tuple(values.tolist())

    def number(self, tag: int, default: int) -> int:
        """The first value of a tag.

        Raises:
            TiffError: See `numbers`.
        """
        return (self.numbers(tag) or (default,))[0]

    def text(self, tag: int) -> str:
        """A text up to its first zero byte; what is not ASCII is replaced.

        Raises:
            TiffError: See `array`.
        """
        return bytes(self.array(tag).astype(np.uint8)).split(b"\0")[0].decode("ascii", "replace")

    def raw(self, tag: int) -> bytes:
        """The values of a tag of bytes.

        Raises:
            TiffError: See `array`.
        """
        return self.array(tag).tobytes()


@dataclass(frozen=True, slots=True)
class _Shape:
    """Widths of the fields of a directory: classic TIFF's or BigTIFF's."""

    count: str
    entry: str
    offset: str
    inline: int


_CLASSIC = _Shape("H", "HHI", "I", 4)
_BIG = _Shape("Q", "HHQ", "Q", 8)


def read_directories(file: BinaryIO) -> tuple[TiffDirectory, ...]:
    """All directories of the file's chain, at most `MOST_PAGES`, in their order; sub-directories are not followed.

    Args:
        file: The whole file, open for reading at any place; the directories go on reading from it.

    Raises:
        TiffError: It is no TIFF, has no directory, or a directory is not in the file.
    """
    head = read_at(file, 0, 8)
    byte_order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if byte_order is None:
        raise TiffError("no byte order")
    version = struct.unpack_from(byte_order + "H", head, 2)[0]
    if version == 43:
        shape, at = _BIG, struct.unpack(byte_order + "Q", read_at(file, 8, 8))[0]
    elif version == 42:
        shape, at = _CLASSIC, struct.unpack_from(byte_order + "I", head, 4)[0]
    else:
        raise TiffError(f"version {version}")
    found = tuple(_chain(file, byte_order, shape, at))
    if not found:
        raise TiffError("no directory", is_cut=True)
    return found


def read_at(file: BinaryIO, start: int, length: int) -> bytes:
    """Bytes from anywhere in a file.

    Raises:
        TiffError: They are not all there, or more than a tag may hold.
    """
    if length > MOST_TAG_BYTES:
        raise TiffError(f"{length} bytes for one tag")
    size = file.seek(0, 2)
    if start < 0 or start + length > size:
        raise TiffError("truncated: it points behind its end", is_cut=True)
    file.seek(start)
    return file.read(length)


def _chain(file: BinaryIO, byte_order: str, shape: _Shape, at: int) -> Iterator[TiffDirectory]:
    head, after = struct.Struct(byte_order + shape.count), struct.Struct(byte_order + shape.offset)
    entry = struct.Struct(byte_order + shape.entry)
    step = entry.size + shape.inline
    seen: set[int] = set()
    while at and at not in seen and len(seen) < MOST_PAGES:
        seen.add(at)
        count = head.unpack(read_at(file, at, head.size))[0]
        if count > _MOST_TAGS:
            raise TiffError(f"{count} tags")
        table = read_at(file, at + head.size, count * step)
        entries: dict[int, _Entry] = {}
        for place in range(0, len(table), step):
            tag, type_, values = entry.unpack_from(table, place)
            inline = place + entry.size
            fits = values * _WIDTHS.get(type_, 1) <= shape.inline
            where = at + head.size + inline if fits else after.unpack_from(table, inline)[0]
            entries.setdefault(tag, _Entry(type_, values, where))
        yield TiffDirectory(file, byte_order, entries)
        at = after.unpack(read_at(file, at + head.size + len(table), after.size))[0]
