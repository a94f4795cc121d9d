"""The middle of the window: the image or the concept browser, below what stays."""

from PySide6.QtWidgets import QLabel

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
