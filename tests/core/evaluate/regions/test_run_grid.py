"""The grid of methods and targets: who is judged where, with which settings, and what is asked for again."""

import numpy as np
import pytest

from acseg_core.evaluate.regions.methods import Group, Method, Survey, ours
from acseg_core.evaluate.regions.run_grid import CEILING, DEFAULT, Cell, corrected, make_grid
from acseg_core.evaluate.regions.scene import OURS, PAPER, TOKEN_WARD
from acseg_core.proposals.tree import DEFAULT_GRANULARITY, threshold_of


def never(_scene: object, _setting: float) -> np.ndarray:
    raise AssertionError("nothing is partitioned here")


KMEANS = Method("kmeans", Group.METHODS, never, settings=tuple(float(count) for count in range(1, 20)))
WARD = Method("adaptive-ward", Group.METHODS, never, tree=TOKEN_WARD)
PAPERS = Method(PAPER, Group.METHODS, never, settings=(0.0,), survey=lambda made, setting: 3)
ABLATED = Method("generator leaves", Group.ABLATION, never, tree=OURS)
THRESHOLD = threshold_of(DEFAULT_GRANULARITY)


@pytest.fixture
def surveys() -> list[Survey]:
    """Two images, cut into 3 and 5 regions by default."""
    heights = [THRESHOLD * np.array(factors, np.float32) for factors in ([0.5, 2, 3], [0.2, 2, 3, 4, 5])]
    return [
        Survey({OURS: each, TOKEN_WARD: each}, {PAPER: np.array([count])})
        for each, count in zip(heights, (6, 2), strict=True)
    ]


def test_every_method_is_judged_at_every_count_and_at_our_default(surveys: list[Survey]) -> None:
    cells = make_grid([ours(), KMEANS, WARD], [2, 5], surveys, seed=0)
    assert [(cell.target, cell.method.name) for cell in cells] == [
        (target, name) for target in ("2", "5", DEFAULT) for name in ("ours", "kmeans", "adaptive-ward")
    ]
    by_place = {(cell.target, cell.method.name): cell for cell in cells}
    assert by_place[DEFAULT, "kmeans"].count == 4
    assert by_place[DEFAULT, "ours"].settings.tolist() == [THRESHOLD, THRESHOLD]
    assert by_place["5", "kmeans"].settings.tolist() == [5, 5]
    assert all(cell.asked == cell.count for cell in cells)


def test_the_paper_has_one_target_of_its_own_beside_whole_trees(surveys: list[Survey]) -> None:
    cells = make_grid([ours(), KMEANS, WARD, PAPERS, ABLATED], [2], surveys, seed=0)
    judged = {(cell.target, cell.method.name) for cell in cells}
    assert {name for target, name in judged if target == PAPER} == {"ours", "adaptive-ward", PAPER}
    assert {target for target, name in judged if name == PAPER} == {PAPER}
    assert next(cell.count for cell in cells if cell.target == PAPER) == 4


def test_ceilings_are_judged_once_as_they_are(surveys: list[Survey]) -> None:
    patches = Method("patches", Group.CEILINGS, never, settings=(0.0,))
    cells = make_grid([ours(), patches], [2, 5], surveys, seed=0)
    (found,) = (cell for cell in cells if cell.method is patches)
    assert (found.target, found.settings.tolist()) == (CEILING, [0, 0])
    assert corrected(found, 1024.0, surveys, seed=0) is None


def cell(method: Method, surveys: list[Survey]) -> Cell:
    return Cell(method, "5", 5.0, 5.0, np.full(len(surveys), 5.0))


def test_clusters_that_fell_short_are_asked_for_as_many_more(surveys: list[Survey]) -> None:
    again = corrected(cell(KMEANS, surveys), 3.0, surveys, seed=0)
    assert again is not None
    assert (again.count, again.asked, again.settings.tolist()) == (5.0, 7.0, [7, 7])
    third = corrected(again, 4.0, surveys, seed=0)
    assert third is not None
    assert third.asked == 8.0


def test_what_is_near_enough_or_never_falls_short_is_left(surveys: list[Survey]) -> None:
    assert corrected(cell(KMEANS, surveys), 4.8, surveys, seed=0) is None, "half a region over two images is chance"
    assert corrected(cell(ours(), surveys), 3.0, surveys, seed=0) is None
    assert corrected(cell(PAPERS, surveys), 3.0, surveys, seed=0) is None
    assert corrected(cell(WARD, surveys), 3.0, surveys, seed=0) is not None
