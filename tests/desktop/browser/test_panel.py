"""The page of the concept browser: room for its words, and regions of another image grouped once more."""

import pytest
from desktop.browser.browsing import click, grid, members, press, sections
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from acseg_core.store.edits import clusters
from acseg_desktop.browser.layout import Spot
from acseg_desktop.language.words import use


def test_regions_of_another_image_are_grouped_once_more(browser):
    project = browser.window.session.project
    clusters.drop_members(project, members(browser, 0)[:3])
    browser.window.browser.model.relist()
    browser.rest()
    note = browser.window.browser.note
    assert note.text() == "Group 3 more regions"
    browser.click(note)
    browser.rest()
    assert not note.isVisible()
    assert sum(section.count for section in sections(browser)) == 16


def test_the_page_fits_a_narrow_window_without_words_on_buttons(browser):
    browser.window.resize(900, 640)
    browser.rest()
    assert browser.window.width() == 900
    styles = {button.toolButtonStyle() for button in browser.window.browser._buttons[1:]}
    assert styles == {Qt.ToolButtonStyle.ToolButtonIconOnly}
    assert QApplication.focusWidget() is grid(browser)


@pytest.mark.parametrize("language", ["en", "de"])
def test_words_are_whole_or_left_away_and_filters_can_be_read(make_window, qapp, clustered, language):
    use(qapp, language)
    try:
        hands = make_window()
        hands.open(clustered)
        press(hands, Qt.Key.Key_G)
        page = hands.window.browser
        click(hands, Spot(0, 0))
        press(hands, Qt.Key.Key_O)
        assert page.note.isVisible()
        press(hands, Qt.Key.Key_Home)
        with_words = []
        for width in (900, 1060, 1280, 1700):
            hands.window.resize(width, 760)
            hands.rest()
            for widget in (page.selection_text, page.title, page.facts, page.fineness.count, page.note, *page._buttons):
                cut = widget.sizeHint().width() - widget.width()
                assert widget.isHidden() or cut <= 0, f"{widget.text()} lacks {cut} pixels of {width}"
            if width >= 1280:
                for box in page.filters.boxes:
                    assert box.shown_text == box.currentText(), f"at {width}"
            words = [
                button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon for button in page._buttons
            ]
            assert words == sorted(words, reverse=True), "the usual ones first"
            with_words.append(sum(words))
        assert with_words == sorted(with_words)
        assert with_words[-1] == len(page._buttons)
        assert page.title.isVisible()
    finally:
        use(qapp, "en")
