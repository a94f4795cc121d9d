"""Scene: what all methods share of one image, the tokens of one backbone pass and the trees that are cut.

A scene is made in the first pass over the images and waits on the disk for the second one, when the heights at which
its trees are cut are known.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from acseg_core.evaluate.regions import peers
from acseg_core.evaluate.regions.cells import cell_tree, slic_cells
from acseg_core.nets.features import FeatureMap
from acseg_core.output.atomic_write import write_aside
from acseg_core.output.kept_arrays import named_arrays, needed
from acseg_core.proposals.leaves import DrawnCut, PatchTree, similarity_to_means
from acseg_core.proposals.merging import grow_tree
from acseg_core.proposals.patches import describe
from acseg_core.proposals.refine import label_leaves, label_pixels
from acseg_core.proposals.tree import ConceptTree

if TYPE_CHECKING:
    from acseg_core.config import RefineConfig
    from acseg_core.proposals.segmenter import Segmenter

OURS = "ours"
PATCH_TREE = "patch tree"
"""Name of the tree above clusters of patches, whose leaves get pixels by the filter (`TreeConfig.fine` of "ward")."""

GENERATOR_LEAVES = "generator"
KMEANS_LEAVES = "kmeans"
TOKEN_WARD = "token-ward"
DESCRIBED_WARD = "described-ward"
CELLS = "cells"
"""Name of the tree above cells of pixels, as many as there are patches."""

FINE = "fine"
"""Name of the tree above clusters of patches before its leaves have pixels, which other edge methods start from."""

PAPER = "paper"
"""Name of the paper's configuration, which compares every patch with the concepts of its generator."""

_CRISP_REGIONS = 32
"""Regions of a tree of patches that have the edges of all methods where its leaves get pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class LeafTree:
    """A tree and where its leaves are.

    Attributes:
        tree: Of n leaves.
        leaf_map: Leaf of every pixel (H, W), or of every patch (h, w) for a tree of patches.
        seconds: It took to make.
    """

    tree: ConceptTree
    leaf_map: NDArray[np.integer]
    seconds: float

    def cut(self, height: float) -> NDArray[np.intp]:
        """Label map, without gaps, of the cut at a height; as large as the leaf map."""
        return self._labels(self.tree.cut(height))

    def cut_to(self, count: int) -> NDArray[np.intp]:
        """Label map, without gaps, of the cut into so many nodes."""
        return self._labels(self.tree.cut_to(count))

    def _labels(self, nodes: NDArray[np.int32]) -> NDArray[np.intp]:
        used = np.unique(self.leaf_map)  # a leaf may have lost all its pixels
        kinds = np.full(self.tree.leaves, 0)
        kinds[used] = np.unique(nodes[used], return_inverse=True)[1]
        return np.asarray(kinds[self.leaf_map], np.intp)


@dataclass(slots=True, eq=False)
class Scene:
    """One image, ready to be partitioned by any method.

    Attributes:
        image: (H, W, 3) uint8 RGB.
        tokens: (h, w, D) float32, L2-normalised: what the peers take.
        described: (h, w, D') float32, L2-normalised: what our merges compare.
        refine: Settings of the edges, the same for all.
        seed: Of everything random.
        trees: By the names above.
        fine: Our tree before its leaves have pixels; None where not asked for.
        paper: (h, w, K) float32, similarity of every patch to the concepts of the paper's generator, or None.
        places: (h w, m) float64, what spectral clustering clusters, once that was computed; not saved.
    """

    image: NDArray[np.uint8]
    tokens: NDArray[np.float32]
    described: NDArray[np.float32]
    refine: RefineConfig
    seed: int
    trees: dict[str, LeafTree]
    fine: PatchTree | None = None
    paper: NDArray[np.float32] | None = None
    places: NDArray[np.float64] | None = None

    @classmethod
    def of(
        cls,
        image: NDArray[np.uint8],
        features: FeatureMap,
        segmenter: Segmenter,
        wanted: Collection[str],
        *,
        seed: int,
        paper: Segmenter | None = None,
    ) -> Scene:
        """Make the scene of an image with the trees that are wanted; ``paper`` has the paper's generator, if any."""
        patches, tree = segmenter.patches(image, features), segmenter.config.tree
        described = patches.described(key_share=tree.key_share, value_share=tree.value_share)
        scene = cls(image, describe(patches.tokens, None), described, segmenter.config.refine, seed, {})
        for name in wanted:
            if name not in (FINE, PAPER):
                scene.trees[name] = _tree(name, scene, features, segmenter)
        if FINE in wanted:
            scene.fine = _variant(segmenter, PATCH_TREE).patch_tree(image, features)
        if paper is not None:
            scene.paper = paper.similarity_maps([features])[0]
        return scene

    @classmethod
    def load(cls, path: Path, image: NDArray[np.uint8], refine: RefineConfig, *, seed: int) -> Scene:
        """Read what `save` wrote; raises StorageError when that is gone or damaged."""
        with needed(path, remedy="run the evaluation again"):
            arrays = named_arrays(path)
            trees = {
                name: LeafTree(
                    ConceptTree(arrays[f"{name}/merges"], arrays[f"{name}/heights"]),
                    arrays[f"{name}/leaf_map"],
                    float(arrays[f"{name}/seconds"]),
                )
                for name in arrays["trees"].tolist()
            }
            fine = None
            if FINE in arrays:
                tree = ConceptTree(arrays[f"{FINE}/merges"], arrays[f"{FINE}/heights"])
                levels = range(int(arrays[f"{FINE}/drawn"]))
                drawn = (DrawnCut(arrays[f"{FINE}/{level}/nodes"], arrays[f"{FINE}/{level}"]) for level in levels)
                fine = PatchTree(tree, arrays[FINE], tuple(drawn))
            paper = arrays.get(PAPER)
            return cls(image, arrays["tokens"], arrays["described"], refine, seed, trees, fine, paper)

    def save(self, path: Path) -> None:
        """Write everything but the image; raises StorageError when that is not possible."""
        arrays: dict[str, NDArray[np.generic]] = {
            "tokens": self.tokens,
            "described": self.described,
            "trees": np.array(list(self.trees), dtype=np.str_),
        }
        for name, parts in self.trees.items():
            arrays[f"{name}/merges"] = parts.tree.merges
            arrays[f"{name}/heights"] = parts.tree.heights
            arrays[f"{name}/leaf_map"] = parts.leaf_map
            arrays[f"{name}/seconds"] = np.array(parts.seconds)
        if self.fine is not None:
            arrays[FINE] = self.fine.similarity
            arrays[f"{FINE}/merges"] = self.fine.tree.merges
            arrays[f"{FINE}/heights"] = self.fine.tree.heights
            arrays[f"{FINE}/drawn"] = np.array(len(self.fine.drawn))
            for level, drawn in enumerate(self.fine.drawn):
                arrays[f"{FINE}/{level}"] = drawn.similarity
                arrays[f"{FINE}/{level}/nodes"] = drawn.nodes
        if self.paper is not None:
            arrays[PAPER] = self.paper
        with write_aside(path, durable=False) as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]  # NumPy's stub takes the names for its own options

    @property
    def patch_of(self) -> NDArray[np.int32]:
        """(H, W) int32 patch of every pixel."""
        rows, columns = self.tokens.shape[:2]
        height, width = self.image.shape[:2]
        row, column = np.arange(height) * rows // height, np.arange(width) * columns // width
        return np.asarray(row[:, None] * columns + column, np.int32)

    def cells(self) -> NDArray[np.int32]:
        """(H, W) cell of every pixel, about as many as there are patches."""
        if CELLS in self.trees:
            return self.trees[CELLS].leaf_map.astype(np.int32, copy=False)
        return slic_cells(self.image, self.tokens.shape[0] * self.tokens.shape[1])

    def pixels(self, described: NDArray[np.float32], clusters: NDArray[np.integer]) -> NDArray[np.uint8]:
        """Give clusters of patches the same crisp edges as ours.

        Args:
            described: (h, w, D) float32, what their means are taken of.
            clusters: (h, w) or (h w,), without gaps.

        Returns:
            (H, W) uint8.
        """
        patches = clusters.reshape(described.shape[:2]).astype(np.intp)
        return label_pixels(similarity_to_means(described, patches), self.image, self.refine)

    def pixels_of_parts(self, parts: NDArray[np.integer]) -> NDArray[np.uint8]:
        """Give parts of the grid of patches crisp edges, whatever their tokens: two of them may look the same.

        Args:
            parts: (h, w), 0.. without gaps.

        Returns:
            (H, W) uint8.
        """
        shares = (parts[..., None] == np.arange(parts.max() + 1)).astype(np.float32)
        return label_pixels(shares, self.image, self.refine)

    def on_pixels(self, patches: LeafTree) -> LeafTree:
        """Give the leaves of a tree of patches pixels.

        The regions of a fine cut have the same edges as everywhere here; inside of each, a pixel belongs to the
        nearest patch of the region.
        """
        regions = patches.cut_to(_CRISP_REGIONS)
        label_map = self.pixels(self.tokens, regions)
        nearest = np.empty((int(regions.max()) + 1, regions.size), np.int32)
        for region in range(len(nearest)):
            where = distance_transform_edt(regions != region, return_distances=False, return_indices=True)
            nearest[region] = patches.leaf_map[tuple(where)].ravel()
        return LeafTree(patches.tree, nearest[label_map, self.patch_of], patches.seconds)


def _tree(name: str, scene: Scene, features: FeatureMap, segmenter: Segmenter) -> LeafTree:
    """Make one of the trees, and time it."""
    start = time.perf_counter()
    if name in (OURS, PATCH_TREE, GENERATOR_LEAVES):
        made = _variant(segmenter, name).concept_tree(scene.image, features)
        return LeafTree(made.tree, made.leaf_map, time.perf_counter() - start)
    if name == KMEANS_LEAVES:
        return _kmeans_leaves(scene, features, segmenter)
    if name == CELLS:
        cells = scene.cells()
        return LeafTree(cell_tree(scene.image, scene.tokens, cells), cells, time.perf_counter() - start)
    points = scene.tokens if name == TOKEN_WARD else scene.described
    rows, columns, dim = points.shape
    patches = np.arange(rows * columns).reshape(rows, columns)
    if patches.size == 1:
        lone = ConceptTree(np.zeros((0, 2), np.int32), np.zeros(0, np.float32))
        return LeafTree(lone, patches, time.perf_counter() - start)
    return LeafTree(peers.ward_tree(points.reshape(-1, dim)), patches, time.perf_counter() - start)


def _variant(segmenter: Segmenter, name: str) -> Segmenter:
    """The same networks; the leaves from patches or the generator where that is asked for."""
    if name == OURS:
        return segmenter
    variant = copy.copy(segmenter)
    leaves = replace(segmenter.config.tree, fine="ward" if name == PATCH_TREE else "generator")
    variant.config = replace(segmenter.config, tree=leaves)
    return variant


def _kmeans_leaves(scene: Scene, features: FeatureMap, segmenter: Segmenter) -> LeafTree:
    """Our merges above leaves from k-means, as many as ours."""
    start = time.perf_counter()
    points = scene.described.reshape(-1, scene.described.shape[2])
    leaves = peers.kmeans(points, segmenter.config.tree.leaves, seed=scene.seed).reshape(scene.described.shape[:2])
    patches = segmenter.patches(scene.image, features)
    grown = grow_tree(patches, segmenter.config.tree, start=leaves)
    leaf_map = label_leaves(grown, scene.image, scene.refine)
    return LeafTree(grown.tree, leaf_map, time.perf_counter() - start)
