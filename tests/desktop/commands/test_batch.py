"""What is done with all images that are selected in the list."""

import json

from desktop.image_list.desk import CTRL, SHIFT, choose, click, open_menu, selected
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from acseg_core.store import queries
from acseg_core.store.edits import history, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, RegionStatus
from acseg_desktop.dialogs.export_form import ExportForm


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
    assert "Only the 2 images" in " ".join(label.text() for label in form.findChildren(QLabel))
    form.out.set_path(tmp_path / "two.json")
    desk.click(form.all_regions)
    desk.click(form.confirm)
    desk.wait((tmp_path / "two.json").is_file)
    desk.rest()
    written = json.loads((tmp_path / "two.json").read_text())
    assert [image["file_name"] for image in written["images"]] == ["a2.png", "a10.jpg"]
    assert len(written["annotations"]) == 4
    assert {annotation["image_id"] for annotation in written["annotations"]} == {written["images"][0]["id"]}
    form.reject()
