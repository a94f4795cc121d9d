"""Projects with a scene whose labels are known pixel by pixel, made with rasterio."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles
from acseg_core.images.scenes.raster import load_rasterio
from acseg_core.interruptible import run_to_end
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, queries
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import create_label
from acseg_core.store.queries.scene_queries import scenes, tiles_of
from acseg_core.types import ImageRecord, ImageStatus
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_core.workflows.scenes import add_scene

NAMES = {1: "field", 2: "wood", 3: "house", 4: "unknown"}
THING, VOID = 3, 4
PLACE = (500_000.0, 0.5, 0.0, 5_000_000.0, 0.0, -0.5)


def scene_numbers(height: int, width: int, *, seed: int = 0) -> np.ndarray:
    """(h, w) uint8 numbers of `NAMES`, 0 is nothing: large patches, houses, and single pixels that touch in corners."""
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 3, (height // 20 + 2, width // 20 + 2)).astype(np.uint8)
    numbers = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_NEAREST)
    for _ in range(height * width // 4000):
        row, column = random.integers(0, height), random.integers(0, width)
        numbers[row : row + random.integers(3, 40), column : column + random.integers(3, 40)] = random.integers(1, 5)
    rows, columns = random.integers(0, height, 200), random.integers(0, width, 200)
    numbers[rows, columns] = random.integers(0, 5, 200)
    return numbers


def write_scene(
    path: Path,
    height: int,
    width: int,
    *,
    crs: Any = "EPSG:32633",
    place: tuple[float, ...] | None = PLACE,
    blank: int = 0,
    **more: Any,
) -> None:
    """A GeoTIFF of noise; ``place`` is its transform in GDAL's order. The first ``blank`` rows are 0."""
    rasterio = load_rasterio()
    pixels = np.random.default_rng(9).integers(1, 256, (3, height, width), np.uint8)
    pixels[:, :blank] = 0
    kept = {"driver": "GTiff", "width": width, "height": height, "count": 3, "dtype": "uint8", "crs": crs, **more}
    if place is not None:
        kept["transform"] = rasterio.Affine.from_gdal(*place)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        with rasterio.open(path, "w", **kept) as file:
            file.write(pixels)


def label_scene(project: Project, path: str, numbers: np.ndarray, *, apart: bool = True) -> None:
    """Give the tiles of a scene regions of known pixels with names; ``apart`` makes each connected part a region."""
    scene = next(each for each in scenes(project) if each.path == path)
    images = [_file_image(record, numbers, apart=apart) for record in tiles_of(project, scene.id)]
    files = LabelledFiles(
        tuple(map(FileLabel, NAMES.values())), tuple(image.name for image in images), lambda: iter(images)
    )
    run_to_end(import_files(project, project.folder, files, ImportSettings()), lambda tick: None)


def parts_of(numbers: np.ndarray) -> np.ndarray:
    """(h, w) int32, the 4-connected parts of each number numbered from 0; -1 where there is nothing."""
    parts, count = np.full(numbers.shape, -1, np.int32), 0
    for number in NAMES:
        found, places = cv2.connectedComponents((numbers == number).astype(np.uint8), connectivity=4)
        parts[places > 0] = places[places > 0] - 1 + count
        count += found - 1
    return parts


def scene_project(
    folder: Path, numbers: np.ndarray, *, side: int = 64, apart: bool = True, done: bool = True, **raster: Any
) -> Project:
    """A new project, open for writing, of one scene "map.tif" with labels; all of its tiles are done."""
    photos = folder / "photos"
    photos.mkdir(parents=True)
    write_scene(photos / "map.tif", *numbers.shape, **raster)
    project = create_project(folder / "project", image_root=photos)
    for number, name in NAMES.items():
        create_label(project, name, is_thing=number == THING, is_void=number == VOID)
    add_scene(project, "map.tif", side=side)
    label_scene(project, "map.tif", numbers, apart=apart)
    status = ImageStatus.DONE if done else ImageStatus.IN_REVIEW
    review.set_image_statuses(project, queries.image_ids(project), status)
    return project


def _file_image(record: ImageRecord, numbers: np.ndarray, *, apart: bool) -> FileImage:
    tile, info = record.info.tile, record.info
    assert tile is not None
    mine = numbers[tile.top : tile.top + info.height, tile.left : tile.left + info.width]
    found = masks.encode_label_map(parts_of(mine) if apart else np.where(mine > 0, mine.astype(np.int32), -1))
    shapes = [FileShape(NAMES[int(mine[masks.decode(rle)][0])], rle) for rle in found.values()]
    return FileImage(record.path, shapes, mine.shape, is_negative=False)
