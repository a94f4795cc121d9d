"""Calibration: the granularity that suits the images of a data set, from their trees alone and without any label.

Heights are relative to each image already, so what is good for photographs is about right elsewhere. No statistic of
the trees was found that tells better than that (docs/research/count.md, section 44): this only keeps a data set whose
images would fall into hardly any regions, or into hundreds, from doing so. Nothing here imports torch.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.tree import DEFAULT_GRANULARITY, MOST_REGIONS, threshold_of

FEWEST, MOST = 3.0, 25.0
"""Regions of a usual image of a data set, between which the default cut is taken as it is."""

_STEP = 0.01
"""Of granularities; the slider has no finer ones."""


def usual_count(heights: Sequence[NDArray[np.float32]], granularity: float) -> float:
    """Regions that a cut leaves in a usual image: the geometric mean, which a few crowded ones do not hide others in.

    Args:
        heights: (m,) of the merges of each image's tree, never decreasing.
        granularity: Of the cut, 0..1.

    Raises:
        ValueError: There is no tree, or the granularity is outside 0..1.
    """
    if not len(heights):
        raise ValueError("no tree was given")
    threshold = threshold_of(granularity)
    counts = [1 + len(each) - int(np.searchsorted(each, threshold, side="right")) for each in heights]
    mean = sum(math.log(min(count, MOST_REGIONS)) for count in counts) / len(counts)
    return round(math.exp(mean), 6)  # of equal counts just that


def calibrated_granularity(heights: Sequence[NDArray[np.float32]]) -> float:
    """The granularity nearest to the default one that leaves `FEWEST` to `MOST` regions in a usual image.

    Args:
        heights: (m,) of the merges of each image's tree, never decreasing.

    Raises:
        ValueError: There is no tree.
    """
    count = usual_count(heights, DEFAULT_GRANULARITY)
    steps = round(DEFAULT_GRANULARITY / _STEP)
    if count < FEWEST:
        for step in range(steps + 1, 2 * steps):
            if usual_count(heights, step * _STEP) >= FEWEST:
                return round(step * _STEP, 2)
    if count > MOST:
        for step in range(steps - 1, 0, -1):
            if usual_count(heights, step * _STEP) <= MOST:
                return round(step * _STEP, 2)
    return DEFAULT_GRANULARITY
