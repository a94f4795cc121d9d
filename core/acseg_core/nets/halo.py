"""Features of a project's images: tiles of scenes are seen with what is around them, and only their patches are kept.

Everything that computes tokens of photos goes through `features_of`, so that what is cached is the same whoever
computed it. The tile itself has the patches that it would have alone; so many more are added on each side as its
surroundings are wide, which are cut to whole patches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acseg_core.images.photos import Photo
from acseg_core.nets.features import FeatureMap

if TYPE_CHECKING:
    from acseg_core.nets.backbone import Backbone

_SLACK = 0.25
"""Share of a patch by which a halo may be too narrow for it: it is stretched a little then."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What the backbone sees for the sake of one image.

    Attributes:
        pixels: (H, W, 3) uint8, the image or more.
        grid: Rows and columns of patches of all of it.
        rows: Which rows of patches are the image's.
        columns: Which columns.
        left: First column of pixels that is the image's.
        top: First row.
        width: Columns of pixels of the image.
        height: Rows.
        valid: (H, W) bool, False where there is no data; None where all is valid.
    """

    pixels: NDArray[np.uint8]
    grid: tuple[int, int]
    rows: slice
    columns: slice
    left: int
    top: int
    width: int
    height: int
    valid: NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """An image, and what the backbone computed for its sake.

    Attributes:
        photo: The image, without what is around it.
        view: What was seen.
        features: Of all of that.
    """

    photo: Photo
    view: View
    features: FeatureMap

    @property
    def own(self) -> FeatureMap:
        """Of the image's own patches."""
        if self.features.grid == (_length(self.view.rows), _length(self.view.columns)):
            return self.features
        return self.features.cropped(self.view.rows, self.view.columns)


def features_of(backbone: Backbone, photos: Sequence[Photo]) -> list[FeatureMap]:
    """Compute the tokens of photos, which for a tile of a scene depend on what is around it.

    Args:
        backbone: What computes them.
        photos: Tiles must have been read with their surroundings.

    Returns:
        One feature map a photo, in order, of its own patches only; on the backbone's device.

    Raises:
        ModelError: Memory runs out even for a single image.
    """
    return [seen.own for seen in see(backbone, photos)]


def see(backbone: Backbone, photos: Sequence[Photo]) -> list[Seen]:
    """Compute all that there is to see for the sake of photos; see `features_of`."""
    views = [view_of(photo, backbone.grid_size(*photo.size)) for photo in photos]
    found = backbone.features([view.pixels for view in views], grids=[view.grid for view in views])
    alone = [replace(photo, surroundings=None) for photo in photos]
    return [Seen(*each) for each in zip(alone, views, found, strict=True)]


def view_of(photo: Photo, grid: tuple[int, int]) -> View:
    """What is to be seen for a photo whose own patches are so many rows and columns."""
    rows, columns = grid
    around = photo.surroundings
    width, height = photo.size
    if around is None:
        return View(photo.rgb, grid, slice(0, rows), slice(0, columns), 0, 0, width, height, photo.valid)
    before, after = around.left, around.rgb.shape[1] - around.left - width
    above, below = around.top, around.rgb.shape[0] - around.top - height
    (left, left_pixels), (right, right_pixels) = (_whole(each, width, columns) for each in (before, after))
    (top, top_pixels), (bottom, bottom_pixels) = (_whole(each, height, rows) for each in (above, below))
    seen = (
        slice(above - top_pixels, above + height + bottom_pixels),
        slice(before - left_pixels, before + width + right_pixels),
    )
    return View(
        np.ascontiguousarray(around.rgb[seen]),
        (rows + top + bottom, columns + left + right),
        slice(top, top + rows),
        slice(left, left + columns),
        left_pixels,
        top_pixels,
        width,
        height,
        None if around.valid is None else around.valid[seen],
    )


def _whole(pixels: int, side: int, patches: int) -> tuple[int, int]:
    """How many whole patches a halo has, and how many of its pixels they are.

    Args:
        pixels: Of the halo on one side.
        side: Of the tile in pixels, in that direction.
        patches: Of the tile, likewise.
    """
    count = int(pixels * patches / side + _SLACK)
    return count, min(pixels, round(count * side / patches))


def _length(places: slice) -> int:
    return int(places.stop - places.start)
