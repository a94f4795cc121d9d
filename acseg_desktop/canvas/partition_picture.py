"""Pictures of a partition that is no part of the project: a photo with the regions of a label map drawn over it."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

_TINT = 0.55
"""Share of a region's mean colour in the picture; the rest is the photo."""


def partition_picture(photo: NDArray[np.uint8], partition: NDArray[np.integer[Any]], *, side: int = 640) -> QImage:
    """Each region in its mean colour over the photo, with borders that are seen on anything, light or dark.

    Args:
        photo: (h, w, 3) uint8 RGB.
        partition: (h', w') label map of the same image, in any size; region numbers from 0, negative for none.
        side: Longest side in pixels that the picture has at most.
    """
    height, width = photo.shape[:2]
    share = min(1.0, side / max(height, width))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    small = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
    found = cv2.resize(partition.astype(np.int32), size, interpolation=cv2.INTER_NEAREST)
    mixed = _tinted(small, found)
    _draw_borders(mixed, found)
    image = QImage(mixed.tobytes(), size[0], size[1], 3 * size[0], QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)  # a copy: the bytes are gone soon


def _tinted(photo: NDArray[np.uint8], partition: NDArray[np.int32]) -> NDArray[np.uint8]:
    _, flat = np.unique(partition, return_inverse=True)
    flat = flat.reshape(-1)
    areas = np.bincount(flat)
    means = np.stack([np.bincount(flat, photo[..., band].reshape(-1)) / areas for band in range(3)], axis=1)
    mixed = (1 - _TINT) * photo + _TINT * means[flat].reshape(photo.shape)
    return np.ascontiguousarray(np.rint(mixed).astype(np.uint8))


def _draw_borders(picture: NDArray[np.uint8], partition: NDArray[np.int32]) -> None:
    """A white line on one side of each border, a dark one on the other."""
    across, down = partition[:, 1:] != partition[:, :-1], partition[1:] != partition[:-1]
    dark = np.zeros(partition.shape, np.bool_)
    dark[:, 1:] |= across
    dark[1:] |= down
    light = np.zeros(partition.shape, np.bool_)
    light[:, :-1] |= across
    light[:-1] |= down
    picture[dark] = 20
    picture[light] = 255
