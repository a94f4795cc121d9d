"""What every merge of two regions costs, whether they touch or not: the upper part of the tree of an image.

Nothing here imports torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.region_graph import Floats, MergeCost, MergeLog, RegionGraph

_LEAST_FILLED = 0.6
"""Share of the regions in a table that are not gone, below which it is made smaller."""


def merge_all(graph: RegionGraph, cost: MergeCost, log: MergeLog) -> None:
    """Merge any two regions, whether they touch or not, until one is left.

    Of equal costs the pair that comes first counts as the cheaper for both of its regions, so some pair is always each
    other's cheapest.
    """
    table = MergeTable.of(graph, cost)
    while table.left > 1:
        nearest = table.costs.argmin(axis=1)
        here = np.arange(table.count)
        keep = np.flatnonzero((nearest[nearest] == here) & (here < nearest))
        if not len(keep):  # rounding made the two ways between some regions differ
            keep = np.array([table.costs.min(axis=1).argmin()])
        gone = nearest[keep]
        log.join(keep, gone, table.costs[keep, gone])
        table.join(keep, gone)
        if table.left < _LEAST_FILLED * table.count:
            log.dropped(table.stays)
            table.shrink()


@dataclass(slots=True, eq=False)
class MergeTable:
    """What every merge of two of n regions costs, kept up to date as they merge.

    Attributes:
        stays: (n,) bool, False for regions that others took in: they are left out when it shrinks.
        sizes: (n,) shares of the image.
        squared: (n, n) squared distances of their features, infinite where one is gone.
        sides: (n, n) pixel sides that they share; 0 where one is gone.
        strength: (n, n) strength of their border, added up over these.
        outline: (n,) pixel sides of each, without those at the image's border.
        costs: (n, n), infinite on the diagonal and where one is gone.
        usual: Mean strength of all borders.
        cost: What a merge costs.
    """

    stays: NDArray[np.bool_]
    sizes: Floats
    squared: Floats
    sides: Floats
    strength: Floats
    outline: Floats
    costs: Floats
    usual: float
    cost: MergeCost

    @classmethod
    def of(cls, graph: RegionGraph, cost: MergeCost) -> MergeTable:
        """The table of a graph."""
        count = graph.count
        sides, strength = np.zeros((2, count, count), np.float32)
        first, second = graph.pairs.T
        for matrix, values in ((sides, graph.lengths), (strength, graph.strengths)):
            matrix[first, second] = matrix[second, first] = values
        squared = _squared_distances(graph.features)
        stays = np.ones(count, bool)
        outline, costs = sides.sum(axis=1), np.empty_like(squared)
        made = cls(stays, graph.sizes.copy(), squared, sides, strength, outline, costs, graph.usual, cost)
        made._update(np.arange(count))
        return made

    @property
    def count(self) -> int:
        """Number of regions, those included that are gone."""
        return len(self.sizes)

    @property
    def left(self) -> int:
        """Number of regions that are not gone."""
        return int(np.count_nonzero(self.stays))

    def join(self, keep: NDArray[np.intp], gone: NDArray[np.intp]) -> None:
        """Let regions of one list take in those of the other, which are gone then."""
        _join_rows(self.squared, self.sizes, keep, gone)
        for matrix in (self.sides, self.strength):
            rows = matrix[keep] + matrix[gone]
            rows[:, keep] += rows[:, gone]
            matrix[:, keep], matrix[keep] = rows.T, rows
            matrix[gone] = matrix[:, gone] = matrix[keep, keep] = 0
        self.outline[keep], self.outline[gone] = self.sides[keep].sum(axis=1), 0
        self.stays[gone] = False
        for matrix in (self.squared, self.costs):
            matrix[gone] = matrix[:, gone] = np.inf
        self._update(keep)

    def shrink(self) -> None:
        """Leave the regions out that are gone."""
        at = np.ix_(self.stays, self.stays)
        self.squared, self.sides, self.strength, self.costs = (
            matrix[at] for matrix in (self.squared, self.sides, self.strength, self.costs)
        )
        self.sizes, self.outline = self.sizes[self.stays], self.outline[self.stays]
        self.stays = np.ones(len(self.sizes), bool)

    def _update(self, rows: NDArray[np.intp]) -> None:
        """Find the costs of some regions, (k,), with all others."""
        sizes = self.sizes[rows, None]
        found = self.cost.apart(self.squared[rows], sizes * self.sizes / (sizes + self.sizes))
        sides, outline = self.sides[rows], self.outline
        row, column = np.nonzero(sides)
        shared = sides[row, column]
        touching = np.asarray(shared / np.maximum(np.minimum(outline[rows[row]], outline[column]), 1), np.float32)
        relative = self.strength[rows[row], column] / np.maximum(np.float32(self.usual) * shared, 1e-12)
        found[row, column] *= self.cost.beside(touching, np.asarray(relative, np.float32))
        found[np.arange(len(rows)), rows] = np.inf
        self.costs[rows] = found
        self.costs[:, rows] = found.T


def _join_rows(squared: Floats, sizes: Floats, keep: NDArray[np.intp], gone: NDArray[np.intp]) -> None:
    """Distances and sizes, in place, once regions took in others (Lance and Williams, 1967)."""
    total = sizes[keep] + sizes[gone]
    one, other = sizes[keep] / total, sizes[gone] / total
    between = one * other * squared[keep, gone]
    rows = one[:, None] * squared[keep] + other[:, None] * squared[gone] - between[:, None]
    rows[:, keep] = one * rows[:, keep] + other * rows[:, gone] - between
    np.maximum(rows, 0, out=rows)
    squared[:, keep], squared[keep] = rows.T, rows
    sizes[keep] = total


def _squared_distances(points: Floats) -> Floats:
    """(n, n) float32."""
    squares = np.einsum("nd,nd->n", points, points)
    found = squares[:, None] + squares - 2 * (points @ points.T)
    return np.asarray(np.maximum(found, 0), np.float32)
