"""What is done with all images that are selected in the list."""

import json

from desktop.image_list.desk import CTRL, SHIFT, choose, click, open_menu, paths, search, selected
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from acseg_core.store import queries
from acseg_core.store.edits import history, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, RegionStatus
from acseg_desktop.dialogs.export_form import ExportForm
from acseg_desktop.dialogs.message import Message
from acseg_desktop.dialogs.removed_images import RemovedList


def test_status_of_many_is_one_step(many):
    window = many.window
    click(many, 2)
    click(many, 5, SHIFT)
    open_menu(many, 4)
    choose(many, "Set status: Done")
    project = window.session.project
    done = [record.status is ImageStatus.DONE for record in queries.images(project)]
    assert done == [2 <= number <= 5 for number in range(24)]
    assert window.status.currentMessage() == "4 images: Done"
    assert selected(many) == [2, 3, 4, 5]
    window.canvas.setFocus()
    many.press(Qt.Key.Key_Z, CTRL)
    many.rest()
    assert not any(record.status is ImageStatus.DONE for record in queries.images(project))


def test_suggestions_in_many_are_accepted_at_once(desk):
    def suggest(project):
        label, _ = create_label(project, "sky")
        ids = [region.id for image_id in first_two for region in queries.regions(project, image_id)[:2]]
        return suggestions.save_suggestions(project, ids, [label.id] * 4, [0.9] * 4)

    window = desk.window
    first_two = queries.image_ids(window.session.project)[:2]
    window.session.edit(suggest)
    desk.rest()
    click(desk, 0)
    click(desk, 1, CTRL)
    open_menu(desk, 1)
    choose(desk, "Accept all suggestions")
    project = window.session.project

    def accepted():
        return [sum(r.status is RegionStatus.ACCEPTED for r in queries.regions(project, i)) for i in first_two]

    assert accepted() == [2, 2]
    assert history.state(project).undo == "Accept suggestions"
    window.canvas.setFocus()
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert accepted() == [0, 0]


def test_paths_are_copied(desk):
    click(desk, 2)
    click(desk, 3, CTRL)
    open_menu(desk, 3)
    choose(desk, "Copy paths")
    assert QGuiApplication.clipboard().text() == "a10.jpg\nsub/b.png"


def test_only_the_selected_images_are_exported(desk, tmp_path):
    click(desk, 1)
    click(desk, 2, CTRL)
    open_menu(desk, 2)
    choose(desk, "Export only these…")
    form = desk.dialog(ExportForm)
    assert form.images.selected.isChecked()
    assert form.images.selected.text() == "The 2 selected images"
    form.out.set_path(tmp_path / "two.json")
    desk.click(form.all_regions)
    desk.wait(lambda: form.images.preview is not None)
    desk.click(form.confirm)
    desk.wait((tmp_path / "two.json").is_file)
    desk.rest()
    written = json.loads((tmp_path / "two.json").read_text())
    assert [image["file_name"] for image in written["images"]] == ["a2.png", "a10.jpg"]
    assert len(written["annotations"]) == 4
    assert {annotation["image_id"] for annotation in written["annotations"]} == {written["images"][0]["id"]}
    form.reject()


def paths_in(window):
    return [record.path for record in queries.images(window.session.project)]


def test_images_are_removed_from_the_menu_of_the_list(desk):
    """Before, there was no way to take an image out of a project."""
    window = desk.window
    click(desk, 0)
    desk.rest()
    click(desk, 1, CTRL)
    open_menu(desk, 1)
    choose(desk, "Remove from project…")
    asked = desk.dialog(Message)
    assert asked.windowTitle() == "Remove 2 images from the project?"
    assert asked.text.text().startswith("8 regions will be removed too, 0 of them named.")
    desk.click(desk.button(asked, "Cancel"))
    desk.rest()
    assert len(paths_in(window)) == 4
    open_menu(desk, 1)
    choose(desk, "Remove from project…")
    desk.click(desk.button(desk.dialog(Message), "Remove"))
    desk.rest()
    assert paths_in(window) == ["a10.jpg", "sub/b.png"] == paths(desk)
    assert window.viewer.record.path == "a10.jpg", "the image that was shown is gone: the one after it"
    assert window.status.currentMessage() == "2 images removed; undo brings them back"
    window.canvas.setFocus()
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert len(paths(desk)) == 4
    assert queries.summary(window.session.project).regions == 8


def test_del_in_the_list_removes_and_on_the_canvas_rejects(desk):
    window = desk.window
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Delete)
    desk.rest()
    assert queries.summary(window.session.project).regions_by_status["rejected"] == 1
    click(desk, 3)
    desk.rest()
    desk.press(Qt.Key.Key_Delete)
    asked = desk.dialog(Message)
    assert asked.windowTitle() == "Remove 1 image from the project?"
    desk.click(desk.button(asked, "Remove"))
    desk.rest()
    assert paths_in(window) == ["a1.png", "a2.png", "a10.jpg"]
    assert window.viewer.record.path == "a10.jpg", "the last one was removed: the one before it"


def test_all_images_may_go_and_come_back_beyond_undo(desk):
    window = desk.window
    click(desk, 0)
    desk.press(Qt.Key.Key_A, CTRL)
    window.actions_["image.remove"].trigger()
    desk.click(desk.button(desk.dialog(Message), "Remove"))
    desk.rest()
    assert paths_in(window) == []
    assert window.viewer.record is None
    window.commands.project.rescan()
    desk.rest()
    assert paths_in(window) == [], "a scan leaves out what was removed"
    window.actions_["image.removed"].trigger()
    shown = desk.dialog(RemovedList)
    assert shown.take_back.text() == "Restore 4 images"
    shown.table.selectRow(1)
    assert shown.take_back.text() == "Restore 1 image"
    desk.click(shown.take_back)
    desk.rest()
    assert paths_in(window) == ["a2.png"] == paths(desk)
    assert window.viewer.record.path == "a2.png"
    assert len(window.viewer.regions) == 4


def test_a_search_is_kept_while_what_it_found_is_removed(desk):
    window = desk.window
    search(desk, "a1", 2)
    click(desk, 0)
    desk.rest()
    window.actions_["image.remove"].trigger()
    desk.click(desk.button(desk.dialog(Message), "Remove"))
    desk.rest()
    assert paths(desk) == ["a10.jpg"]
    assert window.viewer.record.path == "a10.jpg"
    window.actions_["image.remove"].trigger()
    desk.click(desk.button(desk.dialog(Message), "Remove"))
    desk.rest()
    assert paths(desk) == []
    assert window.viewer.record.path == "a2.png", "nothing of the list is left: one of the project"
