"""PNG files: their chunks looked at one by one, and those of 16 bits decoded a few rows at a time.

Pillow keeps only the high bytes of 16-bit colour. OpenCV keeps all, but wants the whole file and gives the whole
picture at once, which at 120 megapixels is far more memory than is needed; it is therefore handed one band of rows
after the other, each as a small PNG of its own that begins with the last row of the band before.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_PIECE = 1 << 20
_BAND_PIXELS = 1_000_000
_KEPT_BYTES = 128 * 2**20
"""Samples up to that size are decoded once, and kept for whoever asks for them again."""

PNG_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
"""Channels by the header's colour type."""


class PngError(ValueError):
    """The file is not a valid PNG: damaged, or cut short, as ``is_cut`` tells."""

    def __init__(self, message: str, *, is_cut: bool = False) -> None:
        super().__init__(message)
        self.is_cut = is_cut


@dataclass(frozen=True, slots=True)
class Chunk:
    """One part of the file.

    Attributes:
        name: Of four letters.
        at: Where its data begins.
        length: Of its data.
    """

    name: bytes
    at: int
    length: int


def checked_chunks(file: BinaryIO) -> tuple[Chunk, ...]:
    """All chunks up to the end, every checksum looked at: decoders are content once they have all rows.

    Raises:
        PngError: A checksum is wrong, there is not one header, or the end is missing.
    """
    file.seek(len(SIGNATURE))
    found: list[Chunk] = []
    while not found or found[-1].name != b"IEND":
        head = file.read(8)
        if len(head) < 8:
            raise PngError("the end is missing", is_cut=True)
        length, name = struct.unpack(">I4s", head)
        if (name == b"IHDR") != (not found):  # a second one would give decoders another size than was checked
            raise PngError("its header is not first, or not alone")
        found.append(Chunk(name, file.tell(), length))
        checksum, left = zlib.crc32(name), length
        while left:
            data = file.read(min(left, _PIECE))
            if not data:
                raise PngError("a chunk is cut short", is_cut=True)
            checksum, left = zlib.crc32(data, checksum), left - len(data)
        stored = file.read(4)
        if len(stored) < 4:
            raise PngError("a chunk is cut short", is_cut=True)
        if stored != struct.pack(">I", checksum):
            raise PngError(f"the checksum of {name!r} is wrong")
    return tuple(found)


class DeepPng:
    """The samples of a PNG of 16 bits; `blocks` may be asked for again.

    Attributes:
        height: Rows.
        width: Pixels per row.
        channels: 1 grey, 2 with opacity, 3 RGB, 4 with opacity.
        is_interlaced: It has no rows that could be decoded one after the other.
        transparent: The colour that is transparent; empty if there is none.

    Raises:
        PngError: See `checked_chunks`.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        chunks = checked_chunks(file)
        self._header = self._data(chunks[0])
        if chunks[0].name != b"IHDR" or len(self._header) != 13:
            raise PngError("no header")
        self.width, self.height, _, kind, _, _, interlace = struct.unpack(">IIBBBBB", self._header)
        self.channels = PNG_CHANNELS[kind]
        self.is_interlaced = interlace != 0
        self._kept: list[tuple[slice, NDArray[Any]]] = []
        self._rows = [chunk for chunk in chunks if chunk.name == b"IDAT"]
        key = next((self._data(chunk) for chunk in chunks if chunk.name == b"tRNS"), b"")
        self.transparent = tuple(np.frombuffer(key, ">u2").tolist()) if len(key) == 2 * self.channels else ()

    def blocks(self) -> Iterator[tuple[slice, NDArray[Any]]]:
        """All rows from the top down, some at a time.

        Yields:
            Which rows, and their (rows, W, channels) uint16.

        Raises:
            PngError: The rows are damaged.
        """
        if self._kept:
            yield from self._kept
            return
        kept = []
        for rows, block in self._decoded_blocks():
            if self.height * self.width * self.channels * 2 <= _KEPT_BYTES:
                kept.append((rows, block))
            yield rows, block
        self._kept = kept

    def _decoded_blocks(self) -> Iterator[tuple[slice, NDArray[Any]]]:
        if self.is_interlaced:
            packed = b"".join(self._data(chunk) for chunk in self._rows)
            self._check_passes(packed)
            yield slice(0, self.height), self._decoded(self._header, packed)
            return
        row_bytes = 1 + 2 * self.channels * self.width
        rows_at_once = max(1, _BAND_PIXELS // self.width)
        inflated = self._inflated(row_bytes * rows_at_once)
        before = b""
        for top in range(0, self.height, rows_at_once):
            rows = min(rows_at_once, self.height - top)
            data = next(inflated, b"")[: rows * row_bytes]
            if len(data) < rows * row_bytes:
                raise PngError("rows are missing")
            _check_filters(data, row_bytes)
            above = 1 if before else 0
            header = struct.pack(">II", self.width, rows + above) + self._header[8:]
            block = self._decoded(header, zlib.compress(before + data, 0))[above:]
            before = b"\0" + block[-1].astype(">u2").tobytes()
            yield slice(top, top + rows), block

    def _check_passes(self, packed: bytes) -> None:
        """Look at the filters of all passes of an interlaced picture.

        Raises:
            PngError: One makes no sense, or rows are missing.
        """
        try:
            data = zlib.decompress(packed)
        except zlib.error as error:
            raise PngError(str(error)) from error
        place = 0
        for left, top, across, down in _PASSES:
            columns, rows = -(-(self.width - left) // across), -(-(self.height - top) // down)
            if columns > 0 and rows > 0:
                row_bytes = 1 + 2 * self.channels * columns
                _check_filters(data[place : place + rows * row_bytes], row_bytes)
                place += rows * row_bytes
        if len(data) < place:
            raise PngError("rows are missing")

    def _data(self, chunk: Chunk) -> bytes:
        self._file.seek(chunk.at)
        return self._file.read(chunk.length)

    def _inflated(self, count: int) -> Iterator[bytes]:
        """The rows as they are filtered, ``count`` bytes at a time; the last may be fewer."""
        inflater, parts, have = zlib.decompressobj(), [], 0
        for piece in self._pieces():
            waiting = piece
            while waiting and not inflater.eof:
                try:
                    part = inflater.decompress(waiting, count - have)
                except zlib.error as error:
                    raise PngError(str(error)) from error
                parts.append(part)
                have += len(part)
                waiting = inflater.unconsumed_tail
                if have == count:
                    yield b"".join(parts)
                    parts, have = [], 0
        yield b"".join([*parts, inflater.flush()])

    def _pieces(self) -> Iterator[bytes]:
        for chunk in self._rows:
            for start in range(0, chunk.length, _PIECE):
                self._file.seek(chunk.at + start)
                yield self._file.read(min(_PIECE, chunk.length - start))

    def _decoded(self, header: bytes, packed: bytes) -> NDArray[Any]:
        parts = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
        whole = SIGNATURE + b"".join(
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in parts
        )
        pixels: NDArray[Any] | None = cv2.imdecode(np.frombuffer(whole, np.uint8), cv2.IMREAD_UNCHANGED)
        if pixels is None or pixels.dtype != np.uint16:
            raise PngError("OpenCV cannot decode it")
        if pixels.ndim == 2:
            return pixels[..., None]
        order = {2: [0, 3], 3: [2, 1, 0], 4: [2, 1, 0, 3]}[self.channels]
        return pixels[..., order]  # OpenCV has blue first, and no grey with opacity


def _check_filters(data: bytes, row_bytes: int) -> None:
    """Look at the first byte of each row, as libpng would tell of a wrong one on the terminal.

    Raises:
        PngError: It is no filter.
    """
    if data[::row_bytes].translate(None, _FILTERS):
        raise PngError("a row has no sound filter")


_FILTERS = bytes(range(5))
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of interlaced pictures (Adam7): the first column and row, and the steps to the next ones."""
