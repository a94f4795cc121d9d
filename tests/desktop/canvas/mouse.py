"""Mouse and wheel on a canvas, and where its regions are."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from acseg_desktop.canvas.view import ImageCanvas

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
# Widget points in the four regions of the fixture `four`, and beside the picture.
IN = {10: QPoint(100, 100), 20: QPoint(500, 100), 30: QPoint(100, 400), 40: QPoint(500, 400)}
BESIDE = QPoint(5, 5)


def rgb(argb: int) -> list[int]:
    return [argb >> 16 & 255, argb >> 8 & 255, argb & 255]


def click(canvas: ImageCanvas, point: QPoint, modifiers=PLAIN) -> None:
    # Far apart in time, so that two clicks are never a double click.
    QTest.mouseClick(canvas, LEFT, modifiers, point)
    QTest.mouseClick(canvas, RIGHT, PLAIN, BESIDE)


def drag(canvas: ImageCanvas, start: QPoint, end: QPoint, button=LEFT, modifiers=PLAIN) -> None:
    QTest.mousePress(canvas, button, modifiers, start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, button, modifiers, end)


def wheel(canvas: ImageCanvas, point: QPoint, notches: float = 1, modifiers=PLAIN) -> None:
    event = QWheelEvent(
        QPointF(point),
        QPointF(canvas.mapToGlobal(point)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)
