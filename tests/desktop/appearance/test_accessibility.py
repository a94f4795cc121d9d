"""Everything that takes the keys has a name for those who do not see it; custom widgets have a role."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QScrollBar, QTabBar, QToolButton, QWidget

from acseg_desktop.dialogs.message import Message


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def is_part_of_another(widget: QWidget) -> bool:
    """The inside of a compound widget that has the name: the field of a spin box, the list of a combo box."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if type(parent).__name__ in ("QComboBox", "QSpinBox", "QDoubleSpinBox", "QComboBoxPrivateContainer"):
            return True
        parent = parent.parentWidget()
    return False


def unnamed(root: QWidget) -> list[str]:
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or isinstance(widget, QScrollBar):
            continue
        place = widget.rect().translated(widget.mapTo(root, QPoint()))
        if not widget.isVisible() or (isinstance(widget, QTabBar) and not root.rect().intersects(place)):
            continue  # Qt keeps tabs it may need later outside the window
        if widget is root or widget.window() is not root.window() or is_part_of_another(widget):
            continue
        is_plain_area = type(widget) is QAbstractScrollArea or widget.objectName() == "qt_scrollarea_viewport"
        if not is_plain_area and not name_of(widget).strip():
            path, at = [], widget
            while at is not None:
                path.append(type(at).__name__)
                at = at.parentWidget()
            found.append(f"{' < '.join(path)} {widget.objectName()}")
    return found


def test_every_widget_of_the_window_that_takes_keys_has_a_name(hands, tree_project):
    assert not unnamed(hands.window), "\n".join(unnamed(hands.window))
    hands.open(tree_project)
    hands.window.commands.statistics.toggle()
    hands.window.commands.first_steps.begin()
    hands.press(Qt.Key.Key_G)
    hands.rest()
    assert not unnamed(hands.window), "\n".join(unnamed(hands.window))


DIALOGS = [
    "keyboard.edit_shortcuts",
    "keyboard.show_shortcuts",
    "settings.show",
    "project.new",
    "project.export",
    "propose.choose",
    "suggest.accept_many",
    "labels.create",
    "view.show_about",
]


@pytest.mark.parametrize("verb", DIALOGS)
def test_every_field_of_a_dialog_has_a_name(hands, tree_project, verb):
    hands.open(tree_project)
    target = hands.window.commands
    for part in verb.split("."):
        target = getattr(target, part)
    target()
    dialog = hands.dialog(QDialog)
    assert unnamed(dialog) == []
    dialog.reject()


def test_the_buttons_of_a_message_have_names(hands):
    message = Message(hands.window, title="Title", text="Text", details="Details")
    message.open()
    assert unnamed(message) == []
    message.reject()


def test_custom_widgets_say_what_is_on_them(hands, tree_project):
    hands.open(tree_project)
    window = hands.window
    hands.press(Qt.Key.Key_Tab)
    assert window.canvas.accessibleDescription().startswith("Region 1 of 4")
    hands.press(Qt.Key.Key_G)
    hands.rest()
    hands.window.commands.clusters.group()
    hands.rest()
    assert "region" in window.browser.grid.accessibleDescription()
    for plot in window.statistics_panel.plots:
        assert plot.accessibleName()


def test_painted_widgets_have_roles(hands, tree_project):
    hands.open(tree_project)
    window = hands.window
    role = QAccessible.Role
    for widget, expected in (
        (window.canvas, role.Canvas),
        (window.browser.grid, role.List),
        *((plot, role.Chart) for plot in window.statistics_panel.plots),
    ):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.role() == expected
        assert interface.text(QAccessible.Text.Name) == widget.accessibleName()
    hands.press(Qt.Key.Key_Tab)
    described = QAccessible.queryAccessibleInterface(window.canvas).text(QAccessible.Text.Description)
    assert described.startswith("Region 1 of 4")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_low_window_shows_that_there_are_more_tools(hands, tree_project, theme):
    hands.open(tree_project)
    window = hands.window
    window.theme.choose(theme)
    window.resize(1280, 700)
    hands.rest()
    more = window.tools.findChild(QToolButton, "qt_toolbar_ext_button")
    assert more.isVisible()
    picture = window.grab(QRect(more.mapTo(window, QPoint()), more.size())).toImage()
    greys = [picture.pixelColor(x, y).lightness() for x in range(picture.width()) for y in range(picture.height())]
    assert max(greys) - min(greys) > 100, "an arrow that can be told from its ground"
