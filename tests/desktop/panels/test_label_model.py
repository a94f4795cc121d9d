"""Rows of the label panel: in groups, in an order that is dragged."""

import pytest
from desktop.panels.label_desk import add_labels, labels, rows, select, tool, undo
from PySide6.QtCore import QModelIndex, Qt


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
def test_labels_are_dragged(desk, dragged, row, on, order):
    add_labels(desk, *"abcde")
    model = desk.window.labels.model
    indexes = [model.index(rows(desk).index(name)) for name in dragged]
    assert all(index.flags() & Qt.ItemFlag.ItemIsDragEnabled for index in indexes)
    parent = model.index(row) if on else QModelIndex()
    model.dropMimeData(model.mimeData(indexes), Qt.DropAction.MoveAction, -1 if on else row, 0, parent)
    desk.rest()
    assert rows(desk) == list(order)
    undo(desk)
    assert rows(desk) == list("abcde")


GROUPS = {"cat": "animal", "car": "vehicle", "dog": "animal"}


def test_supercategories_are_headers_that_fold(desk):
    add_labels(desk, "cat", "car", "dog", "sky", groups=GROUPS)
    view = desk.window.labels.view
    assert rows(desk) == ["[animal]", "cat", "dog", "[vehicle]", "car", "[Other]", "sky"]
    header = view.visualRect(desk.window.labels.model.index(0)).center()
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=header)
    assert rows(desk) == ["[animal]", "[vehicle]", "car", "[Other]", "sky"]
    view.setFocus()
    desk.press(Qt.Key.Key_Right)
    assert rows(desk)[:3] == ["[animal]", "cat", "dog"]
    select(desk, 2)
    desk.press(Qt.Key.Key_Left)
    assert rows(desk)[:2] == ["[animal]", "[vehicle]"]
    desk.click(tool(desk, "groups"))
    assert rows(desk) == ["cat", "car", "dog", "sky"]
    desk.click(tool(desk, "groups"))
    assert rows(desk)[:2] == ["[animal]", "[vehicle]"], "what was folded stays so"


def test_keys_move_within_a_group_and_drags_between(desk):
    add_labels(desk, "cat", "car", "dog", "sky", groups=GROUPS)
    select(desk, 2)
    desk.window.labels.view.setFocus()
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    desk.rest()
    assert rows(desk)[:3] == ["[animal]", "cat", "dog"], "it is the last of its group"
    desk.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    desk.rest()
    assert rows(desk)[:3] == ["[animal]", "dog", "cat"]
    model = desk.window.labels.model
    sky = model.index(rows(desk).index("sky"))
    model.dropMimeData(model.mimeData([sky]), Qt.DropAction.MoveAction, 2, 0, QModelIndex())
    desk.rest()
    assert rows(desk) == ["[animal]", "dog", "sky", "cat", "[vehicle]", "car"]
    assert labels(desk)["sky"].supercategory == "animal"
    undo(desk)
    assert labels(desk)["sky"].supercategory == ""
    car = model.index(rows(desk).index("car"))
    model.dropMimeData(model.mimeData([car]), Qt.DropAction.MoveAction, -1, 0, model.index(0))
    desk.rest()
    assert rows(desk) == ["[animal]", "car", "dog", "cat", "[Other]", "sky"]
