"""Outlines that move: what becomes of the pixels of a label map when one region is erased, grown, smoothed or filled.

A label map here is (h, w) int64 ids of regions, `NOBODY` where there is none; usually of a part of an image.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

NOBODY = 0
"""In a label map: a pixel of no region."""


def nearest_owners(
    owners: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Find for some pixels which region is nearest.

    Args:
        owners: (h, w) int64, `NOBODY` where pixels belong to none that may be found.
        wanted: (h, w) bool, the pixels to find a region for.

    Returns:
        For the n wanted pixels in row-major order: (n,) int64 ids (`NOBODY` where there is no region at all), and (n,)
        float32 distances in pixels, about 2 % exact (infinite where there is none).
    """
    count = int(np.count_nonzero(wanted))
    found = owners != NOBODY
    if not found.any():
        return np.full(count, NOBODY, np.int64), np.full(count, np.inf, np.float32)
    distances, seeds = cv2.distanceTransformWithLabels(
        (~found).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    owner_of_seed = np.zeros(int(seeds.max()) + 1, np.int64)
    owner_of_seed[seeds[found]] = owners[found]
    return owner_of_seed[seeds[wanted]], np.asarray(distances[wanted], np.float32)
