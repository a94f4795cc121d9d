"""Agglomerative merging of patches into a concept tree: fine concepts, and their merges bottom-up.

The merges follow Ward's criterion with changes that measurement asked for (docs/research/merges.md): colours count a
little beside features, patches count by their saliency, small regions are spared a little, regions that touch merge
sooner, and those with a strong boundary between them later. Heights are then scaled by the complexity of the scene, so
that one threshold for all images gives complex scenes more regions. Inside of regions a little finer than those people
start from, saliency has done its part, and the merges are done anew without it. Nothing here imports torch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import TreeConfig
from acseg_core.proposals.leaves import DrawnCut, PatchTree, cluster_means, fine_concepts, settle, similarity_to_means
from acseg_core.proposals.patches import Patches, neighbour_steps, patch_weights
from acseg_core.proposals.scene_complexity import scaled_heights, scene_scale
from acseg_core.proposals.tree import DEFAULT_THRESHOLD, ConceptTree

_UNIT = 0.637
"""Unit of all heights: with it the default threshold, which stored trees are cut at too, leaves 7 to 8 regions."""

_CONTRAST_RANGE = (0.2, 3.0)
"""Range that the strength of a boundary relative to the image's mean is clipped to."""

_DRAWN = (1.3, 0.85, 0.5)
"""Heights, in default thresholds, of the cuts whose regions share the pixels as wholes: about 5, 9 and 20 regions."""

_PLAIN_BELOW = 0.85
"""Height, in default thresholds, below which merges are done without saliency."""

_CROWDED = (0.95, 0.999)
"""Shares of a limit between which heights that would reach the first are spread evenly (see `_kept_below`)."""


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """Where the leaves of an image touch.

    Attributes:
        sides: (n, n) patch sides that two leaves share; 0 on the diagonal.
        contrast: (n, n) strength of the boundary, added up over these sides.
    """

    sides: NDArray[np.float64]
    contrast: NDArray[np.float64]


def grow_tree(patches: Patches, config: TreeConfig, *, start: NDArray[np.intp] | None = None) -> PatchTree:
    """Find the fine concepts of an image and merge them bottom-up.

    Args:
        patches: Of the image.
        config: Settings.
        start: (h, w) clusters of the patches, 0..m - 1 without gaps, that are settled by k-means and merged down to
            ``config.leaves``; without it, fine concepts are found by Ward's method.
    """
    described = patches.described(key_share=config.key_share, value_share=config.value_share)
    if start is None:
        leaves = fine_concepts(described, config.leaves)
    else:
        leaves = settle(described, start, steps=config.settle)
        nodes = merge_concepts(patches, described, leaves, config).cut_to(config.leaves)
        leaves = np.unique(nodes[leaves], return_inverse=True)[1].reshape(leaves.shape)
    evidence = _Evidence.of(patches, described, leaves, config)
    merges, heights = _merged(evidence, config)
    scale = scene_scale(patches, leaves, ConceptTree(merges, heights), config)
    tree = ConceptTree(merges, scaled_heights(heights, scale))
    if config.saliency and patches.attention is not None:
        limit = _PLAIN_BELOW * DEFAULT_THRESHOLD
        merges, heights = _merged(evidence, replace(config, saliency=0), inside=tree.cut(limit))
        tree = _with_other_merges(tree, merges, _kept_below(scaled_heights(heights, scale), limit))
    drawn = []
    for times in _DRAWN:
        nodes = tree.cut(times * DEFAULT_THRESHOLD)
        regions = np.unique(nodes, return_inverse=True)[1][leaves]
        drawn.append(DrawnCut(nodes, similarity_to_means(described, regions)))
    return PatchTree(tree, similarity_to_means(described, leaves), tuple(drawn))


def merge_concepts(
    patches: Patches, described: NDArray[np.float32], leaf_of_patch: NDArray[np.intp], config: TreeConfig
) -> ConceptTree:
    """Merge the fine concepts of an image bottom-up: the tree of `grow_tree` before heights are scaled.

    Two regions of weights a and b (as shares of the image) merge at cost d (ab / (a + b))^p (1 - c t) s^q. Here d is
    the squared distance of their mean descriptions plus that of their mean colours, times its weight; p is the size
    exponent, c the contact weight, t the share of the shorter of both outlines along which they touch; s is how much
    patches differ across the border they share, relative to all borders of the image (1 where there is none), and q
    the contrast exponent. A merge's height is the square root of the greatest cost so far, times a unit.

    Args:
        patches: Of the image.
        described: (h, w, D') float32, what they are compared by.
        leaf_of_patch: (h, w) leaf of every patch, 0..n - 1 without gaps.
        config: Exponents and weights.

    Returns:
        A tree of n leaves.
    """
    return ConceptTree(*_merged(_Evidence.of(patches, described, leaf_of_patch, config), config))


@dataclass(frozen=True, slots=True, eq=False)
class _Evidence:
    """What merges are decided by.

    Attributes:
        patches: Of the image.
        leaf_of_patch: (h, w) leaf of every patch, 0..n - 1 without gaps.
        distance: (n, n) squared distances of the leaves' mean descriptions and colours.
        borders: Of the leaves.
        usual: Mean strength of all borders.
    """

    patches: Patches
    leaf_of_patch: NDArray[np.intp]
    distance: NDArray[np.float64]
    borders: Borders
    usual: float

    @classmethod
    def of(
        cls, patches: Patches, described: NDArray[np.float32], leaf_of_patch: NDArray[np.intp], config: TreeConfig
    ) -> _Evidence:
        distance = patches.distance_scale * _squared_distances(described, leaf_of_patch)
        if patches.colours is not None and config.colour:
            distance += config.colour * _squared_distances(patches.colours, leaf_of_patch)
        borders = _borders(patches.tokens if patches.keys is None else patches.keys, leaf_of_patch)
        usual = float(borders.contrast.sum() / max(borders.sides.sum(), 1))
        return cls(patches, leaf_of_patch, distance, borders, usual)

    def shares(self, saliency: float) -> NDArray[np.float64]:
        """(n,) weight of every leaf, as a share of the image's."""
        weights = patch_weights(self.patches.attention, saliency, self.patches.grid).ravel()
        return np.asarray(np.bincount(self.leaf_of_patch.ravel(), weights) / weights.sum())


def _merged(
    evidence: _Evidence, config: TreeConfig, *, inside: NDArray[np.integer] | None = None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Merge leaves until one is left, or one of each group (n,): merges (m, 2), and heights (m,) not yet scaled."""
    distance, share = evidence.distance.copy(), evidence.shares(config.saliency)
    borders = Borders(evidence.borders.sides.copy(), evidence.borders.contrast.copy())
    count = len(share)
    group = np.zeros(count, np.intp) if inside is None else inside
    apart = (group[:, None] != group) | np.eye(count, dtype=bool)
    node = np.arange(count)
    merges = np.zeros((count - len(np.unique(group)), 2), np.int32)
    heights = np.zeros(len(merges), np.float32)
    highest = 0.0
    for number in range(len(merges)):
        cost = _costs(distance, share, borders, evidence.usual, config)
        cost[apart] = np.inf
        keep, drop = sorted(int(index) for index in np.unravel_index(cost.argmin(), cost.shape))
        highest = max(highest, float(cost[keep, drop]))
        merges[number] = sorted((node[keep], node[drop]))
        heights[number] = _UNIT * np.sqrt(highest)
        _join(distance, share, borders, keep, drop)
        apart[drop] = apart[:, drop] = True
        node[keep] = count + number
    return merges, heights


def _kept_below(heights: NDArray[np.float32], limit: float) -> NDArray[np.float32]:
    """Heights (m,) that never decrease, all below a limit, and those moved for it still different from each other."""
    near = int(np.searchsorted(heights, _CROWDED[0] * limit))
    crowded = limit * np.linspace(*_CROWDED, len(heights) - near + 1)[1:]
    return np.concatenate((heights[:near], crowded.astype(np.float32)))


def _with_other_merges(tree: ConceptTree, merges: NDArray[np.int32], heights: NDArray[np.float32]) -> ConceptTree:
    """The tree with its first merges (m, 2) replaced by as many that leave the same groups of leaves."""
    kept = tree.merges[len(merges) :]
    node = np.arange(tree.nodes, dtype=np.int32)
    for number in range(len(merges) - 1, -1, -1):
        node[merges[number]] = node[tree.leaves + number]
    renamed = np.arange(tree.nodes, dtype=np.int32)
    renamed[tree.cut_to(tree.leaves - len(merges))] = node[: tree.leaves]
    return ConceptTree(
        np.concatenate((merges, np.sort(renamed[kept], axis=1))), np.concatenate((heights, tree.heights[len(merges) :]))
    )


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
