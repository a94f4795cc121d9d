"""Nearest-neighbour search by cosine, exact or approximate in cells (an inverted file), and the weights of votes.

For very many rows, they are divided into cells by k-means on a sample; a point is compared with the members of the
cells whose centres are nearest to it. NumPy only.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_COSINES_AT_ONCE = 1 << 23
"""Cosines held in memory together: 32 MB of float32."""

_BLOCK = 32
"""Cosines whose maximum is taken together when the largest of a row are searched."""

_LEAST_CERTAINTY = 0.01
"""Certainty of a class that nothing is like: almost none, and yet the best guess there is."""

_CELLS_PER_ROOT = 2.0
"""Cells for m rows, in roots of m."""

_PROBED = 24
"""Cells that a point is compared with."""

_SAMPLED = 32
"""Rows for each cell in the sample that k-means begins with."""

_STEPS = 6

_ROWS = 4096
"""Points compared in one go."""


def exact_neighbours(
    points: NDArray[np.float32], memory: NDArray[np.float32], count: int
) -> Iterator[tuple[slice, NDArray[np.intp], NDArray[np.float32]]]:
    """The nearest rows of a memory, found by comparing with all of them.

    Args:
        points: (n, D) float32, L2-normalised.
        memory: (m, D) float32, L2-normalised.
        count: Neighbours wanted of each, k.

    Yields:
        Block by block, a slice of the points, (r, k) indices into the memory and (r, k) cosines, in no particular
        order.
    """
    count = min(count, len(memory))
    step = max(1, _COSINES_AT_ONCE // len(memory))
    for start in range(0, len(points), step):
        block = slice(start, start + step)
        cosines = points[block] @ memory.T
        indices = _largest(cosines, count)
        yield block, indices, np.take_along_axis(cosines, indices, axis=1)


def vote_weights(cosines: NDArray[np.float32], temperature: float) -> NDArray[np.float32]:
    """Weights (r, k) of the votes of neighbours with cosines (r, k): their softmax at a temperature."""
    powers = np.exp((cosines - cosines.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def certainty(cosines: NDArray[np.float32], bounds: tuple[float, float]) -> NDArray[np.float32]:
    """How far cosines are to be trusted: from almost 0 to 1, linear between two bounds."""
    low, high = bounds
    return np.asarray(np.clip((cosines - low) / (high - low), _LEAST_CERTAINTY, 1), np.float32)


class Cells:
    """Rows in cells, for approximate search among very many.

    Args:
        memory: (m, D) float32, L2-normalised, at least one row.
        seed: Random state of the sample.
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


def _largest(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Where the largest values of each row are, (r, count), in no particular order.

    They are in the blocks with the largest maxima: only those are searched, which is three times as fast.
    """
    rows, columns = values.shape
    whole = columns // _BLOCK * _BLOCK
    if whole < 4 * _BLOCK * count:
        return np.argpartition(values, -count, axis=1)[:, -count:]
    maxima = values[:, :whole].reshape(rows, -1, _BLOCK).max(axis=2)
    blocks = np.argpartition(maxima, -count, axis=1)[:, -count:]
    inside = (blocks[:, :, None] * _BLOCK + np.arange(_BLOCK)).reshape(rows, -1)
    rest = np.broadcast_to(np.arange(whole, columns), (rows, columns - whole))
    candidates = np.concatenate([inside, rest], axis=1)
    best = np.argpartition(np.take_along_axis(values, candidates, axis=1), -count, axis=1)[:, -count:]
    return np.take_along_axis(candidates, best, axis=1)
