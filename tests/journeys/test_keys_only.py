"""A whole review without a mouse."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from acseg_core.store import queries
from acseg_core.types import ImageStatus, RegionStatus

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_a_whole_review_without_a_mouse(hands, project_folder, monkeypatch):
    """Select, name, merge, reject, accept and export by keys only; any mouse event fails the test."""
    hands.open(project_folder)
    window = hands.window
    hands.qtbot.mouseClick = hands.qtbot.mousePress = hands.qtbot.mouseMove = None
    hands.press(Qt.Key.Key_Tab)  # the largest region
    hands.press(Qt.Key.Key_Slash)
    hands.type("sky")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert [label.name for label in window.session.labels.values()] == ["sky"]
    hands.press(Qt.Key.Key_F6)
    assert window.labels.isAncestorOf(QApplication.focusWidget())
    hands.press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.regions.view
    hands.press(Qt.Key.Key_Home)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down, SHIFT)
    assert len(window.canvas.selection) == 2
    hands.press(Qt.Key.Key_M)
    hands.rest()
    assert len(window.viewer.regions) == 3
    hands.press(Qt.Key.Key_1)
    hands.rest()
    hands.press(Qt.Key.Key_End)
    hands.press(Qt.Key.Key_Delete)
    hands.rest()
    statuses = [region.status for region in window.viewer.regions]
    assert statuses.count(RegionStatus.REJECTED) == 1
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert queries.image(window.session.project, 1).status is ImageStatus.DONE
    assert window.viewer.record.path == "a2.png"
    hands.press(Qt.Key.Key_F6)
    hands.press(Qt.Key.Key_F6)
    hands.press(Qt.Key.Key_F6)
    while QApplication.focusWidget() is not window.strip.view:
        hands.press(Qt.Key.Key_F6)
    hands.press(Qt.Key.Key_Left)
    hands.rest()
    assert window.viewer.record.path == "a1.png"
