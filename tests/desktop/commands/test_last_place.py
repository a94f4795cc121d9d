"""Opening a project again leads to the image and the place where one left it."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt

from acseg_desktop.preferences import Preferences


def middle(window):
    return window.canvas.place


def leave(hands, folder):
    """Go to the third image, zoom into a corner, and close."""
    hands.open(folder)
    for _ in range(2):
        hands.press(Qt.Key.Key_D)
        hands.rest()
    window = hands.window
    for _ in range(6):
        hands.press(Qt.Key.Key_Plus)
    pan = Qt.MouseButton.MiddleButton
    centre = window.canvas.rect().center()
    hands.qtbot.mousePress(window.canvas, pan, pos=centre)
    hands.qtbot.mouseMove(window.canvas, centre - QPoint(60, 40))
    hands.qtbot.mouseRelease(window.canvas, pan, pos=centre - QPoint(60, 40))
    hands.rest()
    record, place = window.viewer.record, middle(window)
    assert place is not None
    hands.close()
    return record, place


def test_it_opens_where_it_was_left(make_window, project_folder):
    record, place = leave(make_window(), project_folder)
    again = make_window()
    again.open(project_folder)
    again.wait(lambda: again.window.viewer.record.id == record.id)
    again.rest()
    assert middle(again.window) == pytest.approx(place, abs=1.0)
    assert again.window.strip.view.selectionModel().currentIndex().row() == 2


def test_an_image_that_is_gone_or_nonsense_in_the_file_is_no_matter(make_window, project_folder):
    folder = str(project_folder)
    gone, nonsense = {folder: {"image": "gone.png", "view": [1, 2, 3]}}, {folder: 3}
    for stored in ("no json", "[]", json.dumps(gone), json.dumps(nonsense)):
        Preferences().store("places", stored)
        hands = make_window()
        hands.open(project_folder)
        assert hands.window.viewer.record.path == "a1.png"
        hands.close()
