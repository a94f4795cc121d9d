"""A line across a region splits it into two that make it up."""

import numpy as np
from desktop.canvas.tools.painter import CONTROL, SHIFT, Key, corner_ids


def test_a_line_dragged_across_a_region_splits_it(painter):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.press(Key.Key_X, SHIFT)
    assert painter.tools.action_id == "tool.line"
    painter.drag((30, -3), (30, 10), (30, 20), (30, 45))
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert np.array_equal((after == first) | (after == made), before == first)
    assert np.array_equal(after[before != first], before[before != first])
    halves = {int(np.count_nonzero(after == first)), int(np.count_nonzero(after == made))}
    assert halves == {40 * 30, 40 * 30}  # the region is 60 wide and 40 high
    assert painter.canvas.selection == {first, made}
    painter.press(Key.Key_Z, CONTROL)
    assert np.array_equal(painter.stored(), before)


def test_a_line_of_clicks_is_finished_by_enter(painter):
    before = painter.stored()
    third = corner_ids(before)[2]
    painter.canvas.select([third])
    painter.press(Key.Key_X, SHIFT)
    for point in ((-2, 50), (20, 58), (62, 48)):
        painter.click(*point)
    painter.press(Key.Key_Return)
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert np.array_equal((after == third) | (after == made), before == third)
    assert painter.window.viewer.record.path == "a1.png"


def test_a_line_that_does_not_cross_is_told_about(painter):
    before = painter.stored()
    painter.canvas.select([corner_ids(before)[0]])
    painter.press(Key.Key_X, SHIFT)
    painter.drag((62, 50), (80, 50), (90, 60))
    painter.hands.rest()
    assert "does not divide" in painter.window.status.currentMessage()
    assert np.array_equal(painter.stored(), before)
