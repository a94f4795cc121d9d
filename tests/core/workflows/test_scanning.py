"""Scans note where images lie on a map: the first one, every later one, and through undo and moves.

What else they do is tested with files that moved, in `test_moved_images`, and in `tests/core/images`.
"""

import contextlib
import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from geotiff_files import UTM33, geotiff, key_tags, north_up
from PIL import Image

from acseg_core.images.files import inspect_image
from acseg_core.images.georef import georeference_of
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import history, ingest, review
from acseg_core.store.edits.removal import remove_images
from acseg_core.workflows import scanning

PIXELS = np.arange(6 * 8 * 3, dtype=np.uint8).reshape(6, 8, 3)


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "map.tif").write_bytes(geotiff(PIXELS, north_up(100, 200, 2), key_tags(UTM33)))
    Image.fromarray(PIXELS).save(folder / "beside.png")
    Image.fromarray(PIXELS[::-1]).save(folder / "plain.png")
    (folder / "beside.pgw").write_text("1 0 0 -1 0.5 -0.5")
    return folder


@pytest.fixture
def folder(photos, tmp_path):
    with create_project(tmp_path / "project", image_root=photos) as project:
        scan(project)
    return tmp_path / "project"


def scan(project):
    return run_to_end(scanning.scan_images(project), lambda tick: None)


def transforms(project) -> dict:
    found = {record.path: georeference_of(record.info) for record in queries.images(project)}
    return {path: each and each.transform for path, each in found.items()}


EXPECTED = {"map.tif": (100, 2, 0, 200, 0, -2), "beside.png": (0, 1, 0, 0, 0, -1), "plain.png": None}


def test_it_is_read_when_images_are_added(folder):
    with open_project(folder, read_only=True) as project:
        assert transforms(project) == EXPECTED
        system = georeference_of(queries.image_by_path(project, "map.tif").info).system
        assert (system.epsg, system.unit) == (32633, "metre")


def test_the_next_scan_reads_it_of_images_that_were_added_before(folder):
    with contextlib.closing(sqlite3.connect(folder / "project.db")) as connection:
        connection.execute("UPDATE image SET georeference = NULL")
        connection.commit()
    with open_project(folder) as project:
        assert set(transforms(project).values()) == {None}
        report = scan(project)
        assert (report.added, report.unchanged, report.changed) == (0, 3, ())
        assert transforms(project) == EXPECTED
        assert all(record.info.georeference is not None for record in queries.images(project))


def test_what_lies_beside_a_file_may_come_change_and_go(folder, photos):
    with open_project(folder) as project:
        (photos / "plain.wld").write_text("1 0 0 -1 10.5 -0.5")
        (photos / "beside.pgw").write_text("2 0 0 -2 1 -1")
        assert scan(project).unchanged == 3
        assert transforms(project) == EXPECTED | {"plain.png": (10, 1, 0, 0, 0, -1), "beside.png": (0, 2, 0, 0, 0, -2)}
        (photos / "plain.wld").unlink()
        (photos / "beside.pgw").unlink()
        scan(project)
        assert transforms(project) == {**EXPECTED, "beside.png": None}


def test_a_scan_that_finds_nothing_new_writes_nothing(folder):
    with open_project(folder) as project:
        before = list(queries.images(project))
        scan(project)
        assert list(queries.images(project)) == before


def test_removed_and_undone_it_is_as_before(folder):
    with open_project(folder) as project:
        ids = [record.id for record in queries.images(project)]
        remove_images(project, ids)
        assert transforms(project) == {}
        history.undo(project)
        assert transforms(project) == EXPECTED


def test_new_content_that_is_accepted_brings_its_own_and_undo_takes_it_back(folder, photos):
    with open_project(folder) as project:
        record = queries.image_by_path(project, "map.tif")
        review.accept_image(project, record.id)
        (photos / "map.tif").write_bytes(geotiff(PIXELS[::-1].copy(), north_up(300, 400, 1), key_tags(UTM33)))
        assert scan(project).changed == ("map.tif",)
        assert transforms(project) == EXPECTED, "the labels are those of the file before"
        ingest.adopt_changed(project, [record.id], [inspect_image(photos, "map.tif")])
        assert transforms(project)["map.tif"] == (300, 1, 0, 400, 0, -1)
        history.undo(project)
        assert transforms(project) == EXPECTED
        history.redo(project)
        assert transforms(project)["map.tif"] == (300, 1, 0, 400, 0, -1)


def test_renamed_and_relocated_it_goes_along(folder, photos, tmp_path):
    (photos / "map.tif").rename(photos / "renamed.tif")
    (photos / "beside.png").rename(photos / "other.png")
    (photos / "beside.pgw").rename(photos / "other.pgw")
    expected = {"renamed.tif": EXPECTED["map.tif"], "other.png": EXPECTED["beside.png"], "plain.png": None}
    with open_project(folder) as project:
        assert scan(project).moved
        assert transforms(project) == expected
        photos.rename(tmp_path / "elsewhere")
        run_to_end(scanning.relocate_images(project, tmp_path / "elsewhere"), lambda tick: None)
        assert transforms(project) == expected
        scan(project)
        assert transforms(project) == expected


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_just_now_keeps_what_is_known(folder, photos):
    (photos / "map.tfw").write_text("1 0 0 -1 0 0")
    (photos / "map.tif").chmod(0)
    with open_project(folder) as project:
        scan(project)
        assert transforms(project) == EXPECTED
    Path(photos / "map.tif").chmod(0o644)
