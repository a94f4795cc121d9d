"""Salience of regions: the foreground is the best division in two of the mean attention."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.proposals.salience import foreground


def best_division(values):
    """The least sum of squares over all thresholds, tried one by one."""
    ordered = sorted(values)
    return min(
        np.var(ordered[:cut]) * cut + np.var(ordered[cut:]) * (len(ordered) - cut) for cut in range(1, len(ordered))
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1, width=16), min_size=2, max_size=12))
def test_foreground_is_the_best_division_in_two(values):
    attention = np.array([values], np.float32)
    found = foreground(attention, np.arange(len(values))[None], len(values))
    if len(set(values)) == 1:
        assert found.all()
        return
    assert 0 < found.sum() < len(values)
    assert attention[0][found].min() > attention[0][~found].max()
    inside = sum(np.var(attention[0][side].astype(float)) * side.sum() for side in (found, ~found))
    assert inside <= best_division(attention[0].astype(float)) + 1e-6


def test_foreground_averages_over_regions():
    attention = np.array([[0.9, 0.1], [0.1, 0.1]], np.float32)
    label_map = np.array([[0, 1], [1, 1]]).repeat(3, axis=0).repeat(3, axis=1)
    assert foreground(attention, label_map, 2).tolist() == [True, False]
    assert foreground(attention, label_map, 3).tolist() == [True, False, False]
    assert foreground(attention, np.zeros((4, 4), np.uint8), 1).tolist() == [True]
