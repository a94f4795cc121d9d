"""Margins: what is around the image that is to be partitioned, where that is part of a larger picture.

Cells and merges see the margins as they see the image, so that what a border of the image divides is divided alike on
both sides; the leaves are of the image alone. The picture is made smaller in pieces, so that the image's own pixels
are the same with margins and without. Nothing here imports torch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.nets.halo import View


@dataclass(frozen=True, slots=True)
class Margins:
    """Pixels of a picture around the image in it.

    Attributes:
        left: Columns before the image.
        top: Rows above it.
        right: Columns after it.
        bottom: Rows below it.
    """

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything around the image."""
        return any((self.left, self.top, self.right, self.bottom))

    def inside(self, shape: tuple[int, ...]) -> tuple[slice, slice]:
        """Rows and columns of the image in a picture of that many rows and columns."""
        return slice(self.top, shape[0] - self.bottom), slice(self.left, shape[1] - self.right)

    def scaled(self, shape: tuple[int, ...], size: tuple[int, int]) -> Margins:
        """The margins where the image in such a picture is made smaller to ``size`` (h, w); none vanishes."""
        rows, columns = self.inside(shape)
        down, across = size[0] / (rows.stop - rows.start), size[1] / (columns.stop - columns.start)
        left, right = (each and max(1, round(each * across)) for each in (self.left, self.right))
        top, bottom = (each and max(1, round(each * down)) for each in (self.top, self.bottom))
        return Margins(left, top, right, bottom)

    def in_pieces(
        self,
        picture: NDArray[Any],
        size: tuple[int, int],
        smaller: Callable[[NDArray[Any], tuple[int, int]], NDArray[Any]],
    ) -> NDArray[Any]:
        """Make a picture smaller: the image in it to ``size`` (h, w), and each piece of its margins for itself.

        Args:
            picture: (H, W) or (H, W, C).
            size: Of the image then.
            smaller: Makes (H, W) or (H, W, C) smaller to (h, w).
        """
        if not self:
            return smaller(picture, size)
        small = self.scaled(picture.shape, size)
        rows = _parts(self.top, picture.shape[0] - self.bottom, picture.shape[0])
        columns = _parts(self.left, picture.shape[1] - self.right, picture.shape[1])
        heights, widths = (small.top, size[0], small.bottom), (small.left, size[1], small.right)
        return np.concatenate(
            [
                np.concatenate(
                    [
                        smaller(np.ascontiguousarray(picture[down, across]), (height, width))
                        for across, width in zip(columns, widths, strict=True)
                        if width
                    ],
                    axis=1,
                )
                for down, height in zip(rows, heights, strict=True)
                if height
            ]
        )


def margins_of(view: View) -> Margins:
    """What is around an image in what the backbone sees of it."""
    height, width = view.pixels.shape[:2]
    return Margins(view.left, view.top, width - view.left - view.width, height - view.top - view.height)


NO_MARGINS = Margins()
"""Of an image that is a picture of its own."""


def _parts(first: int, last: int, end: int) -> tuple[slice, slice, slice]:
    return slice(0, first), slice(first, last), slice(last, end)
