"""GeoJSON: for each image a file of polygons in map coordinates, in the coordinate system of the image.

Polygons follow the corners of pixels exactly; outer rings run counter-clockwise on the map and holes clockwise, and a
region of several parts is a MultiPolygon. The standard of today (RFC 7946) knows WGS 84 only: of any other system the
file has the ``crs`` member of older GeoJSON, which GDAL and QGIS read. Coordinates are rounded to a millionth of a
pixel.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from acseg_core.formats.dataset import Dataset, ExportedImage, ExportedShape, Frame
from acseg_core.formats.remarks import remarks_of
from acseg_core.images.georef import GeoReference, georeference_of
from acseg_core.output.folders import OutputFolder
from acseg_core.shapes.masks import area
from acseg_core.shapes.polygon_parts import Corners, polygon_parts

WGS84 = 4326


def write_geojson(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder of GeoJSON files; every image has a georeference."""
    for split in dataset.splits:
        for image in dataset.images(split):
            reference = georeference_of(image.record.info, as_stored=dataset.settings.frame is Frame.STORED)
            assert reference is not None  # others are left out
            system = reference.system
            if system is None or system.epsg is None:
                dataset.notes.add("images whose coordinate system GeoJSON cannot name", image.record.path)
            with folder.open(file_name(image)) as file:
                file.write(json.dumps(_head(image, reference))[:-1].encode("ascii") + b', "features": [')
                for number, shape in enumerate(image.shapes):
                    line = json.dumps(_feature(shape, reference)).encode("ascii")
                    file.write((b",\n" if number else b"\n") + line)
                file.write(b"\n]}\n")
            yield image


def file_name(image: ExportedImage) -> str:
    """Where in the folder the polygons of an image are."""
    name = str(PurePosixPath(image.name).with_suffix(".geojson"))
    return "/".join(filter(None, (image.split, name)))


def _head(image: ExportedImage, reference: GeoReference) -> dict[str, Any]:
    """All but the features; a system that nobody can name is null, which older GeoJSON has for that."""
    head: dict[str, Any] = {"type": "FeatureCollection", "name": PurePosixPath(image.name).stem}
    epsg = None if reference.system is None else reference.system.epsg
    if epsg is None:
        head["crs"] = None
    elif epsg != WGS84:
        head["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{epsg}"}}
    return head | {"image": image.record.path} | remarks_of(image.record)


def _feature(shape: ExportedShape, reference: GeoReference) -> dict[str, Any]:
    category, pixels = shape.category, area(shape.mask)
    properties: dict[str, Any] = {"label": category.name, "label_id": category.id, "region_id": shape.region.id}
    properties |= {"color": category.color, "supercategory": category.supercategory, "pixels": pixels}
    if category.is_thing is not None:
        properties["isthing"] = int(category.is_thing)
    if reference.square_metres is not None:
        properties["area_m2"] = round(pixels * reference.square_metres, 6)
    places = _places(reference)
    polygons = [
        [_ring(ring, reference, places, is_hole=number > 0) for number, ring in enumerate((part.outer, *part.holes))]
        for part in polygon_parts(shape.mask)
    ]
    geometry: dict[str, Any] = (
        {"type": "Polygon", "coordinates": polygons[0]}
        if len(polygons) == 1
        else {"type": "MultiPolygon", "coordinates": polygons}
    )
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _places(reference: GeoReference) -> int:
    """Decimal places that say a millionth of a pixel."""
    return max(0, 6 - math.floor(math.log10(math.sqrt(reference.pixel_area))))


def _ring(ring: Corners, reference: GeoReference, places: int, *, is_hole: bool) -> list[list[float]]:
    """Closed, in map coordinates, and turning as it should whichever way the map's axes go."""
    points = reference.to_map(ring)
    x, y = (points - points[0]).T
    is_counter_clockwise = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) > 0
    if is_counter_clockwise == is_hole:
        points = points[::-1]
    rounded: list[list[float]] = [[round(value, places) for value in point] for point in points.tolist()]
    return [*rounded, rounded[0]]
