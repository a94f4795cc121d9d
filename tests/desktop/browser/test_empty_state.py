"""What the concept browser says where it has nothing to show, and the button that mends it."""

from desktop.browser.browsing import CTRL, choose, grid, press, said, sections, stored
from PySide6.QtCore import Qt


def test_without_clusters_one_button_makes_them(hands, kinds):
    hands.open(kinds)
    press(hands, Qt.Key.Key_G)
    empty = hands.window.browser.empty
    assert empty.isVisible()
    assert "16 regions" in empty.text.text()
    assert empty.button.hasFocus()
    hands.click(empty.button)
    hands.rest()
    assert sum(section.count for section in sections(hands)) == 16
    assert grid(hands).isVisible()
    assert "16 regions in" in said(hands)
    press(hands, Qt.Key.Key_Z, CTRL)
    assert empty.isVisible()
    assert not any(region.cluster_id for region in stored(hands).values())


def test_the_keys_stay_in_the_browser_when_a_button_has_done_its_work(hands, kinds):
    hands.open(kinds)
    press(hands, Qt.Key.Key_G)
    press(hands, Qt.Key.Key_Space)
    assert grid(hands).hasFocus()
    press(hands, Qt.Key.Key_Z, CTRL)
    assert hands.window.browser.empty.button.hasFocus()


def test_without_regions_it_says_what_to_do(hands, many_images):
    hands.open(many_images)
    press(hands, Qt.Key.Key_G)
    empty = hands.window.browser.empty
    assert "No regions" in empty.title.text()
    assert empty.button.text() == "Propose regions…"


def test_a_filter_that_leaves_nothing_is_lifted_by_the_button_that_has_the_keys(browser):
    filters, empty = browser.window.browser.filters, browser.window.browser.empty
    choose(browser, filters.status, filters.status.findData("rejected"))
    assert empty.title.text() == "No regions match the filter"
    assert empty.button.text() == "Show all regions"
    assert empty.button.hasFocus()
    press(browser, Qt.Key.Key_Space)
    assert filters.status.currentText() == "Status: any"
    assert sum(section.count for section in sections(browser)) == 16
    assert grid(browser).hasFocus()


def test_what_an_empty_browser_says_is_read_in_large_text(hands, tree_project):
    hands.open(tree_project)
    hands.press(Qt.Key.Key_G)
    hands.rest()
    empty = hands.window.browser.empty
    assert empty.text.isVisible()
    before = empty.text.size()
    hands.window.commands.settings.choose_text_size(200)
    try:
        hands.rest()
        metrics, words = empty.text.fontMetrics(), empty.text.text()
        written = metrics.boundingRect(empty.text.rect(), Qt.TextFlag.TextWordWrap, words)
        assert before.height() < written.height() <= empty.text.height()
        hands.window.resize(1024, 700)
        hands.rest()
        assert hands.window.browser.width() >= empty.text.width()
        assert empty.text.heightForWidth(empty.text.width()) <= empty.text.height()  # metrics may wrap a word earlier
    finally:
        hands.window.commands.settings.choose_text_size(100)
    hands.window.resize(1280, 820)
    hands.rest()
    assert empty.text.size() == before
