"""Morphology of regions: the pixels of a label map when one region is erased, grown, smoothed or filled.

A label map of owners is (h, w) int64 ids of regions, `OPEN` for pixels of no region and `NOBODY` for pixels whose
owner does not count; usually it is of a part of an image. At the image's own border a mask goes on as it is there.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

NOBODY, OPEN = 0, -1


def nearest_owners(
    owners: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Find for some pixels whose the nearest pixel is.

    Args:
        owners: (h, w) int64, `NOBODY` where no owner may be found.
        wanted: (h, w) bool, the pixels to find an owner for.

    Returns:
        For the n wanted pixels in row-major order: (n,) int64 ids (`OPEN` where pixels of no region are nearest,
        `NOBODY` where there is nothing to be found), and (n,) float32 distances in pixels, at most 3 % too small or too
        large (infinite where there is nothing).
    """
    found = owners != NOBODY
    if not found.any():
        count = int(np.count_nonzero(wanted))
        return np.full(count, NOBODY, np.int64), np.full(count, np.inf, np.float32)
    distances, seeds = cv2.distanceTransformWithLabels(
        (~found).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    owner_of_seed = np.zeros(int(seeds.max()) + 1, np.int64)
    owner_of_seed[seeds[found]] = owners[found]
    return owner_of_seed[seeds[wanted]], np.asarray(distances[wanted], np.float32)


def grown(mask: NDArray[np.bool_], pixels: int) -> NDArray[np.bool_]:
    """The mask and all within so many pixels of it, (h, w) bool."""
    return np.asarray(cv2.dilate(mask.view(np.uint8), _disc(pixels)) > 0)


def shrunk(mask: NDArray[np.bool_], pixels: int) -> NDArray[np.bool_]:
    """What of the mask is farther than so many pixels from all that is not, (h, w) bool."""
    return np.asarray(cv2.erode(mask.view(np.uint8), _disc(pixels)) > 0)


def smoothed(mask: NDArray[np.bool_], radius: int) -> NDArray[np.bool_]:
    """The pixels that have more of the mask than of the rest around them, within a disc; (h, w) bool."""
    disc = _disc(radius).astype(np.float32)
    inside = cv2.filter2D(mask.astype(np.float32), -1, disc, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(inside > disc.sum() / 2)


def holes(mask: NDArray[np.bool_], *, at_border: tuple[bool, bool, bool, bool]) -> NDArray[np.int32]:
    """What the mask encloses.

    Args:
        mask: (h, w) bool, connected across corners.
        at_border: Whether the left, top, right and bottom edge of the map are the image's: what reaches the image's
            border is enclosed by nothing, and what reaches another edge goes on.

    Returns:
        (h, w) int32, the holes numbered from 1, 0 elsewhere.
    """
    left, top, right, bottom = (0 if known else 1 for known in at_border)
    padded = np.pad(mask, ((top, bottom), (left, right)))
    _, labels = cv2.connectedComponents((~padded).view(np.uint8), connectivity=4)
    edge = np.unique(np.concatenate((labels[0], labels[-1], labels[:, 0], labels[:, -1])))
    enclosed = np.setdiff1d(np.unique(labels), np.append(edge, 0))
    number = np.zeros(int(labels.max()) + 1, np.int32)
    number[enclosed] = np.arange(1, len(enclosed) + 1)
    return np.asarray(number[labels[top : top + mask.shape[0], left : left + mask.shape[1]]])


def border_lengths(owners: NDArray[np.int64], region: int) -> dict[int, int]:
    """How many sides of pixels a region shares with each other region.

    Args:
        owners: (h, w) int64, the region and at least one pixel around it.
        region: Its id.
    """
    lengths: dict[int, int] = {}
    for first, second in ((owners[:, :-1], owners[:, 1:]), (owners[:-1], owners[1:])):
        for one, other in ((first, second), (second, first)):
            ids, counts = np.unique(other[(one == region) & (other != region)], return_counts=True)
            for id_, count in zip(ids.tolist(), counts.tolist(), strict=True):
                lengths[id_] = lengths.get(id_, 0) + count
    return {id_: count for id_, count in lengths.items() if id_ > NOBODY}


def _disc(radius: int) -> NDArray[np.uint8]:
    """All pixels whose centres are within ``radius`` of the middle one's; OpenCV's own ellipse is no disc."""
    away = np.arange(-radius, radius + 1)
    return (away[:, None] ** 2 + away**2 <= radius**2).astype(np.uint8)
