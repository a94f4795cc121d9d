"""Menus of the right button, opened by it."""

from desktop.browser.browsing import grid
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from acseg_desktop.browser.layout import Spot

RIGHT = Qt.MouseButton.RightButton


def right_click(hands, widget, place):
    """By way of the window, which is what makes a request for a menu of it."""
    hands.activate()
    window = hands.window
    QTest.mouseClick(window.windowHandle(), RIGHT, Qt.KeyboardModifier.NoModifier, widget.mapTo(window, place))
    hands.wait(lambda: window.popups.menu is not None)
    return window.popups.menu


def choose(hands, menu, action_id):
    """Click an entry."""
    action = hands.window.actions_[action_id]
    assert action in menu.actions()
    hands.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    hands.wait(lambda: hands.window.popups.menu is None)
    hands.rest()


def test_on_the_photo_it_is_for_the_region_under_the_pointer(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    hands.click_region(10, 10)
    first = window.canvas.selection
    menu = right_click(hands, window.canvas, hands.at(80, 50))
    (under,) = window.canvas.selection
    assert {under} != first
    choose(hands, menu, "region.reject")
    assert window.viewer.region(under).status.value == "rejected"


def test_a_selection_stays_when_the_click_is_on_a_part_of_it(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    hands.click_region(10, 10)
    hands.click_region(80, 50, Qt.KeyboardModifier.ControlModifier)
    before = window.canvas.selection
    choose(hands, right_click(hands, window.canvas, hands.at(10, 10)), "region.merge")
    assert len(before) == 2
    assert len(window.viewer.regions) == 3


def test_beside_all_regions_it_is_for_the_image(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    hands.click_region(10, 10)
    choose(hands, right_click(hands, window.canvas, QPoint(3, 3)), "select.all")
    assert len(window.canvas.selection) == 4


def test_in_the_list_of_regions(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    view = window.regions.view
    place = view.visualRect(view.model().index(1, 0)).center()
    menu = right_click(hands, view.viewport(), place)
    (chosen,) = window.canvas.selection
    choose(hands, menu, "region.void")
    assert window.session.labels[window.viewer.region(chosen).label_id].is_void


def test_in_the_browser_on_a_cluster_and_on_a_region(browser):
    window = browser.window
    header = grid(browser).spot_rect(Spot(1))
    menu = right_click(browser, grid(browser).viewport(), QPoint(60, header.center().y()))
    assert grid(browser).clusters == {window.browser.model.sections[1].key}
    choose(browser, menu, "clusters.split")
    assert len(window.browser.model.sections) == 5
    tile = grid(browser).spot_rect(Spot(0, 1))
    menu = right_click(browser, grid(browser).viewport(), tile.center())
    (chosen,) = grid(browser).regions
    choose(browser, menu, "clusters.jump")
    assert window.canvas.selection == {chosen}


def test_a_tool_that_draws_has_the_right_button_for_itself(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    hands.click_region(10, 10)
    hands.press(Qt.Key.Key_B)
    hands.activate()
    place = window.canvas.mapTo(window, hands.at(60, 40))
    QTest.mouseClick(window.windowHandle(), RIGHT, Qt.KeyboardModifier.NoModifier, place)
    hands.rest()
    assert window.popups.menu is None
