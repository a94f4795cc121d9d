"""Labels: made, renamed in place, recoloured, merged, deleted, given by double click."""

import json

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QColorDialog, QFileDialog, QLineEdit, QMenu

from acseg_core.formats.label_files import LabelFormat
from acseg_core.store.edits.labels import create_label
from acseg_desktop.dialogs.label_form import LabelForm, MergeLabelsForm
from acseg_desktop.dialogs.message import Message
from acseg_desktop.panels.label_model import Group, group_text


@pytest.fixture
def review(hands, project_folder):
    hands.open(project_folder)
    return hands


def tool(review, name):
    from PySide6.QtWidgets import QToolButton

    return review.window.labels.findChild(QToolButton, f"label.{name}")


def make_label(review, name):
    review.click(tool(review, "create"))
    form = review.dialog(LabelForm)
    form.name.setFocus()
    review.qtbot.keyClicks(form.name, name)
    review.click(form.confirm)
    review.rest()


def labels(review):
    return {label.name: label for label in review.window.session.labels.values()}


def add_labels(review, *names, groups=None):
    """Labels made at once; ``groups`` by name."""

    def work(project):
        for name in names:
            _, changes = create_label(project, name, supercategory=(groups or {}).get(name, ""))
        return changes

    review.window.session.edit(work)
    review.rest()


def rows(review):
    """What the list shows: names of labels, and headers in brackets."""
    model = review.window.labels.model
    shown = [model.row(number) for number in range(model.rowCount())]
    return [f"[{group_text(row)}]" if isinstance(row, Group) else row.name for row in shown]


def selected(review):
    names = {label.id: label.name for label in review.window.session.labels.values()}
    return [names[label_id] for label_id in review.window.labels.selected_ids()]


def undo(review):
    review.window.canvas.setFocus()
    review.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    review.rest()


def choose(review, row, *texts):
    """Choose from the menu of a row."""
    view = review.window.labels.view
    view.customContextMenuRequested.emit(view.visualRect(view.model().index(row, 0)).center())
    for text in texts:
        menus = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible()]
        action = next(action for menu in menus for action in menu.actions() if action.text() == text)
        menu = next(menu for menu in menus if action in menu.actions())
        assert action.isEnabled(), text
        review.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    review.rest()


def select(review, *rows, modifier=Qt.KeyboardModifier.NoModifier):
    view = review.window.labels.view
    for number, row in enumerate(rows):
        index = view.model().index(row, 0)
        review.qtbot.mouseClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ControlModifier if number else modifier,
            view.visualRect(index).center(),
        )


def test_create_edit_and_refuse_a_name_twice(review):
    make_label(review, "Cat")
    assert labels(review)["Cat"].hotkey == "1"
    assert labels(review)["Cat"].is_thing
    review.click(tool(review, "create"))
    form = review.dialog(LabelForm)
    review.qtbot.keyClicks(form.name, "cAT")
    assert not form.confirm.isEnabled()
    assert "Another label has that name" in form.error.text()
    form.reject()
    select(review, 0)
    review.click(tool(review, "edit"))
    form = review.dialog(LabelForm)
    form.name.selectAll()
    review.qtbot.keyClicks(form.name, "Grass")
    review.click(form.stuff)
    form.stuff.setChecked(True)
    review.qtbot.keyClicks(form.group, "plant")
    form.key.setCurrentIndex(4)
    review.click(form.confirm)
    review.rest()
    grass = labels(review)["Grass"]
    assert (grass.is_thing, grass.supercategory, grass.hotkey) == (False, "plant", "4")


def test_rename_in_place(review):
    make_label(review, "Cat")
    select(review, 0)
    view = review.window.labels.view
    view.setFocus()
    review.press(Qt.Key.Key_F2)
    review.wait(lambda: view.findChild(QLineEdit) is not None)
    editor = view.findChild(QLineEdit)
    editor.selectAll()
    review.qtbot.keyClicks(editor, "Mad")
    review.qtbot.keyClick(editor, Qt.Key.Key_Return)
    review.rest()
    assert list(labels(review)) == ["Mad"], "letters typed into the editor are no shortcuts"


def test_recolor(review):
    make_label(review, "Cat")
    select(review, 0)
    review.click(tool(review, "color"))
    dialog = review.dialog(QColorDialog)
    dialog.setCurrentColor(QColor("#123456"))
    dialog.accept()
    review.rest()
    assert labels(review)["Cat"].color == "#123456"


def test_merge_labels_moves_their_regions(review):
    make_label(review, "Cat")
    make_label(review, "Kitten")
    review.click_region(10, 10)
    review.press(Qt.Key.Key_1)
    review.rest()
    review.click_region(80, 10)
    review.press(Qt.Key.Key_2)
    review.rest()
    select(review, 0, 1)
    review.click(tool(review, "merge"))
    form = review.dialog(MergeLabelsForm)
    review.click(form.confirm)
    review.rest()
    assert list(labels(review)) == ["Cat"]
    named = [region for region in review.window.viewer.regions if region.label_id]
    assert {region.label_id for region in named} == {labels(review)["Cat"].id}
    assert len(named) == 2
    cat = labels(review)["Cat"].id
    review.wait(lambda: (usage := review.window.session.usage.get(cat)) is not None and usage.regions == 2)


def test_delete_unnames_and_undo_brings_back(review):
    make_label(review, "Cat")
    review.click_region(10, 10)
    review.press(Qt.Key.Key_1)
    review.rest()
    select(review, 0)
    review.click(tool(review, "delete"))
    review.rest()
    assert not labels(review)
    assert not any(region.label_id for region in review.window.viewer.regions)
    review.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    review.rest()
    assert list(labels(review)) == ["Cat"]
    assert sum(region.label_id is not None for region in review.window.viewer.regions) == 1


def test_a_click_at_the_end_of_a_row_gives_the_label(review):
    make_label(review, "Cat")
    review.click_region(10, 10)
    view = review.window.labels.view
    box = view.visualRect(view.model().index(0, 0))
    end = QPoint(box.right() - 12, box.center().y())
    review.qtbot.mouseMove(view.viewport(), end)
    assert view.hovered_end == 0
    review.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    review.rest()
    assert review.window.viewer.regions[0].label_id == labels(review)["Cat"].id
    assert not selected(review), "it was no selection of the label"


def test_space_gives_the_label_of_the_row(review):
    make_label(review, "Cat")
    make_label(review, "Dog")
    review.click_region(10, 10)
    select(review, 1)
    review.window.labels.view.setFocus()
    review.press(Qt.Key.Key_Space)
    review.rest()
    assert review.window.viewer.regions[0].label_id == labels(review)["Dog"].id


def test_double_clicks_rename_and_recolor(review):
    make_label(review, "Cat")
    view = review.window.labels.view
    box = view.visualRect(view.model().index(0, 0))
    at = box.center()
    review.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    review.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    review.wait(lambda: view.findChild(QLineEdit) is not None)
    editor = view.findChild(QLineEdit)
    editor.selectAll()
    review.qtbot.keyClicks(editor, "Lynx")
    review.qtbot.keyClick(editor, Qt.Key.Key_Return)
    review.rest()
    assert list(labels(review)) == ["Lynx"]
    swatch = QPoint(box.left() + 12, box.center().y())
    review.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=swatch)
    review.dialog(QColorDialog).reject()


def test_renaming_to_the_name_of_another_offers_to_merge(review):
    make_label(review, "Cat")
    make_label(review, "Dog")
    review.window.commands.labels.rename(labels(review)["Dog"].id, "cat")
    form = review.dialog(MergeLabelsForm)
    form.reject()
    review.rest()
    assert set(labels(review)) == {"Cat", "Dog"}


# Order


def test_labels_move_by_keys_and_one_undo_takes_it_back(review):
    add_labels(review, *"abcde")
    view = review.window.labels.view
    select(review, 3)
    view.setFocus()
    review.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    review.rest()
    assert rows(review) == list("abdce")
    assert selected(review) == ["d"]
    assert view.hasFocus()
    review.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    review.rest()
    assert rows(review) == list("adbce")
    undo(review)
    assert rows(review) == list("abdce")
    select(review, 0, 1)
    view.setFocus()
    for _ in range(5):
        review.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        review.rest()
    assert rows(review) == list("dceab")
    assert selected(review) == ["a", "b"]
    assert [label.name for label in review.window.session.labels.values()] == list("dceab")


@pytest.mark.parametrize(
    ("dragged", "row", "on", "order"),
    [
        ("e", 0, False, "eabcd"),
        ("a", 5, False, "bcdea"),
        ("bd", 0, False, "bdace"),
        ("a", 2, True, "bacde"),
        ("a", -1, False, "bcdea"),
    ],
)
def test_labels_are_dragged(review, dragged, row, on, order):
    add_labels(review, *"abcde")
    model = review.window.labels.model
    indexes = [model.index(rows(review).index(name)) for name in dragged]
    assert all(index.flags() & Qt.ItemFlag.ItemIsDragEnabled for index in indexes)
    parent = model.index(row) if on else QModelIndex()
    model.dropMimeData(model.mimeData(indexes), Qt.DropAction.MoveAction, -1 if on else row, 0, parent)
    review.rest()
    assert rows(review) == list(order)
    undo(review)
    assert rows(review) == list("abcde")


# Groups


GROUPS = {"cat": "animal", "car": "vehicle", "dog": "animal"}


def test_supercategories_are_headers_that_fold(review):
    add_labels(review, "cat", "car", "dog", "sky", groups=GROUPS)
    view = review.window.labels.view
    assert rows(review) == ["[animal]", "cat", "dog", "[vehicle]", "car", "[Others]", "sky"]
    header = view.visualRect(review.window.labels.model.index(0)).center()
    review.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=header)
    assert rows(review) == ["[animal]", "[vehicle]", "car", "[Others]", "sky"]
    view.setFocus()
    review.press(Qt.Key.Key_Right)
    assert rows(review)[:3] == ["[animal]", "cat", "dog"]
    select(review, 2)
    review.press(Qt.Key.Key_Left)
    assert rows(review)[:2] == ["[animal]", "[vehicle]"]
    review.click(tool(review, "groups"))
    assert rows(review) == ["cat", "car", "dog", "sky"]
    review.click(tool(review, "groups"))
    assert rows(review)[:2] == ["[animal]", "[vehicle]"], "what was folded stays so"


def test_keys_move_within_a_group_and_drags_between(review):
    add_labels(review, "cat", "car", "dog", "sky", groups=GROUPS)
    select(review, 2)
    review.window.labels.view.setFocus()
    review.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    review.rest()
    assert rows(review)[:3] == ["[animal]", "cat", "dog"], "it is the last of its group"
    review.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    review.rest()
    assert rows(review)[:3] == ["[animal]", "dog", "cat"]
    model = review.window.labels.model
    sky = model.index(rows(review).index("sky"))
    model.dropMimeData(model.mimeData([sky]), Qt.DropAction.MoveAction, 2, 0, QModelIndex())
    review.rest()
    assert rows(review) == ["[animal]", "dog", "sky", "cat", "[vehicle]", "car"]
    assert labels(review)["sky"].supercategory == "animal"
    undo(review)
    assert labels(review)["sky"].supercategory == ""
    car = model.index(rows(review).index("car"))
    model.dropMimeData(model.mimeData([car]), Qt.DropAction.MoveAction, -1, 0, model.index(0))
    review.rest()
    assert rows(review) == ["[animal]", "car", "dog", "cat", "[Others]", "sky"]


def test_what_several_labels_are_is_set_from_the_menu(review):
    add_labels(review, "cat", "car", "dog", groups={"cat": "animal"})
    select(review, 3, 4)
    assert selected(review) == ["car", "dog"]
    choose(review, 3, "Stuff")
    assert [labels(review)[name].is_thing for name in ("cat", "car", "dog")] == [True, False, False]
    choose(review, 3, "Void: to be ignored")
    assert [labels(review)[name].is_void for name in ("cat", "car", "dog")] == [False, True, True]
    choose(review, 3, "Void: to be ignored")
    assert not labels(review)["dog"].is_void
    undo(review)
    assert labels(review)["dog"].is_void
    assert labels(review)["car"].is_void


def test_many_are_deleted_at_once(review):
    add_labels(review, *"abc")
    select(review, 0, 2)
    review.click(tool(review, "delete"))
    review.rest()
    assert rows(review) == ["b"]
    assert review.window.status.currentMessage() == "2 labels deleted; undo brings them back"
    undo(review)
    assert rows(review) == ["a", "b", "c"]


# Long lists


def test_long_lists_are_filtered(review):
    add_labels(review, *(f"label {number}" for number in range(100)), groups={"label 7": "rare", "label 42": "rare"})
    panel = review.window.labels
    assert panel.filter.isVisible()
    assert panel.model.rowCount() == 102
    review.click(panel.filter)
    review.type("RARE")
    assert rows(review) == ["[rare]", "label 7", "label 42"]
    assert not panel.model.index(1).flags() & Qt.ItemFlag.ItemIsDragEnabled, "one does not see where it would go"
    select(review, 2)
    assert selected(review) == ["label 42"]
    panel.filter.selectAll()
    review.click(panel.filter)
    review.type("zebra")
    assert panel.empty.isVisible()
    assert panel.empty.text() == "No label matches."
    panel.filter.clear()
    assert panel.model.rowCount() == 102
    assert panel.view.isVisible()


def test_short_lists_need_no_filter(review):
    add_labels(review, *"abc")
    assert not review.window.labels.filter.isVisible()
    assert not tool(review, "groups").isVisible()


# The form


def test_a_label_that_is_void(review):
    review.click(tool(review, "create"))
    form = review.dialog(LabelForm)
    review.qtbot.keyClicks(form.name, "lens dirt")
    form.void.setFocus()
    review.qtbot.keyClick(form.void, Qt.Key.Key_Space)
    review.click(form.confirm)
    review.rest()
    assert labels(review)["lens dirt"].is_void
    select(review, 0)
    review.click(tool(review, "edit"))
    form = review.dialog(LabelForm)
    assert form.void.isChecked()
    form.void.setFocus()
    review.qtbot.keyClick(form.void, Qt.Key.Key_Space)
    review.click(form.confirm)
    review.rest()
    assert not labels(review)["lens dirt"].is_void


def test_a_key_that_changes_hands_is_said(review):
    add_labels(review, "cat", "dog")
    select(review, 1)
    review.click(tool(review, "edit"))
    form = review.dialog(LabelForm)
    assert not form.note.isVisible()
    form.key.setFocus()
    review.qtbot.keyClick(form.key, Qt.Key.Key_1)
    assert form.note.isVisible()
    assert form.note.text() == "“cat” loses this key."
    review.click(form.confirm)
    review.rest()
    assert {name: label.hotkey for name, label in labels(review).items()} == {"cat": None, "dog": "1"}


# Files


def test_labels_are_imported_and_one_undo_takes_them_back(review, tmp_path):
    add_labels(review, "Cat")
    file = tmp_path / "instances.json"
    categories = [
        {"id": 1, "name": "cat", "supercategory": "animal"},
        {"id": 2, "name": "car", "supercategory": "vehicle"},
    ]
    file.write_text(json.dumps({"images": [], "annotations": [], "categories": categories}))
    review.window.labels.menu.popup(QPoint(5, 5))
    menu = review.window.labels.menu
    review.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[0]).center())
    dialog = review.dialog(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    review.rest()
    assert rows(review) == ["[animal]", "Cat", "[vehicle]", "car"]
    assert review.window.status.currentMessage() == "instances.json: 1 label added, 1 label changed"
    undo(review)
    assert rows(review) == ["Cat"]


def test_a_file_that_is_no_list_is_said(review, tmp_path):
    file = tmp_path / "labels.json"
    file.write_text("{\n,}")
    review.window.commands.labels.import_from(file)
    dialog = review.dialog(Message)
    assert f"{file}:2: this is no JSON" in dialog.text.text()
    dialog.reject()
    review.rest()
    assert rows(review) == []


def test_labels_are_exported_and_what_is_lost_is_said(review, tmp_path):
    add_labels(review, "cat", "dog")
    review.window.commands.labels.export_to(tmp_path / "labels.txt", LabelFormat.TEXT)
    review.rest()
    assert (tmp_path / "labels.txt").read_text() == "cat\ndog\n"
    assert review.window.status.currentMessage() == "2 labels written to labels.txt"
    assert "no room for colours and keys" in review.window.banners.project.text.text()


def test_the_images_with_a_label_are_shown(review):
    add_labels(review, "traffic light")
    review.click_region(10, 10)
    review.press(Qt.Key.Key_1)
    review.rest()
    review.wait(lambda: review.window.labels.model.used(labels(review)["traffic light"]) == 1)
    choose(review, 0, "Show its images")
    review.wait(lambda: review.window.images.rowCount() == 1)
    assert review.window.strip.search.text() == 'label:"traffic light"'
