"""Verbs on the project as a whole: made, restored, scanned again, found elsewhere; nothing is left half done."""

import pytest
from desktop.operations.running import run, verbs
from PIL import Image

from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_desktop.operations import project as operations


@pytest.fixture
def new_session(open_session, project_folder):
    """A session that had a project open."""
    return open_session(project_folder)


def opened(qtbot, session, folder):
    qtbot.waitUntil(lambda: session.is_open and session.project.folder == folder)


def paths(session):
    return [record.path for record in queries.images(session.project)]


def test_a_project_of_a_folder_is_made_and_opened(new_session, qtbot, photos, tmp_path):
    operations.create(new_session, tmp_path / "fresh", image_root=photos, name="Fresh")
    opened(qtbot, new_session, tmp_path / "fresh")
    assert sorted(paths(new_session)) == ["a1.png", "a10.jpg", "a2.png", "sub/b.png"]


def test_a_folder_without_images_leaves_no_project(new_session, qtbot, tmp_path):
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(new_session.open_failed) as failed:
        operations.create(new_session, tmp_path / "fresh", image_root=tmp_path / "empty", name="Fresh")
    assert isinstance(failed.args[0], ImagesNotFoundError)
    assert not (tmp_path / "fresh").exists()


def test_the_sample_photos_become_a_project_beside_them(new_session, qtbot, tmp_path):
    operations.create_sample(new_session, tmp_path / "sample")
    opened(qtbot, new_session, tmp_path / "sample" / "project")
    assert len(paths(new_session)) >= 4
    assert new_session.project.image_root == tmp_path / "sample" / "photos"


def test_the_sample_scene_becomes_a_project_beside_it(new_session, qtbot, tmp_path):
    operations.create_sample_scene(new_session, tmp_path / "sample")
    opened(qtbot, new_session, tmp_path / "sample" / "project")
    assert len(paths(new_session)) == 4
    assert new_session.project.image_root == tmp_path / "sample" / "scene"


def test_a_sample_scene_that_cannot_be_read_leaves_no_project(new_session, qtbot, tmp_path):
    (tmp_path / "sample" / "scene").mkdir(parents=True)
    (tmp_path / "sample" / "scene" / "village.tif").write_text("somebody's own")
    with qtbot.waitSignal(new_session.open_failed) as failed:
        operations.create_sample_scene(new_session, tmp_path / "sample")
    assert isinstance(failed.args[0], ImageError)
    assert not (tmp_path / "sample" / "project").exists()


def test_the_newest_backup_is_put_in_place(open_session, qtbot, project_folder, many_images):
    session = open_session(project_folder)
    review.name_regions_as(session.project, [1], "sky")
    session.close()
    qtbot.waitUntil(lambda: session.closing_job is None)
    (project_folder / "project.db").write_bytes(b"this is no database" * 1000)
    for file in project_folder.glob("project.db-*"):
        file.unlink()
    operations.restore(session, project_folder)
    opened(qtbot, session, project_folder)
    assert [label.name for label in queries.labels(session.project)] == ["sky"]


def test_new_images_are_found_again_and_gone_ones_told(new_session, qtbot, photos):
    Image.new("RGB", (40, 30), (9, 99, 199)).save(photos / "new.png")
    (photos / "a2.png").unlink()
    report = run(qtbot, operations.scan(new_session))
    assert "new.png" in paths(new_session)
    assert report.added == 1
    assert queries.image_by_path(new_session.project, "a2.png").problem is not None


def test_images_are_found_where_they_were_moved_to(new_session, qtbot, photos):
    moved = photos.parent / "moved"
    photos.rename(moved)
    run(qtbot, operations.relocate(new_session, moved))
    with open_project(new_session.project.folder, read_only=True) as project:
        assert project.image_root == moved


def test_a_changed_file_is_taken_with_its_old_regions_dropped(new_session, qtbot, photos):
    Image.new("RGB", (50, 30), (9, 99, 199)).save(photos / "a1.png")
    record = queries.image_by_path(new_session.project, "a1.png")
    assert queries.regions(new_session.project, record.id)
    run(qtbot, operations.adopt_changed(new_session, record.id))
    after = queries.image(new_session.project, record.id)
    assert (after.width, after.height) == (50, 30)
    assert queries.regions(new_session.project, record.id) == []
    assert verbs(new_session)[0] == "Accept changed images"
