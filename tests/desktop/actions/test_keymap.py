"""Which keys actions have: of the table, chosen, shared or in conflict; hints in the window follow them."""

import json

import pytest
from PySide6.QtCore import Qt

from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.menus.table import ACTIONS
from acseg_desktop.preferences import Preferences


def test_canvas_browser_and_tools_may_share_a_bare_key_but_not_others(hands):
    keymap = hands.window.keymap
    assert keymap.conflicts("clusters.merge", "T") == []
    assert keymap.conflicts("region.merge", "T") == ["view.overlay"]
    assert keymap.conflicts("tool.finish", "T") == []
    assert keymap.conflicts("clusters.merge", "Ctrl+A") == ["select.all"]
    assert keymap.conflicts("region.merge", "M") == []


def test_a_shared_key_means_the_browsers_action_in_the_browser(hands, tree_project):
    hands.window.keymap.give("clusters.back", "T")
    hands.open(tree_project)
    assert hands.window.commands.view.overlay_shown
    hands.press(Qt.Key.Key_T)
    assert not hands.window.commands.view.overlay_shown
    hands.press(Qt.Key.Key_G)
    hands.rest()
    hands.press(Qt.Key.Key_T)
    assert not hands.window.commands.clusters.is_open
    assert not hands.window.commands.view.overlay_shown, "T was the browser's"


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        "[]",
        "7",
        json.dumps({"no.action": ["K"]}),
        json.dumps({"image.next": "K"}),
        json.dumps({"image.next": [7]}),
    ],
)
def test_broken_settings_are_the_tables_keys(stored, qapp):
    preferences = Preferences()
    preferences.store("shortcuts", stored)
    keymap = Keymap(ACTIONS, preferences)
    assert keymap.keys("image.next") == ("D",)
    assert not keymap.has_changes


def test_hints_in_the_window_follow_changed_keys(hands, project_folder):
    hands.open(project_folder)
    keymap = hands.window.keymap
    keymap.give("region.name", "K")
    keymap.take("region.name", "/")
    assert "press K to name it" in hands.window.labels.empty.text()
    hands.click_region(10, 10)
    hands.press(Qt.Key.Key_7)
    assert hands.window.status.currentMessage() == "No label has the key 7; press K to name the selection"
