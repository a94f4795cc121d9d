"""Augmentation of the images that are trained on: mirrored, and cropped at random."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SMALLEST_CROP = 0.4
"""Side of the smallest random crop, as a share of the image's side."""


def augmented_view(image: NDArray[np.uint8], number: int, random: np.random.Generator) -> NDArray[np.uint8]:
    """Return view ``number`` of an image (H, W, 3); ``random`` is drawn from alike for every view."""
    side, across, down = random.uniform([_SMALLEST_CROP, 0, 0], [1, 1, 1])
    if number >= 2:
        height, width = (max(1, round(side * length)) for length in image.shape[:2])
        top, left = round(down * (image.shape[0] - height)), round(across * (image.shape[1] - width))
        image = image[top : top + height, left : left + width]
    return np.ascontiguousarray(image[:, ::-1] if number % 2 else image)
