"""Scenes in a project through everything that can happen to their files; every tile keeps its work."""

import os
import shutil

import numpy as np
import pytest
from scene_files import texture, write_scene

from acseg_core.errors import ImagesNotFoundError
from acseg_core.images.band_choice import BandChoice
from acseg_core.images.files import CHANGED, MISSING, load_added
from acseg_core.images.georef import from_text
from acseg_core.images.scenes import raster
from acseg_core.images.scenes.choosing import Tiles
from acseg_core.images.scenes.tile_reader import NOTHING_TO_SEE
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, queries
from acseg_core.store.edits import history, ingest, review
from acseg_core.store.edits.removal import remove_images, removed_images, take_back_images
from acseg_core.store.queries import scene_queries
from acseg_core.types import ImageStatus
from acseg_core.workflows import image_folder, scanning
from acseg_core.workflows.renderings import change_renderings
from acseg_core.workflows.scenes import hash_scenes, tile_now

SIDE = 100


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "maps").mkdir()
    return tmp_path / "maps"


@pytest.fixture
def project(tmp_path, folder):
    """Two scenes of 2 x 3 tiles; the first tile of "a.tif" is done."""
    write_scene(folder / "a.tif", seed=1)
    write_scene(folder / "sub" / "b.tif", seed=2)
    with create_project(tmp_path / "project", image_root=folder) as opened:
        image_folder.choose_tiles(opened, Tiles.ALWAYS, SIDE)
        scan(opened)
        review.set_image_status(opened, image(opened, "a#r1c1.tif").id, ImageStatus.DONE)
        yield opened


def scan(project):
    return run_to_end(scanning.scan_images(project), lambda tick: None)


def relocate(project, root):
    return run_to_end(scanning.relocate_images(project, root), lambda tick: None)


def image(project, path):
    return next(record for record in queries.images(project) if record.path == path)


def problems(project) -> dict[str, str]:
    return {record.path: record.problem for record in queries.images(project)}


def pixels(project, path):
    return load_added(project.image_root, image(project, path).info).rgb


def tiles(scene: str) -> set[str]:
    stem, _, suffix = scene.rpartition(".")
    return {f"{stem}#r{row}c{column}.{suffix}" for row in (1, 2) for column in (1, 2, 3)}


@pytest.fixture
def unopened(monkeypatch):
    """Nothing may open a raster."""

    def refuse(path):
        raise AssertionError(f"{path} was opened")

    monkeypatch.setattr(raster, "opened", refuse)


def test_tiles_come_in_and_an_unchanged_scene_is_not_opened_again(project, unopened):
    assert set(problems(project)) == tiles("a.tif") | tiles("sub/b.tif")
    report = scan(project)
    assert (report.added, report.unchanged) == (0, 12)
    assert set(problems(project).values()) == {""}


def test_another_time_alone_changes_nothing(project, folder):
    os.utime(folder / "a.tif", ns=(1, 1))
    assert scan(project).unchanged == 12
    (scene, _) = scene_queries.scenes(project)
    assert scene.mtime_ns == 1
    assert {record.info.mtime_ns for record in scene_queries.tiles_of(project, scene.id)} == {1}


def test_changed_bytes_are_taken_where_nobody_worked(project, folder):
    write_scene(folder / "a.tif", seed=5)
    report = scan(project)
    assert report.changed == ("a#r1c1.tif",)
    assert {path for path, problem in problems(project).items() if problem} == {"a#r1c1.tif"}
    expected = (texture(200, 300, seed=5) * 255).astype(np.uint8)[:, :96, 200:]
    assert np.array_equal(pixels(project, "a#r1c3.tif"), expected.transpose(1, 2, 0))
    assert scan(project).changed == ("a#r1c1.tif",)
    write_scene(folder / "a.tif", seed=1)
    assert scan(project).changed == ()


def test_the_new_content_of_a_tile_is_taken_and_given_back_by_undo(project, folder):
    write_scene(folder / "a.tif", seed=5)
    scan(project)
    record = image(project, "a#r1c1.tif")
    ingest.adopt_changed(project, [record.id], [tile_now(project, record)])
    assert image(project, "a#r1c1.tif").status is ImageStatus.NEW
    assert pixels(project, "a#r1c1.tif").shape == (96, 96, 3)
    history.undo(project)
    scan(project)
    assert problems(project)["a#r1c1.tif"] == CHANGED


def test_a_file_that_is_gone_is_missing_and_may_come_back(project, folder):
    (folder / "a.tif").rename(folder / "away")
    assert set(scan(project).missing) == tiles("a.tif")
    (folder / "away").rename(folder / "a.tif")
    assert set(scan(project).missing) == set()
    assert set(problems(project).values()) == {""}


def test_a_renamed_scene_keeps_its_work_and_what_was_removed_stays_removed(project, folder):
    done, gone = image(project, "a#r1c1.tif").id, image(project, "a#r2c3.tif").id
    remove_images(project, [gone])
    (folder / "a.tif").rename(folder / "sub" / "z.tif")
    report = scan(project)
    assert set(report.moved.values()) == tiles("sub/z.tif") - {"sub/z#r2c3.tif"}
    assert report.added == 0
    moved = image(project, "sub/z#r1c1.tif")
    assert (moved.id, moved.status, moved.problem) == (done, ImageStatus.DONE, "")
    assert [each.path for each in removed_images(project)] == ["sub/z#r2c3.tif"]
    assert scan(project).added == 0
    take_back_images(project, [gone])
    assert pixels(project, "sub/z#r2c3.tif").shape == (104, 100, 3)
    assert [scene.path for scene in scene_queries.scenes(project)] == ["sub/b.tif", "sub/z.tif"]


def test_new_tiles_of_a_scene_that_grew_are_shown_as_the_others(project, folder):
    """They were shown as the scene was at first, beside neighbours of other bands."""
    run_to_end(change_renderings(project, BandChoice("3,2,1", values=(0, 99))), lambda tick: None)
    (shown,) = {record.info.rendering for record in queries.images(project)}
    write_scene(folder / "a.tif", (texture(300, 300, seed=4) * 255).astype(np.uint8))
    scan(project)
    assert image(project, "a#r3c1.tif").info.rendering == shown
    assert {record.info.rendering for record in queries.images(project)} == {shown}


def test_scenes_change_places(project, folder):
    done = image(project, "a#r1c1.tif").id
    first = pixels(project, "a#r1c1.tif")
    (folder / "a.tif").rename(folder / "x")
    (folder / "sub" / "b.tif").rename(folder / "a.tif")
    (folder / "x").rename(folder / "sub" / "b.tif")
    report = scan(project)
    assert report.moved["a#r1c1.tif"] == "sub/b#r1c1.tif"
    assert image(project, "sub/b#r1c1.tif").id == done
    assert np.array_equal(pixels(project, "sub/b#r1c1.tif"), first)
    assert report.changed == ()


def test_a_scene_over_another_one_does_not_take_its_place(project, folder):
    (folder / "sub" / "b.tif").replace(folder / "a.tif")
    report = scan(project)
    assert report.changed == ("a#r1c1.tif",)
    assert set(report.missing) == tiles("sub/b.tif")


def test_a_scene_of_another_size_has_another_grid(project, folder):
    write_scene(folder / "a.tif", (texture(100, 420) * 255).astype(np.uint8))
    report = scan(project)
    assert report.notes == ("a.tif: 420 x 100 pixels now, 300 x 200 when it was added",)
    there = {path for path in problems(project) if path.startswith("a#")}
    assert there == {"a#r1c1.tif", "a#r1c2.tif", "a#r1c3.tif", "a#r1c4.tif"}
    assert report.changed == ("a#r1c1.tif",)
    assert report.added == 1
    assert pixels(project, "a#r1c4.tif").shape[0] == 100


def test_a_tile_with_work_that_its_scene_has_no_more_stays_as_changed(project, folder):
    review.set_image_status(project, image(project, "a#r2c3.tif").id, ImageStatus.DONE)
    write_scene(folder / "a.tif", (texture(100, 100) * 255).astype(np.uint8))
    assert set(scan(project).changed) == {"a#r1c1.tif", "a#r2c3.tif"}
    record = image(project, "a#r2c3.tif")
    with pytest.raises(Exception, match="has no such tile"):
        tile_now(project, record)


def test_relocating_knows_scenes_by_their_bytes(project, folder, tmp_path):
    new = tmp_path / "elsewhere"
    shutil.copytree(folder, new)
    (new / "a.tif").rename(new / "renamed.tif")
    shutil.rmtree(folder)
    report = relocate(project, new)
    assert report.moved["a#r1c1.tif"] == "renamed#r1c1.tif"
    assert set(problems(project).values()) == {""}
    assert image(project, "renamed#r1c1.tif").status is ImageStatus.DONE
    (tmp_path / "empty").mkdir()
    with pytest.raises(ImagesNotFoundError, match="none of the project's images"):
        relocate(project, tmp_path / "empty")


def test_other_bytes_in_the_middle_are_found_by_the_whole_hash(project, folder, monkeypatch):
    """The fingerprint of a large file looks at some of it only."""
    from acseg_core.images.scenes import fingerprint

    assert run_to_end(hash_scenes(project), lambda tick: None) == 2
    assert all(scene.sha256 for scene in scene_queries.scenes(project))
    monkeypatch.setattr(fingerprint, "_PIECES", 2)
    monkeypatch.setattr(fingerprint, "_PIECE", 64)
    with project.write() as connection:
        connection.exec_driver_sql(
            "UPDATE scene SET fingerprint = ? WHERE path = 'a.tif'", (_fingerprint(folder / "a.tif"),)
        )
    os.utime(folder / "a.tif", ns=(1, 1))
    content = bytearray((folder / "a.tif").read_bytes())
    content[len(content) // 2] ^= 255
    before = _fingerprint(folder / "a.tif")
    (folder / "a.tif").write_bytes(content)
    assert _fingerprint(folder / "a.tif") == before
    scan(project)
    assert "a#r1c1.tif" in {path for path, problem in problems(project).items() if problem == CHANGED}


def _fingerprint(path) -> str:
    from acseg_core.images.scenes.fingerprint import fingerprint_of

    with path.open("rb") as file:
        return fingerprint_of(file)


def test_a_world_file_beside_it_is_noticed(tmp_path, folder):
    write_scene(folder / "plain.tif", crs=None, transform=None)
    with create_project(tmp_path / "project", image_root=folder) as project:
        image_folder.choose_tiles(project, Tiles.ALWAYS, SIDE)
        scan(project)
        assert image(project, "plain#r1c2.tif").info.georeference == ""
        (folder / "plain.tfw").write_text("2\n0\n0\n-2\n1001\n4999\n")
        scan(project)
        found = from_text(image(project, "plain#r1c2.tif").info.georeference)
        assert found.transform == (1000 + 2 * 96, 2, 0, 5000, 0, -2)
        (folder / "plain.tfw").unlink()
        scan(project)
        assert image(project, "plain#r1c2.tif").info.georeference == ""


def test_tiles_that_are_void_are_no_images(tmp_path, folder):
    samples = (texture(200, 300) * 254 + 1).astype(np.uint8)
    samples[:, :, :96] = 0
    write_scene(folder / "collar.tif", samples, nodata=0)
    samples[...] = 0
    write_scene(folder / "nothing.tif", samples, nodata=0)
    with create_project(tmp_path / "project", image_root=folder) as project:
        image_folder.choose_tiles(project, Tiles.ALWAYS, SIDE)
        report = scan(project)
        assert set(problems(project)) == {path for path in tiles("collar.tif") if "c1" not in path}
        assert [file.path for file in report.skipped] == ["nothing.tif"]
        assert "nothing to see" in report.skipped[0].reason


def test_an_image_named_like_a_tile_leaves_the_scene_out(tmp_path, folder):
    from PIL import Image

    write_scene(folder / "a.tif")
    Image.new("RGB", (50, 50), (9, 99, 199)).save(folder / "a#r1c1.tif")
    with create_project(tmp_path / "project", image_root=folder) as project:
        image_folder.choose_tiles(project, Tiles.AUTO, SIDE)
        scan(project)
        assert set(problems(project)) == {"a.tif", "a#r1c1.tif"}  # small enough to be taken whole
        image_folder.choose_tiles(project, Tiles.ALWAYS, SIDE)
        write_scene(folder / "c.tif")
        scan(project)
        assert set(problems(project)) == {"a.tif", "a#r1c1.tif"} | tiles("c.tif")


def test_a_scan_that_was_cut_short_before_the_scene_s_row_is_mended(project):
    with project.write() as connection:
        connection.exec_driver_sql("DELETE FROM scene WHERE path = 'a.tif'")
        connection.exec_driver_sql("UPDATE image SET scene_id = NULL WHERE path LIKE 'a#%'")
    scan(project)
    (scene, _) = scene_queries.scenes(project)
    assert {record.path for record in scene_queries.tiles_of(project, scene.id)} == tiles("a.tif")
    assert image(project, "a#r1c1.tif").status is ImageStatus.DONE


def test_missing_is_said_of_what_leads_nowhere(project, folder):
    shutil.rmtree(folder / "sub")
    assert set(scan(project).missing) == tiles("sub/b.tif")
    assert problems(project)["sub/b#r1c1.tif"] == MISSING


def test_a_tile_found_void_later_stays_noted_and_out_of_what_counts(project, folder):
    record = image(project, "a#r2c2.tif")
    ingest.mark_problems(project, {record.path: NOTHING_TO_SEE})
    os.utime(folder / "a.tif", ns=(1, 1))
    report = scan(project)
    assert [(file.path, file.reason) for file in report.unreadable] == [(record.path, NOTHING_TO_SEE)]
    assert queries.summary(project).images_with_problem == 1
    scan(project)
    assert problems(project)[record.path] == NOTHING_TO_SEE
