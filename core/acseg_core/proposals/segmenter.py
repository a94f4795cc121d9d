"""Segmenter: one image end to end, from pixels through backbone, concept tree and crisp edges to regions.

Use: ``Segmenter(SegmenterConfig()).segment(load_image(path))``.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from acseg_core.config import INPUT_SIZES, SegmenterConfig
from acseg_core.errors import WeightsMismatchError
from acseg_core.nets.backbone import Backbone
from acseg_core.nets.features import FeatureMap
from acseg_core.nets.generator import ConceptGenerator, settle_concepts, similarity
from acseg_core.proposals.cell_descriptions import group_means, patches_under
from acseg_core.proposals.cell_merging import CellFeatures, grow_cell_tree
from acseg_core.proposals.cells import find_cells
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import OUTSIDE, LeafMap
from acseg_core.proposals.leaves import PatchTree
from acseg_core.proposals.merging import grow_tree
from acseg_core.proposals.patches import Patches
from acseg_core.proposals.projection import Projection
from acseg_core.proposals.refine import label_leaves
from acseg_core.proposals.regions import mean_tokens
from acseg_core.proposals.scene_complexity import relative_steps
from acseg_core.proposals.segmentation import Segmentation
from acseg_core.proposals.tokens import identity_of
from acseg_core.proposals.tree import DEFAULT_GRANULARITY, threshold_of
from acseg_core.proposals.tree_bytes import rounded
from acseg_core.types import RunInfo
from acseg_core.version import __version__
from acseg_resources import resource_path

_GROUPS = 32
"""Regions of the cut that descriptors are made of: those of what is smaller are theirs."""


class Segmenter:
    """Proposes a partition into concept regions.

    Attributes:
        config: The settings it was made with.
        backbone: The frozen vision transformer.
        generator: The concept generator, on the backbone's device and in its precision.
        projection: What descriptions of patches are mapped by; None where none was fitted to them.

    Raises:
        ModelError: Backbone or generator cannot be had, or do not fit each other.
    """

    def __init__(self, config: SegmenterConfig) -> None:
        self.config = config
        path = config.generator or default_generator()
        self.generator = ConceptGenerator.load(path)
        self.backbone = Backbone(config.backbone)
        _check_fit(self.generator, self.backbone, path)
        # Where the backbone computes in half precision so does the generator: it mostly waits for its weights.
        self.generator.to(self.backbone.device, self.backbone.precision)
        self.projection = _projection_for(self.backbone, config, path)
        self.run_info = self._provenance(path)

    def _provenance(self, path: Path) -> RunInfo:
        settings = json.loads(self.config.to_json())
        settings["projection_sha256"] = None if self.projection is None else self.projection.sha256
        return RunInfo(
            backbone=self.backbone.name,
            backbone_sha256=self.backbone.weights_sha256,
            generator=path.name,
            generator_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            config_json=json.dumps(settings, sort_keys=True),
            version=__version__,
        )

    def with_generator(self, path: Path, *, kmeans_steps: int) -> Segmenter:
        """The same backbone with another generator, in full precision.

        Concepts that nothing settles may lie so close together that half precision changes who wins a patch.

        Args:
            path: Of the generator.
            kmeans_steps: That settle its concepts; 0 is the paper's inference.

        Raises:
            ModelError: It cannot be had, or does not fit the backbone.
        """
        variant = copy.copy(self)
        variant.config = replace(self.config, generator=path, kmeans_steps=kmeans_steps)
        variant.generator = ConceptGenerator.load(path)
        _check_fit(variant.generator, self.backbone, path)
        variant.generator.to(self.backbone.device)
        variant.run_info = variant._provenance(path)
        return variant

    @property
    def token_identity(self) -> str:
        """What a `TokenCache` for the tokens of its backbone is asked for."""
        return identity_of(
            backbone=self.backbone.name,
            weights_sha256=self.backbone.weights_sha256,
            input_size=self.config.backbone.input_size,
            precision=str(self.backbone.precision),
        )

    def segment(self, image: NDArray[np.uint8]) -> Segmentation:
        """Partition one image, (H, W, 3) uint8 RGB."""
        return self.segment_batch([image])[0]

    def segment_batch(self, images: Sequence[NDArray[np.uint8]]) -> list[Segmentation]:
        """Partition images of any sizes, each (H, W, 3) uint8 RGB; one result per image, in order.

        Raises:
            ModelError: Memory runs out even for a single image.
        """
        return [self.partition(*pair) for pair in zip(images, self.backbone.features(images), strict=True)]

    def partition(
        self,
        image: NDArray[np.uint8],
        features: FeatureMap,
        *,
        granularity: float = DEFAULT_GRANULARITY,
        valid: NDArray[np.bool_] | None = None,
    ) -> Segmentation:
        """Partition one image whose features are known: a cut of its concept tree.

        Args:
            image: (H, W, 3) uint8 RGB.
            features: What `backbone` computed on it.
            granularity: Where the tree is cut, 0 (coarse) to 1 (fine).
            valid: (H, W) bool, at least one of them set: pixels that are not are of no region; all are if left out.

        Raises:
            ValueError: The granularity is outside 0..1.
        """
        threshold = threshold_of(granularity)
        tree = self.concept_tree(image, features, valid=valid)
        label_map, regions = tree.partition(tree.tree.cut(threshold))
        return Segmentation(label_map, regions, features, tree)

    def concept_tree(
        self, image: NDArray[np.uint8], features: FeatureMap, *, valid: NDArray[np.bool_] | None = None
    ) -> ImageTree:
        """Find the concept tree of one image, and give each of its leaves the pixels; those not valid are no leaf's."""
        if self.config.tree.fine == "cells":
            return self._tree_of_cells(image, features, valid)
        grown = self.patch_tree(image, features)
        leaf_map = label_leaves(grown, image, self.config.refine).astype(np.uint16)
        if valid is not None:
            leaf_map[~valid] = OUTSIDE
        kept, leaf_map = _without_gaps(leaf_map)
        leaf_tokens = mean_tokens(leaf_map, features.description_tokens.cpu().numpy(), len(kept)).astype(np.float16)
        return ImageTree.of(grown.tree.restricted(kept), leaf_map, leaf_tokens)

    def _tree_of_cells(
        self, image: NDArray[np.uint8], features: FeatureMap, valid: NDArray[np.bool_] | None
    ) -> ImageTree:
        """The tree from the cells of the image's pixels, its tokens those of the regions of a cut."""
        cells = find_cells(image, self.config.cells.count, valid=valid)
        patches, tree_config = self.patches(image, features), self.config.tree
        described = patches.described(key_share=tree_config.key_share, value_share=tree_config.value_share)
        under = patches_under(cells.numbers, patches.grid)
        of_cells = np.float32(patches.distance_scale**0.5) * (under @ described.reshape(-1, described.shape[2]))
        attention = None if patches.attention is None else under @ patches.attention.ravel()
        fineness = self.config.backbone.input_size / INPUT_SIZES["balanced"]
        seen_in_cells = CellFeatures(of_cells, attention, relative_steps(patches), fineness)
        grown = grow_cell_tree(cells, seen_in_cells, self.config.cells)
        leaves, kept = LeafMap.of_cells(cells.numbers, (image.shape[0], image.shape[1]), valid=valid)
        tree = grown if len(kept) == grown.leaves else grown.restricted(kept)
        group_of_leaf = np.unique(tree.cut_to(_GROUPS), return_inverse=True)[1]
        pixels = np.bincount(leaves.pixels.ravel(), minlength=OUTSIDE + 1)[: tree.leaves]
        seen = features.description_tokens.flatten(0, 1).cpu().numpy()
        tokens = group_means((under @ seen)[kept], pixels, group_of_leaf)
        return ImageTree(tree, leaves, rounded(tokens), group_of_leaf)

    def patch_tree(self, image: NDArray[np.uint8], features: FeatureMap) -> PatchTree:
        """Find the fine concepts of one image and merge them bottom-up; nothing has pixels yet."""
        start = None
        if self.config.tree.fine == "generator":
            nearest = self.similarity_maps([features])[0].argmax(axis=2)
            start = np.unique(nearest, return_inverse=True)[1].reshape(nearest.shape)
        return grow_tree(self.patches(image, features), self.config.tree, start=start)

    def patches(self, image: NDArray[np.uint8], features: FeatureMap) -> Patches:
        """The patches of one image, as its tree is grown from them."""
        return Patches.of(features, image, self.projection)

    def similarity_maps(self, features: Sequence[FeatureMap]) -> list[NDArray[np.float32]]:
        """Adapt the concepts to each image and compare every patch with them.

        Images with the same patch grid go through the generator together: its weights, which are most of what it
        has to read, are then read once.

        Returns:
            For each image, (h, w, K) float32 cosines in -1..1.
        """
        by_grid: dict[tuple[int, ...], list[int]] = {}
        for index, feature in enumerate(features):
            by_grid.setdefault(tuple(feature.tokens.shape), []).append(index)
        maps: dict[int, NDArray[np.float32]] = {}
        for (rows, columns, _), indices in by_grid.items():
            with torch.inference_mode():
                tokens = torch.stack([features[index].tokens.flatten(0, 1) for index in indices])  # (B, N, D)
                concepts = self.generator(tokens.to(self.generator.prototypes.dtype)).float()
                concepts = settle_concepts(tokens, concepts, steps=self.config.kmeans_steps)
                cosines = similarity(tokens, concepts).view(len(indices), rows, columns, -1).cpu().numpy()
            maps.update(zip(indices, cosines, strict=True))
        return [maps[index] for index in range(len(features))]


def default_generator() -> Path:
    """Return the bundled generator, trained for the bundled backbone."""
    return resource_path("weights", "acg_default.safetensors")


def _projection_for(backbone: Backbone, config: SegmenterConfig, generator: Path) -> Projection | None:
    """The projection that was fitted beside the generator, else the bundled one, where it is wanted and fits."""
    tree = config.tree
    if not tree.projected:
        return None
    shares = {"key_share": tree.key_share, "value_share": tree.value_share}
    bundled = resource_path("weights", "projection_default.safetensors")
    for projection in (Projection.beside(generator), Projection.load(bundled)):
        if projection is not None and projection.fits(backbone_sha256=backbone.weights_sha256, **shares):
            return projection
    return None


def _without_gaps(leaf_map: NDArray[np.uint16]) -> tuple[NDArray[np.intp], NDArray[np.uint16]]:
    """The leaves that have pixels, ascending, and the map renumbered to them."""
    kept = np.flatnonzero(np.bincount(leaf_map.ravel(), minlength=OUTSIDE + 1)[:OUTSIDE])
    renumber = np.full(OUTSIDE + 1, OUTSIDE, np.uint16)
    renumber[kept] = np.arange(len(kept), dtype=np.uint16)
    return kept, renumber[leaf_map]


def _check_fit(generator: ConceptGenerator, backbone: Backbone, path: Path) -> None:
    shape, recorded = generator.config, generator.backbone_sha256
    same_name = not shape.backbone or shape.backbone.partition(".")[0] == backbone.name.partition(".")[0]
    if shape.dim != backbone.dim or not same_name:
        needed = shape.backbone or f"tokens of width {shape.dim}"
        raise WeightsMismatchError(
            f"{path}: this model was trained for {needed}, not for {backbone.name}; choose that backbone, or train "
            f"a model with `acseg train --backbone {backbone.name}`"
        )
    if recorded and recorded != backbone.weights_sha256:
        raise WeightsMismatchError(
            f"{path}: this model was trained with other weights of {backbone.name}; give the same weights file as "
            "in training, or train a model for these"
        )
