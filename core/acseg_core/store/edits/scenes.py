"""Scenes that come into a project, change and move: a row of its own, and an image for each tile.

Not undoable, for the folder is what it is. The row comes after the tiles: where work stops between the two, the next
scan does the rest.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, update

from acseg_core.images.image_paths import tile_path
from acseg_core.images.scenes.fingerprint import tile_hash
from acseg_core.store.database import among, folded
from acseg_core.store.edits.ingest import add_images, mark_problems
from acseg_core.store.edits.moving import bare_images, move_images
from acseg_core.store.project import Project
from acseg_core.store.records import image_records, select_images, tile_of, tile_sort_key
from acseg_core.store.schema import CHANGE, IMAGE, REMOVED, SceneRow, TimingRow, now
from acseg_core.types import ImageInfo, ImageStatus, OpChanges, Scene
from acseg_core.verbs import Verb

_REMOVED = REMOVED[IMAGE.name]
_ON_THE_WAY = "/moving/"
"""Beginning of the paths scenes have for a moment, so that two can change places."""


def add_scene(project: Project, scene: Scene, tiles: Iterable[ImageInfo]) -> OpChanges:
    """Add a scene and its tiles, or bring them up to date.

    Tiles whose content is another now are treated as any image: those without regions take it, the others keep their
    data and count as changed.

    Args:
        project: Open for writing.
        scene: What its file is like; the id says nothing.
        tiles: Of it. Those that were removed from the project stay so.
    """
    tiles = list(tiles)
    changes = add_images(project, tiles)
    values = {name: value for name, value in dataclasses.asdict(scene).items() if name != "id"}
    with project.write() as connection:
        known = connection.execute(select(SceneRow.id).filter_by(path=scene.path)).scalar()
        if known is None:
            connection.execute(insert(SceneRow).values(**values, added_at=now()))
            known = connection.execute(select(SceneRow.id).filter_by(path=scene.path)).scalar_one()
        else:
            connection.execute(update(SceneRow).where(SceneRow.id == known).values(**values))
        mine = IMAGE.c.path.in_(among(info.path for info in tiles)) & IMAGE.c.scene_id.is_distinct_from(known)
        connection.execute(update(IMAGE).where(mine).values(scene_id=known))
    return changes


def refresh_scene(project: Project, scene: Scene, tiles: Iterable[ImageInfo]) -> OpChanges:
    """Note size and time of a scene's file, and where on a map it lies; its bytes are the same.

    Args:
        project: Open for writing.
        scene: What its file is like now.
        tiles: Of it; those that the project does not have, or that are of other bytes there, are passed by.
    """
    values = [
        {
            "tile_path": info.path,
            "tile_hash": info.sha256,
            "file_size": info.file_size,
            "mtime_ns": info.mtime_ns,
            "georeference": info.georeference,
        }
        for info in tiles
    ]
    same = (IMAGE.c.path == bindparam("tile_path")) & (IMAGE.c.sha256 == bindparam("tile_hash"))
    with project.write() as connection:
        connection.execute(update(IMAGE).where(same), values)
        now_ = {name: getattr(scene, name) for name in ("file_size", "mtime_ns", "georeference")}
        connection.execute(update(SceneRow).where(SceneRow.id == scene.id).values(**now_))
    return OpChanges(verb=Verb.CHECK_IMAGES, images=True)


def drop_tiles(project: Project, image_ids: Collection[int], problem: str) -> OpChanges:
    """Let tiles go that their scene does not have any more; those that somebody worked on stay, with a problem.

    Args:
        project: Open for writing.
        image_ids: The tiles.
        problem: Of those that stay.
    """
    with project.read() as connection:
        statement = select(IMAGE.c.id, IMAGE.c.path).where(IMAGE.c.id.in_(among(image_ids)))
        paths = {row.path: row.id for row in connection.execute(statement)}
    if not paths:
        return OpChanges()
    bare = bare_images(project, paths)
    with project.write() as connection:
        changed = select(CHANGE.c.row_id).where(CHANGE.c.entity == IMAGE.name)
        timed = select(TimingRow.image_id).where(TimingRow.image_id.is_not(None))
        untouched = (
            IMAGE.c.id.in_(among(paths[path] for path in bare))
            & (IMAGE.c.status == ImageStatus.NEW.value)
            & IMAGE.c.id.not_in(changed)
            & IMAGE.c.id.not_in(timed)
        )
        connection.execute(delete(IMAGE).where(untouched))
    mark_problems(project, dict.fromkeys(paths, problem))
    return OpChanges(verb=Verb.CHECK_IMAGES, images=True)


def move_scenes(project: Project, moves: Mapping[int, Scene]) -> OpChanges:
    """Give scenes new paths, all at once, and their tiles with them, those removed from the project, too.

    Args:
        project: Open for writing.
        moves: What the scene's file is like now, with its new path, by the scene's id.
    """
    if not moves:
        return OpChanges()
    with project.read() as connection:
        there = _tiles(connection, moves)
    changes = move_images(project, {path: info for path, info in there.items() if info.path != path})
    with project.write() as connection:
        _move_removed(connection, moves)
        mine = SceneRow.id.in_(among(moves))
        connection.execute(update(SceneRow).where(mine).values(path=literal(_ON_THE_WAY) + SceneRow.id))
        for scene_id, scene in moves.items():
            values = {name: value for name, value in dataclasses.asdict(scene).items() if name != "id"}
            connection.execute(update(SceneRow).where(SceneRow.id == scene_id).values(**values))
    return changes


def note_hash(project: Project, scene: Scene, sha256: str) -> bool:
    """Keep the hash of a scene's whole file; whether it is still that file."""
    unchanged = (
        (SceneRow.id == scene.id)
        & (SceneRow.fingerprint == scene.fingerprint)
        & (SceneRow.file_size == scene.file_size)
        & (SceneRow.mtime_ns == scene.mtime_ns)
    )
    with project.write() as connection:
        connection.execute(update(SceneRow).where(unchanged).values(sha256=sha256))
        return connection.execute(select(func.count()).select_from(SceneRow).where(unchanged)).scalar_one() == 1


def _tiles(connection: Connection, moves: Mapping[int, Scene]) -> dict[str, ImageInfo]:
    """What the files of the tiles of scenes that move are like from now on, by the path they have."""
    found: dict[str, ImageInfo] = {}
    for scene_id, scene in moves.items():
        records = image_records(connection.execute(select_images().where(IMAGE.c.scene_id == scene_id)))
        found |= {record.path: _moved(record.info, scene) for record in records}
    return found


def _moved(info: ImageInfo, scene: Scene) -> ImageInfo:
    """A tile of a scene that has another path now; one that counts as changed is of a file that is no more."""
    assert info.tile is not None
    path = tile_path(scene.path, info.tile.row, info.tile.column)
    if info.sha256 != tile_hash(scene.fingerprint, info.tile, info.width, info.height):
        return dataclasses.replace(info, path=path)
    return dataclasses.replace(info, path=path, file_size=scene.file_size, mtime_ns=scene.mtime_ns)


def _move_removed(connection: Connection, moves: Mapping[int, Scene]) -> None:
    for scene_id, scene in moves.items():
        statement = select(_REMOVED.c.id, _REMOVED.c.tile).where(_REMOVED.c.scene_id == scene_id)
        for row in connection.execute(statement).all():
            tile = tile_of(row.tile)
            path = scene.path if tile is None else tile_path(scene.path, tile.row, tile.column)
            values = {"path": path, "sort_key": tile_sort_key(path, tile), "search_key": folded(path)}
            connection.execute(update(_REMOVED).where(_REMOVED.c.id == row.id).values(**values))
