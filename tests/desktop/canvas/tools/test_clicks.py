"""Things cut out by clicks, whatever regions they lie in.

Covers: commands.division.
"""

import cv2
import numpy as np
from desktop.canvas.tools.painter import CONTROL, RIGHT, WIDTH, Key

from acseg_core.store.edits import merging


def test_one_click_takes_out_what_the_tree_knows_though_it_was_merged_away(clicker):
    """On the code of before, clicks divided the one region they were in, and one alone was guessed at."""
    regions = clicker.stored()
    ids = [int(regions[y, x]) for y, x in ((5, 5), (5, 90), (60, 5), (60, 90))]
    clicker.window.session.edit(lambda project: merging.merge_regions(project, ids))
    before = clicker.stored()
    assert len(np.unique(before)) == 1
    clicker.press(Key.Key_C)
    clicker.click(10, 10)
    clicker.hands.rest()
    pair = regions == ids[0]
    assert np.array_equal(clicker.shown() < 0, pair)  # only shown so far
    assert np.array_equal(clicker.stored(), before)
    clicker.press(Key.Key_Return)
    clicker.hands.wait(clicker.window.search.isVisible)
    clicker.hands.type("cup")
    clicker.press(Key.Key_Return)
    after = clicker.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert np.array_equal(after == made, pair)
    (cup,) = clicker.window.session.labels.values()
    assert clicker.regions()[made].label_id == cup.id
    assert clicker.canvas.selection == {made}
    assert clicker.window.viewer.record.path == "a1.png"
    for _ in range(2):
        clicker.press(Key.Key_Z, CONTROL)
        clicker.hands.rest()
    assert np.array_equal(clicker.stored(), before)


def is_about(found, wanted):
    """Whether two shapes differ near the outline only: from the second click on it goes to edges of the photo."""
    inside, outside = (cv2.distanceTransform(np.uint8(each), cv2.DIST_L2, 5) for each in (wanted, ~wanted))
    return bool((np.maximum(inside, outside)[found != wanted] <= 4).all())


def test_clicks_add_from_another_region_and_take_away(clicker):
    before = clicker.stored()
    top_left, top_right = int(before[5, 5]), int(before[5, 90])
    clicker.press(Key.Key_C)
    clicker.click(10, 10)
    clicker.click(90, 10)
    clicker.hands.rest()
    assert is_about(clicker.shown() < 0, (before == top_left) | (before == top_right))
    clicker.click(40, 10, button=RIGHT)
    clicker.hands.rest()
    left_leaf = (before == top_left) & (np.arange(WIDTH) < 30)
    assert is_about(clicker.shown() < 0, left_leaf | (before == top_right))
    clicker.press(Key.Key_Return)
    clicker.hands.wait(clicker.window.search.isVisible)
    clicker.press(Key.Key_Escape)
    after = clicker.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert is_about(after == made, left_leaf | (before == top_right))


def test_enter_right_after_a_click_waits_for_what_it_finds(clicker):
    before = clicker.stored()
    clicker.press(Key.Key_C)
    clicker.click(40, 10, button=RIGHT)
    assert "Click the object" in clicker.window.status.hint.text()
    clicker.click(10, 10)
    clicker.press(Key.Key_Return)
    after = clicker.stored()
    assert len(set(np.unique(after)) - set(np.unique(before))) == 1


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
    assert "object first" in clicker.window.status.currentMessage()  # and Enter does not accept the image
    assert np.array_equal(clicker.stored(), before)
    assert clicker.window.session.history.undo == "Propose"


def test_clicks_beside_the_picture_are_none(clicker):
    clicker.press(Key.Key_C)
    clicker.click(-3, 10)
    assert not clicker.canvas.tool.is_drawing


def test_the_hint_fits_at_1024_pixels(clicker):
    clicker.window.resize(1024, 700)
    clicker.press(Key.Key_C)
    hint = clicker.window.status.hint
    for point in (None, (10, 10)):
        if point is not None:
            clicker.click(*point)
            clicker.hands.rest()
        clicker.window.status.clearMessage()
        clicker.hands.qtbot.wait(20)
        assert hint.fontMetrics().horizontalAdvance(hint.text()) <= hint.width(), hint.text()


def test_clicks_without_a_tree_say_what_to_do(painter):
    before = painter.stored()
    painter.press(Key.Key_C)
    painter.click(10, 10)
    painter.hands.rest()
    assert "no concept tree" in painter.window.status.currentMessage()
    painter.press(Key.Key_Escape)
    assert np.array_equal(painter.stored(), before)
