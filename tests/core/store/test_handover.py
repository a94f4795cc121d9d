"""A project that was copied with its images, and one that somebody else made: what is settled when it is opened.

Covers: store.image_root.
"""

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from acseg_core.formats.contact_sheet import export_contact_sheet
from acseg_core.images.image_paths import OUTSIDE
from acseg_core.reports import LeftOut
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.inputs import refuse_inputs
from acseg_core.workflows import scanning
from acseg_core.workflows.exporting import export_coco


def finish(work):
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.fixture
def together(tmp_path: Path) -> Path:
    """A folder with a project and its photos side by side."""
    place = tmp_path / "old"
    (place / "photos").mkdir(parents=True)
    Image.new("RGB", (8, 6)).save(place / "photos" / "a.png")
    Image.new("RGB", (8, 6), "red").save(place / "photos" / "b.png")
    with create_project(place / "project", image_root=place / "photos") as project:
        finish(scanning.scan_images(project))
    return place


def test_a_project_copied_with_its_photos_reads_the_copies(together, tmp_path):
    """It read the original's photos as long as those were there."""
    copy = tmp_path / "copy"
    shutil.copytree(together, copy)
    with open_project(copy / "project", read_only=True) as project:
        assert (project.image_root, project.left_root) == (copy / "photos", None)
    with open_project(copy / "project") as project:
        assert (project.image_root, project.left_root) == (copy / "photos", together / "photos")
    with open_project(copy / "project") as project:
        assert (project.image_root, project.left_root) == (copy / "photos", None), "told once"
        assert project.stored_root == copy / "photos"
    with open_project(together / "project") as project:
        assert (project.image_root, project.left_root) == (together / "photos", None), "the original stays what it is"


def test_a_project_copied_without_its_photos_reads_the_old_ones(together, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(together / "project", copy / "project")
    with open_project(copy / "project") as project:
        assert (project.image_root, project.left_root) == (together / "photos", None)
    (copy / "photos").mkdir()
    Image.new("RGB", (8, 6)).save(copy / "photos" / "other.png")
    with open_project(copy / "project") as project:
        assert project.image_root == together / "photos", "a folder of that name that holds other photos"


def test_a_project_that_is_reached_by_a_link_has_not_moved(together, tmp_path):
    (tmp_path / "link").symlink_to(together)
    with open_project(tmp_path / "link" / "project") as project:
        assert (project.image_root, project.left_root) == (together / "photos", None)


def test_a_project_moved_with_its_photos_is_no_copy(together, tmp_path):
    together.rename(tmp_path / "new")
    with open_project(tmp_path / "new" / "project") as project:
        assert (project.image_root, project.left_root) == (tmp_path / "new" / "photos", None)


@pytest.fixture
def hostile(world, tmp_path):
    """A project with regions whose database names images that are not below its folder."""
    project = world.create(images=3, regions=4)
    project.close()
    secret = tmp_path / "secret.png"
    Image.new("RGB", (8, 6), "blue").save(secret)
    world.sql("UPDATE image SET path = '../secret.png' WHERE id = 1")
    world.sql("UPDATE image SET path = '/dev/zero', problem = 'missing' WHERE id = 2")
    return world


def test_images_outside_have_that_problem_however_the_project_is_opened(hostile):
    with open_project(hostile.folder, read_only=True) as project:
        assert [record.problem for record in queries.images(project)] == [OUTSIDE, OUTSIDE, ""]
    with open_project(hostile.folder) as project:
        assert queries.summary(project).images_with_problem == 2, "what asks the database knows it, too"
        assert [record.problem for record in queries.images(project)] == [OUTSIDE, OUTSIDE, ""]
    assert hostile.sql("SELECT problem FROM image ORDER BY id") == [(OUTSIDE,), (OUTSIDE,), ("",)]


def test_images_outside_are_in_no_export(hostile, tmp_path):
    """Whoever reads the export would have looked at "../secret.png", with the regions of it."""
    with open_project(hostile.folder, read_only=True) as project:
        finish(export_coco(project, tmp_path / "out.json", all_regions=True, with_problems=True))
        report = finish(export_contact_sheet(project, tmp_path / "sheet.png"))
        refuse_inputs(tmp_path / "secret.png", project)
    written = json.loads((tmp_path / "out.json").read_text())
    assert [image["file_name"] for image in written["images"]] == ["002.jpg"]
    assert {annotation["image_id"] for annotation in written["annotations"]} == {3}
    assert (report.images, report.left_out[LeftOut.MISSING]) == (0, (3,)), "a sheet shows photos; the third has none"


def test_a_photo_copied_into_the_folder_gets_the_regions_of_the_image_outside(tmp_path):
    """The remedy that the problem names."""
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("RGB", (8, 6)).save(photos / "a.png")
    Image.new("RGB", (8, 6), "red").save(photos / "b.png")
    project = create_project(tmp_path / "project", image_root=photos)
    with project:
        finish(scanning.scan_images(project))
        with project.write() as connection:
            connection.exec_driver_sql("UPDATE image SET path = '../a.png' WHERE path = 'a.png'")
    (photos / "a.png").rename(tmp_path / "a.png")
    with open_project(tmp_path / "project") as project:
        report = finish(scanning.scan_images(project))
        assert [(file.path, file.reason) for file in report.unreadable] == [("../a.png", OUTSIDE)]
        shutil.copy(tmp_path / "a.png", photos / "new.png")
        report = finish(scanning.scan_images(project))
        assert dict(report.moved) == {"../a.png": "new.png"}
        assert [record.problem for record in queries.images(project)] == ["", ""]
