"""What a file is and how large its picture is, by its first bytes: before it is read, hashed or decoded."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO, Literal

from acseg_core.errors import ImageError
from acseg_core.images import deep_png
from acseg_core.images.tiff import TiffPage, open_page
from acseg_core.images.tiff_header import TiffError
from acseg_core.images.tiff_support import refusal
from acseg_core.types import MAX_PIXELS

MOST_INTERLACED_PIXELS = 40_000_000
"""Of 16-bit PNG files whose rows are not stored from the top down: these are decoded in one go, in much memory."""

Kind = Literal["JPEG", "PNG", "TIFF", "BMP", "WebP"]

_BMP_HEADER_LENGTHS = tuple(bytes([length]) for length in (12, 16, 40, 52, 56, 64, 108, 124))
_HEAD_BYTES = 64
_MOST_JPEG_MARKERS = 10_000
_MOST_JUNK = 1 << 16
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_READ_FRAMES = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA}
"""Baseline, extended and progressive, by Huffman's code or arithmetic; the rest is lossless or hierarchical."""


class CutShortError(ValueError):
    """The file ends before its header does."""


def kind_of(head: bytes) -> Kind | None:
    """Which kind of image begins with these bytes."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(deep_png.SIGNATURE):
        return "PNG"
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if head.startswith(b"BM") and head[14:15] in _BMP_HEADER_LENGTHS and head[15:18] == bytes(3):
        return "BMP"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WebP"
    return None


def checked_kind(path: Path, file: BinaryIO, *, page: int = 1) -> Kind:
    """Look at a file's header, as far as that tells whether its picture can be used.

    Args:
        path: For the error only.
        file: Open for reading at any place.
        page: Of a TIFF.

    Raises:
        ImageError: It is no image, too large, or of a kind that is not read.
        CutShortError: It ends before its header does.
        ValueError: Its header is damaged.
    """
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    kind = kind_of(head)
    if kind is None:
        raise ImageError(path, "empty file" if not head else "not a JPEG, PNG, TIFF, BMP or WebP image")
    if kind == "TIFF":
        checked_page(path, file, number=page)
        return kind
    if kind == "JPEG":
        size = _jpeg_size(path, file)
    else:
        size = {"PNG": _png_size, "BMP": _bmp_size, "WebP": _webp_size}[kind](head)
    check_size(path, *size)
    if kind == "PNG" and is_deep_png(head) and head[28] and size[0] * size[1] > MOST_INTERLACED_PIXELS:
        raise ImageError(path, "this interlaced 16-bit PNG is too large; save it without interlacing")
    return kind


def checked_page(path: Path, file: BinaryIO, *, number: int = 1) -> TiffPage:
    """Look at the tags of a page of a TIFF file.

    Raises:
        ImageError: The page is not there, too large, or of a kind that is not read.
        TiffError: The file is damaged.
    """
    page = open_page(file, number=number)
    if page is None:
        raise ImageError(path, f"has no page {number}")
    layout = page.layout
    check_size(path, layout.width, layout.height)
    reason = refusal(layout)
    if reason:
        raise ImageError(path, reason)
    if layout.is_tiled:
        if layout.segment_width < 1 or layout.segment_height < 1:
            raise TiffError("tiles without pixels")
        check_size(path, layout.segment_width, layout.segment_height)
    return page


def is_deep_png(head: bytes) -> bool:
    """Whether a PNG that begins with these bytes has 16 bits a channel."""
    return head[24:25] == b"\x10" and head[25:26] in (b"\0", b"\x02", b"\x04", b"\x06")


def check_size(path: Path, width: int, height: int) -> None:
    """Refuse what has too many pixels, or none.

    Raises:
        ImageError: It has.
    """
    if width < 1 or height < 1:
        raise ImageError(path, "has no pixels")
    if width * height > MAX_PIXELS:
        raise ImageError(path, f"too large: {width} x {height} pixels, at most {MAX_PIXELS // 10**6} megapixels")


def _unpacked(layout: str, data: bytes, at: int) -> tuple[int, ...]:
    if len(data) < at + struct.calcsize(layout):
        raise CutShortError("the header is cut short")
    numbers: tuple[int, ...] = struct.unpack_from(layout, data, at)
    return numbers


def _png_size(head: bytes) -> tuple[int, int]:
    width, height, _ = _unpacked(">II5s", head, 16)
    return width, height


def _bmp_size(head: bytes) -> tuple[int, int]:
    if head[14] == 12:
        width, height = _unpacked("<HH", head, 18)
    else:
        width, height = _unpacked("<ii", head, 18)
    return width, abs(height)


def _webp_size(head: bytes) -> tuple[int, int]:
    chunk = head[12:16]
    if chunk == b"VP8L":
        (bits,) = _unpacked("<I", head, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8X":
        low = _unpacked("<6B", head, 24)
        return 1 + (low[0] | low[1] << 8 | low[2] << 16), 1 + (low[3] | low[4] << 8 | low[5] << 16)
    width, height = _unpacked("<HH", head, 26)
    return width & 0x3FFF, height & 0x3FFF


def _jpeg_size(path: Path, file: BinaryIO) -> tuple[int, int]:
    """From the frame's header, found by going from marker to marker.

    Raises:
        ImageError: It is a kind of JPEG that is not read.
    """
    file.seek(2)
    junk = 0
    for _ in range(_MOST_JPEG_MARKERS):
        byte = file.read(1)
        while byte and byte != b"\xff" and junk < _MOST_JUNK:
            byte, junk = file.read(1), junk + 1
        while byte == b"\xff":
            byte = file.read(1)
        if not byte:
            raise CutShortError("no frame")
        marker = byte[0]
        if marker in (0x00, 0x01, *range(0xD0, 0xD9)):
            junk += 1
            if junk > _MOST_JUNK:
                raise ValueError("no frame")
            continue
        head = file.read(7)
        if len(head) < 7:
            raise CutShortError("no frame")
        length, bits, height, width = struct.unpack(">HBHH", head)
        if marker in _FRAMES:
            if marker not in _READ_FRAMES:
                raise ImageError(path, "lossless or multi-layer JPEG is not supported; save it as PNG")
            if bits != 8:
                raise ImageError(path, f"{bits}-bit JPEG is not supported; save it as PNG or TIFF")
            return width, height
        file.seek(length - 7, 1)
    raise ValueError("no frame")
