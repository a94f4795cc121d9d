"""The middle of the window: the image or the concept browser, below what stays."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from acseg_desktop.panels.banner import Notice
from acseg_desktop.panels.workspace import Workspace


def test_one_of_the_two_is_shown_below_what_stays(qtbot):
    workspace = Workspace()
    qtbot.addWidget(workspace)
    above, header, canvas, browser = (QLabel(name) for name in ("above", "header", "canvas", "browser"))
    workspace.fill(above=[above], above_photo=[header], canvas=canvas, browser=browser)
    workspace.resize(400, 300)
    workspace.show()
    for shown in (False, True, False):
        workspace.show_browser(shown)
        assert (browser.isVisible(), canvas.isVisible(), header.isVisible()) == (shown, not shown, not shown)
        assert above.isVisible()
    assert (
        above.y()
        < header.mapTo(workspace, header.rect().topLeft()).y()
        < canvas.mapTo(workspace, canvas.rect().topLeft()).y()
    )
    assert canvas.height() > 150, "the picture has all the room that is left"


def lies(hands):
    """Zoom, and where on the screen the photo lies."""
    canvas = hands.window.canvas
    corner = canvas.mapToGlobal(QPoint(0, 0))
    return canvas.zoom, corner.x() + canvas._viewport.left, corner.y() + canvas._viewport.top


@pytest.mark.parametrize("is_fitted", [True, False])
def test_bars_above_the_photo_move_and_rescale_nothing(hands, project_folder, is_fitted):
    """As in Photoshop; on the code of before the photo was 98 % where it had been 107 %."""
    hands.open(project_folder)
    window = hands.window
    if not is_fitted:
        window.canvas.zoom_by(1.7)
    hands.rest()
    before = lies(hands)
    hands.press(Qt.Key.Key_B)
    hands.rest()
    assert window.tool_options.isVisible()
    assert lies(hands) == before
    if is_fitted:
        assert window.canvas._viewport.top >= 0, "room was left for the bar of the tool"
    window.banners.project.show_notice(Notice("Something happened.", "information-outline"))
    hands.rest()
    assert window.banners.project.isVisible()
    assert lies(hands) == before
    window.banners.project.show_notice(None)
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Escape)
    hands.rest()
    assert not window.tool_options.isVisible()
    assert lies(hands) == before
    window.resize(window.width(), window.height() - 100)
    hands.rest()
    if is_fitted:
        assert window.canvas.zoom < before[0], "a fitted photo follows the window"
