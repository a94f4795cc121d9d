"""Tiles of scenes as photos: their pixels as they are shown, and what is around them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from acseg_core.errors import ImageError
from acseg_core.images import rendering
from acseg_core.images.photos import Photo, Surroundings
from acseg_core.images.pixels import Stretch
from acseg_core.images.scenes.raster import Box, opened, picture_of
from acseg_core.types import ImageInfo

NOTHING_TO_SEE = "there is nothing to see: every pixel is transparent or marked as no data"

_AS_STORED = rendering.Rendering((1, 2, 3), (Stretch(0.0, 255.0),) * 3)


def read_tile(path: Path, info: ImageInfo, *, with_halo: bool = False) -> Photo:
    """Read a tile at full resolution.

    Args:
        path: Of the scene's file.
        info: What was noted of the tile when it was added.
        with_halo: Read what is around it, too.

    Raises:
        ImageError: It cannot be read, or no pixel of it is valid.
        ExtraMissingError: rasterio is not installed.
    """
    assert info.tile is not None, "it is no tile"
    tile, shown = info.tile, rendering.from_text(info.rendering) or _AS_STORED
    margin = tile.halo if with_halo else 0
    with opened(path) as source:
        width, height = source.width, source.height
        left, top = max(0, tile.left - margin), max(0, tile.top - margin)
        right, bottom = min(width, tile.left + info.width + margin), min(height, tile.top + info.height + margin)
        if tile.left + info.width > width or tile.top + info.height > height:
            raise ImageError(path, "smaller than it was when it was added")
        picture = picture_of(source, Box(left, top, right - left, bottom - top), shown)
    rows = slice(tile.top - top, tile.top - top + info.height)
    columns = slice(tile.left - left, tile.left - left + info.width)
    valid = None if picture.valid is None else picture.valid[rows, columns]
    if valid is not None and not valid.any():
        raise ImageError(path, NOTHING_TO_SEE)
    return Photo(
        rgb=np.ascontiguousarray(picture.rgb[rows, columns]),
        stored_width=info.width,
        stored_height=info.height,
        orientation=1,
        mode=info.mode,
        valid=None if valid is None or valid.all() else np.ascontiguousarray(valid),
        surroundings=Surroundings(picture.rgb, columns.start, rows.start, picture.valid) if with_halo else None,
    )
