"""What goes wrong is one clear line with its remedy, and nothing is lost."""

import errno
import gc
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress

import numpy as np
import pytest
from damage import damage_table
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableWidget, QToolButton

from acseg_core.errors import EditError, StorageError
from acseg_core.output import atomic_write
from acseg_core.store import backups, open_project, queries
from acseg_core.store.edits.labels import create_label
from acseg_core.store.upkeep import timings
from acseg_desktop.browser import crops
from acseg_desktop.browser.crops import CropCache
from acseg_desktop.canvas import viewer
from acseg_desktop.commands.faults import show_error
from acseg_desktop.dialogs.export_form import ExportForm
from acseg_desktop.dialogs.lists import SkippedList
from acseg_desktop.dialogs.message import Message
from acseg_desktop.dialogs.new_project import NewProjectForm
from acseg_desktop.image_list import thumbnails
from acseg_desktop.image_list.thumbnails import ThumbnailCache

CTRL = Qt.KeyboardModifier.ControlModifier


def message_of(hands, title):
    message = hands.dialog(Message)
    assert message.windowTitle() == title
    assert "\n" not in message.text.text()
    return message


def test_damaged_project_is_restored_from_its_backup(hands, project_folder):
    with open_project(project_folder) as project:
        create_label(project, "Cat")
    with open_project(project_folder):
        pass
    database = project_folder / "project.db"
    database.write_bytes(b"\0" * 4096 + database.read_bytes()[4096:])
    hands.window.open(project_folder)
    message = message_of(hands, "The project is damaged")
    hands.click(hands.button(message, "Restore the last backup"))
    hands.wait(lambda: hands.window.session.is_open)
    hands.rest()
    assert hands.window.images.rowCount() == 4
    assert list(project_folder.glob("project.db.damaged*")), "the damaged file is kept aside"


@pytest.fixture
def large(monkeypatch):
    """Every database counts as one that is too large to be checked when it is opened; nothing is collected."""
    monkeypatch.setattr(backups, "SMALL_BYTES", 0)
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_damage_found_by_the_first_reads_does_not_keep_the_lock(hands, project_folder, large):
    backups.make_backup(project_folder)
    damage_table(project_folder / "project.db", "label")
    hands.window.open(project_folder)
    message = message_of(hands, "The project is damaged")
    hands.click(hands.button(message, "Restore the last backup"))
    hands.wait(lambda: hands.window.session.is_open)
    hands.rest()
    assert hands.window.session.can_edit
    assert hands.window.images.rowCount() == 4


def test_damage_found_later_is_told_with_the_way_back(hands, project_folder, large):
    backups.make_backup(project_folder)
    damage_table(project_folder / "project.db", "region")
    hands.window.open(project_folder)
    message = message_of(hands, "The project is damaged")
    assert hands.window.session.is_open
    hands.click(hands.button(message, "Restore the last backup"))
    hands.wait(lambda: hands.window.session.is_open and hands.window.viewer.regions)
    hands.rest()
    assert hands.window.session.can_edit
    assert not [each for each in hands.window.findChildren(Message) if each.isVisible()]


def test_a_damaged_mask_is_told_and_other_images_can_be_opened(hands, project_folder):
    """The window froze at every start before: pycocotools never ended, and held the interpreter's lock."""
    backups.make_backup(project_folder)
    with sqlite3.connect(project_folder / "project.db") as connection:
        connection.execute("UPDATE region SET counts = CAST(counts || '1' AS BLOB) WHERE image_id = 1")
    connection.close()
    hands.window.open(project_folder)
    message = message_of(hands, "The project is damaged")
    assert "region" in message.text.text()
    assert "of image 1: its mask does not add up to" in message.text.text()
    assert hands.button(message, "Restore the last backup").isEnabled()
    message.reject()
    hands.rest()
    hands.press(Qt.Key.Key_D)
    hands.wait(lambda: hands.window.viewer.record is not None and hands.window.viewer.regions)
    hands.rest()
    assert hands.window.viewer.record.path == "a2.png"
    hands.press(Qt.Key.Key_D)
    hands.wait(lambda: hands.window.viewer.record.id == 3)
    assert not [each for each in hands.window.findChildren(Message) if each.isVisible()]


def test_project_of_a_newer_version(hands, project_folder):
    with sqlite3.connect(project_folder / "project.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'f999'")
    connection.close()
    hands.window.open(project_folder)
    message_of(hands, "Made by a newer version").reject()
    assert not hands.window.session.is_open
    assert hands.window.start.isVisible()


def test_locked_project_opens_read_only(hands, project_folder):
    with open_project(project_folder):
        hands.window.open(project_folder)
        message = message_of(hands, "The project is open in another program")
        hands.click(hands.button(message, "Open read-only"))
        hands.wait(lambda: hands.window.viewer.record is not None)
        hands.rest()
        window = hands.window
        assert window.banners.access.isVisible()
        assert "read-only" in window.banners.access.text.text()
        assert "(read-only)" in window.windowTitle()
        hands.press(Qt.Key.Key_A, CTRL)
        assert len(window.canvas.selection) == 4
        hands.press(Qt.Key.Key_M)
        assert window.status.currentMessage() == "The project is open read-only"
        for action in ("region.merge", "region.name", "image.accept", "propose.all", "edit.undo", "project.rescan"):
            assert not window.actions_[action].isEnabled(), action
        assert window.actions_["project.export"].isEnabled()
        hands.press(Qt.Key.Key_D)
        hands.rest()
        assert window.viewer.record.path == "a2.png"
        window.session.close()
        hands.wait(window.start.isVisible)


def test_two_windows_on_one_project(hands, make_window, project_folder):
    hands.open(project_folder)
    other = make_window()
    other.window.open(project_folder)
    message_of(other, "The project is open in another program").reject()
    assert hands.window.session.can_edit


def test_moved_images_are_relocated_and_checked(hands, project_folder, photos, tmp_path):
    moved = tmp_path / "moved"
    shutil.move(photos, moved)
    hands.window.open(project_folder)
    window = hands.window
    hands.wait(window.banners.project.isVisible)
    assert "photos" in window.banners.project.text.text()
    hands.rest()
    assert len(window.viewer.regions) == 4, "regions are there without the pixels"
    window.commands.project.relocate_to(tmp_path / "nowhere")
    message_of(hands, "No images found").reject()
    window.commands.project.relocate_to(moved)
    hands.rest()
    assert not window.banners.project.isVisible()
    assert window.viewer.record.problem == ""
    hands.click_region(10, 10)
    assert len(window.canvas.selection) == 1


def test_changed_image_is_told_and_never_relabelled(hands, project_folder, photos, write_photo):
    write_photo(photos / "a1.png", seed=99)
    hands.window.open(project_folder)
    window = hands.window
    hands.wait(lambda: window.banners.project.notice is not None)
    hands.rest()
    assert "1 image has changed" in window.banners.project.text.text()
    assert window.viewer.record.problem.startswith("changed")
    hands.wait(window.banners.image.isVisible)
    assert len(window.viewer.regions) == 4
    hands.click(window.banners.image.buttons[0])
    hands.click(hands.button(hands.dialog(Message), "Use the changed file"))
    hands.rest()
    assert window.viewer.record.problem == ""
    assert not window.viewer.regions
    assert not window.banners.image.isVisible()
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert len(window.viewer.regions) == 4


def test_an_image_that_does_not_read_any_more_is_told(hands, project_folder, photos):
    (photos / "a1.png").write_bytes(b"no image any more")
    hands.window.open(project_folder)
    window = hands.window
    hands.wait(lambda: window.banners.project.notice is not None)
    assert window.banners.project.text.text() == (
        "1 image can no longer be read. Regions are kept, but not shown on a changed picture."
    )
    hands.rest()
    assert window.header.status.text() == "Unreadable"
    assert len(window.viewer.regions) == 4


def test_missing_image(hands, project_folder, photos):
    (photos / "a1.png").unlink()
    hands.window.open(project_folder)
    window = hands.window
    hands.wait(lambda: window.banners.project.notice is not None)
    assert "1 image is missing" in window.banners.project.text.text()
    hands.rest()
    assert window.header.status.text() == "Missing"
    assert window.banners.image.text.text().startswith("a1.png is missing. ")


def test_unusable_files_are_listed(hands, photos, tmp_path):
    (photos / "empty.png").write_bytes(b"")
    (photos / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no")
    hands.window.commands.project._create(photos, tmp_path / "new", "New")
    window = hands.window
    hands.wait(window.banners.project.isVisible)
    assert "2 files could not be used" in window.banners.project.text.text()
    hands.click(window.banners.project.buttons[0])
    skipped = hands.dialog(SkippedList)
    table = skipped.findChild(QTableWidget)
    assert {table.item(row, 0).text() for row in range(2)} == {"empty.png", "broken.jpg"}
    assert all(table.item(row, 1).text() for row in range(2))
    skipped.reject()
    assert window.images.rowCount() == 4


@pytest.fixture
def photos_with_maps(photos):
    """The four photos, and label maps of three of them, one beside its photo."""
    pixels = (np.arange(64 * 96) % 5).astype(np.uint8).reshape(64, 96)
    (photos / "labels").mkdir()
    for name in ("labels/a2.png", "labels/a10.png", "a1_mask.png"):
        Image.fromarray(pixels).save(photos / name)
    return photos


@pytest.mark.parametrize("takes_maps", [False, True])
def test_new_project_form_counts_what_is_taken(hands, photos_with_maps, tmp_path, takes_maps):
    hands.window.commands.project.new_from(photos_with_maps)
    form = hands.dialog(NewProjectForm)
    hands.wait(form.confirm.isEnabled)
    assert form.found.text() == "4 images found, 3 label maps left out"
    assert form.label_maps.isVisible()
    for widget in (form.images.field, form.folder.field, form.name, form.confirm):  # there is room for one row more
        assert widget.height() >= widget.sizeHint().height()
    if takes_maps:
        form.label_maps.setFocus()
        hands.press(Qt.Key.Key_Space)
        assert form.found.text() == "7 images found, 3 of them label maps"
    form.folder.set_path(tmp_path / "new")
    hands.click(form.confirm)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    assert hands.window.images.rowCount() == (7 if takes_maps else 4)


def test_new_project_form_tells_of_images_that_are_not_read(hands, photos, tmp_path):
    gifs = tmp_path / "gifs"
    gifs.mkdir()
    Image.new("RGB", (20, 20)).save(gifs / "a.gif")
    hands.window.commands.project.new_from(gifs)
    form = hands.dialog(NewProjectForm)
    told = "That folder contains no images in a supported format; convert 1 image to PNG or JPEG."
    hands.wait(lambda: any(each.text() == told for each in form.findChildren(QLabel)))
    assert not form.confirm.isEnabled()
    Image.new("RGB", (20, 20)).save(photos / "b.gif")
    form.images.set_path(photos)
    hands.wait(form.confirm.isEnabled)
    assert form.found.text() == "4 images found, 1 in an unsupported format"
    form.reject()


def test_folders_that_are_no_photos_and_pages_are_told_of(hands, photos, tmp_path):
    (photos / "@eaDir").mkdir()
    Image.new("RGB", (20, 20)).save(photos / "@eaDir" / "a.png")
    page = Image.new("L", (90, 60), 50)
    page.save(photos / "stack.tif", save_all=True, append_images=[page, page])
    hands.window.commands.project.new_from(photos)
    form = hands.dialog(NewProjectForm)
    hands.wait(form.confirm.isEnabled)
    assert form.found.text() == "5 images found, 1 folder of thumbnails or deleted files left out"
    form.folder.set_path(tmp_path / "new")
    hands.click(form.confirm)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    assert hands.window.images.rowCount() == 5
    told = "1 folder of thumbnails or deleted files left out. Only the first page of 1 file is used."
    assert any(each.text() == told for each in hands.window.findChildren(QLabel))
    hands.window.actions_["project.skipped"].trigger()
    skipped = hands.dialog(SkippedList)
    assert not any("fix or replace" in each.text() for each in skipped.findChildren(QLabel))
    skipped.reject()


def test_without_label_maps_the_form_does_not_speak_of_them(hands, photos, photos_with_maps):
    hands.window.commands.project.new_from(photos_with_maps)
    form = hands.dialog(NewProjectForm)
    hands.wait(form.label_maps.isVisible)
    form.images.set_path(photos / "sub")
    assert form.found.text() == "Searching…"
    hands.wait(form.confirm.isEnabled)
    assert form.found.text() == "1 image found"
    assert not form.label_maps.isVisible()
    form.reject()


def test_label_maps_that_come_later_are_told_of_and_can_be_taken(hands, project_folder, photos, write_photo):
    hands.open(project_folder)
    window = hands.window
    write_photo(photos / "c.jpg", seed=9)
    Image.fromarray((np.arange(64 * 96) % 5).astype(np.uint8).reshape(64, 96)).save(photos / "c_mask.png")
    hands.press(Qt.Key.Key_F5)
    hands.rest()
    assert window.images.rowCount() == 5
    assert window.status.currentMessage() == "1 new image, 1 label map left out"
    window.actions_["project.skipped"].trigger()
    skipped = hands.dialog(SkippedList)
    hands.click(hands.button(skipped, "Add label maps as photos"))
    hands.rest()
    assert window.images.rowCount() == 6
    hands.press(Qt.Key.Key_F5)
    hands.rest()
    assert window.images.rowCount() == 6


def test_new_project_form_is_checked_while_typing(hands, photos, tmp_path, project_folder):
    hands.press(Qt.Key.Key_N, CTRL)
    form = hands.dialog(NewProjectForm)
    assert not form.confirm.isEnabled()
    assert not form.error.isVisible()
    form.images.field.setText(str(tmp_path / "nowhere"))
    hands.wait(lambda: "nowhere" in form.error.text())
    empty = tmp_path / "empty"
    empty.mkdir()
    form.images.field.setText(str(empty))
    hands.wait(lambda: form.error.isVisible() and "nowhere" not in form.error.text())
    assert not form.confirm.isEnabled()
    form.images.field.setText(str(photos))
    hands.wait(form.confirm.isEnabled)
    form.folder.field.setText(str(project_folder))
    assert "already contains a project" in form.error.text()
    assert not form.confirm.isEnabled()
    form.folder.field.setText(str(photos / "a1.png"))
    assert not form.confirm.isEnabled()
    form.reject()


def test_folder_of_broken_images_leaves_nothing_behind(hands, tmp_path):
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"no image")
    hands.window.commands.project._create(folder, tmp_path / "new", "New")
    form = hands.dialog(NewProjectForm)
    assert "none of its images can be read" in form.error.text(), "what was entered is there again, and why it failed"
    form.reject()
    hands.rest()
    assert not (tmp_path / "new").exists()
    assert hands.window.start.isVisible()


def test_opening_a_file_or_nothing(hands, tmp_path):
    path = tmp_path / "file"
    path.write_text("x")
    hands.window.open(path)
    hands.dialog(Message).reject()
    hands.window.open(tmp_path / "nowhere")
    message_of(hands, "No project found").reject()
    assert hands.window.start.isVisible()


def test_full_disk_while_exporting_leaves_no_file(hands, project_folder, tmp_path, monkeypatch):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_E, CTRL)
    form = hands.dialog(ExportForm)
    form.all_regions.setChecked(True)
    form.images.everything.setChecked(True)
    hands.wait(lambda: form.images.preview is not None)
    out = tmp_path / "full" / "coco.json"
    out.parent.mkdir()
    form.out.field.setText(str(out))

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic_write.os, "fsync", full)
    hands.click(form.confirm)
    hands.wait(form.error.isVisible)
    assert "disk is full" in form.error.text()
    assert not list(out.parent.iterdir())
    monkeypatch.undo()
    hands.click(form.confirm)
    hands.wait(form.outcome.isVisible)
    assert out.is_file()
    form.reject()


def test_export_to_missing_folder_says_so(hands, project_folder, tmp_path):
    hands.open(project_folder)
    hands.window.commands.project.export()
    form = hands.dialog(ExportForm)
    form.images.everything.setChecked(True)
    hands.wait(lambda: form.images.preview is not None)
    form.out.field.setText(str(tmp_path / "nowhere" / "coco.json"))
    hands.click(form.confirm)
    hands.wait(form.error.isVisible)
    assert "folder" in form.error.text()
    form.reject()


def test_bug_shows_details_to_copy(hands, caplog):
    try:
        raise ZeroDivisionError("a bug")
    except ZeroDivisionError as error:
        message = show_error(hands.window, error)
    assert message.isVisible()
    hands.click(hands.button(message, "Copy details"))
    assert "ZeroDivisionError: a bug" in QApplication.clipboard().text()
    assert "ZeroDivisionError" in caplog.text
    message.reject()


def test_bug_in_a_job_is_shown(hands, project_folder, caplog):
    hands.open(project_folder)

    def broken(_project):
        raise KeyError("lost")

    hands.window.session.edit(broken)
    message = hands.dialog(Message)
    assert message.windowTitle() == "Something went wrong"
    message.reject()
    assert queries.image_ids(hands.window.session.project)


@pytest.mark.parametrize("answer", ["New project…", "Cancel"])
def test_folder_of_photos_is_offered_as_new_project(hands, photos, answer):
    hands.window.open(photos)
    message = hands.dialog(Message)
    hands.click(hands.button(message, answer))
    if answer == "Cancel":
        assert not hands.window.findChildren(NewProjectForm)
    else:
        form = hands.dialog(NewProjectForm)
        assert form.images.path == photos
        hands.wait(form.confirm.isEnabled)
        form.reject()


def test_a_fault_that_stops_many_jobs_is_told_once(hands):
    window = hands.window
    first = show_error(window, StorageError("the disk is gone"))
    assert show_error(window, StorageError("the disk is gone")) is first
    other = show_error(window, StorageError("the disk is full"))
    assert other is not first
    bug = show_error(window, ZeroDivisionError())
    assert show_error(window, KeyError("x")) is bug
    for message in (bug, other, first):
        message.reject()
    assert show_error(window, StorageError("the disk is gone")) is not first


def _read_ahead(window):
    window.viewer.prefetch(window.images.image_id(3))


def _show_crops(window):
    CropCache(window.session, window).get(window.viewer.regions[0])


def _show_thumbnails(window):
    ThumbnailCache(window.session, window).get(window.viewer.record)


def _save_times(window):
    window.effort._add(window.effort._place, seconds=5.0)
    window.effort.save()


@pytest.mark.parametrize(
    ("place", "name", "act"),
    [
        (viewer, "load_scene", _read_ahead),
        (crops, "read_quick_crops", _show_crops),
        (thumbnails, "read_thumbnail", _show_thumbnails),
        (timings, "record_work", _save_times),
    ],
)
@pytest.mark.parametrize(("error", "told"), [(EditError("gone meanwhile"), False), (KeyError("a bug"), True)])
def test_work_that_nobody_waits_for_hides_no_bugs(hands, project_folder, monkeypatch, place, name, act, error, told):
    hands.open(project_folder)

    def broken(*_arguments, **_options):
        raise error

    monkeypatch.setattr(place, name, broken)
    act(hands.window)
    hands.rest()
    messages = [each for each in hands.window.findChildren(Message) if each.isVisible()]
    assert [each.windowTitle() for each in messages] == (["Something went wrong"] if told else [])


def _put_another(project_folder, tmp_path):
    """What programs do that sync: another state of the project, renamed into place."""
    incoming = tmp_path / "incoming.db"
    shutil.copyfile(project_folder / "project.db", incoming)
    with closing(sqlite3.connect(incoming)) as connection:
        connection.execute("UPDATE project SET name = 'from elsewhere'")
        connection.commit()
    content = incoming.read_bytes()
    incoming.replace(project_folder / "project.db")
    return content


@pytest.mark.skipif(os.name == "nt", reason="there, a file that is open cannot be replaced")
def test_a_project_that_was_replaced_is_told_and_goes_on_with_what_was_open(hands, project_folder, tmp_path):
    """The session used to go on as if nothing was the matter, into a log that nobody could read afterwards."""
    hands.open(project_folder)
    window = hands.window
    hands.wait(lambda: window.viewer.regions)
    hands.rest()
    content = _put_another(project_folder, tmp_path)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.press(Qt.Key.Key_M)
    hands.rest()
    message = message_of(hands, "The project's file was replaced")
    assert "(open state 20" in message.text.text()
    assert not window.session.can_edit
    assert window.banners.access.isVisible()
    assert "(read-only)" in window.windowTitle()
    assert not window.actions_["region.merge"].isEnabled()
    assert len(window.viewer.regions) == 4, "what was open is still shown"
    assert (project_folder / "project.db").read_bytes() == content
    hands.click(hands.button(message, "Continue with what was open"))
    hands.wait(lambda: window.session.is_open and window.session.can_edit)
    hands.rest()
    assert "from elsewhere" not in window.windowTitle()
    assert "project.db.replaced-1" in window.banners.opened.text.text()
    assert (project_folder / "project.db.replaced-1").read_bytes() == content
    window.session.close()
    hands.wait(window.start.isVisible)


@pytest.mark.skipif(os.name == "nt", reason="there, a file that is open cannot be replaced")
def test_a_project_that_was_replaced_is_told_when_it_is_closed(hands, project_folder, tmp_path):
    hands.open(project_folder)
    window = hands.window
    hands.wait(lambda: window.viewer.regions)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.press(Qt.Key.Key_M)
    hands.rest()
    content = _put_another(project_folder, tmp_path)
    window.session.close()
    hands.wait(window.start.isVisible)
    message_of(hands, "The project's file was replaced").reject()
    assert (project_folder / "project.db").read_bytes() == content
    assert len(list(project_folder.glob("project (open state *).db"))) == 1


def test_a_project_on_a_full_disk_can_be_looked_at(hands, project_folder, tmp_path):
    """It used to end with "disk I/O error", and no way on."""
    small = tmp_path / "small"
    small.mkdir()
    try:
        mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(small)]
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("may not mount a file system of its own")
    try:
        shutil.copytree(project_folder, small / "p")
        with (small / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
            while True:
                ballast.write(bytes(4096))
        hands.window.open(small / "p")
        message = message_of(hands, "Cannot read or write")
        assert "the disk is full" in message.text.text()
        hands.click(hands.button(message, "Open read-only"))
        hands.wait(lambda: hands.window.viewer.regions)
        hands.rest()
        assert "the disk is full" in hands.window.banners.opened.text.text()
        assert hands.window.banners.access.isVisible()
        assert not hands.window.session.can_edit
        hands.window.session.close()
        hands.wait(hands.window.start.isVisible)
        hands.rest()
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_missing_file_is_told_of_in_one_banner(hands, project_folder, photos):
    """On the code of before both the project's and the image's banner told of the same file."""
    (photos / "a1.png").unlink()
    hands.open(project_folder)
    hands.rest()
    banners = hands.window.banners
    assert banners.image.isVisible()
    assert not banners.project.isVisible()
    hands.press(Qt.Key.Key_D)
    hands.rest()
    assert not banners.image.isVisible()
    assert banners.project.isVisible()
    hands.click(banners.project.findChild(QToolButton))
    hands.press(Qt.Key.Key_A)
    hands.rest()
    hands.press(Qt.Key.Key_D)
    hands.rest()
    assert not banners.project.isVisible(), "it was dismissed"
