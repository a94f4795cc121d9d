"""Zoom, overlay and what is hidden, by keys."""

import pytest
from PySide6.QtCore import Qt

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_hide_and_overlay_keys(desk):
    canvas = desk.window.canvas
    desk.click_region(10, 10)
    selected = canvas.selection
    desk.press(Qt.Key.Key_H)
    assert canvas.hidden == selected
    assert not canvas.selection
    desk.press(Qt.Key.Key_H)
    assert not canvas.hidden
    desk.press(Qt.Key.Key_T)
    assert not desk.window.actions_["view.overlay"].isChecked()
    desk.press(Qt.Key.Key_T)
    assert desk.window.actions_["view.overlay"].isChecked()


def test_zoom_keys(desk):
    canvas = desk.window.canvas
    fitted = canvas.zoom
    desk.press(Qt.Key.Key_Plus)
    assert canvas.zoom > fitted
    desk.press(Qt.Key.Key_0, CTRL)
    assert canvas.zoom == pytest.approx(1.0)
    assert desk.window.status.zoom.text() == "100%"
    desk.press(Qt.Key.Key_F)
    assert canvas.zoom == pytest.approx(fitted)
