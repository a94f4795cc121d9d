"""Rings along the edges of pixels, made pixels again."""

import numpy as np


def filled(rings, size) -> np.ndarray:
    """Rectilinear rings by the even-odd rule: every vertical side flips all that is to its right."""
    inside = np.zeros(size, bool)
    for ring in rings:
        for (x, y), (next_x, next_y) in zip(ring.tolist(), np.roll(ring, -1, axis=0).tolist(), strict=True):
            assert (x == next_x) != (y == next_y)
            if x == next_x:
                inside[min(y, next_y) : max(y, next_y), x:] ^= True
    return inside
