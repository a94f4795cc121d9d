"""A simulated annotator: its first click is in the middle of the thing, each further one in that of the worst error.

The middle is the point farthest from the outline; the worst error is the largest connected one, missing or too much.
This is how interactive segmentation is judged everywhere.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.picking import Picks
from acseg_core.shapes.dividing import Point

Picker = Callable[[Picks], NDArray[np.bool_]]
"""Finds a thing, (H, W) bool, by clicks."""


def ious_by_click(truth: NDArray[np.bool_], picker: Picker, *, clicks: int) -> list[float]:
    """Click so many times, and say how good the result was after each.

    Args:
        truth: (H, W) bool, the thing, which has pixels.
        picker: The way to find it.
        clicks: How many.

    Returns:
        IoU after each click; once nothing is wrong, it stays 1.
    """
    this: list[Point] = [middle(truth)]
    other: list[Point] = []
    found: list[float] = []
    while len(found) < clicks:
        shown = picker(Picks(tuple(this), tuple(other)))
        found.append(_iou(shown, truth))
        correction = next_click(shown, truth)
        if correction is None:
            return found + [1.0] * (clicks - len(found))
        point, is_missing = correction
        (this if is_missing else other).append(point)
    return found


def next_click(shown: NDArray[np.bool_], truth: NDArray[np.bool_]) -> tuple[Point, bool] | None:
    """Where the worst error is, and whether it is missing there; None where there is none."""
    worst, area, is_missing = None, 0, False
    for error, missing in ((truth & ~shown, True), (shown & ~truth, False)):
        count, numbers, stats, _ = cv2.connectedComponentsWithStats(error.view(np.uint8), connectivity=8)
        if count < 2:
            continue
        largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
        if stats[largest, cv2.CC_STAT_AREA] > area:
            worst, area, is_missing = numbers == largest, int(stats[largest, cv2.CC_STAT_AREA]), missing
    return None if worst is None else (middle(worst), is_missing)


def _iou(shown: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    return np.count_nonzero(shown & truth) / np.count_nonzero(shown | truth)


def middle(mask: NDArray[np.bool_]) -> Point:
    """The middle of the pixel that is farthest from all that is not in a mask, and from the image's border."""
    ways = cv2.distanceTransform(np.pad(mask.view(np.uint8), 1), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)[1:-1, 1:-1]
    row, column = np.unravel_index(int(ways.argmax()), ways.shape)
    return float(column) + 0.5, float(row) + 0.5
