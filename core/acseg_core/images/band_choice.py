"""How somebody wants images to be shown, whatever bands each of them has: a preset or bands, and a stretch."""

from __future__ import annotations

import dataclasses
import json
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass

from acseg_core.errors import BandsError, quoted
from acseg_core.images.band_samples import BandSamples
from acseg_core.images.pixels import Stretch
from acseg_core.images.rendering import SINGLE, Rendering, preset_bands

logger = logging.getLogger(__name__)

LOW, HIGH = 2.0, 98.0
"""Percentiles of the values that are shown black and white, if nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class BandChoice:
    """A choice of bands and stretch.

    Attributes:
        bands: "rgb", "nir", one number such as "5", or three such as "4,3,2"; "" for the bands that are shown already.
        low: Percentile of the valid values of a band that is shown black.
        high: Percentile that is shown white.
        values: Shown black and white in all bands, instead of the percentiles; None for these.

    Raises:
        BandsError: It says of no image how to show it.
    """

    bands: str = ""
    low: float = LOW
    high: float = HIGH
    values: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Check everything that can be checked without an image."""
        if not 0 <= self.low < self.high <= 100:
            raise BandsError(
                f"percentiles {self.low:g} and {self.high:g} do not fit; give two from 0 to 100, the lower one first"
            )
        if self.values is not None and not (all(map(math.isfinite, self.values)) and self.values[0] != self.values[1]):
            raise BandsError("black and white need two different values; give them as in 0,3000")
        if self.bands not in ("", "rgb", "nir"):
            _numbers(self.bands)

    def bands_of(self, names: Sequence[str], *, now: tuple[int, ...]) -> tuple[int, ...]:
        """Which bands of an image are meant.

        Args:
            names: What each of its bands is, in GDAL's words.
            now: Those that are shown.

        Raises:
            BandsError: It has none of them.
        """
        if not self.bands:
            return now
        if self.bands in ("rgb", "nir"):
            return preset_bands(names, self.bands)
        return tuple(preset_bands(names, f"{SINGLE}:{number}")[0] for number in _numbers(self.bands))

    def rendering(self, bands: tuple[int, ...], samples: BandSamples) -> Rendering:
        """How an image is shown then.

        Args:
            bands: Of the image.
            samples: Of these bands.
        """
        if self.values is not None:
            return Rendering(bands, (Stretch(*self.values),) * len(bands))
        return Rendering(bands, samples.stretches(self.low, self.high))

    def to_text(self) -> str:
        """As a project keeps it: JSON."""
        return json.dumps(dataclasses.asdict(self))


def from_text(text: str) -> BandChoice | None:
    """The other way; None of "" and of what `BandChoice.to_text` does not write."""
    if not text:
        return None
    try:
        kept = json.loads(text)
        values = None if kept["values"] is None else (float(kept["values"][0]), float(kept["values"][1]))
        return BandChoice(str(kept["bands"]), float(kept["low"]), float(kept["high"]), values)
    except (BandsError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        logger.warning("what the project keeps of how to show new images makes no sense: they are shown by their kind")
        return None


def _numbers(bands: str) -> tuple[int, ...]:
    parts = [part.strip() for part in bands.split(",")]
    if len(parts) not in (1, 3) or not all(part.isascii() and part.isdecimal() and int(part) for part in parts):
        raise BandsError(f"{quoted(bands)} are no bands; give rgb, nir, one number such as 4, or three such as 4,3,2")
    return tuple(map(int, parts))
