"""Outlines moved inwards by less than half a pixel, for fillers that draw the outline, too.

An outline along the edges of pixels lies on their corners. OpenCV, which Ultralytics fills polygons with, takes a
corner for the pixel to its lower right and draws the line, so that a shape gets a column and a row of pixels too many.
An outline that lies inside of the pixels along its border means just those, and as it stays outside of their centres,
the rule of pixel centres fills the same mask as before.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes.keyholes import Outline

_BACK = -0.999
"""Cosine of the angle between two sides, one of which leads back along the other."""


def inset(ring: Outline, distance: float) -> Outline:
    """Move every side inwards; no corner moves by more than 1.42 times the distance.

    Args:
        ring: (n, 2) corners x, y, not closed, with the inside to the right of the way: outer rings clockwise as seen,
            holes counter-clockwise, bridges to holes there and back.
        distance: In pixels, less than half of one.

    Returns:
        (n, 2) float64 corners, as many and in the same order, but for those that repeat the one before.
    """
    corners = np.asarray(ring, np.float64)
    corners = corners[(corners != np.roll(corners, 1, axis=0)).any(axis=1)]
    sides: NDArray[np.float64] = np.roll(corners, -1, axis=0) - corners
    sides /= np.hypot(*sides.T)[:, None]
    inwards = np.stack((-sides[:, 1], sides[:, 0]), axis=1)  # with y downwards, this is a turn to the right
    before = np.roll(inwards, 1, axis=0)
    straight = (inwards * before).sum(axis=1, keepdims=True)
    # At a right angle, both sides move by the distance. A sharper corner would move far; it moves as far as that one,
    # and the end of a bridge, from which the way goes straight back, along that.
    moves = np.where(straight < _BACK, sides, (inwards + before) / np.maximum(1 + straight, 1))
    return np.asarray(corners + moves * distance)
