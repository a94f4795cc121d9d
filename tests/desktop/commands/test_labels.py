"""Commands on the list of labels: recoloured, deleted, read from files and written, looked for in images."""

import json

from desktop.panels.label_desk import add_labels, choose, labels, make_label, rows, select, tool, undo
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog

from acseg_core.formats.label_files import LabelFormat
from acseg_desktop.dialogs.import_form import ImportForm


def test_recolor(desk):
    make_label(desk, "Cat")
    select(desk, 0)
    desk.click(tool(desk, "color"))
    dialog = desk.dialog(QColorDialog)
    dialog.setCurrentColor(QColor("#123456"))
    dialog.accept()
    desk.rest()
    assert labels(desk)["Cat"].color == "#123456"


def test_delete_unnames_and_undo_brings_back(desk):
    make_label(desk, "Cat")
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_1)
    desk.rest()
    select(desk, 0)
    desk.click(tool(desk, "delete"))
    desk.rest()
    assert not labels(desk)
    assert not any(region.label_id for region in desk.window.viewer.regions)
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.rest()
    assert list(labels(desk)) == ["Cat"]
    assert sum(region.label_id is not None for region in desk.window.viewer.regions) == 1


def test_many_are_deleted_at_once(desk):
    add_labels(desk, *"abc")
    select(desk, 0, 2)
    desk.click(tool(desk, "delete"))
    desk.rest()
    assert rows(desk) == ["b"]
    assert desk.window.status.currentMessage() == "2 labels deleted; undo brings them back"
    undo(desk)
    assert rows(desk) == ["a", "b", "c"]


def test_labels_are_imported_and_one_undo_takes_them_back(desk, tmp_path):
    add_labels(desk, "Cat")
    file = tmp_path / "instances.json"
    categories = [
        {"id": 1, "name": "cat", "supercategory": "animal"},
        {"id": 2, "name": "car", "supercategory": "vehicle"},
    ]
    file.write_text(json.dumps({"images": [], "annotations": [], "categories": categories}))
    desk.window.labels.menu.popup(QPoint(5, 5))
    menu = desk.window.labels.menu
    desk.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[0]).center())
    form = desk.dialog(ImportForm)
    form.source.take(file)
    desk.wait(lambda: form.preview is not None and not form.is_looking)
    desk.click(form.confirm)
    desk.rest()
    assert rows(desk) == ["[animal]", "Cat", "[vehicle]", "car"]
    assert desk.window.status.currentMessage() == "instances.json: 1 label added, 1 label changed"
    undo(desk)
    assert rows(desk) == ["Cat"]


def test_labels_are_exported_and_what_is_lost_is_said(desk, tmp_path):
    add_labels(desk, "cat", "dog")
    desk.window.commands.labels.export_to(tmp_path / "labels.txt", LabelFormat.TEXT)
    desk.rest()
    assert (tmp_path / "labels.txt").read_text() == "cat\ndog\n"
    assert desk.window.status.currentMessage() == "2 labels exported to labels.txt"
    assert "no room for colours and keys" in desk.window.banners.project.text.text()


def test_the_images_with_a_label_are_shown(desk):
    add_labels(desk, "traffic light")
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_1)
    desk.rest()
    desk.wait(lambda: desk.window.labels.model.used(labels(desk)["traffic light"]) == 1)
    choose(desk, 0, "Show images with this label")
    desk.wait(lambda: desk.window.images.rowCount() == 1)
    assert desk.window.strip.search.text() == 'label:"traffic light"'
