"""Polygons set point by point, or drawn as a lasso: exactly the pixels inside.

Covers: canvas.tools.path.
"""

import numpy as np
from desktop.canvas.tools.painter import CONTROL, HEIGHT, LEFT, NONE, WIDTH, Key, corner_ids, laid_out
from PySide6.QtTest import QTest

from acseg_desktop.canvas.raster import polygon


def test_a_polygon_is_closed_by_enter_and_fills_exactly(painter):
    before = painter.stored()
    painter.press(Key.Key_P)
    corners = [painter.click(*corner) for corner in ((10, 10), (80, 20), (70, 55), (20, 50))]
    painter.press(Key.Key_Return)
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    covered = laid_out(polygon(corners, width=WIDTH, height=HEIGHT))
    assert np.array_equal(after == made, covered)
    assert np.array_equal(after[~covered], before[~covered])
    assert painter.window.viewer.record.path == "a1.png"  # Enter did not accept the image
    painter.press(Key.Key_Escape)  # out of the palette, which asks for the name
    painter.press(Key.Key_Z, CONTROL)
    assert np.array_equal(painter.stored(), before)


def test_a_polygon_is_closed_at_its_first_point(painter):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.canvas.select([first])
    painter.press(Key.Key_P)
    corners = [painter.click(*corner) for corner in ((70, 10), (90, 10), (90, 30))]
    painter.click(70, 10)
    expected = before.copy()
    expected[laid_out(polygon(corners, width=WIDTH, height=HEIGHT))] = first
    assert np.array_equal(painter.stored(), expected)


def test_a_double_click_sets_the_last_point(painter):
    before = painter.stored()
    painter.press(Key.Key_P)
    corners = [painter.click(*corner) for corner in ((10, 10), (40, 10), (40, 40))]
    QTest.mouseDClick(painter.canvas, LEFT, NONE, painter.at(40, 40))
    after = painter.stored()
    covered = laid_out(polygon(corners, width=WIDTH, height=HEIGHT))
    assert np.array_equal(after != before, covered)


def test_backspace_and_escape_in_a_polygon(painter):
    before = painter.stored()
    painter.canvas.select([corner_ids(before)[0]])
    painter.press(Key.Key_P)
    for corner in ((70, 10), (90, 10), (90, 30)):
        painter.click(*corner)
    tool = painter.canvas.tool
    painter.press(Key.Key_Backspace)
    assert len(tool.points) == 2
    painter.press(Key.Key_Return)
    assert "three points" in painter.window.status.currentMessage()
    painter.press(Key.Key_Escape)
    assert not tool.points
    painter.press(Key.Key_Backspace)  # and does not take the region's name away
    assert painter.canvas.tool is tool
    assert painter.canvas.selection
    painter.press(Key.Key_Escape)
    painter.press(Key.Key_Escape)
    assert painter.tools.action_id == "tool.select"
    assert np.array_equal(painter.stored(), before)
    assert painter.window.session.history.undo == "Propose"


def test_a_lasso_is_a_polygon_too(painter):
    before = painter.stored()
    painter.press(Key.Key_P)
    way = [(30 + 20 * np.cos(a), 30 + 20 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 40)]
    painter.drag(*way)
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert abs(np.count_nonzero(after == made) - np.pi * 400) < 40


def test_a_new_polygon_asks_for_its_name_unless_a_label_is_chosen(painter):
    """On the code of before it stayed unnamed, and nothing asked."""
    before = painter.stored()
    painter.press(Key.Key_P)
    for corner in ((10, 10), (40, 10), (40, 30), (10, 30)):
        painter.click(*corner)
    assert painter.window.tool_options.target.text() == "new region: asks for its name"
    painter.press(Key.Key_Return)
    search = painter.window.search
    painter.hands.wait(search.isVisible)
    assert search.field.placeholderText() == "Name the new region…"
    painter.hands.type("sign")
    painter.press(Key.Key_Return)
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    (sign,) = painter.window.session.labels.values()
    assert painter.regions()[made].label_id == sign.id
    painter.press(Key.Key_Escape)
    painter.press(Key.Key_1)
    for corner in ((50, 40), (80, 40), (80, 60)):
        painter.click(*corner)
    painter.press(Key.Key_Return)
    again = painter.stored()
    (second,) = set(np.unique(again)) - set(np.unique(after))
    assert painter.regions()[second].label_id == sign.id
    assert not search.isVisible()


def test_a_palette_left_by_escape_leaves_the_polygon_unnamed(painter):
    painter.press(Key.Key_P)
    for corner in ((10, 10), (40, 10), (40, 30)):
        painter.click(*corner)
    painter.press(Key.Key_Return)
    painter.hands.wait(painter.window.search.isVisible)
    painter.press(Key.Key_Escape)
    assert len(painter.regions()) == 5
    assert not painter.window.session.labels
    assert painter.canvas.hasFocus()
