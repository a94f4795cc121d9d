"""Which bands of an image are shown red, green and blue, and which of their values are shown black and white."""

from __future__ import annotations

import json
import logging
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.images.pixels import Stretch, scaled

logger = logging.getLogger(__name__)


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
