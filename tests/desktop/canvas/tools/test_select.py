"""Selecting by clicks and boxes, as a user's mouse does."""

import numpy as np
import pytest
from desktop.canvas.mouse import BESIDE, CONTROL, IN, LEFT, PLAIN, RIGHT, SHIFT, click, drag
from desktop.canvas.samples import LABELS, flat_photo, quarters, regions_of
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

ALT = Qt.KeyboardModifier.AltModifier


def test_a_click_selects_one_and_keeps_it(four, qtbot):
    with qtbot.waitSignal(four.selection_changed) as caught:
        click(four, IN[20])
    assert caught.args == [frozenset({20})]
    click(four, IN[20])
    assert four.selection == {20}
    click(four, IN[30])
    assert four.selection == {30}


@pytest.mark.parametrize("modifier", [CONTROL, SHIFT])
def test_a_click_with_control_or_shift_toggles(four, modifier):
    click(four, IN[10])
    click(four, IN[20], modifier)
    assert four.selection == {10, 20}
    click(four, IN[10], modifier)
    assert four.selection == {20}
    click(four, BESIDE, modifier)
    assert four.selection == {20}


def test_a_click_beside_the_picture_clears(four):
    click(four, IN[10])
    click(four, BESIDE)
    assert four.selection == frozenset()


def test_a_click_where_no_region_is_clears(canvas):
    label_map = quarters()
    label_map[label_map == 3] = -1
    canvas.show_image(flat_photo())
    canvas.show_regions(label_map, regions_of(label_map), LABELS)
    click(canvas, IN[10])
    assert canvas.selection == {10}
    assert canvas.region_at(QPointF(IN[40])) is None
    click(canvas, IN[40])
    assert canvas.selection == frozenset()


def test_a_right_click_changes_nothing(four):
    click(four, IN[10])
    QTest.mouseClick(four, RIGHT, PLAIN, IN[20])
    assert four.selection == {10}


def test_a_double_click_selects_and_tells(four, qtbot):
    with qtbot.waitSignal(four.region_double_clicked) as caught:
        QTest.mouseDClick(four, LEFT, PLAIN, IN[30])
    assert caught.args == [30]
    assert four.selection == {30}


def test_two_quick_control_clicks_are_two_clicks(four, qtbot):
    with qtbot.assertNotEmitted(four.region_double_clicked):
        QTest.mouseClick(four, LEFT, CONTROL, IN[30])
        QTest.mouseDClick(four, LEFT, CONTROL, IN[30])
        QTest.mouseRelease(four, LEFT, CONTROL, IN[30])
    assert four.selection == frozenset()


def on_widget(canvas, region_id):
    """The corners of a region's box: two pixels of the widget for one of the photo."""
    x, y, width, height = (round(value) for value in canvas._layer.region(region_id).bbox)
    return QPoint(20 + 2 * x, 40 + 2 * y), QPoint(20 + 2 * (x + width), 40 + 2 * (y + height))


def test_a_box_selects_what_it_encloses(four):
    drag(four, QPoint(300, 60), QPoint(400, 120))
    assert four.selection == frozenset(), "it lies within two regions and encloses none"
    start, end = on_widget(four, 20)
    drag(four, start - QPoint(30, 4), end + QPoint(4, 30))
    assert four.selection == {20}
    drag(four, start, end)
    assert four.selection == {20}, "exactly around it"
    drag(four, start + QPoint(2, 0), end)
    assert four.selection == frozenset(), "one pixel of the photo short"
    drag(four, QPoint(2, 2), QPoint(638, 478))
    assert four.selection == {10, 20, 30, 40}


def test_a_box_with_alt_selects_what_it_touches(four):
    drag(four, QPoint(300, 60), QPoint(400, 120), modifiers=ALT)
    assert four.selection == {10, 20}
    drag(four, QPoint(600, 430), QPoint(560, 400), modifiers=ALT)
    assert four.selection == {40}


@pytest.mark.parametrize("modifier", [CONTROL, SHIFT])
def test_a_box_with_control_or_shift_adds(four, modifier):
    click(four, IN[10])
    drag(four, QPoint(480, 360), QPoint(560, 420), modifiers=modifier | ALT)
    assert four.selection == {10, 40}
    drag(four, QPoint(480, 360), QPoint(560, 420), modifiers=modifier | ALT)
    assert four.selection == {10, 40}


def test_a_box_may_begin_beside_the_picture_and_leave_the_window(four):
    drag(four, QPoint(2, 2), QPoint(30, 50), modifiers=ALT)
    assert four.selection == {10}
    drag(four, QPoint(1, 470), QPoint(700, 500))
    assert four.selection == frozenset()
    drag(four, QPoint(300, 60), QPoint(900, 900), modifiers=ALT)
    assert four.selection == {10, 20, 30, 40}


def test_a_box_with_alt_touches_to_the_pixel(four):
    edge = 20 + 2 * 180  # where region 20 begins
    drag(four, QPoint(300, 60), QPoint(edge, 100), modifiers=ALT)
    assert four.selection == {10}
    drag(four, QPoint(300, 60), QPoint(edge + 1, 100), modifiers=ALT)
    assert four.selection == {10, 20}


def test_a_small_movement_is_a_click_still(four):
    drag(four, IN[20], IN[20] + QPoint(QApplication.startDragDistance() - 1, 0))
    assert four.selection == {20}


def test_a_box_highlights_what_it_would_select_and_is_drawn(four, grabbed):
    before = grabbed()
    QTest.mousePress(four, LEFT, PLAIN, QPoint(420, 100))
    QTest.mouseMove(four, QPoint(520, 200))
    assert (grabbed()[150, 580] == before[150, 580]).all(), "it encloses no region"
    QTest.keyPress(four, Qt.Key.Key_Alt)
    during = grabbed()
    assert (during[150, 580] != before[150, 580]).any()  # highlighted, outside the box
    assert (during[400, 100] == before[400, 100]).all()
    assert (during[150, 470] != during[150, 580]).any()  # inside it
    assert four.selection == frozenset()
    QTest.mouseRelease(four, LEFT, ALT, QPoint(520, 200))
    assert four.selection == {20}


def test_escape_calls_a_box_off(four, grabbed):
    click(four, IN[30])
    QTest.mouseMove(four, BESIDE)
    before = grabbed()
    QTest.mousePress(four, LEFT, PLAIN, QPoint(420, 100))
    QTest.mouseMove(four, QPoint(520, 200))
    QTest.keyClick(four, Qt.Key.Key_Escape)
    assert np.array_equal(grabbed(), before)
    QTest.mouseRelease(four, LEFT, PLAIN, QPoint(520, 200))
    assert four.selection == {30}


def test_hidden_regions_are_neither_clicked_nor_boxed(four):
    four.set_hidden([20])
    click(four, IN[20])
    assert four.selection == frozenset()
    drag(four, QPoint(300, 60), QPoint(400, 120), modifiers=ALT)
    assert four.selection == {10}
