"""Clustering of regions over the whole data set: spherical k-means below, Ward's method above; centroids, neighbours.

The mean of all descriptors is taken from them; spherical k-means then makes at most `MOST_MICRO` micro-clusters. Ward's
merges of their means, weighted by how many regions each has, make a tree of them. Any number of clusters is a cut of
that tree, in no time and nested in the coarser ones. Descriptors stay float16 and are processed a few thousand at a
time, so memory hardly grows. Nothing here imports torch.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.tree import ConceptTree
from acseg_core.types import Progress

MOST_MICRO = 1024
"""Micro-clusters, at most: up to so many regions are merged one by one."""

_MICRO_PER_PART = 32
"""Micro-clusters for each part when one cluster is divided."""

_ROWS = 8192
"""Descriptors processed together."""

_SAMPLED = 8
"""Descriptors for each micro-cluster from which k-means begins."""

_SAMPLE_STEPS, _STEPS = 10, 8

_NOTHING = 1e-2
"""Length below which what is left of a descriptor is the rounding of its numbers."""

_Descriptors = NDArray[np.float16] | NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """All clusterings of n regions, from one cluster to as many as there are micro-clusters.

    Attributes:
        micro: (n,) int32, micro-cluster of every region, which is a leaf of the tree.
        tree: Merges of the micro-clusters.
    """

    micro: NDArray[np.int32]
    tree: ConceptTree

    def cut(self, count: int) -> NDArray[np.int32]:
        """Make that many clusters, or one for each micro-cluster where there are fewer.

        Returns:
            (n,) int32, cluster of every region: 0 is the largest.

        Raises:
            ValueError: The count is below 1.
        """
        return _largest_first(self.tree.cut_to(count)[self.micro])


def automatic_count(regions: int) -> int:
    """How many clusters so many regions call for: 2.5 times the square root, from 2 to 1,000."""
    return min(1000, max(2, round(2.5 * math.sqrt(regions))))


def cluster(descriptors: _Descriptors, *, seed: int = 0) -> Generator[Progress, None, Clustering]:
    """Cluster descriptors; the same ones and the same seed give the same clusters.

    Args:
        descriptors: (n, D) float16 or float32, at least one; only their directions count.
        seed: Random state of the k-means.

    Yields:
        One tick per step.

    Raises:
        ValueError: There are none.
    """
    if len(descriptors) == 0:
        raise ValueError("no descriptors to cluster")
    centred = _centred(descriptors)
    micro = yield from _micro_clusters(centred, MOST_MICRO, seed=seed)
    tree = _merges(_sums(centred, micro), np.bincount(micro))
    yield Progress(_STEPS + 2, _STEPS + 2, "grouping")
    return Clustering(micro, tree)


def divide(descriptors: _Descriptors, *, parts: int = 2, seed: int = 0) -> NDArray[np.int32]:
    """Divide the regions of one cluster: by the tree first, then each goes to the nearest mean.

    Args:
        descriptors: (n, D) float16 or float32, at least one.
        parts: How many are wanted; there are fewer when not so many descriptors differ.
        seed: Random state of the k-means.

    Returns:
        (n,) int32, part of every region: 0 is the largest.

    Raises:
        ValueError: There are no descriptors, or fewer parts than one are wanted.
    """
    if len(descriptors) == 0:
        raise ValueError("no descriptors to divide")
    micro = _finished(_micro_clusters(descriptors, min(MOST_MICRO, _MICRO_PER_PART * parts), seed=seed))
    found = Clustering(micro, _merges(_sums(descriptors, micro), np.bincount(micro))).cut(parts)
    for _ in range(_SAMPLE_STEPS):
        found = _compressed(_nearest_centres(descriptors, centroids(descriptors, found)))
    return _largest_first(found)


def centroids(descriptors: _Descriptors, clusters: NDArray[np.int32]) -> NDArray[np.float32]:
    """Mean directions of clusters.

    Args:
        descriptors: (n, D) float16 or float32.
        clusters: (n,) int32, 0..k - 1.

    Returns:
        (k, D) float32, L2-normalised.
    """
    return _unit(_sums(descriptors, clusters))


def typicality(descriptors: _Descriptors, clusters: NDArray[np.int32]) -> NDArray[np.float32]:
    """How like its cluster every region is.

    Args:
        descriptors: (n, D) float16 or float32.
        clusters: (n,) int32, 0..k - 1.

    Returns:
        (n,) float32 cosine to the own centroid.
    """
    centres = centroids(descriptors, clusters)
    cosines = np.empty(len(descriptors), np.float32)
    for rows, points in _chunks(descriptors):
        cosines[rows] = np.einsum("nd,nd->n", points, centres[clusters[rows]])
    return cosines


def nearest(
    descriptors: _Descriptors, query: NDArray[np.floating[Any]], count: int
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Find the descriptors most like one.

    Args:
        descriptors: (n, D) float16 or float32.
        query: (D,).
        count: How many are wanted; there may be fewer.

    Returns:
        (m,) indices and their (m,) float32 cosines, best first; ties by index.
    """
    direction = _unit(np.asarray(query, np.float32)[None])[0]
    cosines = np.empty(len(descriptors), np.float32)
    for rows, points in _chunks(descriptors):
        cosines[rows] = points @ direction
    best = np.argsort(-cosines, kind="stable")[: max(0, count)]
    return best, cosines[best]


def _micro_clusters(
    descriptors: _Descriptors, count: int, *, seed: int
) -> Generator[Progress, None, NDArray[np.int32]]:
    """(n,) int32 micro-clusters without gaps: k-means on a sample first, then a few steps on all."""
    yield Progress(0, _STEPS + 2, "grouping")
    if len(descriptors) <= count:
        return np.arange(len(descriptors), dtype=np.int32)
    from sklearn.cluster import kmeans_plusplus

    size = min(len(descriptors), _SAMPLED * count)
    chosen = np.random.default_rng(seed).choice(len(descriptors), size, replace=False, shuffle=False)
    sample = _unit(descriptors[np.sort(chosen)])
    centres, _ = kmeans_plusplus(sample, count, random_state=seed, n_local_trials=1)
    for _ in range(_SAMPLE_STEPS):
        centres = _moved(sample, centres)
    yield Progress(1, _STEPS + 2, "grouping")
    for step in range(_STEPS):
        centres = _moved(descriptors, centres)
        yield Progress(step + 2, _STEPS + 2, "grouping")
    return _compressed(_nearest_centres(descriptors, centres))


def _moved(descriptors: _Descriptors, centres: NDArray[np.float32]) -> NDArray[np.float32]:
    """One step of spherical k-means; a centre that nothing goes to stays where it is."""
    sums = _sums(descriptors, _nearest_centres(descriptors, centres), count=len(centres))
    lost = ~np.any(sums, axis=1, keepdims=True)
    return np.where(lost, centres, _unit(sums))


def _nearest_centres(descriptors: _Descriptors, centres: NDArray[np.float32]) -> NDArray[np.int32]:
    """(n,) int32, index of the centre with the largest cosine."""
    found = np.empty(len(descriptors), np.int32)
    for rows, points in _chunks(descriptors):
        found[rows] = (points @ centres.T).argmax(axis=1)
    return found


def _sums(descriptors: _Descriptors, clusters: NDArray[np.int32], *, count: int | None = None) -> NDArray[np.float32]:
    """(k, D) float32, sums of the members' directions."""
    from scipy import sparse

    total = np.zeros((int(clusters.max()) + 1 if count is None else count, descriptors.shape[1]), np.float32)
    for rows, points in _chunks(descriptors):
        membership = (np.ones(len(points), np.float32), (clusters[rows], np.arange(len(points))))
        total += sparse.csr_matrix(membership, shape=(len(total), len(points))) @ points
    return total


def _merges(sums: NDArray[np.float32], sizes: NDArray[np.intp]) -> ConceptTree:
    """Ward's merges of weighted means.

    Args:
        sums: (k, D) float32, sums of the members.
        sizes: (k,) how many there are, at least 1 each.
    """
    count = len(sizes)
    weight = sizes.astype(np.float64)
    means = sums / weight[:, None]
    norms = np.einsum("kd,kd->k", means, means)
    cost = np.maximum(norms[:, None] + norms - 2 * means @ means.T, 0)
    cost *= weight[:, None] * weight / (weight[:, None] + weight)
    np.fill_diagonal(cost, np.inf)
    node = np.arange(count)
    merges = np.zeros((count - 1, 2), np.int32)
    heights = np.zeros(count - 1, np.float32)
    for number in range(count - 1):
        keep, drop = sorted(divmod(int(cost.argmin()), count))
        merges[number] = sorted((node[keep], node[drop]))
        heights[number] = math.sqrt(cost[keep, drop])
        _join(cost, weight, keep, drop)
        node[keep] = count + number
    return ConceptTree(merges, np.maximum.accumulate(heights))


def _join(cost: NDArray[np.float64], weight: NDArray[np.float64], keep: int, drop: int) -> None:
    """Let ``keep`` take over ``drop``, in place, by the formula of Lance and Williams; ``drop`` is infinitely far."""
    first, second, between = weight[keep], weight[drop], cost[keep, drop]
    joined = (weight + first) * cost[keep] + (weight + second) * cost[drop] - weight * between
    joined /= weight + first + second
    joined[[keep, drop]] = np.inf
    cost[keep] = cost[:, keep] = joined
    cost[drop] = cost[:, drop] = np.inf
    weight[keep] = first + second


def _largest_first(labels: NDArray[np.integer[Any]]) -> NDArray[np.int32]:
    """Number clusters by their size, ties by their first member."""
    _, first, inverse, counts = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(counts), np.int32)
    rank[np.lexsort((first, -counts))] = np.arange(len(counts), dtype=np.int32)
    return rank[inverse]


def _compressed(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """The same clusters, numbered without gaps."""
    return np.unique(labels, return_inverse=True)[1].astype(np.int32)


def _chunks(descriptors: _Descriptors) -> Iterator[tuple[slice, NDArray[np.float32]]]:
    """A few thousand rows at a time, (m, D) float32, L2-normalised."""
    for start in range(0, len(descriptors), _ROWS):
        rows = slice(start, start + _ROWS)
        yield rows, _unit(descriptors[rows])


def _centred(descriptors: _Descriptors) -> NDArray[np.float16]:
    """(n, D) float16, L2-normalised, less what all have in common; zeros where nothing is left."""
    total = np.zeros(descriptors.shape[1], np.float64)
    for _, points in _chunks(descriptors):
        total += points.sum(axis=0)
    mean = (total / len(descriptors)).astype(np.float32)
    centred = np.empty(descriptors.shape, np.float16)
    for rows, points in _chunks(descriptors):
        rest = points - mean
        rest[np.linalg.norm(rest, axis=1) < _NOTHING] = 0
        centred[rows] = _unit(rest)
    return centred


def _unit(vectors: _Descriptors) -> NDArray[np.float32]:
    """(n, D) float32, L2-normalised; zeros stay zeros."""
    exact = np.asarray(vectors, np.float32)
    norms = np.linalg.norm(exact, axis=1, keepdims=True)
    return np.asarray(exact / np.maximum(norms, 1e-12), np.float32)


def _finished(work: Generator[Progress, None, NDArray[np.int32]]) -> NDArray[np.int32]:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return np.asarray(end.value, np.int32)
