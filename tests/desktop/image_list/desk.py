"""What a person does with the list of images, and what it shows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def paths(desk):
    """Paths as the list shows them."""
    images = desk.window.images
    desk.wait(lambda: all(images.row(number) is not None for number in range(images.rowCount())))
    return [images.row(number).record.path for number in range(images.rowCount())]


def selected(desk):
    return [desk.window.images.row_of(image_id) for image_id in desk.window.strip.view.selected_ids()]


def click(desk, row, modifier=NONE, button=Qt.MouseButton.LeftButton):
    view, index = desk.window.strip.view, desk.window.images.index(row)
    view.scrollTo(index)  # in a narrow window, as a person would with the wheel
    at = view.visualRect(index).center()
    assert view.viewport().rect().contains(at), "click on what can be seen only"
    desk.qtbot.mouseClick(view.viewport(), button, modifier, at)


def search(desk, text, count):
    desk.press(Qt.Key.Key_F, CTRL)
    assert desk.window.strip.search.hasFocus()
    desk.type(text)
    desk.press(Qt.Key.Key_Return)
    desk.wait(lambda: desk.window.images.rowCount() == count)
    desk.wait(desk.window.canvas.hasFocus)
    desk.rest()


def menu(desk):
    """The menu of the selected images."""
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMenu) and widget.isVisible()]
    assert len(found) == 1
    return found[0]


def choose(desk, text):
    shown = menu(desk)
    action = next(action for action in shown.actions() if action.text() == text)
    assert action.isEnabled()
    desk.qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=shown.actionGeometry(action).center())
    desk.rest()


def open_menu(desk, row):
    view = desk.window.strip.view
    at = view.visualRect(desk.window.images.index(row)).center()
    click(desk, row, button=Qt.MouseButton.RightButton)
    view.customContextMenuRequested.emit(at)  # the platform's part
