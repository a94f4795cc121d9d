"""A region divided by clicks into what belongs together and the rest.

Covers: commands.division.
"""

import numpy as np
from desktop.canvas.tools.painter import CONTROL, RIGHT, WIDTH, Key


def test_clicks_divide_a_region_by_its_leaves(clicker):
    before = clicker.stored()
    region = int(before[5, 5])
    left_leaf = (before == region) & (np.arange(WIDTH) < 30)
    clicker.press(Key.Key_C)
    clicker.click(10, 10)
    clicker.click(40, 10, button=RIGHT)
    clicker.hands.rest()
    assert np.array_equal(clicker.shown() < 0, left_leaf)  # only shown so far
    assert np.array_equal(clicker.stored(), before)
    clicker.press(Key.Key_Return)
    after = clicker.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert np.array_equal(after == made, (before == region) & ~left_leaf)  # the larger part keeps the id
    assert np.array_equal(after == region, left_leaf)
    assert clicker.canvas.selection == {region, made}
    assert clicker.window.viewer.record.path == "a1.png"
    clicker.press(Key.Key_Z, CONTROL)
    assert np.array_equal(clicker.stored(), before)


def test_enter_right_after_a_click_waits_for_its_division(clicker):
    before = clicker.stored()
    region = int(before[5, 5])
    clicker.press(Key.Key_C)
    clicker.click(40, 10, button=RIGHT)
    assert "Left click" in clicker.window.status.hint.text()
    clicker.click(10, 10)
    clicker.press(Key.Key_Return)
    after = clicker.stored()
    assert len(np.unique(after[before == region])) == 2


def test_clicks_are_taken_back_one_by_one(clicker):
    before = clicker.stored()
    clicker.press(Key.Key_C)
    clicker.click(10, 10)
    clicker.click(40, 10, button=RIGHT)
    clicker.hands.rest()
    clicker.press(Key.Key_Backspace)
    clicker.press(Key.Key_Backspace)
    clicker.hands.rest()
    assert np.array_equal(clicker.shown(), before)
    assert not clicker.canvas.tool.is_drawing
    clicker.press(Key.Key_Return)
    assert "part first" in clicker.window.status.currentMessage()  # and Enter does not accept the image
    assert np.array_equal(clicker.stored(), before)
    assert clicker.window.session.history.undo == "Propose"


def test_clicks_outside_the_region_are_refused(clicker):
    before = clicker.stored()
    clicker.press(Key.Key_C)
    clicker.click(10, 10)
    clicker.click(90, 60, button=RIGHT)
    assert "inside the region" in clicker.window.status.currentMessage()
    clicker.press(Key.Key_Escape)
    clicker.hands.rest()
    assert np.array_equal(clicker.shown(), before)
    assert clicker.tools.action_id == "tool.clicks"


def test_clicks_without_tokens_or_tree_say_what_to_do(painter):
    before = painter.stored()
    painter.press(Key.Key_C)
    painter.click(10, 10)
    painter.hands.rest()
    assert "no concept tree" in painter.window.status.currentMessage()
    painter.press(Key.Key_Escape)
    assert np.array_equal(painter.stored(), before)
