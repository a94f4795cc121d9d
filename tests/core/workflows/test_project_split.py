"""Parts are projects of their own: some of the images and all that is known of them, made whole or not at all."""

import os
import signal
import subprocess
import sys

import pytest
from clustered_project import save
from coloured_photos import finish
from PIL import Image

from acseg_core.errors import EditError, ProjectExistsError, StorageError
from acseg_core.store import Project, open_project, queries
from acseg_core.store.edits import history, label_list, removal, review, scenes
from acseg_core.store.queries import cluster_queries, scene_queries
from acseg_core.store.queries.part_origin import part_origin
from acseg_core.store.upkeep import part_copy
from acseg_core.types import HistoryState, Scene, Tile
from acseg_core.workflows import scanning
from acseg_core.workflows.part_choice import ShareBy
from acseg_core.workflows.project_split import SplitPart, split_project


@pytest.fixture
def filled(world):
    """Four images with regions in two clusters, two labels, a comment."""
    project = world.create(images=4, regions=3)
    save(project, [[1, 2, 4], [7, 8]])
    review.name_regions_as(project, [1, 4], "cat")
    review.name_regions_as(project, [10], "dog")
    removal.remove_images(project, [4])
    return project


def split(project, **options):
    return finish(split_project(project, **{"by": ShareBy.COUNT, "into": 2} | options))


def test_a_part_has_what_its_images_have(world, filled):
    first, _ = split(filled)
    assert first == SplitPart(world.root / "project-part-1", images=2, regions=6)
    before = world.rows()
    with open_project(first.folder) as part:
        assert part.name == "project (1 of 2)"
        assert part.image_root == filled.image_root
        assert [record.path for record in queries.images(part)] == ["000.jpg", "001.jpg"]
        for image_id in (1, 2):
            assert queries.regions(part, image_id) == queries.regions(filled, image_id)
        assert queries.labels(part) == queries.labels(filled)
        assert [each.id for each in cluster_queries.clusters(part)] == [1]
        assert history.state(part) == HistoryState(undo=None, redo=None)
        assert queries.summary(part).last_run == queries.summary(filled).last_run
    rows, theirs = world.rows(first.folder), {row[0] for row in before["image"][:2]}
    assert rows["image"] == before["image"][:2]
    assert rows["region"] == [row for row in before["region"] if row[1] in theirs]
    assert rows["label"] == before["label"]
    assert world.rows() == before


def test_a_part_knows_where_it_comes_from(world, filled):
    first, second = split(filled)
    with open_project(first.folder) as one, open_project(second.folder) as two:
        origins = [part_origin(part) for part in (one, two)]
    assert [(origin.number, origin.of) for origin in origins] == [(1, 2), (2, 2)]
    assert len({origin.split for origin in origins}) == len({origin.project for origin in origins}) == 1
    assert {label["name"] for label in origins[0].labels.values()} == {"cat", "dog"}
    assert part_origin(filled) is None
    again = split(filled, out=world.root / "again")
    with open_project(again[0].folder) as one:
        assert part_origin(one).project == origins[0].project
        assert part_origin(one).split != origins[0].split


def test_looking_for_new_images_in_a_part_finds_none_of_the_others(world):
    for n in range(3):
        Image.new("RGB", (8, 6), (n * 50, 9, 99)).save(world.images / f"{n}.png")
    project = world.create()
    finish(scanning.scan_images(project))
    removal.remove_images(project, [3])
    for part in split(project):
        with open_project(part.folder) as opened:
            report = finish(scanning.scan_images(opened))
            assert (report.added, report.removed, report.unchanged) == (0, 2, 1)
            Image.new("RGB", (8, 6), (200, 200, 9)).save(world.images / "new.png")
            assert finish(scanning.scan_images(opened)).added == 1
            (world.images / "new.png").unlink()
            removal.take_back_images(opened, [each.id for each in removal.removed_images(opened)])
            assert {record.status for record in queries.images(opened)} == {"new"}


def test_images_are_copied_on_request_with_what_lies_beside_them(world, tmp_path):
    for name in ("a/0.png", "a/1.png", "2.png"):
        (world.images / name).parent.mkdir(exist_ok=True)
        Image.new("RGB", (8, 6), (9, len(name) * 20, int(name[-5]) * 50)).save(world.images / name)
    (world.images / "a" / "0.pgw").write_text("1\n0\n0\n-1\n100\n200\n")
    (world.images / "a" / "other.txt").write_text("mine")
    project = world.create()
    finish(scanning.scan_images(project))
    (world.images / "2.png").unlink()
    first, second = split(project, by=ShareBy.FOLDER, copy_images=True)
    assert (first.missing, second.missing) == ((), ("2.png",))
    assert {path.name for path in (first.folder / "images").rglob("*")} == {"a", "0.png", "0.pgw", "1.png"}
    moved = tmp_path / "elsewhere"
    first.folder.rename(moved)
    with open_project(moved) as part:
        assert part.image_root == moved / "images"
        report = finish(scanning.scan_images(part))
        assert (report.added, report.unchanged, report.missing) == (0, 2, ())


def test_tiles_come_with_their_scene_and_its_file(world):
    (world.images / "map.tif").write_bytes(b"a raster")
    project = world.create(images=1)
    sizes = {"width": 24, "height": 6, "rows": 1, "columns": 3, "tile_side": 8, "halo": 1}
    scene = Scene(0, "map.tif", "f" * 64, "", 8, 1, **sizes, georeference="", rendering="")
    places = [Tile(row=1, column=n, left=8 * n - 8, top=0, halo=1) for n in (1, 2, 3)]
    tiles = [world.info(f"map#r1c{tile.column}.tif", sha256=f"{tile.column + 9:064x}", tile=tile) for tile in places]
    scenes.add_scene(project, scene, tiles)
    for part, mine in zip(split(project, copy_images=True), (["000.jpg", "map#r1c1.tif"], None), strict=True):
        assert (part.folder / "images" / "map.tif").read_bytes() == b"a raster"
        with open_project(part.folder) as opened:
            assert mine in (None, [record.path for record in queries.images(opened)])
            assert scene_queries.scenes(opened) == scene_queries.scenes(project)
            others = [image.path for image in removal.removed_images(opened)]
            assert len(others) == 2 if mine else others == ["map#r1c1.tif"], "tiles of others are not added again"
            (tile, *_) = [record for record in queries.images(opened) if record.info.tile]
            assert scene_queries.scene_of(opened, tile).path == "map.tif"


def test_models_go_along(world, filled):
    (filled.folder / "models").mkdir()
    (filled.folder / "models" / "one.safetensors").write_bytes(b"weights")
    first, _ = split(filled)
    assert (first.folder / "models" / "one.safetensors").read_bytes() == b"weights"


def test_ids_are_not_used_again_in_a_part(world, filled):
    review.name_regions_as(filled, [2], "short-lived")
    label_list.delete_label(filled, 3)
    first, _ = split(filled)
    with open_project(first.folder) as part:
        review.name_regions_as(part, [2], "new")
        assert [label.id for label in queries.labels(part)] == [1, 2, 4]


def test_nothing_is_written_over(world, filled):
    (world.root / "project-part-2").mkdir()
    with pytest.raises(ProjectExistsError, match="project-part-2: there is something in that place; move it away"):
        split(filled)
    assert not (world.root / "project-part-1").exists()


def test_stopped_or_refused_nothing_is_left(world, filled, monkeypatch):
    there = sorted(world.root.iterdir())
    work = split_project(filled, by=ShareBy.COUNT, into=2)
    next(work)
    work.close()
    assert sorted(world.root.iterdir()) == there
    with pytest.raises(EditError, match="9 parts cannot be made of 3 image files"):
        split(filled, into=9)
    monkeypatch.setattr(part_copy.backups, "is_sound", lambda *_a, **_k: False)
    with pytest.raises(StorageError, match="did not come out sound"):
        split(filled)
    assert sorted(world.root.iterdir()) == there


KILLED = """
import os, signal, sys
from pathlib import Path
from acseg_core.store import open_project
from acseg_core.workflows.part_choice import ShareBy
from acseg_core.workflows.project_split import split_project
with open_project(Path(sys.argv[1])) as project:
    for _ in split_project(project, by=ShareBy.COUNT, into=2):
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_what_a_killed_split_left_is_swept_by_the_next(world, filled):
    filled.close()
    done = subprocess.run([sys.executable, "-c", KILLED, str(filled.folder)], check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL
    assert any(path.name.startswith(".project-part-1.acseg-") for path in world.root.iterdir())
    project: Project = world.open()
    split(project)
    assert {path.name for path in world.root.iterdir()} == {"images", "project", "project-part-1", "project-part-2"}
