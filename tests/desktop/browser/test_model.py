"""Sections and regions of the concept browser: read where one looks, in order, following the project."""

from desktop.browser.browsing import CTRL, SHIFT, click, grid, members, press, sections, stored, type_name
from PySide6.QtCore import Qt

from acseg_desktop.browser.layout import Spot
from acseg_desktop.browser.model import PAGE


def test_f_finds_regions_like_one_the_most_similar_first(browser):
    model = browser.window.browser.model
    like = set(members(browser, 1))
    press(browser, Qt.Key.Key_Down)
    press(browser, Qt.Key.Key_Right)
    query = grid(browser).current_region.id
    press(browser, Qt.Key.Key_F)
    found = [region.id for region in model.likeness.regions]
    assert found[0] == query
    assert set(found[:4]) == like
    assert len(found) == 16
    assert list(model.likeness.similarities) == sorted(model.likeness.similarities, reverse=True)
    assert grid(browser).regions == {query}
    for _ in range(3):
        press(browser, Qt.Key.Key_Right, SHIFT)
    assert grid(browser).regions == like
    type_name(browser, "sky")
    assert {id_ for id_, region in stored(browser).items() if region.label_id} == like
    assert model.likeness is not None
    press(browser, Qt.Key.Key_Escape)
    assert model.likeness is None
    assert grid(browser).isVisible()
    press(browser, Qt.Key.Key_Escape)
    assert browser.window.canvas.isVisible()


def test_it_follows_edits_made_on_the_canvas(browser):
    press(browser, Qt.Key.Key_G)
    browser.click_region(10, 10)
    browser.click_region(80, 10, CTRL)
    press(browser, Qt.Key.Key_M)
    press(browser, Qt.Key.Key_G)
    assert sum(section.count for section in sections(browser)) == 15


def test_pages_are_read_where_one_looks(hands, crowded):
    hands.open(crowded)
    press(hands, Qt.Key.Key_G)
    model = hands.window.browser.model
    assert sections(hands)[0].count == 3004
    read = len(model._pages.read)
    assert read <= 4
    press(hands, Qt.Key.Key_Space)
    assert grid(hands).grid_layout.shown[0] == 3004
    bar = grid(hands).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    hands.rest()
    assert read < len(model._pages.read) <= read + 3
    visible = [
        cells for section, cells in grid(hands).grid_layout.visible(bar.value(), bar.value() + 600) if not section
    ]
    hands.wait(lambda: all(model.region(0, cell) is not None for cell in visible[0]))
    hands.rest()
    grid(hands).go(Spot(0, 10))
    grid(hands).go(Spot(0, 10 + 3 * PAGE), extend=True)
    hands.rest()
    assert len(grid(hands).regions) == 3 * PAGE + 1


def test_a_project_that_closes_while_crops_are_selected_is_not_asked_for_them(browser):
    click(browser, Spot(0, 0))
    assert len(grid(browser).regions) == 1
    browser.window.session.close()
    browser.rest()
    assert grid(browser).regions == frozenset()
