"""The docks around the canvas: what is hidden for the concept browser comes back, and nothing else."""

import pytest
from PySide6.QtWidgets import QLabel, QMainWindow

from acseg_desktop.panels.docks import Docks


@pytest.fixture
def docks(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Docks(window, labels=QLabel(), regions=QLabel(), images=QLabel(), statistics=QLabel())
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
