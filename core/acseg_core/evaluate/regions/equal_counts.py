"""Equal counts: settings with which the mean number of regions over a set of images is what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def common_height(heights: Sequence[NDArray[np.floating[Any]]], count: float) -> float:
    """Find the height at which cutting all trees gives a mean number of regions.

    Args:
        heights: For each image, (n - 1,) float32 heights of the merges of its tree.
        count: Mean number of regions wanted, over the images.

    Returns:
        A threshold for `ConceptTree.cut`; where trees have too few leaves, the one that leaves all of them.
    """
    pooled = np.sort(np.concatenate([np.asarray(each, np.float64) for each in heights]))[::-1]
    unmade = round((count - 1) * len(heights))  # merges that a cut leaves out; it makes those up to its height
    if unmade >= len(pooled):
        return -1.0
    if unmade <= 0:
        return float(pooled[0])
    threshold = float(pooled[unmade])
    left_out = int((pooled > threshold).sum())
    higher_tie = int((pooled >= threshold).sum())
    if higher_tie - unmade < unmade - left_out:  # several merges at that height: leaving all out comes closer
        return float(np.nextafter(np.float32(threshold), np.float32(-np.inf)))
    return threshold


def matched_settings(counts: NDArray[np.integer[Any]], count: float, *, seed: int = 0) -> NDArray[np.intp]:
    """Choose one of several settings for every image so that the mean number of regions is what was asked for.

    All images get one of two settings next to each other: the last whose mean is not above the count, and the one
    after it. Who gets which is drawn by the seed.

    Args:
        counts: (images, settings), regions of every image at every setting; the settings' means ascend.
        count: Mean number of regions wanted.
        seed: Of the draw.

    Returns:
        (images,) index of the setting.
    """
    images, settings = counts.shape
    reached = np.flatnonzero(counts.mean(axis=0) <= count + 1e-9)
    low = int(reached[-1]) if len(reached) else 0
    if low == settings - 1:
        return np.full(images, low)
    order = np.random.default_rng(seed).permutation(images)
    gained = np.cumsum(np.concatenate(([0], (counts[order, low + 1] - counts[order, low]))))
    total = counts[:, low].sum() + gained
    switched = int(np.abs(total - count * images).argmin())
    chosen = np.full(images, low)
    chosen[order[:switched]] = low + 1
    return chosen
