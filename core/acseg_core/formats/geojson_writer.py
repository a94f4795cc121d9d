"""GeoJSON: for each image a file of polygons in map coordinates, in the coordinate system of the image.

Polygons follow the corners of pixels exactly; outer rings run counter-clockwise on the map and holes clockwise, and a
region of several parts is a MultiPolygon. The standard of today (RFC 7946) knows WGS 84 only: of any other system the
file has the ``crs`` member of older GeoJSON, which GDAL and QGIS read, unless longitude and latitude are asked for.
Coordinates are rounded to a millionth of a pixel. A scene is one file, with the features that a GeoPackage has.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.formats.dataset import Category, Dataset, ExportedImage, Frame
from acseg_core.formats.degrees import PLACES, WGS84, degrees_of
from acseg_core.formats.mosaics import Mosaic
from acseg_core.formats.remarks import remarks_of
from acseg_core.formats.scene_features import outlined
from acseg_core.images.georef import GeoReference
from acseg_core.output.folders import OutputFolder
from acseg_core.shapes.masks import area
from acseg_core.shapes.polygon_parts import Corners, PolygonPart, polygon_parts
from acseg_core.shapes.simplifying import signed_area

_HALF_A_TURN = 180


@dataclass(frozen=True, slots=True)
class _Places:
    """How positions in an image are written.

    Attributes:
        reference: Where the image lies.
        of: Makes (n, 2) coordinates of (n, 2) positions.
        digits: Decimal places of them.
    """

    reference: GeoReference
    of: Callable[[NDArray[Any]], NDArray[np.float64]]
    digits: int


def write_geojson(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder of GeoJSON files; every image has a georeference.

    Raises:
        ExportError: Degrees are wanted, and of an image they are not known.
        ExtraMissingError: Degrees or simpler outlines are wanted, and the extra is not installed.
    """
    for split in dataset.splits:
        for mosaic in dataset.mosaics(split):
            reference = mosaic.reference(as_stored=dataset.settings.frame is Frame.STORED)
            assert reference is not None  # others are left out
            places = _places(dataset, reference, mosaic.path)
            with folder.open(_file_name(mosaic.name, split)) as file:
                file.write(json.dumps(_head(dataset, mosaic, reference))[:-1].encode("ascii") + b', "features": [')
                count = 0
                for part in _parts(dataset, mosaic):
                    if isinstance(part, ExportedImage):
                        yield part
                        continue
                    _tell_wide(dataset, mosaic, part.outline, places)
                    line = json.dumps(_feature(part, places)).encode("ascii")
                    file.write((b",\n" if count else b"\n") + line)
                    count += 1
                file.write(b"\n]}\n")


@dataclass(frozen=True, slots=True)
class _Part:
    """A feature: what it says of itself, and its polygons in pixels."""

    properties: dict[str, Any]
    pixels: int
    outline: Sequence[PolygonPart]
    is_exact: bool = True


def _parts(dataset: Dataset, mosaic: Mosaic) -> Iterator[ExportedImage | _Part]:
    """The features of an image, and the images that are read for them, each when that is done.

    A photo has one for each shape; a scene, and a photo with simpler outlines, those of a coverage.
    """
    if mosaic.scene is None and not dataset.settings.simplify:
        for image in dataset.read(mosaic.image_ids):
            for shape in image.shapes:
                about = {"region_id": shape.region.id}
                yield _Part(_about(shape.category, about), area(shape.mask), polygon_parts(shape.mask))
            yield image
        return
    is_exact = not dataset.settings.simplify
    for part in outlined(dataset, mosaic):
        if isinstance(part, ExportedImage):
            yield part
        else:
            for feature, outline in part:
                more = {"status": feature.status.value, "regions": len(feature.regions)}
                yield _Part(_about(feature.category, more), feature.pixels, outline, is_exact)


def _about(category: Category, more: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"label": category.name, "label_id": category.id, **more}
    found |= {"color": category.color, "supercategory": category.supercategory}
    return found | ({} if category.is_thing is None else {"isthing": int(category.is_thing)})


def _file_name(name: str, split: str | None) -> str:
    """Where in the folder the polygons of an image or a scene are."""
    return "/".join(filter(None, (split, str(PurePosixPath(name).with_suffix(".geojson")))))


def _head(dataset: Dataset, mosaic: Mosaic, reference: GeoReference) -> dict[str, Any]:
    """All but the features; a system that nobody can name is null, which older GeoJSON has for that."""
    head: dict[str, Any] = {"type": "FeatureCollection", "name": PurePosixPath(mosaic.name).stem}
    epsg = None if reference.system is None else reference.system.epsg
    if dataset.settings.degrees or epsg == WGS84:
        pass
    elif epsg is None:
        dataset.notes.add("images whose coordinate system GeoJSON cannot name", mosaic.path)
        head["crs"] = None
    else:
        head["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{epsg}"}}
    if mosaic.scene is None:
        return head | {"image": mosaic.path} | remarks_of(mosaic.first)
    return head | {"image": mosaic.path} | ({"done": True} if mosaic.is_done else {})


def _places(dataset: Dataset, reference: GeoReference, path: str) -> _Places:
    if dataset.settings.degrees:
        return _Places(reference, degrees_of(reference, path), PLACES)
    digits = max(0, 6 - math.floor(math.log10(math.sqrt(reference.pixel_area))))  # a millionth of a pixel
    return _Places(reference, reference.to_map, digits)


def _feature(part: _Part, places: _Places) -> dict[str, Any]:
    properties = {**part.properties, "pixels": part.pixels}
    metres = places.reference.square_metres
    if metres is not None:
        pixels = part.pixels if part.is_exact else sum(map(_area, part.outline))
        properties["area_m2"] = round(pixels * metres, 6)
    polygons = [
        [_ring(ring, places, is_hole=number > 0) for number, ring in enumerate((each.outer, *each.holes))]
        for each in part.outline
    ]
    geometry: dict[str, Any] = (
        {"type": "Polygon", "coordinates": polygons[0]}
        if len(polygons) == 1
        else {"type": "MultiPolygon", "coordinates": polygons}
    )
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _area(part: PolygonPart) -> float:
    return signed_area(part.outer) + sum(map(signed_area, part.holes))


def _tell_wide(dataset: Dataset, mosaic: Mosaic, outline: Sequence[PolygonPart], places: _Places) -> None:
    """Say which polygons reach around the world, as they are not cut where longitudes begin anew."""
    if dataset.settings.degrees:
        longitudes = np.concatenate([places.of(part.outer)[:, 0] for part in outline])
        if float(np.ptp(longitudes)) > _HALF_A_TURN:
            dataset.notes.add("polygons over the 180th meridian, which are not cut there", mosaic.path)


def _ring(ring: Corners, places: _Places, *, is_hole: bool) -> list[list[float]]:
    """Closed, in map coordinates, and turning as it should whichever way the map's axes go."""
    points = places.of(ring)
    x, y = (points - points[0]).T
    is_counter_clockwise = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) > 0
    if is_counter_clockwise == is_hole:
        points = points[::-1]
    rounded: list[list[float]] = [[round(value, places.digits) for value in point] for point in points.tolist()]
    return [*rounded, rounded[0]]
