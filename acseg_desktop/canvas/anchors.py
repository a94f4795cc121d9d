"""Label anchors: where in a region its name has most room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from acseg_desktop.canvas.slots import Slots

ANCHOR_SIDE = 512
"""Pixels a side, about, of the thinned map on which anchors are searched for."""


def find_anchors(slots: Slots, count: int, indices: Sequence[int]) -> dict[int, tuple[float, float]]:
    """Where a name has most room in each region: a point in its largest part far from any edge, in image pixels."""
    height, width = slots.shape
    step = max(1, max(height, width) // ANCHOR_SIDE)
    thin = slots[step // 2 :: step, step // 2 :: step]
    tops, bottoms = _spans(thin, count)
    lefts, rights = _spans(thin.T, count)
    anchors = {}
    for index in indices:
        slot = index + 1
        if tops[slot] < bottoms[slot]:
            part = thin[tops[slot] : bottoms[slot], lefts[slot] : rights[slot]] == slot
            x, y = _roomiest(part.view(np.uint8))
            anchors[index] = (float(lefts[slot] + x) * step, float(tops[slot] + y) * step)
    return anchors


def _spans(slots: Slots, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First row and end of rows of each slot, (count + 1,) each; an empty span for a slot that does not occur."""
    height = slots.shape[0]
    present = np.zeros((height, count + 1), np.bool_)
    present[np.arange(height)[:, None], slots] = True
    occurs = present.any(axis=0)
    return present.argmax(axis=0), np.where(occurs, height - present[::-1].argmax(axis=0), 0)


def _roomiest(mask: NDArray[np.uint8]) -> tuple[float, float]:
    """The point (x, y) farthest from the edge of a tight mask; among nearly equal ones the most central."""
    height, width = mask.shape
    # A line of text is wider than high, so room counts half across; what is beyond the mask is no room.
    squeezed = cv2.resize(mask, (max(1, width // 2), height), interpolation=cv2.INTER_NEAREST)
    if not squeezed.any():
        squeezed = mask
    distance = cv2.distanceTransform(np.pad(squeezed, 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    rows, columns = np.nonzero(distance >= 0.9 * distance.max())
    x, y = (columns + 0.5) * width / squeezed.shape[1], rows + 0.5
    best = int(np.argmin((x - width / 2) ** 2 + (y - height / 2) ** 2))
    return float(x[best]), float(y[best])
