"""What was drawn goes into the project: pixels given, taken away, made a region of, or split off."""

import numpy as np
import pytest
from desktop.operations.running import run, verbs

from acseg_core.shapes.masks import paint_label_map
from acseg_core.store import queries
from acseg_core.types import PixelPatch
from acseg_desktop.canvas.preview import Preview, new_region_id
from acseg_desktop.canvas.raster import Stroke
from acseg_desktop.operations import strokes


@pytest.fixture
def quarters(open_session, project_folder):
    """Images of 96 x 64 pixels of four quarters; the largest, at the top left, has 60 x 40 pixels."""
    return open_session(project_folder)


def pixels(session):
    """(H, W) int, id of the region of each pixel."""
    regions = queries.regions(session.project, 1)
    indices = paint_label_map([region.mask for region in regions], height=64, width=96)
    return np.array([0, *(region.id for region in regions)])[indices + 1]


def box(left, top, width, height):
    return PixelPatch(left, top, np.ones((height, width), np.bool_))


def preview(region_id, patch, **known):
    stroke = Stroke(width=96, height=64)
    stroke.add(patch)
    return Preview(region_id, stroke, **known)


def test_pixels_are_given_to_a_region(quarters, qtbot):
    before = pixels(quarters)
    first = int(before[5, 5])
    run(qtbot, strokes.save(quarters, 1, preview(first, box(50, 10, 20, 10))))
    expected = before.copy()
    expected[10:20, 50:70] = first
    assert np.array_equal(pixels(quarters), expected)
    assert verbs(quarters)[0] == "Paint"


def test_pixels_taken_away_go_to_a_neighbour(quarters, qtbot):
    before = pixels(quarters)
    first, second = int(before[5, 5]), int(before[5, 90])
    run(qtbot, strokes.save(quarters, 1, preview(first, box(50, 10, 10, 5), erases=True)))
    after = pixels(quarters)
    assert (after[10:15, 50:60] == second).all()
    assert np.count_nonzero(after != before) == 50


def test_the_region_that_is_made_is_the_one_that_was_drawn_on(quarters, qtbot):
    before, drawn = pixels(quarters), new_region_id()
    made, _, _ = run(qtbot, strokes.save(quarters, 1, preview(drawn, box(40, 30, 30, 20))))
    expected = before.copy()
    expected[30:50, 40:70] = made
    assert np.array_equal(pixels(quarters), expected)
    run(qtbot, strokes.save(quarters, 1, preview(drawn, box(0, 0, 4, 4))))
    expected[:4, :4] = made
    assert np.array_equal(pixels(quarters), expected)


def test_nothing_is_made_of_no_pixels(quarters, qtbot):
    before = pixels(quarters)
    made, changes, _ = run(
        qtbot, strokes.save(quarters, 1, preview(new_region_id(), PixelPatch(0, 0, np.zeros((5, 5), np.bool_))))
    )
    assert made is None
    assert not changes.region_ids
    assert np.array_equal(pixels(quarters), before)


def test_a_line_splits_a_region_and_a_thing_is_taken_out_of_several(quarters, qtbot):
    before = pixels(quarters)
    first = int(before[5, 5])
    run(qtbot, strokes.split_line(quarters, first, [(20.0, -5.0), (20.0, 50.0)]))
    parts, counts = np.unique(pixels(quarters)[before == first], return_counts=True)
    assert sorted(counts) == [20 * 40, 40 * 40]
    assert len(parts) == 2
    split = pixels(quarters)
    made, changes, _ = run(qtbot, strokes.take_out(quarters, 1, box(10, 30, 30, 20)))
    assert changes.region_ids == {made}
    expected = split.copy()
    expected[30:50, 10:40] = made
    assert np.array_equal(pixels(quarters), expected)


def test_clicks_find_the_leaf_they_are_on_and_change_nothing(session, qtbot):
    before = pixels(session)
    first, photo = int(before[5, 5]), np.zeros((64, 96, 3), np.uint8)
    part = run(qtbot, strokes.find_thing(session, 1, [(10.0, 10.0)], [(40.0, 10.0)], photo=photo))
    covered = np.zeros((64, 96), np.bool_)
    height, width = part.mask.shape
    covered[part.top : part.top + height, part.left : part.left + width] = part.mask
    assert np.array_equal(covered, (before == first) & (np.arange(96) < 30))
    assert np.array_equal(pixels(session), before)
