"""Strokes that are shown before the project has them: they stay over what is read meanwhile."""

import numpy as np
from desktop.canvas.tools.painter import CONTROL, LEFT, NONE, Key, corner_ids, swept
from PySide6.QtTest import QTest

from acseg_desktop.jobs import Lane


def test_strokes_that_follow_at_once_go_on_with_the_new_region(painter):
    before = painter.stored()
    painter.press(Key.Key_B)
    painter.size(7)
    strokes = [painter.drag((10, 10), (30, 12)), painter.drag((30, 12), (60, 40)), painter.drag((60, 40), (61, 60))]
    expected = before.copy()
    drawn = swept(strokes[0], 7) | swept(strokes[1], 7) | swept(strokes[2], 7)
    assert np.array_equal(painter.shown() < 0, drawn)  # its id is not known yet
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    expected[drawn] = made
    assert np.array_equal(after, expected)
    assert np.array_equal(painter.shown(), expected)
    for _ in range(3):
        painter.press(Key.Key_Z, CONTROL)
    assert np.array_equal(painter.stored(), before)


def test_a_stroke_is_not_disturbed_by_the_answer_to_the_one_before(painter):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(6)
    read = []
    painter.window.viewer.regions_shown.connect(lambda: read.append(painter.canvas.tool.is_painting))
    one = painter.drag((70, 10), (90, 10))
    QTest.mousePress(painter.canvas, LEFT, NONE, painter.at(70, 50))
    QTest.mouseMove(painter.canvas, painter.at(80, 50))
    expected = before.copy()
    two = [painter.image(painter.at(70, 50)), painter.image(painter.at(80, 50))]
    expected[swept(one, 6) | swept(two, 6)] = first
    painter.hands.wait(lambda: painter.window.viewer.is_waiting)
    for _ in range(2):  # it looks whether the stroke is over, and looks again
        with painter.hands.qtbot.waitSignal(painter.window.viewer._debounce.timeout):
            pass
    painter.hands.round_trip(Lane.READ)
    assert read == []  # nothing is read while the stroke is painted
    assert np.array_equal(painter.shown(), expected)
    QTest.mouseRelease(painter.canvas, LEFT, NONE, painter.at(80, 50))
    assert np.array_equal(painter.stored(), expected)
    assert np.array_equal(painter.shown(), expected)
    assert read
    assert not any(read)
    assert not painter.canvas._layer._previews


def test_regions_read_while_a_stroke_is_painted_are_below_it(painter):
    before = painter.stored()
    first, second = corner_ids(before)[:2]
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(6)
    QTest.mousePress(painter.canvas, LEFT, NONE, painter.at(70, 50))
    QTest.mouseMove(painter.canvas, painter.at(80, 50))
    drawn = painter.shown() != before
    painter.window.viewer.show(painter.image_id)
    with painter.hands.qtbot.waitSignal(painter.window.viewer.regions_shown, timeout=10_000):
        pass
    expected = before.copy()
    expected[drawn] = first
    assert drawn.any()
    assert np.array_equal(painter.shown(), expected)
    painter.press(Key.Key_Escape)
    assert np.array_equal(painter.shown(), before)
    assert second in before
