"""Edge refinement: similarity maps at patch size become a label for every pixel of the image, with crisp edges.

The maps are made soft assignments, enlarged bilinearly, smoothed with a guided filter (He et al., 2013) that follows
the image's own edges, and the best concept of each pixel wins. Enlarging the maps instead of a label map keeps
boundaries between patches where the similarities put them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.config import RefineConfig
from acseg_core.images.shrinking import shrunk
from acseg_core.proposals.guided_filter import Box, GuidedFilter
from acseg_core.proposals.leaves import PatchTree
from acseg_core.proposals.tree import ConceptTree

Sharpen = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""Function from a map of patches (h, w) to one of pixels (H, W), which may be gone after the next call."""

EdgeFilter = Callable[[NDArray[np.uint8]], Sharpen]
"""Function that prepares a filter following the edges of a guide (H, W, 3)."""

Adjust = Callable[[int, NDArray[np.float32]], NDArray[np.float32]]
"""Function from a concept and what the guide's pixels have of it (H, W) to what they shall have."""

OUTSIDE = 0xFF
"""Value of a pixel of no node, in the maps of this module."""

_STEPS = ((256, 6), (64, 2))
"""Shortest sides in pixels from which on the filter's coefficients are found at every sixth or second pixel only (He &
Sun, 2015); docs/research/pixels.md, section 42, tells what that costs."""


def label_pixels(
    similarity: NDArray[np.float32],
    image: NDArray[np.uint8],
    config: RefineConfig | None = None,
    *,
    edges: EdgeFilter | None = None,
    adjust: Adjust | None = None,
    least: float | None = None,
) -> NDArray[np.uint8]:
    """Assign every pixel to a concept.

    Args:
        similarity: (h, w, K) float32, cosine of every patch to every concept; K at most 256.
        image: (H, W, 3) uint8 RGB.
        config: Settings; the defaults if left out.
        edges: Another filter than the guided one of the settings.
        adjust: Changes what pixels have of each concept, before the greatest wins.
        least: Share of a patch that a concept must have to get pixels; it must win one if left out.

    Returns:
        (H, W) uint8 index of the concept.

    Raises:
        ValueError: There are more concepts than a label map can hold.
    """
    config = config or RefineConfig()
    concepts = similarity.shape[2]
    if not 1 <= concepts <= 256:
        raise ValueError(f"need 1 to 256 concepts, got {concepts}")
    maps = soft_assignments(similarity, config)
    # A concept that wins no patch has vanished, and must not come back between two patches.
    alive = np.unique(similarity.argmax(axis=2))
    if least is not None:
        alive = np.union1d(alive, np.flatnonzero(maps.max(axis=(0, 1)) >= least))
    labels = np.full(image.shape[:2], alive[0], np.uint8)
    if len(alive) == 1:
        return labels
    guide = _guide(image, config)
    sharpen = _edge_filter(guide, config).sharpen if edges is None else edges(guide)

    def crisp(concept: int) -> NDArray[np.float32]:
        found = sharpen(maps[:, :, concept])
        if adjust is not None:
            found = adjust(concept, found)
        return found if guide is image else np.asarray(cv2.resize(found, image.shape[1::-1]), np.float32)

    best = crisp(alive[0]).copy()
    for concept in alive[1:]:
        other = crisp(concept)
        labels[other > best] = concept
        np.maximum(best, other, out=best)
    return labels


@dataclass(frozen=True, slots=True, eq=False)
class Fork:
    """A node of a tree, and the nodes below it that have its pixels between them.

    Attributes:
        node: The upper one.
        parts: At least two nodes below it.
        leads: For each part but the last, (h, w) float32, how much more it has of every patch than the last one: the
            part with the greatest lead gets it, or the last where none is above 0.
    """

    node: int
    parts: tuple[int, ...]
    leads: tuple[NDArray[np.float32], ...]


Crisp = Callable[[NDArray[np.float32], Box], NDArray[np.float32]]
"""Function from a lead in patches to that in the pixels of a box, which may be gone after the next call."""


def label_leaves(grown: PatchTree, image: NDArray[np.uint8], config: RefineConfig | None = None) -> NDArray[np.uint8]:
    """Assign every pixel to a leaf of a tree, from the root down; see `forks_of`.

    Args:
        grown: The tree before its leaves have pixels.
        image: (H, W, 3) uint8 RGB.
        config: Settings; the defaults if left out.

    Returns:
        (H, W) uint8 index of the leaf; not every leaf needs to get a pixel.
    """
    config = config or RefineConfig()
    forks, root = forks_of(grown, config), grown.tree.root
    guide = _guide(image, config)
    edges = _edge_filter(guide, config)
    if guide is image:
        return descend(root, forks, (image.shape[0], image.shape[1]), edges.sharpen)
    small = [replace(fork, leads=tuple(edges.sharpen(lead).copy() for lead in fork.leads)) for fork in forks]
    leaves = descend(root, small, (guide.shape[0], guide.shape[1]))
    return enlarge_leaves(leaves, root, small, (image.shape[0], image.shape[1]))


def forks_of(grown: PatchTree, config: RefineConfig) -> list[Fork]:
    """How pixels find their leaf, from the root down.

    First they go to a region of the coarsest cut that is drawn, then to one inside it of the next, by what their
    patches have in common with each region as a whole. Below these, one merge at a time, they go to the child whose
    leaves have more of them together: so a region of many leaves is at no disadvantage beside one that is a single
    leaf, whatever the cut.

    Args:
        grown: The tree before its leaves have pixels.
        config: Temperature and margin.

    Returns:
        Every fork after the one above it.
    """
    tree = grown.tree
    forks = []
    above = np.full(tree.leaves, tree.root)
    for level in grown.drawn:
        kinds, first_leaves = np.unique(level.nodes, return_index=True)
        maps = soft_assignments(level.similarity, config)
        for node in np.unique(above):
            parts = np.flatnonzero((above[first_leaves] == node) & (kinds != node))
            if len(parts):
                leads = tuple(maps[:, :, part] - maps[:, :, parts[-1]] for part in parts[:-1])
                forks.append(Fork(int(node), tuple(kinds[parts].tolist()), leads))
        above = level.nodes
    shares = node_shares(soft_assignments(grown.similarity, config), tree)
    open_nodes = set(np.unique(above).tolist())
    for merge in range(len(tree.merges) - 1, -1, -1):
        if tree.leaves + merge in open_nodes:
            first, second = tree.merges[merge].tolist()
            forks.append(Fork(tree.leaves + merge, (first, second), (shares[first] - shares[second],)))
            open_nodes |= {first, second}
    return forks


def node_shares(maps: NDArray[np.float32], tree: ConceptTree) -> list[NDArray[np.float32]]:
    """Add up the maps (h, w, n) of the leaves: for every node, (h, w) float32."""
    shares = [np.ascontiguousarray(maps[:, :, leaf]) for leaf in range(tree.leaves)]
    for first, second in tree.merges:
        shares.append(shares[first] + shares[second])
    return shares


def descend(root: int, forks: Sequence[Fork], size: tuple[int, int], crisp: Crisp | None = None) -> NDArray[np.uint8]:
    """Send every pixel from the root as far down as forks lead.

    Args:
        root: Node of all pixels, below `OUTSIDE`.
        forks: Every one after the one above it.
        size: (H, W).
        crisp: Makes pixels of their leads; left out for leads (H, W).

    Returns:
        (H, W) uint8 node of every pixel, where no fork leads on.
    """
    nodes = np.full(size, root, np.uint8)
    forked = {fork.node for fork in forks}
    boxes = {root: (slice(0, size[0]), slice(0, size[1]))}  # of the nodes that have pixels
    for fork in forks:
        if fork.node not in boxes:
            continue
        box = boxes[fork.node]
        part = nodes[box]
        here = part == fork.node
        chosen = _ahead(fork.parts, (lead[box] if crisp is None else crisp(lead, box) for lead in fork.leads))
        # Exclusive or of bytes, where np.copyto with a mask would take four times as long.
        part ^= here.view(np.uint8) * (chosen ^ np.uint8(fork.node))
        for child in fork.parts:
            if child in forked and (inner := _inner_box(part == child, box)) is not None:
                boxes[child] = inner
    return nodes


def _ahead(parts: Sequence[int], leads: Iterable[NDArray[np.float32]]) -> NDArray[np.uint8]:
    """Which part has the greatest of some leads over the last, or the last; each lead is used before the next."""
    first, *others = (np.uint8(part) for part in parts)
    waiting = iter(leads)
    best = next(waiting)
    chosen = (best > 0).view(np.uint8) * (first ^ others[-1]) ^ others[-1]
    if len(others) > 1:
        best = np.maximum(best, 0)
        for part, lead in zip(others, waiting, strict=False):
            np.putmask(chosen, lead > best, part)
            np.maximum(best, lead, out=best)
    return chosen


def _inner_box(pixels: NDArray[np.bool_], box: Box) -> Box | None:
    """Rows and columns of the image around the pixels that are set in a part of it, or None where none is."""
    left, top, width, height = cv2.boundingRect(pixels.view(np.uint8))
    if not width:
        return None
    top, left = top + box[0].start, left + box[1].start
    return slice(top, top + height), slice(left, left + width)


def enlarge_leaves(
    leaves: NDArray[np.uint8], root: int, forks: Sequence[Fork], size: tuple[int, int]
) -> NDArray[np.uint8]:
    """What `descend` would find at full size if the leads were enlarged bilinearly, at a fraction of the cost.

    A pixel lies between four samples. Where they all went the same way, so does every mean of them; only along the
    edges between leaves are there pixels whose own way has to be found.

    Args:
        leaves: (h, w) uint8, what `descend` found for the samples.
        root: Node of all pixels, below `OUTSIDE`.
        forks: With leads (h, w), every fork after the one above it.
        size: (H, W), at least (h, w).

    Returns:
        (H, W) uint8 leaf of every pixel.
    """
    (top, bottom, down), (left, right, across) = (
        samples_between(*each) for each in zip(leaves.shape, size, strict=True)
    )
    below = np.minimum(np.arange(leaves.shape[0]) + 1, leaves.shape[0] - 1)
    beside = np.minimum(np.arange(leaves.shape[1]) + 1, leaves.shape[1] - 1)
    same = (leaves == leaves[below]) & (leaves == leaves[:, beside]) & (leaves == leaves[below][:, beside])
    found = np.where(same, leaves, np.uint8(OUTSIDE)).take(left, axis=1).take(top, axis=0)
    at = np.flatnonzero(found == OUTSIDE)
    y, x = np.divmod(at, size[1])
    corners = [row[y] * leaves.shape[1] + column[x] for row in (top, bottom) for column in (left, right)]
    down, across = down[y], across[x]
    nodes = np.full(len(at), root, np.uint8)

    def between(lead: NDArray[np.float32], here: NDArray[np.intp]) -> NDArray[np.float32]:
        upper_left, upper_right, lower_left, lower_right = (lead.ravel()[corner[here]] for corner in corners)
        upper = upper_left + (upper_right - upper_left) * across[here]
        lower = lower_left + (lower_right - lower_left) * across[here]
        return np.asarray(upper + (lower - upper) * down[here])

    for fork in forks:
        here = np.flatnonzero(nodes == fork.node)
        if len(here):
            nodes[here] = _ahead(fork.parts, [between(lead, here) for lead in fork.leads])
    found.ravel()[at] = nodes
    return found


def samples_between(count: int, pixels: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
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
    return np.asarray(shrunk(image, size), np.uint8)


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
