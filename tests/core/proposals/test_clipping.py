"""Regions clipped by a person's work: slivers beside it go to the neighbours, all else stays."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.proposals.clipping import without_crumbs
from acseg_core.shapes.dividing import component_map

OUTSIDE = 255


def _clipped(within, halves=None):
    """A map of two halves of a photo, clipped; and how many pixels each half had."""
    whole = np.zeros(within.shape, np.uint8) if halves is None else halves.copy()
    if halves is None:
        whole[:, within.shape[1] // 2 :] = 1
    counts = np.bincount(whole.ravel(), minlength=2)
    return np.where(within, whole, np.uint8(OUTSIDE)), counts


def test_a_sliver_between_two_shapes_goes_to_the_region_beside_it():
    within = np.ones((100, 200), bool)
    within[20:60, 60:98] = False  # to two pixels before the edge between the halves
    within[20:22, 98:100] = within[58:60, 98:100] = False  # the sliver touches nothing of its own
    label_map, whole = _clipped(within)
    found = without_crumbs(label_map, whole, within, outside=OUTSIDE)
    assert (found[22:58, 98:100] == 1).all()
    changed = found != label_map
    assert changed.sum() == changed[22:58, 98:100].sum() == 72
    assert (found == OUTSIDE).sum() == (~within).sum()


def test_what_is_large_enough_stays_where_it_is():
    within = np.ones((100, 200), bool)
    within[:, 40:60] = False
    label_map, whole = _clipped(within)
    assert without_crumbs(label_map, whole, within, outside=OUTSIDE) is label_map


def test_small_pieces_that_a_region_had_before_stay():
    """They are far from the shape: a cut without it has them, too."""
    halves = np.zeros((100, 200), np.uint8)
    halves[:, 100:] = 1
    halves[50:52, 180:182] = 0
    within = np.ones((100, 200), bool)
    within[10:40, 10:40] = False
    label_map, whole = _clipped(within, halves)
    assert without_crumbs(label_map, whole, within, outside=OUTSIDE) is label_map


def test_where_nothing_but_crumbs_is_left_they_stay():
    within = np.zeros((100, 200), bool)
    within[5:7, 5:7] = within[50:52, 150:152] = True
    label_map, whole = _clipped(within)
    np.testing.assert_array_equal(without_crumbs(label_map, whole, within, outside=OUTSIDE), label_map)


@given(st.integers(0, 10_000), st.floats(0.2, 0.95))
@settings(deadline=None, max_examples=60)
def test_no_pixel_is_lost_or_taken_and_only_small_pieces_move(seed, share):
    random = np.random.default_rng(seed)
    halves = np.kron(random.integers(0, 3, (4, 6)), np.ones((20, 20))).astype(np.uint8)
    within = np.kron(random.random((16, 24)) < share, np.ones((5, 5))) > 0
    whole = np.bincount(halves.ravel(), minlength=3)
    label_map = np.where(within, halves, np.uint8(OUTSIDE))
    found = without_crumbs(label_map, whole, within, outside=OUTSIDE)
    np.testing.assert_array_equal(found == OUTSIDE, ~within)
    for number in range(3):
        moved = (label_map == number) & (found != number)
        if moved.any():
            assert component_map(moved)[1].max() < max(0.01 * whole[number], 16)


def test_a_rim_around_a_shape_goes_to_what_is_around_it():
    """An outline within the true edge, by five pixels in a photo of 600: what is left of the thing is a frame."""
    halves = np.zeros((600, 800), np.uint8)
    halves[100:300, 100:400] = 1
    within = np.ones(halves.shape, bool)
    within[105:295, 105:395] = False
    label_map, whole = _clipped(within, halves)
    found = without_crumbs(label_map, whole, within, outside=OUTSIDE)
    assert (found[within] == 0).all()
    within[105:295, 105:220] = True  # but not where the outline is of another thing in it
    label_map, whole = _clipped(within, halves)
    assert without_crumbs(label_map, whole, within, outside=OUTSIDE) is label_map


def test_nothing_small_is_left_of_a_region_that_is_labelled_but_for_specks():
    halves = np.zeros((100, 200), np.uint8)
    halves[20:60, 20:60] = 1
    halves[80:82, 180:183] = 1
    within = np.ones(halves.shape, bool)
    within[20:60, 20:60] = False
    label_map, whole = _clipped(within, halves)
    assert (without_crumbs(label_map, whole, within, outside=OUTSIDE)[within] == 0).all()
