"""Run grid: which method is judged at which mean number of regions, and with what settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.regions.methods import Group, Method, Survey, settings_for
from acseg_core.evaluate.regions.scene import OURS, PAPER, TOKEN_WARD
from acseg_core.proposals.tree import DEFAULT_GRANULARITY, threshold_of

DEFAULT = "default"
"""The target that is the mean count of our default cut."""

CEILING = "ceiling"
"""The target of ceilings, which have as many regions as they have."""

_CLOSE_ENOUGH = 0.005
"""Deviation of a mean count from its target, as a share, that is left as it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One method at one target.

    Attributes:
        method: How images are partitioned.
        target: Name of the target.
        count: Mean number of regions wanted; 0 for a ceiling.
        asked: The one that the settings were chosen for: more where clusters lose all their pixels.
        settings: (images,) float64.
    """

    method: Method
    target: str
    count: float
    asked: float
    settings: NDArray[np.float64]


def make_grid(chosen: Sequence[Method], counts: Sequence[int], surveys: Sequence[Survey], *, seed: int) -> list[Cell]:
    """Choose the settings of every method at every target; at the default one, our tree is cut as always.

    The paper's configuration has one partition of each image: it is judged at its own mean count only, and beside it
    the methods that cut one tree. Ceilings have one too, and nothing stands beside them.
    """
    ceilings = [method for method in chosen if method.group is Group.CEILINGS]
    chosen = [method for method in chosen if method.group is not Group.CEILINGS]
    threshold = threshold_of(DEFAULT_GRANULARITY)
    default = float(np.mean([1 + (survey.heights[OURS] > threshold).sum() for survey in surveys]))
    targets = {**{str(count): float(count) for count in counts}, DEFAULT: default}
    if any(method.name == PAPER for method in chosen):
        targets[PAPER] = float(np.mean([survey.counts[PAPER][0] for survey in surveys]))
    cells = []
    for target, count in targets.items():
        for method in chosen:
            beside_paper = method.group is Group.METHODS and method.tree is not None
            if not (method.name == PAPER or beside_paper if target == PAPER else method.name != PAPER):
                continue
            if target == DEFAULT and method.tree == OURS:
                settings = np.full(len(surveys), threshold)
            else:
                settings = settings_for(method, surveys, count, seed=seed)
            cells.append(Cell(method, target, count, count, settings))
    return [*cells, *(Cell(method, CEILING, 0.0, 0.0, np.zeros(len(surveys))) for method in ceilings)]


def corrected(cell: Cell, measured: float, surveys: Sequence[Survey], *, seed: int) -> Cell | None:
    """Ask for so many regions more as a method fell short of on the label maps.

    Clusters of patches lose all their pixels now and then; trees cut by us and methods whose regions were counted
    on label maps before do not fall short.

    Args:
        cell: As it was judged.
        measured: Mean number of regions that its label maps had.
        surveys: Of all images.
        seed: Of the draw among images.

    Returns:
        The cell with other settings, or None where nothing is to be corrected.
    """
    if cell.target == CEILING:
        return None
    on_patches = cell.method.survey is None and cell.method.tree in (None, TOKEN_WARD)
    short = cell.count - measured
    if not on_patches or abs(short) <= max(_CLOSE_ENOUGH * cell.count, 0.5 / len(surveys)):
        return None
    asked = cell.asked + short
    settings = settings_for(cell.method, surveys, asked, seed=seed)
    return replace(cell, asked=asked, settings=settings)
