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
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from acseg_core.config import SegmenterConfig
from acseg_core.errors import WeightsMismatchError
from acseg_core.nets.backbone import Backbone
from acseg_core.nets.features import FeatureMap
from acseg_core.nets.generator import ConceptGenerator, settle_concepts, similarity
from acseg_core.nets.halo import Seen
from acseg_core.proposals.cell_describer import CellDescriber
from acseg_core.proposals.cell_partition import CellPartition, SeenCells
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import OUTSIDE
from acseg_core.proposals.leaves import PatchTree
from acseg_core.proposals.margins import margins_of
from acseg_core.proposals.merging import grow_tree
from acseg_core.proposals.model_card import ModelFile, bundled_model, is_bundled, read_model
from acseg_core.proposals.patches import Patches
from acseg_core.proposals.projection import Projection
from acseg_core.proposals.published import label_concepts, tree_of_concepts, winning_concepts
from acseg_core.proposals.refine import label_leaves
from acseg_core.proposals.regions import mean_tokens
from acseg_core.proposals.segmentation import Segmentation
from acseg_core.proposals.tokens import identity_of
from acseg_core.proposals.tree import DEFAULT_GRANULARITY, ConceptTree, threshold_of
from acseg_core.types import RunInfo
from acseg_core.version import __version__
from acseg_resources import resource_path

if TYPE_CHECKING:
    from scipy.sparse import csr_array


class Segmenter:
    """Proposes a partition into concept regions.

    Attributes:
        config: The settings it was made with, and the model's own where it has some for cells.
        backbone: The frozen vision transformer.
        model: The model file that was given; None for the bundled one.
        projection: What descriptions of patches are mapped by; None where none was fitted to them.

    Raises:
        ModelError: Backbone or model cannot be had, or do not fit each other.
    """

    def __init__(self, config: SegmenterConfig) -> None:
        self.model = _model_of(config)
        self.config = config if self.model is None else replace(config, cells=self.model.cells(config.cells))
        as_published = config.method == "acseg"
        path = published_generator() if as_published else default_generator()
        if self.model is not None and "generator" in self.model.holds:
            path = self.model.path
        loaded = ConceptGenerator.load(path)
        self.backbone = Backbone(config.backbone)
        if self.model is not None:
            self.model.require_backbone(self.backbone.name, self.backbone.weights_sha256)
        self._generator = self._fitting(loaded, path)
        # Where the backbone computes in half precision so does the generator, which mostly waits for its weights; but
        # not where nothing settles its concepts: they may lie so close together that it changes who wins a patch.
        if self._generator is not None:
            self._generator.to(self.backbone.device, torch.float32 if as_published else self.backbone.precision)
        self.projection = _projection_for(self.backbone, config, self.model)
        self.run_info = self._provenance(None if self._generator is None else path)

    def _fitting(self, generator: ConceptGenerator, path: Path) -> ConceptGenerator | None:
        """The generator, once it fits the backbone; None where it does not, but nothing that was asked for needs it.

        Raises:
            WeightsMismatchError: It does not fit.
        """
        is_needed = self.config.method == "acseg" or self.config.tree.fine == "generator"
        try:
            self._check_fit(generator, path)
        except WeightsMismatchError:
            if self.model is None or "generator" in self.model.holds or is_needed:
                raise
            return None  # the bundled one, which a model for another backbone cannot lend
        return generator

    def _check_fit(self, generator: ConceptGenerator, path: Path) -> None:
        backbone = self.backbone
        check_fit(generator, path, backbone=backbone.name, sha256=backbone.weights_sha256, dim=backbone.dim)

    @property
    def generator(self) -> ConceptGenerator:
        """The concept generator, on the backbone's device and in its precision.

        Raises:
            WeightsMismatchError: The model holds none, and the bundled one is for another backbone.
        """
        if self._generator is None:
            assert self.model is not None, "without one it would not have been made"
            raise WeightsMismatchError(
                f"{self.model.path}: this model has no concept generator, which this needs; choose another model"
            )
        return self._generator

    def _provenance(self, path: Path | None) -> RunInfo:
        settings = json.loads(self.config.to_json())
        settings["projection_sha256"] = None if self.projection is None else self.projection.sha256
        return RunInfo(
            backbone=self.backbone.name,
            backbone_sha256=self.backbone.weights_sha256,
            generator="" if path is None else path.name,
            generator_sha256="" if path is None else hashlib.sha256(path.read_bytes()).hexdigest(),
            config_json=json.dumps(settings, sort_keys=True),
            version=__version__,
            model="" if self.model is None else self.model.name,
            model_sha256="" if self.model is None else self.model.sha256,
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
        generator = ConceptGenerator.load(path)
        variant._check_fit(generator, path)
        variant._generator = generator.to(self.backbone.device)
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
        if self.config.method == "acseg":
            cosines = self.similarity_maps([features])[0]
            tree = tree_of_concepts(self.patches(image, features), winning_concepts(cosines), self.config.tree)
            return _tree_on_pixels(tree, label_concepts(cosines, image, self.config.refine), features, valid)
        if self.config.tree.fine == "cells":
            begun = CellPartition.begin(image, self.config.cells, valid=valid)
            return begun.tree(self.seen_in(features, begun.patches_under(image, features.grid)), self.config.cells)
        grown = self.patch_tree(image, features)
        return _tree_on_pixels(grown.tree, label_leaves(grown, image, self.config.refine), features, valid)

    def tree_of(self, seen: Seen) -> ImageTree:
        """Find the concept tree of an image as it was seen: of a tile, cells and merges see what is around it, too.

        Trees that grow from patches are those of the tile's own.
        """
        view = seen.view
        margins = margins_of(view)
        if not margins or self.config.method == "acseg" or self.config.tree.fine != "cells":
            photo = seen.photo
            return self.concept_tree(photo.rgb, seen.own, valid=photo.valid)
        begun = CellPartition.begin(view.pixels, self.config.cells, valid=view.valid, margins=margins)
        under = begun.patches_under(view.pixels, view.grid)
        return begun.tree(self.seen_in(seen.features, under), self.config.cells)

    def seen_in(self, features: FeatureMap, under: csr_array) -> SeenCells:
        """What the backbone sees in the cells of an image; see `CellDescriber.seen_in`."""
        return self.describer.seen_in(features, under)

    @property
    def describer(self) -> CellDescriber:
        """How what the backbone computed becomes descriptions of cells."""
        return CellDescriber(self.config.tree, self.projection, self.config.backbone.input_size)

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
                steps = 0 if self.config.method == "acseg" else self.config.kmeans_steps
                concepts = settle_concepts(tokens, concepts, steps=steps)
                cosines = similarity(tokens, concepts).view(len(indices), rows, columns, -1).cpu().numpy()
            maps.update(zip(indices, cosines, strict=True))
        return [maps[index] for index in range(len(features))]


def default_generator() -> Path:
    """Return the bundled generator, trained for the bundled backbone."""
    return bundled_model()


def published_generator() -> Path:
    """Return the bundled generator of the paper's configuration, trained for the bundled backbone."""
    return resource_path("weights", "acg_paper.safetensors")


def _tree_on_pixels(
    tree: ConceptTree, leaf_map: NDArray[np.uint8], features: FeatureMap, valid: NDArray[np.bool_] | None
) -> ImageTree:
    """The tree of those leaves that have valid pixels, and their mean tokens."""
    kept, numbered = _without_gaps(leaf_map, valid)
    leaf_tokens = mean_tokens(numbered, features.description_tokens.cpu().numpy(), len(kept)).astype(np.float16)
    return ImageTree.of(tree.restricted(kept), numbered, leaf_tokens)


def _model_of(config: SegmenterConfig) -> ModelFile | None:
    """What the settings name as the model; None for the bundled one, named or not.

    Raises:
        WeightsMissingError: There is no such file, or it cannot be read.
        WeightsMismatchError: It is no model, is damaged, or was made by a newer version.
    """
    path = config.generator
    return None if path is None or is_bundled(path) else read_model(path)


def _projection_for(backbone: Backbone, config: SegmenterConfig, model: ModelFile | None) -> Projection | None:
    """The projection that the model holds, else the bundled one, where it is wanted and fits."""
    tree = config.tree
    if not tree.projected:
        return None
    shares = {"key_share": tree.key_share, "value_share": tree.value_share}
    own = [Projection.load(model.path)] if model is not None and "projection" in model.holds else []
    for projection in (*own, Projection.load(resource_path("weights", "projection_default.safetensors"))):
        if projection.fits(backbone_sha256=backbone.weights_sha256, **shares):
            return projection
    return None


def _without_gaps(
    leaf_map: NDArray[np.uint8], valid: NDArray[np.bool_] | None
) -> tuple[NDArray[np.intp], NDArray[np.uint16]]:
    """The leaves that have valid pixels, ascending, and the map renumbered to them."""
    leaf_map = leaf_map.astype(np.uint16)
    if valid is not None:
        leaf_map[~valid] = OUTSIDE
    kept = np.flatnonzero(np.bincount(leaf_map.ravel(), minlength=OUTSIDE + 1)[:OUTSIDE])
    renumber = np.full(OUTSIDE + 1, OUTSIDE, np.uint16)
    renumber[kept] = np.arange(len(kept), dtype=np.uint16)
    return kept, renumber[leaf_map]


def check_fit(generator: ConceptGenerator, path: Path, *, backbone: str, sha256: str, dim: int) -> None:
    """Make sure that a generator was trained for a backbone.

    Args:
        generator: Read from ``path``.
        path: For the message.
        backbone: Name of the backbone.
        sha256: Of its weights.
        dim: Width of its tokens.

    Raises:
        WeightsMismatchError: It was trained for another one, or for other weights of it.
    """
    shape, recorded = generator.config, generator.backbone_sha256
    same_name = not shape.backbone or shape.backbone.partition(".")[0] == backbone.partition(".")[0]
    if shape.dim != dim or not same_name:
        needed = shape.backbone or f"tokens of width {shape.dim}"
        train = "python -m acseg_training FOLDER --paper" if path == published_generator() else "acseg train"
        raise WeightsMismatchError(
            f"{path}: this model was trained for {needed}, not for {backbone}; choose that backbone, or train "
            f"a model with `{train} --backbone {backbone}`"
        )
    if recorded and recorded != sha256:
        raise WeightsMismatchError(
            f"{path}: this model was trained with other weights of {backbone}; give the same weights file as "
            "in training, or train a model for these"
        )
