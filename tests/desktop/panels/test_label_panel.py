"""The label panel: filtered when it is long, its menu for many labels at once."""

from desktop.panels.label_desk import add_labels, choose, labels, rows, select, selected, tool, undo
from PySide6.QtCore import Qt


def test_what_several_labels_are_is_set_from_the_menu(desk):
    add_labels(desk, "cat", "car", "dog", groups={"cat": "animal"})
    select(desk, 3, 4)
    assert selected(desk) == ["car", "dog"]
    choose(desk, 3, "Stuff")
    assert [labels(desk)[name].is_thing for name in ("cat", "car", "dog")] == [True, False, False]
    choose(desk, 3, "Void: ignored in training and scoring")
    assert [labels(desk)[name].is_void for name in ("cat", "car", "dog")] == [False, True, True]
    choose(desk, 3, "Void: ignored in training and scoring")
    assert not labels(desk)["dog"].is_void
    undo(desk)
    assert labels(desk)["dog"].is_void
    assert labels(desk)["car"].is_void


def test_long_lists_are_filtered(desk):
    add_labels(desk, *(f"label {number}" for number in range(100)), groups={"label 7": "rare", "label 42": "rare"})
    panel = desk.window.labels
    assert panel.filter.isVisible()
    assert panel.model.rowCount() == 102
    desk.click(panel.filter)
    desk.type("RARE")
    assert rows(desk) == ["[rare]", "label 7", "label 42"]
    assert not panel.model.index(1).flags() & Qt.ItemFlag.ItemIsDragEnabled, "one does not see where it would go"
    select(desk, 2)
    assert selected(desk) == ["label 42"]
    panel.filter.selectAll()
    desk.click(panel.filter)
    desk.type("zebra")
    assert panel.empty.isVisible()
    assert panel.empty.text() == "No labels match."
    panel.filter.clear()
    assert panel.model.rowCount() == 102
    assert panel.view.isVisible()


def test_short_lists_need_no_filter(desk):
    add_labels(desk, *"abc")
    assert not desk.window.labels.filter.isVisible()
    assert not tool(desk, "groups").isVisible()
