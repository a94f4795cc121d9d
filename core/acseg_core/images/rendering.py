"""Which bands of an image are shown red, green and blue, and which of their values are shown black and white."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import BandsError, quoted
from acseg_core.images.pixels import Stretch, percentile_stretch, scaled

logger = logging.getLogger(__name__)

RGB, NEAR_INFRARED, SINGLE = "rgb", "nir", "single"
"""Presets: red, green, blue; near infrared, red, green; and "single:3", the third band alone, in grey."""

_FOURTH = 4
"""Near infrared, where the file does not say which band it is: most cameras and satellites give it after blue."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """How the samples of an image become what is shown.

    Attributes:
        bands: One, shown grey, or three, shown red, green and blue; numbers from 1.
        stretches: What is shown black and white, of each of them.

    Raises:
        ValueError: There are neither one nor three bands, or not as many stretches.
    """

    bands: tuple[int, ...]
    stretches: tuple[Stretch, ...]

    def __post_init__(self) -> None:
        """Check that there is one stretch a band."""
        if len(self.bands) not in (1, 3) or len(self.stretches) != len(self.bands) or min(self.bands) < 1:
            raise ValueError(f"no picture can be made of {len(self.bands)} bands and {len(self.stretches)} stretches")

    def rgb(self, samples: NDArray[Any]) -> NDArray[np.uint8]:
        """What is shown of samples.

        Args:
            samples: (h, w, `bands`) of any number type, in the order of the bands.

        Returns:
            (h, w, 3) uint8, C-contiguous.
        """
        levels = [scaled(samples[..., place], stretch) for place, stretch in enumerate(self.stretches)]
        return np.stack(levels if len(levels) == 3 else levels * 3, axis=2)


def to_text(rendering: Rendering) -> str:
    """As a project keeps it: JSON."""
    ranges = [[each.black, each.white] for each in rendering.stretches]
    return json.dumps({"bands": rendering.bands, "ranges": ranges})


def from_text(text: str) -> Rendering | None:
    """The other way; None of "" and of what `to_text` does not write."""
    if not text:
        return None
    try:
        kept = json.loads(text)
        stretches = tuple(Stretch(float(black), float(white)) for black, white in kept["ranges"])
        if not all(math.isfinite(each.black) and math.isfinite(each.white) for each in stretches):
            return None
        return Rendering(tuple(map(int, kept["bands"])), stretches)
    except (KeyError, TypeError, ValueError, RecursionError):
        logger.warning("what the project keeps of how an image is shown makes no sense, so it is shown by its kind")
        return None


def preset_bands(bands: Sequence[str] | int, preset: str) -> tuple[int, ...]:
    """Which bands a preset means.

    Args:
        bands: What each band of the file is, in GDAL's words ("red", "nir", "gray", "alpha", "undefined"); or how many
            there are, opacity not counted.
        preset: `RGB`, `NEAR_INFRARED`, or "single:" and a number from 1.

    Returns:
        One or three numbers from 1. RGB of fewer than three bands is the first one alone.

    Raises:
        BandsError: There is no such preset, or the file has no such band.
    """
    names = ["undefined"] * bands if isinstance(bands, int) else [name.lower() for name in bands]
    name, _, number = preset.partition(":")
    if name == SINGLE and number.isdecimal():
        return (_existing(int(number), len(names)),)
    colors = [place for place, name in enumerate(names, 1) if name != "alpha"] or [1]
    named = [_named(names, name) for name in ("red", "green", "blue")]
    red, green, blue = (each or colors[min(place, len(colors) - 1)] for place, each in enumerate(named))
    if preset == RGB:
        return (red, green, blue) if len(colors) >= 3 else (colors[0],)
    if preset == NEAR_INFRARED:
        infrared = _named(names, "nir") or (colors[_FOURTH - 1] if len(colors) >= _FOURTH else None)
        if infrared is None:
            raise BandsError(f"there is no near infrared among {len(colors)} bands; choose the bands by their numbers")
        return infrared, red, green
    raise BandsError(f"there is no preset {quoted(preset)}; choose {RGB}, {NEAR_INFRARED} or {SINGLE}:1")


def _named(names: Sequence[str], name: str) -> int | None:
    return names.index(name) + 1 if name in names else None


def _existing(band: int, count: int) -> int:
    if not 1 <= band <= count:
        raise BandsError(f"there is no band {band}; choose one from 1 to {count}")
    return band


def percentile_stretches(samples: NDArray[Any], low: float = 2, high: float = 98) -> tuple[Stretch, ...]:
    """How each band is stretched, by the rule of `pixels` for grey: neither no data nor one hot pixel takes the range.

    Args:
        samples: (n, bands) of valid pixels, of any number type; what is no number is left out.
        low: Percentile of the values that is shown black, 0..100.
        high: Percentile that is shown white, above it.

    Returns:
        One a band; 0..0, all black, of a band without a value.
    """
    return tuple(percentile_stretch(samples[:, band], low, high) for band in range(samples.shape[1]))
