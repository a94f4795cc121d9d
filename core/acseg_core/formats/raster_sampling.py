"""The numbers of a raster at the pixels of an image: of each pixel's centre, that of the raster's pixel it lies in.

Where both have one coordinate system that is exact. From another one, places are computed at points 16 pixels apart and
between them by lines, which is off by a millionth of a pixel or so. The raster is read by windows, some rows of the
image at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.formats.map_images import MapImage, to_pixels
from acseg_core.formats.map_systems import Way
from acseg_core.images.georef import GeoReference

if TYPE_CHECKING:
    import rasterio.io

_STEP = 16
_PIXELS = 1 << 20
"""Of the image, that are looked up together."""
_MOST_READ = 1 << 24
"""Pixels of the raster that are read together, about."""
_ON_THE_LINE = 1e-6
"""Of a pixel: what lies nearer than that before a border is taken to be on it, and so in the next pixel."""


def meets(image: MapImage, way: Way, reference: GeoReference, *, width: int, height: int) -> bool:
    """Whether a raster of that size may lie on an image, by the boxes of both.

    Args:
        image: The image.
        way: From its coordinates to those of the raster.
        reference: Of the raster.
        width: Of the raster.
        height: Of the raster.
    """
    points = to_pixels(way(image.border()), reference)
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return False
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return bool(left < width and top < height and right > 0 and bottom > 0)


def sampled(
    source: rasterio.io.DatasetReader, image: MapImage, way: Way, reference: GeoReference
) -> Iterator[tuple[slice, NDArray[Any], NDArray[np.bool_]]]:
    """Look up the raster's numbers at an image's pixels.

    Args:
        source: The raster, open; its first band is read.
        image: The image.
        way: From its coordinates to those of the raster.
        reference: Of the raster.

    Yields:
        Some rows of the image, (rows, W) numbers there, and (rows, W) bool where the raster has any.
    """
    rows = max(1, _PIXELS // image.width)
    for top in range(0, image.height, rows):
        yield from _rows(source, image, way, reference, slice(top, min(top + rows, image.height)))


def _rows(
    source: rasterio.io.DatasetReader, image: MapImage, way: Way, reference: GeoReference, rows: slice
) -> Iterator[tuple[slice, NDArray[Any], NDArray[np.bool_]]]:
    columns, lines = _places(image, way, reference, rows)
    inside = (columns >= 0) & (lines >= 0) & (columns < source.width) & (lines < source.height)
    numbers = np.zeros(inside.shape, source.dtypes[0])
    if not inside.any():
        yield rows, numbers, inside
        return
    across, down = columns[inside].astype(np.int64), lines[inside].astype(np.int64)
    left, top = int(across.min()), int(down.min())
    right, bottom = int(across.max()) + 1, int(down.max()) + 1
    if (right - left) * (bottom - top) > _MOST_READ and rows.stop - rows.start > 1:
        middle = (rows.start + rows.stop) // 2
        for part in (slice(rows.start, middle), slice(middle, rows.stop)):
            yield from _rows(source, image, way, reference, part)
        return
    window = ((top, bottom), (left, right))
    numbers[inside] = source.read(1, window=window)[down - top, across - left]
    if "per_dataset" in {flag.name for flag in source.mask_flag_enums[0]}:
        inside[inside] = source.read_masks(1, window=window)[down - top, across - left] > 0
    yield rows, numbers, inside


def _places(
    image: MapImage, way: Way, reference: GeoReference, rows: slice
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(rows, W) whole columns and rows of the raster in which the centres of pixels lie; NaN for nowhere."""
    x, y = _nodes(0, image.width), _nodes(rows.start, rows.stop)
    nodes = np.stack(np.meshgrid(x, y), axis=2)  # (ny, nx, 2)
    with np.errstate(invalid="ignore"):
        found = to_pixels(way(image.reference.to_map(nodes.reshape(-1, 2))), reference).reshape(nodes.shape)
        found[~np.isfinite(found)] = np.nan
        to_rows = _weights(y, np.arange(rows.start, rows.stop, dtype=np.float64) + 0.5)
        to_columns = _weights(x, np.arange(image.width, dtype=np.float64) + 0.5)
        columns, lines = (to_rows @ found[:, :, axis] @ to_columns.T for axis in (0, 1))
    return np.floor(columns + _ON_THE_LINE), np.floor(lines + _ON_THE_LINE)


def _nodes(start: int, stop: int) -> NDArray[np.float64]:
    """Centres of the first and the last pixel, and places between them."""
    count = max(2, -(-(stop - start) // _STEP) + 1)
    return np.linspace(start + 0.5, stop - 0.5, count) if stop - start > 1 else np.array([start + 0.5])


def _weights(nodes: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, nodes) shares of the two nodes around each of n places."""
    weights = np.zeros((len(places), len(nodes)))
    if len(nodes) == 1:
        weights[:] = 1.0
        return weights
    before = np.clip(np.searchsorted(nodes, places, side="right") - 1, 0, len(nodes) - 2)
    share = (places - nodes[before]) / (nodes[before + 1] - nodes[before])
    at = np.arange(len(places))
    weights[at, before], weights[at, before + 1] = 1.0 - share, share
    return weights
