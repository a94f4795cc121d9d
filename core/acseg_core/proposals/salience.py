"""Salience: which regions of an image are foreground, by the attention of the backbone's CLS token.

Section 3.4 of the ACSeg paper. NumPy only.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.patches import label_shares


def foreground(attention: NDArray[np.float32], label_map: NDArray[np.integer[Any]], count: int) -> NDArray[np.bool_]:
    """Which regions of an image are foreground: those the CLS token attends to (section 3.4 of the ACSeg paper).

    The attention is averaged over each region, and the means are divided in two by 2-means (exactly: in one
    dimension its best division is a threshold).

    Args:
        attention: (h, w) float32, of the CLS token to every patch.
        label_map: (H, W) integers, region of every pixel, 0..count - 1; -1 outside of all.
        count: R, the number of regions.

    Returns:
        (R,) bool; all of them where the regions do not differ, and never one without pixels.
    """
    labels, shares = label_shares(label_map, (attention.shape[0], attention.shape[1]))
    pixels = shares.sum(axis=0)
    means = (attention.ravel() @ shares) / np.maximum(pixels, 1e-12)
    result = np.zeros(count, bool)
    result[labels] = stand_out(means)
    return result


def stand_out(means: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """Which of the (R,) mean attentions to the regions of an image belong to its foreground; all where none differ."""
    return np.asarray(means > _two_means_threshold(means), bool)


def _two_means_threshold(values: NDArray[np.floating[Any]]) -> float:
    """The threshold that divides values into two clusters with the least squared distance to their means."""
    ordered = np.sort(values.astype(np.float64))
    if not len(ordered) or ordered[0] == ordered[-1]:
        return -math.inf
    count = np.arange(1, len(ordered))
    below = np.cumsum(ordered)[:-1]
    above = ordered.sum() - below
    gain = below**2 / count + above**2 / (len(ordered) - count)  # the greater, the less is left within
    gain[ordered[1:] == ordered[:-1]] = -math.inf  # equal values stay together
    return float(ordered[gain.argmax()])
