"""Scenes of a project, and their tiles."""

from __future__ import annotations

from sqlalchemy import Connection, select

from acseg_core.images.image_paths import file_of_tile
from acseg_core.store.project import Project
from acseg_core.store.records import image_records, select_images
from acseg_core.store.schema import IMAGE, SceneRow
from acseg_core.types import ImageRecord, Scene

_COLUMNS = (
    SceneRow.id,
    SceneRow.path,
    SceneRow.fingerprint,
    SceneRow.sha256,
    SceneRow.file_size,
    SceneRow.mtime_ns,
    SceneRow.width,
    SceneRow.height,
    SceneRow.rows,
    SceneRow.columns,
    SceneRow.tile_side,
    SceneRow.halo,
    SceneRow.georeference,
    SceneRow.rendering,
)


def scenes(project: Project) -> list[Scene]:
    """All scenes, in the order of their paths."""
    with project.read() as connection:
        return _scenes(connection)


def scene_of(project: Project, record: ImageRecord) -> Scene | None:
    """The scene that an image is a tile of; None of all other images."""
    if record.info.tile is None:
        return None
    path = file_of_tile(record.path)
    return next((scene for scene in scenes(project) if scene.path == path), None)


def tiles_of(project: Project, scene_id: int) -> list[ImageRecord]:
    """The tiles of a scene that are in the project, in display order: row by row, to and fro."""
    with project.read() as connection:
        mine = select_images().where(IMAGE.c.scene_id == scene_id).order_by(IMAGE.c.sort_key, IMAGE.c.id)
        return image_records(connection.execute(mine))


def _scenes(connection: Connection) -> list[Scene]:
    return [Scene(**row._mapping) for row in connection.execute(select(*_COLUMNS).order_by(SceneRow.path))]
