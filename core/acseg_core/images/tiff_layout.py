"""How the pixels of a TIFF page are laid out, by its tags.

What of it is read is said in `tiff_support`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.images.tiff_header import TiffDirectory, TiffError

NONE, CCITT, FAX3, FAX4, LZW, OLD_JPEG, JPEG, DEFLATE = 1, 2, 3, 4, 5, 6, 7, 8
PACKBITS, OLD_DEFLATE, LZMA, WEBP = 32773, 32946, 34925, 50001
FAX = (CCITT, FAX3, FAX4)
PICTURES = (JPEG, WEBP)
"""Compressions of a picture, not of bytes: always of 8 bits."""
BYTES = (NONE, LZW, DEFLATE, OLD_DEFLATE, PACKBITS, LZMA)
"""Compressions of bytes, whatever these mean."""
PREDICTED = (LZW, DEFLATE, OLD_DEFLATE, LZMA)
"""Compressions that a predictor may come before; for others that tag means nothing."""

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, MASK, SEPARATED, YCBCR, CIELAB, ICCLAB = 0, 1, 2, 3, 4, 5, 6, 8, 9
GRAYS = (WHITE_IS_ZERO, BLACK_IS_ZERO, MASK)
COLORS = {RGB: 3, PALETTE: 1, SEPARATED: 4, YCBCR: 3, CIELAB: 3, ICCLAB: 3} | dict.fromkeys(GRAYS, 1)

UNSIGNED, SIGNED, FLOAT, UNDEFINED = 1, 2, 3, 4
_REDUCED, _MASK_PAGE = 1, 4

_TAGS = {
    "subfile": 254,
    "width": 256,
    "height": 257,
    "bits": 258,
    "compression": 259,
    "photometric": 262,
    "fill_order": 266,
    "strips": 273,
    "orientation": 274,
    "samples": 277,
    "rows_per_strip": 278,
    "strip_lengths": 279,
    "planar": 284,
    "fax3_options": 292,
    "fax4_options": 293,
    "predictor": 317,
    "color_map": 320,
    "tile_width": 322,
    "tile_height": 323,
    "tiles": 324,
    "tile_lengths": 325,
    "ink_set": 332,
    "extra": 338,
    "sample_format": 339,
    "jpeg_tables": 347,
    "coefficients": 529,
    "subsampling": 530,
    "reference": 532,
    "gdal": 42112,
    "nodata": 42113,
    "dng": 50706,
}
_NOMINAL = {529: (0.299, 0.587, 0.114), 532: (0, 255, 128, 255, 128, 255)}
"""Of YCbCr; what a file says otherwise is not followed, but refused."""


@dataclass(frozen=True, slots=True, eq=False)
class TiffLayout:
    """What the tags of one page say.

    Attributes:
        byte_order: "<" or ">".
        width: Pixels per row.
        height: Rows.
        bits: Of each sample of a pixel.
        formats: Of each sample: `UNSIGNED`, `SIGNED`, `FLOAT`, `UNDEFINED`, or 5 and 6 for complex numbers.
        photometric: What the samples mean; see the constants.
        compression: See the constants.
        predictor: 1 none, 2 differences of samples, 3 differences of the bytes of floats.
        planar: 1 pixel by pixel, 2 plane by plane.
        extra: What the samples behind the colour are: 0 anything, 1 opacity that the colour is multiplied by, 2
            opacity.
        segment_width: Of a tile, or the image's.
        segment_height: Of a tile, or rows of a strip.
        is_tiled: Tiles, not strips.
        offsets: (n,) uint64, where the segments are in the file.
        lengths: (n,) uint64, their bytes.
        subsampling: Of the two colour differences of YCbCr: across, down.
        orientation: EXIF's, 1..8.
        bits_from_right: The first pixel is in the lowest bit of a byte.
        color_map: (3, 2**bits) uint16, or None.
        nodata: The value that GDAL writes where nothing is known; None if there is none.
        fax_options: Tag 292 or 293.
        jpeg_tables: What the segments have in common.
        band_names: What GDAL says each sample is, such as "red" or "nir"; "" of those it says nothing of.
        oddity: What else keeps it from being read, as a phrase; "" for nothing.
    """

    byte_order: str
    width: int
    height: int
    bits: tuple[int, ...]
    formats: tuple[int, ...]
    photometric: int
    compression: int
    predictor: int
    planar: int
    extra: tuple[int, ...]
    segment_width: int
    segment_height: int
    is_tiled: bool
    offsets: NDArray[np.uint64]
    lengths: NDArray[np.uint64]
    subsampling: tuple[int, int]
    orientation: int
    bits_from_right: bool
    color_map: NDArray[np.uint16] | None
    nodata: float | None
    fax_options: tuple[int, int]
    jpeg_tables: bytes
    band_names: tuple[str, ...]
    oddity: str

    @property
    def samples(self) -> int:
        """Of a pixel."""
        return len(self.bits)

    @property
    def colors(self) -> int:
        """Samples of a pixel that are its colour, as its kind says; the rest is opacity, or anything else."""
        return min(self.samples, COLORS.get(self.photometric, self.samples))

    @property
    def opacity(self) -> int | None:
        """Which sample is the opacity: the first that is said to be one."""
        return next((self.colors + place for place, kind in enumerate(self.extra) if kind in (1, 2)), None)

    @property
    def has_bands(self) -> bool:
        """Whether its samples are values of bands, of which any can be shown; others become RGB by their kind."""
        return self.photometric in (*GRAYS, RGB)

    @property
    def depth(self) -> int:
        """Bits of a sample."""
        return self.bits[0]

    @property
    def format(self) -> int:
        """Of a sample; what is undefined is taken for unsigned integers."""
        return UNSIGNED if self.formats[0] == UNDEFINED else self.formats[0]

    @property
    def is_deep(self) -> bool:
        """Whether its values must be brought to 8 bits by a choice: which is black, which is white."""
        return self.photometric in (*GRAYS, RGB) and (self.depth > 8 or self.format != UNSIGNED)


def main_pages(directories: tuple[TiffDirectory, ...]) -> tuple[TiffDirectory, ...]:
    """The pages that are pictures: neither smaller copies of one nor masks.

    Raises:
        TiffError: A directory is damaged.
    """
    kinds = [directory.number(_TAGS["subfile"], 0) for directory in directories]
    pages = tuple(
        directory for directory, kind in zip(directories, kinds, strict=True) if not kind & (_REDUCED | _MASK_PAGE)
    )
    return pages or directories[:1]


def mask_page(directories: tuple[TiffDirectory, ...], page: TiffDirectory) -> TiffDirectory | None:
    """The page that says which pixels of a page are valid: the next but smaller copies, as GDAL writes it.

    Raises:
        TiffError: A directory is damaged.
    """
    for directory in directories[directories.index(page) + 1 :]:
        kind = directory.number(_TAGS["subfile"], 0)
        if kind & _MASK_PAGE and not kind & _REDUCED:
            return directory
        if not kind & (_REDUCED | _MASK_PAGE):
            return None
    return None


def size_of(page: TiffDirectory) -> tuple[int, int]:
    """Width and height.

    Raises:
        TiffError: The page is damaged.
    """
    return page.number(_TAGS["width"], 0), page.number(_TAGS["height"], 0)


def layout_of(page: TiffDirectory) -> TiffLayout:
    """Read a page's tags.

    Raises:
        TiffError: They are damaged, or contradict each other.
    """
    tag = _TAGS
    width, height = size_of(page)
    samples = page.number(tag["samples"], 1)
    if not 1 <= samples <= _MOST_SAMPLES:
        raise TiffError(f"{samples} samples")
    photometric = page.number(tag["photometric"], -1)
    is_tiled = tag["tile_width"] in page
    listed = ("tiles", "tile_lengths") if tag["tiles"] in page else ("strips", "strip_lengths")
    segment_width = page.number(tag["tile_width"], 0) if is_tiled else width
    rows = page.number(tag["tile_height"], 0) if is_tiled else min(page.number(tag["rows_per_strip"], height), height)
    extra = page.numbers(tag["extra"])
    spare = samples - min(samples, COLORS.get(photometric, samples))
    orientation = page.number(tag["orientation"], 1)
    across, down = (*page.numbers(tag["subsampling"], (2, 2)), 1, 1)[:2]
    return TiffLayout(
        byte_order=page.byte_order,
        width=width,
        height=height,
        bits=_each(page.numbers(tag["bits"], (1,)), samples),
        formats=_each(page.numbers(tag["sample_format"], (UNSIGNED,)), samples),
        photometric=photometric,
        compression=page.number(tag["compression"], NONE),
        predictor=page.number(tag["predictor"], 1),
        planar=page.number(tag["planar"], 1) if samples > 1 else 1,
        extra=(*extra, *[0] * spare)[:spare],
        segment_width=segment_width,
        segment_height=rows,
        is_tiled=is_tiled,
        offsets=page.array(tag[listed[0]]).astype(np.uint64),
        lengths=page.array(tag[listed[1]]).astype(np.uint64),
        subsampling=(across, down),
        orientation=orientation if orientation in range(1, 9) else 1,
        bits_from_right=page.number(tag["fill_order"], 1) == 2,
        color_map=_color_map(page),
        nodata=_nodata(page),
        fax_options=(page.number(tag["fax3_options"], 0), page.number(tag["fax4_options"], 0)),
        jpeg_tables=page.raw(tag["jpeg_tables"]) if tag["jpeg_tables"] in page else b"",
        band_names=_band_names(page, samples),
        oddity=_oddity(page, photometric),
    )


_MOST_SAMPLES = 65_535


def _each(values: tuple[int, ...], samples: int) -> tuple[int, ...]:
    """One for every sample: some writers give one for all."""
    return (values + values[-1:] * samples)[:samples]


def _color_map(page: TiffDirectory) -> NDArray[np.uint16] | None:
    values = page.array(_TAGS["color_map"])
    if len(values) % 3 or not len(values):
        return None
    return values.reshape(3, -1).astype(np.uint16)


def _nodata(page: TiffDirectory) -> float | None:
    if _TAGS["nodata"] not in page:
        return None
    try:
        return float(page.text(_TAGS["nodata"]).strip())
    except ValueError:  # also what is no text: GDAL's note is no reason to refuse the picture
        return None


def _band_names(page: TiffDirectory, samples: int) -> tuple[str, ...]:
    """By GDAL's note of colours, which it writes where the photometric kind does not say them."""
    names = [""] * samples
    if _TAGS["gdal"] in page:
        try:
            note = page.raw(_TAGS["gdal"])[:_MOST_NOTE_BYTES]
        except TiffError:  # a note is no reason to refuse the picture
            note = b""
        for band, name in _COLOR_NOTE.findall(note):
            if int(band) < samples:
                names[int(band)] = name.decode("ascii").lower()
    return tuple(names)


_COLOR_NOTE = re.compile(rb'<Item name="COLORINTERP" sample="(\d{1,5})" role="colorinterp">([A-Za-z]{1,20})</Item>')
_MOST_NOTE_BYTES = 1 << 20


def _oddity(page: TiffDirectory, photometric: int) -> str:
    if _TAGS["dng"] in page:
        return "camera raw"
    if photometric == SEPARATED and page.number(_TAGS["ink_set"], 1) != 1:
        return "inks other than CMYK"
    if photometric == YCBCR:
        for tag, nominal in _NOMINAL.items():
            if tag in page and not np.allclose(page.array(tag)[: len(nominal)], nominal, atol=1e-3):
                return "an unusual kind of YCbCr"
    return ""


def segments_across(layout: TiffLayout) -> int:
    """Segments that hold the same row: tiles beside each other, of every plane."""
    return math.ceil(layout.width / layout.segment_width) * (layout.samples if layout.planar == 2 else 1)


def segment_count(layout: TiffLayout) -> int:
    """All segments."""
    return segments_across(layout) * math.ceil(layout.height / layout.segment_height)


def is_subsampled(layout: TiffLayout) -> bool:
    """YCbCr that is stored in units of several pixels; in JPEG streams that is the decoder's business."""
    return layout.photometric == YCBCR and layout.compression != JPEG and layout.subsampling != (1, 1)


def check(layout: TiffLayout, *, file_size: int) -> None:
    """Look whether the page can be whole.

    Raises:
        TiffError: A segment is not in the file, or segments are missing.
    """
    if layout.segment_width < 1 or layout.segment_height < 1:
        raise TiffError("segments without pixels")
    if not {1, 2, 4} >= set(layout.subsampling) or (layout.photometric == PALETTE and not _fits(layout)):
        raise TiffError("a palette of another size, or subsampling that does not exist")
    needed = segment_count(layout)
    lengths_known = len(layout.lengths) >= needed or (not len(layout.lengths) and layout.compression == NONE)
    if len(layout.offsets) < needed or not lengths_known:
        raise TiffError("segments are missing")
    if len(layout.lengths) and _ends_behind(layout, needed, file_size):
        raise TiffError("truncated: segments behind the end", is_cut=True)


def _fits(layout: TiffLayout) -> bool:
    return layout.color_map is not None and layout.color_map.shape[1] == 2**layout.depth


def _ends_behind(layout: TiffLayout, needed: int, file_size: int) -> bool:
    offsets, lengths = layout.offsets[:needed], layout.lengths[:needed]
    return bool(np.any(offsets > file_size) or np.any(lengths > file_size - np.minimum(offsets, file_size)))
