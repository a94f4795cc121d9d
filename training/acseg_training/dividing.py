"""How models divide images, beside each other on one backbone: what comparisons and previews are made of."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import BackboneConfig, CellConfig, SegmenterConfig
from acseg_core.images.shrinking import shrunk
from acseg_core.nets.backbone import Backbone
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.model_card import read_model
from acseg_core.proposals.projection import Projection
from acseg_core.proposals.segmenter import Segmenter
from acseg_resources import resource_path

LONGEST_SIDE = 1024
"""Pixels; larger images are made smaller for comparisons and pictures."""


def dividers(backbone: BackboneConfig, models: Sequence[Path | None]) -> list[Segmenter]:
    """A segmenter for each model; they share one backbone.

    Args:
        backbone: That all of them are for.
        models: At least one file; None is the bundled model. What that knows nothing of, with another backbone, is left
            out.

    Raises:
        ModelError: The backbone cannot be had, or a model cannot be used with it.
    """
    first = next((model for model in models if model is not None), None)
    base = Segmenter(SegmenterConfig(backbone=backbone, generator=first))
    return [base if model == first else _variant(base, model) for model in models]


def _variant(base: Segmenter, model: Path | None) -> Segmenter:
    """The same backbone with another model's projection and weights of merges."""
    found = None if model is None else read_model(model)
    if found is not None:
        found.require_backbone(base.backbone.name, base.backbone.weights_sha256)
    variant = copy.copy(base)
    variant.config = replace(
        base.config, generator=model, cells=CellConfig() if found is None else found.cells(CellConfig())
    )
    own = found is not None and "projection" in found.holds
    variant.projection = fitting_projection(model if own else None, base.backbone, base.config)
    return variant


def fitting_projection(model: Path | None, backbone: Backbone, config: SegmenterConfig) -> Projection | None:
    """The projection of a model that holds one, or the bundled one; None where it was fitted to other descriptions."""
    found = Projection.load(model or resource_path("weights", "projection_default.safetensors"))
    shares = {"key_share": config.tree.key_share, "value_share": config.tree.value_share}
    return found if found.fits(backbone_sha256=backbone.weights_sha256, **shares) else None


def reduced(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """An image, (H, W, 3) uint8, made smaller if it is larger than `LONGEST_SIDE`."""
    height, width = image.shape[:2]
    scale = LONGEST_SIDE / max(height, width)
    if scale >= 1:
        return image
    return np.asarray(shrunk(image, (max(1, round(width * scale)), max(1, round(height * scale)))), np.uint8)


def tree_of(segmenter: Segmenter, image: NDArray[np.uint8]) -> ImageTree:
    """The tree of one image, (H, W, 3) uint8 RGB."""
    return segmenter.concept_tree(image, segmenter.backbone.features([image])[0])


def regions_at(tree: ImageTree, nodes: NDArray[np.int32]) -> NDArray[np.uint16]:
    """(H, W) uint16 number of the region that every pixel is of, without gaps, for a cut of the tree."""
    numbers = np.unique(nodes, return_inverse=True)[1].astype(np.uint16)
    return np.asarray(numbers[tree.leaf_map], np.uint16)
