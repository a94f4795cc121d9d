"""Clusters stay under the mouse while one works in them, by mouse and keys in the real browser."""

from desktop.browser.browsing import CTRL, click, grid, members, names, press, sections, type_name
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from acseg_desktop.browser.hold import HOLD_MS, Hold
from acseg_desktop.browser.layout import Spot


def keys(browser):
    return [section.key for section in sections(browser)]


def test_a_cluster_named_in_part_stays_where_it_is_and_the_next_click_finds_its_target(browser):
    before = keys(browser)
    target = members(browser, 1)[0]
    click(browser, Spot(0, 0))
    click(browser, Spot(0, 1), CTRL)
    place = grid(browser).spot_rect(Spot(1, 0)).center()
    type_name(browser, "sky")
    assert names(browser) == {"sky": 2, None: 14}
    assert keys(browser) == before, "sorted by what is unnamed, it would be the last now, and the view with it"
    QTest.qWait(HOLD_MS + 300)
    browser.rest()
    assert keys(browser) == before, "one is still in it"
    browser.qtbot.mouseClick(grid(browser).viewport(), Qt.MouseButton.LeftButton, pos=place)
    browser.rest()
    assert grid(browser).regions == {target}
    browser.wait(lambda: keys(browser)[-1] == before[0])


def test_what_is_taken_out_leaves_its_cluster_in_place(browser):
    before = keys(browser)
    click(browser, Spot(0, 1))
    press(browser, Qt.Key.Key_O)
    browser.rest()
    assert keys(browser)[: len(before)] == before, "with three regions it would be behind those with four"
    assert sections(browser)[0].count == 3
    assert grid(browser).place.section == 0


def test_nothing_moves_while_the_mouse_is_on_its_way(browser):
    first = keys(browser)[0]
    type_name(browser, "sky")
    viewport = grid(browser).viewport()
    for step in range(8):
        browser.qtbot.mouseMove(viewport, QPoint(50 + step, 200 + step))
        QTest.qWait(HOLD_MS // 4)
    assert keys(browser)[0] == first, "more than the moment has passed"
    browser.wait(lambda: keys(browser)[-1] == first)


def test_new_sections_come_last_and_an_ended_hold_sorts_nothing(browser):
    shown = sections(browser)
    hold = Hold()
    hold.begin({shown[0].key}, shown[1:])
    assert hold.in_place(tuple(shown))[-1] == shown[0]
    hold.end()
    assert hold.in_place(tuple(shown)) == tuple(shown)


def test_a_split_cluster_ends_it(browser):
    press(browser, Qt.Key.Key_Down)
    click(browser, Spot(0, 0))
    type_name(browser, "sky")
    assert browser.window.browser.model.held.keys
    click(browser, Spot(1))
    press(browser, Qt.Key.Key_X)
    browser.rest()
    assert not browser.window.browser.model.held.keys
