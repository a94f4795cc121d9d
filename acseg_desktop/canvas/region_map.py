"""Which region every image pixel belongs to, kept small and asked quickly.

Memory: one byte per image pixel up to 254 regions, two above; the caller's int32 map is not kept. Zooming out reads
the full map with a stride, which is quicker than it needs to be (2 ms for a screen of 1.6 megapixels), so there are
no smaller copies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.types import PixelPatch
from acseg_desktop.canvas.anchors import find_anchors
from acseg_desktop.canvas.slots import NARROW, Slots
from acseg_desktop.canvas.viewport import Rect, Viewport

MAX_REGIONS = 65_534
ADJACENCY_SIDE = 768
"""Pixels a side, about, of the thinned map on which neighbours are looked up."""


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
        self.slots: Slots = np.empty(label_map.shape, np.uint8 if count < NARROW else np.uint16)
        np.add(label_map, 1, out=self.slots, casting="unsafe")
        self._neighbours: list[set[int]] | None = None
        self._sizes: NDArray[np.float32] | None = None
        self._anchors: dict[int, tuple[float, float]] = {}

    @classmethod
    def of_slots(
        cls, slots: Slots, count: int, *, anchors: Mapping[int, tuple[float, float]] | None = None
    ) -> RegionGrid:
        """Take over a map of slots, (H, W) of the smallest type that holds ``count`` regions, and known anchors."""
        grid = cls.__new__(cls)
        grid.count, grid.slots, grid._neighbours, grid._anchors = count, slots, None, dict(anchors or {})
        grid._sizes = None
        return grid

    def copy(self, *, count: int) -> RegionGrid:
        """A copy to draw on, with room for at least as many regions."""
        slots: Slots = self.slots.copy() if count < NARROW else self.slots.astype(np.uint16)
        copied = RegionGrid.of_slots(slots, count)
        copied._neighbours = self._neighbours
        return copied

    def paint(self, patch: PixelPatch, slot: int, *, only: int | None = None) -> Rect:
        """Give pixels another slot; with ``only``, no more than those that have that one.

        Returns:
            The image pixels that may have changed.
        """
        self._sizes = None
        height, width = patch.mask.shape
        rect = Rect(patch.left, patch.top, patch.left + width, patch.top + height)
        target = self.slots[rect.top : rect.bottom, rect.left : rect.right]
        target[patch.mask if only is None else patch.mask & (target == only)] = slot
        return rect

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
        return [int(slot) - 1 for slot in np.flatnonzero(self._histogram(part)) if slot]

    def enclosed(self, rect: Rect) -> list[int]:
        """Indices of the regions with all their pixels in ``rect`` (image pixels)."""
        height, width = self.slots.shape
        inside = rect.intersected(Rect(0, 0, width, height))
        if inside.is_empty:
            return []
        part = self._histogram(self.slots[inside.top : inside.bottom, inside.left : inside.right])
        if self._sizes is None:
            self._sizes = self._histogram(self.slots)
        return [int(slot) - 1 for slot in np.flatnonzero((part > 0) & (part == self._sizes)) if slot]

    def _histogram(self, part: Slots) -> NDArray[np.float32]:
        """(slots,) float32, how many pixels each slot has in a part of the map."""
        return np.asarray(cv2.calcHist([part], [0], None, [self.count + 1], [0, self.count + 1]), np.float32).ravel()

    def neighbours(self) -> list[set[int]]:
        """For each region, the indices of those that share an edge with it; very small contacts may be missed.

        Found once; drawing does not change it.
        """
        if self._neighbours is None:
            self._neighbours = self._find_neighbours()
        return self._neighbours

    def anchors(self, indices: Sequence[int]) -> dict[int, tuple[float, float]]:
        """Where the names of regions go, in image pixels; regions without a pixel are left out. Found once."""
        missing = [index for index in indices if index not in self._anchors]
        if missing:
            self._anchors |= find_anchors(self.slots, self.count, missing)
        return {index: self._anchors[index] for index in indices if index in self._anchors}

    def anchors_of(self, before: Mapping[int, int]) -> dict[int, tuple[float, float]]:
        """Anchors found so far, for another grid that has the same regions at other indices.

        Args:
            before: Index there to index here.
        """
        return {index: self._anchors[was] for index, was in before.items() if was in self._anchors}

    def _find_neighbours(self) -> list[set[int]]:
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
