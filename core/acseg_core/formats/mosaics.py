"""Scenes put together again: what leaves of a scene is one raster, however many of its tiles leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from acseg_core.errors import ExportError
from acseg_core.images import georef
from acseg_core.images.georef import GeoReference
from acseg_core.images.image_paths import file_of_tile
from acseg_core.store import Project
from acseg_core.store.queries.image_list import images_by_id
from acseg_core.store.queries.scene_queries import scenes
from acseg_core.types import ImageRecord, ImageStatus, Scene


@dataclass(frozen=True, slots=True)
class Mosaic:
    """What leaves as one picture: a scene with those of its tiles that leave, or another image.

    Attributes:
        image_ids: Of the tiles, or of the image alone.
        path: Of its file, relative to the image folder.
        name: What it is called in the data set.
        first: What the project knows of the first of them.
        scene: None of an image that is no tile.
        is_done: Whether somebody said of all that leaves that it is labelled.
    """

    image_ids: tuple[int, ...]
    path: str
    name: str
    first: ImageRecord
    scene: Scene | None = None
    is_done: bool = False

    def reference(self, *, as_stored: bool = False) -> GeoReference | None:
        """Where on a map it lies, of a photo as displayed or as stored; None if nothing is known of that."""
        if self.scene is None:
            return georef.georeference_of(self.first.info, as_stored=as_stored)
        return georef.from_text(self.scene.georeference)


def mosaics_of(project: Project, image_ids: Collection[int], names: Mapping[int, str]) -> tuple[Mosaic, ...]:
    """The mosaics that images make, in the order of the first image of each.

    Args:
        project: May be read-only.
        image_ids: Of the images, in display order.
        names: What they are called in the data set, where that is not the path of their file; tiles of a scene alike.

    Raises:
        ExportError: The project has tiles whose scene it does not know.
    """
    records = images_by_id(project, image_ids)
    by_path = {scene.path: scene for scene in scenes(project)}
    groups: dict[tuple[str, bool], list[ImageRecord]] = {}
    for record in (records[id_] for id_ in image_ids if id_ in records):
        groups.setdefault((file_path(record), record.info.tile is not None), []).append(record)
    return tuple(
        Mosaic(
            tuple(record.id for record in group),
            path,
            names.get(group[0].id, path),
            group[0],
            _known(by_path, path) if is_scene else None,
            all(record.status is ImageStatus.DONE for record in group),
        )
        for (path, is_scene), group in groups.items()
    )


def _known(by_path: Mapping[str, Scene], path: str) -> Scene:
    if path not in by_path:  # a scan was cut off between a scene and its tiles
        raise ExportError(f"{path}: the list of scenes is not complete; look for new images once, then export again")
    return by_path[path]


def file_path(record: ImageRecord) -> str:
    """The path of an image's file; of a tile, that of its scene."""
    return record.path if record.info.tile is None else file_of_tile(record.path)
