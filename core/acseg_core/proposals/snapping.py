"""Snapping: the outline of a thing that was found moves to the image's edges nearby, by the colours on its two sides.

What lies well inside stays the thing, what lies well outside stays out; in the band between, a cut along edges decides
(GrabCut, Rother et al., 2004), on a small picture, so that it is done between two clicks.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

_WORK_SIDE = 320
"""Longer side of the picture that is worked on."""
_BAND = 0.02
"""Half the width of the band around the outline, of the longer side: better than .04 on half of coco-mini."""
_HELD = 2
"""Radius, in pixels of that picture, around a click that is not moved."""

_Pixel = tuple[int, int]
"""Column and row."""


_LEAST_CONTRAST = 2.0
"""Standard deviation of the levels of a colour, of 256, near an outline, below which there are no edges but noise."""


def snapped(
    found: NDArray[np.bool_], this: Sequence[_Pixel], other: Sequence[_Pixel], image: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Move the outline of a thing to edges nearby.

    Args:
        found: (H, W) bool, the thing so far.
        this: Pixels that are in it.
        other: Pixels that are not.
        image: (H, W, 3) uint8 RGB.

    Returns:
        (H, W) bool; what was found where there is nothing to tell apart.
    """
    height, width = found.shape
    scale = min(1.0, _WORK_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = np.ascontiguousarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA))
    marks = _marks(cv2.resize(found.view(np.uint8), size, interpolation=cv2.INTER_NEAREST))
    for pixels, value in ((this, cv2.GC_FGD), (other, cv2.GC_BGD)):
        for column, row in pixels:
            cv2.circle(marks, (int(column * scale), int(row * scale)), _HELD, value, -1)
    if not (_is_fore(marks).any() and not _is_fore(marks).all()) or _is_flat(small, marks):
        return found
    cv2.setRNGSeed(0)
    cv2.grabCut(small, marks, None, np.zeros((1, 65)), np.zeros((1, 65)), 1, cv2.GC_INIT_WITH_MASK)
    fore = _is_fore(marks).astype(np.float32)
    return np.asarray(cv2.resize(fore, (width, height), interpolation=cv2.INTER_LINEAR) >= 0.5)


def _marks(found: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What is sure and what is guessed, as OpenCV writes it; the image's border is no outline."""
    inward = cv2.distanceTransform(np.pad(found, 1, mode="edge"), cv2.DIST_L2, cv2.DIST_MASK_3)[1:-1, 1:-1]
    outward = cv2.distanceTransform(1 - found, cv2.DIST_L2, cv2.DIST_MASK_3)
    band = max(1, round(_BAND * max(found.shape)))
    inside = np.where(inward > band, cv2.GC_FGD, cv2.GC_PR_FGD)
    return np.where(found > 0, inside, np.where(outward > band, cv2.GC_BGD, cv2.GC_PR_BGD)).astype(np.uint8)


def _is_flat(image: NDArray[np.uint8], marks: NDArray[np.uint8]) -> bool:
    """Whether there is no edge near the outline that it could go to."""
    near = image[np.isin(marks, (cv2.GC_PR_FGD, cv2.GC_PR_BGD))]
    return bool(near.std(axis=0).max(initial=0) < _LEAST_CONTRAST)


def _is_fore(marks: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.isin(marks, (cv2.GC_FGD, cv2.GC_PR_FGD))
