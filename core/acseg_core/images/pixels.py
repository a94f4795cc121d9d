"""Conversion of samples of any kind and depth to 8-bit RGB and the valid pixels, the same way for every format.

* Palettes, CMYK, YCbCr and CIELab become RGB; colour profiles are not applied.
* A pixel is void, not valid, where it is wholly transparent, where its colour is the file's value for no data, and
  where it is no number. Void is shown as a flat grey (`VOID_COLOR`), and what is partly transparent is laid over that.
* Grey deeper than 8 bits, signed grey and grey floats are stretched: of the valid values the 2nd percentile becomes
  black and the 98th white; if these are the same, the smallest and the largest. So neither no data nor one hot pixel
  takes the range. Thermal pictures and 12 bits in 16 are seen that way.
* Colour deeper than 8 bits: black stays black, and white is the top of 8, 10, 12, 14, 16 (24, 32) bits, the first that
  holds the 98th percentile, so that hues stay; of floats it is 1, or that percentile when it is more.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

VOID_COLOR = 128
"""Red, green and blue of what is void: the middle, which is neither dark nor bright to a model."""

_STRIP_PIXELS = 4_000_000
"""Pixels of a strip of rows that is converted at once, about, so that extra memory stays flat."""

_INT_WHITES = tuple(2**bits - 1 for bits in (8, 10, 12, 14, 16, 24, 32))
_PERCENTILES = 2, 98
_SAMPLED_PIXELS = 4_000_000
"""Percentiles are those of about so many pixels, evenly spread; of images up to that size, of all."""

_HUGE = 1e30
"""No-data values of that size are written rounded by some programs."""

_STRETCH_TEXT = re.compile(r" (-?[0-9.e+-]+|-?inf|nan)\.\.(-?[0-9.e+-]+|-?inf|nan)$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which value is shown black and which white."""

    black: float
    white: float

    def __str__(self) -> str:
        """Such as "112..2048"."""
        return f"{_shortest(self.black)}..{_shortest(self.white)}"

    @classmethod
    def recorded(cls, mode: str) -> Stretch | None:
        """The stretch at the end of an image's mode, such as "I;16 112..2048"; None if there is none."""
        found = _STRETCH_TEXT.search(mode)
        try:
            return None if found is None else cls(float(found[1]), float(found[2]))
        except ValueError:
            return None


def _shortest(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 2**53 else repr(float(value))


class Raster(Protocol):
    """Samples of an image, a few rows at a time, as often as they are asked for."""

    height: int
    width: int

    def blocks(self) -> Iterator[tuple[slice, NDArray[Any]]]:
        """Which rows, and their samples (rows, W, C), from the top down."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the samples of a pixel mean.

    Attributes:
        colors: How many of them are its colour, from the first on: 1 grey, 3 RGB.
        opacity: Which one is the opacity; None if there is none.
        is_premultiplied: Colours are multiplied by the opacity already.
        is_inverted: Zero is white.
        nodata: Of a pixel that is void, the value of each of its colours; also one for all of them.
    """

    colors: int
    opacity: int | None = None
    is_premultiplied: bool = False
    is_inverted: bool = False
    nodata: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Pixels as they are shown.

    Attributes:
        rgb: (H, W, 3) uint8, C-contiguous.
        valid: (H, W) bool, False where it is void; None where all is valid.
    """

    rgb: NDArray[np.uint8]
    valid: NDArray[np.bool_] | None


def shown(raster: Raster, meaning: Meaning, to_rgb: Callable[[NDArray[Any]], NDArray[np.uint8]]) -> Picture:
    """Convert samples block by block.

    Args:
        raster: The samples.
        meaning: What they are.
        to_rgb: Makes of the colours of a block (h, w, `Meaning.colors`) what is shown of them, (h, w, 3).
    """
    rgb = np.empty((raster.height, raster.width, 3), np.uint8)
    valid: NDArray[np.bool_] | None = None
    for place, block in _pieces(raster):
        rgb[place] = to_rgb(block[..., : meaning.colors])
        opacity = None if meaning.opacity is None else _opacity(block[..., meaning.opacity])
        valid_here = _valid(block, meaning)
        if opacity is not None:
            rgb[place] = over_void(rgb[place], opacity, is_premultiplied=meaning.is_premultiplied)
        if valid_here is not None and not valid_here.all():
            rgb[place][~valid_here] = VOID_COLOR
            valid = np.ones(rgb.shape[:2], np.bool_) if valid is None else valid
            valid[place] = valid_here
    return Picture(rgb, valid)


def _pieces(raster: Raster) -> Iterator[tuple[tuple[slice, slice], NDArray[Any]]]:
    """Which rows and columns, and their samples: where a row has many millions of pixels, some of them at a time."""
    for rows, block in raster.blocks():
        step = max(1, _STRIP_PIXELS // block.shape[0])
        for left in range(0, raster.width, step):
            columns = slice(left, min(left + step, raster.width))
            yield (rows, columns), block[:, columns]


def stretch_of(raster: Raster, meaning: Meaning) -> Stretch:
    """Which values are shown black and white, by the rules in the module's docstring."""
    step = max(1, math.isqrt(raster.height * raster.width // _SAMPLED_PIXELS))
    sampled: list[NDArray[Any]] = []
    lowest, highest = math.inf, -math.inf
    for place, block in _pieces(raster):
        valid = _valid(block, meaning)
        values = _known_values(block, meaning, valid, 1, (0, 0))
        if values.size:
            lowest, highest = min(lowest, float(values.min())), max(highest, float(values.max()))
        first = -place[0].start % step, -place[1].start % step
        sampled.append(values if step == 1 else _known_values(block, meaning, valid, step, first))
    values = np.concatenate(sampled) if sampled else np.zeros(0)
    if not highest >= lowest:
        return Stretch(0.0, 0.0)
    low, high = _percentiles(values) if values.size else (lowest, highest)
    if meaning.colors == 1:
        return Stretch(low, high) if low < high else Stretch(lowest, highest)
    return Stretch(min(low, 0.0), _white(high, floating=values.dtype.kind == "f"))


def percentile_stretch(values: NDArray[Any], low: float, high: float) -> Stretch:
    """Stretch between two percentiles of values; where these are the same, between the smallest and the largest.

    Args:
        values: (n,) of any number type; what is no number is left out.
        low: Percentile that is shown black, 0..100.
        high: Percentile that is shown white.

    Returns:
        0..0 where there is no value.
    """
    known = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    if not known.size:
        return Stretch(0.0, 0.0)
    black, white = _percentiles(known, low, high)
    return Stretch(black, white) if black < white else Stretch(float(known.min()), float(known.max()))


def _percentiles(
    values: NDArray[Any], low: float = _PERCENTILES[0], high: float = _PERCENTILES[1]
) -> tuple[float, float]:
    """Values that occur, so that integers stay integers."""
    last = len(values) - 1
    least, most = math.floor(last * low / 100), math.ceil(last * high / 100)
    ordered = np.partition(values, sorted({least, most}))
    return float(ordered[least]), float(ordered[most])


def _known_values(
    block: NDArray[Any], meaning: Meaning, valid: NDArray[np.bool_] | None, step: int, first: tuple[int, int]
) -> NDArray[Any]:
    """(n,) values of colours that are numbers and no data to leave out, of every so manieth row and column."""
    part = slice(first[0], None, step), slice(first[1], None, step)
    colors = block[part][..., : meaning.colors]
    known = np.isfinite(colors) if colors.dtype.kind == "f" else None
    if valid is not None:
        here = np.broadcast_to(valid[part][..., None], colors.shape)
        known = here if known is None else known & here
    if len(meaning.nodata) == 1:
        there = ~_equal(colors, meaning.nodata[0])
        known = there if known is None else known & there
    return colors.ravel() if known is None else colors[known]


def _valid(block: NDArray[Any], meaning: Meaning) -> NDArray[np.bool_] | None:
    """(h, w); None where nothing in the file could make a pixel void."""
    colors = block[..., : meaning.colors]
    valid: NDArray[np.bool_] | None = None
    if colors.dtype.kind == "f":
        valid = ~np.isnan(colors).all(axis=2)
    if meaning.nodata:
        values = meaning.nodata if len(meaning.nodata) > 1 else meaning.nodata * meaning.colors
        is_void = np.ones(colors.shape[:2], np.bool_)
        for channel, value in enumerate(values):
            is_void &= _equal(colors[..., channel], value)
        valid = ~is_void if valid is None else valid & ~is_void
    if meaning.opacity is not None:
        opaque = block[..., meaning.opacity] > 0
        valid = opaque if valid is None else valid & opaque
    return valid


def _equal(values: NDArray[Any], value: float) -> NDArray[np.bool_]:
    if values.dtype.kind != "f":
        if not math.isfinite(value) or value != int(value):
            return np.zeros(values.shape, np.bool_)
        info = np.iinfo(values.dtype)
        if not info.min <= value <= info.max:
            return np.zeros(values.shape, np.bool_)
        return np.asarray(values == values.dtype.type(int(value)))
    if math.isnan(value):
        return np.asarray(np.isnan(values))
    with np.errstate(over="ignore", invalid="ignore"):
        rounded = values.dtype.type(value)
        if abs(value) < _HUGE:
            return np.asarray(values == rounded)
        least = min(abs(value) * (1 - 1e-5), float(np.finfo(values.dtype).max))
        return np.asarray((np.signbit(values) == np.signbit(rounded)) & (np.abs(values) >= least))


def _opacity(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Of whatever depth, as 0..255."""
    if values.dtype == np.uint8:
        return values
    most = float(np.iinfo(values.dtype).max) if values.dtype.kind in "ui" else 1.0
    return scaled(values, Stretch(0.0, most))


def over_void(
    colors: NDArray[np.uint8], opacity: NDArray[np.uint8], *, is_premultiplied: bool = False
) -> NDArray[np.uint8]:
    """Lay colours (h, w, 3) over `VOID_COLOR`, as much of them as their opacity (h, w) says."""
    share = opacity[..., None].astype(np.uint16)
    under = (255 - share) * np.uint16(VOID_COLOR)
    over = colors.astype(np.uint16) * (np.uint16(255) if is_premultiplied else share)
    if is_premultiplied:
        return np.asarray(np.minimum((over.astype(np.uint32) + under + 127) // 255, 255), np.uint8)
    return np.asarray((over + under + 127) // 255, np.uint8)


def scaled(values: NDArray[Any], stretch: Stretch) -> NDArray[np.uint8]:
    """The same shape, uint8: ``black`` becomes 0 and ``white`` 255; what is no number becomes 0."""
    black, white = stretch.black, stretch.white
    if black == white:
        return np.zeros(values.shape, np.uint8)
    if values.dtype in (np.uint8, np.uint16):
        table = scaled(np.arange(np.iinfo(values.dtype).max + 1, dtype=np.float64), stretch)
        return np.take(table, values)
    finite = np.nan_to_num(values.astype(np.float64), nan=black, posinf=white, neginf=black)
    level = (finite - black) * (255 / (white - black))
    return np.rint(np.clip(level, 0, 255)).astype(np.uint8)


def stretched(stretch: Stretch, *, is_inverted: bool = False) -> Callable[[NDArray[Any]], NDArray[np.uint8]]:
    """What makes RGB of grey or RGB of any depth."""
    used = Stretch(stretch.white, stretch.black) if is_inverted else stretch
    return lambda colors: scaled(colors, used)


def image_to_rgb(image: Image.Image) -> Picture:
    """Convert a loaded image of 8 bits, of any mode a file can have."""
    rgb = np.empty((image.height, image.width, 3), np.uint8)
    valid: NDArray[np.bool_] | None = None
    for rows in _strips(image.height, image.width):
        strip = image.crop((0, rows.start, image.width, rows.stop))
        if not _may_be_transparent(image):
            rgb[rows] = np.asarray(strip if strip.mode == "RGB" else strip.convert("RGB"))
            continue
        rgba = np.asarray(strip.convert("RGBA"))
        rgb[rows] = over_void(rgba[..., :3], rgba[..., 3])
        opaque = rgba[..., 3] > 0
        if not opaque.all():
            valid = np.ones(rgb.shape[:2], np.bool_) if valid is None else valid
            valid[rows] = opaque
    return Picture(rgb, valid)


def bgr_to_rgb(pixels: NDArray[np.uint8], *, is_opaque: bool) -> Picture:
    """Convert (H, W, 3 or 4) blue, green, red and opacity, as OpenCV has them; opacity may be left aside."""
    height, width, channels = pixels.shape
    rgb = np.empty((height, width, 3), np.uint8)
    valid: NDArray[np.bool_] | None = None
    for rows in _strips(height, width):
        rgb[rows] = pixels[rows, :, 2::-1]
        if channels == 3 or is_opaque:
            continue
        opacity = pixels[rows, :, 3]
        rgb[rows] = over_void(rgb[rows], opacity)
        if not opacity.all():
            valid = np.ones((height, width), np.bool_) if valid is None else valid
            valid[rows] = opacity > 0
    return Picture(rgb, valid)


def _may_be_transparent(image: Image.Image) -> bool:
    return image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info


def inks_to_rgb(colors: NDArray[np.uint8], mode: str) -> NDArray[np.uint8]:
    """Convert colours of 8 bits as Pillow does.

    Args:
        colors: (h, w, C).
        mode: "CMYK", "YCbCr" or "LAB", whose colour axes are signed bytes.

    Returns:
        (h, w, 3).
    """
    height, width = colors.shape[:2]
    image = Image.frombytes(mode, (width, height), np.ascontiguousarray(colors).tobytes())
    if mode != "LAB":
        return np.asarray(image.convert("RGB"))
    profiles = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(image, *profiles, outputMode="RGB")
    return np.asarray(image if converted is None else converted)


def _white(brightest: float, *, floating: bool) -> float:
    if floating:
        return max(brightest, 1.0)
    return next((float(white) for white in _INT_WHITES if brightest <= white), brightest)


def _strips(height: int, width: int) -> Iterator[slice]:
    step = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, step):
        yield slice(top, min(top + step, height))
