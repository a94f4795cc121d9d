"""Rows of scenes and of their tiles, beside what the scans of `workflows.test_scene_scan` do with them.

Covers: store.queries.scene_queries.
"""

import dataclasses

import pytest

from acseg_core.images.files import CHANGED
from acseg_core.images.scenes.fingerprint import tile_hash
from acseg_core.store import create_project, queries
from acseg_core.store.edits import remarks, scenes
from acseg_core.store.queries import scene_queries
from acseg_core.types import ImageInfo, Scene, Tile

FIRST = Scene(0, "a.tif", "f" * 64, "", 9, 1, 200, 100, 1, 2, 100, 13, "", "")


def tiles(scene: Scene) -> list[ImageInfo]:
    stem = scene.path.removesuffix(".tif")
    places = [Tile(1, column, 100 * (column - 1), 0, 13) for column in range(1, scene.columns + 1)]
    size = 100, 100, 100, 100
    return [
        ImageInfo(
            f"{stem}#r1c{tile.column}.tif",
            tile_hash(scene.fingerprint, tile, 100, 100),
            scene.file_size,
            scene.mtime_ns,
            *size,
            georeference=scene.georeference,
            tile=tile,
        )
        for tile in places
    ]


@pytest.fixture
def project(tmp_path):
    (tmp_path / "images").mkdir()
    with create_project(tmp_path / "project", image_root=tmp_path / "images") as opened:
        scenes.add_scene(opened, FIRST, tiles(FIRST))
        yield opened


def only_scene(project) -> Scene:
    (scene,) = scene_queries.scenes(project)
    return scene


def test_the_same_again_changes_nothing(project):
    before = queries.images(project)
    scenes.add_scene(project, FIRST, tiles(FIRST))
    assert queries.images(project) == before
    assert scene_queries.tiles_of(project, only_scene(project).id) == before


def test_a_plain_image_is_of_no_scene(project):
    record = dataclasses.replace(queries.images(project)[0])
    plain = dataclasses.replace(record, info=dataclasses.replace(record.info, tile=None))
    assert scene_queries.scene_of(project, plain) is None
    assert scene_queries.scene_of(project, record) == only_scene(project)


def test_tiles_that_are_no_more_go_if_nobody_touched_them(project):
    first, second = queries.images(project)
    remarks.write_comment(project, first.id, "odd")
    scenes.drop_tiles(project, [first.id, second.id], CHANGED)
    (left,) = queries.images(project)
    assert (left.id, left.problem) == (first.id, CHANGED)


def test_another_place_on_the_map_is_noted_of_the_same_bytes_only(project):
    now = dataclasses.replace(only_scene(project), georeference='{"transform": [0, 1, 0, 0, 0, 1]}', mtime_ns=7)
    first, second = tiles(now)
    scenes.refresh_scene(project, now, [first, dataclasses.replace(second, sha256="0" * 64)])
    assert [record.info.mtime_ns for record in queries.images(project)] == [7, 1]
    assert queries.images(project)[0].info.georeference == now.georeference
    assert only_scene(project) == now


def test_a_hash_is_kept_of_the_file_it_is_of(project):
    scene = only_scene(project)
    assert scenes.note_hash(project, scene, "a" * 64)
    assert only_scene(project).sha256 == "a" * 64
    assert not scenes.note_hash(project, dataclasses.replace(scene, mtime_ns=2), "b" * 64)
    assert only_scene(project).sha256 == "a" * 64


def test_scenes_change_places_with_their_tiles(project):
    second = dataclasses.replace(FIRST, path="b.tif", fingerprint="e" * 64)
    scenes.add_scene(project, second, tiles(second))
    ids = {scene.path: scene.id for scene in scene_queries.scenes(project)}
    before = {record.id: record.path for record in queries.images(project)}
    moves = {
        ids["a.tif"]: dataclasses.replace(FIRST, path="b.tif"),
        ids["b.tif"]: dataclasses.replace(second, path="a.tif"),
    }
    scenes.move_scenes(project, moves)
    assert {scene.path: scene.id for scene in scene_queries.scenes(project)} == {
        "a.tif": ids["b.tif"],
        "b.tif": ids["a.tif"],
    }
    swapped = {"a": "b", "b": "a"}
    assert {record.id: record.path for record in queries.images(project)} == {
        id_: swapped[path[0]] + path[1:] for id_, path in before.items()
    }
