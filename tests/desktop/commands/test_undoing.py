"""Undo and redo bring back what was selected, by keys and mouse."""

import numpy as np
import pytest
from desktop.canvas.tools.painter import CONTROL, SHIFT, Key, corner_ids
from desktop.commands.reviewing import name_of, regions
from PySide6.QtCore import Qt

from acseg_core.types import RegionStatus


def undo(hands):
    hands.press(Key.Key_Z, CONTROL)
    hands.rest()


def draw_polygon(painter):
    painter.press(Key.Key_P)
    for corner in ((20, 15), (80, 15), (75, 55), (25, 55)):
        painter.click(*corner)
    painter.press(Key.Key_Return)
    painter.hands.rest()
    painter.hands.wait(painter.window.search.isVisible)
    painter.press(Key.Key_Escape)  # out of the palette, which asks for the name
    painter.hands.rest()


def test_undo_of_a_drawn_shape_selects_nothing_where_nothing_was(painter):
    """On the code of before all regions it had cut into were selected: a digit would have renamed them all."""
    before = painter.stored()
    assert not painter.canvas.selection
    draw_polygon(painter)
    (made,) = painter.canvas.selection
    undo(painter.hands)
    assert np.array_equal(painter.stored(), before)
    assert painter.canvas.selection == frozenset()
    painter.press(Key.Key_Y, CONTROL)
    painter.hands.rest()
    assert painter.canvas.selection == {made}


def test_undo_of_a_stroke_selects_the_region_it_went_into(painter):
    first = corner_ids(painter.stored())[0]
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.drag((40, 20), (75, 45))
    painter.hands.rest()
    painter.press(Key.Key_Escape)
    assert not painter.canvas.selection
    undo(painter.hands)
    assert painter.canvas.selection == {first}


def test_a_second_stroke_on_a_new_region_is_undone_to_that_region(painter):
    painter.press(Key.Key_B)
    painter.drag((20, 20), (30, 20))
    painter.hands.rest()
    (made,) = painter.canvas.selection
    painter.drag((30, 20), (70, 50))
    painter.hands.rest()
    undo(painter.hands)
    assert painter.canvas.selection == {made}
    undo(painter.hands)
    assert painter.canvas.selection == frozenset()


@pytest.mark.parametrize("key", [Key.Key_W, Key.Key_S], ids=["grown", "smoothed"])
def test_undo_of_a_new_outline_selects_what_was_selected(painter, key):
    first = corner_ids(painter.stored())[0]
    draw_polygon(painter)
    painter.press(Key.Key_V)
    painter.canvas.select([first])
    painter.press(key)
    painter.hands.rest()
    painter.press(Key.Key_Escape)
    undo(painter.hands)
    assert painter.canvas.selection == {first}


def test_undo_of_names_selects_those_that_had_them(desk):
    desk.click_region(10, 10)
    desk.click_region(80, 10, CONTROL)
    chosen = desk.window.canvas.selection
    desk.press(Key.Key_Slash)
    desk.type("sky")
    desk.press(Key.Key_Return)
    desk.rest()
    desk.click_region(80, 50)
    undo(desk)
    assert desk.window.canvas.selection == chosen
    assert all(name_of(desk, id_) is None for id_ in chosen)


def test_undo_of_a_merger_selects_both_again(desk):
    desk.click_region(10, 10)
    desk.click_region(80, 10, CONTROL)
    chosen = desk.window.canvas.selection
    desk.press(Key.Key_M)
    desk.rest()
    undo(desk)
    assert desk.window.canvas.selection == chosen
    desk.press(Key.Key_Z, CONTROL | SHIFT)
    desk.rest()
    assert len(desk.window.canvas.selection) == 1


def test_undo_of_accepting_selects_what_was_selected_there(desk):
    desk.click_region(10, 10)
    chosen = desk.window.canvas.selection
    desk.press(Key.Key_Slash)
    desk.type("sky")
    desk.press(Key.Key_Return)
    desk.rest()
    first = desk.window.viewer.image_id
    desk.press(Key.Key_Return)
    desk.rest()
    assert desk.window.viewer.image_id != first
    undo(desk)
    assert (desk.window.viewer.image_id, desk.window.canvas.selection) == (first, chosen)


def test_a_shape_of_an_earlier_day_is_undone_without_a_selection(painter, make_window, project_folder):
    draw_polygon(painter)
    painter.hands.close()
    again = make_window()
    again.open(project_folder)
    undo(again)
    assert len(regions(again)) == 4
    assert again.window.canvas.selection == frozenset()


def test_rejecting_of_an_earlier_day_is_undone_with_the_region_selected(desk, make_window, project_folder):
    desk.click_region(10, 10)
    (rejected,) = desk.window.canvas.selection
    desk.press(Qt.Key.Key_Delete)
    desk.close()
    again = make_window()
    again.open(project_folder)
    undo(again)
    assert again.window.canvas.selection == {rejected}
    assert again.window.viewer.region(rejected).status is RegionStatus.PROPOSED
