"""Region slots: the small numbers by which a map says which region a pixel belongs to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NARROW = 255
"""Number of regions below which a slot fits into one byte per pixel."""
Slots = NDArray[np.uint8] | NDArray[np.uint16]
"""Pixels as region slots: 0 for none, index + 1 for the region of that index."""
