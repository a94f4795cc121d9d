"""What a person does with the list of labels, and what it shows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from acseg_core.store.edits.labels import create_label
from acseg_desktop.dialogs.label_form import LabelForm
from acseg_desktop.panels.label_model import Group, group_text


def tool(desk, name):
    from PySide6.QtWidgets import QToolButton

    return desk.window.labels.findChild(QToolButton, f"label.{name}")


def make_label(desk, name):
    desk.click(tool(desk, "create"))
    form = desk.dialog(LabelForm)
    form.name.setFocus()
    desk.qtbot.keyClicks(form.name, name)
    desk.click(form.confirm)
    desk.rest()


def labels(desk):
    return {label.name: label for label in desk.window.session.labels.values()}


def add_labels(desk, *names, groups=None):
    """Labels made at once; ``groups`` by name."""

    def work(project):
        for name in names:
            _, changes = create_label(project, name, supercategory=(groups or {}).get(name, ""))
        return changes

    desk.window.session.edit(work)
    desk.rest()


def rows(desk):
    """What the list shows: names of labels, and headers in brackets."""
    model = desk.window.labels.model
    shown = [model.row(number) for number in range(model.rowCount())]
    return [f"[{group_text(row)}]" if isinstance(row, Group) else row.name for row in shown]


def selected(desk):
    names = {label.id: label.name for label in desk.window.session.labels.values()}
    return [names[label_id] for label_id in desk.window.labels.selected_ids()]


def undo(desk):
    desk.window.canvas.setFocus()
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.rest()


def choose(desk, row, *texts):
    """Choose from the menu of a row."""
    view = desk.window.labels.view
    view.customContextMenuRequested.emit(view.visualRect(view.model().index(row, 0)).center())
    for text in texts:
        menus = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible()]
        action = next(action for menu in menus for action in menu.actions() if action.text() == text)
        menu = next(menu for menu in menus if action in menu.actions())
        assert action.isEnabled(), text
        desk.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    desk.rest()


def select(desk, *rows, modifier=Qt.KeyboardModifier.NoModifier):
    view = desk.window.labels.view
    for number, row in enumerate(rows):
        index = view.model().index(row, 0)
        desk.qtbot.mouseClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ControlModifier if number else modifier,
            view.visualRect(index).center(),
        )
