"""Decoding of image files: from bytes to RGB, right way up, and which pixels are valid; or one clear reason why not.

EXIF orientation is applied whatever the format it was found in; of an animation the first frame is taken. What other
modes than RGB become, and which pixels are void, is said in `acseg_core.images.pixels`.

Who decodes what: TIFF is laid out by `tiff_samples`, PNG of 16 bits by `deep_png`, the rest by Pillow. Memory beside
the file itself: about 8 bytes a pixel for 8-bit images (0.8 GB at 100 megapixels), 10 when they must be turned as well;
TIFF and PNG of 16 bits take what is shown of them, 3 or 4 bytes a pixel, and some rows.
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
from typing import Any, BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from acseg_core.errors import ImageError
from acseg_core.images.deep_png import DeepPng, PngError, checked_chunks
from acseg_core.images.headers import CutShortError, Kind, checked_kind, checked_page, is_deep_png, kind_of
from acseg_core.images.pixels import Meaning, Picture, Stretch, bgr_to_rgb, image_to_rgb, shown, stretch_of, stretched
from acseg_core.images.tiff import decode_page
from acseg_core.images.tiff_header import TiffError

logger = logging.getLogger(__name__)

_ORIENTATION = 0x0112

# The formats are opened by these classes themselves: Image.open would try forty more, and warn of large images.
_OPENERS: dict[Kind, Callable[[BinaryIO], ImageFile.ImageFile]] = {
    "BMP": BmpImageFile,
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
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
# What OpenCV and Pillow have to say about a file is said by our ImageError.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
logging.getLogger("PIL").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """A tile of a scene with what is around it there.

    Attributes:
        rgb: (H, W, 3) uint8, the tile and its halo, as far as the scene reaches.
        left: First column of the tile in it.
        top: First row of the tile in it.
        valid: (H, W) bool, False where there is no data; None where all is valid.
    """

    rgb: NDArray[np.uint8]
    left: int
    top: int
    valid: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A decoded image file, or a tile of a scene.

    Attributes:
        rgb: (H, W, 3) uint8, right way up, C-contiguous; smaller than the file's image when less was asked for.
        stored_width: Pixels per row as stored in the file.
        stored_height: Rows as stored in the file.
        orientation: EXIF orientation 1..8, already applied to ``rgb``.
        mode: Pillow's mode of the stored image, such as "RGB"; of deep ones with the bits, and with the values that
            are shown black and white, such as "I;16 112..2048" or "RGB;16 0..4095".
        valid: (H, W) bool as ``rgb``, False where the file has no data or is transparent; None where all is valid.
        pages: Pictures in the file, of which this is one.
        surroundings: Of a tile of a scene, more of that; None of all else.
    """

    rgb: NDArray[np.uint8]
    stored_width: int
    stored_height: int
    orientation: int
    mode: str
    valid: NDArray[np.bool_] | None = None
    pages: int = 1
    surroundings: Surroundings | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height as displayed, at full size."""
        if self.orientation >= 5:
            return self.stored_height, self.stored_width
        return self.stored_width, self.stored_height


def decode_photo(
    path: Path,
    data: bytes | BinaryIO,
    *,
    enough: int | None = None,
    page: int = 1,
    stretch: Stretch | None = None,
) -> Photo:
    """Decode a JPEG, PNG, TIFF, BMP or WebP file, known by its first bytes and not by its name.

    Every byte that matters is read, so that a file cut short is found out.

    Args:
        path: For the error only.
        data: The whole file, or it opened for reading at any place.
        enough: A long side in pixels that is enough for the caller; a JPEG is then decoded at 1/2, 1/4 or 1/8 where
            that leaves at least as much, which is a good deal faster.
        page: Of a TIFF, from 1.
        stretch: Of a deep image, what is shown black and white; by the rules of `pixels` if left out.

    Raises:
        ImageError: The file cannot be decoded, shows nothing, or has more than `types.MAX_PIXELS`.
    """
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    kind = check_header(path, file, page=page)
    with _told(path, file, kind):
        if kind == "TIFF":
            photo = _decode_tiff(path, file, page=page, stretch=stretch)
        elif page != 1:
            raise ImageError(path, f"has no page {page}")
        elif kind == "PNG" and is_deep_png(_head(file)):
            photo = _decode_deep_png(file, stretch=stretch)
        else:
            photo = _decode(file, kind, enough=enough)
    if photo.valid is not None and not photo.valid.any():
        raise ImageError(path, "there is nothing to see: every pixel is transparent or marked as no data")
    return photo


def check_header(path: Path, file: BinaryIO, *, page: int = 1) -> Kind:
    """Refuse a file, or a page of a TIFF, by its first bytes, before it is read whole.

    Raises:
        ImageError: It is no image, damaged, too large, or of a kind that is not read.
    """
    file.seek(0)
    with _told(path, file, None):
        return checked_kind(path, file, page=page)


@contextmanager
def _told(path: Path, file: BinaryIO, kind: Kind | None) -> Iterator[None]:
    """Whatever a decoder raises becomes our error: decoders meet hostile bytes, and then the file is at fault."""
    try:
        yield
    except ImageError:
        raise
    except OSError as error:
        if error.errno is not None:  # of the disk, not of a decoder
            raise
        raise ImageError(path, _reason(kind or _kind(file), file, error)) from error
    except Exception as error:
        logger.debug("cannot decode %s", path, exc_info=True)
        raise ImageError(path, _reason(kind or _kind(file), file, error)) from error


def _kind(file: BinaryIO) -> str:
    return kind_of(_head(file)) or ""


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(32)


def _reason(kind: str, file: BinaryIO, error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "not enough memory to open it"
    if "unsupported" in str(error).lower():
        return f"unsupported kind of {kind} file; convert it to PNG"
    return f"truncated {kind} file" if _is_cut(kind, file, error) else f"damaged {kind} file"


def _is_cut(kind: str, file: BinaryIO, error: Exception) -> bool:
    if isinstance(error, TiffError | PngError):
        return error.is_cut
    if isinstance(error, CutShortError) or "truncated" in str(error).lower():
        return True
    head, size = _head(file), file.seek(0, 2)
    return kind == "WebP" and (len(head) < 12 or struct.unpack_from("<I", head, 4)[0] + 8 > size)


def _decode(file: BinaryIO, kind: Kind, *, enough: int | None = None) -> Photo:
    if kind == "PNG":
        checked_chunks(file)
    # What Pillow has is gone before the picture is turned: both together would be half as much again.
    picture, size, orientation, mode = _decoded(file, kind, enough=enough)
    return _photo(picture, *size, orientation, mode)


def _decoded(file: BinaryIO, kind: Kind, *, enough: int | None) -> tuple[Picture, tuple[int, int], int, str]:
    """A picture as it is stored; its width and height at full size, orientation and mode."""
    file.seek(0)
    with _quiet():
        image = _OPENERS[kind](file)
    (width, height), mode = image.size, image.mode
    if kind == "WebP" and getattr(image, "n_frames", 1) == 1:
        orientation = _orientation(image)
        del image  # Pillow would take 16 bytes a pixel, as for an animation
        return _still_webp(file, (width, height), mode), (width, height), orientation, mode
    if enough is not None:
        scale = enough / max(width, height)
        image.draft(None, (max(1, round(width * scale)), max(1, round(height * scale))))
    image.load()
    return image_to_rgb(image), (width, height), _orientation(image), mode


def _still_webp(file: BinaryIO, size: tuple[int, int], mode: str) -> Picture:
    """By OpenCV, which has the same decoder and gives the same pixels."""
    file.seek(0)
    pixels: NDArray[Any] | None = cv2.imdecode(np.frombuffer(file.read(), np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[1::-1] != size:
        raise ValueError("OpenCV cannot decode it")
    return bgr_to_rgb(pixels, is_opaque=mode == "RGB")


def _photo(picture: Picture, width: int, height: int, orientation: int, mode: str, *, pages: int = 1) -> Photo:
    return Photo(
        rgb=turned(picture.rgb, orientation),
        stored_width=width,
        stored_height=height,
        orientation=orientation,
        mode=mode,
        valid=None if picture.valid is None else turned(picture.valid.view(np.uint8), orientation).view(np.bool_),
        pages=pages,
    )


def _orientation(image: Image.Image) -> int:
    with _quiet():
        try:
            value = image.getexif().get(_ORIENTATION, 1)
        except Exception:  # damaged EXIF data is no reason to refuse the picture
            logger.debug("unreadable EXIF data", exc_info=True)
            return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def turned(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """(h, w) or (h, w, C) pixels as stored, as they are displayed by an EXIF orientation."""
    upright: NDArray[np.uint8] = _TURNS[orientation](pixels) if orientation in _TURNS else pixels
    return upright


def turned_back(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """(h, w) or (h, w, C) pixels as displayed, as they are stored with an EXIF orientation: undoes `turned`."""
    return turned(pixels, {6: 8, 8: 6}.get(orientation, orientation))  # the others undo themselves


def _decode_deep_png(file: BinaryIO, *, stretch: Stretch | None) -> Photo:
    samples = DeepPng(file)
    colors = 1 if samples.channels < 3 else 3
    opacity = None if samples.channels in (1, 3) else colors
    meaning = Meaning(colors=colors, opacity=opacity, nodata=samples.transparent)
    stretch = stretch_of(samples, meaning) if stretch is None else stretch
    picture = shown(samples, meaning, stretched(stretch))
    file.seek(0)
    with _quiet():
        image = PngImageFile(file)
    orientation = _orientation(image)  # reads all of the file, for EXIF data may come last
    name = {1: "I;16", 2: "LA;16", 3: "RGB;16", 4: "RGBA;16"}[samples.channels]
    return _photo(picture, samples.width, samples.height, orientation, f"{name} {stretch}")


def _decode_tiff(path: Path, file: BinaryIO, *, page: int, stretch: Stretch | None) -> Photo:
    found = checked_page(path, file, number=page)
    picture, mode = decode_page(file, found, stretch)
    layout = found.layout
    return _photo(picture, layout.width, layout.height, layout.orientation, mode, pages=found.pages)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Pillow's warnings about damaged metadata to itself.

    The lock is there because Python's warning filters are global, and images may be opened in several threads.
    """
    with _quiet_lock, warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")
        yield
