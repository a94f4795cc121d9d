"""The widget as a user meets it: real mouse, wheel and key events, and the pixels that come out."""

import numpy as np
import pytest
from desktop.canvas.samples import LABELS, flat_photo, noise_photo, quarters, region_of, regions_of
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QNativeGestureEvent,
    QPalette,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from acseg_core.types import RegionStatus
from acseg_desktop.canvas.overlay import DARK, WHITE
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


# Clicking


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


def test_the_same_selection_again_is_no_change(four, qtbot):
    four.select([10])
    with qtbot.assertNotEmitted(four.selection_changed):
        four.select([10, 999])
        click(four, IN[10])


def test_select_all_and_invert_leave_out_the_hidden(four):
    four.set_hidden([40, 999])
    assert four.hidden == {40}
    four.select_all()
    assert four.selection == {10, 20, 30}
    four.select([10])
    four.invert_selection()
    assert four.selection == {20, 30}


# Boxes


def test_a_box_selects_what_it_touches(four):
    drag(four, QPoint(300, 60), QPoint(400, 120))
    assert four.selection == {10, 20}
    drag(four, QPoint(600, 430), QPoint(560, 400))
    assert four.selection == {40}


@pytest.mark.parametrize("modifier", [CONTROL, SHIFT])
def test_a_box_with_control_or_shift_adds(four, modifier):
    click(four, IN[10])
    drag(four, QPoint(480, 360), QPoint(560, 420), modifiers=modifier)
    assert four.selection == {10, 40}
    drag(four, QPoint(480, 360), QPoint(560, 420), modifiers=modifier)
    assert four.selection == {10, 40}


def test_a_box_may_begin_beside_the_picture_and_leave_the_window(four):
    drag(four, QPoint(2, 2), QPoint(30, 50))
    assert four.selection == {10}
    drag(four, QPoint(1, 470), QPoint(700, 500))
    assert four.selection == frozenset()
    drag(four, QPoint(300, 60), QPoint(900, 900))
    assert four.selection == {10, 20, 30, 40}


def test_a_box_touches_to_the_pixel(four):
    edge = 20 + 2 * 180  # where region 20 begins
    drag(four, QPoint(300, 60), QPoint(edge, 100))
    assert four.selection == {10}
    drag(four, QPoint(300, 60), QPoint(edge + 1, 100))
    assert four.selection == {10, 20}


def test_a_small_movement_is_a_click_still(four):
    drag(four, IN[20], IN[20] + QPoint(QApplication.startDragDistance() - 1, 0))
    assert four.selection == {20}


def test_a_box_highlights_what_it_would_select_and_is_drawn(four, grabbed):
    before = grabbed()
    QTest.mousePress(four, LEFT, PLAIN, QPoint(420, 100))
    QTest.mouseMove(four, QPoint(520, 200))
    during = grabbed()
    assert (during[150, 580] != before[150, 580]).any()  # highlighted, outside the box
    assert (during[400, 100] == before[400, 100]).all()
    assert (during[150, 470] != during[150, 580]).any()  # inside it
    assert four.selection == frozenset()
    QTest.mouseRelease(four, LEFT, PLAIN, QPoint(520, 200))
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
    drag(four, QPoint(300, 60), QPoint(400, 120))
    assert four.selection == {10}


# Pixels


def test_without_regions_the_photo_is_drawn_as_it_is(canvas, grabbed):
    photo = noise_photo(480, 640)
    canvas.show_image(photo)
    canvas.actual_size()
    assert np.array_equal(grabbed(), photo)


def test_colours_mix_with_the_photo_by_opacity(canvas, grabbed):
    label_map = quarters()
    canvas.show_image(flat_photo(color=(100, 120, 140)))
    canvas.show_regions(label_map, regions_of(label_map, [1]), LABELS)
    for opacity in (0.0, 0.5, 1.0):
        canvas.set_overlay_opacity(opacity)
        expected = np.array([100, 120, 140]) * (1 - opacity) + np.array([0x00, 0x72, 0xB2]) * opacity
        assert np.abs(grabbed()[60, 60] - expected).max() <= 1


def test_selecting_changes_the_region_and_its_outline_and_nothing_else(four, grabbed):
    before = grabbed()
    four.select([20])
    during = grabbed()
    changed = (before != during).any(axis=2)
    rows, columns = np.nonzero(changed)
    # Region 20 lies at 380..620 x 40..280; a dark line runs around it.
    assert (columns.min(), columns.max(), rows.min(), rows.max()) == (379, 620, 39, 280)
    assert changed[39:281, 379:621].all()
    assert (during[100, 380:382] == rgb(WHITE)).all()
    assert (during[278:280, 500] == rgb(WHITE)).all()
    dark_on = np.array([100, 120, 140]) * (1 - (DARK >> 24) / 255) + np.array(rgb(DARK))
    assert np.abs(during[100, 379] - dark_on).max() <= 1
    four.select([])
    assert np.array_equal(grabbed(), before)


def test_selected_at_the_edge_of_the_window_the_outline_does_not_follow_the_window(four, grabbed):
    four.zoom_by(4, QPointF(100, 100))
    four.select([10])
    image = grabbed()
    assert (image[200, 0] != rgb(WHITE)).any()


@pytest.mark.parametrize("zoom", [0.37, 1.0, 2.0, 5.5])
def test_outlines_are_one_pixel_wide_at_every_zoom(canvas, grabbed, zoom):
    label_map = np.zeros((600, 900), np.int32)
    label_map[:, 450:] = 1
    canvas.show_image(flat_photo(600, 900))
    canvas.show_regions(label_map, regions_of(label_map, [1, 1]), LABELS)
    canvas.set_names(False)
    canvas.zoom_by(zoom / canvas.zoom)
    canvas._viewport.centre_on(450, 300)
    image = grabbed()
    row = image[240]
    assert (image[235:245] == row).all()
    fill = row[300]
    odd = np.flatnonzero((row[200:440] != fill).any(axis=1)) + 200
    assert len(odd) == 1
    canvas.set_outlines(False)
    assert (grabbed()[240, 200:440] == fill).all()


def test_hiding_shows_the_photo(four, grabbed):
    four.set_outlines(False)
    four.set_hidden([20])
    image = grabbed()
    assert (image[100, 500] == (100, 120, 140)).all()
    assert (image[100, 100] != (100, 120, 140)).any()
    four.set_overlay_visible(False)
    assert (grabbed()[42:438, 22:618] == (100, 120, 140)).all()


def test_the_selection_stays_outlined_while_colours_are_off(four, grabbed):
    four.set_overlay_visible(False)
    click(four, IN[40])
    QTest.mouseMove(four, BESIDE)
    image = grabbed()
    assert (image[350, 380:382] == rgb(WHITE)).all()
    assert (image[360, 500] == (100, 120, 140)).all()


def test_neighbours_without_names_differ(four, grabbed):
    image = grabbed()
    colors = {tuple(image[point.y(), point.x()].tolist()) for point in IN.values()}
    assert len(colors) == 4


def test_rejected_regions_are_striped_and_suggested_ones_pale_with_stripes(canvas, grabbed):
    label_map = quarters()
    regions = [
        region_of(label_map, 0, status=RegionStatus.REJECTED, label_id=1),
        region_of(label_map, 1, status=RegionStatus.ACCEPTED, label_id=2),
        region_of(label_map, 2, status=RegionStatus.SUGGESTED, suggestion_id=2),
        region_of(label_map, 3),
    ]
    canvas.show_image(flat_photo(color=(128, 128, 128)))
    canvas.show_regions(label_map, regions, LABELS)
    canvas.set_names(False)
    image = grabbed().astype(int)
    assert len(np.unique(image[60:200, 60:200].reshape(-1, 3), axis=0)) == 2
    accepted, suggested = image[100, 500], np.median(image[360:420, 60:200].reshape(-1, 3), axis=0)
    assert len(np.unique(image[360:420, 60:200].reshape(-1, 3), axis=0)) == 2
    assert accepted[0] - accepted[2] > suggested[0] - suggested[2] > 0


def test_names_are_drawn_where_they_fit_and_can_be_turned_off(canvas, grabbed):
    label_map = quarters()
    canvas.show_image(flat_photo())
    canvas.show_regions(label_map, regions_of(label_map, [1, 2]), LABELS)
    canvas.set_outlines(False)
    canvas.set_names(False)
    plain = grabbed()
    canvas.set_names(True)
    named = (grabbed() != plain).any(axis=2)
    assert named[40:280, 20:380].any()
    assert named[40:280, 380:620].any()
    assert not named[280:].any()
    rows, columns = np.nonzero(named[40:280, 20:380])
    assert abs(rows.mean() + 40 - 160) < 8
    assert abs(columns.mean() + 20 - 200) < 8
    canvas.zoom_by(0.35)
    canvas.set_names(False)
    plain = grabbed()
    canvas.set_names(True)
    named = (grabbed() != plain).any(axis=2)
    assert named[:, :341].any()
    assert not named[:, 341:].any()  # the long name has no room any more


def test_names_of_hidden_rejected_or_invisible_regions_are_not_drawn(canvas):
    label_map = quarters()
    regions = [
        region_of(label_map, 0, status=RegionStatus.ACCEPTED, label_id=1),
        region_of(label_map, 1, status=RegionStatus.REJECTED, label_id=1),
        *regions_of(label_map)[2:],
    ]
    canvas.show_image(flat_photo())
    canvas.show_regions(label_map, regions, LABELS)
    assert [chip.index for chip in canvas._layer.chips()] == [0]
    canvas.set_hidden([10])
    assert canvas._layer.chips() == []


# The cursor


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


def test_region_at(four):
    assert {point: four.region_at(QPointF(point)) for point in IN.values()} == {v: k for k, v in IN.items()}
    assert four.region_at(QPointF(BESIDE)) is None
    assert four.region_at(QPointF(379.9, 100)) == 10
    assert four.region_at(QPointF(380.0, 100)) == 20
    four.set_hidden([20])
    assert four.region_at(QPointF(IN[20])) is None


# Zooming and panning


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


def test_actual_size_and_fit(four):
    four.actual_size()
    assert four.zoom == 1.0
    assert four._viewport.picture == (170, 140, 470, 340)
    four.fit()
    assert four.zoom == 2.0
    four.resize(340, 240)
    assert four.zoom == 1.0


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


def test_centring_on_a_region(four):
    four.zoom_by(4)
    four.centre_on_region(40)
    assert four.region_at(QPointF(320, 240)) == 40
    assert four._viewport.to_image(320, 240) == pytest.approx((240, 160), abs=0.1)
    four.centre_on_region(999)


def test_panned_and_recoloured_in_one_go_is_drawn_right(four, grabbed):
    four.zoom_by(3, QPointF(380, 280))
    grabbed()
    QTest.keyClick(four, Qt.Key.Key_Left)
    four.select([40])
    four.set_hidden([10])
    piecewise = grabbed()
    four._frame.invalidate()
    assert np.array_equal(grabbed(), piecewise)


# Keys


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


# Other pictures


def test_regions_that_still_exist_stay_selected_and_hidden(four, qtbot):
    four.select([10, 30])
    four.set_hidden([20, 40])
    label_map = quarters()
    label_map[label_map == 2] = 0
    label_map[label_map == 3] = 2
    regions = [region for region in regions_of(quarters()) if region.id != 30]
    with qtbot.waitSignal(four.selection_changed) as caught:
        four.show_regions(label_map, regions, LABELS)
    assert caught.args == [frozenset({10})]
    assert four.hidden == {20, 40}
    assert four.region_at(QPointF(IN[30])) == 10


def test_another_image_has_no_regions_and_nothing_selected(four, grabbed):
    four.select([10])
    four.set_hidden([20])
    four.show_image(flat_photo(color=(1, 2, 3)))
    assert four.selection == frozenset() == four.hidden
    assert (grabbed()[42:438, 22:618] == (1, 2, 3)).all()


def test_the_view_is_kept_on_demand(four):
    four.zoom_by(3)
    kept = four._viewport.picture
    four.show_image(flat_photo(), keep_view=True)
    assert four._viewport.picture == kept
    four.show_image(flat_photo())
    assert four.zoom == 2.0


def test_a_label_map_of_another_size_is_refused(four):
    with pytest.raises(ValueError, match="size"):
        four.show_regions(np.zeros((5, 5), np.int32), [], LABELS)


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


def test_the_empty_canvas_shows_its_message_and_bears_everything(canvas, qtbot, grabbed):
    canvas.clear("")
    empty = grabbed()
    assert (empty == empty[0, 0]).all()
    canvas.clear("No image yet")
    assert (grabbed() != empty).any()
    with qtbot.assertNotEmitted(canvas.cursor_moved):
        click(canvas, IN[10])
        drag(canvas, IN[10], IN[40])
        drag(canvas, IN[10], IN[40], MIDDLE)
        wheel(canvas, IN[10])
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Tab):
            QTest.keyClick(canvas, key)
    canvas.fit()
    canvas.actual_size()
    canvas.zoom_by(2)
    canvas.select_all()
    canvas.invert_selection()
    canvas.select([1])
    canvas.set_hidden([1])
    canvas.centre_on_region(1)
    assert canvas.region_at(QPointF(3, 3)) is None
    assert canvas.selection == frozenset()


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 3000), (3000, 1)])
def test_tiny_and_thin_pictures(canvas, grabbed, height, width):
    canvas.show_image(flat_photo(height, width, color=(200, 10, 10)))
    label_map = np.zeros((height, width), np.int32)
    canvas.show_regions(label_map, regions_of(label_map, [1]), LABELS)
    canvas.set_overlay_opacity(0)
    canvas.set_outlines(False)
    canvas.set_names(False)
    assert (grabbed()[240, 320] == (200, 10, 10)).all()
    click(canvas, QPoint(320, 240))
    assert canvas.selection == {10}
    for _ in range(40):
        wheel(canvas, QPoint(320, 240))
    grabbed()
    for _ in range(80):
        wheel(canvas, QPoint(320, 240), -1)
    grabbed()


def test_no_regions_at_all(four, grabbed):
    four.show_regions(np.full((200, 300), -1, np.int32), [], {})
    assert (grabbed()[42:438, 22:618] == (100, 120, 140)).all()
    four.select_all()
    assert four.selection == frozenset()


def test_the_pixels_are_kept_alive(canvas, grabbed):
    def show() -> None:
        label_map = quarters()
        canvas.show_image(noise_photo(200, 300))
        canvas.show_regions(label_map, regions_of(label_map), LABELS)

    show()
    before = grabbed()
    _ = [np.full((200, 300, 3), 255, np.uint8) for _ in range(50)]
    canvas._frame.invalidate()
    assert np.array_equal(grabbed(), before)


@pytest.mark.parametrize(("window", "low", "high"), [("#f3f4f6", 200, 240), ("#1d2026", 10, 40)])
def test_the_backdrop_is_neutral_and_follows_the_palette(four, grabbed, window, low, high):
    palette = QPalette(four.palette())
    palette.setColor(QPalette.ColorRole.Window, QColor(window))
    four.setPalette(palette)
    color = grabbed()[5, 5]
    assert len(set(color.tolist())) == 1
    assert low < color[0] < high


def test_it_has_a_name_for_screen_readers(canvas):
    assert canvas.accessibleName()
    assert canvas.focusPolicy() is Qt.FocusPolicy.StrongFocus
