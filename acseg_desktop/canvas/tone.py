"""Brightness, contrast and gamma of what is shown; files are never altered. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_GAMMA = 4.0


@dataclass(frozen=True, slots=True)
class Tone:
    """How the photo's values are turned into those of the screen.

    Attributes:
        brightness: Added to values in 0..1; from -1 to 1.
        contrast: Steepness around the middle; from -1 (flat) over 0 (as it is) to 1 (black and white).
        gamma: Values are raised to its reciprocal: above 1 the dark parts open up; 1 / MAX_GAMMA to MAX_GAMMA.
    """

    brightness: float = 0.0
    contrast: float = 0.0
    gamma: float = 1.0

    def __post_init__(self) -> None:
        if not (-1 <= self.brightness <= 1 and -1 <= self.contrast <= 1):
            raise ValueError("brightness and contrast go from -1 to 1")
        if not 1 / MAX_GAMMA <= self.gamma <= MAX_GAMMA:
            raise ValueError(f"gamma goes from {1 / MAX_GAMMA} to {MAX_GAMMA}")

    @property
    def is_plain(self) -> bool:
        """The photo is shown as it is."""
        return self == Tone()

    def table(self) -> NDArray[np.uint8]:
        """(256,) uint8, the shown value of each value of the photo."""
        values = (np.arange(256) / 255.0) ** (1.0 / self.gamma)
        steepness = (1 + self.contrast) / max(1 - self.contrast, 1e-6)
        values = (values - 0.5) * steepness + 0.5 + self.brightness
        return np.rint(np.clip(values, 0.0, 1.0) * 255).astype(np.uint8)
