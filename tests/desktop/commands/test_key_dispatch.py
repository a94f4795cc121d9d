"""Keys without Ctrl or Alt: whose they are, and what is said where they make no sense now.

Covers: commands.context.
"""

import pytest
from desktop.commands.reviewing import name_of
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from acseg_core.store import queries
from acseg_core.types import ImageStatus
from acseg_desktop.commands.key_dispatch import KeyDispatch
from acseg_desktop.jobs import Lane
from acseg_desktop.panels.banner import Notice

LEFT, NONE, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


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
    assert message(hands) == "That works on the image: press G to go back to it"


def test_a_key_means_another_action_in_the_browser(hands, keys, project_folder):
    hands.open(project_folder)
    assert keys.action_of("M") == "region.merge"
    hands.press(Qt.Key.Key_G)
    hands.rest()
    assert keys.action_of("M") is None  # nothing is clustered yet: keys are for the button that is there
    assert keys.action_of("G") == "clusters.browse"


def test_enter_presses_the_button_with_the_focus(hands, project_folder):
    """On the code of before Enter on a recent project did nothing, as Qt presses buttons by Enter in dialogs only."""
    window = hands.window
    window.preferences.remember_project(project_folder)
    window.start.show_recent(window.preferences.named_projects)
    for _ in range(9):
        if QApplication.focusWidget() in window.start.recent_buttons:
            break
        hands.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() in window.start.recent_buttons
    hands.press(Qt.Key.Key_Return)
    assert window.session.is_opening
    jobs = window.jobs.running(Lane.DISK)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Enter)
    assert window.jobs.running(Lane.DISK) == jobs, "a key too many begins nothing anew"
    hands.wait(lambda: window.viewer.record is not None)
    hands.rest()
    statuses = {record.status for record in queries.images(window.session.project)}
    assert ImageStatus.DONE not in statuses
    assert not window.banners.question.isVisible()


def test_enter_presses_group_similar_regions(hands, kinds):
    """On the code of before Enter in the empty browser did nothing."""
    hands.open(kinds)
    hands.press(Qt.Key.Key_G)
    hands.rest()
    button = hands.window.browser.empty.button
    for _ in range(20):
        if button.hasFocus():
            break
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert hands.window.browser.model.sections


def test_enter_in_a_banner_does_not_press_what_was_clicked(desk):
    """A button that was clicked does not keep the keys: they are for the photo."""
    clicked = []
    banner = desk.window.banners.project
    banner.show_notice(Notice("Something", remedies=(("Mend it", lambda: clicked.append(1)),)))
    desk.window.canvas.setFocus()
    desk.click(banner.buttons[0])
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    assert clicked == [1]
    assert desk.window.banners.question.isVisible(), "Enter went to the image"


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key.Key_P, NONE), (Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)])
def test_enter_in_a_tool_with_nothing_drawn_accepts_the_image(desk, key, modifier):
    """On the code of before it said that a polygon needs three points."""
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Slash)
    desk.type("sky")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    first = desk.window.viewer.image_id
    desk.press(key, modifier)
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    assert queries.image(desk.window.session.project, first).status is ImageStatus.DONE


def test_backspace_in_a_tool_with_nothing_drawn_takes_no_name_away(desk):
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Slash)
    desk.type("sky")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    (region_id,) = desk.window.canvas.selection
    desk.press(Qt.Key.Key_P)
    desk.press(Qt.Key.Key_Backspace)
    desk.rest()
    assert name_of(desk, region_id) == "sky"


def test_esc_for_nothing_says_nothing(desk):
    """On the code of before it said that the image has no regions yet."""
    window = desk.window
    desk.press(Qt.Key.Key_Escape)
    assert window.status.currentMessage() == ""
    window.commands.browse.show(queries.image_ids(window.session.project)[3])
    desk.rest()
    assert not window.viewer.regions
    desk.press(Qt.Key.Key_Escape)
    assert window.status.currentMessage() == ""
    desk.press(Qt.Key.Key_B)
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Escape)
    assert window.status.currentMessage() == ""


@pytest.mark.parametrize("elsewhere", ["thumbnail", "region list", "button"])
def test_space_pans_wherever_the_focus_is(desk, elsewhere):
    """On the code of before, after a click on a thumbnail, the drag drew a selection box."""
    window, canvas = desk.window, desk.window.canvas
    canvas.zoom_by(4)
    if elsewhere == "thumbnail":
        view = window.strip.view
        QTest.mouseClick(view.viewport(), LEFT, NONE, view.visualRect(view.model().index(0, 0)).center())
        view.setFocus()
    elif elsewhere == "region list":
        view = window.regions.view
        QTest.mouseClick(view.viewport(), LEFT, NONE, view.visualRect(view.model().index(1, 0)).center())
        view.setFocus()
    else:
        window.header.accept.setFocus(Qt.FocusReason.TabFocusReason)
    desk.rest()
    selection = canvas.selection
    start, end = canvas.rect().center(), canvas.rect().center() + QPoint(60, 30)
    before = canvas.image_point(QPointF(start))
    focus = QApplication.focusWidget()
    assert focus is not canvas
    QTest.keyPress(focus, Qt.Key.Key_Space)
    QTest.mousePress(canvas, LEFT, NONE, start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, LEFT, NONE, end)
    QTest.keyRelease(QApplication.focusWidget(), Qt.Key.Key_Space)
    after = canvas.image_point(QPointF(end))
    assert after == pytest.approx(before, abs=0.5), "the photo went with the mouse"
    assert canvas.selection == selection
    desk.rest()
    assert window.viewer.record.status is ImageStatus.PROPOSED, "nor was the button pressed"
    QTest.mousePress(canvas, LEFT, NONE, start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, LEFT, NONE, end)
    later = canvas.image_point(QPointF(end))
    assert later == pytest.approx(after, abs=0.5), "without Space it does not pan"


def test_space_in_a_text_is_a_space(desk):
    window = desk.window
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("a b")
    assert window.strip.search.text() == "a b"
    assert window.canvas.cursor().shape() != Qt.CursorShape.OpenHandCursor


def test_a_digit_that_no_label_has_says_so(hands, project_folder):
    """On the code of before it told to name the selection where there was none."""
    hands.open(project_folder)
    hands.press(Qt.Key.Key_7)
    assert message(hands) == "No label has the key 7"
    hands.click_region(10, 10)
    hands.press(Qt.Key.Key_7)
    assert message(hands) == "No label has the key 7; press / to name the selection"
