"""Keys without Ctrl or Alt: whose they are, and what is said where they make no sense now.

Covers: commands.context.
"""

import pytest
from PySide6.QtCore import Qt

from acseg_desktop.commands.key_dispatch import KeyDispatch


@pytest.fixture
def keys(hands):
    window = hands.window
    return KeyDispatch(window.context, window.commands, window.actions_)


def message(hands):
    return hands.window.status.currentMessage()


def test_without_a_project_a_key_is_left_alone(hands, keys):
    assert not keys.trigger("region.merge")
    assert message(hands) == ""


def test_what_is_missing_is_said(hands, keys, project_folder):
    hands.open(project_folder)
    assert keys.trigger("region.merge")
    assert message(hands) == "Select two or more regions to merge them"
    hands.window.canvas.select_all()
    assert keys.trigger("region.merge")
    hands.rest()
    assert len(hands.window.viewer.regions) == 1


def test_in_the_browser_keys_of_the_image_say_how_to_go_back(hands, keys, project_folder):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_G)
    hands.rest()
    assert keys.trigger("region.grow")
    assert message(hands) == "That is for the image: press G to go back to it"


def test_a_key_means_another_action_in_the_browser(hands, keys, project_folder):
    hands.open(project_folder)
    assert keys.action_of("M") == "region.merge"
    hands.press(Qt.Key.Key_G)
    hands.rest()
    assert keys.action_of("M") is None  # nothing is clustered yet: keys are for the button that is there
    assert keys.action_of("G") == "clusters.browse"
