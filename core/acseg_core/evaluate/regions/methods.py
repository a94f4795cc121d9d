"""The methods that are compared, each as one row of a table: what it needs, its settings, and how it partitions."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.regions import edges, peers, scene
from acseg_core.evaluate.regions.equal_counts import common_height, matched_settings
from acseg_core.evaluate.regions.normalised_cut import normalised_cut
from acseg_core.evaluate.regions.scene import LeafTree, Scene
from acseg_core.proposals.leaves import PatchTree
from acseg_core.proposals.refine import label_leaves, label_pixels

LabelMap = NDArray[np.integer[Any]]

MOST_REGIONS = 250
"""Regions of the finest partition that may be asked for; a label map of 8 bits holds them."""

USUAL_REACH = 64
"""Regions up to which methods that have to try are tried, unless more are asked for: each further try takes time."""

_CLUSTER_COUNTS = tuple(float(count) for count in range(1, MOST_REGIONS + 1))
_SPECTRAL_COUNTS = (2, 3, 4, 5, 7, 8, 10, 12, 16, 18, 21, 28, 40, 64, 90, 128, 180, MOST_REGIONS)
_SLIC_COUNTS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 144, 216, 324)
_FELZENSZWALB_SCALES = tuple(float(scale) for scale in np.geomspace(40000, 80, 14).round())


class Group(StrEnum):
    """Tables of the report."""

    METHODS = "methods"
    ABLATION = "ablation"
    EDGES = "edges"
    CEILINGS = "ceilings"


@dataclass(frozen=True, slots=True)
class Method:
    """One way to partition an image; its setting is a height for trees, else one of ``settings``.

    Attributes:
        name: In tables and files.
        group: Its table.
        partition: (scene, setting) -> (H, W) label map.
        tree: Name of the tree it cuts at one height for all images, or None.
        needs: Names of further trees (or `scene.FINE`).
        settings: From few regions to many; empty for trees.
        survey: (scene, setting) -> number of regions; None when that is the setting itself.
        edges: Makes the (H, W) map of our leaves that it cuts; None for ours.
        walked: The tree in which people could look for their things, its leaves on pixels; None where there is none.
    """

    name: str
    group: Group
    partition: Callable[[Scene, float], LabelMap]
    tree: str | None = None
    needs: tuple[str, ...] = ()
    settings: tuple[float, ...] = ()
    survey: Callable[[Scene, float], int] | None = None
    edges: Callable[[Scene], LabelMap] | None = None
    walked: Callable[[Scene], LeafTree] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What the settings are chosen from: a few numbers of one image.

    Attributes:
        heights: Of the merges of each tree, (n - 1,) float32.
        counts: Regions at each setting, for methods that have to try, (settings,) int.
    """

    heights: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    counts: dict[str, NDArray[np.intp]] = field(default_factory=dict)


def survey_scene(made: Scene, methods: Sequence[Method]) -> Survey:
    """Collect what `settings_for` needs to know of one image."""
    counts = {
        method.name: np.array([method.survey(made, setting) for setting in method.settings])
        for method in methods
        if method.survey is not None
    }
    return Survey({name: parts.tree.heights for name, parts in made.trees.items()}, counts)


def settings_for(method: Method, surveys: Sequence[Survey], count: float, *, seed: int) -> NDArray[np.float64]:
    """Choose the settings with which a method makes ``count`` regions on average.

    Returns:
        (images,) float64; all the same for a tree.
    """
    if method.tree is not None:
        height = common_height([survey.heights[method.tree] for survey in surveys], count)
        return np.full(len(surveys), height)
    settings = np.array(method.settings)
    if method.survey is None:
        counts = np.tile(settings.astype(np.intp), (len(surveys), 1))
    else:
        counts = np.stack([survey.counts[method.name] for survey in surveys])
    return settings[matched_settings(counts, count, seed=seed)]


def timed_partition(method: Method, made: Scene, setting: float) -> tuple[LabelMap, float]:
    """Partition a scene; with the seconds that takes from tokens to pixels, its tree included.

    For edges, the seconds are those for the pixels alone.
    """
    names = [name for name in (method.tree, *method.needs) if name in made.trees]
    if method.edges is not None:
        names = [method.name]
        if method.name not in made.trees:  # once for all cuts, as for our own leaves
            start = time.perf_counter()
            leaf_map = method.edges(made)
            made.trees[method.name] = LeafTree(_grown(made).tree, leaf_map, time.perf_counter() - start)
    start = time.perf_counter()
    label_map = method.partition(made, setting)
    return label_map, time.perf_counter() - start + sum(made.trees[name].seconds for name in names)


def ours() -> Method:
    """Our concept tree, cut at one height for all images."""
    return _tree_on_pixels("ours", scene.OURS)


def peer_methods(reach: int = USUAL_REACH) -> dict[str, Method]:
    """All peers by their names; those with a fixed K make K or K + 1 regions where the mean lies between.

    Args:
        reach: Number of regions that methods which have to try are tried up to.
    """
    group = Group.METHODS
    spectral, felzenszwalb = (
        partial(_clustered, cluster=peers.spectral),
        partial(_on_pixels, segment=peers.felzenszwalb),
    )
    slic = partial(_on_pixels, segment=peers.slic)
    adaptive_ward = Method("adaptive-ward", group, _adaptive_ward, tree=scene.TOKEN_WARD, walked=_walked_ward)
    table = (
        Method("kmeans", group, partial(_clustered, cluster=peers.kmeans), settings=_CLUSTER_COUNTS),
        Method("colour-kmeans", group, _colour_kmeans, settings=_CLUSTER_COUNTS),
        Method("ward", group, _ward, needs=(scene.TOKEN_WARD,), settings=_CLUSTER_COUNTS),
        adaptive_ward,
        _tree_on_pixels("slic-tokens-ward", scene.CELLS),
        # Not every spectral cluster is the nearest to some patch, so what is left of K has to be counted.
        Method("spectral", group, spectral, settings=_up_to(reach, _SPECTRAL_COUNTS), survey=_spectral_count),
        Method("ncut", group, _normalised_cut, settings=_CLUSTER_COUNTS),
        _counting(Method("slic", group, slic, settings=_up_to(1.5 * reach, _SLIC_COUNTS))),
        _counting(Method("felzenszwalb", group, felzenszwalb, settings=_FELZENSZWALB_SCALES)),
    )
    return {method.name: method for method in table}


def paper_method() -> Method:
    """The paper's configuration: the concept most similar to each patch; it has no setting, and its own count."""
    return _counting(Method(scene.PAPER, Group.METHODS, _paper, needs=(scene.PAPER,), settings=(0.0,)))


def ablation_methods() -> tuple[Method, ...]:
    """Trees above patches instead of cells, with other leaves, and flat clusters of what merges compare."""
    group = Group.ABLATION
    generator, kmeans = scene.GENERATOR_LEAVES, scene.KMEANS_LEAVES
    flat_kmeans = partial(_clustered, cluster=peers.kmeans, described=True)
    flat_ward = partial(_ward, described=True)
    return (
        _tree_on_pixels("patch tree", scene.PATCH_TREE, group),
        Method("generator leaves", group, partial(_cut, name=generator), tree=generator),
        Method("k-means leaves", group, partial(_cut, name=kmeans), tree=kmeans),
        Method("k-means, our features", group, flat_kmeans, settings=_CLUSTER_COUNTS),
        Method("ward, our features", group, flat_ward, needs=(scene.DESCRIBED_WARD,), settings=_CLUSTER_COUNTS),
    )


def edge_methods() -> tuple[Method, ...]:
    """The tree above patches with pixels found in several ways."""
    ways = {"bilinear edges": _bilinear, "guided filter edges": _guided_filter, "PAMR edges": _pamr}
    return tuple(
        Method(name, Group.EDGES, partial(_cut, name=name), tree=scene.PATCH_TREE, needs=(scene.FINE,), edges=way)
        for name, way in ways.items()
    )


def ceiling_methods() -> tuple[Method, ...]:
    """What each step from pixels to our regions leaves possible: leaves, patches and cells given their true class."""
    ways: dict[str, Callable[[Scene, float], LabelMap]] = {
        "all leaves": lambda made, _setting: made.trees[scene.OURS].leaf_map,
        "patches": lambda made, _setting: made.patch_of,
        "cells": lambda made, _setting: made.cells(),
    }
    return tuple(Method(name, Group.CEILINGS, way, needs=(scene.OURS,), settings=(0.0,)) for name, way in ways.items())


def _tree_on_pixels(name: str, tree: str, group: Group = Group.METHODS) -> Method:
    """A tree whose leaves have pixels."""
    return Method(name, group, partial(_cut, name=tree), tree=tree, walked=lambda made: made.trees[tree])


def _up_to(reach: float, counts: Sequence[int]) -> tuple[float, ...]:
    return tuple(float(count) for count in counts if count <= reach)


def _counting(method: Method) -> Method:
    """The method, with its regions counted at every setting before one is chosen."""
    return replace(method, survey=lambda made, setting: len(np.unique(method.partition(made, setting))))


def _cut(made: Scene, height: float, *, name: str) -> LabelMap:
    return made.trees[name].cut(height)


def _clustered(
    made: Scene, count: float, *, cluster: Callable[..., NDArray[np.intp]], described: bool = False
) -> LabelMap:
    points = made.described if described else made.tokens
    clusters = cluster(points.reshape(-1, points.shape[2]), int(count), seed=made.seed)
    return made.pixels(points, clusters)


def _spectral_count(made: Scene, count: float) -> int:
    """Regions that spectral clustering comes to: of an image, eigenvectors are computed once for all settings."""
    points = made.tokens.reshape(-1, made.tokens.shape[2])
    if len(points) <= max(count, USUAL_REACH) + 1:
        return len(np.unique(_clustered(made, count, cluster=peers.spectral)))
    if made.places is None or made.places.shape[1] < count:
        made.places = peers.spectral_places(points, max(int(count), USUAL_REACH), seed=made.seed)
    clusters = peers.spectral_clusters(made.places, int(count), seed=made.seed)
    return len(np.unique(made.pixels(made.tokens, clusters)))


def _ward(made: Scene, count: float, *, described: bool = False) -> LabelMap:
    tree = made.trees[scene.DESCRIBED_WARD if described else scene.TOKEN_WARD]
    return made.pixels(made.described if described else made.tokens, tree.cut_to(int(count)))


def _adaptive_ward(made: Scene, height: float) -> LabelMap:
    return made.pixels(made.tokens, made.trees[scene.TOKEN_WARD].cut(height))


def _walked_ward(made: Scene) -> LeafTree:
    return made.on_pixels(made.trees[scene.TOKEN_WARD])


def _colour_kmeans(made: Scene, count: float) -> LabelMap:
    return peers.colour_kmeans(made.image, int(count), seed=made.seed)


def _normalised_cut(made: Scene, count: float) -> LabelMap:
    return made.pixels_of_parts(normalised_cut(made.tokens, int(count), seed=made.seed))


def _paper(made: Scene, _setting: float) -> LabelMap:
    assert made.paper is not None
    return label_pixels(made.paper, made.image, made.refine)


def _on_pixels(made: Scene, setting: float, *, segment: Callable[[NDArray[np.uint8], float], LabelMap]) -> LabelMap:
    return segment(made.image, setting)


def _grown(made: Scene) -> PatchTree:
    assert made.fine is not None
    return made.fine


def _bilinear(made: Scene) -> LabelMap:
    return edges.bilinear_leaves(_grown(made), made.image, made.refine)


def _guided_filter(made: Scene) -> LabelMap:
    return label_leaves(_grown(made), made.image, made.refine)


def _pamr(made: Scene) -> LabelMap:
    return edges.pamr_leaves(_grown(made), made.image, made.refine)
