"""Curves: every step counts, and long trainings have no longer ones."""

import math

import numpy as np
import pytest

from acseg_training.curves import Curves
from acseg_training.progress import CurvePoint


def test_a_short_training_has_a_point_a_step() -> None:
    curves = Curves(3)
    assert curves.add("loss", 1, 0.5) == (CurvePoint("loss", 1, 0.5),)
    assert curves.add_all(2, {"a": 1.0, "b": 2.0}) == (CurvePoint("a", 2, 1.0), CurvePoint("b", 2, 2.0))
    assert curves.told() == {"loss": [[1.0, 0.5]], "a": [[2.0, 1.0]], "b": [[2.0, 2.0]]}


def test_a_long_one_has_means_of_steps_beside_each_other() -> None:
    curves, values = Curves(4000), np.random.default_rng(0).random(4000)
    for step, value in enumerate(values, start=1):
        curves.add("loss", step, float(value))
    points = curves.told()["loss"]
    assert len(points) == 400
    np.testing.assert_allclose([value for _, value in points], values.reshape(400, 10).mean(axis=1))
    assert curves.last_tenth("loss") == pytest.approx(values[-400:].mean())
    assert math.isnan(curves.last_tenth("none"))


def test_a_long_one_that_was_stopped_between_two_points_has_the_same_points() -> None:
    """On the code of before, the points after a resume were means of other steps."""
    whole, first, second = Curves(4000), Curves(4000), Curves(4000)
    for step in range(1, 41):
        whole.add("loss", step, float(step))
        if step == 17:
            second.restore(first.told(), first.waiting)
        (first if step < 17 else second).add("loss", step, float(step))
    assert second.told() == whole.told()
    assert second.points() == tuple(CurvePoint("loss", int(step), value) for step, value in whole.told()["loss"])


def test_they_go_on_where_they_were() -> None:
    curves, other = Curves(3), Curves(3)
    curves.add("loss", 1, 0.1 + 0.2)
    other.restore(curves.told())
    assert other.told() == curves.told()
    with pytest.raises((TypeError, ValueError)):
        other.restore({"loss": [["a", "b"]]})  # type: ignore[list-item]
