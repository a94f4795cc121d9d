"""A cell of the list of images: its texts have room, also when they are large."""

import pytest
from desktop.image_list.desk import click
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from acseg_desktop.image_list.thumbnail_delegate import _small, cell_size, picture_size


def test_larger_text_has_room_below_the_thumbnails(desk):
    window, view = desk.window, desk.window.strip.view
    before = view.visualRect(window.images.index(0)).size()
    window.theme.set_text_size(160)
    try:
        after = view.visualRect(window.images.index(0)).size()
        assert after.height() > before.height() + round(0.6 * 26)
        assert after.width() > before.width()
        assert view.minimumHeight() > after.height()
        click(desk, 1)
        desk.rest()
        assert window.viewer.record.path == "a2.png"
    finally:
        window.theme.set_text_size(100)


@pytest.mark.parametrize("percent", [100, 125, 200])
def test_names_below_thumbnails_can_be_told_apart_in_large_text(desk, percent):
    """Beside the count, nothing was left of them but the first letter and the last."""
    window, view = desk.window, desk.window.strip.view
    window.theme.set_text_size(percent)
    try:
        desk.press(Qt.Key.Key_D)
        desk.press(Qt.Key.Key_D)
        desk.rest()
        cells = [view.visualRect(window.images.index(row)) for row in (0, 1)]
        below = picture_size().height() + 10
        texts = [view.viewport().grab(cell.adjusted(4, below, -4, -4)).toImage() for cell in cells]
        assert [window.images.row(row).record.path for row in (0, 1)] == ["a1.png", "a2.png"]
        assert [window.images.row(row).regions for row in (0, 1)] == [4, 4]
        assert texts[0].size() == texts[1].size()
        assert texts[0] != texts[1]
    finally:
        window.theme.set_text_size(100)


def test_names_below_thumbnails_are_whole_in_large_text(hands, project_folder):
    hands.open(project_folder)
    for percent in (100, 120, 150, 200):
        hands.window.commands.settings.choose_text_size(percent)
        try:
            hands.rest()
            below = cell_size().height() - picture_size().height() - 12
            lines = 1 if percent < 125 else 2
            assert below // lines >= QFontMetrics(_small(hands.window.strip.view.font())).height(), percent
        finally:
            hands.window.commands.settings.choose_text_size(100)
