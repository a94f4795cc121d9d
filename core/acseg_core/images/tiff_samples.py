"""The samples of a TIFF page, a few rows at a time, so that no more than these are in memory beside the file.

Strips and tiles, pixel by pixel and plane by plane, both byte orders, any bits: laid out here, with NumPy. Bytes are
inflated by zlib and lzma; of LZW, PackBits and fax, whose decoders are in libtiff only, each segment is wrapped as a
small TIFF of plain grey, which OpenCV decodes without a word on stderr. Segments that are pictures themselves (JPEG,
WebP) are decoded by Pillow. It stays one module although it is long: the ways to the same rows of samples.
"""

from __future__ import annotations

import io
import lzma
import math
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL.JpegImagePlugin import JpegImageFile
from PIL.WebPImagePlugin import WebPImageFile

from acseg_core.images import tiff_layout as tags
from acseg_core.images.tiff_header import TiffError
from acseg_core.images.tiff_layout import TiffLayout

_BLOCK_PIXELS = 1_000_000
"""Pixels of a block of rows, about."""

_PIECE = 1 << 16
"""Bytes of a stream that are inflated in one go."""

_ROWS_TOGETHER = 16
"""Blocks inside a segment have a multiple of that many rows: no unit of YCbCr is parted."""

_MOST_OPEN = 2_000
"""Segments beside each other that are read side by side; each holds what its decoder needs."""

_REVERSED_BITS = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_WIDEST_GRAY = 1 << 20
"""OpenCV reads no wider picture."""


class _Rows(Protocol):
    def __call__(self, rows: int) -> NDArray[Any]:
        """The next rows of a segment, (rows, segment width, samples in the segment)."""


_Placed = tuple[int, slice, _Rows]
"""A segment: its first column, its samples, how to read on in it."""


class TiffSamples:
    """The samples of one page; `blocks` may be asked for again.

    Args:
        file: The whole file, open.
        layout: Of the page; not refused, and checked.
        only: Which samples of a pixel are handed out, from 0; all if left out. Planes of others are not read.
    """

    def __init__(self, file: BinaryIO, layout: TiffLayout, *, only: tuple[int, ...] | None = None) -> None:
        self._file = file
        self._layout = layout
        self._only = tuple(range(layout.samples)) if only is None else only
        self.height, self.width = layout.height, layout.width

    def blocks(self) -> Iterator[tuple[slice, NDArray[Any]]]:
        """All rows from the top down, some at a time.

        Yields:
            Which rows, and their (rows, W, samples) in native byte order: uint8 up to 8 bits, uint16 up to 16.

        Raises:
            TiffError: The data is damaged, or cut short.
        """
        layout = self._layout
        for row, top in enumerate(range(0, layout.height, layout.segment_height)):
            left = min(layout.segment_height, layout.height - top)
            segments: Iterable[_Placed] = self._row_of_segments(row, left)
            if left > self._rows_at_once and tags.segments_across(layout) <= _MOST_OPEN:
                segments = list(segments)
            else:  # each is read to its end, and closed, before the next one is opened
                yield slice(top, top + left), self._assembled(segments, left)
                continue
            while left:
                rows = min(left, self._rows_at_once)
                yield slice(top, top + rows), self._assembled(segments, rows)
                top, left = top + rows, left - rows

    @property
    def _rows_at_once(self) -> int:
        across = math.ceil(self._layout.width / self._layout.segment_width) * self._layout.segment_width
        rows = _BLOCK_PIXELS // (across * max(1, self._layout.samples // 3))
        return max(_ROWS_TOGETHER, rows // _ROWS_TOGETHER * _ROWS_TOGETHER)

    def _row_of_segments(self, row: int, rows: int) -> Iterator[_Placed]:
        """Every segment that has some of these rows: where it begins, which samples it has, how to read on."""
        layout = self._layout
        across = math.ceil(layout.width / layout.segment_width)
        down = math.ceil(layout.height / layout.segment_height)
        for place, plane in enumerate(self._only if layout.planar == 2 else (0,)):
            samples = slice(place, place + 1) if layout.planar == 2 else slice(0, layout.samples)
            for column in range(across):
                index = (plane * down + row) * across + column
                stored_rows = layout.segment_height if layout.is_tiled else rows
                segment = _Segment(layout, samples.stop - samples.start, stored_rows)
                yield column * layout.segment_width, samples, self._opened(index, segment)

    def _opened(self, index: int, segment: _Segment) -> _Rows:
        layout = self._layout
        offset = int(layout.offsets[index])
        length = int(layout.lengths[index]) if len(layout.lengths) else 0
        if not offset and not length:
            return segment.blank  # GDAL leaves out what holds no data
        if layout.compression == tags.NONE:
            length = segment.byte_count(segment.rows)  # what some writers say is wrong
        reverse = layout.bits_from_right and layout.compression not in (*tags.FAX, *tags.PICTURES)
        stored = _Stored(self._file, offset, length, reverse=reverse).read
        if layout.compression in tags.PICTURES:
            return _Picture(segment, stored(length)).rows
        return _Packed(segment, _stream(stored, length, segment)).rows

    def _assembled(self, segments: Iterable[_Placed], rows: int) -> NDArray[Any]:
        layout = self._layout
        count = len(self._only) if layout.planar == 2 else layout.samples
        block: NDArray[Any] | None = None
        for left, samples, read in segments:
            part = read(rows)
            if part.shape[1:] == (layout.width, count):
                block = part
                break
            if block is None:
                block = np.empty((rows, layout.width, count), part.dtype)
            right = min(left + layout.segment_width, layout.width)
            block[:, left:right, samples] = part[:, : right - left]
        assert block is not None  # an image has at least one segment
        is_all = layout.planar == 2 or self._only == tuple(range(count))
        return block if is_all else block[..., list(self._only)]


def _stream(stored: Callable[[int], bytes], length: int, segment: _Segment) -> Callable[[int], bytes]:
    """Reads on in the bytes of a segment as they were before compression."""
    compression = segment.layout.compression
    if compression == tags.NONE:
        return stored
    if compression in (tags.DEFLATE, tags.OLD_DEFLATE):
        return _Inflating(zlib.decompressobj(), stored).read
    if compression == tags.LZMA:
        return _Inflating(lzma.LZMADecompressor(), stored).read
    return _Held(_unwrapped(stored, length, segment)).read


@dataclass(frozen=True, slots=True)
class _Segment:
    """One strip or tile: what its bytes mean.

    Attributes:
        layout: Of the page.
        samples: Of a pixel, in this segment.
        rows: As stored.
    """

    layout: TiffLayout
    samples: int
    rows: int

    @property
    def is_packed(self) -> bool:
        """Whether samples are smaller than what they are read as."""
        return self.layout.depth not in (8, 16, 24, 32, 64)

    def byte_count(self, rows: int) -> int:
        """Of some rows."""
        layout = self.layout
        if tags.is_subsampled(layout):
            across, down = layout.subsampling
            units = math.ceil(layout.segment_width / across) * math.ceil(rows / down)
            return units * (across * down + 2)
        return rows * math.ceil(layout.segment_width * self.samples * layout.depth / 8)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of the samples as they are handed out."""
        depth = self.layout.depth
        letter = {tags.SIGNED: "i", tags.FLOAT: "f"}.get(self.layout.format, "u")
        width = next(width for width in (1, 2, 4, 8) if depth <= 8 * width)
        return np.dtype(f"{letter}{width}")

    def blank(self, rows: int) -> NDArray[Any]:
        """Rows of a segment that is not in the file."""
        nodata, dtype = self.layout.nodata, self.dtype
        value = nodata if nodata is not None and _holds(dtype, nodata) else 0
        return np.full((rows, self.layout.segment_width, self.samples), value, dtype)

    def unpacked(self, data: bytes, rows: int) -> NDArray[Any]:
        """Rows from their bytes."""
        layout = self.layout
        if tags.is_subsampled(layout):
            return self._from_units(data, rows)
        if layout.compression in tags.PREDICTED and layout.predictor == 3:
            return self._from_float_differences(data, rows)
        shape = rows, layout.segment_width, self.samples
        if self.is_packed:
            return _from_bits(data, rows, shape[1] * shape[2], layout.depth).reshape(shape)
        if layout.depth == 24:
            values = _from_three_bytes(data, layout.byte_order).reshape(shape)
            return values.astype(self.dtype)
        stored = self.dtype.newbyteorder(">" if layout.byte_order == ">" else "<")
        values = np.frombuffer(data, stored).reshape(shape).astype(self.dtype, copy=False)
        if layout.compression in tags.PREDICTED and layout.predictor == 2:
            whole = values.view(f"u{self.dtype.itemsize}")
            values = np.cumsum(whole, axis=1, dtype=whole.dtype).view(self.dtype)
        return values

    def _from_units(self, data: bytes, rows: int) -> NDArray[np.uint8]:
        """YCbCr: the brightness of a few pixels, and the two differences they share."""
        across, down = self.layout.subsampling
        shape = math.ceil(rows / down), math.ceil(self.layout.segment_width / across)
        units = np.frombuffer(data, np.uint8).reshape(*shape, across * down + 2)
        whole = np.empty((shape[0] * down, shape[1] * across, 3), np.uint8)
        brightness = units[..., :-2].reshape(*shape, down, across).transpose(0, 2, 1, 3)
        whole[..., 0] = brightness.reshape(whole.shape[:2])
        whole[..., 1:] = units[..., -2:].repeat(down, axis=0).repeat(across, axis=1)
        return whole[:rows, : self.layout.segment_width]

    def _from_float_differences(self, data: bytes, rows: int) -> NDArray[Any]:
        """Predictor 3: the highest bytes of a row's numbers, then the next ones; each the difference to the last."""
        width, size = self.layout.segment_width, self.dtype.itemsize
        steps = np.frombuffer(data, np.uint8).reshape(rows, -1, self.samples)
        planes = np.cumsum(steps, axis=1, dtype=np.uint8).reshape(rows, size, width * self.samples)
        numbers = np.ascontiguousarray(planes.transpose(0, 2, 1)).view(self.dtype.newbyteorder(">"))
        return numbers.reshape(rows, width, self.samples).astype(self.dtype)


class _Packed:
    """A segment of bytes, read on row by row."""

    def __init__(self, segment: _Segment, read: Callable[[int], bytes]) -> None:
        self._segment = segment
        self._read = read

    def rows(self, rows: int) -> NDArray[Any]:
        needed = self._segment.byte_count(rows)
        data = self._read(needed)
        if len(data) < needed:
            raise TiffError("a segment is too short")
        return self._segment.unpacked(data[:needed], rows)


class _Stored:
    """The bytes of a segment as they are in the file, read on piece by piece."""

    def __init__(self, file: BinaryIO, offset: int, length: int, *, reverse: bool) -> None:
        self._file = file
        self._at = offset
        self._end = offset + length
        self._reverse = reverse

    def read(self, count: int) -> bytes:
        count = min(count, self._end - self._at)
        self._file.seek(self._at)
        data = self._file.read(count)
        if len(data) < count:
            raise TiffError("truncated", is_cut=True)
        self._at += count
        return data.translate(_REVERSED_BITS) if self._reverse else data


class _Inflating:
    """Bytes of a compressed stream, without ever having many more of them than are asked for."""

    def __init__(self, inflater: Any, read: Callable[[int], bytes]) -> None:
        self._inflater = inflater  # of zlib or lzma: alike in what is asked of them here
        self._read = read
        self._waiting = b""

    def read(self, count: int) -> bytes:
        parts = []
        while count and not self._inflater.eof:
            waiting = self._waiting or self._read(_PIECE)
            try:
                part = self._inflater.decompress(waiting, count)
            except (zlib.error, lzma.LZMAError) as error:
                raise TiffError(str(error)) from error
            self._waiting = getattr(self._inflater, "unconsumed_tail", b"")  # lzma keeps it to itself
            if not part and not waiting:
                break
            parts.append(part)
            count -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)


class _Held:
    """Bytes in memory, read on piece by piece."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data = data
        self._at = 0

    def read(self, count: int) -> bytes:
        part = self._data[self._at : self._at + count]
        self._at += len(part)
        return part.tobytes()


class _Picture:
    """A segment that is a picture of its own."""

    def __init__(self, segment: _Segment, data: bytes) -> None:
        layout = segment.layout
        image = WebPImageFile(io.BytesIO(data)) if layout.compression == tags.WEBP else _jpeg(data, layout)
        fits = segment.rows <= image.height <= layout.segment_height and image.width == layout.segment_width
        if not fits or len(image.getbands()) < segment.samples:
            raise TiffError(f"a segment of {image.size} {image.mode}")
        pixels = np.asarray(image)
        if image.mode == "CMYK":  # which Pillow takes for Photoshop's, upside down
            pixels = np.invert(pixels)
        self._pixels = np.atleast_3d(pixels)[..., : segment.samples]
        self._at = 0

    def rows(self, rows: int) -> NDArray[Any]:
        part = self._pixels[self._at : self._at + rows]
        self._at += rows
        return part


def _jpeg(data: bytes, layout: TiffLayout) -> JpegImageFile:
    """A segment's picture, not decoded yet; YCbCr becomes RGB then."""
    is_ycbcr = layout.photometric == tags.YCBCR
    # Which colours a JPEG has it says in a marker of Adobe's, and a TIFF in its own tag.
    adobe = b"\xff\xee" + struct.pack(">H5sHHHB", 14, b"Adobe", 100, 0, 0, is_ycbcr)
    tables = layout.jpeg_tables.removeprefix(b"\xff\xd8").removesuffix(b"\xff\xd9")
    return JpegImageFile(io.BytesIO(b"\xff\xd8" + adobe + tables + data.removeprefix(b"\xff\xd8")))


def _from_bits(data: bytes, rows: int, numbers: int, depth: int) -> NDArray[Any]:
    """(rows, numbers) from rows of numbers of a few bits each, the highest bit first; rows begin at a byte."""
    bits = np.unpackbits(np.frombuffer(data, np.uint8).reshape(rows, -1), axis=1)[:, : numbers * depth]
    width = 8 if depth < 8 else 16
    whole = np.zeros((rows, numbers, width), np.uint8)
    whole[..., width - depth :] = bits.reshape(rows, numbers, depth)
    packed = np.packbits(whole.reshape(rows, -1), axis=1)
    return packed if width == 8 else packed.view(">u2").astype(np.uint16)


def _from_three_bytes(data: bytes, byte_order: str) -> NDArray[np.uint32]:
    parts = np.frombuffer(data, np.uint8).reshape(-1, 3).astype(np.uint32)
    low, middle, high = (0, 1, 2) if byte_order == "<" else (2, 1, 0)
    return np.asarray(parts[:, low] | parts[:, middle] << 8 | parts[:, high] << 16, np.uint32)


def _holds(dtype: np.dtype[Any], value: float) -> bool:
    if dtype.kind == "f":
        return True
    info = np.iinfo(dtype)
    return math.isfinite(value) and value == int(value) and info.min <= value <= info.max


def _unwrapped(stored: Callable[[int], bytes], length: int, segment: _Segment) -> NDArray[np.uint8]:
    """The bytes of a segment whose decoder is in libtiff only; no more copies of them are held than must be.

    Args:
        stored: Reads on in the segment as it is in the file.
        length: Of that.
        segment: What it means.

    Raises:
        TiffError: They are damaged.
    """
    layout, count = segment.layout, segment.byte_count(segment.rows)
    data = stored(length)
    if layout.compression in tags.FAX:
        gray = _wrapped(data, layout.segment_width, segment.rows, layout, bits=1)
        pixels = _decoded(gray, (segment.rows, layout.segment_width))
        return np.packbits(pixels > 0, axis=1).ravel()
    parts = []
    if count % 2:
        wide, high = _rectangle(count)
        parts.append(_decoded(_wrapped(data, wide, high, layout, bits=8), (high, wide)).ravel()[-1:].copy())
    if count > 1:  # of 16 bits, for of these OpenCV takes a broken stream for an error
        wide, high = _rectangle(count // 2)
        wrapped = _wrapped(data, wide, high, layout, bits=16)
        del data
        parts.insert(0, _decoded(wrapped, (high, wide)).astype("<u2", copy=False).ravel().view(np.uint8))
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _rectangle(count: int) -> tuple[int, int]:
    """Width and height of a picture of so many pixels that OpenCV reads."""
    high = next((high for high in range(1, _WIDEST_GRAY) if count % high == 0 and count // high <= _WIDEST_GRAY), 0)
    if not high:
        raise TiffError(f"a segment of {count} bytes")
    return count // high, high


def _decoded(tiff: bytes, size: tuple[int, int]) -> NDArray[Any]:
    pixels: NDArray[Any] | None = cv2.imdecode(np.frombuffer(tiff, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.shape != size:
        raise TiffError("a segment is damaged")
    return pixels


def _wrapped(data: bytes, width: int, height: int, layout: TiffLayout, *, bits: int) -> bytes:
    """A little-endian TIFF of one strip of grey; black is zero."""
    fax = {292: layout.fax_options[0], 293: layout.fax_options[1]} if bits == 1 else {}
    fax |= {266: 2} if bits == 1 and layout.bits_from_right else {}
    entries = {256: width, 257: height, 258: bits, 259: layout.compression, 262: 1, 273: 8, 277: 1} | fax
    entries |= {278: height, 279: len(data)}
    directory = b"".join(
        struct.pack("<HHII", tag, 3 if value < 1 << 16 else 4, 1, value) for tag, value in sorted(entries.items())
    )
    odd = len(data) % 2
    head, count = b"II*\0" + struct.pack("<I", 8 + len(data) + odd), struct.pack("<H", len(entries))
    return b"".join((head, data, bytes(odd), count, directory, bytes(4)))  # the data is copied once
