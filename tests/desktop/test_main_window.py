"""The main window: what it remembers of its layout."""

from PySide6.QtCore import Qt

from acseg_desktop.preferences import Preferences


def test_the_layout_inside_the_concept_browser_is_not_remembered(make_window, tree_project):
    hands = make_window()
    hands.open(tree_project)
    hands.press(Qt.Key.Key_G)
    hands.rest()
    assert hands.window.commands.clusters.is_open
    hands.close()
    assert Preferences().blob("state").isEmpty()
