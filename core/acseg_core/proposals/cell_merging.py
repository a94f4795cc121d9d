"""The concept tree of an image from its cells: one criterion from the scene down to the pixels.

Each cell has the description of the patches it lies in and its own mean colour. Two regions of sizes a and b (as
shares of the image) merge at cost d (ab / (a + b))^p (1 - c t) s^q. Here d is the squared distance of their mean
descriptions plus that of their mean colours, times its weight; p is the size exponent, c the contact weight, t the
share of the shorter of both outlines along which they touch; s is how strong the image's edges are along their border,
relative to all borders of the image (1 where there is none), and q the contrast exponent.

Colours are weighed by the image itself: their variance over its cells counts the same in every image, so that they
decide where patches hardly differ (a field, a road, a slide) and add little where these differ much (a street); and
less, where colour changes from cell to cell with no regard to what is there (print).

While only neighbours merge, it also counts how cells differ from their surroundings, so that a crack or a vessel stays
apart from what is around it. When any two may merge, that has been said: what patches look like then decides more, and
patches count by their saliency. Nothing here imports torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import CellConfig
from acseg_core.proposals.cell_descriptions import LEAST_VARIANCE, group_means, variance_of
from acseg_core.proposals.cells import Cells
from acseg_core.proposals.merge_table import merge_all
from acseg_core.proposals.region_graph import MergeCost, MergeLog, RegionGraph, merge_neighbours
from acseg_core.proposals.tree import DEFAULT_THRESHOLD, ConceptTree

_FREE_ABOVE = 0.25
"""Share of the variance of colours from cell to cell that says nothing against them."""

_LEAST_CONTRAST = 2e-4
"""The same of differences from the surroundings."""

_USUAL_DETAIL = 0.1
"""Variance of descriptions above which they say enough for colours to count less."""

_COLOUR_RANGE = (0.25, 1.0)
"""Range of what colours count for then."""

_SALIENCY_RANGE = (0.2, 5.0)
"""Range that attention relative to the image's mean is clipped to."""

_RANK = 8
"""Regions that are left by the merge whose height stands for all heights of an image."""

_OWN = 0.8
"""Exponent with which heights are relative to that one: 1 would leave as many regions in every image."""

_USUAL_OWN = 0.1776
"""That height in ordinary photographs."""

_LEAST_OWN = 0.04
"""Of an image in which there is something: no photograph, slide, tile or page had less, blank ones a third of it."""

_USUAL = 0.1912
"""Height, in an ordinary photograph, that leaves seven to eight regions."""

_CONCEPTS = 12
"""Regions of the cut whose connected parts are counted."""

_USUAL_PARTS = 17.0
"""Connected parts of these in ordinary photographs."""

_USUAL_STEPS = 1.12
"""`scene_complexity.relative_steps` of the photographs that all of this was measured on."""

_SMALLEST_PART = 0.004
"""Share of the image that a connected part must have to count."""

_STEPS, _PARTS = 0.3, 0.2
"""Exponents with which the two raise heights: both tell a complex scene."""

_FINENESS = 0.15
"""Exponent with which heights follow the input's side: seen larger, patches differ less from the next, though they show
more."""

_SCENE_RANGE = (0.95, 1.5)
"""Range of the scale: a scene plainer than photographs is divided as they are."""

_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class CellFeatures:
    """What the backbone sees in the cells.

    Attributes:
        descriptions: (n, D) float32, what the patches look like that each cell lies in.
        attention: (n,) float32, of the CLS token to these, or None.
        steps: How much neighbouring patches differ (`scene_complexity.relative_steps`): more makes more regions.
        fineness: Side of what the backbone sees, relative to the usual one: more makes more regions.
    """

    descriptions: _Floats
    attention: _Floats | None = None
    steps: float = 1.0
    fineness: float = 1.0


def grow_cell_tree(cells: Cells, seen: CellFeatures, config: CellConfig) -> ConceptTree:
    """Merge the cells of an image bottom-up.

    Args:
        cells: Of the image.
        seen: What the backbone sees in them.
        config: Weights and exponents.

    Returns:
        A tree whose leaves are the cells.
    """
    graph, described = cells.graph, seen.descriptions
    weight = colour_weight(graph, config.colour)
    contrast = (
        config.surroundings * _reliability(graph) / max(variance_of(cells.contrasts, graph.sizes), _LEAST_CONTRAST)
    )
    parts = (described, np.sqrt(weight) * graph.features, np.sqrt(contrast) * cells.contrasts)
    near = graph.with_features(np.concatenate(parts, axis=1).astype(np.float32))
    cost = MergeCost(size=config.size_exponent, contact=config.contact, contrast=config.contrast)
    log = MergeLog.of(graph.count)
    left, region = merge_neighbours(near, cost, config.any_below, log)
    weight *= float(np.clip(_USUAL_DETAIL / max(variance_of(described, graph.sizes), 1e-6), *_COLOUR_RANGE))
    points = np.concatenate((described, np.sqrt(weight) * graph.features), axis=1).astype(np.float32)
    pixels, salient = graph.sizes, graph.sizes * _saliency(seen.attention, graph.sizes, config.saliency)
    count = left.count
    left = left.with_features(group_means(points, pixels, region))
    left = left.with_sizes(np.bincount(region, salient, count).astype(np.float32) / np.float32(salient.sum()))
    merge_all(left, cost, log)
    merges, costs = log.by_cost()
    unscaled = ConceptTree(merges, np.sqrt(costs).astype(np.float32))
    return ConceptTree(merges, _heights(unscaled, graph, steps=seen.steps, fineness=seen.fineness))


def colour_weight(graph: RegionGraph, wanted: float) -> float:
    """Weight of squared distances of colours.

    Args:
        graph: Of the cells, described by their colours.
        wanted: What the variance of colours is to count for, where they are no noise.
    """
    return wanted * _reliability(graph) / max(variance_of(graph.features, graph.sizes), LEAST_VARIANCE)


def _reliability(graph: RegionGraph) -> float:
    """How far colours are more than noise from cell to cell, 0..1."""
    first, second = graph.pairs.T
    apart = graph.features[first] - graph.features[second]
    squared = np.einsum("md,md->m", apart, apart)
    noise = float((graph.lengths * squared).sum()) / max(2 * float(graph.lengths.sum()), 1)
    return float(np.clip(1 + _FREE_ABOVE - noise / max(variance_of(graph.features, graph.sizes), LEAST_VARIANCE), 0, 1))


def _saliency(attention: _Floats | None, sizes: _Floats, exponent: float) -> _Floats:
    """(n,) weight of the pixels of each cell."""
    mean = 0.0 if attention is None else float((attention * sizes).sum() / sizes.sum())
    if attention is None or not mean > 0 or not exponent:
        return np.ones_like(sizes)
    return np.asarray(np.clip(attention / mean, *_SALIENCY_RANGE) ** exponent, np.float32)


def _heights(tree: ConceptTree, graph: RegionGraph, *, steps: float, fineness: float) -> NDArray[np.float32]:
    """Heights (m,) of merges: in part relative to the image's own, and higher in a complex scene.

    So one threshold for all images leaves more regions where there is more to tell apart, and never just one where
    an image as a whole is plainer than photographs are. They are rounded to half precision, as they are stored.

    Args:
        tree: With heights that are the roots of costs.
        graph: Of its leaves.
        steps: How much neighbouring patches differ, relative to ordinary photographs.
        fineness: Side of what the backbone sees, relative to the usual one.
    """
    if tree.leaves < 2:
        return np.zeros(0, np.float32)
    own = max(float(tree.heights[-min(_RANK, tree.leaves - 1)]), _LEAST_OWN)
    parts = count_parts(graph, tree.cut_to(_CONCEPTS)) / _USUAL_PARTS
    scene = float(np.clip(max(steps / _USUAL_STEPS, 1e-2) ** _STEPS * max(parts, 1e-2) ** _PARTS, *_SCENE_RANGE))
    heights = tree.heights * (DEFAULT_THRESHOLD / _USUAL) * scene * fineness**_FINENESS * (_USUAL_OWN / own) ** _OWN
    return np.asarray(np.maximum.accumulate(heights.astype(np.float16)), np.float32)


def count_parts(graph: RegionGraph, nodes: NDArray[np.integer]) -> int:
    """Number of connected parts of the regions that cells are of, (n,), specks left out."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    first, second = graph.pairs[nodes[graph.pairs[:, 0]] == nodes[graph.pairs[:, 1]]].T
    together = coo_array((np.ones(len(first)), (first, second)), shape=(graph.count, graph.count))
    _, part = connected_components(together, directed=False)
    return int((np.bincount(part, graph.sizes) >= _SMALLEST_PART).sum())
