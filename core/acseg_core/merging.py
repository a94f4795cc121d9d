"""From patches to a concept tree: fine concepts, and their merges bottom-up.

The merges follow Ward's criterion with three changes that measurement asked for (docs/RESEARCH.md): patches count by
their saliency, small regions are spared a little, and regions that touch merge sooner. Heights are then scaled by how
busy the scene is, so that one threshold for all images gives busy images more regions. Nothing here imports torch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

from acseg_core.config import TreeConfig
from acseg_core.tree import ConceptTree

_USUAL_BOUNDARY = 0.022
"""Mean distance of neighbouring keys in ordinary photographs (DINOv2 ViT-S/14), where the scale is 1."""

_USUAL_SPREAD = 2.65
"""Participation ratio of the tokens of ordinary photographs."""

_SALIENCY_RANGE = (0.2, 5.0)
"""Attention relative to the image's mean is clipped to this."""


def describe(tokens: NDArray[np.float32], keys: NDArray[np.float32] | None) -> NDArray[np.float32]:
    """What fine concepts and merges compare: last-layer tokens and, where there are any, last-block keys.

    Args:
        tokens: (h, w, D) float32.
        keys: (h, w, D) float32, or None.

    Returns:
        (h, w, D or 2 D) float32, L2-normalised; both halves have the same weight.
    """
    parts = [_unit(tokens)] if keys is None else [_unit(tokens), _unit(keys)]
    return np.concatenate(parts, axis=-1) / np.float32(np.sqrt(len(parts)))


def fine_concepts(described: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Cluster the patches of an image by Ward's method, then move each to the nearest mean.

    Args:
        described: (h, w, D') float32, L2-normalised.
        count: Clusters wanted, at least 1.

    Returns:
        (h, w) cluster of every patch, 0..n - 1 without gaps; n is at most ``count``.
    """
    rows, columns, dim = described.shape
    points = described.reshape(-1, dim)
    if len(points) <= count:
        return np.arange(len(points)).reshape(rows, columns)
    upper = np.tri(len(points), dtype=bool).T
    np.fill_diagonal(upper, val=False)
    squared = np.maximum(2 - 2 * (points @ points.T)[upper], 0)  # condensed, row by row, as SciPy wants it
    clusters = fcluster(linkage(np.sqrt(squared), "ward"), count, "maxclust") - 1
    nearest = (points @ _unit(cluster_means(points, clusters)).T).argmax(axis=1)
    return np.unique(nearest, return_inverse=True)[1].reshape(rows, columns)


def settle(described: NDArray[np.float32], clusters: NDArray[np.intp], *, steps: int) -> NDArray[np.intp]:
    """Spherical k-means from given clusters: move every patch to the most similar mean, so many times.

    Args:
        described: (h, w, D') float32, L2-normalised.
        clusters: (h, w) 0..n - 1 without gaps.
        steps: How often.

    Returns:
        (h, w) cluster of every patch, without gaps; clusters that lose all their patches are gone.
    """
    points = described.reshape(-1, described.shape[2])
    for _ in range(steps):
        moved = (points @ _unit(cluster_means(points, clusters.ravel())).T).argmax(axis=1)
        clusters = np.unique(moved, return_inverse=True)[1].reshape(clusters.shape)
    return clusters


def cluster_means(points: NDArray[np.float32], clusters: NDArray[np.intp]) -> NDArray[np.float32]:
    """Mean of the points of each cluster.

    Args:
        points: (N, D) float32.
        clusters: (N,) 0..n - 1 without gaps.

    Returns:
        (n, D) float32.
    """
    member = (clusters[None] == np.arange(clusters.max() + 1)[:, None]).astype(np.float32)  # (n, N)
    return np.asarray((member @ points) / member.sum(axis=1, keepdims=True), np.float32)


def patch_weights(attention: NDArray[np.float32] | None, exponent: float, grid: tuple[int, int]) -> NDArray[np.float64]:
    """Weight of every patch in the merges.

    Args:
        attention: (h, w) float32, of the CLS token, or None.
        exponent: How much it counts.
        grid: (h, w), for patches without attention.

    Returns:
        (h, w) float64, positive.
    """
    if attention is None or not float(attention.mean()) > 0:
        return np.ones(grid)
    relative = attention.astype(np.float64) / attention.mean()
    return np.asarray(np.clip(relative, *_SALIENCY_RANGE) ** exponent)


def scene_scale(tokens: NDArray[np.float32], keys: NDArray[np.float32] | None, config: TreeConfig) -> float:
    """How much finer than usual an image is to be cut, by its boundaries and the variety of its patches; usually 1.

    Args:
        tokens: (h, w, D) float32.
        keys: (h, w, D) float32, or None: then the tokens tell the boundaries too.
        config: The exponents of both.
    """
    sides = _unit(tokens if keys is None else keys)
    steps = [1 - (sides[:, 1:] * sides[:, :-1]).sum(-1), 1 - (sides[1:] * sides[:-1]).sum(-1)]
    boundary = float(np.mean([step.mean() for step in steps if step.size])) if sides.size > sides.shape[-1] else 0.0
    points = _unit(tokens).reshape(-1, tokens.shape[-1])
    centred = points - points.mean(axis=0)
    covariance = centred.T @ centred
    total = float(np.square(covariance).sum())
    spread = float(np.trace(covariance)) ** 2 / total if total > 0 else 1.0  # participation ratio, 1..D
    scale = (max(boundary, 1e-4) / _USUAL_BOUNDARY) ** config.boundary * (spread / _USUAL_SPREAD) ** config.spread
    return float(np.clip(scale, 0.2, 5.0))


def merge_concepts(
    described: NDArray[np.float32],
    leaf_of_patch: NDArray[np.intp],
    weights: NDArray[np.float64],
    config: TreeConfig,
    *,
    scale: float = 1.0,
) -> ConceptTree:
    """Merge the fine concepts of an image bottom-up.

    Two regions of weights a and b (as shares of the image) and squared distance d of their means merge at cost
    d (ab / (a + b))^p (1 - c t), with p the size exponent, c the contact weight, and t the share of the shorter of both
    outlines along which they touch. A merge's height is the square root of the greatest cost so far, times the scale.

    Args:
        described: (h, w, D') float32.
        leaf_of_patch: (h, w) leaf of every patch, 0..n - 1 without gaps.
        weights: (h, w) float64, positive.
        config: Exponents.
        scale: Of all heights.

    Returns:
        A tree of n leaves.
    """
    leaves = leaf_of_patch.ravel()
    count = int(leaves.max()) + 1
    share = np.bincount(leaves, weights.ravel(), minlength=count) / weights.sum()
    distance = _squared_distances(described.reshape(len(leaves), -1), leaves, weights.ravel(), count)
    touching = _shared_outlines(leaf_of_patch, count)
    alive = np.ones(count, bool)
    node = np.arange(count)
    merges = np.zeros((count - 1, 2), np.int32)
    heights = np.zeros(count - 1, np.float32)
    highest = 0.0
    for number in range(count - 1):
        cost = _costs(distance, share, touching, config)
        cost[~alive] = np.inf
        cost[:, ~alive] = np.inf
        np.fill_diagonal(cost, np.inf)
        keep, drop = sorted(int(index) for index in np.unravel_index(cost.argmin(), cost.shape))
        highest = max(highest, float(cost[keep, drop]))
        merges[number] = sorted((node[keep], node[drop]))
        heights[number] = np.sqrt(highest) * scale
        _join(distance, share, touching, keep, drop)
        alive[drop] = False
        node[keep] = count + number
    return ConceptTree(merges, heights)


def _costs(
    distance: NDArray[np.float64], share: NDArray[np.float64], touching: NDArray[np.float64], config: TreeConfig
) -> NDArray[np.float64]:
    """(n, n) cost of every merge; see `merge_concepts`."""
    size = (share[:, None] * share / (share[:, None] + share)) ** config.size_exponent
    outline = touching.sum(axis=1)
    contact = touching / np.maximum(np.minimum(outline[:, None], outline), 1)
    return np.asarray(distance * size * (1 - config.contact * contact))


def _join(
    distance: NDArray[np.float64], share: NDArray[np.float64], touching: NDArray[np.float64], keep: int, drop: int
) -> None:
    """Let ``keep`` take over ``drop``, in place: distances of means by Lance and Williams, outlines added up."""
    first, second = share[keep], share[drop]
    total = first + second
    joined = (first * distance[keep] + second * distance[drop]) / total
    joined -= first * second / total**2 * distance[keep, drop]
    distance[keep] = distance[:, keep] = np.maximum(joined, 0)
    share[keep] = total
    touching[keep] += touching[drop]
    touching[:, keep] += touching[:, drop]
    touching[drop] = touching[:, drop] = 0
    touching[keep, keep] = 0


def _squared_distances(
    points: NDArray[np.float32], leaves: NDArray[np.intp], weights: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    """(n, n) squared Euclidean distances of the leaves' weighted means."""
    member = np.zeros((count, len(leaves)))
    member[leaves, np.arange(len(leaves))] = weights
    means = member @ points / member.sum(axis=1, keepdims=True)
    products = means @ means.T
    norms = np.diag(products)
    return np.asarray(np.maximum(norms[:, None] + norms - 2 * products, 0))


def _shared_outlines(leaf_of_patch: NDArray[np.intp], count: int) -> NDArray[np.float64]:
    """(n, n) patch sides that two leaves share; 0 on the diagonal."""
    shared = np.zeros(count * count)
    pairs = ((leaf_of_patch[:, 1:], leaf_of_patch[:, :-1]), (leaf_of_patch[1:], leaf_of_patch[:-1]))
    for here, there in pairs:
        for first, second in ((here, there), (there, here)):
            shared += np.bincount((first * count + second).ravel(), minlength=count * count)
    outlines = shared.reshape(count, count)
    np.fill_diagonal(outlines, 0)
    return outlines


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """L2-normalised over the last axis."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)
