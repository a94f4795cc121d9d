"""The way from panel to panel by F6: every panel is reached, and the focus is seen."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def titles(hands, key, modifier, count):
    found = []
    for _ in range(count):
        hands.press(key, modifier)
        found.append(hands.window.status.currentMessage())
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
    return found


def test_f6_reaches_every_panel_and_comes_round(hands, tree_project):
    hands.open(tree_project)
    forward = titles(hands, Qt.Key.Key_F6, NONE, 5)
    assert forward == ["Labels", "Regions", "Images", "Tools", "Image"]
    assert titles(hands, Qt.Key.Key_F6, SHIFT, 5) == ["Tools", "Images", "Regions", "Labels", "Image"]
    hands.press(Qt.Key.Key_G)
    hands.rest()
    assert set(titles(hands, Qt.Key.Key_F6, NONE, 3)) == {"Labels", "Tools", "Concept browser"}


def test_the_focus_is_seen_on_every_panel(hands, tree_project):
    """A picture of each panel with the focus differs from one without it."""
    hands.open(tree_project)
    window = hands.window
    for title in ("Labels", "Regions", "Images", "Tools", "Image"):
        before = {
            stop.title: stop.panel.grab().toImage() for stop in window.commands.keyboard.stops if stop.panel.isVisible()
        }
        hands.press(Qt.Key.Key_F6)
        assert window.status.currentMessage() == title
        panel = next(stop.panel for stop in window.commands.keyboard.stops if stop.title == title)
        assert panel.grab().toImage() != before[title], title


def test_the_mouse_is_not_at_the_canvas_after_f6(hands, project_folder):
    hands.open(project_folder)
    hands.qtbot.mouseMove(hands.window.canvas, QPoint(5, 5))
    hands.press(Qt.Key.Key_F6)
    assert not hands.window.canvas.hasFocus()
