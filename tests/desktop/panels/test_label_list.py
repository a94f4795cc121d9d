"""Rows of the label list: clicked, double-clicked, renamed, dragged, folded.

Covers: panels.rows.
"""

from desktop.panels.label_desk import add_labels, labels, make_label, rows, select, selected, undo
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QColorDialog, QLineEdit


def test_rename_in_place(desk):
    make_label(desk, "Cat")
    select(desk, 0)
    view = desk.window.labels.view
    view.setFocus()
    desk.press(Qt.Key.Key_F2)
    desk.wait(lambda: view.findChild(QLineEdit) is not None)
    editor = view.findChild(QLineEdit)
    editor.selectAll()
    desk.qtbot.keyClicks(editor, "Mad")
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.rest()
    assert list(labels(desk)) == ["Mad"], "letters typed into the editor are no shortcuts"


def test_a_click_at_the_end_of_a_row_gives_the_label(desk):
    make_label(desk, "Cat")
    desk.click_region(10, 10)
    view = desk.window.labels.view
    box = view.visualRect(view.model().index(0, 0))
    end = QPoint(box.right() - 12, box.center().y())
    desk.qtbot.mouseMove(view.viewport(), end)
    assert view.hovered_end == 0
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    desk.rest()
    assert desk.window.viewer.regions[0].label_id == labels(desk)["Cat"].id
    assert not selected(desk), "it was no selection of the label"


def test_a_click_on_its_kind_makes_a_thing_stuff(desk):
    """On the code of before, the list said nothing of it, and it took a dialog."""
    make_label(desk, "Cat")
    view = desk.window.labels.view
    row = view.visualRect(view.model().index(0, 0))
    place = view.kind_box(row, labels(desk)["Cat"]).center()
    desk.qtbot.mouseMove(view.viewport(), place)
    assert view.hovered_kind == 0
    for is_thing in (False, True):
        desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        desk.rest()
        assert labels(desk)["Cat"].is_thing is is_thing
    assert not selected(desk)
    assert "Things are counted" in view.model().data(view.model().index(0, 0), Qt.ItemDataRole.ToolTipRole)


def test_space_gives_the_label_of_the_row(desk):
    make_label(desk, "Cat")
    make_label(desk, "Dog")
    desk.click_region(10, 10)
    select(desk, 1)
    desk.window.labels.view.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.rest()
    assert desk.window.viewer.regions[0].label_id == labels(desk)["Dog"].id


def test_double_clicks_rename_and_recolor(desk):
    make_label(desk, "Cat")
    view = desk.window.labels.view
    box = view.visualRect(view.model().index(0, 0))
    at = box.center()
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.wait(lambda: view.findChild(QLineEdit) is not None)
    editor = view.findChild(QLineEdit)
    editor.selectAll()
    desk.qtbot.keyClicks(editor, "Lynx")
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.rest()
    assert list(labels(desk)) == ["Lynx"]
    swatch = QPoint(box.left() + 12, box.center().y())
    desk.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=swatch)
    desk.dialog(QColorDialog).reject()


def test_labels_move_by_keys_and_one_undo_takes_it_back(desk):
    add_labels(desk, *"abcde")
    view = desk.window.labels.view
    select(desk, 3)
    view.setFocus()
    desk.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    desk.rest()
    assert rows(desk) == list("abdce")
    assert selected(desk) == ["d"]
    assert view.hasFocus()
    desk.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    desk.rest()
    assert rows(desk) == list("adbce")
    undo(desk)
    assert rows(desk) == list("abdce")
    select(desk, 0, 1)
    view.setFocus()
    for _ in range(5):
        desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        desk.rest()
    assert rows(desk) == list("dceab")
    assert selected(desk) == ["a", "b"]
    assert [label.name for label in desk.window.session.labels.values()] == list("dceab")
