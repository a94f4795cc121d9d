"""Layers of features on a map, read near a place through GDAL (extra ``geo``: pyogrio); a large file never as a whole.

Files with an index of places (GeoPackage, FlatGeobuf, Shapefiles with one) are asked anew for each image. Of others
(GeoJSON), what lies around all the images is read once and kept.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import LabelFileError
from acseg_core.formats.map_fields import Field, FieldKind
from acseg_core.formats.map_systems import system_called
from acseg_core.formats.vector_libraries import load_pyogrio, load_shapely

if TYPE_CHECKING:
    from rasterio.crs import CRS

Bounds = tuple[float, float, float, float]
"""Least x and y, greatest x and y."""

_KINDS = {
    "OFTString": FieldKind.TEXT,
    "OFTWideString": FieldKind.TEXT,
    "OFTInteger": FieldKind.WHOLE,
    "OFTInteger64": FieldKind.WHOLE,
    "OFTReal": FieldKind.NUMBER,
}
_CHUNK = 200_000
"""Features whose boxes are looked at together."""
_quiet = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Some features of a layer.

    Attributes:
        ids: (n,) int64, as the file numbers them.
        geometries: (n,) shapely's geometries, None for one that is not read; empty if they were not asked for.
        values: (n,) of each field that was asked for, by its name.
    """

    ids: NDArray[np.int64]
    geometries: NDArray[Any]
    values: dict[str, NDArray[Any]]

    def where(self, chosen: NDArray[np.bool_]) -> Features:
        """Those of them that are chosen, (n,) bool."""
        values = {name: column[chosen] for name, column in self.values.items()}
        return Features(self.ids[chosen], self.geometries[chosen], values)


class MapLayer:
    """One layer of a file.

    Args:
        path: Of the file.
        name: Of the layer.

    Attributes:
        system: The coordinate system; None where the file says none.
        fields: The attributes.
        count: How many features it has.
        bounds: What all of it lies in; None where there is nothing.
        geometry: Which kind of geometry it says it has, such as "Polygon" or "Unknown"; "" for none.

    Raises:
        LabelFileError: It cannot be read.
        ExtraMissingError: pyogrio is not installed.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        with _reading(path) as pyogrio:
            info = pyogrio.read_info(path, layer=name, force_feature_count=True, force_total_bounds=True)
        self.system: CRS | None = system_called(info["crs"] or "")
        kinds = zip(info["fields"], info["ogr_types"], strict=True)
        self.fields = tuple(Field(str(field), _KINDS.get(kind, FieldKind.OTHER)) for field, kind in kinds)
        self.count = int(info["features"])
        self.geometry: str = info["geometry_type"] or ""
        bounds = info["total_bounds"]
        self.bounds: Bounds | None = None if bounds is None or not np.isfinite(bounds).all() else tuple(bounds)
        self._has_index = bool(info["capabilities"]["fast_spatial_filter"])
        self._around: Bounds | None = None
        self._kept: tuple[Features, NDArray[np.float64]] | None = None

    def expect(self, boxes: Sequence[Bounds]) -> None:
        """Say where features will be asked for, so that what is read at once is no more than that."""
        if boxes:
            low, high = np.min(boxes, axis=0)[:2], np.max(boxes, axis=0)[2:]
            self._around = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    def near(self, box: Bounds, fields: Sequence[str], *, with_geometry: bool) -> Features:
        """The features whose boxes meet one, in the order of the file.

        Args:
            box: In the layer's coordinates.
            fields: Attributes that are read with them.
            with_geometry: Whether geometries are needed.

        Raises:
            LabelFileError: They cannot be read.
        """
        if self._has_index:
            return self._read(box, fields, with_geometry=with_geometry)
        if self._kept is None or not set(fields) <= self._kept[0].values.keys():
            shapely = load_shapely()
            found = self._read(self._around or box, fields, with_geometry=True)
            self._kept = found, shapely.bounds(found.geometries)
        features, bounds = self._kept
        left, low, right, high = bounds.T
        return features.where((left <= box[2]) & (right >= box[0]) & (low <= box[3]) & (high >= box[1]))

    def boxes(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """The ids of all features and (4, n) their boxes, NaN of one that has no geometry; some at a time."""
        for start in range(0, self.count, _CHUNK):
            with _reading(self.path) as pyogrio:
                ids, boxes = pyogrio.read_bounds(self.path, layer=self.name, skip_features=start, max_features=_CHUNK)
            yield np.asarray(ids, np.int64), boxes

    def _read(self, box: Bounds, fields: Sequence[str], *, with_geometry: bool) -> Features:
        with _reading(self.path) as pyogrio:
            known, ids, shapes, columns = pyogrio.raw.read(
                self.path,
                layer=self.name,
                columns=list(fields),
                read_geometry=with_geometry,
                force_2d=True,
                bbox=box,
                return_fids=True,
            )
        shapely = load_shapely()
        geometries = shapely.from_wkb(shapes, on_invalid="ignore") if with_geometry else np.full(len(ids), None)
        values = dict(zip(map(str, known["fields"]), columns, strict=True))
        return Features(np.asarray(ids, np.int64), geometries, values)


def layer_names(path: Path) -> list[str]:
    """The names of the layers of a file that have geometries, in its order.

    Raises:
        LabelFileError: It cannot be read.
        ExtraMissingError: pyogrio or shapely is not installed.
    """
    load_shapely()  # what is read is none without
    with _reading(path) as pyogrio:
        return [str(name) for name, geometry in pyogrio.list_layers(path) if geometry is not None]


@contextmanager
def _reading(path: Path) -> Iterator[Any]:
    """pyogrio, quiet; whatever it has against a file becomes our error."""
    pyogrio = load_pyogrio()
    try:
        with _quiet, warnings.catch_warnings():  # filters are global, and windows read in several threads
            warnings.simplefilter("ignore")
            yield pyogrio
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as error:
        text = " ".join(str(error).split())
        raise LabelFileError(f"{path}: GDAL cannot read it: {text}; export it again") from error
