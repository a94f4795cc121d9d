"""Moving about in a photo: wheel, dragging, Space, two fingers, pinching, arrow keys."""

import numpy as np
import pytest
from desktop.canvas.mouse import BESIDE, CONTROL, IN, LEFT, MIDDLE, PLAIN, click, wheel
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


@pytest.fixture
def touchpad() -> QPointingDevice:
    return QPointingDevice(
        "test touchpad",
        99,
        QPointingDevice.DeviceType.TouchPad,
        QPointingDevice.PointerType.Finger,
        QPointingDevice.Capability.PixelScroll | QPointingDevice.Capability.Position,
        5,
        0,
    )


@pytest.mark.parametrize("modifiers", [PLAIN, CONTROL])
def test_the_wheel_zooms_at_the_cursor(four, qtbot, modifiers):
    point = QPoint(431, 277)
    before = four._viewport.to_image(point.x(), point.y())
    with qtbot.waitSignal(four.zoom_changed) as caught:
        wheel(four, point, 3, modifiers)
    assert four.zoom == pytest.approx(2 * 1.2**3)
    assert caught.args == [four.zoom]
    assert four._viewport.to_screen(*before) == pytest.approx((431, 277), abs=1.0)
    wheel(four, point, -3, modifiers)
    assert four.zoom == pytest.approx(2.0)


def test_zoomed_by_the_wheel_the_same_pixel_is_under_the_cursor(canvas, grabbed):
    photo = np.zeros((200, 300, 3), np.uint8)
    photo[150, 220] = (255, 0, 0)
    canvas.show_image(photo)
    point = QPoint(20 + 441, 40 + 301)
    for _ in range(12):
        wheel(canvas, point)
    assert (grabbed()[point.y(), point.x()] == (255, 0, 0)).all()


@pytest.mark.parametrize("with_space", [False, True])
def test_dragging_pans(four, grabbed, with_space):
    before = grabbed()
    if with_space:
        QTest.keyPress(four, Qt.Key.Key_Space)
        assert four.cursor().shape() is Qt.CursorShape.OpenHandCursor
    button = LEFT if with_space else MIDDLE
    QTest.mousePress(four, button, PLAIN, QPoint(300, 200))
    assert four.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(four, QPoint(310, 195))
    grabbed()
    QTest.mouseMove(four, QPoint(330, 180))
    QTest.mouseRelease(four, button, PLAIN, QPoint(330, 180))
    if with_space:
        assert four.cursor().shape() is Qt.CursorShape.OpenHandCursor
        QTest.keyRelease(four, Qt.Key.Key_Space)
    assert four.cursor().shape() is Qt.CursorShape.ArrowCursor
    QTest.mouseMove(four, BESIDE)
    assert np.array_equal(grabbed()[0:460, 30:], before[20:, :-30])
    assert four.selection == frozenset()


def test_losing_the_focus_disarms_space(four):
    four.setFocus()
    assert four.hasFocus()
    QTest.keyPress(four, Qt.Key.Key_Space)
    assert four.cursor().shape() is Qt.CursorShape.OpenHandCursor
    four.clearFocus()
    assert four.cursor().shape() is Qt.CursorShape.ArrowCursor
    click(four, IN[10])
    assert four.selection == {10}


def test_the_arrow_keys_pan(four):
    for key, dx, dy in [("Left", 64, 0), ("Right", -64, 0), ("Up", 0, 64), ("Down", 0, -64)]:
        before = four._viewport.picture
        QTest.keyClick(four, getattr(Qt.Key, f"Key_{key}"))
        assert (four._viewport.left - before.left, four._viewport.top - before.top) == (dx, dy)


def test_two_fingers_pan_and_with_control_zoom(four, touchpad):
    def scroll(modifiers):
        event = QWheelEvent(
            QPointF(300, 200),
            QPointF(300, 200),
            QPoint(12, -7),
            QPoint(24, -14),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.ScrollUpdate,
            False,
            Qt.MouseEventSource.MouseEventNotSynthesized,
            touchpad,
        )
        QApplication.sendEvent(four, event)

    scroll(PLAIN)
    assert (four._viewport.left, four._viewport.top, four.zoom) == (32, 33, 2.0)
    scroll(CONTROL)
    assert four.zoom < 2.0


def test_pinching_zooms(four, touchpad):
    point = QPointF(200, 300)
    before = four._viewport.to_image(200, 300)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, touchpad, 2, point, point, point, 0.25, QPointF(), 1
    )
    QApplication.sendEvent(four, event)
    assert four.zoom == pytest.approx(2.5)
    assert four._viewport.to_screen(*before) == pytest.approx((200, 300), abs=1.0)
