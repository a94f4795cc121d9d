"""Conversion of pixels of any mode and depth to 8-bit RGB, the same way for every file format.

* Palettes, CMYK, YCbCr and CIELab become RGB; transparency is laid over white; colour profiles are not applied.
* Grey deeper than 8 bits, and grey floats: the darkest value becomes black, the brightest white. Thermal pictures and
  12 bits in 16 are seen that way; values that are no number become black.
* Colour deeper than 8 bits: black stays black, and white is the top of 8, 10, 12, 14, 16 (24, 32) bits, the first that
  holds the brightest value, so that hues stay; of floats it is 1, or the brightest value when that is more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

_STRIP_PIXELS = 4_000_000
"""Pixels of a strip of rows that is converted at once, about, so that extra memory stays flat."""

_INT_WHITES = tuple(2**bits - 1 for bits in (8, 10, 12, 14, 16, 24, 32))


def image_to_rgb(image: Image.Image, *, inverted: bool = False) -> NDArray[np.uint8]:
    """Convert a loaded image of any mode a file can have.

    Args:
        image: As Pillow loaded it.
        inverted: Zero is white; only asked of grey deeper than 8 bits (the rest Pillow has turned already).

    Returns:
        (H, W, 3) uint8, C-contiguous.
    """
    if image.mode == "F" or image.mode.startswith("I"):
        return deep_to_rgb(np.asarray(image), inverted=inverted)
    rgb = np.empty((image.height, image.width, 3), np.uint8)
    for rows in _strips(image.height, image.width):
        strip = image.crop((0, rows.start, image.width, rows.stop))
        rgb[rows] = np.asarray(_strip_to_rgb(strip))
    return rgb


def _strip_to_rgb(strip: Image.Image) -> Image.Image:
    if strip.mode == "RGB" and "transparency" not in strip.info:
        return strip
    if strip.mode == "LAB":
        profiles = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(strip, *profiles, outputMode="RGB")
        return converted if converted is not None else strip
    if strip.mode == "La":
        strip = strip.convert("LA")
    if strip.mode in ("LA", "PA", "RGBA", "RGBa") or "transparency" in strip.info:
        white = Image.new("RGBA", strip.size, "white")
        return Image.alpha_composite(white, strip.convert("RGBA")).convert("RGB")
    return strip.convert("RGB")


def deep_to_rgb(pixels: NDArray[Any], *, inverted: bool = False) -> NDArray[np.uint8]:
    """Scale pixels of any depth to 8 bits a channel, as the module's docstring says.

    Args:
        pixels: (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA; integers or floats.
        inverted: Zero is white.

    Returns:
        (H, W, 3) uint8, C-contiguous.
    """
    height, width = pixels.shape[:2]
    gray = pixels.ndim == 2
    black, white = _range(pixels if gray else pixels[:, :, :3])
    if not gray:
        black, white = 0.0, _white(white, floating=pixels.dtype.kind == "f")
    if inverted:
        black, white = white, black
    opaque = float(np.iinfo(pixels.dtype).max) if pixels.dtype.kind in "ui" else 1.0
    rgb = np.empty((height, width, 3), np.uint8)
    for rows in _strips(height, width):
        strip = pixels[rows]
        colors = _scaled(strip[..., None] if gray else strip[..., :3], black, white)
        if not gray and strip.shape[2] == 4:
            colors = _over_white(colors, _scaled(strip[..., 3:], 0, opaque))
        rgb[rows] = colors
    return rgb


def _scaled(values: NDArray[Any], black: float, white: float) -> NDArray[np.uint8]:
    """The same shape, uint8: ``black`` becomes 0 and ``white`` 255."""
    if black == white:
        return np.zeros(values.shape, np.uint8)
    if values.dtype == np.uint16:
        table = _scaled(np.arange(65536, dtype=np.float64), black, white)
        return np.take(table, values)
    finite = np.nan_to_num(values.astype(np.float64), nan=black, posinf=white, neginf=black)
    scaled = (finite - black) * (255 / (white - black))
    return np.rint(np.clip(scaled, 0, 255)).astype(np.uint8)


def _over_white(colors: NDArray[np.uint8], opacity: NDArray[np.uint8]) -> NDArray[np.uint8]:
    covered = (255 - colors).astype(np.uint16) * opacity
    return (255 - (covered + 127) // 255).astype(np.uint8)


def _range(pixels: NDArray[Any]) -> tuple[float, float]:
    """Smallest and largest value that is a finite number; (0, 0) when none is."""
    lows, highs = [], []
    for rows in _strips(*pixels.shape[:2]):
        values = pixels[rows]
        if values.dtype.kind == "f":
            values = values[np.isfinite(values)]
        if values.size:
            lows.append(float(values.min()))
            highs.append(float(values.max()))
    return (min(lows), max(highs)) if lows else (0.0, 0.0)


def _white(brightest: float, *, floating: bool) -> float:
    if floating:
        return max(brightest, 1.0)
    return next((float(white) for white in _INT_WHITES if brightest <= white), brightest)


def _strips(height: int, width: int) -> Iterator[slice]:
    step = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, step):
        yield slice(top, min(top + step, height))
