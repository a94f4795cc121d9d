"""Decoding of image files: from bytes to RGB, right way up (EXIF), or one clear reason why not.

EXIF orientation is applied whatever the format it was found in; of a TIFF the first page is taken, of an animation
the first frame. What other modes than RGB become is said in `acseg_core.images.pixels`.

Pillow decodes; OpenCV where Pillow keeps only the high byte of each channel, or knows no such TIFF. Memory beside the
file itself: about 8 bytes a pixel for 8-bit images (0.8 GB at 100 megapixels), 10 when they must be turned as well,
and 16 at most (WebP, 16-bit RGBA).
"""

from __future__ import annotations

import io
import logging
import struct
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from acseg_core.errors import ImageError
from acseg_core.images.pixels import deep_to_rgb, image_to_rgb

logger = logging.getLogger(__name__)

MAX_PIXELS = 120_000_000
"""Pixels of an image above which it is refused before it is decoded."""

_BMP_HEADER_LENGTHS = tuple(bytes([length]) for length in (12, 16, 40, 52, 56, 64, 108, 124))
_PNG_END = b"IEND\xae\x42\x60\x82"
_ORIENTATION = 0x0112
_WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC, _SAMPLES, _PLANES = 0x0100, 0x0101, 0x0102, 0x0106, 0x0115, 0x011C
_TILE_WIDTH, _TILE_HEIGHT = 0x0142, 0x0143
_STRIPS, _TILES = (0x0111, 0x0117), (0x0144, 0x0145)  # their offsets, their lengths

# The formats are opened by these classes themselves: Image.open would try forty more, and warn of large images.
_OPENERS: dict[str, Callable[[io.BytesIO], ImageFile.ImageFile]] = {
    "BMP": BmpImageFile,
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "TIFF": TiffImageFile,
    "WebP": WebPImageFile,
}
_TURNS: dict[int, Callable[[Any], Any]] = {
    2: lambda pixels: cv2.flip(pixels, 1),
    3: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_180),
    4: lambda pixels: cv2.flip(pixels, 0),
    5: cv2.transpose,
    6: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE),
    7: lambda pixels: cv2.flip(cv2.transpose(pixels), -1),
    8: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE),
}
_quiet_lock = threading.Lock()
# What OpenCV has to say about a file is said by our ImageError.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A decoded image file.

    Attributes:
        rgb: (H, W, 3) uint8, right way up, C-contiguous; smaller than the file's image when less was asked for.
        stored_width: Pixels per row as stored in the file.
        stored_height: Rows as stored in the file.
        orientation: EXIF orientation 1..8, already applied to ``rgb``.
        mode: Pillow's mode of the stored image, such as "RGB" or "I;16"; "RGB;16" and the like for deep colour.
    """

    rgb: NDArray[np.uint8]
    stored_width: int
    stored_height: int
    orientation: int
    mode: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height as displayed, at full size."""
        if self.orientation >= 5:
            return self.stored_height, self.stored_width
        return self.stored_width, self.stored_height


def decode_photo(path: Path, data: bytes, *, enough: int | None = None) -> Photo:
    """Decode a JPEG, PNG, TIFF, BMP or WebP file, known by its first bytes and not by its name.

    Every byte that matters is read, so that a file cut short is found out.

    Args:
        path: For the error only.
        data: The whole file.
        enough: A long side in pixels that is enough for the caller; a JPEG is then decoded at 1/2, 1/4 or 1/8 where
            that leaves at least as much, which is a good deal faster.

    Raises:
        ImageError: The file cannot be decoded, or has more than `MAX_PIXELS`.
    """
    kind = _kind(data)
    if kind is None:
        raise ImageError(path, "empty file" if not data else "not a JPEG, PNG, TIFF, BMP or WebP image")
    try:
        if kind == "TIFF":
            return _decode_tiff(path, data)
        if kind == "PNG" and data[24:25] == b"\x10" and data[25:26] in (b"\x02", b"\x04", b"\x06"):
            return _decode_deep_png(path, data)
        return _decode(path, data, kind, enough=enough)
    except ImageError:
        raise
    except Exception as error:  # decoders meet hostile bytes: whatever they raise, the file is at fault
        logger.debug("cannot decode %s", path, exc_info=True)
        raise ImageError(path, _reason(kind, data, error)) from error


def _kind(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if data.startswith(b"BM") and data[14:15] in _BMP_HEADER_LENGTHS and data[15:18] == bytes(3):
        return "BMP"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP"
    return None


def _reason(kind: str, data: bytes, error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "not enough memory to open it"
    cut = (
        "truncated" in str(error).lower()
        or (kind == "PNG" and data.rfind(_PNG_END) < 0)
        or (kind == "WebP" and (len(data) < 12 or struct.unpack_from("<I", data, 4)[0] + 8 > len(data)))
    )
    return f"truncated {kind} file" if cut else f"damaged {kind} file, or of a kind that is not supported"


def _check_size(path: Path, width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise ImageError(path, "has no pixels")
    if width * height > MAX_PIXELS:
        raise ImageError(path, f"too large: {width} x {height} pixels, at most {MAX_PIXELS // 10**6} megapixels")


def _check_png(path: Path, data: bytes) -> None:
    """Look at checksums and end; Pillow's decoder is content once it has all rows."""
    if data.rfind(_PNG_END) < 0:
        raise ImageError(path, "truncated PNG file")
    PngImageFile(io.BytesIO(data)).verify()


def _decode(path: Path, data: bytes, kind: str, *, enough: int | None = None) -> Photo:
    with _quiet():
        image = _OPENERS[kind](io.BytesIO(data))
    width, height, mode = *image.size, image.mode
    _check_size(path, width, height)
    if kind == "PNG":
        _check_png(path, data)
    if enough is not None:
        scale = enough / max(width, height)
        image.draft(None, (max(1, round(width * scale)), max(1, round(height * scale))))
    image.load()
    orientation = _orientation(image)
    rgb = _turned(image_to_rgb(image), orientation)
    return Photo(rgb=rgb, stored_width=width, stored_height=height, orientation=orientation, mode=mode)


def _orientation(image: Image.Image) -> int:
    with _quiet():
        try:
            value = image.getexif().get(_ORIENTATION, 1)
        except Exception:  # damaged EXIF data is no reason to refuse the picture
            logger.debug("unreadable EXIF data", exc_info=True)
            return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _turned(rgb: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    turned: NDArray[np.uint8] = _TURNS[orientation](rgb) if orientation in _TURNS else rgb
    return turned


def _decode_deep_png(path: Path, data: bytes) -> Photo:
    """16-bit colour, of which Pillow would keep the high bytes only."""
    with _quiet():
        image = PngImageFile(io.BytesIO(data))
    width, height, mode = *image.size, image.mode
    _check_size(path, width, height)
    _check_png(path, data)
    orientation = _orientation(image)  # reads all of the file, for EXIF data may come last
    del image
    rgb = _turned(deep_to_rgb(_decode_with_opencv(data)), orientation)
    return Photo(rgb=rgb, stored_width=width, stored_height=height, orientation=orientation, mode=f"{mode};16")


def _decode_tiff(path: Path, data: bytes) -> Photo:
    tags = _tiff_tags(data)
    width, height = int(tags[_WIDTH]), int(tags[_HEIGHT])
    _check_size(path, width, height)
    _check_size(path, int(tags.get(_TILE_WIDTH, 1)), int(tags.get(_TILE_HEIGHT, 1)))
    for offsets, lengths in (_STRIPS, _TILES):
        if offsets in tags and lengths in tags and np.max(np.add(tags[offsets], tags[lengths])) > len(data):
            raise ImageError(path, "truncated TIFF file")
    orientation = tags.get(_ORIENTATION, 1)
    deep_mode = _opencv_mode(tags)
    if deep_mode:
        rgb, mode = deep_to_rgb(_decode_with_opencv(data)), deep_mode
    else:
        with _quiet():
            image = TiffImageFile(io.BytesIO(data))
        mode = image.mode
        image.load()
        rgb = image_to_rgb(image, inverted=tags.get(_PHOTOMETRIC) == 0)
    # Pillow and OpenCV both turn TIFFs while they decode.
    return Photo(
        rgb=rgb,
        stored_width=width,
        stored_height=height,
        orientation=orientation if orientation in range(1, 9) else 1,
        mode=mode,
    )


def _tiff_tags(data: bytes) -> dict[int, Any]:
    """Tags of the first page that decide how it is decoded.

    Raises:
        EOFError: The page's directory is not in the file.
    """
    file = io.BytesIO(data)
    with _quiet():
        directory = ImageFileDirectory_v2(file.read(16 if b"+" in data[2:4] else 8))
        if not 0 < directory.next < len(data):
            raise EOFError("truncated: the directory is not in the file")
        file.seek(directory.next)
        directory.load(file)
        wanted = (_WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC, _ORIENTATION, _SAMPLES, _PLANES, _TILE_WIDTH, _TILE_HEIGHT)
        return {tag: directory[tag] for tag in (*wanted, *_STRIPS, *_TILES) if tag in directory}


def _opencv_mode(tags: dict[int, Any]) -> str | None:
    """The mode of a TIFF that OpenCV must decode, or None when Pillow does it well."""
    bits = set(np.atleast_1d(tags.get(_BITS, 1)).tolist())
    depth = bits.pop() if len(bits) == 1 else 0
    kind = (tags.get(_PHOTOMETRIC), tags.get(_SAMPLES, 1), tags.get(_PLANES, 1))
    if kind in ((2, 3, 1), (2, 4, 1)) and depth in (16, 32, 64):
        return f"{'RGB' if kind[1] == 3 else 'RGBA'};{depth}"
    return "L;64" if kind[:2] == (1, 1) and depth == 64 else None


def _decode_with_opencv(data: bytes) -> NDArray[Any]:
    """(H, W) or (H, W, 3) RGB or (H, W, 4) RGBA of whatever depth the file has."""
    pixels: NDArray[Any] | None = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise ValueError("OpenCV cannot decode it")
    if pixels.ndim == 3:
        red = pixels[:, :, 2].copy()
        pixels[:, :, 2] = pixels[:, :, 0]
        pixels[:, :, 0] = red
    return pixels


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Pillow's warnings about damaged metadata to itself.

    The lock is there because Python's warning filters are global, and images may be opened in several threads.
    """
    with _quiet_lock, warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")
        yield
