"""Scenes of a project: a raster becomes tiles, each of them an image."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np

from acseg_core.errors import ImageError
from acseg_core.images import georef, rendering
from acseg_core.images.georef import GeoReference
from acseg_core.images.image_paths import path_below, tile_path
from acseg_core.images.pixels import Stretch
from acseg_core.images.scenes.fingerprint import fingerprint_of, tile_hash
from acseg_core.images.scenes.raster import RasterHeader, read_header
from acseg_core.images.scenes.tiling import TILE_SIDE, Grid
from acseg_core.store import Project
from acseg_core.store.edits import scenes
from acseg_core.types import ImageInfo, OpChanges, Scene


def add_scene(project: Project, path: str, *, side: int = TILE_SIDE) -> OpChanges:
    """Add a raster below the image folder as a scene.

    Args:
        project: Open for writing.
        path: Relative to the image folder, with forward slashes.
        side: Pixels of a tile's side, about.

    Raises:
        ImageError: It is no raster, or cannot be read.
        ExtraMissingError: rasterio is not installed.
    """
    file = path_below(project.image_root, path)
    header = read_header(file)
    grid = Grid(header.width, header.height, side)
    scene = _scene(file, path, header, grid)
    return scenes.add_scene(project, scene, _tiles(scene, grid, header.reference))


def _scene(file: Path, path: str, header: RasterHeader, grid: Grid) -> Scene:
    try:
        status = file.stat()
        with file.open("rb") as content:
            fingerprint = fingerprint_of(content)
    except OSError as error:
        raise ImageError(file, error.strerror or "cannot be read") from error
    bands = (1, 2, 3) if len(header.dtypes) >= 3 else (1,)
    return Scene(
        id=0,
        path=path,
        fingerprint=fingerprint,
        sha256="",
        file_size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        width=header.width,
        height=header.height,
        rows=grid.rows,
        columns=grid.columns,
        tile_side=grid.side,
        halo=grid.halo,
        georeference=georef.to_text(header.reference),
        rendering=rendering.to_text(rendering.Rendering(bands, (Stretch(0.0, 255.0),) * len(bands))),
    )


def _tiles(scene: Scene, grid: Grid, reference: GeoReference | None) -> list[ImageInfo]:
    return [
        ImageInfo(
            path=tile_path(scene.path, tile.row, tile.column),
            sha256=tile_hash(scene.fingerprint, tile, width, height),
            file_size=scene.file_size,
            mtime_ns=scene.mtime_ns,
            stored_width=width,
            stored_height=height,
            width=width,
            height=height,
            georeference=georef.to_text(None if reference is None else _moved(reference, tile.left, tile.top)),
            rendering=scene.rendering,
            tile=tile,
        )
        for tile, (width, height) in grid.tiles()
    ]


def _moved(reference: GeoReference, left: int, top: int) -> GeoReference:
    """The same of a part of the picture that begins there; tags are about the whole."""
    ((x, y),) = reference.to_map(np.array([[left, top]]))
    _, right_x, down_x, _, right_y, down_y = reference.transform
    kept = {tag: value for tag, value in reference.tags.items() if tag in georef.KEY_TAGS}
    transform = (float(x), right_x, down_x, float(y), right_y, down_y)
    return dataclasses.replace(reference, transform=transform, tags=kept)
