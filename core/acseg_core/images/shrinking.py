"""Making pictures smaller, by area, whatever their shape."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_LONGEST_SIDE = 1_000_000
"""OpenCV writes down 24 bytes for every row and column: 3 GB for a picture of 120 megapixels in one row."""


def shrunk(pixels: NDArray[Any], size: tuple[int, int]) -> NDArray[Any]:
    """Make a picture smaller without aliasing; of a side of millions of pixels, evenly spread ones are taken.

    Args:
        pixels: (H, W) or (H, W, C).
        size: Width and height.
    """
    down, across = (max(1, side // _LONGEST_SIDE) for side in pixels.shape[:2])
    if down > 1 or across > 1:
        pixels = np.ascontiguousarray(pixels[::down, ::across])
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
