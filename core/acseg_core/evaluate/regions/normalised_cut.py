"""Normalised cut (Shi and Malik, 2000) of the patches, into any number of parts at once.

It differs from the peer "spectral" in what it cuts: that one weighs every pair of patches by max(0, cosine)^3, wherever
they are; here the weight falls with the distance in the image too, and there is none far away. And its parts keep their
patches, where that one's are drawn anew from what their tokens are like on average.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse.linalg import eigsh

REACH = 1.0
"""Distance up to which two patches are compared, as a share of the longer side; the weight falls to a seventh there."""

SOFTNESS = 0.2
"""By how much less a cosine has to be for e times less weight.

Both were chosen from six pairs on four images each of nuclei_stain, magtile, cwfid and voc_animals: mean mIoU at 4, 8
and 16 regions 0.621, from 0.497 (0.25, 0.2) on; the nearer the reach, the less.
"""

_MOST_AT_ONCE = 1600
"""Patches up to which a direct solver is faster."""


def affinities(tokens: NDArray[np.float32], *, reach: float = REACH, softness: float = SOFTNESS) -> NDArray[np.float64]:
    """Weights between patches: exp((cosine - 1) / softness) exp(-2 d^2 / r^2), and 0 beyond r.

    Args:
        tokens: (h, w, D) float32, L2-normalised.
        reach: r as a share of the longer side.
        softness: See `SOFTNESS`.

    Returns:
        (h w, h w) float64, symmetric, 1 on the diagonal.
    """
    rows, columns, dim = tokens.shape
    points = tokens.reshape(-1, dim)
    radius = max(1.5, reach * max(rows, columns))  # neighbours always hold together
    row, column = (axis.ravel() for axis in np.indices((rows, columns)))
    squared = np.square(row[:, None] - row) + np.square(column[:, None] - column)
    cosines = np.asarray(points @ points.T, np.float64)
    weights = np.exp((cosines - 1) / softness - 2 * squared / radius**2)
    weights[squared > radius**2] = 0
    return np.asarray((weights + weights.T) / 2, np.float64)


def eigenvectors(weights: NDArray[np.float64], count: int, *, seed: int) -> NDArray[np.float64]:
    """The first generalised eigenvectors of (D - W) y = lambda D y.

    Args:
        weights: W, (N, N) float64, symmetric, not negative.
        count: Eigenvectors, fewer than N.
        seed: Of where the iteration begins.

    Returns:
        (N, count) float64, the constant one last.
    """
    scale = 1 / np.sqrt(weights.sum(axis=1))
    scaled = scale[:, None] * weights * scale
    size = len(scale)
    if size <= _MOST_AT_ONCE:
        found = eigh(scaled, subset_by_index=(size - count, size - 1), overwrite_a=True)[1]
    else:
        begin = np.random.default_rng(seed).normal(size=size)
        values, vectors = eigsh(scaled, count, which="LA", v0=begin)
        found = vectors[:, np.argsort(values)]
    return np.asarray(found * scale[:, None], np.float64)


def normalised_cut(tokens: NDArray[np.float32], count: int, *, seed: int) -> NDArray[np.intp]:
    """Cut the patches of an image into parts, by k-means over directions in the first ``count`` eigenvectors.

    Args:
        tokens: (h, w, D) float32, L2-normalised.
        count: Parts.
        seed: Of everything random.

    Returns:
        (h, w) part of every patch, without gaps.
    """
    from sklearn.cluster import KMeans

    rows, columns, _ = tokens.shape
    size = rows * columns
    if size <= count + 1:
        return (np.arange(size) % count).reshape(rows, columns)
    places = eigenvectors(affinities(tokens), count, seed=seed)
    places /= np.linalg.norm(places, axis=1, keepdims=True)  # as Yu and Shi (2003): else single patches are parts
    parts = KMeans(count, n_init=10, random_state=seed).fit_predict(places)
    return np.unique(parts, return_inverse=True)[1].reshape(rows, columns)
