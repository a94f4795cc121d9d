"""From patches to a concept tree: fine concepts, and their merges bottom-up.

The merges follow Ward's criterion with changes that measurement asked for (docs/RESEARCH.md): colours count a little
beside features, patches count by their saliency, small regions are spared a little, regions that touch merge sooner,
and those with a strong boundary between them later. Heights are then scaled by how busy the scene is, so that one
threshold for all images gives busy images more regions. Which patch is whose is settled at the cuts that people start
from. Nothing here imports torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.busyness import scale_heights, scene_scale
from acseg_core.config import RefineConfig, TreeConfig
from acseg_core.leaves import cluster_means, fine_concepts, settle, settled_similarity
from acseg_core.patches import Patches, neighbour_steps, patch_weights
from acseg_core.tree import DEFAULT_THRESHOLD, ConceptTree

_UNIT = 0.637
"""Of all heights: with it the default threshold, which stored trees are cut at too, leaves seven to eight regions."""

_CONTRAST_RANGE = (0.2, 3.0)
"""Strength of a boundary relative to the image's mean is clipped to this."""

_SETTLED = (1.0, 1.3)
"""Times the default threshold: the cuts whose regions compete for patches by their own means, from fine to coarse."""


@dataclass(frozen=True, slots=True, eq=False)
class PatchTree:
    """The concept tree of an image before its leaves have pixels.

    Attributes:
        tree: Of n leaves.
        similarity: (h, w, n) float32, of every patch to every leaf; the leaves of a region together are as similar as
            the region's own mean, in the default cut and in a coarser one (see `settled_similarity`).
    """

    tree: ConceptTree
    similarity: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """Where the leaves of an image touch.

    Attributes:
        sides: (n, n) patch sides that two leaves share; 0 on the diagonal.
        contrast: (n, n) strength of the boundary, added up over these sides.
    """

    sides: NDArray[np.float64]
    contrast: NDArray[np.float64]


def grow_tree(
    patches: Patches,
    config: TreeConfig,
    *,
    start: NDArray[np.intp] | None = None,
    refine: RefineConfig | None = None,
) -> PatchTree:
    """Find the fine concepts of an image and merge them bottom-up.

    Args:
        patches: Of the image.
        config: Settings.
        start: (h, w) clusters of the patches, 0..m - 1 without gaps, that are settled by k-means and merged down to
            ``config.leaves``; without it, fine concepts are found by Ward's method.
        refine: What pixels will be found with, for its temperature; the defaults if left out.
    """
    described = patches.described(key_share=config.key_share, value_share=config.value_share)
    if start is None:
        leaves = fine_concepts(described, config.leaves)
    else:
        leaves = settle(described, start, steps=config.settle)
        nodes = merge_concepts(patches, described, leaves, config).cut_to(config.leaves)
        leaves = np.unique(nodes[leaves], return_inverse=True)[1].reshape(leaves.shape)
    tree = merge_concepts(patches, described, leaves, config)
    tree = scale_heights(tree, scene_scale(patches, leaves, tree, config))
    cuts = [tree.cut(times * DEFAULT_THRESHOLD) for times in _SETTLED]
    temperature = (refine or RefineConfig()).temperature
    return PatchTree(tree, settled_similarity(described, leaves, cuts, temperature=temperature))


def merge_concepts(
    patches: Patches, described: NDArray[np.float32], leaf_of_patch: NDArray[np.intp], config: TreeConfig
) -> ConceptTree:
    """Merge the fine concepts of an image bottom-up.

    Two regions of weights a and b (as shares of the image) merge at cost d (ab / (a + b))^p (1 - c t) s^q. Here d is
    the squared distance of their mean descriptions plus that of their mean colours, times its weight; p is the size
    exponent, c the contact weight, t the share of the shorter of both outlines along which they touch; s is how much
    patches differ across the border they share, relative to all borders of the image (1 where there is none), and q
    the contrast exponent. A merge's height is the square root of the greatest cost so far.

    Args:
        patches: Of the image.
        described: (h, w, D') float32, what they are compared by.
        leaf_of_patch: (h, w) leaf of every patch, 0..n - 1 without gaps.
        config: Exponents and weights.

    Returns:
        A tree of n leaves.
    """
    leaves = leaf_of_patch.ravel()
    count = int(leaves.max()) + 1
    weights = patch_weights(patches.attention, config.saliency, patches.grid).ravel()
    share = np.bincount(leaves, weights, minlength=count) / weights.sum()
    distance = patches.stretch * _squared_distances(described, leaf_of_patch)
    if patches.colours is not None and config.colour:
        distance += config.colour * _squared_distances(patches.colours, leaf_of_patch)
    borders = _borders(patches.tokens if patches.keys is None else patches.keys, leaf_of_patch)
    usual = borders.contrast.sum() / max(borders.sides.sum(), 1)
    alive = np.ones(count, bool)
    node = np.arange(count)
    merges = np.zeros((count - 1, 2), np.int32)
    heights = np.zeros(count - 1, np.float32)
    highest = 0.0
    for number in range(count - 1):
        cost = _costs(distance, share, borders, usual, config)
        cost[~alive] = np.inf
        cost[:, ~alive] = np.inf
        np.fill_diagonal(cost, np.inf)
        keep, drop = sorted(int(index) for index in np.unravel_index(cost.argmin(), cost.shape))
        highest = max(highest, float(cost[keep, drop]))
        merges[number] = sorted((node[keep], node[drop]))
        heights[number] = _UNIT * np.sqrt(highest)
        _join(distance, share, borders, keep, drop)
        alive[drop] = False
        node[keep] = count + number
    return ConceptTree(merges, heights)


def _costs(
    distance: NDArray[np.float64], share: NDArray[np.float64], borders: Borders, usual: float, config: TreeConfig
) -> NDArray[np.float64]:
    """(n, n) cost of every merge; see `merge_concepts`."""
    size = (share[:, None] * share / (share[:, None] + share)) ** config.size_exponent
    outline = borders.sides.sum(axis=1)
    contact = borders.sides / np.maximum(np.minimum(outline[:, None], outline), 1)
    cost = distance * size * (1 - config.contact * contact)
    if config.contrast and usual > 0:
        strength = borders.contrast / (usual * np.maximum(borders.sides, 1))
        cost *= np.where(borders.sides > 0, np.clip(strength, *_CONTRAST_RANGE), 1.0) ** config.contrast
    return np.asarray(cost)


def _join(distance: NDArray[np.float64], share: NDArray[np.float64], borders: Borders, keep: int, drop: int) -> None:
    """Let ``keep`` take over ``drop``, in place: distances of means by Lance and Williams, borders added up."""
    first, second = share[keep], share[drop]
    total = first + second
    joined = (first * distance[keep] + second * distance[drop]) / total
    joined -= first * second / total**2 * distance[keep, drop]
    distance[keep] = distance[:, keep] = np.maximum(joined, 0)
    share[keep] = total
    for matrix in (borders.sides, borders.contrast):
        matrix[keep] += matrix[drop]
        matrix[:, keep] += matrix[:, drop]
        matrix[drop] = matrix[:, drop] = 0
        matrix[keep, keep] = 0


def _squared_distances(points: NDArray[np.float32], leaf_of_patch: NDArray[np.intp]) -> NDArray[np.float64]:
    """(n, n) squared Euclidean distances of the leaves' means of points (h, w, D)."""
    means = cluster_means(points.reshape(leaf_of_patch.size, -1), leaf_of_patch.ravel()).astype(np.float64)
    products = means @ means.T
    norms = np.diag(products)
    return np.asarray(np.maximum(norms[:, None] + norms - 2 * products, 0))


def _borders(features: NDArray[np.float32], leaf_of_patch: NDArray[np.intp]) -> Borders:
    """Where leaves touch, and how much features (h, w, D) differ there."""
    count = int(leaf_of_patch.max()) + 1
    sides, contrast = np.zeros(count * count), np.zeros(count * count)
    across, down = neighbour_steps(features)
    pairs = (
        (leaf_of_patch[:, 1:], leaf_of_patch[:, :-1], across),
        (leaf_of_patch[1:], leaf_of_patch[:-1], down),
    )
    for here, there, steps in pairs:
        for first, second in ((here, there), (there, here)):
            pair = (first * count + second).ravel()
            sides += np.bincount(pair, minlength=count * count)
            contrast += np.bincount(pair, steps.ravel(), minlength=count * count)
    found = Borders(sides.reshape(count, count), contrast.reshape(count, count))
    np.fill_diagonal(found.sides, 0)
    np.fill_diagonal(found.contrast, 0)
    return found
