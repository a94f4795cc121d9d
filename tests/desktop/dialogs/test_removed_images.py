"""The list of removed images."""

from acseg_core.types import RemovedImage
from acseg_desktop.dialogs.removed_images import RemovedList


def test_all_or_those_selected_are_taken_back(qtbot):
    removed = [RemovedImage(3, "<b>.png", 4), RemovedImage(7, "b.png", 0)]
    dialog = RemovedList(None, removed)
    qtbot.addWidget(dialog)
    assert [dialog.table.item(row, 0).text() for row in range(2)] == ["<b>.png", "b.png"]
    with qtbot.waitSignal(dialog.take_back_requested) as asked:
        dialog.take_back.click()
    assert asked.args == [(3, 7)]
    dialog.table.selectRow(1)
    with qtbot.waitSignal(dialog.take_back_requested) as asked:
        dialog.take_back.click()
    assert asked.args == [(7,)]


def test_nothing_was_removed(qtbot):
    dialog = RemovedList(None, [])
    qtbot.addWidget(dialog)
    assert dialog.take_back.isHidden()
