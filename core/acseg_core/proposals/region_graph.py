"""Regions of an image and where they touch, merged pair by pair: agglomerative clustering in NumPy.

Regions merge in rounds: in each, every two that are each other's cheapest merge. For Ward's criterion this finds the
merges that taking the cheapest of all, one after the other, would find (Murtagh, 1983), in a few dozen rounds instead
of a thousand steps. Nothing here imports torch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_STRENGTH_RANGE = (0.2, 3.0)
"""Range that the strength of a border relative to the image's mean is clipped to."""


@dataclass(frozen=True, slots=True)
class MergeCost:
    """What a merge costs: ``d (ab / (a + b))^size (1 - contact t) s^contrast``; see `cell_merging`.

    Attributes:
        size: Exponent of the size term; 1 is Ward's.
        contact: How much cheaper a merge is for two regions that touch all around, 0..1.
        contrast: Exponent of the strength of their border.
    """

    size: float
    contact: float = 0.0
    contrast: float = 0.0

    def __call__(self, squared: Floats, sizes: Floats, touching: Floats, strength: Floats) -> Floats:
        """The costs of some merges, arrays of one shape.

        Args:
            squared: Squared distances of their mean features.
            sizes: ``ab / (a + b)``.
            touching: Share of the shorter outline along which they touch.
            strength: Of their border, relative to the image's.
        """
        cost = squared * sizes ** np.float32(self.size)
        if self.contact:
            cost *= 1 - np.float32(self.contact) * touching
        if self.contrast:
            cost *= np.clip(strength, *_STRENGTH_RANGE) ** np.float32(self.contrast)
        return cost


@dataclass(frozen=True, slots=True, eq=False)
class RegionGraph:
    """The regions of an image at one moment, n of them, and their borders, m of them.

    Attributes:
        sizes: (n,) float32, shares of the image.
        features: (n, D) float32, means over their pixels.
        pairs: (m, 2) int, regions that touch, the lower number first.
        lengths: (m,) float32, pixel sides that they share.
        strengths: (m,) float32, strength of the border, added up over these sides.
        usual: Mean strength of all borders at the start.
    """

    sizes: Floats
    features: Floats
    pairs: NDArray[np.intp]
    lengths: Floats
    strengths: Floats
    usual: float

    @classmethod
    def of(cls, cells: NDArray[np.int32], features: Floats, strength: NDArray[np.integer[Any]]) -> RegionGraph:
        """The cells of a map.

        Args:
            cells: (H, W) 0..n - 1, each with a pixel, or -1.
            features: (n, D) float32, their means.
            strength: (H, W) of the edges in the image.
        """
        count = len(features)
        ends, values = [], []
        for here, there in ((np.s_[:, :-1], np.s_[:, 1:]), (np.s_[:-1], np.s_[1:])):
            first, second = cells[here], cells[there]
            at = np.flatnonzero((first != second) & (np.minimum(first, second) >= 0))
            one, other = first.ravel()[at], second.ravel()[at]
            ends.append((np.minimum(one, other), np.maximum(one, other)))
            values.append(np.maximum(strength[here].ravel()[at], strength[there].ravel()[at]))
        pairs, lengths, strengths = _counted(np.concatenate(ends, axis=1), np.concatenate(values), count)
        pixels = np.bincount(cells.ravel() + 1, minlength=count + 1)[1:]
        sizes = (pixels / pixels.sum()).astype(np.float32)
        usual = float(strengths.sum() / max(float(lengths.sum()), 1))
        return cls(sizes, features, pairs, lengths, strengths, usual)

    @property
    def count(self) -> int:
        """Number of regions."""
        return len(self.sizes)

    def with_features(self, features: Floats) -> RegionGraph:
        """The same regions, described by other features (n, D')."""
        return replace(self, features=features)

    def with_sizes(self, sizes: Floats) -> RegionGraph:
        """The same regions, of other sizes (n,)."""
        return replace(self, sizes=sizes)

    def ordered(self, order: NDArray[np.intp]) -> RegionGraph:
        """The same regions, numbered anew: the first one is ``order[0]``, and so on."""
        number = np.empty(self.count, np.intp)
        number[order] = np.arange(self.count)
        pairs = np.sort(number[self.pairs], axis=1)
        return replace(self, sizes=self.sizes[order], features=self.features[order], pairs=pairs)

    def outlines(self) -> Floats:
        """(n,) float32, pixel sides of each outline, without those at the image's border."""
        found = np.bincount(self.pairs.ravel(), np.repeat(self.lengths, 2), self.count)
        return np.asarray(found, np.float32)

    def costs(self, cost: MergeCost) -> Floats:
        """(m,) float32, of merging each pair."""
        first, second = self.pairs.T
        apart = self.features[first] - self.features[second]
        sizes = self.sizes[first] * self.sizes[second] / (self.sizes[first] + self.sizes[second])
        outline = self.outlines()
        touching = self.lengths / np.maximum(np.minimum(outline[first], outline[second]), 1)
        strength = self.strengths / np.maximum(self.lengths * np.float32(self.usual), 1e-12)
        return cost(np.einsum("md,md->m", apart, apart), sizes, touching, strength)

    def joined(self, keep: NDArray[np.intp], gone: NDArray[np.intp]) -> tuple[RegionGraph, NDArray[np.intp]]:
        """The graph in which each region of one list takes in that of the other, and the (n,) new number of each."""
        sizes, features = self.sizes.copy(), self.features.copy()
        total = sizes[keep] + sizes[gone]
        share = (sizes[keep] / total)[:, None]
        features[keep] = share * features[keep] + (1 - share) * features[gone]
        sizes[keep] = total
        stays = np.ones(self.count, bool)
        stays[gone] = False
        number = np.cumsum(stays) - 1
        number[gone] = number[keep]
        pairs = np.sort(number[self.pairs], axis=1)
        between = pairs[:, 0] != pairs[:, 1]
        left = int(stays.sum())
        keys = pairs[between, 0] * left + pairs[between, 1]
        borders = _added_up(keys, left, self.lengths[between], self.strengths[between])
        return RegionGraph(sizes[stays], features[stays], *borders, self.usual), number


def _counted(ends: NDArray[np.int32], values: NDArray[Any], count: int) -> tuple[NDArray[np.intp], Floats, Floats]:
    """How often each pair occurs among (2, k) of so many regions, and what its values (k,) add up to."""
    from scipy.sparse import coo_array

    tables = [
        coo_array((each.astype(np.float32), (ends[0], ends[1])), shape=(count, count)).tocsr()
        for each in (np.ones(len(values)), values)
    ]
    rows = np.repeat(np.arange(count), np.diff(tables[0].indptr))
    return np.stack((rows, tables[0].indices), axis=1).astype(np.intp), tables[0].data, tables[1].data


def _added_up(
    keys: NDArray[np.intp], count: int, lengths: Floats, strengths: Floats
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Borders of the same two regions, whose key is ``first * count + second``, as one: pairs, lengths, strengths."""
    if not len(keys):
        return np.zeros((0, 2), np.intp), lengths, strengths
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    pairs = np.stack(np.divmod(ordered[starts], count), axis=1)
    return pairs, np.add.reduceat(lengths[order], starts), np.add.reduceat(strengths[order], starts)


@dataclass(slots=True, eq=False)
class MergeLog:
    """The merges so far.

    Attributes:
        node: (n,) int, node of each region that there is now.
        heights: (n,) float64, cost of the merge that made it; 0 of a leaf.
        nodes: Number of nodes so far.
    """

    node: NDArray[np.intp]
    heights: NDArray[np.float64]
    nodes: int
    _merges: list[NDArray[np.intp]]
    _costs: list[NDArray[np.float64]]

    @classmethod
    def of(cls, count: int) -> MergeLog:
        """Of so many leaves."""
        return cls(np.arange(count), np.zeros(count), count, [], [])

    def join(self, keep: NDArray[np.intp], gone: NDArray[np.intp], costs: Floats) -> None:
        """Write down that regions of one list take in those of the other, which stay listed (see `dropped`)."""
        heights = np.maximum(np.maximum(self.heights[keep], self.heights[gone]), costs)
        self._merges.append(np.stack((self.node[keep], self.node[gone]), axis=1))
        self._costs.append(heights)
        self.node[keep] = self.nodes + np.arange(len(keep))
        self.heights[keep] = heights
        self.nodes += len(keep)

    def dropped(self, stays: NDArray[np.bool_]) -> None:
        """Forget the regions that are gone."""
        self.node, self.heights = self.node[stays], self.heights[stays]

    def by_cost(self) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """All merges (k, 2) int32 in the order of their costs (k,), nodes numbered accordingly."""
        if not self._merges:
            return np.zeros((0, 2), np.int32), np.zeros(0)
        merges, costs = np.concatenate(self._merges), np.concatenate(self._costs)
        leaves = self.nodes - len(merges)
        order = np.argsort(costs, kind="stable")
        renamed = np.arange(self.nodes)
        renamed[leaves + order] = leaves + np.arange(len(order))
        return np.sort(renamed[merges[order]], axis=1).astype(np.int32), costs[order]


def merge_neighbours(
    graph: RegionGraph, cost: MergeCost, count: int, log: MergeLog
) -> tuple[RegionGraph, NDArray[np.intp]]:
    """Merge regions that touch, until so many are left, or none touch.

    Returns:
        The graph that is left, and the (n,) region of it that each of the first became part of.
    """
    number = np.arange(graph.count)
    while graph.count > count and len(graph.pairs):
        costs = graph.costs(cost)
        chosen = _mutual(graph.pairs, costs, graph.count)
        spare = graph.count - count
        if len(chosen) > spare:
            chosen = chosen[np.argsort(costs[chosen], kind="stable")[:spare]]
        keep, gone = graph.pairs[chosen].T
        log.join(keep, gone, costs[chosen])
        stays = np.ones(graph.count, bool)
        stays[gone] = False
        log.dropped(stays)
        graph, renamed = graph.joined(keep, gone)
        number = renamed[number]
    return graph, number


def _mutual(pairs: NDArray[np.intp], costs: Floats, count: int) -> NDArray[np.intp]:
    """Which pairs are each other's cheapest; of equal costs the first pair is the cheaper."""
    first, second = pairs.T
    least = np.full(count, np.inf, np.float32)
    np.minimum.at(least, first, costs)
    np.minimum.at(least, second, costs)
    chosen = np.flatnonzero((costs == least[first]) & (costs == least[second]))
    earliest = np.full(count, len(costs))
    for ends in (first, second):
        np.minimum.at(earliest, ends[chosen], chosen)
    mutual = (earliest[first[chosen]] == chosen) & (earliest[second[chosen]] == chosen)
    return np.asarray(chosen[mutual])


def merge_all(graph: RegionGraph, cost: MergeCost, log: MergeLog) -> None:
    """Merge any two regions, whether they touch or not, until one is left.

    Of equal costs the pair that comes first counts as the cheaper for both of its regions, so some pair is always each
    other's cheapest.
    """
    table = _Table.of(graph, cost)
    while table.count > 1:
        nearest = table.costs.argmin(axis=1)
        here = np.arange(table.count)
        keep = np.flatnonzero((nearest[nearest] == here) & (here < nearest))
        if not len(keep):  # rounding made the two ways between some regions differ
            keep = np.array([table.costs.min(axis=1).argmin()])
        gone = nearest[keep]
        log.join(keep, gone, table.costs[keep, gone])
        stays = np.ones(table.count, bool)
        stays[gone] = False
        log.dropped(stays)
        table.join(keep, gone, stays)


@dataclass(slots=True, eq=False)
class _Table:
    """What every merge of two of n regions costs, kept up to date as they merge.

    Attributes:
        sizes: (n,) shares of the image.
        squared: (n, n) squared distances of their features.
        sides: (n, n) pixel sides that they share.
        strength: (n, n) strength of their border, added up over these.
        costs: (n, n), infinite on the diagonal.
        usual: Mean strength of all borders.
        cost: What a merge costs.
    """

    sizes: Floats
    squared: Floats
    sides: Floats
    strength: Floats
    costs: Floats
    usual: float
    cost: MergeCost

    @classmethod
    def of(cls, graph: RegionGraph, cost: MergeCost) -> _Table:
        """The table of a graph."""
        count = graph.count
        sides, strength = np.zeros((2, count, count), np.float32)
        first, second = graph.pairs.T
        for matrix, values in ((sides, graph.lengths), (strength, graph.strengths)):
            matrix[first, second] = matrix[second, first] = values
        squared = _squared_distances(graph.features)
        made = cls(graph.sizes.copy(), squared, sides, strength, np.empty_like(squared), graph.usual, cost)
        made._update(np.arange(count))
        return made

    @property
    def count(self) -> int:
        """Number of regions."""
        return len(self.sizes)

    def join(self, keep: NDArray[np.intp], gone: NDArray[np.intp], stays: NDArray[np.bool_]) -> None:
        """Let regions of one list take in those of the other, which are not in ``stays`` (n,)."""
        _join_rows(self.squared, self.sizes, keep, gone)
        for matrix in (self.sides, self.strength):
            matrix[keep] += matrix[gone]
            matrix[:, keep] += matrix[:, gone]
        self.sizes = self.sizes[stays]
        at = np.ix_(stays, stays)
        self.squared, self.sides, self.strength, self.costs = (
            matrix[at] for matrix in (self.squared, self.sides, self.strength, self.costs)
        )
        changed = (np.cumsum(stays) - 1)[keep]
        self.sides[changed, changed] = self.strength[changed, changed] = 0
        self._update(changed)

    def _update(self, rows: NDArray[np.intp]) -> None:
        """Find the costs of some regions, (k,), with all others."""
        outline = self.sides.sum(axis=1)
        sides, sizes = self.sides[rows], self.sizes[rows, None]
        touching = sides / np.maximum(np.minimum(outline[rows, None], outline), 1)
        usual = np.maximum(np.float32(self.usual) * sides, 1e-12)
        relative = np.where(sides > 0, self.strength[rows] / usual, np.float32(1))
        found = self.cost(self.squared[rows], sizes * self.sizes / (sizes + self.sizes), touching, relative)
        found[np.arange(len(rows)), rows] = np.inf
        self.costs[rows] = found
        self.costs[:, rows] = found.T


def _join_rows(squared: Floats, sizes: Floats, keep: NDArray[np.intp], gone: NDArray[np.intp]) -> None:
    """Distances and sizes, in place, once regions took in others (Lance and Williams, 1967)."""
    total = sizes[keep] + sizes[gone]
    one, other = sizes[keep] / total, sizes[gone] / total
    between = one * other * squared[keep, gone]
    squared[keep] = one[:, None] * squared[keep] + other[:, None] * squared[gone] - between[:, None]
    squared[:, keep] = one * squared[:, keep] + other * squared[:, gone] - between
    np.maximum(squared, 0, out=squared)
    sizes[keep] = total


def _squared_distances(points: Floats) -> Floats:
    """(n, n) float32."""
    squares = np.einsum("nd,nd->n", points, points)
    found = squares[:, None] + squares - 2 * (points @ points.T)
    return np.asarray(np.maximum(found, 0), np.float32)
