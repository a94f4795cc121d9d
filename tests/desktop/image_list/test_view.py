"""Cells of the list of images: in one row or several, selected by mouse and keys."""

from desktop.image_list.desk import CTRL, SHIFT, click, selected
from PySide6.QtCore import QPoint, Qt


def test_images_are_selected_by_mouse_and_keys(many):
    view = many.window.strip.view
    shown = many.window.viewer.image_id
    click(many, 1, CTRL)
    click(many, 3, CTRL)
    assert selected(many) == [0, 1, 3]
    assert many.window.viewer.image_id == shown, "one selects without leaving the image"
    click(many, 3, CTRL)
    assert selected(many) == [0, 1]
    click(many, 2)
    many.rest()
    assert many.window.viewer.image_id == many.window.images.image_id(2)
    assert selected(many) == [2]
    click(many, 5, SHIFT)
    assert selected(many) == [2, 3, 4, 5]
    click(many, 0, SHIFT)
    assert selected(many) == [0, 1, 2]
    view.setFocus()
    click(many, 2)
    for _ in range(3):
        many.press(Qt.Key.Key_Right, SHIFT)
    assert selected(many) == [2, 3, 4, 5]
    many.press(Qt.Key.Key_Left, SHIFT)
    assert selected(many) == [2, 3, 4]
    many.press(Qt.Key.Key_Right)
    many.rest()
    assert many.window.viewer.image_id == many.window.images.image_id(5)
    assert selected(many) == [5]
    many.press(Qt.Key.Key_End, SHIFT)
    assert selected(many) == list(range(5, 24))
    many.press(Qt.Key.Key_Home)
    many.rest()
    assert selected(many) == [0]
    many.press(Qt.Key.Key_A, CTRL)
    assert selected(many) == list(range(24))
    count = many.window.strip.count
    assert count.toolTip() == "24 of 24 images selected"
    for width, text in ((2000, "24 of 24 images selected"), (many.window.minimumSizeHint().width(), "24 / 24")):
        many.window.resize(width, 800)
        many.rest()
        assert count.text() in (text, "")
        assert count.fontMetrics().horizontalAdvance(count.text()) <= count.width()
        assert count.text() or width < 2000


def test_ctrl_a_on_the_canvas_still_means_regions(desk):
    desk.window.canvas.setFocus()
    desk.press(Qt.Key.Key_A, CTRL)
    assert len(desk.window.canvas.selection) == 4
    assert selected(desk) == [0]


def test_going_on_leaves_the_selection(many):
    click(many, 1, CTRL)
    many.window.canvas.setFocus()
    many.press(Qt.Key.Key_D)
    many.rest()
    assert selected(many) == [0, 1], "the image that comes is among them"
    many.press(Qt.Key.Key_D)
    many.rest()
    assert selected(many) == [2]


def test_one_row_or_several(many):
    window, view = many.window, many.window.strip.view
    assert not view.wraps
    assert view.columns == 24
    assert view.verticalScrollBar().maximum() == 0
    many.press(Qt.Key.Key_End)
    click(many, 0)
    view.setFocus()
    many.press(Qt.Key.Key_End)
    many.rest()
    assert window.viewer.record.path == "23.png"
    last = view.visualRect(window.images.index(23))
    assert view.viewport().rect().contains(last.adjusted(0, 0, -1, -20))
    many.click(window.strip.taller)
    many.wait(lambda: view.wraps)
    assert window.strip.taller.isChecked()
    columns = view.columns
    assert 3 < columns < 12
    assert view.horizontalScrollBar().maximum() == 0
    assert view.viewport().rect().intersects(view.visualRect(window.images.index(23)))
    many.press(Qt.Key.Key_Up)
    many.rest()
    assert window.viewer.record.path == f"{23 - columns}.png"
    many.press(Qt.Key.Key_Home)
    many.rest()
    first = view.visualRect(window.images.index(0))
    assert (first.left(), first.top()) == (0, 0)
    assert view.visualRect(window.images.index(columns)).top() == first.height()
    for number in (0, columns - 1, columns, columns + 1):
        assert view.indexAt(view.visualRect(window.images.index(number)).center()).row() == number
    many.click(window.strip.taller)
    many.wait(lambda: not view.wraps)


def test_dragging_beside_the_cells_selects_what_it_touches(many):
    view = many.window.strip.view
    many.click(many.window.strip.taller)
    many.wait(lambda: view.wraps)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    columns = view.columns
    start = view.viewport().rect().bottomRight() - QPoint(3, 3)
    assert not view.indexAt(start).isValid()
    end = view.visualRect(many.window.images.index(23)).center()
    many.qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    many.qtbot.mouseMove(view.viewport(), end)
    many.qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert selected(many)[-1] == 23
    assert all(row % columns >= 23 % columns for row in selected(many))


def test_click_on_thumbnail_shows_image(desk):
    window = desk.window
    view = window.strip.view
    index = window.images.index(1)
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    desk.rest()
    assert window.viewer.record.path == "a2.png"
