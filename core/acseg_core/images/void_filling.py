"""Void filled with the colours around it, so that its border is no edge and its colour no contrast.

What looks for edges and textures would else see the outline of what has no data: a dark or grey step that nothing in
the world has. As at the border of an image, what lies beyond repeats what is nearest. What is void stays void: no
region gets these pixels.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.images.shrinking import shrunk

_MOST_PIXELS = 310_000
"""Pixels of the picture that the nearest colours are found in; of a larger image, means of several pixels are taken."""

_LEAST_SHARE = 0.25
"""Of those several that must be valid, for their mean to be told from so few levels."""

_STRIP_PIXELS = 4_000_000


def without_void(image: NDArray[np.uint8], valid: NDArray[np.bool_] | None) -> NDArray[np.uint8]:
    """Fill what is void.

    Args:
        image: (H, W, 3) uint8 RGB.
        valid: (H, W) bool, at least one of them set; None where nothing is void.

    Returns:
        The image itself where nothing is void, or another one whose valid pixels are the same.
    """
    if valid is None or valid.all():
        return image
    height, width = valid.shape
    scale = min(1.0, (_MOST_PIXELS / (height * width)) ** 0.5)
    size = max(1, round(height * scale)), max(1, round(width * scale))
    filled = image * valid[..., None]
    coarse = _filled(filled, valid) if size == valid.shape else _coarse(filled, valid, size)
    rows, columns = (np.arange(many) * few // many for many, few in zip(valid.shape, size, strict=True))
    step = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, step):
        down, across = np.nonzero(~valid[top : top + step])
        filled[top + down, across] = coarse[rows[top + down], columns[across]]
    return filled


def _coarse(black: NDArray[np.uint8], valid: NDArray[np.bool_], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Means of valid pixels of an image whose void is black, and the nearest of them elsewhere."""
    shares = np.asarray(shrunk(valid.view(np.uint8) * np.uint8(255), size[::-1]), np.float32) / 255
    known = shares >= min(_LEAST_SHARE, float(shares.max()))
    means = np.asarray(shrunk(black, size[::-1]), np.float32) / np.maximum(shares, 1e-3)[..., None]
    return _filled(np.minimum(means, 255).astype(np.uint8), known)


def _filled(image: NDArray[np.uint8], known: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The nearest known pixel's colour everywhere."""
    unknown = (~known).view(np.uint8)
    _, nearest = cv2.distanceTransformWithLabels(unknown, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    colours = np.zeros((int(nearest.max()) + 1, 3), np.uint8)
    colours[nearest[known]] = image[known]
    return np.asarray(colours[nearest])
