"""Things cut out by clicks, whatever regions they lie in.

Covers: commands.division.
"""

import cv2
import numpy as np
import pytest
from desktop.canvas.tools.painter import CONTROL, RIGHT, WIDTH, Key

from acseg_core.store.edits import merging
from acseg_core.store.edits.labels import create_label


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


def selected_before(clicker):
    """Select a region, and click an object elsewhere; what was stored before."""
    before = clicker.stored()
    clicker.canvas.select([int(before[60, 90])])
    clicker.press(Key.Key_C)
    clicker.click(10, 10)
    return before


def named(clicker):
    labels = clicker.window.session.labels
    return {id_: labels[region.label_id].name for id_, region in clicker.regions().items() if region.label_id}


@pytest.mark.parametrize("waits", [True, False])
def test_naming_takes_what_clicks_show_and_not_what_was_selected_before(clicker, waits):
    """On the code of before `/` named the region that was selected, far away from what was clicked."""
    before = selected_before(clicker)
    if waits:
        clicker.hands.rest()
    clicker.press(Key.Key_Slash)
    assert clicker.window.search.isVisible(), "at once: what is typed goes into it"
    clicker.hands.type("cup")
    clicker.press(Key.Key_Return)
    clicker.hands.rest()
    (made,) = set(np.unique(clicker.stored())) - set(np.unique(before))
    assert clicker.stored()[10, 10] == made
    assert named(clicker) == {made: "cup"}
    assert clicker.canvas.selection == {made}
    assert not clicker.canvas.tool.is_drawing
    clicker.click(80, 50)
    clicker.press(Key.Key_Return)
    clicker.hands.wait(clicker.window.search.isVisible)
    clicker.press(Key.Key_Escape)


def test_the_key_of_a_label_names_what_clicks_show(clicker):
    """With something selected before, and with nothing selected."""
    clicker.window.session.edit(lambda project: create_label(project, "cup"))
    clicker.hands.rest()
    before = selected_before(clicker)
    clicker.press(Key.Key_1)
    clicker.hands.rest()
    (made,) = set(np.unique(clicker.stored())) - set(np.unique(before))
    assert named(clicker) == {made: "cup"}
    clicker.canvas.select([])
    clicker.click(80, 50)
    clicker.press(Key.Key_1)
    clicker.hands.rest()
    assert set(named(clicker).values()) == {"cup"}
    assert len(named(clicker)) == 2


def test_naming_with_nothing_but_what_is_not_of_the_object_says_what_is_missing(clicker):
    before = selected_before(clicker)
    clicker.press(Key.Key_Backspace)
    clicker.click(10, 10, button=RIGHT)
    clicker.press(Key.Key_Slash)
    assert clicker.window.search.field.placeholderText() == "Click the object first"
    clicker.hands.type("cup")
    clicker.press(Key.Key_Return)
    assert named(clicker) == {}
    assert np.array_equal(clicker.stored(), before)
