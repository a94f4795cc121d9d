"""Scenes painted from their tiles, a row of tiles at a time, so that memory depends on the width alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.formats.dataset import Dataset, ExportedImage
from acseg_core.formats.mosaics import Mosaic
from acseg_core.types import Scene

_BLANK_ROWS = 1024
"""Of a part of a scene of which nothing leaves, at most at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """All of a scene between two of its rows of pixels.

    Attributes:
        top: Its first row, from 0.
        numbers: (h, W) of what is there; W is the scene's width.
        images: The tiles in it that leave, of which it has all pixels.
    """

    top: int
    numbers: NDArray[Any]
    images: tuple[ExportedImage, ...]


def bands(
    scene: Scene,
    tiles: Iterator[ExportedImage],
    paint: Callable[[ExportedImage], NDArray[Any]],
    outside: int,
    dtype: Any,
) -> Iterator[Band]:
    """Put a scene together, a row of tiles at a time.

    Args:
        scene: Which.
        tiles: Those that leave, in display order.
        paint: Makes (h, w) numbers of a tile.
        outside: The number of what is in none of them.
        dtype: Of the numbers.

    Yields:
        Bands from top to bottom, that together are all of the scene.
    """
    bottom, row, held = 0, 0, list[ExportedImage]()
    numbers: NDArray[Any] | None = None
    for image in tiles:
        tile = image.record.info.tile
        assert tile is not None, "it is no tile"
        if numbers is not None and tile.row != row:
            yield Band(bottom - len(numbers), numbers, tuple(held))
            numbers, held = None, []
        if numbers is None:
            yield from _blank(scene, bottom, tile.top, outside, dtype)
            row, bottom = tile.row, tile.top + image.size[0]
            numbers = np.full((image.size[0], scene.width), outside, dtype)
        numbers[:, tile.left : tile.left + image.size[1]] = paint(image)
        held.append(image)
    if numbers is not None:
        yield Band(bottom - len(numbers), numbers, tuple(held))
    yield from _blank(scene, bottom, scene.height, outside, dtype)


def mosaic_bands(
    dataset: Dataset, mosaic: Mosaic, paint: Callable[[ExportedImage], NDArray[Any]], outside: int, dtype: Any
) -> Iterator[Band]:
    """The same of any mosaic; another image is one band."""
    images = dataset.read(mosaic.image_ids)
    if mosaic.scene is not None:
        yield from bands(mosaic.scene, images, paint, outside, dtype)
        return
    for image in images:
        yield Band(0, paint(image).astype(dtype), (image,))


def _blank(scene: Scene, top: int, bottom: int, outside: int, dtype: Any) -> Iterator[Band]:
    for start in range(top, bottom, _BLANK_ROWS):
        rows = min(_BLANK_ROWS, bottom - start)
        yield Band(start, np.full((rows, scene.width), outside, dtype), ())
