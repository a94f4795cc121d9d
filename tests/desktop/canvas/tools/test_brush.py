"""The brush: what a stroke covers, on the screen at once and in the project, and the size of its tip."""

import numpy as np
import pytest
from desktop.canvas.tools.painter import ALT, CONTROL, LEFT, NONE, RIGHT, SHIFT, Key, corner_ids, swept
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from acseg_core.types import RegionStatus
from acseg_desktop.canvas.raster import snapped


def test_the_brush_gives_pixels_to_the_selected_region(painter):
    before = painter.stored()
    first, second, *_ = corner_ids(before)
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(9)
    places = painter.drag((40, 10), (70, 20), (80, 30))
    expected = before.copy()
    expected[swept(places, 9)] = first
    assert np.array_equal(painter.shown(), expected)  # at once, before the project has it
    assert np.array_equal(painter.stored(), expected)
    assert np.array_equal(painter.shown(), expected)
    assert painter.regions()[first].area == np.count_nonzero(expected == first)
    assert painter.canvas.selection == {first}
    assert second in expected


def test_undo_and_redo_of_a_stroke(painter):
    before = painter.stored()
    painter.canvas.select([corner_ids(before)[3]])
    painter.press(Key.Key_B)
    painter.drag((80, 50), (20, 30))
    after = painter.stored()
    assert not np.array_equal(before, after)
    painter.press(Key.Key_Z, CONTROL)
    assert np.array_equal(painter.stored(), before)
    assert np.array_equal(painter.shown(), before)
    painter.press(Key.Key_Y, CONTROL)
    assert np.array_equal(painter.stored(), after)
    assert np.array_equal(painter.shown(), after)


def test_without_a_selection_the_brush_makes_a_region_with_the_label_given_last(painter):
    before = painter.stored()
    painter.window.commands.review.give_name("car")  # refused: nothing is selected
    painter.canvas.select([corner_ids(before)[0]])
    painter.window.commands.review.give_name("road")
    painter.hands.rest()
    (road,) = painter.window.session.labels.values()
    painter.press(Key.Key_Escape)
    painter.press(Key.Key_B)
    painter.press(Key.Key_1)
    assert painter.window.status.currentMessage() == "New regions will be “road”"
    painter.size(12)
    places = painter.drag((30, 50), (70, 52))
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert np.array_equal(after == made, swept(places, 12))
    region = painter.regions()[made]
    assert (region.label_id, region.status, region.node) == (road.id, RegionStatus.ACCEPTED, None)
    assert painter.canvas.selection == {made}
    assert "1 region" not in painter.window.status.hint.text()


def test_escape_ends_a_region_and_the_next_stroke_is_another(painter):
    before = painter.stored()
    painter.press(Key.Key_B)
    painter.size(5)
    painter.drag((10, 10), (30, 10))
    painter.press(Key.Key_Escape)
    painter.drag((10, 20), (30, 20))
    assert len(set(np.unique(painter.stored())) - set(np.unique(before))) == 2


def test_shift_and_a_click_paint_a_straight_line(painter):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(3)
    start = painter.click(70, 10)
    painter.hands.rest()
    end = painter.click(85, 60, modifiers=SHIFT)
    expected = before.copy()
    expected[swept([start, end], 3)] = first
    assert np.array_equal(painter.stored(), expected)
    assert painter.window.session.history.undo == "Paint"


@pytest.mark.parametrize(("button", "modifiers"), [(LEFT, ALT), (RIGHT, NONE)])
def test_alt_or_the_right_button_turn_the_brush_round(painter, button, modifiers):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(9)
    places = painter.drag((58, 5), (58, 30), button=button, modifiers=modifiers)
    rubbed = swept(places, 9) & (before == first)
    assert np.count_nonzero(rubbed) > 50
    assert np.array_equal(painter.shown() == 0, rubbed)  # bare until their owners are known
    after = painter.stored()
    assert np.array_equal(after == first, (before == first) & ~rubbed)
    assert (after > 0).all()
    assert np.array_equal(after[~rubbed], before[~rubbed])


def test_a_stroke_that_changes_nothing_is_no_operation(painter):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(5)
    painter.drag((10, 10), (20, 20))
    assert np.array_equal(painter.stored(), before)
    assert painter.window.session.history.undo == "Propose"
    assert not painter.canvas._layer._previews


def test_escape_takes_back_a_stroke_that_is_being_painted(painter):
    before = painter.stored()
    painter.canvas.select([corner_ids(before)[0]])
    painter.press(Key.Key_B)
    QTest.mousePress(painter.canvas, LEFT, NONE, painter.at(80, 10))
    QTest.mouseMove(painter.canvas, painter.at(80, 60))
    assert not np.array_equal(painter.shown(), before)
    painter.press(Key.Key_Escape)
    assert np.array_equal(painter.shown(), before)
    QTest.mouseRelease(painter.canvas, LEFT, NONE, painter.at(80, 60))
    assert np.array_equal(painter.stored(), before)
    assert painter.tools.action_id == "tool.brush"


def test_several_selected_regions_are_refused(painter):
    before = painter.stored()
    painter.canvas.select_all()
    painter.press(Key.Key_B)
    painter.drag((10, 10), (80, 50))
    assert "Select one region" in painter.window.status.currentMessage()
    assert np.array_equal(painter.stored(), before)


def test_the_options_bar_says_into_what_is_painted_and_sets_the_size(painter):
    """On the code of before there was no such bar, and the label was said in the status line only."""
    bar = painter.window.tool_options
    assert not bar.isVisible()
    painter.press(Key.Key_B)
    assert bar.isVisible()
    assert bar.target.text() == "new region: unnamed"
    painter.canvas.select([corner_ids(painter.stored())[0]])
    painter.window.commands.review.give_name("road")
    painter.hands.rest()
    assert bar.target.text() == "into the selected region: road"
    assert painter.canvas.tool.target.name == "road"
    painter.press(Key.Key_Escape)
    painter.press(Key.Key_1)
    assert bar.target.text() == "new region: road"
    (road,) = painter.window.session.labels.values()
    assert painter.canvas.tool.target.color == road.color
    bar.size_field.setFocus()
    bar.size_field.selectAll()
    painter.hands.qtbot.keyClicks(bar.size_field, "300")
    painter.hands.qtbot.keyClick(bar.size_field, Key.Key_Return)
    assert painter.tools._size.diameter == 300
    assert painter.canvas.hasFocus()
    slider = bar.slider
    QTest.mouseClick(slider, LEFT, NONE, QPoint(slider.width() - 2, slider.height() // 2))
    assert painter.tools._size.diameter > 900
    assert bar.size_field.value() == painter.tools._size.diameter
    for _ in range(10):
        painter.press(Key.Key_BracketRight)
    assert painter.tools._size.diameter == bar.size_field.value() == 999
    painter.press(Key.Key_V)
    assert not bar.isVisible()


def test_the_chip_at_the_cursor_is_drawn_and_goes_with_it(painter):
    painter.press(Key.Key_B)
    painter.size(4)
    painter.canvas.select([corner_ids(painter.stored())[0]])
    painter.window.commands.review.give_name("road")
    painter.hands.rest()
    painter.press(Key.Key_Escape)
    painter.press(Key.Key_1)
    color = next(iter(painter.window.session.labels.values())).color

    def chip_pixels() -> int:
        image = painter.canvas.grab().toImage()
        here = painter.at(48, 50)
        box = [(here.x() + dx, here.y() + dy) for dx in range(14, 60) for dy in range(14, 40)]
        return sum(image.pixelColor(x, y).name() == color for x, y in box)

    before = chip_pixels()
    QTest.mouseMove(painter.canvas, painter.at(48, 50))
    assert chip_pixels() > before + 200
    QTest.mouseMove(painter.canvas, painter.at(10, 10))
    assert chip_pixels() == before


def test_keys_and_wheel_change_the_size(painter):
    painter.press(Key.Key_B)
    size = painter.tools._size
    painter.size(24)
    painter.press(Key.Key_BracketRight)
    assert size.diameter == 27
    painter.press(Key.Key_BracketLeft)
    assert size.diameter == 24
    zoom = painter.canvas.zoom
    wheel(painter.canvas, painter.at(40, 30), modifiers=ALT, notches=2)
    assert size.diameter > 24
    assert painter.canvas.zoom == zoom
    assert f"{size.diameter} px" in painter.window.status.hint.text()
    before = size.diameter
    wheel(painter.canvas, painter.at(40, 30), modifiers=CONTROL, notches=-1)
    assert size.diameter < before
    assert painter.canvas.zoom == zoom
    wheel(painter.canvas, painter.at(40, 30), notches=1)
    assert painter.canvas.zoom > zoom
    for _ in range(60):
        painter.press(Key.Key_BracketLeft)
    assert size.diameter == 1
    painter.press(Key.Key_BracketRight)
    assert size.diameter == 2
    assert painter.window.preferences.number("brush", 0) == 2


def wheel(canvas, point: QPoint, *, notches: float, modifiers=NONE) -> None:
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


def test_the_tip_is_drawn_in_its_true_size(painter):
    painter.press(Key.Key_B)
    painter.size(30)
    spot = painter.at(48, 32)
    bare = rgb(painter.canvas.grab())
    QTest.mouseMove(painter.canvas, spot)
    ring = np.abs(rgb(painter.canvas.grab()).astype(int) - bare).sum(axis=2) > 60
    rows, columns = np.nonzero(ring)
    across = 30 * painter.canvas.scale
    assert abs(np.ptp(columns) - across) <= 4
    assert abs(np.ptp(rows) - across) <= 4
    centre = painter.canvas.widget_point(*snapped(painter.image(spot), 30))
    assert abs((columns.min() + columns.max()) / 2 - centre.x()) <= 1.5


def rgb(pixmap) -> np.ndarray:
    image = pixmap.toImage().convertToFormat(pixmap.toImage().Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()
