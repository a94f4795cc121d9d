"""PNG files whose pixels are labels: numbers as they are stored, or colours.

A palette is how numbers are shown, so such a file is opened as what it is. Head and end of a file are looked at before
anything is read, so that what is cut off or of the wrong kind is told before anything is changed.
"""

from __future__ import annotations

import contextlib
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import LabelFileError
from acseg_core.images.deep_png import PngError, checked_chunks
from acseg_core.output.atomic_write import storage_error
from acseg_core.types import MAX_PIXELS

if TYPE_CHECKING:
    from PIL.PngImagePlugin import PngImageFile

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD_BYTES = 26
_END = b"\0\0\0\0IEND\xaeB`\x82"
_GREY, _RGB, _PALETTE, _GREY_ALPHA, _RGBA = 0, 2, 3, 4, 6
_DEEP = 16


@dataclass(frozen=True, slots=True)
class PngHead:
    """What the head of a PNG file says.

    Attributes:
        size: (height, width).
        is_color: Whether its pixels are colours, not numbers.
        has_palette: Whether its pixels are numbers with a colour for each.
        is_deep: Whether numbers may be over 255.
    """

    size: tuple[int, int]
    is_color: bool
    has_palette: bool
    is_deep: bool


def read_head(file: Path) -> PngHead:
    """Read the head of a PNG file, and see that its end is there.

    Raises:
        LabelFileError: It is no whole PNG file, or has more than any map of labels has.
        StorageError: It cannot be read.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - len(_END)))
            end = stream.read()
    except OSError as error:
        raise storage_error(file, error) from error
    if len(head) < _HEAD_BYTES or not head.startswith(_SIGNATURE):
        raise _damaged(file)
    width, height, depth, kind = struct.unpack_from(">IIBB", head, 16)
    if not width or not height or kind not in (_GREY, _RGB, _PALETTE, _GREY_ALPHA, _RGBA):
        raise _damaged(file)
    if width * height > MAX_PIXELS:
        raise LabelFileError(f"{file}: this has more than {MAX_PIXELS // 10**6} megapixels; make it smaller")
    if depth == _DEEP and kind != _GREY:
        raise LabelFileError(f"{file}: this has 16 bits for each channel; save it with 8, or as one channel of numbers")
    if end != _END:  # what comes after the end harms nothing; whether it was reached, only decoding tells
        with _opened(file) as picture:
            picture.load()
    return PngHead((height, width), kind in (_RGB, _RGBA), kind == _PALETTE, depth == _DEEP)


def check_numbers(file: Path, remedy: str) -> PngHead:
    """Read the head of a PNG file of numbers.

    Args:
        file: The file.
        remedy: What to do if its pixels are colours.

    Raises:
        LabelFileError: It is no whole PNG file, or one of colours.
        StorageError: It cannot be read.
    """
    head = read_head(file)
    if head.is_color:
        raise LabelFileError(f"{file}: its pixels are colours, but numbers of classes are wanted; {remedy}")
    return head


def check_colors(file: Path, remedy: str) -> PngHead:
    """Read the head of a PNG file of colours, which may be in a palette.

    Args:
        file: The file.
        remedy: What to do if its pixels are numbers.

    Raises:
        LabelFileError: It is no whole PNG file, or one of numbers.
        StorageError: It cannot be read.
    """
    head = read_head(file)
    if not head.is_color and not head.has_palette:
        raise LabelFileError(f"{file}: its pixels are numbers, but colours are wanted; {remedy}")
    return head


def read_numbers(file: Path) -> NDArray[np.int32]:
    """(H, W) int32 numbers of a file that `check_numbers` was asked about; of a palette, the places in it.

    Raises:
        LabelFileError: It is damaged.
        StorageError: It cannot be read.
    """
    with _opened(file) as picture:
        values = np.asarray(picture)
    numbers = values if values.ndim == 2 else values[..., 0]  # grey with opacity
    return numbers.astype(np.int32)


def read_colors(file: Path) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 red, green and blue of a file that `check_colors` was asked about.

    Raises:
        LabelFileError: It is damaged.
        StorageError: It cannot be read.
    """
    with _opened(file) as picture:
        if picture.mode != "P":
            return np.asarray(picture)[..., :3]
        numbers = np.asarray(picture)
        table = _palette(picture)
    return np.ascontiguousarray(table[numbers])


def read_palette(file: Path) -> NDArray[np.uint8]:
    """(256, 3) uint8 colours of a file with a palette; black where it has none.

    Raises:
        LabelFileError: It is damaged.
        StorageError: It cannot be read.
    """
    with _opened(file) as picture:
        return _palette(picture)


def packed(colors: NDArray[np.uint8]) -> NDArray[np.int32]:
    """(..., 3) colours as (...) int32 numbers, red * 65536 + green * 256 + blue."""
    red, green, blue = (colors[..., channel].astype(np.int32) for channel in range(3))
    return (red << 16) | (green << 8) | blue


def _palette(picture: PngImageFile) -> NDArray[np.uint8]:
    table = np.zeros((256, 3), np.uint8)
    given = np.array(picture.getpalette("RGB") or [], np.uint8).reshape(-1, 3)
    table[: len(given)] = given
    return table


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[PngImageFile]:
    from PIL.PngImagePlugin import PngImageFile  # Image.open would warn of large ones

    try:
        with file.open("rb") as stream:
            checked_chunks(stream)  # Pillow takes the memory that a chunk claims to need
            stream.seek(0)
            with PngImageFile(stream) as picture:
                yield picture
    except (PngError, SyntaxError, ValueError, EOFError, struct.error, zlib.error) as error:
        raise _damaged(file) from error
    except OSError as error:
        if error.errno is None:
            raise _damaged(file) from error
        raise storage_error(file, error) from error


def _damaged(file: Path) -> LabelFileError:
    return LabelFileError(f"{file}: this is not a valid PNG; export it again")
