"""From patches to a concept tree: fine concepts, and their merges bottom-up.

The merges follow Ward's criterion with three changes that measurement asked for (docs/RESEARCH.md): patches count by
their saliency, small regions are spared a little, and regions that touch merge sooner. Heights are then scaled by how
busy the scene is, so that one threshold for all images gives busy images more regions. Nothing here imports torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import KEY_SHARE, TreeConfig
from acseg_core.tree import DEFAULT_THRESHOLD, ConceptTree

_USUAL_STEP = 0.0118
"""Median distance of neighbouring tokens in ordinary photographs (DINOv2 ViT-S/14), where the scale is 1."""

_USUAL_SPREAD = 2.88
"""Participation ratio of the tokens of ordinary photographs."""

_USUAL_SPOTS = 3.5
"""Salient spots of ordinary photographs."""

_SPOT = 1.3
"""Attention, smoothed and relative to the image's mean, above which a patch belongs to a salient spot."""

_SCALE_RANGE = (0.6, 1.6)

_SALIENCY_RANGE = (0.2, 5.0)
"""Attention relative to the image's mean is clipped to this."""


@dataclass(frozen=True, slots=True, eq=False)
class PatchTree:
    """The concept tree of an image before its leaves have pixels.

    Attributes:
        tree: Of n leaves.
        similarity: (h, w, n) float32, cosine of every patch to the mean of every leaf.
    """

    tree: ConceptTree
    similarity: NDArray[np.float32]


def grow_tree(
    tokens: NDArray[np.float32],
    keys: NDArray[np.float32] | None,
    attention: NDArray[np.float32] | None,
    config: TreeConfig,
    *,
    start: NDArray[np.intp] | None = None,
) -> PatchTree:
    """Find the fine concepts of an image and merge them bottom-up.

    Args:
        tokens: (h, w, D) float32, last-layer patch tokens.
        keys: (h, w, D) float32, last-block keys, or None.
        attention: (h, w) float32, of the CLS token, or None.
        config: Settings.
        start: (h, w) clusters of the patches, 0..m - 1 without gaps, that are settled by k-means and merged down to
            ``config.leaves``; without it, fine concepts are found by Ward's method.
    """
    described = describe(tokens, keys, key_share=config.key_share)
    weights = patch_weights(attention, config.saliency, (tokens.shape[0], tokens.shape[1]))
    if start is None:
        leaves = fine_concepts(described, config.leaves)
    else:
        leaves = settle(described, start, steps=config.settle)
        nodes = merge_concepts(described, leaves, weights, config).cut_to(config.leaves)
        leaves = np.unique(nodes[leaves], return_inverse=True)[1].reshape(leaves.shape)
    tree = merge_concepts(described, leaves, weights, config, scale=scene_scale(tokens, attention, config))
    return PatchTree(tree, similarity_to_means(described, leaves))


def describe(
    tokens: NDArray[np.float32], keys: NDArray[np.float32] | None, *, key_share: float = KEY_SHARE
) -> NDArray[np.float32]:
    """What fine concepts and merges compare: last-layer tokens and, where there are any, last-block keys.

    Args:
        tokens: (h, w, D) float32.
        keys: (h, w, D) float32, or None.
        key_share: Weight of the keys in the cosine of two descriptions, 0..1.

    Returns:
        (h, w, D or 2 D) float32, L2-normalised.
    """
    if keys is None:
        return _unit(tokens)
    parts = [_unit(tokens) * np.float32(np.sqrt(1 - key_share)), _unit(keys) * np.float32(np.sqrt(key_share))]
    return np.concatenate(parts, axis=-1)


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
    from scipy.cluster.hierarchy import fcluster, linkage

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


def similarity_to_means(described: NDArray[np.float32], clusters: NDArray[np.intp]) -> NDArray[np.float32]:
    """Cosine of every patch to the mean of every cluster: what `refine` makes edges from.

    Args:
        described: (h, w, D) float32, L2-normalised.
        clusters: (h, w) 0..n - 1 without gaps.

    Returns:
        (h, w, n) float32.
    """
    rows, columns, dim = described.shape
    points = described.reshape(-1, dim)
    means = _unit(cluster_means(points, clusters.ravel()))
    return np.asarray((points @ means.T).reshape(rows, columns, -1), np.float32)


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


def scene_scale(tokens: NDArray[np.float32], attention: NDArray[np.float32] | None, config: TreeConfig) -> float:
    """How much finer than usual an image is to be cut: 1 for an ordinary photograph, more for a busy one.

    Three things tell a busy scene: neighbouring patches differ (the median, as a few strong contours are in every
    image), patches are of many kinds, and attention falls on many spots.

    Args:
        tokens: (h, w, D) float32.
        attention: (h, w) float32, of the CLS token, or None.
        config: The exponents of the three.
    """
    unit = _unit(tokens)
    steps = np.concatenate(
        [1 - (unit[:, 1:] * unit[:, :-1]).sum(-1).ravel(), 1 - (unit[1:] * unit[:-1]).sum(-1).ravel()]
    )
    step = float(np.median(steps)) if steps.size else 0.0
    points = unit.reshape(-1, tokens.shape[-1])
    centred = points - points.mean(axis=0)
    covariance = centred.T @ centred
    total = float(np.square(covariance).sum())
    spread = float(np.trace(covariance)) ** 2 / total if total > 0 else 1.0  # participation ratio, 1..D
    scale = (max(step, 1e-4) / _USUAL_STEP) ** config.boundary * (spread / _USUAL_SPREAD) ** config.spread
    if attention is not None and float(attention.mean()) > 0:
        from scipy import ndimage

        spots = ndimage.label(ndimage.gaussian_filter(attention / attention.mean(), 1.0) > _SPOT)[1]
        scale *= (max(spots, 1) / _USUAL_SPOTS) ** config.spots
    return float(np.clip(scale, *_SCALE_RANGE))


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
    Far above the default cut the scale counts less: the whole has two or three parts in calm and busy images alike.

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
        heights[number] = np.sqrt(highest)
        _join(distance, share, touching, keep, drop)
        alive[drop] = False
        node[keep] = count + number
    fading = np.sqrt(np.minimum(1, DEFAULT_THRESHOLD / np.maximum(heights, 1e-6)))
    return ConceptTree(merges, np.maximum.accumulate(heights * np.float32(scale) ** fading))


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
