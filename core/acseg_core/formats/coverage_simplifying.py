"""Polygons with shared borders, made simpler together by GEOS, so that neither gaps nor overlaps come of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from acseg_core.formats.vector_libraries import load_shapely
from acseg_core.shapes.polygon_parts import PolygonPart


def simplified_together(outlines: Sequence[Sequence[PolygonPart]], tolerance: float) -> list[list[PolygonPart]]:
    """The same polygons with fewer points; a border between two is the same for both.

    Args:
        outlines: Of each feature; all that share borders.
        tolerance: Pixels: corners go that cut off less than about a square of that side.

    Raises:
        ExtraMissingError: shapely is not installed.
    """
    shapely = load_shapely()
    found = shapely.coverage_simplify([geometry(parts) for parts in outlines], tolerance)
    return [[_part(polygon) for polygon in shapely.get_parts(each)] for each in found]


def geometry(parts: Sequence[PolygonPart]) -> Any:
    """A shapely MultiPolygon in pixels.

    Raises:
        ExtraMissingError: shapely is not installed.
    """
    shapely = load_shapely()
    return shapely.MultiPolygon([shapely.Polygon(part.outer, part.holes) for part in parts])


def _part(polygon: Any) -> PolygonPart:
    """Clockwise as seen, holes the other way, as all of them are; in shapely that is counter-clockwise, y upwards."""
    turned = polygon.normalize()  # outer rings the one way, holes the other
    is_clockwise = turned.exterior.is_ccw  # with y downwards
    rings = [np.asarray(ring.coords)[:-1] for ring in (turned.exterior, *turned.interiors)]
    outer, *holes = rings if is_clockwise else [ring[::-1] for ring in rings]
    return PolygonPart(outer, tuple(holes))
