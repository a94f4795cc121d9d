"""The simulated annotator: where it clicks, and when it is content."""

import numpy as np

from acseg_core.evaluate.clicks.annotator import ious_by_click, middle, next_click


def square(left: int, right: int) -> np.ndarray:
    mask = np.zeros((40, 60), bool)
    mask[10:21, left:right] = True
    return mask


def test_the_middle_is_farthest_from_the_outline_and_the_border():
    assert middle(square(20, 31)) == (25.5, 15.5)
    assert middle(np.ones((5, 5), bool)) == (2.5, 2.5)


def test_the_worst_error_is_clicked_whether_it_is_missing_or_too_much():
    assert next_click(square(20, 31), square(20, 31)) is None
    assert next_click(square(20, 25), square(20, 36)) == ((30.5, 15.5), True)
    (x, y), is_missing = next_click(square(10, 36) | square(50, 53), square(25, 36))
    assert (y, is_missing) == (15.5, False)
    assert 15 <= x <= 20, "in the middle of the ten columns by eleven rows that are too many"


def test_clicks_go_on_until_nothing_is_wrong():
    truth = square(20, 40)
    seen = []

    def picker(picks):
        seen.append((len(picks.this), len(picks.other)))
        return square(20, 30) if len(picks.this) == 1 else truth

    assert ious_by_click(truth, picker, clicks=4) == [0.5, 1.0, 1.0, 1.0]
    assert seen == [(1, 0), (2, 0)]
