"""The grid of crops: what is selected is what is shown, also after something went.

Covers: browser.delegate.
"""

from desktop.browser.browsing import CTRL, SHIFT, choose, click, grid, press, stored, type_name
from PySide6.QtCore import Qt

from acseg_core.types import RegionStatus
from acseg_desktop.browser.layout import Spot


def test_what_is_not_shown_any_more_is_not_selected_either(browser):
    """Else the next key would be for regions that nobody sees."""
    click(browser, Spot(0, 0))
    press(browser, Qt.Key.Key_Right, SHIFT)
    press(browser, Qt.Key.Key_O)
    assert grid(browser).regions == frozenset()
    assert browser.window.browser.selection_text.text() == "Nothing selected"
    press(browser, Qt.Key.Key_Delete)
    assert not any(region.status is RegionStatus.REJECTED for region in stored(browser).values())
    choose(browser, browser.window.browser.filters.status, 1)
    click(browser, Spot(0, 0))
    press(browser, Qt.Key.Key_Right, SHIFT)
    press(browser, Qt.Key.Key_Right, SHIFT)
    assert len(grid(browser).regions) == 3
    press(browser, Qt.Key.Key_Delete)
    assert grid(browser).regions == frozenset()
    assert grid(browser).hasFocus()
    press(browser, Qt.Key.Key_Right)
    assert grid(browser).regions or grid(browser).clusters, "the keys go on from where they were"


def test_among_regions_like_one_those_that_are_gone_are_not_selected(browser):
    press(browser, Qt.Key.Key_F)
    press(browser, Qt.Key.Key_A, CTRL)
    assert len(grid(browser).regions) == 16
    type_name(browser, "all")
    assert len(grid(browser).regions) == 16
    for _ in range(3):  # the name, the clusters, the proposals
        press(browser, Qt.Key.Key_Z, CTRL)
    assert stored(browser) == {}
    assert grid(browser).regions == frozenset()
