"""Input size of the network: how far an image is shrunk or enlarged, aspect kept, to whole patches."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.images.shrinking import shrunk


def patch_grid(width: int, height: int, *, input_size: int, patch: int) -> tuple[int, int]:
    """Rows and columns of patches for an image: aspect kept, area at most that of a square of the input size.

    Args:
        width: Of the image, in pixels.
        height: Of the image, in pixels.
        input_size: Side of the square, in pixels.
        patch: Side of a patch, in pixels.
    """
    budget = (input_size // patch) ** 2
    columns = max(1, min(budget, round((budget * width / height) ** 0.5)))
    rows = max(1, min(budget // columns, round(columns * height / width)))
    return rows, columns


def resize(image: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Resize (H, W, 3) to ``size`` (width, height) without aliasing."""
    shrinks = size[0] * size[1] < image.shape[0] * image.shape[1]
    resized = shrunk(image, size) if shrinks else cv2.resize(image, size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(resized, dtype=np.uint8)
