"""Scenes that come into a project: a row of its own, and an image for each tile."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from sqlalchemy import insert, select, update

from acseg_core.store.database import among
from acseg_core.store.edits.ingest import add_images
from acseg_core.store.project import Project
from acseg_core.store.schema import IMAGE, SceneRow, now
from acseg_core.types import ImageInfo, OpChanges, Scene


def add_scene(project: Project, scene: Scene, tiles: Iterable[ImageInfo]) -> OpChanges:
    """Add a scene and its tiles, or bring them up to date; not undoable, for the folder is what it is.

    Args:
        project: Open for writing.
        scene: What its file is like; the id says nothing.
        tiles: Of it. Those that were removed from the project stay so.
    """
    tiles = list(tiles)
    values = {name: value for name, value in dataclasses.asdict(scene).items() if name != "id"}
    with project.write() as connection:
        known = connection.execute(select(SceneRow.id).filter_by(path=scene.path)).scalar()
        if known is None:
            connection.execute(insert(SceneRow).values(**values, added_at=now()))
        else:
            connection.execute(update(SceneRow).where(SceneRow.id == known).values(**values))
    changes = add_images(project, tiles)
    with project.write() as connection:
        scene_id = connection.execute(select(SceneRow.id).filter_by(path=scene.path)).scalar_one()
        mine = IMAGE.c.path.in_(among(info.path for info in tiles))
        connection.execute(update(IMAGE).where(mine).values(scene_id=scene_id))
    return changes
