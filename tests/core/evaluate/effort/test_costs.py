"""Costs of the simulated annotator, as the design names them."""

from acseg_core.evaluate.effort.costs import COSTS


def test_costs_are_those_of_the_design() -> None:
    assert COSTS == {"look": 1.0, "name": 2.0, "merge": 1.5, "split": 3.0, "brush": 5.0}
