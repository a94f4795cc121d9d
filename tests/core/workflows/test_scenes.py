"""A raster becomes a scene with its tiles; its file is hashed when there is time."""

import numpy as np
import pytest
from scene_files import texture, write_scene

from acseg_core.errors import ImageError
from acseg_core.images import rendering
from acseg_core.images.band_choice import BandChoice
from acseg_core.images.files import ensure_thumbnail, load_added
from acseg_core.images.georef import from_text, georeference_of
from acseg_core.images.pixels import Stretch
from acseg_core.images.rendering import Rendering
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, queries
from acseg_core.store.edits.renderings import choose_for_new_images
from acseg_core.store.queries import scene_queries
from acseg_core.workflows.scenes import add_scene, hash_scenes


@pytest.fixture
def project(tmp_path):
    write_scene(tmp_path / "maps" / "a.tif")
    with create_project(tmp_path / "project", image_root=tmp_path / "maps") as opened:
        yield opened


def test_tiles_follow_each_other_to_and_fro_and_know_where_they_lie(project):
    add_scene(project, "a.tif", side=100)
    records = queries.images(project)
    assert [record.path[1:-4] for record in records] == ["#r1c1", "#r1c2", "#r1c3", "#r2c3", "#r2c2", "#r2c1"]
    (scene,) = scene_queries.scenes(project)
    assert (scene.rows, scene.columns, scene.tile_side, scene.halo) == (2, 3, 100, 13)
    assert scene_queries.tiles_of(project, scene.id) == records
    assert scene_queries.scene_of(project, records[3]) == scene
    whole = from_text(scene.georeference)
    for record in records:
        tile = record.info.tile
        here = georeference_of(record.info).to_map(np.array([[3, 5]]))
        assert np.allclose(here, whole.to_map(np.array([[tile.left + 3, tile.top + 5]])))


def test_together_they_are_the_scene(project):
    add_scene(project, "a.tif", side=64)
    seen = np.zeros((200, 300, 3), np.uint8)
    for record in queries.images(project):
        tile, rgb = record.info.tile, load_added(project.image_root, record.info).rgb
        seen[tile.top : tile.top + rgb.shape[0], tile.left : tile.left + rgb.shape[1]] = rgb
    assert np.array_equal(seen, (texture(200, 300) * 255).astype(np.uint8).transpose(1, 2, 0))


def test_thumbnails_are_made_when_they_are_asked_for(project):
    add_scene(project, "a.tif", side=100)
    assert not project.thumbnails_dir.exists() or not any(project.thumbnails_dir.rglob("*.jpg"))
    record = queries.images(project)[0]
    assert ensure_thumbnail(project.image_root, record.info, thumbnails=project.thumbnails_dir).is_file()


def test_it_is_hashed_once_and_only_as_it_was(project):
    import hashlib

    add_scene(project, "a.tif", side=100)
    file = project.image_root / "a.tif"
    (scene,) = scene_queries.scenes(project)
    assert scene.sha256 == ""
    ticks = []
    assert run_to_end(hash_scenes(project), ticks.append) == 1
    assert ticks[-1].message == "a.tif"
    (scene,) = scene_queries.scenes(project)
    assert scene.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert run_to_end(hash_scenes(project), ticks.append) == 0


def test_a_file_that_changed_since_is_not_hashed(project):
    add_scene(project, "a.tif", side=100)
    write_scene(project.image_root / "a.tif", (texture(20, 30) * 255).astype(np.uint8))
    assert run_to_end(hash_scenes(project), lambda tick: None) == 0
    (project.image_root / "a.tif").unlink()
    assert run_to_end(hash_scenes(project), lambda tick: None) == 0
    (scene,) = scene_queries.scenes(project)
    assert scene.sha256 == ""


@pytest.mark.parametrize("content", [b"", b"no raster"])
def test_what_is_no_raster_is_refused_before_anything_is_written(project, content):
    (project.image_root / "b.tif").write_bytes(content)
    with pytest.raises(ImageError, match=r"b\.tif"):
        add_scene(project, "b.tif")
    with pytest.raises(ImageError, match="missing"):
        add_scene(project, "c.tif")
    assert scene_queries.scenes(project) == []


def test_a_new_scene_is_shown_as_new_images_are_to_be(project):
    choose_for_new_images(project, BandChoice("3,2,1", values=(0, 100)))
    add_scene(project, "a.tif", side=100)
    (scene,) = scene_queries.scenes(project)
    wanted = Rendering((3, 2, 1), (Stretch(0, 100),) * 3)
    assert rendering.from_text(scene.rendering) == wanted
    assert {rendering.from_text(record.info.rendering) for record in queries.images(project)} == {wanted}
