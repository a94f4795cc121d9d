"""What clicks, boxes and the Tab key make of a selection."""

import pytest

from acseg_desktop.canvas.selection import boxed, clicked, stepped

ONE, TWO = frozenset({1}), frozenset({1, 2})


@pytest.mark.parametrize(
    ("before", "region_id", "toggle", "after"),
    [
        (frozenset(), 1, False, ONE),
        (ONE, 1, False, ONE),
        (TWO, 1, False, ONE),
        (ONE, 2, True, TWO),
        (TWO, 2, True, ONE),
        (TWO, None, False, frozenset()),
        (TWO, None, True, TWO),
    ],
)
def test_clicked(before, region_id, toggle, after):
    assert clicked(before, region_id, toggle=toggle) == after


def test_boxed():
    assert boxed(ONE, [2], add=False) == {2}
    assert boxed(ONE, [2], add=True) == TWO
    assert boxed(ONE, [], add=False) == frozenset()
    assert boxed(ONE, [], add=True) == ONE


@pytest.mark.parametrize(
    ("selected", "step", "from_start", "expected"),
    [
        (set(), 1, False, 7),
        (set(), -1, False, 9),
        ({7}, 1, False, 8),
        ({9}, 1, False, None),
        ({7}, -1, False, None),
        ({7, 8}, 1, False, 9),
        ({8, 9}, -1, False, 7),
        ({9}, 1, True, 7),
        ({5}, 1, False, 7),
    ],
)
def test_stepped(selected, step, from_start, expected):
    assert stepped(frozenset(selected), [7, 8, 9], step=step, from_start=from_start) == expected


def test_stepped_through_nothing():
    assert stepped(frozenset(), [], step=1) is None
    assert stepped(frozenset(), [], step=-1) is None
