"""Which bands an image file has, samples of them, and how it is shown when it comes into a project."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import numpy as np

from acseg_core.errors import BandsError
from acseg_core.images.band_choice import BandChoice
from acseg_core.images.band_samples import SAMPLED_PIXELS, BandSamples, sampled, sampled_picture
from acseg_core.images.deep_png import PNG_CHANNELS
from acseg_core.images.headers import checked_page, is_deep_png, kind_of
from acseg_core.images.photos import DEEP_PNG_BANDS, decode_photo, deep_png_samples, reading, require_bands, turned_back
from acseg_core.images.pixels import Picture
from acseg_core.images.rendering import RGB, Rendering, preset_bands
from acseg_core.images.tiff import RED_GREEN_BLUE, band_names, sample_bands
from acseg_core.images.tiff_layout import RGB as IS_RGB

_HEAD_BYTES = 32


def bands_of_file(path: Path, file: BinaryIO, *, page: int = 1) -> tuple[str, ...]:
    """What each band of an image is, in GDAL's words ("red", "nir", "gray", "alpha", "undefined"); no pixel is read.

    Whatever becomes red, green and blue by its kind, such as a JPEG or a palette, has these three.

    Args:
        path: For the error only.
        file: Open for reading at any place.
        page: Of a TIFF.

    Raises:
        ImageError: It is no image, damaged, or of a kind that is not read.
    """
    with reading(path, file):
        file.seek(0)
        head = file.read(_HEAD_BYTES)
        if kind_of(head) == "TIFF":
            return band_names(checked_page(path, file, number=page))
        return DEEP_PNG_BANDS[PNG_CHANNELS[head[25]]] if _is_deep_png(head) else RED_GREEN_BLUE


def sample_file(
    path: Path, file: BinaryIO, bands: tuple[int, ...], *, page: int = 1, most: int = SAMPLED_PIXELS
) -> BandSamples:
    """Sample bands of an image, evenly spread over it, as it is stored.

    Args:
        path: For the error only.
        file: Open for reading at any place.
        bands: Which, from 1.
        page: Of a TIFF.
        most: Pixels wanted, about.

    Raises:
        ImageError: It cannot be read, or has no such band.
    """
    require_bands(path, bands, bands_of_file(path, file, page=page))
    with reading(path, file):
        file.seek(0)
        head = file.read(_HEAD_BYTES)
        if kind_of(head) == "TIFF":
            return sample_bands(file, checked_page(path, file, number=page), bands, most=most)
        if _is_deep_png(head):
            return sampled(*deep_png_samples(file, bands), most=most)
        photo = decode_photo(path, file)
        rgb = turned_back(photo.rgb, photo.orientation)
        valid = None if photo.valid is None else turned_back(photo.valid.view(np.uint8), photo.orientation) > 0
        return sampled_picture(Picture(rgb, valid), bands, most=most)


def first_rendering(
    path: Path, file: BinaryIO, *, page: int = 1, is_placed: bool, choice: BandChoice | None = None
) -> Rendering | None:
    """How an image is shown when it comes into a project.

    What a project wants comes first, where the image has such bands. Without that, rasters of colour deeper than 8 bits
    are stretched band by band: those that lie on a map, have more bands, or do not call themselves RGB. Photos are
    shown by their kind, so that their hues stay.

    Args:
        path: For the error only.
        file: Open for reading at any place.
        page: Of a TIFF.
        is_placed: Whether it is known where on a map it lies.
        choice: What the project wants.

    Returns:
        None for what the file's kind says.

    Raises:
        ImageError: It cannot be read.
    """
    names = bands_of_file(path, file, page=page)
    bands = preset_bands(names, RGB)
    if choice is not None:
        try:
            bands = choice.bands_of(names, now=bands)
        except BandsError:
            choice = None
    if choice is None and not _is_raster(path, file, page, names, is_placed=is_placed):
        return None
    samples = sample_file(path, file, bands, page=page)
    return (choice or BandChoice()).rendering(bands, samples)


def _is_raster(path: Path, file: BinaryIO, page: int, names: tuple[str, ...], *, is_placed: bool) -> bool:
    with reading(path, file):
        file.seek(0)
        if kind_of(file.read(_HEAD_BYTES)) != "TIFF":
            return False
        layout = checked_page(path, file, number=page).layout
        colors = [name for name in names if name != "alpha"]
        is_more = is_placed or len(colors) > 3 or layout.photometric != IS_RGB
        return layout.is_deep and len(colors) >= 3 and is_more


def _is_deep_png(head: bytes) -> bool:
    return kind_of(head) == "PNG" and is_deep_png(head)
