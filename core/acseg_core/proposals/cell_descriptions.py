"""Which patches cells lie in: weights with which what is known of patches is averaged over each cell."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.cell_runs import CellRuns

if TYPE_CHECKING:
    from scipy.sparse import csr_array

LEAST_VARIANCE = 1e-4
"""Variance of colours, in units of 100, below which they are noise: one level of lightness."""

_SOFTNESS = 0.6
"""Share of the variance of an image's colours that a patch may differ by before it counts less for a cell."""

_MOST_SAMPLES = 40_000
"""Pixels that the patches under cells are looked at in."""


def patches_under(numbers: NDArray[np.int32], grid: tuple[int, int]) -> csr_array:
    """Weights of patches in each cell: those of bilinear enlarging, averaged over the cell.

    Args:
        numbers: (H, W) cell of every pixel, 0..n - 1, each with a pixel, or -1.
        grid: Patches (h, w) that the image is divided into.

    Returns:
        (n, h * w) float32, sparse; rows sum to 1.
    """
    from scipy.sparse import csr_array

    rows, columns = 2 * grid[0], 2 * grid[1]
    pixels = _sampled(numbers)
    cell = numbers.ravel()[pixels]
    row, column = np.divmod(pixels, numbers.shape[1])
    place = (row * rows // numbers.shape[0]) * columns + column * columns // numbers.shape[1]
    count = int(numbers.max()) + 1
    share = (1 / np.bincount(cell, minlength=count)).astype(np.float32)[cell]
    return csr_array((share, (cell, place)), shape=(count, rows * columns)) @ _doubling(grid)


def favouring_alike(
    under: csr_array, colours: NDArray[np.float32], sizes: NDArray[np.float32], patch_colours: NDArray[np.float32]
) -> csr_array:
    """Shift weights to the patches whose colour is a cell's own, where it lies in several.

    A patch at the border of a thing shows what is on both sides. Without this, cells outside of it, but beside it, look
    half like it (joint bilateral upsampling: Kopf et al., 2007).

    Args:
        under: (n, h * w) weights, as `patches_under` gives them.
        colours: (n, 3) mean colours of the cells, CIELAB in units of 100.
        sizes: (n,) shares of the image.
        patch_colours: (h, w, 3) those of the patches.
    """
    from scipy.sparse import csr_array

    variance = max(variance_of(colours, sizes), LEAST_VARIANCE)
    cell = np.repeat(np.arange(len(colours)), np.diff(under.indptr))
    apart = colours[cell] - patch_colours.reshape(-1, 3)[under.indices]
    squared = np.einsum("kd,kd->k", apart, apart) / np.float32(2 * _SOFTNESS * variance)
    squared -= np.minimum.reduceat(squared, under.indptr[:-1])[cell]  # however odd its colour, a cell lies somewhere
    weights = under.data * np.exp(-squared)
    weights /= np.add.reduceat(weights, under.indptr[:-1])[cell]
    return csr_array((weights, under.indices, under.indptr), shape=under.shape)


def variance_of(points: NDArray[np.float32], sizes: NDArray[np.float32]) -> float:
    """Variance of points (n, D) over cells, by their sizes (n,)."""
    share = (sizes / sizes.sum())[:, None]
    return float((share * (points - (share * points).sum(axis=0)) ** 2).sum())


def _sampled(numbers: NDArray[np.int32]) -> NDArray[np.intp]:
    """Pixels (by row-major index) on a grid, and the first one of each cell that has none there."""
    step = max(1, int(np.ceil((numbers.size / _MOST_SAMPLES) ** 0.5)))
    flat = np.arange(numbers.size).reshape(numbers.shape)[step // 2 :: step, step // 2 :: step].ravel()
    flat = flat[numbers.ravel()[flat] >= 0]
    count = int(numbers.max()) + 1
    missed = np.bincount(numbers.ravel()[flat], minlength=count) == 0
    return np.concatenate((flat, CellRuns.of(numbers).first_pixels(count)[missed])) if missed.any() else flat


@lru_cache(maxsize=16)
def _doubling(grid: tuple[int, int]) -> csr_array:
    """(4 h w, h w) float32, what bilinear enlarging to twice the rows and columns takes from each patch."""
    from scipy.sparse import csr_array, kron

    def along(count: int) -> csr_array:
        at = np.arange(2 * count)
        beside = np.clip(at // 2 + np.where(at % 2, 1, -1), 0, count - 1)
        weights = np.tile(np.array([0.75, 0.25], np.float32), 2 * count)
        places = np.stack((at // 2, beside), axis=1).ravel()
        return csr_array((weights, (np.repeat(at, 2), places)), shape=(2 * count, count))

    return csr_array(kron(along(grid[0]), along(grid[1])))


def group_means(tokens: NDArray[np.float32], sizes: NDArray[Any], group_of: NDArray[np.intp]) -> NDArray[np.float32]:
    """(m, D) means of the tokens (n, D) of each group, by the sizes (n,) of what they are of."""
    from scipy.sparse import csc_array

    count = len(tokens)
    weights = csc_array((sizes.astype(np.float32), group_of, np.arange(count + 1)), (int(group_of.max()) + 1, count))
    total = np.maximum(np.bincount(group_of, sizes), 1e-12).astype(np.float32)
    return np.asarray((weights @ tokens) / total[:, None], np.float32)
