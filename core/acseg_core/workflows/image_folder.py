"""What is in the image folder of a project: which files are taken, and which of them are scenes."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from acseg_core.errors import ExtraMissingError, ImagesNotFoundError, ProjectExistsError
from acseg_core.images.finding import IMAGE_SUFFIXES, RASTER_SUFFIXES, FoundImages, find_images, natural_key, suffix_of
from acseg_core.images.image_paths import is_inside
from acseg_core.images.left_out import OTHER_KIND
from acseg_core.images.scenes.choosing import Division, Tiles, division_of
from acseg_core.images.scenes.raster import INSTALL_HINT, has_rasterio
from acseg_core.store import Project
from acseg_core.store.queries.scene_queries import scenes
from acseg_core.store.settings import TAKEN_FILES, TILE_SIDE, TILES, read_setting, write_setting
from acseg_core.types import SkippedFile

NEEDS_EXTRA = f"only read as a scene, which needs rasterio; install it with: {INSTALL_HINT}"
"""Reason given for a file that is a scene or nothing, where there is no rasterio."""


@dataclass(frozen=True, slots=True)
class SortedFiles:
    """The files of a folder, by what becomes of them.

    Attributes:
        images: Those that are images as a whole.
        scenes: Those that are divided into tiles, and those that are scenes already.
        skipped: Those that are neither, and why.
    """

    images: tuple[str, ...]
    scenes: tuple[str, ...]
    skipped: tuple[SkippedFile, ...] = ()


def files_of(project: Project, *, all_folders: bool = False) -> FoundImages:
    """The files of a project's image folder that are taken: all there are, or those that somebody chose.

    Args:
        project: The project.
        all_folders: As of `find_images`.

    Raises:
        ImagesNotFoundError: The folder is missing, is not a folder, or may not be read.
    """
    rasters = tiles_of(project) is not Tiles.NEVER
    chosen = taken_files(project)
    if not chosen:
        return find_images(project.image_root, all_folders=all_folders, rasters=rasters)
    if not project.image_root.is_dir():
        raise ImagesNotFoundError(
            f"{project.image_root}: no such folder; check the path, or connect the drive it is on"
        )
    return only(project.image_root, chosen, rasters=rasters)


def only(root: Path, paths: Iterable[str], *, rasters: bool = True) -> FoundImages:
    """Some files of a folder, as `find_images` tells of them; those that are gone are left out."""
    there = sorted({path for path in paths if (root / path).is_file()}, key=natural_key)
    kinds = IMAGE_SUFFIXES | RASTER_SUFFIXES if rasters else IMAGE_SUFFIXES
    return FoundImages(
        paths=tuple(path for path in there if suffix_of(path) in IMAGE_SUFFIXES),
        skipped=tuple(SkippedFile(path, OTHER_KIND) for path in there if suffix_of(path) not in kinds),
        rasters=tuple(path for path in there if suffix_of(path) in RASTER_SUFFIXES & kinds),
    )


def sort_out(project: Project, found: FoundImages, known: Collection[str]) -> SortedFiles:
    """Tell scenes from images that are taken as a whole; what a file is in the project already, it stays.

    Args:
        project: The project.
        found: The files.
        known: Paths of the project's images that are no tiles.
    """
    scenes_known = {scene.path for scene in scenes(project)}
    unknown = [path for path in (*found.paths, *found.rasters) if path not in known and path not in scenes_known]
    fresh = sort_files(project.image_root, unknown, tiles_of(project))
    as_image, as_scene = set(fresh.images), set(fresh.scenes) | scenes_known
    return SortedFiles(
        images=tuple(path for path in found.paths if path in known or path in as_image),
        scenes=tuple(path for path in (*found.paths, *found.rasters) if path in as_scene and path not in known),
        skipped=fresh.skipped,
    )


def sort_files(root: Path, paths: Iterable[str], tiles: Tiles) -> SortedFiles:
    """The same of files that are in no project yet.

    Args:
        root: The image folder.
        paths: Of files below it.
        tiles: What was chosen.
    """
    images, as_scenes, skipped = [], [], []
    installed = has_rasterio()
    for path in paths:
        division = division_of(root / path, tiles)
        is_needed = division is Division.NEEDED or (division is Division.BETTER and tiles is Tiles.ALWAYS)
        if division is not Division.WHOLE and installed:
            as_scenes.append(path)
        elif is_needed:
            skipped.append(SkippedFile(path, NEEDS_EXTRA))
        else:
            images.append(path)
    return SortedFiles(tuple(images), tuple(as_scenes), tuple(skipped))


def tiles_of(project: Project) -> Tiles:
    """Which files of a project become scenes."""
    chosen = read_setting(project, TILES)
    return Tiles(chosen) if chosen in [each.value for each in Tiles] else Tiles.AUTO


def taken_files(project: Project) -> tuple[str, ...]:
    """Paths of the only files that are taken; none where all are."""
    try:
        listed = json.loads(read_setting(project, TAKEN_FILES) or "[]")
    except (ValueError, RecursionError):
        return ()
    return tuple(path for path in listed if isinstance(path, str)) if isinstance(listed, list) else ()


def take_only(project: Project, paths: Iterable[str]) -> None:
    """Take these files of the image folder and no others from now on; all of them, if none is named."""
    listed = sorted(set(paths), key=natural_key)
    write_setting(project, TAKEN_FILES, json.dumps(listed) if listed else "")


def take_too(project: Project, paths: Iterable[str]) -> None:
    """Take these files, too, where only some are taken."""
    chosen = taken_files(project)
    if chosen:
        take_only(project, [*chosen, *paths])


def follow_moves(project: Project, moves: Mapping[str, str]) -> None:
    """The same for files that have other paths now, by their old ones."""
    chosen = taken_files(project)
    if any(path in moves for path in chosen):
        take_only(project, [moves.get(path, path) for path in chosen])


def choose_source(project: Project, source: Path) -> None:
    """Take a file of the image folder, too, where only some are taken; or all of them, if that is the folder.

    Raises:
        ProjectExistsError: The images of the project are elsewhere.
        ImagesNotFoundError: The file is of no kind that is read.
        ExtraMissingError: It is a scene, and what reads them is not installed.
    """
    root, wanted = project.image_root.resolve(), source.resolve()
    if source.is_file() and wanted.is_relative_to(root):
        require_reader(wanted, tiles_of(project))
        take_too(project, [wanted.relative_to(root).as_posix()])
    elif wanted == root:
        take_only(project, [])
    else:
        folder = source.parent if source.is_file() else source
        raise ProjectExistsError(
            f"{project.folder}: its images are in {project.image_root}; if they have moved, run "
            f"`acseg relocate {project.folder} --images {folder}`"
        )


def choose_tiles(project: Project, tiles: Tiles | None, side: int | None) -> None:
    """Choose which files become scenes from now on, and how large their tiles are; None leaves it as it is."""
    if tiles is not None and tiles is not tiles_of(project):
        write_setting(project, TILES, tiles.value)
    if side is not None and side != read_setting(project, TILE_SIDE):
        write_setting(project, TILE_SIDE, side)


def require_reader(path: Path, tiles: Tiles) -> None:
    """Refuse a file that is given alone and cannot be taken, before a project is made of it.

    Raises:
        ImagesNotFoundError: It is of no kind that is read.
        ExtraMissingError: It is a scene, and what reads them is not installed.
    """
    found = only(path.parent, [path.name], rasters=tiles is not Tiles.NEVER)
    if not found.paths and not found.rasters:
        raise ImagesNotFoundError(f"{path}: {found.skipped[0].reason if found.skipped else 'no such file'}")
    if sort_files(path.parent, [path.name], tiles).skipped:
        raise ExtraMissingError(f"{path}: {NEEDS_EXTRA}")


def beside_lost(project: Project) -> list[str]:
    """Where only some files are taken: files beside scenes that are gone, and as large as one of these."""
    root = project.image_root
    lost = [scene for scene in scenes(project) if not (root / scene.path).is_file()] if taken_files(project) else []
    sizes, found = {scene.file_size for scene in lost}, []
    for folder in {Path(scene.path).parent for scene in lost if is_inside(scene.path)}:
        with contextlib.suppress(OSError):
            files = [file for file in (root / folder).iterdir() if file.is_file()]
            found += [(folder / file.name).as_posix() for file in files if file.stat().st_size in sizes]
    return found
