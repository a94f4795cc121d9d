"""Filters of the concept browser: what they leave, what is named then, and when they end."""

import pytest
from desktop.browser.browsing import (
    KINDS,
    choose,
    grid,
    keep_quarter_attention,
    members,
    press,
    sections,
    stored,
    type_name,
)
from PySide6.QtCore import Qt

from acseg_core.types import RegionStatus
from acseg_desktop.browser.filter_bar import FilterBar
from acseg_desktop.language import words
from acseg_desktop.operations import labels as label_operations


def test_filters_narrow_clusters_and_what_is_named(browser):
    window, filters = browser.window, browser.window.browser.filters
    choose(browser, filters.image, 1)
    assert [section.count for section in sections(browser)] == [1, 1, 1, 1]
    shown = members(browser, 0)
    type_name(browser, "sky")
    assert {id_ for id_, region in stored(browser).items() if region.label_id} == set(shown)
    choose(browser, filters.image, 0)
    choose(browser, filters.label, filters.label.findText("sky"))
    assert [section.count for section in sections(browser)] == [1]
    assert members(browser, 0) == shown
    choose(browser, filters.label, 1)
    assert sum(section.record.unnamed for section in sections(browser)) == 15
    choose(browser, filters.label, 0)
    choose(browser, filters.status, 1 + list(RegionStatus).index(RegionStatus.REJECTED))
    assert not sections(browser)
    assert "No regions match the filter" in window.browser.empty.title.text()
    choose(browser, filters.status, 0)
    assert len(sections(browser)) == KINDS


def test_the_foreground_is_a_filter_and_narrows_what_is_named(browser):
    filters = browser.window.browser.filters
    keep_quarter_attention(browser)
    everything = set(stored(browser))
    choose(browser, filters.ground, 1)
    front = {id_ for number in range(len(sections(browser))) for id_ in members(browser, number)}
    choose(browser, filters.ground, 2)
    back = {id_ for number in range(len(sections(browser))) for id_ in members(browser, number)}
    assert front
    assert back
    assert front.isdisjoint(back)
    assert front | back == everything
    choose(browser, filters.ground, 1)
    shown = set(members(browser, 0))
    type_name(browser, "sky")
    assert {id_ for id_, region in stored(browser).items() if region.label_id} == shown


def test_the_image_of_the_filter_is_the_one_on_the_canvas_or_none(browser):
    filters = browser.window.browser.filters
    choose(browser, filters.image, 1)
    assert sum(section.count for section in sections(browser)) == 4
    for key in (Qt.Key.Key_G, Qt.Key.Key_D, Qt.Key.Key_G):
        press(browser, key)
    assert filters.image.currentText() == "Image: any"
    assert sum(section.count for section in sections(browser)) == 16


def test_a_filter_ends_with_its_label(browser):
    type_name(browser, "sky")
    filters, session = browser.window.browser.filters, browser.window.session
    choose(browser, filters.label, filters.label.findText("sky"))
    assert len(sections(browser)) == 1
    grid(browser).setFocus()
    label_operations.delete(session, list(session.labels))
    browser.rest()
    assert filters.label.currentText() == "Label: any"
    assert sum(section.count for section in sections(browser)) == 16
    assert grid(browser).hasFocus()


def test_another_project_begins_without_a_filter(browser, project_folder, clustered):
    filters = browser.window.browser.filters
    choose(browser, filters.status, 1)
    choose(browser, filters.image, 1)
    for folder in (project_folder, clustered):
        browser.open(folder)
    press(browser, Qt.Key.Key_G)
    assert [box.currentIndex() for box in filters.boxes] == [0, 0, 0, 0]
    assert sum(section.count for section in sections(browser)) == 16


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_filter_says_what_it_filters_even_when_narrow(qtbot, qapp, language):
    """On the code of before three of the four read "Alle …" or "All …" in the narrowest window."""
    words.use(qapp, language)
    try:
        filters = FilterBar()
        qtbot.addWidget(filters)
        filters.resize(filters.minimumSizeHint())
        filters.show()
        shown = [box.shown_text for box in filters.boxes]
        assert all(len(text.rstrip("…")) >= 4 for text in shown), shown
        assert len({text[:4] for text in shown}) == len(shown), shown
        assert all(box.accessibleName() in box.toolTip() for box in filters.boxes[:3]), "the last explains itself"
    finally:
        words.use(qapp, "en")
