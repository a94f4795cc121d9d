"""Nearest neighbours by cosine among very many: only the part of the memory that lies around a point is looked through.

The memory is divided into cells by k-means on a sample; a point is compared with the members of the cells whose centres
are nearest to it. NumPy only.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_CELLS_PER_ROOT = 2.0
"""Cells of a memory of m rows: so many times the root of m."""

_PROBED = 24
"""Cells that a point is compared with."""

_SAMPLED = 32
"""Rows a cell from which k-means begins."""

_STEPS = 6

_ROWS = 4096
"""Points looked at together."""


class Cells:
    """A memory in cells.

    Args:
        memory: (m, D) float32, L2-normalised, at least one row.
        seed: Of the sample.
        probed: Cells that a point is compared with; all of them find the very nearest.
    """

    def __init__(self, memory: NDArray[np.float32], *, seed: int = 0, probed: int = _PROBED) -> None:
        count = max(1, min(len(memory), round(_CELLS_PER_ROOT * len(memory) ** 0.5)))
        random = np.random.default_rng(seed)
        sample = memory[np.sort(random.choice(len(memory), min(len(memory), _SAMPLED * count), replace=False))]
        centres = sample[np.sort(random.choice(len(sample), count, replace=False))]
        for _ in range(_STEPS):
            centres = _moved(sample, centres)
        used, cell = np.unique(_nearest_centre(memory, centres), return_inverse=True)
        self._centres, self._probed = centres[used], min(probed, len(used))
        self._order = np.argsort(cell, kind="stable")
        self._starts = np.searchsorted(cell[self._order], np.arange(len(used) + 1))
        self._memory = memory[self._order]

    def nearest(
        self, points: NDArray[np.float32], count: int
    ) -> Iterator[tuple[slice, NDArray[np.intp], NDArray[np.float32]]]:
        """The neighbours of points, block by block.

        Args:
            points: (n, D) float32, L2-normalised.
            count: Neighbours wanted of each, k.

        Yields:
            A slice of the points, (r, k) indices into the memory and (r, k) cosines, in no particular order; where
            fewer are around a point, the cosines of the rest are -inf.
        """
        for start in range(0, len(points), _ROWS):
            block = slice(start, start + _ROWS)
            places, cosines = self._candidates(points[block], count)
            best = np.argpartition(cosines, -count, axis=1)[:, -count:]
            yield block, self._order[np.take_along_axis(places, best, 1)], np.take_along_axis(cosines, best, axis=1)

    def _candidates(self, points: NDArray[np.float32], count: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """(r, P k) the best of every cell a point is compared with: places in the sorted memory, and cosines."""
        probed = np.argpartition(points @ self._centres.T, -self._probed, axis=1)[:, -self._probed :]
        places = np.zeros((len(points), self._probed, count), np.intp)
        cosines = np.full(places.shape, -np.inf, np.float32)
        by_cell = np.argsort(probed, axis=None, kind="stable")
        borders = np.searchsorted(probed.ravel()[by_cell], np.arange(len(self._centres) + 1))
        for cell in np.flatnonzero(np.diff(borders)):
            first, last = self._starts[cell], self._starts[cell + 1]
            rows, slots = np.divmod(by_cell[borders[cell] : borders[cell + 1]], self._probed)
            found = points[rows] @ self._memory[first:last].T
            kept = min(count, last - first)
            best = np.argpartition(found, -kept, axis=1)[:, -kept:]
            places[rows, slots, :kept] = first + best
            cosines[rows, slots, :kept] = np.take_along_axis(found, best, axis=1)
        return places.reshape(len(points), -1), cosines.reshape(len(points), -1)


def _nearest_centre(points: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.intp]:
    nearest = np.empty(len(points), np.intp)
    for start in range(0, len(points), _ROWS):
        block = slice(start, start + _ROWS)
        nearest[block] = (points[block] @ centres.T).argmax(axis=1)
    return nearest


def _moved(sample: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.float32]:
    """One step of spherical k-means; a centre that nothing goes to stays where it is."""
    nearest = _nearest_centre(sample, centres)
    order = np.argsort(nearest, kind="stable")
    there, starts = np.unique(nearest[order], return_index=True)
    sums = np.add.reduceat(sample[order], starts, axis=0)
    moved = centres.copy()
    moved[there] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return moved
