"""The canvas as a user meets it: hovering, walking by keys, and gestures that another picture interrupts."""

import numpy as np
import pytest
from desktop.canvas.mouse import BESIDE, IN, LEFT, MIDDLE, PLAIN, SHIFT
from desktop.canvas.samples import LABELS, flat_photo, quarters, regions_of
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from acseg_desktop.canvas.view import ImageCanvas


def test_hovering_lightens_the_region_and_tells_where_the_cursor_is(four, qtbot, grabbed):
    moves = []
    four.cursor_moved.connect(lambda *args: moves.append(args))
    before = grabbed()
    QTest.mouseMove(four, IN[20])
    assert moves[-1] == (240, 30, 20)
    during = grabbed()
    assert (during[150, 550].astype(int) > before[150, 550]).all()
    assert np.array_equal(during[285:, :], before[285:, :])
    with qtbot.waitSignal(four.cursor_left):
        QTest.mouseMove(four, BESIDE)
    assert np.array_equal(grabbed(), before)


def test_leaving_the_window_ends_hovering_once(four, qtbot, grabbed):
    before = grabbed()
    QTest.mouseMove(four, IN[20])
    left = []
    four.cursor_left.connect(lambda: left.append(1))
    QApplication.sendEvent(four, QEvent(QEvent.Type.Leave))
    QApplication.sendEvent(four, QEvent(QEvent.Type.Leave))
    assert left == [1]
    assert np.array_equal(grabbed(), before)
    point = QPointF(IN[20])
    with qtbot.waitSignal(four.cursor_moved):
        QApplication.sendEvent(four, QEnterEvent(point, point, point))


def test_the_pixel_under_the_cursor_at_the_corners(four):
    QTest.mouseMove(four, BESIDE)
    moves = []
    four.cursor_moved.connect(lambda *args: moves.append(args[:2]))
    for point in [QPoint(20, 40), QPoint(21, 41), QPoint(619, 439)]:
        QTest.mouseMove(four, point)
        assert moves[-1] == four._pixel_at(QPointF(point))
    assert set(moves) == {(0, 0), (299, 199)}
    QTest.mouseMove(four, QPoint(620, 439))
    assert moves[-1] == (299, 199)
    assert four._pixel_at(QPointF(620, 439)) is None


def test_tab_walks_through_the_regions_by_size_and_then_leaves(qtbot):
    window = QWidget()
    canvas, field = ImageCanvas(window), QLineEdit(window)
    canvas.resize(400, 350)
    field.setGeometry(0, 360, 400, 30)
    qtbot.addWidget(window)
    window.resize(400, 400)
    with qtbot.waitExposed(window):
        window.show()
    label_map = quarters()
    canvas.show_image(flat_photo())
    canvas.show_regions(label_map, regions_of(label_map, [1]), LABELS)
    canvas.setFocus()
    seen = []
    canvas.selection_changed.connect(lambda ids: seen.append(set(ids)))
    for _ in range(4):
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert seen == [{10}, {20}, {30}, {40}]
    assert canvas.accessibleDescription() == "Region 4 of 4: unnamed"
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert field.hasFocus()
    assert canvas.selection == {40}
    QTest.keyClick(field, Qt.Key.Key_Backtab, SHIFT)
    assert canvas.hasFocus()
    for _ in range(2):
        QTest.keyClick(canvas, Qt.Key.Key_Backtab, SHIFT)
    assert canvas.selection == {30}
    canvas.clearFocus()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert canvas.hasFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert canvas.selection == {10}
    assert canvas.accessibleDescription() == "Region 1 of 4: sky"


def test_tab_brings_a_region_into_sight(four):
    four.zoom_by(20, QPointF(30, 50))
    four.grab()
    four.setFocus()
    four.select([30])
    QTest.keyClick(four, Qt.Key.Key_Tab)
    assert four.selection == {40}
    assert four.region_at(QPointF(320, 240)) == 40


def test_other_keys_are_left_to_the_window(qtbot):
    heard = []

    class Window(QWidget):
        def keyPressEvent(self, event):  # noqa: N802
            heard.append(event.key())

    window = Window()
    canvas = ImageCanvas(window)
    canvas.resize(200, 200)
    qtbot.addWidget(window)
    canvas.show_image(flat_photo())
    keys = [Qt.Key.Key_M, Qt.Key.Key_1, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Return]
    for key in keys:
        QTest.keyClick(canvas, key)
    assert heard == keys


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_the_image_may_be_replaced_while_dragging(four, button, grabbed):
    QTest.mousePress(four, button, PLAIN, QPoint(300, 200))
    QTest.mouseMove(four, QPoint(350, 250))
    four.show_image(flat_photo(50, 400, color=(9, 8, 7)))
    QTest.mouseMove(four, QPoint(380, 280))
    QTest.mouseRelease(four, button, PLAIN, QPoint(390, 290))
    assert four.selection == frozenset()
    assert four.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert four._viewport.fitted
    assert (grabbed()[240, 25:615] == (9, 8, 7)).all()


def test_cleared_while_dragging(four):
    QTest.mousePress(four, LEFT, PLAIN, QPoint(300, 200))
    QTest.mouseMove(four, QPoint(350, 250))
    four.clear("gone")
    QTest.mouseMove(four, QPoint(380, 280))
    QTest.mouseRelease(four, LEFT, PLAIN, QPoint(390, 290))
    assert four.selection == frozenset()


def test_it_has_a_name_for_screen_readers(canvas):
    assert canvas.accessibleName()
    assert canvas.focusPolicy() is Qt.FocusPolicy.StrongFocus
