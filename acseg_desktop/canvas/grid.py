"""Which region every image pixel belongs to, kept small and asked quickly.

Memory: one byte per image pixel up to 254 regions, two above; the caller's int32 map is not kept. Zooming out reads
the full map with a stride, which is quicker than it needs to be (2 ms for a screen of 1.6 megapixels), so there are
no smaller copies.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_desktop.canvas.viewport import Rect, Viewport

MAX_REGIONS = 65_534
ADJACENCY_SIDE = 768
"""Neighbourhood is looked up on a map thinned to about this many pixels a side."""

Slots = NDArray[np.uint8] | NDArray[np.uint16]
"""Pixels as region slots: 0 for none, index + 1 for the region of that index."""


class RegionGrid:
    """The label map of one image.

    Attributes:
        count: Number of regions.
        slots: (H, W) uint8 or uint16.
    """

    def __init__(self, label_map: NDArray[np.int32], count: int) -> None:
        """Copy a map of region indices, -1 where there is none, into the smallest type that holds it."""
        if label_map.ndim != 2:
            raise ValueError(f"expected an (H, W) label map, got {label_map.shape}")
        if count > MAX_REGIONS:
            raise ValueError(f"at most {MAX_REGIONS} regions can be shown, got {count}")
        if label_map.size and not -1 <= int(label_map.min()) <= int(label_map.max()) < count:
            raise ValueError(f"the label map refers to regions outside 0..{count - 1}")
        self.count = count
        self.slots: Slots = np.empty(label_map.shape, np.uint8 if count < 255 else np.uint16)
        np.add(label_map, 1, out=self.slots, casting="unsafe")

    def sample(self, viewport: Viewport, rect: Rect) -> Slots:
        """Slots at the centres of the screen pixels of ``rect``, which must lie inside ``viewport.picture``."""
        columns, rows = viewport.columns(rect), viewport.rows(rect)
        part: Slots = self.slots[:, columns[0] : columns[-1] + 1]
        if viewport.zoom < 1.0:
            part = part.take(rows, axis=0).take(columns - columns[0], axis=1)
        else:  # few rows of the map for many of the screen: spread the columns first
            part = part[rows[0] : rows[-1] + 1].take(columns - columns[0], axis=1).take(rows - rows[0], axis=0)
        return part

    def at(self, x: int, y: int) -> int | None:
        """Index of the region at an image pixel, or None."""
        height, width = self.slots.shape
        if not (0 <= x < width and 0 <= y < height):
            return None
        slot = int(self.slots[y, x])
        return slot - 1 if slot else None

    def touching(self, rect: Rect) -> list[int]:
        """Indices of the regions with a pixel in ``rect`` (image pixels)."""
        height, width = self.slots.shape
        inside = rect.intersected(Rect(0, 0, width, height))
        if inside.is_empty:
            return []
        part = self.slots[inside.top : inside.bottom, inside.left : inside.right]
        counts = cv2.calcHist([part], [0], None, [self.count + 1], [0, self.count + 1])
        return [int(slot) - 1 for slot in np.flatnonzero(counts) if slot]

    def neighbours(self) -> list[set[int]]:
        """For each region, the indices of those that share an edge with it; very small contacts may be missed."""
        height, width = self.slots.shape
        step = max(1, max(height, width) // ADJACENCY_SIDE)
        thin = self.slots[::step, ::step].astype(np.int64)
        found: list[set[int]] = [set() for _ in range(self.count)]
        for first, second in ((thin[:, :-1], thin[:, 1:]), (thin[:-1], thin[1:])):
            differ = (first != second) & (first > 0) & (second > 0)
            pairs = np.unique(first[differ] * (self.count + 1) + second[differ])
            for a, b in zip(pairs // (self.count + 1) - 1, pairs % (self.count + 1) - 1, strict=True):
                found[int(a)].add(int(b))
                found[int(b)].add(int(a))
        return found
