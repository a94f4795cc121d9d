"""Curves of strategies: thinned out, with their ends and the point where the goal is reached."""

from acseg_core.evaluate.effort.report import StrategyCurve
from acseg_core.evaluate.effort.score_table import Point


def test_a_curve_keeps_its_ends_and_finds_its_goal() -> None:
    curve = [Point("names" if n < 500 else "strokes", n, n, float(n), n / 1000, 0.0) for n in range(1000)]
    kept = StrategyCurve.of("test", curve, images=10)
    assert (kept.points[0], kept.points[-1]) == (curve[0], curve[-1])
    assert len(kept.points) <= 303
    assert kept.named in kept.points
    assert (kept.named, kept.checked) == (curve[499], curve[499])
    assert [point.seconds for point in kept.milestones] == [50, 100, 200, 400]
    assert kept.goal == curve[900]
    assert StrategyCurve.of("test", curve[:500], images=10).goal is None
