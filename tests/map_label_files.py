"""A scene whose labels are known to the pixel, and files of these labels on a map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import rasterio
import rasterio.features
import shapely
from affine import Affine
from map_project import PLAIN, make_map_project

from acseg_core.formats.format import format_called, recognised
from acseg_core.formats.selection import ImageChoice
from acseg_core.images.image_paths import file_of_tile
from acseg_core.interruptible import run_to_end
from acseg_core.reports import ImportReport
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, open_project, queries
from acseg_core.store.edits.remarks import set_reviewed, write_comment
from acseg_core.store.edits.review import set_image_status
from acseg_core.types import ImageStatus
from acseg_core.workflows.exporting import ExportSettings, export_labels
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_core.workflows.scanning import scan_images
from acseg_core.workflows.scenes import add_scene

HEIGHT, WIDTH = 150, 210
SIDE = 64
UTM = "EPSG:32633"
NAMES = {1: "water", 2: "forest", 3: "road"}
NORTH_UP = Affine(0.5, 0, 500000.25, 0, -0.5, 5500000.75)
TURNED = Affine(0.3, 0.4, 500000.25, 0.4, -0.3, 5500000)
DEGREES = Affine(1e-5, 0, 15.1, 0, -1e-5, 50.2)
PLACES = {"north_up": (NORTH_UP, UTM), "turned": (TURNED, UTM), "degrees": (DEGREES, "EPSG:4326")}


def on_map(column: float, row: float) -> tuple[float, float]:
    """Map coordinates of a position in the scene that lies north up."""
    return NORTH_UP.c + column * NORTH_UP.a, NORTH_UP.f + row * NORTH_UP.e


def shifted(column: int, row: int) -> Affine:
    """The transform of a raster that begins at a pixel of the scene."""
    x, y = on_map(column, row)
    return Affine(NORTH_UP.a, 0, x, 0, NORTH_UP.e, y)


def square(left: float, top: float, right: float, bottom: float) -> Any:
    """A box of pixels of that scene, on the map."""
    return shapely.box(*on_map(left, bottom), *on_map(right, top))


def known_pixels(seed: int = 0) -> np.ndarray:
    """(H, W) uint8 numbers of labels, 0 for none: areas with holes, islands, single pixels, across all seams."""
    rng = np.random.default_rng(seed)
    coarse = np.kron(rng.integers(0, 4, (HEIGHT // 10, WIDTH // 10)), np.ones((10, 10), int))
    coarse[20:60, 30:120] = 1
    coarse[30:40, 50:70] = 0
    coarse[33:36, 55:60] = 2
    return np.where(rng.random(coarse.shape) < 0.02, rng.integers(0, 4, coarse.shape), coarse).astype(np.uint8)


def make_scene(folder: Path, transform: Affine = NORTH_UP, crs: str | None = UTM, name: str = "map.tif") -> Path:
    """Write a scene into "images" below a folder; returns the folder of a project in which it is tiles."""
    images = folder / "images"
    images.mkdir(parents=True, exist_ok=True)
    write_raster(images / name, np.random.default_rng(1).integers(1, 255, (3, HEIGHT, WIDTH), np.uint8), transform, crs)
    with create_project(folder / "project", image_root=images) as project:
        add_scene(project, name, side=SIDE)
    return folder / "project"


def write_raster(path: Path, pixels: np.ndarray, transform: Affine, crs: str | None, **profile: Any) -> Path:
    """Write (bands, H, W) or (H, W) pixels as GeoTIFF."""
    bands = pixels[None] if pixels.ndim == 2 else pixels
    colormap = profile.pop("colormap", None)
    shape = {"count": len(bands), "height": bands.shape[1], "width": bands.shape[2], "dtype": bands.dtype}
    with rasterio.open(path, "w", driver="GTiff", transform=transform, crs=crs, **shape, **profile) as file:
        file.write(bands)
        if colormap is not None:
            file.write_colormap(1, colormap)
    return path


def polygons(pixels: np.ndarray, transform: Affine = NORTH_UP) -> tuple[list[Any], list[str]]:
    """The areas of every label as polygons on the map along the edges of pixels, and their names."""
    found = rasterio.features.shapes(pixels, mask=pixels > 0, connectivity=4, transform=transform)
    shapes = [(shapely.geometry.shape(geometry), NAMES[int(value)]) for geometry, value in found]
    return [shape for shape, _ in shapes], [name for _, name in shapes]


def moved(shapes: Sequence[Any], source: str, target: str) -> list[Any]:
    """The same in another coordinate system, corner by corner."""
    from rasterio.warp import transform

    def way(points: np.ndarray) -> np.ndarray:
        return np.stack(transform(source, target, points[:, 0].tolist(), points[:, 1].tolist()), axis=1)

    return [shapely.transform(shape, way) for shape in shapes]


_DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".shp": "ESRI Shapefile", ".fgb": "FlatGeobuf"}


def write_layer(path: Path, shapes: Sequence[Any], crs: str | None = UTM, layer: str = "", **fields: Any) -> Path:
    """Write a layer of shapes, None for one without a geometry, with fields; a GeoPackage may get several."""
    import warnings

    geometries = np.array([None if shape is None else shapely.to_wkb(shape) for shape in shapes], object)
    columns = [_column(values) for values in fields.values()]
    options = {"layer": layer, "append": False} if layer else {}
    if path.suffix == ".fgb" and None in shapes:
        options["SPATIAL_INDEX"] = "NO"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a file may well say no coordinate system
        pyogrio.raw.write(
            path,
            geometries,
            columns,
            list(fields),
            driver=_DRIVERS[path.suffix],
            crs=crs,
            geometry_type="Polygon" if path.suffix == ".shp" else "Unknown",
            **options,
        )
    return path


def _column(values: Sequence[Any]) -> np.ndarray:
    is_text = any(isinstance(value, str) for value in values)
    return np.array(values, object) if is_text else np.array(values)


def bring_in(project: Project, path: Path, key: str = "auto", **settings: Any) -> ImportReport:
    """Import a file."""
    chosen = recognised(path) if key == "auto" else format_called(key)
    with chosen.read(path) as files:
        return run_to_end(import_files(project, path, files, ImportSettings(**settings)), lambda tick: None)


def pixels_of(project: Project, name: str = "map.tif") -> np.ndarray:
    """(H, W) numbers of the labels that the tiles of a scene have."""
    numbers = {label: number for number, label in NAMES.items()}
    labels = {label.id: numbers.get(label.name, 99) for label in queries.labels(project)}
    found = np.zeros((HEIGHT, WIDTH), np.uint8)
    for record, regions in queries.image_regions(project):
        tile = record.info.tile
        if tile is None or file_of_tile(record.path) != name:
            continue
        part = found[tile.top : tile.top + record.info.height, tile.left : tile.left + record.info.width]
        for region in regions:
            if region.label_id is not None:
                part[masks.decode(region.mask)] = labels[region.label_id]
    return found


def named_pixels(project: Project) -> dict[str, dict[str, set[int]]]:
    """The pixels of every label, of each image that has some."""
    names = {label.id: label.name for label in queries.labels(project)}
    found: dict[str, dict[str, set[int]]] = {}
    for record, regions in queries.image_regions(project):
        for region in regions:
            if region.label_id is not None:
                pixels = np.flatnonzero(masks.decode(region.mask)).tolist()
                found.setdefault(record.path, {}).setdefault(names[region.label_id], set()).update(pixels)
    return found


def make_known_maps(folder: Path) -> Path:
    """The project of images on maps, with remarks, and one image more that is known to have nothing in it."""
    made = make_map_project(folder)
    nothing = np.random.default_rng(5).integers(1, 255, (3, 12, 17), np.uint8)
    write_raster(folder / "photos" / "nothing.tif", nothing, NORTH_UP, UTM)
    with open_project(made) as project:
        run_to_end(scan_images(project), lambda tick: None)
        ids = {record.path: record.id for record in queries.images(project)}
        set_image_status(project, ids["nothing.tif"], ImageStatus.DONE)
        write_comment(project, ids["utm.tif"], "look here")
        set_reviewed(project, [ids["turned.tif"]], is_reviewed=True)
    return made


def exchanged(folder: Path, key: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is known of that project, and of one of the same images into which its export came."""
    with open_project(make_known_maps(folder)) as project:
        settings = ExportSettings(images=ImageChoice.ALL, instances="region")
        run_to_end(export_labels(project, folder / "out", format_called(key), settings), lambda tick: None)
        before = known_of(project)
    assert recognised(folder / "out").key == key
    with create_project(folder / "again", image_root=folder / "photos") as project:
        run_to_end(scan_images(project), lambda tick: None)
        report = bring_in(project, folder / "out")
        assert not report.left_out
        return before, known_of(project)


def known_of(project: Project) -> dict[str, Any]:
    """Pixels of the labels of each image, the labels, and what people said of the images that lie on a map."""
    return {
        "pixels": named_pixels(project),
        "labels": {
            label.name: (label.color, label.category_id, label.is_thing, label.supercategory, label.is_void)
            for label in queries.labels(project)
        },
        "said": {
            record.path: (record.status, record.comment, record.is_reviewed)
            for record in queries.images(project)
            if record.path != PLAIN
        },
    }
