"""Geometries of a map as masks of images that lie on it (extra ``geo``: shapely).

A pixel belongs to a shape if its centre is inside. Edges are straight in the coordinate system of the file: where an
image has another one, they get so many points in between that they are bent there as they should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.formats.labelled import Outline
from acseg_core.formats.map_images import MapImage, to_pixels
from acseg_core.formats.map_layers import Bounds
from acseg_core.formats.map_systems import Way
from acseg_core.formats.placing import mask_of
from acseg_core.formats.vector_libraries import load_shapely
from acseg_core.types import Rle

_MARGIN = 0.05
"""Share of an image's box that is left around it, as its border is bent in other systems."""
_STEPS = 64
"""An edge as long as an image gets so many points."""
_POLYGON = 3


def box_of(image: MapImage, way: Way) -> Bounds | None:
    """What an image lies in, with a margin, in the coordinates of a file; None if it has no place there.

    Args:
        image: The image.
        way: From the coordinates of the image to those of the file.
    """
    points = way(image.border())
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return None
    low, high = points.min(axis=0), points.max(axis=0)
    margin = np.zeros(2) if way.is_same else (high - low) * _MARGIN
    low, high = low - margin, high + margin
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def repaired(geometries: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Geometries whose outlines do not cross themselves, and which of them did; None stays None.

    Args:
        geometries: (n,) of shapely.
    """
    shapely = load_shapely()
    broken = ~shapely.is_valid(geometries) & ~shapely.is_missing(geometries)
    if not broken.any():
        return geometries, broken
    mended = geometries.copy()
    mended[broken] = shapely.make_valid(geometries[broken], method="structure", keep_collapsed=False)
    return mended, broken


def has_area(geometry: Any) -> bool:
    """Whether there is a polygon in a geometry, not only points and lines."""
    return any(True for _ in _polygons(geometry))


def masks_on(geometries: Sequence[Any], image: MapImage, box: Bounds, way: Way) -> Iterator[Rle | None]:
    """The pixels of an image that each geometry covers; None where none of it has a place in the image's coordinates.

    Args:
        geometries: Sound, see `repaired`. Some thousands at once are faster than one after the other.
        image: The image.
        box: What it lies in, in the coordinates of the geometries.
        way: From these to those of the image.
    """
    pieces = [
        [piece for polygon in _polygons(each) for piece in _polygons(polygon if way.is_same else _near(polygon, box))]
        for each in geometries
    ]
    rings = _rings([piece for those in pieces for piece in those], image, way)
    for those in pieces:
        parts = [tuple(next(rings) for _ in range(1 + len(piece.interiors))) for piece in those]
        placed = tuple(part for part in parts if all(np.isfinite(ring).all() for ring in part))
        yield mask_of(Outline(placed), (image.height, image.width)) if placed else None


def _rings(polygons: Sequence[Any], image: MapImage, way: Way) -> Iterator[NDArray[np.float64]]:
    """(n, 2) corners in pixels of the rings of polygons, the outer one of each before its holes."""
    shapely = load_shapely()
    rings = shapely.get_rings(np.array(polygons, object))
    points = to_pixels(way(shapely.get_coordinates(rings)), image.reference)
    for ring in np.split(points, np.cumsum(shapely.get_num_coordinates(rings))[:-1]):
        yield ring[:-1]  # the last corner is the first


def _polygons(geometry: Any) -> Iterator[Any]:
    """The polygons in a geometry, however deep in collections."""
    shapely = load_shapely()
    if geometry is None or geometry.is_empty:
        return
    if shapely.get_type_id(geometry) == _POLYGON:
        yield geometry
    elif hasattr(geometry, "geoms"):
        for each in geometry.geoms:
            yield from _polygons(each)


def _near(polygon: Any, box: Bounds) -> Any:
    """What of a polygon is around an image, with points along its edges."""
    shapely = load_shapely()
    width, height = box[2] - box[0], box[3] - box[1]
    around = box[0] - width, box[1] - height, box[2] + width, box[3] + height
    left, low, right, high = polygon.bounds
    if left < around[0] or low < around[1] or right > around[2] or high > around[3]:
        polygon = shapely.intersection(polygon, shapely.box(*around))
    step = max(width, height) / _STEPS
    return shapely.segmentize(polygon, step) if step > 0 else polygon
