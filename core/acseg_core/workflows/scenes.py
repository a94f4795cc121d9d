"""Scenes of a project: a raster becomes tiles, each of them an image."""

from __future__ import annotations

import dataclasses
import hashlib
import logging
from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np

from acseg_core.errors import ImageError
from acseg_core.images import georef, rendering
from acseg_core.images.band_choice import BandChoice
from acseg_core.images.finding import os_reason
from acseg_core.images.georef import GeoReference
from acseg_core.images.image_paths import path_below, tile_path
from acseg_core.images.scenes.fingerprint import fingerprint_of, tile_hash
from acseg_core.images.scenes.raster import read_header
from acseg_core.images.scenes.sampling import default_rendering
from acseg_core.images.scenes.tiling import TILE_SIDE, Grid
from acseg_core.images.scenes.void_tiles import find_void_tiles
from acseg_core.store import Project
from acseg_core.store.edits import scenes
from acseg_core.store.edits.renderings import choice_for_new_images
from acseg_core.store.queries.scene_queries import scene_of
from acseg_core.store.queries.scene_queries import scenes as all_scenes
from acseg_core.types import ImageInfo, ImageRecord, OpChanges, Progress, Scene

logger = logging.getLogger(__name__)

_PIECE = 8 << 20


def add_scene(project: Project, path: str, *, side: int = TILE_SIDE) -> OpChanges:
    """Add a raster below the image folder as a scene.

    Args:
        project: Open for writing.
        path: Relative to the image folder, with forward slashes.
        side: Pixels of a tile's side, about.

    Raises:
        ImageError: It is no raster, cannot be read, or shows nothing.
        ExtraMissingError: rasterio is not installed.
    """
    work = read_scene(project.image_root, path, side=side, choice=choice_for_new_images(project))
    while True:
        try:
            next(work)
        except StopIteration as done:
            return scenes.add_scene(project, *done.value)


def read_scene(
    root: Path, path: str, *, side: int = TILE_SIDE, shown: str = "", choice: BandChoice | None = None
) -> Generator[Progress, None, tuple[Scene, list[ImageInfo]]]:
    """Find out what a raster is like, and which tiles it has; neither all of it is read nor is it hashed.

    Args:
        root: The image folder.
        path: Of the file below it, with forward slashes.
        side: Pixels of a tile's side, about.
        shown: `Scene.rendering`, if that is known.
        choice: Else, how new images are to be shown.

    Returns:
        The scene, without an id, and its tiles that hold something.

    Raises:
        ImageError: It is no raster, cannot be read, or shows nothing.
        ExtraMissingError: rasterio is not installed.
    """
    file = path_below(root, path)
    size, mtime, fingerprint = identity(file)
    header = read_header(file)
    grid = Grid(header.width, header.height, side)
    style = rendering.from_text(shown)
    if style is None or max(style.bands) > len(header.dtypes):
        style = default_rendering(file, header, choice)
    void = yield from find_void_tiles(file, header, grid, style.bands)
    if len(void) == grid.rows * grid.columns:
        raise ImageError(file, "there is nothing to see: every pixel is transparent or marked as no data")
    scene = Scene(
        id=0,
        path=path,
        fingerprint=fingerprint,
        sha256="",
        file_size=size,
        mtime_ns=mtime,
        width=header.width,
        height=header.height,
        rows=grid.rows,
        columns=grid.columns,
        tile_side=side,
        halo=grid.halo,
        georeference=georef.to_text(header.reference),
        rendering=rendering.to_text(style),
    )
    return scene, [info for info in tiles_of(scene) if info.tile and (info.tile.row, info.tile.column) not in void]


def identity(file: Path) -> tuple[int, int, str]:
    """Size, modification time and fingerprint of a file.

    Raises:
        ImageError: It cannot be read.
    """
    try:
        status = file.stat()
        if not file.is_file():
            raise ImageError(file, "not a regular file")
        if status.st_size == 0:
            raise ImageError(file, "empty file")
        with file.open("rb") as content:
            return status.st_size, status.st_mtime_ns, fingerprint_of(content)
    except FileNotFoundError as error:
        raise ImageError(file, "missing") from error
    except OSError as error:
        raise ImageError(file, os_reason(error)) from error


def tiles_of(scene: Scene) -> Iterator[ImageInfo]:
    """All tiles of the grid of a scene, whatever they hold."""
    grid, reference = Grid(scene.width, scene.height, scene.tile_side), georef.from_text(scene.georeference)
    for tile, (width, height) in grid.tiles():
        yield ImageInfo(
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


def tile_now(project: Project, record: ImageRecord) -> ImageInfo:
    """What a tile is like now, as its scene was seen last, for a changed one that is to be taken; shown as before.

    Raises:
        ImageError: The scene has no such tile any more.
    """
    scene = scene_of(project, record)
    found = None if scene is None else next((info for info in tiles_of(scene) if info.path == record.path), None)
    if found is None:
        raise ImageError(Path(record.path), "the scene is smaller now and has no such tile; remove it from the project")
    return dataclasses.replace(found, rendering=record.info.rendering)


def hash_scenes(project: Project) -> Generator[Progress, None, int]:
    """Hash the files of scenes whole, where nobody had the time yet; files that are not as they were are passed by.

    Yields:
        A tick every few megabytes.

    Returns:
        How many were hashed.
    """
    waiting = [scene for scene in all_scenes(project) if not scene.sha256]
    done, total, hashed = 0, sum(scene.file_size for scene in waiting), 0
    for scene in waiting:
        try:
            file = path_below(project.image_root, scene.path)
            if not is_untouched(file, scene):
                continue
            digest = yield from _hash(file, done, total)
            if is_untouched(file, scene):
                hashed += scenes.note_hash(project, scene, digest)
        except (ImageError, OSError) as error:  # a scan tells what is wrong with it
            logger.info("%s: not hashed (%s)", scene.path, error)
        done += scene.file_size
    return hashed


def is_same_file(file: Path, scene: Scene) -> Generator[Progress, None, bool]:
    """Whether a file has the bytes of a scene: all of them, where they are known.

    Raises:
        ImageError: It cannot be read.
    """
    size, _, fingerprint = identity(file)
    if fingerprint != scene.fingerprint:
        return False
    if not scene.sha256:
        return True
    try:
        return (yield from _hash(file, 0, size)) == scene.sha256
    except OSError as error:
        raise ImageError(file, os_reason(error)) from error


def is_untouched(file: Path, scene: Scene) -> bool:
    """Whether size and time of a scene's file are those recorded.

    Raises:
        OSError: It cannot be looked at.
    """
    status = file.stat()
    return (status.st_size, status.st_mtime_ns) == (scene.file_size, scene.mtime_ns)


def _hash(file: Path, done: int, total: int) -> Generator[Progress, None, str]:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while piece := content.read(_PIECE):
            digest.update(piece)
            done += len(piece)
            yield Progress(done // _PIECE, max(1, total // _PIECE), file.name)
    return digest.hexdigest()


def _moved(reference: GeoReference, left: int, top: int) -> GeoReference:
    """The same of a part of the picture that begins there; tags are about the whole."""
    ((x, y),) = reference.to_map(np.array([[left, top]]))
    _, right_x, down_x, _, right_y, down_y = reference.transform
    kept = {tag: value for tag, value in reference.tags.items() if tag in georef.KEY_TAGS}
    transform = (float(x), right_x, down_x, float(y), right_y, down_y)
    return dataclasses.replace(reference, transform=transform, tags=kept)
