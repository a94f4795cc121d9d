"""Crisp edges: similarity maps at patch size become a label for every pixel of the image.

The maps are made soft assignments, enlarged bilinearly, smoothed with a guided filter (He et al., 2013) that follows
the image's own edges, and the best concept of each pixel wins. Enlarging the maps instead of a label map keeps
boundaries between patches where the similarities put them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.config import RefineConfig
from acseg_core.guided import Box, GuidedFilter
from acseg_core.tree import OUTSIDE, ConceptTree

Sharpen = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""Makes of a map of patches (h, w) one of pixels (H, W), which may be gone after the next call."""

EdgeFilter = Callable[[NDArray[np.uint8]], Sharpen]
"""Prepares a filter that follows the edges of a guide (H, W, 3)."""

_STEPS = ((256, 4), (64, 2))
"""From which shortest side in pixels on the filter's coefficients are found at every fourth or second pixel only (He &
Sun, 2015): a fifth of the time, and 99 % of the labels as with all of them."""


def label_pixels(
    similarity: NDArray[np.float32],
    image: NDArray[np.uint8],
    config: RefineConfig | None = None,
    *,
    edges: EdgeFilter | None = None,
) -> NDArray[np.uint8]:
    """Assign every pixel to a concept.

    Args:
        similarity: (h, w, K) float32, cosine of every patch to every concept; K at most 256.
        image: (H, W, 3) uint8 RGB.
        config: Settings; the defaults if left out.
        edges: Another filter than the guided one of the settings.

    Returns:
        (H, W) uint8 index of the concept.

    Raises:
        ValueError: There are more concepts than a label map can hold.
    """
    config = config or RefineConfig()
    concepts = similarity.shape[2]
    if not 1 <= concepts <= 256:
        raise ValueError(f"need 1 to 256 concepts, got {concepts}")
    # A concept that wins no patch has vanished, and must not come back between two patches.
    alive = np.unique(similarity.argmax(axis=2))
    maps = soft_assignments(similarity, config)
    labels = np.full(image.shape[:2], alive[0], np.uint8)
    if len(alive) == 1:
        return labels
    guide = _guide(image, config)
    sharpen = _edge_filter(guide, config).sharpen if edges is None else edges(guide)

    def crisp(concept: int) -> NDArray[np.float32]:
        found = sharpen(maps[:, :, concept])
        return found if guide is image else np.asarray(cv2.resize(found, image.shape[1::-1]), np.float32)

    best = crisp(alive[0]).copy()
    for concept in alive[1:]:
        other = crisp(concept)
        labels[other > best] = concept
        np.maximum(best, other, out=best)
    return labels


def label_leaves(
    similarity: NDArray[np.float32],
    image: NDArray[np.uint8],
    tree: ConceptTree,
    config: RefineConfig | None = None,
) -> NDArray[np.uint8]:
    """Assign every pixel to a leaf of a tree, from the root down.

    At every node the pixel goes to the child whose leaves have more of it together. So a region of many leaves is not
    at a disadvantage beside one that is a single leaf, whatever the cut.

    Args:
        similarity: (h, w, n) float32, of every patch to every leaf, on the scale of cosines.
        image: (H, W, 3) uint8 RGB.
        tree: Of n leaves.
        config: Settings; the defaults if left out.

    Returns:
        (H, W) uint8 index of the leaf; not every leaf needs to get a pixel.
    """
    config = config or RefineConfig()
    shares = node_shares(soft_assignments(similarity, config), tree)
    guide = _guide(image, config)
    edges = _edge_filter(guide, config)

    def lean(merge: int, box: Box | None = None) -> NDArray[np.float32]:
        first, second = tree.merges[merge]
        # The filter is linear: of the difference, it is the difference.
        return edges.sharpen(shares[first] - shares[second], box)

    if guide is image:
        return descend(tree, (image.shape[0], image.shape[1]), lean)
    kept = functools.cache(lambda merge: lean(merge).copy())
    leaves = descend(tree, (guide.shape[0], guide.shape[1]), lambda merge, box: kept(merge)[box])
    return enlarge_leaves(leaves, tree, (image.shape[0], image.shape[1]), kept)


def node_shares(maps: NDArray[np.float32], tree: ConceptTree) -> list[NDArray[np.float32]]:
    """Add up the maps (h, w, n) of the leaves: for every node, (h, w) float32."""
    shares = [np.ascontiguousarray(maps[:, :, leaf]) for leaf in range(tree.leaves)]
    for first, second in tree.merges:
        shares.append(shares[first] + shares[second])
    return shares


def descend(
    tree: ConceptTree, size: tuple[int, int], lean: Callable[[int, Box], NDArray[np.float32]]
) -> NDArray[np.uint8]:
    """Send every pixel from the root down to a leaf.

    Args:
        tree: Of at most 64 leaves.
        size: (H, W).
        lean: Given the number of a merge and a part of the image, float32 as large as that part: above 0 where a pixel
            goes to the merge's first child.

    Returns:
        (H, W) uint8 leaf of every pixel.
    """
    nodes = np.full(size, tree.root, np.uint8)
    boxes = {tree.root: (slice(0, size[0]), slice(0, size[1]))}  # of the nodes that have pixels
    for merge in range(len(tree.merges) - 1, -1, -1):
        node, (first, second) = tree.leaves + merge, tree.merges[merge].astype(np.uint8)
        if node not in boxes:
            continue
        box = boxes[node]
        part = nodes[box]
        here = part == node
        to_first = (lean(merge, box) > 0) & here
        # Exclusive or of bytes, where np.copyto with a mask would take four times as long.
        part ^= here.view(np.uint8) * (second ^ np.uint8(node))
        part ^= to_first.view(np.uint8) * (first ^ second)
        for child, pixels in ((first, to_first), (second, here ^ to_first)):
            if (inner := _inner_box(pixels, box)) is not None:
                boxes[int(child)] = inner
    return nodes


def _inner_box(pixels: NDArray[np.bool_], box: Box) -> Box | None:
    """Rows and columns of the image around the pixels that are set in a part of it, or None where none is."""
    left, top, width, height = cv2.boundingRect(pixels.view(np.uint8))
    if not width:
        return None
    top, left = top + box[0].start, left + box[1].start
    return slice(top, top + height), slice(left, left + width)


def enlarge_leaves(
    leaves: NDArray[np.uint8], tree: ConceptTree, size: tuple[int, int], lean: Callable[[int], NDArray[np.float32]]
) -> NDArray[np.uint8]:
    """What `descend` would find at full size if the leans were enlarged bilinearly, at a fraction of the cost.

    A pixel lies between four samples. Where they all went the same way, so does every mean of them; only along the
    edges between leaves are there pixels whose own way has to be found.

    Args:
        leaves: (h, w) uint8, what `descend` found for the samples.
        tree: Of at most 64 leaves.
        size: (H, W), at least (h, w).
        lean: Given the number of a merge, (h, w) float32: above 0 where a sample goes to its first child.

    Returns:
        (H, W) uint8 leaf of every pixel.
    """
    (top, bottom, down), (left, right, across) = (_between(*each) for each in zip(leaves.shape, size, strict=True))
    below = np.minimum(np.arange(leaves.shape[0]) + 1, leaves.shape[0] - 1)
    beside = np.minimum(np.arange(leaves.shape[1]) + 1, leaves.shape[1] - 1)
    same = (leaves == leaves[below]) & (leaves == leaves[:, beside]) & (leaves == leaves[below][:, beside])
    found = np.where(same, leaves, np.uint8(OUTSIDE)).take(left, axis=1).take(top, axis=0)
    at = np.flatnonzero(found == OUTSIDE)
    y, x = np.divmod(at, size[1])
    corners = [row[y] * leaves.shape[1] + column[x] for row in (top, bottom) for column in (left, right)]
    down, across = down[y], across[x]
    nodes = np.full(len(at), tree.root, np.uint8)
    for merge in range(len(tree.merges) - 1, -1, -1):
        here = np.flatnonzero(nodes == tree.leaves + merge)
        if len(here):
            samples = lean(merge).ravel()
            upper_left, upper_right, lower_left, lower_right = (samples[corner[here]] for corner in corners)
            upper = upper_left + (upper_right - upper_left) * across[here]
            lower = lower_left + (lower_right - lower_left) * across[here]
            first, second = tree.merges[merge].astype(np.uint8)
            nodes[here] = np.where(upper + (lower - upper) * down[here] > 0, first, second)
    found.ravel()[at] = nodes
    return found


def _between(count: int, pixels: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """For pixels along an axis: the samples before and after each, and the share of the latter, as cv2.resize does."""
    position = np.clip((np.arange(pixels) + 0.5) * count / pixels - 0.5, 0, count - 1)
    before = position.astype(np.intp)
    return before, np.minimum(before + 1, count - 1), (position - before).astype(np.float32)


def soft_assignments(similarity: NDArray[np.float32], config: RefineConfig) -> NDArray[np.float32]:
    """Softmax of similarities, with the margin for every patch's best concept.

    Args:
        similarity: (h, w, K) float32, cosine of every patch to every concept.
        config: Temperature and margin.

    Returns:
        (h, w, K) float32, summing to 1 over K.
    """
    logits = similarity / config.temperature
    winner = similarity.argmax(axis=2)[..., None]
    best = (similarity.max(axis=2, keepdims=True) + config.margin) / config.temperature
    np.put_along_axis(logits, winner, best, axis=2)
    return _softmax(logits)


def _guide(image: NDArray[np.uint8], config: RefineConfig) -> NDArray[np.uint8]:
    """The image (H, W, 3) itself, or made smaller where it is larger than the filter works at."""
    height, width = image.shape[:2]
    shrink = config.max_side / max(height, width)
    if shrink >= 1:
        return image
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _edge_filter(guide: NDArray[np.uint8], config: RefineConfig) -> GuidedFilter:
    """The guided filter for a guide (H, W, 3), its window shrunk to fit tiny images."""
    shortest = min(guide.shape[:2])
    step = next((step for side, step in _STEPS if shortest >= side), 1)
    radius = max(1, round(min(config.radius, shortest / 4) / step))
    return GuidedFilter(guide, radius, config.epsilon, step)


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Softmax over the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)
