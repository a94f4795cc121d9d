"""A page of a TIFF file as a picture: its samples by `tiff_samples`, what they mean by its tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from acseg_core.images import tiff_layout as tags
from acseg_core.images.band_samples import SAMPLED_PIXELS, BandSamples, rendered, sampled, sampled_picture
from acseg_core.images.pixels import VOID_COLOR, Meaning, Picture, Stretch, inks_to_rgb, shown, stretch_of, stretched
from acseg_core.images.rendering import RGB, Rendering, preset_bands
from acseg_core.images.tiff_header import TiffDirectory, read_directories
from acseg_core.images.tiff_layout import TiffLayout
from acseg_core.images.tiff_samples import TiffSamples
from acseg_core.images.tiff_support import refusal

RED_GREEN_BLUE = ("red", "green", "blue")

ToRgb = Callable[[NDArray[Any]], NDArray[np.uint8]]

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


def band_names(page: TiffPage) -> tuple[str, ...]:
    """What each band of a page is, in GDAL's words; of pages that become RGB by their kind, red, green and blue."""
    layout = page.layout
    if not layout.has_bands:
        return RED_GREEN_BLUE
    colors = RED_GREEN_BLUE if layout.photometric == tags.RGB else ("gray",)
    return tuple(
        "alpha" if place == layout.opacity else name or (colors[place] if place < len(colors) else "undefined")
        for place, name in enumerate(layout.band_names)
    )


def sample_bands(file: BinaryIO, page: TiffPage, bands: tuple[int, ...], *, most: int = SAMPLED_PIXELS) -> BandSamples:
    """Sample bands of a page that `tiff_support.refusal` has nothing against.

    Args:
        file: The whole file, open.
        page: Its tags.
        bands: Which, from 1; there.
        most: Pixels wanted, about.

    Raises:
        TiffError: The file is damaged, or cut short.
    """
    if not page.layout.has_bands:
        return sampled_picture(decode_page(file, page)[0], bands, most=most)
    samples, meaning = _samples(file, page.layout, tuple(band - 1 for band in bands))
    mask = None if page.mask is None else _checked(file, page.mask)
    return sampled(samples, meaning, mask=mask, most=most)


def decode_page(
    file: BinaryIO, page: TiffPage, stretch: Stretch | None = None, *, rendering: Rendering | None = None
) -> tuple[Picture, str]:
    """Decode a page that `tiff_support.refusal` has nothing against; it is not turned yet.

    Args:
        file: The whole file, open.
        page: Its tags.
        stretch: What is shown black and white; by the rules of `pixels` if left out.
        rendering: Which bands are shown, and how, whose bands are there; by the page's kind if left out.

    Returns:
        The picture; and its mode, with the stretch if there is one.

    Raises:
        TiffError: The file is damaged, or cut short.
    """
    layout, mode = page.layout, _mode(page.layout, len(_shown_samples(page)))
    if rendering is not None and not layout.has_bands:
        picture, mode = decode_page(file, page, stretch)
        return rendered(picture, rendering), mode
    if rendering is not None:
        samples, meaning = _samples(file, layout, tuple(band - 1 for band in rendering.bands))
        picture = shown(samples, meaning, _inverted(rendering.rgb) if meaning.is_inverted else rendering.rgb)
    else:
        samples, meaning = _samples(file, layout, _shown_samples(page))
        if layout.is_deep:
            stretch = stretch_of(samples, meaning) if stretch is None else stretch
            mode = f"{mode} {stretch}"
            picture = shown(samples, meaning, stretched(stretch, is_inverted=meaning.is_inverted))
        else:
            picture = shown(samples, meaning, _colorer(layout))
    return picture if page.mask is None else _masked(picture, _checked(file, page.mask)), mode


def _shown_samples(page: TiffPage) -> tuple[int, ...]:
    """Which samples are shown where nobody chose: the colour; of grey with more bands, what is said to be it."""
    if page.layout.photometric not in tags.GRAYS:
        return tuple(range(page.layout.colors))
    return tuple(band - 1 for band in preset_bands(band_names(page), RGB))


def _checked(file: BinaryIO, layout: TiffLayout) -> TiffSamples:
    tags.check(layout, file_size=file.seek(0, 2))
    return TiffSamples(file, layout)


def _samples(file: BinaryIO, layout: TiffLayout, colors: tuple[int, ...]) -> tuple[TiffSamples, Meaning]:
    """Samples that are shown, and the opacity behind them."""
    tags.check(layout, file_size=file.seek(0, 2))
    opacity = () if layout.opacity is None else (layout.opacity,)
    return TiffSamples(file, layout, only=(*colors, *opacity)), _meaning(layout, len(colors))


def _inverted(to_rgb: ToRgb) -> ToRgb:
    return lambda colors: np.invert(to_rgb(colors))


def _masked(picture: Picture, mask: TiffSamples) -> Picture:
    valid = np.ones(picture.rgb.shape[:2], np.bool_) if picture.valid is None else picture.valid
    for rows, block in mask.blocks():
        valid[rows] &= block[..., 0] > 0
        picture.rgb[rows][~valid[rows]] = VOID_COLOR
    return Picture(picture.rgb, None if valid.all() else valid)


def _meaning(layout: TiffLayout, colors: int) -> Meaning:
    has_values = layout.photometric in (*tags.GRAYS, tags.RGB, tags.PALETTE)
    return Meaning(
        colors=colors,
        opacity=None if layout.opacity is None else colors,
        is_premultiplied=layout.opacity is not None and layout.extra[layout.opacity - layout.colors] == 1,
        is_inverted=layout.photometric == tags.WHITE_IS_ZERO,
        nodata=(layout.nodata,) if has_values and layout.nodata is not None else (),
    )


def _mode(layout: TiffLayout, colors: int) -> str:
    """As Pillow would name it; it has no names for most."""
    is_rgb = layout.photometric == tags.RGB or (layout.photometric in tags.GRAYS and colors == 3)
    if is_rgb:
        name = "RGB"
    elif layout.photometric in tags.GRAYS and not layout.is_deep:
        name = "1" if layout.depth == 1 else "L"
    elif layout.photometric in tags.GRAYS:
        name = "F" if (layout.format, layout.depth) == (tags.FLOAT, 32) else f"I;{_number_kind(layout)}"
    else:
        names = {tags.PALETTE: "P", tags.SEPARATED: "CMYK", tags.YCBCR: "YCbCr"}
        name = names.get(layout.photometric, "LAB")
    if layout.opacity is not None:
        name += "A" if name in ("L", "RGB", "CMYK") else ";A"
    elif layout.samples > colors:
        name += "X"
    return f"{name};{_number_kind(layout)}" if layout.is_deep and is_rgb else name


def _number_kind(layout: TiffLayout) -> str:
    return f"{layout.depth}{ {tags.SIGNED: 'S', tags.FLOAT: 'F'}.get(layout.format, '') }"


def _colorer(layout: TiffLayout) -> ToRgb:
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
