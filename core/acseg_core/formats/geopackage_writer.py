"""GeoPackage: one file for GIS, with a layer of polygons for each scene, and one for the photos of a coordinate system.

The polygons of a scene are a valid coverage: neighbours have the very same points along their border, which follows the
corners of pixels exactly, unless it is simplified. Shapes that are one over borders of tiles are one feature
(`acseg_core.formats.scene_features`). Every feature says its label with the numbers that it has here and in class maps,
its colour, its pixels and square metres (NULL where the map does not tell), how far its regions have come and how many
they are, and its image. QGIS finds the colours in the file.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Any

import numpy as np

from acseg_core.errors import StorageError
from acseg_core.formats.coverage_simplifying import geometry
from acseg_core.formats.dataset import Dataset, ExportedImage, Frame
from acseg_core.formats.mosaics import Mosaic
from acseg_core.formats.qgis_styles import STYLES, add_styles
from acseg_core.formats.scene_features import Feature, Outlined, outlined
from acseg_core.formats.vector_libraries import load_pyogrio, load_shapely
from acseg_core.images.geo_systems import CoordinateSystem
from acseg_core.images.georef import GeoReference
from acseg_core.images.scenes.raster import load_rasterio
from acseg_core.output.folders import OutputFolder

UNKNOWN_SYSTEM = "images whose coordinate system is not known, so that their layer has none"

_POINTS_AT_ONCE = 300_000
_PHOTOS = "photos"
_RESERVED = ("gpkg_", "rtree_", "sqlite_", STYLES)
_writing = threading.Lock()


def write_geopackage(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder with a file for each split; every image has a georeference.

    Raises:
        ExtraMissingError: pyogrio or shapely is not installed.
        StorageError: It cannot be written.
    """
    for split in dataset.splits:
        name = f"{split or 'labels'}.gpkg"
        with folder.errors(name):
            yield from _write(dataset, folder.place(name), split)


def write_geopackage_file(dataset: Dataset, file: IO[bytes]) -> Iterator[ExportedImage]:
    """Write one file. SQLite writes to names only, so it is made in a folder for that, and then copied.

    Raises:
        ExtraMissingError: pyogrio or shapely is not installed.
        StorageError: It cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="acseg-") as place:
        made = Path(place) / "labels.gpkg"
        yield from _write(dataset, made, None)
        with made.open("rb") as content:
            shutil.copyfileobj(content, file)


def _write(dataset: Dataset, path: Path, split: str | None) -> Iterator[ExportedImage]:
    load_pyogrio()
    load_shapely()
    layers: dict[str, _Layer] = {}
    names: dict[object, str] = {}
    for mosaic in dataset.mosaics(split):
        reference = mosaic.reference(as_stored=dataset.settings.frame is Frame.STORED)
        assert reference is not None  # others are left out
        name = _layer_name(mosaic, reference, names)
        layer = layers.setdefault(name, _Layer(path, name, reference.system))
        if reference.system is not None and not layer.is_placed:
            dataset.notes.add(UNKNOWN_SYSTEM, mosaic.path)
        for part in outlined(dataset, mosaic):
            if isinstance(part, ExportedImage):
                yield part
            else:
                layer.add(part, mosaic, reference)
        if mosaic.scene is not None:  # its layer is its own, and complete
            layer.close()
    for layer in layers.values():
        layer.close()
    add_styles(path, layers, field="label", colors={each.name: each.color for each in dataset.categories})


class _Layer:
    """Of a file; features are written when there are many, and at the end.

    Args:
        path: Of the file.
        name: Of the layer.
        system: Of its coordinates.
    """

    def __init__(self, path: Path, name: str, system: CoordinateSystem | None) -> None:
        self._path, self._name = path, name
        self._crs = _known(system)
        self._rows: list[dict[str, Any]] = []
        self._shapes: list[Any] = []
        self._points = 0
        self._is_there = False

    @property
    def is_placed(self) -> bool:
        """Whether the file says which coordinate system that is."""
        return self._crs is not None

    def add(self, features: Sequence[Outlined], mosaic: Mosaic, reference: GeoReference) -> None:
        """Features with their outlines in pixels of an image."""
        shapely = load_shapely()
        for feature, parts in features:
            pixels = geometry(parts)
            self._rows.append(_row(feature, mosaic, reference, pixels.area))
            self._shapes.append(shapely.transform(pixels, reference.to_map))
            self._points += shapely.get_num_coordinates(pixels)
            if self._points > _POINTS_AT_ONCE:
                self._flush()

    def close(self) -> None:
        """Write what is left; a layer without any feature is one, too."""
        if self._rows or not self._is_there:
            self._flush()

    def _flush(self) -> None:
        pyogrio, shapely = load_pyogrio(), load_shapely()
        columns = [
            np.array([_filled(row[name], dtype) for row in self._rows], dtype) for name, dtype in _FIELDS.items()
        ]
        nothing = [np.array([row[name] is None for row in self._rows], np.bool_) for name in _FIELDS]
        try:
            with _writing, warnings.catch_warnings():  # Python's filters are global
                warnings.filterwarnings("ignore", message="'crs' was not provided")
                pyogrio.raw.write(
                    self._path,
                    shapely.to_wkb(np.array(self._shapes, object)),
                    columns,
                    np.array(list(_FIELDS)),
                    field_mask=[each if each.any() else None for each in nothing],
                    layer=self._name,
                    driver="GPKG",
                    geometry_type="MultiPolygon",
                    crs=self._crs,
                    append=self._is_there,
                )
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            reason = " ".join(str(error).split())
            raise StorageError(f"{self._path.name}: GDAL cannot write it: {reason}") from error
        self._rows, self._shapes, self._points, self._is_there = [], [], 0, True


def _known(system: CoordinateSystem | None) -> str | None:
    """What GDAL knows a coordinate system by; None if there is no such thing."""
    if system is None or (system.epsg is None and not system.wkt):
        return None
    rasterio = load_rasterio()
    text = system.wkt if system.epsg is None else f"EPSG:{system.epsg}"
    try:
        rasterio.CRS.from_user_input(text)
    except rasterio.errors.CRSError:
        return None
    return text


_FIELDS: dict[str, Any] = {
    "label": object,
    "label_id": np.int32,
    "class": np.int32,
    "color": object,
    "supercategory": object,
    "isthing": np.int32,
    "pixels": np.int64,
    "area_m2": np.float64,
    "status": object,
    "regions": np.int32,
    "image": object,
}


def _filled(value: object, dtype: Any) -> object:
    """What stands in an array where there is NULL."""
    return (None if dtype is object else 0) if value is None else value


def _row(feature: Feature, mosaic: Mosaic, reference: GeoReference, pixels: float) -> dict[str, Any]:
    """The fields; None is written as NULL."""
    category, metres = feature.category, reference.square_metres
    return {
        "label": category.name,
        "label_id": category.id,
        "class": category.number + 1,
        "color": category.color,
        "supercategory": category.supercategory,
        "pixels": feature.pixels,
        "isthing": None if category.is_thing is None else int(category.is_thing),
        "area_m2": None if metres is None else round(pixels * metres, 6),
        "status": feature.status.value,
        "regions": len(feature.regions),
        "image": mosaic.path,
    }


def _layer_name(mosaic: Mosaic, reference: GeoReference, names: dict[object, str]) -> str:
    """A scene has its own, photos have one for each coordinate system."""
    if mosaic.scene is None:
        key: object = reference.system
        system = reference.system
        wanted = _PHOTOS if system is None or not system.title else f"{_PHOTOS} {system.title}"
    else:
        key, wanted = mosaic.path, str(PurePosixPath(mosaic.name).with_suffix("")).replace("/", " ")
    if key not in names:
        if wanted.casefold().startswith(_RESERVED):
            wanted = f"scene {wanted}"
        taken, name, number = {each.casefold() for each in names.values()}, wanted, 1
        while name.casefold() in taken:
            number += 1
            name = f"{wanted} {number}"
        names[key] = name
    return names[key]
