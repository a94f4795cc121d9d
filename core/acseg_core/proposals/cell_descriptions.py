"""What cells look like to the backbone: descriptions of patches, enlarged bilinearly and averaged over each cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_MOST_SAMPLES = 80_000
"""Pixels that the patches under cells are counted at."""


def cell_descriptions(described: NDArray[np.float32], numbers: NDArray[np.int32]) -> NDArray[np.float32]:
    """Average the descriptions of patches over cells.

    Args:
        described: (h, w, D) float32.
        numbers: (H, W) cell of every pixel, 0..n - 1, each with a pixel, or -1.

    Returns:
        (n, D) float32.
    """
    from scipy.sparse import csr_array

    fine = _doubled(_doubled(described).transpose(1, 0, 2)).transpose(1, 0, 2)
    rows, columns, dim = fine.shape
    pixels = _sampled(numbers)
    cell = numbers.ravel()[pixels]
    row, column = np.divmod(pixels, numbers.shape[1])
    place = (row * rows // numbers.shape[0]) * columns + column * columns // numbers.shape[1]
    count = int(numbers.max()) + 1
    under = csr_array((np.ones(len(pixels), np.float32), (cell, place)), shape=(count, rows * columns))
    sums = under @ np.ascontiguousarray(fine).reshape(-1, dim)
    return np.asarray(sums / np.bincount(cell, minlength=count)[:, None], np.float32)


def group_means(
    tokens: NDArray[np.float32], pixels: NDArray[np.integer], group_of: NDArray[np.intp]
) -> NDArray[np.float32]:
    """(m, D) means of the tokens (n, D) of each group, by the pixels (n,) that they stand for."""
    count = int(group_of.max()) + 1
    weights = np.zeros((count, len(tokens)), np.float32)
    weights[group_of, np.arange(len(tokens))] = pixels
    return np.asarray(weights @ tokens / np.maximum(weights.sum(axis=1, keepdims=True), 1), np.float32)


def _sampled(numbers: NDArray[np.int32]) -> NDArray[np.intp]:
    """Pixels (by row-major index) on a grid, and one of every cell."""
    step = max(1, int(np.ceil((numbers.size / _MOST_SAMPLES) ** 0.5)))
    flat = np.arange(numbers.size).reshape(numbers.shape)[step // 2 :: step, step // 2 :: step].ravel()
    first = np.zeros(int(numbers.max()) + 2, np.intp)  # the last one for the pixels of no cell
    first[numbers.ravel()[::-1]] = np.arange(numbers.size - 1, -1, -1)
    return np.concatenate((flat[numbers.ravel()[flat] >= 0], first[:-1]))


def _doubled(maps: NDArray[np.float32]) -> NDArray[np.float32]:
    """Maps (n, m, D) at twice the rows, (2 n, m, D), each the mean of what bilinear enlarging gives there."""
    before = np.concatenate((maps[:1], maps[:-1]))
    after = np.concatenate((maps[1:], maps[-1:]))
    found = np.stack((0.25 * before + 0.75 * maps, 0.75 * maps + 0.25 * after), axis=1)
    return np.asarray(found.reshape(2 * len(maps), *maps.shape[1:]), np.float32)
