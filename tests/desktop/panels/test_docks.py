"""The docks around the canvas: what is hidden for the concept browser comes back, and nothing else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow

from acseg_desktop.panels.docks import Docks


@pytest.fixture
def docks(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Docks(window, labels=QLabel(), regions=QLabel(), images=QLabel(), tabs=(QLabel(), QLabel()))
    window.show()
    yield made
    window.close()


def shown(docks):
    parts = (docks.labels, docks.regions, docks.images, docks.statistics)
    return [dock.objectName().removeprefix("dock.") for dock in parts if not dock.isHidden()]


def test_statistics_are_hidden_until_they_are_asked_for(docks):
    assert shown(docks) == ["labels", "regions", "images"]
    docks.hide_all()
    assert shown(docks) == []
    docks.show_usual()
    assert shown(docks) == ["labels", "regions", "images"]


def test_the_browser_hides_what_is_about_one_image(docks):
    docks.hide_for_browser()
    assert shown(docks) == ["labels"]
    docks.show_after_browser()
    assert shown(docks) == ["labels", "regions", "images"]


def test_what_was_hidden_before_the_browser_came_stays_hidden(docks):
    docks.images.hide()
    docks.hide_for_browser()
    docks.show_after_browser()
    assert shown(docks) == ["labels", "regions"]


def test_labels_and_regions_have_the_heights_of_before_when_the_browser_goes(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    window.docks._window.resizeDocks([window.docks.labels, window.docks.regions], [200, 400], Qt.Orientation.Vertical)
    hands.rest()
    before = window.docks.labels.height(), window.docks.regions.height()
    for _ in range(2):
        hands.press(Qt.Key.Key_G)
        hands.rest()
        assert window.docks.labels.height() > before[0]
        hands.press(Qt.Key.Key_G)
        hands.rest()
        assert (window.docks.labels.height(), window.docks.regions.height()) == before
