"""The photo at halved sizes, sampled for the part of it that is on the screen.

Memory: the photo itself is the caller's array, not a copy; the halved levels are made when first needed and hold a
third of it together. Nothing is kept per zoom except what `Frame` holds for the screen.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_desktop.canvas.viewport import Rect, Viewport

SMALLEST_LEVEL = 600
"""Length in pixels of a side of the smallest level that is made beforehand: a window shows no photo smaller."""
NEAREST_FROM = 3.0
"""Zoom from which on image pixels are drawn as squares."""


class Pyramid:
    """Levels of one photo; level k is smaller by exactly 2 to the k."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        """Keep a reference to ``pixels``, (H, W, 3) uint8 RGB; the caller must not change it any more."""
        if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8 or pixels.size == 0:
            raise ValueError(f"expected (H, W, 3) uint8 pixels, got {pixels.shape} {pixels.dtype}")
        self._levels = [np.ascontiguousarray(pixels)]

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 RGB, the photo itself."""
        return self._levels[0]

    @property
    def smallest(self) -> NDArray[np.uint8]:
        """The smallest level made so far."""
        return self._levels[-1]

    @property
    def width(self) -> int:
        """Pixels per row of the photo."""
        return int(self._levels[0].shape[1])

    @property
    def height(self) -> int:
        """Rows of the photo."""
        return int(self._levels[0].shape[0])

    @property
    def extra_bytes(self) -> int:
        """Memory of the levels made so far, without the photo itself."""
        return sum(level.nbytes for level in self._levels[1:])

    @property
    def nbytes(self) -> int:
        """Memory of the photo and the levels made so far."""
        return sum(level.nbytes for level in self._levels)

    def prepare(self) -> None:
        """Make the levels that a window may need, on a thread that can wait."""
        while min(self._levels[-1].shape[:2]) > SMALLEST_LEVEL and self._halve():
            pass

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Red, green and blue of a pixel of the photo."""
        red, green, blue = self._levels[0][y, x].tolist()
        return red, green, blue

    def sample(
        self, viewport: Viewport, rect: Rect, *, table: NDArray[np.uint8] | None = None, squares: bool = True
    ) -> NDArray[np.uint32]:
        """The photo as it looks in ``rect`` of the screen.

        Args:
            viewport: Where the picture lies.
            rect: Inside ``viewport.picture``.
            table: (256,) uint8, the value to show for each value; as it is when left out.
            squares: Large pixels are squares; else they are blurred, as those of what is only a smaller copy.

        Returns:
            (rect.height, rect.width) uint32, 0xffRRGGBB.
        """
        if squares and (viewport.zoom >= NEAREST_FROM or viewport.zoom == 1.0):
            return self._nearest(viewport, rect, table)
        return self._smooth(viewport, rect, table)

    def _nearest(self, viewport: Viewport, rect: Rect, table: NDArray[np.uint8] | None) -> NDArray[np.uint32]:
        columns, rows = viewport.columns(rect), viewport.rows(rect)
        seen = self._levels[0][rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        part: NDArray[np.uint32] = _to_argb(seen, table)
        if part.shape != (rect.height, rect.width):
            part = part.take(columns - columns[0], axis=1).take(rows - rows[0], axis=0)
        return part

    def _smooth(self, viewport: Viewport, rect: Rect, table: NDArray[np.uint8] | None) -> NDArray[np.uint32]:
        level, factor = self._level_for(viewport.zoom)
        height, width = level.shape[:2]
        step = 1.0 / (viewport.zoom * factor)  # level pixels per screen pixel, in 1..2 when shrinking
        x = (rect.left - viewport.left + 0.5) * step - 0.5  # level position of the first screen pixel's centre
        y = (rect.top - viewport.top + 0.5) * step - 0.5
        # Only the part in sight: it is quicker, and OpenCV allows no more than 32,767 pixels a side here.
        left, top = min(max(0, int(x) - 1), width - 1), min(max(0, int(y) - 1), height - 1)
        right = min(width, int(x + rect.width * step) + 3)
        bottom = min(height, int(y + rect.height * step) + 3)
        part = level[top : max(bottom, top + 1), left : max(right, left + 1)]
        matrix = np.array([[step, 0.0, x - left], [0.0, step, y - top]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        size = (rect.width, rect.height)
        return _to_argb(cv2.warpAffine(part, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), table)

    def _level_for(self, zoom: float) -> tuple[NDArray[np.uint8], int]:
        """The coarsest level that still has a pixel for every screen pixel, and its factor."""
        index = 0
        while zoom * 2 ** (index + 1) <= 1.0:
            if index + 1 == len(self._levels) and not self._halve():
                break
            index += 1
        return self._levels[index], 2**index

    def _halve(self) -> bool:
        """Make one more level; False when the last one is too small for that."""
        height, width = self._levels[-1].shape[:2]
        if min(height, width) < 2:
            return False
        even = self._levels[-1][: height // 2 * 2, : width // 2 * 2]
        self._levels.append(cv2.resize(even, (width // 2, height // 2), interpolation=cv2.INTER_AREA))
        return True


def _to_argb(rgb: NDArray[np.uint8], table: NDArray[np.uint8] | None) -> NDArray[np.uint32]:
    if table is not None:
        rgb = cv2.LUT(rgb, table)
    bgra: NDArray[np.uint8] = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA)
    return bgra.view(np.uint32)[..., 0]
