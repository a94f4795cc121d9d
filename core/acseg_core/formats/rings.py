"""Rings of points for the shapes that other tools draw: rectangles and ellipses, also turned ones."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

FARTHEST = 1e7
"""Pixels from the corner that no coordinate of a picture is beyond."""

_CORNERS = 128
"""Of an ellipse: at a radius of 1000 pixels its ring is at most a third of a pixel inside of it."""


def ring_of(points: Iterable[Any]) -> NDArray[np.float64] | None:
    """(n, 2) float64 of a list of pairs; None where they are no numbers, or no place in a picture."""
    try:
        ring = np.array([(float(x), float(y)) for x, y in points], np.float64).reshape(-1, 2)
    except (TypeError, ValueError, OverflowError):
        return None
    return ring if np.isfinite(ring).all() and np.abs(ring).max(initial=0) <= FARTHEST else None


def rectangle(left: float, top: float, right: float, bottom: float) -> NDArray[np.float64]:
    """(4, 2) float64, the corners of a box."""
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float64)


def ellipse(x: float, y: float, *, radius_x: float, radius_y: float) -> NDArray[np.float64]:
    """(n, 2) float64, points on an ellipse around a middle."""
    turns = np.linspace(0, 2 * math.pi, _CORNERS, endpoint=False)
    return np.stack((x + radius_x * np.cos(turns), y + radius_y * np.sin(turns)), axis=1)


def turned_ring(ring: NDArray[np.float64], degrees: float, *, x: float, y: float) -> NDArray[np.float64]:
    """A ring turned clockwise, as it is seen on the screen, around a point."""
    if not degrees % 360:
        return ring
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    # With y downwards this matrix turns to the right.
    turn = np.array([[cosine, sine], [-sine, cosine]])
    middle = np.array([x, y])
    moved: NDArray[np.float64] = (ring - middle) @ turn + middle
    return moved
