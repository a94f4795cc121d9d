"""A page of a TIFF file as a picture: its samples by `tiff_samples`, what they mean by its tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from acseg_core.images import tiff_layout as tags
from acseg_core.images.pixels import VOID_COLOR, Meaning, Picture, Stretch, inks_to_rgb, shown, stretch_of, stretched
from acseg_core.images.tiff_header import TiffDirectory, read_directories
from acseg_core.images.tiff_layout import TiffLayout
from acseg_core.images.tiff_samples import TiffSamples
from acseg_core.images.tiff_support import refusal

_AXES_MOVED = np.array([0, 128, 128], np.uint8)
"""ICC's CIELab has its colour axes from 0 to 255, TIFF's own from -128 to 127."""


@dataclass(frozen=True, slots=True, eq=False)
class TiffPage:
    """A page whose tags have been read, but none of its samples.

    Attributes:
        layout: What the tags say.
        mask: The page that says which pixels are valid, or None.
        pages: How many pictures the file has.
    """

    layout: TiffLayout
    mask: TiffLayout | None
    pages: int


def open_page(file: BinaryIO, *, number: int = 1) -> TiffPage | None:
    """Read the tags of a page.

    Args:
        file: The whole file, open.
        number: Of the page among the pictures in the file, from 1.

    Returns:
        None if there is no such page.

    Raises:
        TiffError: The file is damaged.
    """
    directories = read_directories(file)
    pages = tags.main_pages(directories)
    if not 1 <= number <= len(pages):
        return None
    page = pages[number - 1]
    mask = tags.mask_page(directories, page)
    return TiffPage(tags.layout_of(page), None if mask is None else _usable(mask, page), len(pages))


def directory_of_page(file: BinaryIO, *, number: int = 1) -> TiffDirectory | None:
    """The tags of a page as they are in the file; None if there is no such page.

    Raises:
        TiffError: The file is damaged.
    """
    pages = tags.main_pages(read_directories(file))
    return pages[number - 1] if 1 <= number <= len(pages) else None


def count_pages(file: BinaryIO) -> int:
    """How many pictures a TIFF file has.

    Raises:
        TiffError: It is none, or damaged.
    """
    return len(tags.main_pages(read_directories(file)))


def _usable(mask: TiffDirectory, page: TiffDirectory) -> TiffLayout | None:
    layout = tags.layout_of(mask)
    fits = (layout.width, layout.height) == tags.size_of(page) and layout.samples == 1 and layout.depth in (1, 8)
    return layout if fits and not refusal(layout) else None


def decode_page(file: BinaryIO, page: TiffPage, stretch: Stretch | None = None) -> tuple[Picture, str]:
    """Decode a page that `tiff_support.refusal` has nothing against; it is not turned yet.

    Args:
        file: The whole file, open.
        page: Its tags.
        stretch: What is shown black and white; by the rules of `pixels` if left out.

    Returns:
        The picture; and its mode, with the stretch if there is one.

    Raises:
        TiffError: The file is damaged, or cut short.
    """
    layout = page.layout
    size = file.seek(0, 2)
    tags.check(layout, file_size=size)
    samples, meaning = TiffSamples(file, layout), _meaning(layout)
    mode = _mode(layout)
    if layout.is_deep:
        stretch = stretch_of(samples, meaning) if stretch is None else stretch
        mode = f"{mode} {stretch}"
        picture = shown(samples, meaning, stretched(stretch, is_inverted=meaning.is_inverted))
    else:
        picture = shown(samples, meaning, _colorer(layout))
    if page.mask is None:
        return picture, mode
    tags.check(page.mask, file_size=size)
    return _masked(picture, TiffSamples(file, page.mask)), mode


def _masked(picture: Picture, mask: TiffSamples) -> Picture:
    valid = np.ones(picture.rgb.shape[:2], np.bool_) if picture.valid is None else picture.valid
    for rows, block in mask.blocks():
        valid[rows] &= block[..., 0] > 0
        picture.rgb[rows][~valid[rows]] = VOID_COLOR
    return Picture(picture.rgb, None if valid.all() else valid)


def _meaning(layout: TiffLayout) -> Meaning:
    has_values = layout.photometric in (*tags.GRAYS, tags.RGB, tags.PALETTE)
    return Meaning(
        colors=layout.colors,
        opacity=layout.opacity,
        is_premultiplied=layout.opacity is not None and layout.extra[layout.opacity - layout.colors] == 1,
        is_inverted=layout.photometric == tags.WHITE_IS_ZERO,
        nodata=(layout.nodata,) if has_values and layout.nodata is not None else (),
    )


def _mode(layout: TiffLayout) -> str:
    """As Pillow would name it; it has no names for most."""
    if layout.photometric in tags.GRAYS and not layout.is_deep:
        name = "1" if layout.depth == 1 else "L"
    elif layout.photometric in tags.GRAYS:
        name = "F" if (layout.format, layout.depth) == (tags.FLOAT, 32) else f"I;{_number_kind(layout)}"
    else:
        names = {tags.RGB: "RGB", tags.PALETTE: "P", tags.SEPARATED: "CMYK", tags.YCBCR: "YCbCr"}
        name = names.get(layout.photometric, "LAB")
    if layout.opacity is not None:
        name += "A" if name in ("L", "RGB", "CMYK") else ";A"
    elif layout.samples > layout.colors:
        name += "X"
    return f"{name};{_number_kind(layout)}" if layout.is_deep and layout.photometric == tags.RGB else name


def _number_kind(layout: TiffLayout) -> str:
    return f"{layout.depth}{ {tags.SIGNED: 'S', tags.FLOAT: 'F'}.get(layout.format, '') }"


def _colorer(layout: TiffLayout) -> Callable[[NDArray[Any]], NDArray[np.uint8]]:
    """What makes RGB of colours of up to 8 bits."""
    if layout.photometric == tags.PALETTE:
        palette = _palette(layout)
        return lambda indices: palette[indices[..., 0]]
    if layout.photometric == tags.SEPARATED:
        return lambda colors: inks_to_rgb(colors, "CMYK")
    if layout.photometric == tags.YCBCR and layout.compression != tags.JPEG:
        return lambda colors: inks_to_rgb(colors, "YCbCr")
    if layout.photometric == tags.CIELAB:
        return lambda colors: inks_to_rgb(colors, "LAB")
    if layout.photometric == tags.ICCLAB:
        return lambda colors: inks_to_rgb(np.asarray(colors ^ _AXES_MOVED, np.uint8), "LAB")
    table = np.rint(np.arange(2**layout.depth) * (255 / (2**layout.depth - 1))).astype(np.uint8)
    if layout.photometric == tags.WHITE_IS_ZERO:
        table = table[::-1]
    is_plain = layout.depth == 8 and layout.photometric != tags.WHITE_IS_ZERO
    return lambda colors: colors if is_plain else table[colors]


def _palette(layout: TiffLayout) -> NDArray[np.uint8]:
    """(2**bits, 3); of 16 bits, as they should be, or of 8, as some programs write them."""
    assert layout.color_map is not None  # `tiff_layout.check` has seen to it
    values = layout.color_map.T
    return (values >> 8 if values.max(initial=0) > 255 else values).astype(np.uint8)
