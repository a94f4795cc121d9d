"""Labels on a map as polygons: GeoPackage, GeoJSON, Shapefile, FlatGeobuf (extra ``geo``).

They name no images. Each image of the project gets what lies on it: shapes that go over the border of a tile are on
both sides of it (`map_placing`).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from acseg_core.errors import LabelFileError
from acseg_core.formats.labelled import LabelledFiles
from acseg_core.formats.map_images import MapImage, MapOptions
from acseg_core.formats.map_layers import layer_names
from acseg_core.formats.map_placing import MapPlacing
from acseg_core.formats.map_sources import open_sources
from acseg_core.images.finding import IMAGE_SUFFIXES
from acseg_core.types import Progress

_HEAD_BYTES = 1 << 16
_GEOJSON = re.compile(rb'"type"\s*:\s*"(FeatureCollection|Feature|GeometryCollection|(Multi)?Polygon)"')
_GEOPACKAGE, _FLATGEOBUF, _SHAPEFILE = b"SQLite format 3\0", b"fgb\x03fgb", b"\0\0\x27\x0a"


@contextlib.contextmanager
def open_map_vectors(path: Path, suffix: str) -> Iterator[LabelledFiles]:
    """Read a file of features on a map, or a folder of such files.

    Args:
        path: Of the file or folder.
        suffix: Of the files in a folder.

    Raises:
        LabelFileError: It cannot be read, or has no layers.
        StorageError: The system refused to read it.
        ExtraMissingError: pyogrio or shapely is not installed.
    """
    files = _files(path, suffix) if path.is_dir() else [path]
    if not files:
        raise LabelFileError(f"{path}: there is no file in it whose name ends in {suffix}; choose the folder with them")
    layers = [(file, name) for file in files for name in layer_names(file)]
    if not layers:
        raise LabelFileError(f"{path}: it has no layer with shapes; choose another file")
    yield LabelledFiles((), (), lambda: iter(()), place=lambda images, how: _placed(path, layers, images, how))


def looks_like_geopackage(path: Path) -> bool:
    """Whether it is a GeoPackage, by its head and name, or a folder of some."""
    return _is_it(path, (".gpkg",), lambda head: head.startswith(_GEOPACKAGE))


def looks_like_flatgeobuf(path: Path) -> bool:
    """Whether it is FlatGeobuf, by its head and name, or a folder of such files."""
    return _is_it(path, (".fgb",), lambda head: head.startswith(_FLATGEOBUF))


def looks_like_shapefile(path: Path) -> bool:
    """Whether it is a Shapefile, by its head and name, or a folder of some."""
    return _is_it(path, (".shp",), lambda head: head.startswith(_SHAPEFILE))


def looks_like_geojson(path: Path) -> bool:
    """Whether it is GeoJSON, by the beginning of its text and its name, or a folder of such files."""
    return _is_it(path, (".geojson", ".json"), lambda head: _GEOJSON.search(head) is not None)


def _is_it(path: Path, suffixes: tuple[str, ...], is_head: Callable[[bytes], bool]) -> bool:
    """A folder with images in it is one of images, whatever else is there."""
    if path.is_dir():
        found = _files(path, suffixes[0])
        return bool(found) and not any(each.suffix.lower() in IMAGE_SUFFIXES for each in path.rglob("*"))
    if path.suffix.lower() not in suffixes or not path.is_file():
        return False
    with path.open("rb") as file:
        return is_head(file.read(_HEAD_BYTES))


def _files(folder: Path, suffix: str) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.suffix.lower() == suffix and each.is_file())


def _placed(
    path: Path, layers: Sequence[tuple[Path, str]], images: Sequence[MapImage], options: MapOptions
) -> Generator[Progress, None, LabelledFiles]:
    """Find the images on which features lie, and their labels.

    Raises:
        LabelFileError: There are none, or it is not clear what says the labels.
    """
    sources = open_sources(path, layers, options)
    placing = MapPlacing(path, sources, images)
    yield from placing.look()
    return LabelledFiles(
        tuple(placing.labels.values()),
        tuple(image.path for image in placing.found),
        placing.images,
        placing.left_out,
        placing.notes(),
        by_place=True,
        fields=tuple(dict.fromkeys(name for source in sources for name in source.fields)),
        field=next((source.field for source in sources if source.field), ""),
    )
