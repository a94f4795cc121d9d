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

from acseg_core.proposals.cell_runs import CellRuns

Floats = NDArray[np.float32]

_NUMBERS_AT_ONCE = 1 << 16
"""Numbers of differences of features that are held at once."""

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
        """The costs of merging regions that touch, arrays of one shape; see `apart` and `beside`."""
        return self.apart(squared, sizes) * self.beside(touching, strength)

    def apart(self, squared: Floats, sizes: Floats) -> Floats:
        """The costs of merging regions that do not touch.

        Args:
            squared: Squared distances of their mean features.
            sizes: ``ab / (a + b)``.
        """
        return squared * sizes ** np.float32(self.size)

    def beside(self, touching: Floats, strength: Floats) -> Floats:
        """How much cheaper, or dearer, it is where they touch.

        Args:
            touching: Share of the shorter outline along which they do.
            strength: Of their border, relative to the image's.
        """
        factor = 1 - np.float32(self.contact) * touching
        if self.contrast:
            factor *= np.clip(strength, *_STRENGTH_RANGE) ** np.float32(self.contrast)
        return factor


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
    def of(
        cls,
        cells: NDArray[np.int32],
        features: Floats,
        strength: NDArray[np.integer[Any]],
        *,
        runs: CellRuns | None = None,
    ) -> RegionGraph:
        """The cells of a map.

        Args:
            cells: (H, W) 0..n - 1, each with a pixel, or -1.
            features: (n, D) float32, their means.
            strength: (H, W) of the edges in the image, not negative.
            runs: Of the cells, where they are known.
        """
        flat, levels, width = cells.ravel(), strength.ravel(), cells.shape[1]
        across = flat[1:] != flat[:-1]
        across[width - 1 :: width] = False  # from the end of one row to the next
        at = np.concatenate((np.flatnonzero(across), np.flatnonzero(flat[width:] != flat[:-width])))
        beside = at + np.repeat((1, width), (int(np.count_nonzero(across)), len(at) - int(np.count_nonzero(across))))
        one, other = flat[at], flat[beside]
        low = np.minimum(one, other)
        known = np.flatnonzero(low >= 0)
        low, high = low[known], np.maximum(one, other)[known]
        pairs, lengths, strengths = _counted(low, high, np.maximum(levels[at], levels[beside])[known], len(features))
        pixels = (runs or CellRuns.of(cells)).counts(len(features))
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

    def costs(self, cost: MergeCost, at: NDArray[np.intp] | slice = np.s_[:]) -> Floats:
        """(m,) float32, of merging each pair, or some of them."""
        first, second = self.pairs[at].T
        sizes = self.sizes[first] * self.sizes[second] / (self.sizes[first] + self.sizes[second])
        outline = self.outlines()
        touching = self.lengths[at] / np.maximum(np.minimum(outline[first], outline[second]), 1)
        strength = self.strengths[at] / np.maximum(self.lengths[at] * np.float32(self.usual), 1e-12)
        return cost(_squared_apart(self.features, first, second), sizes, touching, strength)

    def joined(self, keep: NDArray[np.intp], gone: NDArray[np.intp]) -> Joined:
        """The graph in which each region of one list takes in that of the other."""
        sizes, features = self.sizes.copy(), self.features.copy()
        total = sizes[keep] + sizes[gone]
        share = (sizes[keep] / total)[:, None]
        features[keep] = share * features[keep] + (1 - share) * features[gone]
        sizes[keep] = total
        stays = np.ones(self.count, bool)
        stays[gone] = False
        number = np.cumsum(stays) - 1
        number[gone] = number[keep]
        first, second = number[self.pairs].T
        low, high = np.minimum(first, second), np.maximum(first, second)
        between = np.flatnonzero(low != high)
        left = int(stays.sum())
        pairs, order, starts = _grouped(low[between], high[between], left)
        source = between[order]
        lengths, strengths = (
            np.add.reduceat(values[source], starts) if len(starts) else values[:0]
            for values in (self.lengths, self.strengths)
        )
        graph = RegionGraph(sizes[stays], features[stays], pairs, lengths, strengths, self.usual)
        return Joined(graph, number, source[starts])


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """A graph of which regions took in others.

    Attributes:
        graph: What is left, of n' regions and m' borders.
        number: (n,) number in it of each region of before.
        source: (m',) one of the borders of before that each border is made of.
    """

    graph: RegionGraph
    number: NDArray[np.intp]
    source: NDArray[np.intp]


def _counted(
    low: NDArray[np.int32], high: NDArray[np.int32], values: NDArray[Any], count: int
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """How often each pair of so many regions occurs among (k,) and (k,), and what its values (k,) add up to."""
    bits = int(values.max(initial=0)).bit_length()
    packed = np.sort(((low.astype(np.int64) * count + high) << bits) | values)  # whole numbers sort fast
    keys, values = packed >> bits, packed & ((1 << bits) - 1)
    starts = _starts(keys)
    pairs = np.stack(np.divmod(keys[starts], count), axis=1)
    lengths = np.diff(starts, append=len(keys)).astype(np.float32)
    sums = np.add.reduceat(values, starts) if len(starts) else values
    return pairs, lengths, sums.astype(np.float32)


def _grouped(
    low: NDArray[np.intp], high: NDArray[np.intp], count: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Equal pairs of so many regions side by side: each pair once, the order of all, and where each pair begins."""
    bits = len(low).bit_length()
    packed = np.sort(((low * count + high) << bits) | np.arange(len(low)))  # faster than a stable argsort
    keys = packed >> bits
    starts = _starts(keys)
    return np.stack(np.divmod(keys[starts], count), axis=1), packed & ((1 << bits) - 1), starts


def _starts(ordered: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """Where each value begins."""
    return np.flatnonzero(np.concatenate((np.ones(min(1, len(ordered)), bool), ordered[1:] != ordered[:-1])))


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
    number, costs = np.arange(graph.count), graph.costs(cost)
    while graph.count > count and len(graph.pairs):
        chosen = _mutual(graph.pairs, costs, graph.count)
        spare = graph.count - count
        if len(chosen) > spare:
            chosen = chosen[np.argsort(costs[chosen], kind="stable")[:spare]]
        keep, gone = graph.pairs[chosen].T
        log.join(keep, gone, costs[chosen])
        stays = np.ones(graph.count, bool)
        stays[gone] = False
        log.dropped(stays)
        joined = graph.joined(keep, gone)
        graph, costs = joined.graph, costs[joined.source]
        changed = np.zeros(graph.count, bool)
        changed[joined.number[keep]] = True
        new = np.flatnonzero(changed[graph.pairs[:, 0]] | changed[graph.pairs[:, 1]])
        costs[new] = graph.costs(cost, new)
        number = joined.number[number]
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


def _squared_apart(points: Floats, first: NDArray[np.intp], second: NDArray[np.intp]) -> Floats:
    """(m,) float32, squared distances of some points (n, D) from others; so many at once as stay in the cache."""
    found = np.empty(len(first), np.float32)
    step = max(1, _NUMBERS_AT_ONCE // points.shape[1])
    for start in range(0, len(first), step):
        at = slice(start, start + step)
        apart = points[first[at]]
        apart -= points[second[at]]
        np.einsum("md,md->m", apart, apart, out=found[at])
    return found
