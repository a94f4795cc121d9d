"""Runs of equal numbers in a map of cells, row by row: a tenth of its pixels, and enough to count and to add up.

Nothing here imports torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class CellRuns:
    """The runs of a map (h, w), k of them; one may go on in the next row.

    Attributes:
        starts: (k,) intp, row-major index of the first pixel of each.
        numbers: (k,) int32, what its pixels are of; -1 for none.
        pixels: h * w.
    """

    starts: NDArray[np.intp]
    numbers: NDArray[np.int32]
    pixels: int

    @classmethod
    def of(cls, numbers: NDArray[np.int32]) -> CellRuns:
        """The runs of a map, (h, w) from -1, at least one pixel."""
        flat = numbers.ravel()
        starts = np.concatenate(([0], np.flatnonzero(flat[1:] != flat[:-1]) + 1))
        return cls(starts, flat[starts], len(flat))

    def renumbered(self, number: NDArray[np.int32]) -> CellRuns:
        """The same runs, of other numbers: (n,) the new one of each, -1 stays."""
        return CellRuns(self.starts, np.append(number, np.int32(-1))[self.numbers], self.pixels)

    def counts(self, count: int) -> NDArray[np.int64]:
        """(count,) pixels of each number."""
        return self._added_up(np.diff(self.starts, append=self.pixels), count)

    def sums(self, values: NDArray[np.uint8], count: int) -> NDArray[np.int64]:
        """(count,) what values (h, w) of the pixels of each number add up to."""
        until = np.cumsum(values.ravel(), dtype=np.uint32)  # enough for 16 million pixels
        return self._added_up(np.diff(until[np.append(self.starts[1:], self.pixels) - 1], prepend=np.uint32(0)), count)

    def first_pixels(self, count: int) -> NDArray[np.intp]:
        """(count,) row-major index of the first pixel of each number; h * w where it has none."""
        first = np.full(count + 1, self.pixels)  # the last one is of no cell's pixels
        first[self.numbers[::-1]] = self.starts[::-1]  # what is written last is the first
        return first[:-1]

    def _added_up(self, values: NDArray[np.integer], count: int) -> NDArray[np.int64]:
        found = np.bincount(self.numbers + 1, values, count + 1)[1:]  # exact: far below 2 ** 53
        return found.astype(np.int64)
