"""The concept tree of one image: its leaves, the merges above them, and the cuts that make partitions.

A tree is small and needs no model: a cut, a split and a merge upwards are look-ups. Nothing here imports torch.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_LEAVES = 8192
"""Leaves of one tree, at most."""

MOST_REGIONS = 256
"""Regions of the finest cut; below it, single regions can be split further."""

DEFAULT_GRANULARITY = 0.5

DEFAULT_THRESHOLD = 0.07
"""Height of the default cut: seven to eight regions in an ordinary photo, measured on coco-mini (docs/research)."""

_THRESHOLD_RANGE = 64.0
"""Ratio of the coarsest cut's threshold to the finest cut's."""


def threshold_of(granularity: float) -> float:
    """Height at which a granularity cuts, the same for every image: that is what makes the count adaptive.

    Args:
        granularity: 0 (the whole image is one region) to 1 (the finest cut); 0.5 is the default cut.

    Raises:
        ValueError: It is outside 0..1.
    """
    if not 0 <= granularity <= 1:
        raise ValueError(f"granularity must be between 0 and 1, got {granularity}")
    if granularity in (0, 1):
        return math.inf if granularity == 0 else -math.inf
    return float(DEFAULT_THRESHOLD * _THRESHOLD_RANGE ** (DEFAULT_GRANULARITY - granularity))


def granularity_at(height: float) -> float:
    """Granularity whose threshold is ``height``, clipped to 0..1."""
    if height <= 0:
        return 1.0
    wanted = DEFAULT_GRANULARITY - math.log(height / DEFAULT_THRESHOLD) / math.log(_THRESHOLD_RANGE)
    return min(1.0, max(0.0, wanted))


@dataclass(frozen=True, slots=True, eq=False)
class ConceptTree:
    """Bottom-up merges of the n leaves of one image. Nodes 0..n - 1 are the leaves, n + i is merge i.

    Attributes:
        merges: (n - 1, 2) int32, the two nodes that merge i joins; each is older than n + i.
        heights: (n - 1,) float32, the dissimilarity at which merge i happens; never decreasing.

    Raises:
        ValueError: These arrays are no tree.
    """

    merges: NDArray[np.int32]
    heights: NDArray[np.float32]

    def __post_init__(self) -> None:
        count = len(self.heights)
        if self.merges.shape != (count, 2):
            raise ValueError(f"{count} heights need merges of shape ({count}, 2), got {self.merges.shape}")
        used = np.sort(self.merges.ravel())
        older = self.merges < (np.arange(count) + count + 1)[:, None]
        if not np.array_equal(used, np.arange(2 * count)) or not older.all():
            raise ValueError("every node but the root must be merged exactly once, after it was made")
        if np.any(np.diff(self.heights) < 0) or not np.isfinite(self.heights).all():
            raise ValueError("the heights of a tree must be finite and never decrease")

    @property
    def leaves(self) -> int:
        """Number of leaves."""
        return len(self.heights) + 1

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return 2 * self.leaves - 1

    @property
    def root(self) -> int:
        """The node that is the whole image."""
        return self.nodes - 1

    def cut(self, threshold: float) -> NDArray[np.int32]:
        """Make all merges up to a height, and as many more as leave no more than `MOST_REGIONS` nodes.

        Returns:
            (n,) int32, for every leaf the node of the cut it belongs to.
        """
        made = int(np.searchsorted(self.heights, threshold, side="right"))
        return self.after(max(made, self.leaves - MOST_REGIONS))

    def cut_to(self, count: int) -> NDArray[np.int32]:
        """Cut into ``count`` nodes, or into all leaves where there are fewer.

        Returns:
            (n,) int32, for every leaf the node of the cut it belongs to.

        Raises:
            ValueError: The count is below 1.
        """
        if count < 1:
            raise ValueError(f"a cut has at least one node, asked for {count}")
        return self.after(max(0, self.leaves - count))

    def children(self, node: int) -> tuple[int, int] | None:
        """The two nodes below, or None for a leaf."""
        if node < self.leaves:
            return None
        first, second = self.merges[node - self.leaves]
        return int(first), int(second)

    def parent(self, node: int) -> int | None:
        """The node above, or None for the root."""
        at = np.flatnonzero((self.merges == node).any(axis=1))
        return int(at[0]) + self.leaves if len(at) else None

    def leaves_of(self, node: int) -> NDArray[np.int32]:
        """The leaves below a node (itself, if it is one), ascending, int32."""
        waiting, found = [node], []
        while waiting:
            below = self.children(waiting[-1])
            if below is None:
                found.append(waiting.pop())
            else:
                waiting.pop()
                waiting.extend(below)
        return np.array(sorted(found), np.int32)

    def common_ancestor(self, leaves: Collection[int]) -> int:
        """The lowest node above all of these leaves.

        Raises:
            ValueError: There are none.
        """
        if len(leaves) == 0:
            raise ValueError("no leaf given")
        at = {int(leaf) for leaf in leaves}
        for number, (first, second) in enumerate(self.merges.tolist()):
            if len(at) == 1:
                break
            if first in at or second in at:
                at -= {first, second}
                at.add(self.leaves + number)
        return at.pop()

    def restricted(self, leaves: NDArray[np.integer]) -> ConceptTree:
        """The tree of some leaves only: merges with nothing on one side are left out.

        Args:
            leaves: The leaves to keep, ascending, at least one; they are numbered anew in that order.
        """
        node: list[int | None] = [None] * self.nodes
        for number, leaf in enumerate(leaves.tolist()):
            node[leaf] = number
        merges: list[tuple[int, int]] = []
        heights: list[float] = []
        for number, ((first, second), height) in enumerate(zip(self.merges.tolist(), self.heights, strict=True)):
            left, right = node[first], node[second]
            if left is not None and right is not None:
                node[self.leaves + number] = len(leaves) + len(merges)
                merges.append((left, right))
                heights.append(height)
            else:
                node[self.leaves + number] = right if left is None else left
        return ConceptTree(np.array(merges, np.int32).reshape(-1, 2), np.array(heights, np.float32))

    def after(self, merged: int) -> NDArray[np.int32]:
        """Node of every leaf, (n,) int32, after the first so many merges."""
        above = np.arange(self.nodes, dtype=np.int32)
        above[self.merges[:merged].ravel()] = np.repeat(np.arange(merged, dtype=np.int32) + self.leaves, 2)
        while True:  # each round doubles how far up a node looks
            higher = above[above]
            if np.array_equal(higher, above):
                return above[: self.leaves].copy()
            above = higher

    def sums(self, of_leaves: NDArray[np.integer]) -> NDArray[np.int64]:
        """(2 n - 1,) int64, what the leaves (n,) below each node have together."""
        found = np.zeros(self.nodes, np.int64)
        found[: self.leaves] = of_leaves
        for number, (first, second) in enumerate(self.merges.tolist(), self.leaves):
            found[number] = found[first] + found[second]
        return found
