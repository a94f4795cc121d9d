"""Labels: made, renamed in place, recoloured, merged, deleted, given by double click."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QLineEdit

from acseg_desktop.dialogs.label_form import LabelForm, MergeLabelsForm


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


def test_double_click_gives_the_label(review):
    make_label(review, "Cat")
    review.click_region(10, 10)
    view = review.window.labels.view
    at = view.visualRect(view.model().index(0, 0)).center()
    review.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    review.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    review.rest()
    assert review.window.viewer.regions[0].label_id == labels(review)["Cat"].id


def test_renaming_to_the_name_of_another_offers_to_merge(review):
    make_label(review, "Cat")
    make_label(review, "Dog")
    review.window.review.rename_label(labels(review)["Dog"].id, "cat")
    form = review.dialog(MergeLabelsForm)
    form.reject()
    review.rest()
    assert set(labels(review)) == {"Cat", "Dog"}
