"""The list of regions: its selection and the canvas's are one."""

from desktop.commands.reviewing import regions
from PySide6.QtCore import Qt


def test_click_selects_and_list_follows(desk):
    desk.click_region(10, 10)
    (selected,) = desk.window.canvas.selection
    largest = regions(desk)[0]
    assert selected == largest.id
    rows = desk.window.regions.view.selectionModel().selectedIndexes()
    assert [index.row() for index in rows] == [0]


def test_list_selects_and_canvas_follows(desk):
    view = desk.window.regions.view
    index = desk.window.regions.model.index(2)
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    assert desk.window.canvas.selection == {regions(desk)[2].id}
