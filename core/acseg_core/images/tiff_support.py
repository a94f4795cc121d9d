"""What of TIFF is read rightly, and the name of the rest.

This is the table of it: a page that it does not know to be read rightly is refused, in one line that says what the page
is and what to do about it.
"""

from __future__ import annotations

from acseg_core.images.tiff_layout import (
    BYTES,
    CCITT,
    COLORS,
    DEFLATE,
    FAX,
    FAX3,
    FAX4,
    FLOAT,
    GRAYS,
    JPEG,
    LZMA,
    LZW,
    NONE,
    OLD_DEFLATE,
    OLD_JPEG,
    PACKBITS,
    PALETTE,
    PICTURES,
    PREDICTED,
    RGB,
    SEPARATED,
    SIGNED,
    UNSIGNED,
    WEBP,
    YCBCR,
    TiffLayout,
    is_subsampled,
    segment_count,
)

LERC, ZSTD = 34887, 50000
GDAL_READS = (LERC, ZSTD)
"""Compressions that are not read here, but as scenes where the extra ``geo`` is installed."""

INSTALL_HINT = 'pip install "acseg-desktop[geo]"'

MOST_SEGMENTS = 500_000
"""A good deal more tiles than 120 megapixels have, 16 x 16 pixels each."""

MOST_BYTES_AT_ONCE = 300_000_000
"""Of a row, and of a strip or tile whose decoder gives all of it at once."""


def described(layout: TiffLayout) -> str:
    """Bands, bits and compression, in a few words."""
    depths = sorted(set(layout.bits))
    bits = str(depths[0]) if len(depths) == 1 else " and ".join(map(str, depths))
    kind = compression_name(layout.compression)
    if layout.samples == 1:
        return f"1 band of {bits} bits, {kind}"
    return f"{layout.samples} bands of {bits} bits, {kind}"


def compression_name(compression: int) -> str:
    """What it is called."""
    words = {NONE: "not compressed", OLD_JPEG: "old JPEG", FAX3: "fax group 3", FAX4: "fax group 4"}
    if compression not in words and compression not in _COMPRESSION_NAMES:
        return f"compression {compression}"
    return words.get(compression) or _COMPRESSION_NAMES[compression]


def refusal(layout: TiffLayout) -> str:
    """Why a sound page is not read, and what to do about it; "" where it is."""
    problem = _problem(layout)
    return f"TIFF with {described(layout)}: {problem}" if problem else ""


def _problem(layout: TiffLayout) -> str:
    if layout.oddity:
        return f"{layout.oddity} is not supported; convert it to an RGB TIFF"
    if layout.compression not in (*BYTES, *FAX, *PICTURES):
        if layout.compression in GDAL_READS:
            return (
                "this compression is not supported; save it with deflate compression, or with none, or let GDAL read "
                f"it: {INSTALL_HINT}"
            )
        return "this compression is not supported; save it with deflate compression, or with none"
    if layout.photometric < 0:
        return "the meaning of its values is not declared; save it as grey or RGB"
    if layout.photometric not in COLORS:
        return f"colour type {layout.photometric} is not supported; save it as grey or RGB"
    if layout.planar not in (1, 2) or len(set(layout.bits)) > 1 or len(set(layout.formats)) > 1:
        return "bands with different data types are not supported; save all bands with the same one"
    return _problem_of_samples(layout) or _problem_of_coding(layout) or _problem_of_size(layout)


def _problem_of_samples(layout: TiffLayout) -> str:
    depth, spare = layout.depth, layout.samples - layout.colors
    if layout.format not in (UNSIGNED, SIGNED, FLOAT):
        return "complex numbers are not supported; save their magnitude"
    if layout.colors < COLORS[layout.photometric]:
        return "too few bands for this colour type; save it as grey or RGB"
    plain = layout.format == UNSIGNED
    if layout.photometric in (*GRAYS, RGB):
        known = (
            depth
            in {UNSIGNED: (*range(1, 17), 24, 32, 64), SIGNED: (8, 16, 32, 64), FLOAT: (16, 32, 64)}[layout.format]
        )
    elif layout.photometric == PALETTE:
        known = plain and depth in (1, 2, 4, 8, 16)
    else:
        known = plain and depth == 8
    if not known:
        return "this data type is not supported; save it with 8 or 16 bits"
    if layout.photometric == PALETTE and spare:
        return "a palette together with other bands is not supported; save it as RGB"
    return ""


def _problem_of_coding(layout: TiffLayout) -> str:
    compression, predictor = layout.compression, layout.predictor
    if compression in FAX and (layout.samples, layout.depth) != (1, 1):
        return "fax compression is for black and white only; save it with deflate compression"
    if compression in PICTURES and (layout.depth != 8 or layout.format != UNSIGNED or layout.photometric == PALETTE):
        return "this compression is supported for 8 bits only; save it with deflate compression"
    if compression in PICTURES and layout.photometric not in (*GRAYS, RGB, YCBCR, SEPARATED):
        return "this compression is not supported for such colours; save it as RGB"
    if compression == JPEG and layout.planar == 1 and layout.samples not in (1, 3, 4):
        return "this compression is supported for 1, 3 and 4 bands only; save it with deflate compression"
    if compression == WEBP and (layout.planar == 2 or layout.photometric != RGB):
        return "this compression is supported for RGB only; save it with deflate compression"
    if compression in PREDICTED and predictor != 1:
        right = {2: layout.depth in (8, 16, 32, 64), 3: layout.format == FLOAT}.get(predictor, False)
        if not right or is_subsampled(layout):
            return f"predictor {predictor} is not supported for this data type; save it without a predictor"
    in_pieces = is_subsampled(layout) or (compression == JPEG and layout.photometric == YCBCR)
    if in_pieces and (layout.planar == 2 or layout.samples > 3):
        return "YCbCr in separate planes is not supported; save it as RGB"
    return ""


def _problem_of_size(layout: TiffLayout) -> str:
    if layout.segment_width < 1 or layout.segment_height < 1:
        return ""  # damaged, and refused as that
    if segment_count(layout) > MOST_SEGMENTS:
        return "this many small strips or tiles are not supported; save it with larger ones"
    row = max(layout.width, layout.segment_width) * layout.samples * layout.depth // 8
    strip = layout.segment_width * layout.segment_height * layout.samples * layout.depth // 8
    is_whole = layout.compression in (LZW, PACKBITS, *FAX, *PICTURES)
    if row > MOST_BYTES_AT_ONCE or (is_whole and strip > MOST_BYTES_AT_ONCE):
        return "strips or tiles of this size are not supported with this compression; save it with smaller ones"
    return ""


_COMPRESSION_NAMES = {
    CCITT: "CCITT RLE",
    LZW: "LZW",
    JPEG: "JPEG",
    DEFLATE: "deflate",
    9: "JBIG",
    10: "JBIG",
    32766: "NeXT",
    32771: "CCITT RLE",
    PACKBITS: "PackBits",
    32809: "ThunderScan",
    OLD_DEFLATE: "deflate",
    33003: "JPEG 2000",
    33005: "JPEG 2000",
    34661: "JBIG",
    34676: "SGI LogLuv",
    34677: "SGI LogLuv",
    34712: "JPEG 2000",
    LERC: "LERC",
    LZMA: "LZMA",
    34933: "PNG",
    34934: "JPEG XR",
    ZSTD: "ZSTD",
    WEBP: "WebP",
    50002: "JPEG XL",
    52546: "JPEG XL",
}
