"""Matching regions of two images one to one, by their places and descriptors together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes.run_lengths import cell_areas
from acseg_core.types import Region

GRID = 48
"""Rows and columns of the grid on which places are compared, so that images may be of different sizes."""

LEAST_SCORE = 0.2
"""Overlap times likeness below which two regions are not the same thing."""


def match_regions(
    first: NDArray[np.float32],
    second: NDArray[np.float32],
    *,
    first_descriptors: NDArray[np.float32],
    second_descriptors: NDArray[np.float32],
    least_score: float = LEAST_SCORE,
) -> list[tuple[int, int, float]]:
    """Pair regions of two images so that overlap times likeness is greatest in all.

    Args:
        first: (m, cells) float32, shares of a common grid's cells that each region of one image covers.
        second: (n, cells) float32, the same for the other image.
        first_descriptors: (m, D) float32, L2-normalised, or zeros where a region has none: its place decides alone.
        second_descriptors: (n, D) float32, the same.
        least_score: What a pair must reach.

    Returns:
        Pairs (index in the first, index in the second, score 0..1), by the second index.
    """
    if not len(first) or not len(second):
        return []
    shared = np.stack([np.minimum(each, second).sum(axis=1) for each in first])
    united = first.sum(axis=1)[:, None] + second.sum(axis=1) - shared
    likeness = np.clip(first_descriptors @ second_descriptors.T, 0, 1)
    known = np.logical_and.outer(np.any(first_descriptors, axis=1), np.any(second_descriptors, axis=1))
    scores = shared / np.maximum(united, 1e-12) * np.where(known, likeness, 1.0)
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(np.where(scores >= least_score, scores, 0), maximize=True)
    pairs = [(int(row), int(column), float(scores[row, column])) for row, column in zip(rows, columns, strict=True)]
    return sorted((pair for pair in pairs if pair[2] >= least_score), key=lambda pair: pair[1])


def grid_shares(regions: list[Region], *, grid: int = GRID) -> NDArray[np.float32]:
    """(n, grid * grid) float32, how much of each cell of a grid over the image each region covers, 0..1."""
    shares = np.zeros((len(regions), grid * grid), np.float32)
    for row, region in enumerate(regions):
        per_cell = region.mask.height * region.mask.width / (grid * grid)
        shares[row] = cell_areas(region.mask, grid, grid).ravel() / per_cell
    return shares
