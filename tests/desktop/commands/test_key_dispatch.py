"""Keys without Ctrl or Alt: whose they are, and what is said where they make no sense now.

Covers: commands.context.
"""

import pytest
from PySide6.QtCore import QPoint, Qt

from acseg_core.store import queries
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


def typed(hands, text):
    """Type where the keys go."""
    for letter in text:
        hands.press(ord(letter.upper()))
    hands.rest()


def everything(hands):
    return {
        each.id: (each.label_id, each.status)
        for image_id in queries.image_ids(hands.window.session.project)
        for each in queries.regions(hands.window.session.project, image_id)
    }


def test_with_nothing_selected_the_palette_says_so_and_what_is_typed_is_no_shortcut(hands, project_folder):
    hands.open(project_folder)
    window, before = hands.window, everything(hands)
    record = window.viewer.record
    hands.qtbot.mouseMove(window.canvas, QPoint(2, 2))  # beside the picture
    hands.press(Qt.Key.Key_Slash)
    assert window.search.isVisible()
    assert window.search.field.placeholderText() == "Select a region first"
    typed(hands, "dax1gm")
    assert (window.viewer.record, window.commands.clusters.is_open) == (record, False)
    assert everything(hands) == before
    hands.press(Qt.Key.Key_Return)
    assert not window.search.isVisible()
    assert window.canvas.hasFocus()
    hands.press(Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    assert window.search.field.placeholderText() == "Select two or more regions to merge them"
    hands.press(Qt.Key.Key_Escape)
    hands.click_region(10, 10)
    hands.press(Qt.Key.Key_Slash)
    hands.type("sky")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert [label.name for label in window.session.labels.values()] == ["sky"]


def test_in_the_browser_too(browser):
    window, before = browser.window, everything(browser)
    window.browser.grid._choose()
    browser.press(Qt.Key.Key_Slash)
    assert window.search.field.placeholderText() == "Select a cluster or regions first"
    typed(browser, "dxg")
    assert window.commands.clusters.is_open
    assert everything(browser) == before
    browser.press(Qt.Key.Key_Escape)
    assert window.browser.grid.hasFocus()


def test_with_nothing_selected_the_region_under_the_pointer_is_named(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    hands.qtbot.mouseMove(window.canvas, hands.at(80, 50))
    hands.wait(lambda: window.canvas.pointed is not None)
    pointed = window.canvas.pointed
    hands.press(Qt.Key.Key_Slash)
    hands.type("road")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert [id_ for id_, (label, _) in everything(hands).items() if label] == [pointed]


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
