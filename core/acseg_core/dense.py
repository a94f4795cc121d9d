"""Dense propagation within one image: what patches are compared by, and how the memory's votes become pixels.

The project's propagation (`acseg_core.suggesting`) and its measurement (`acseg_core.evaluate.propagation`) both go
through here. Nothing here imports torch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from acseg_core.classify import TokenMemory
from acseg_core.config import RefineConfig
from acseg_core.patches import describe
from acseg_core.refine import label_pixels
from acseg_core.tokens import PatchTokens

_KEY_SHARE = 0.5
"""Weight of keys beside tokens, where the backbone has nothing better to compare patches by."""

_EDGE_RADIUS = 0.3
"""Radius of the edge filter in patches: named things may be thin, and a wider one smooths them away."""

_LEAST_PROBABILITY = 1e-3
"""Keeps the logarithm of a probability finite."""

_MOST_LABELS = 255
"""Labels in one image, as label maps are bytes."""


@dataclass(frozen=True, slots=True, eq=False)
class PixelLabels:
    """What the memory sees in one image.

    Attributes:
        label_map: (H, W) uint8, index into ``labels`` of every pixel.
        labels: (C,) int64, ascending.
        probabilities: (h, w, C) float32 of every patch; see `TokenMemory.predict`.
    """

    label_map: NDArray[np.uint8]
    labels: NDArray[np.int64]
    probabilities: NDArray[np.float32]


def compared(seen: PatchTokens) -> NDArray[np.float32]:
    """What patches are compared by: tokens of three depths, alike in weight; of a shallow network, tokens and keys.

    Returns:
        (h, w, D') float32, L2-normalised.
    """
    tokens = seen.tokens.astype(np.float32)
    if seen.middle is None or seen.upper is None:
        keys = None if seen.keys is None else seen.keys.astype(np.float32)
        return describe(tokens, keys, key_share=_KEY_SHARE)
    depths = [
        describe(depth, None) for depth in (tokens, seen.middle.astype(np.float32), seen.upper.astype(np.float32))
    ]
    return np.concatenate(depths, axis=-1) / np.float32(np.sqrt(len(depths)))


def recognise(memory: TokenMemory, seen: PatchTokens, image: NDArray[np.uint8], config: RefineConfig) -> PixelLabels:
    """Give every pixel of an image a label from the memory.

    Args:
        memory: Of patches that are `compared`.
        seen: The image's patches.
        image: (H, W, 3) uint8 RGB.
        config: Edge settings; margin and radius are those that probabilities need.

    Raises:
        ValueError: The memory is empty.
    """
    probabilities = memory.predict(compared(seen))
    winners = np.bincount(probabilities.argmax(axis=2).ravel(), minlength=len(memory.labels))
    likely = np.sort(np.argsort(-winners, kind="stable")[:_MOST_LABELS])
    probabilities = probabilities[:, :, likely]
    side, patches = max(image.shape[:2]), max(probabilities.shape[:2])
    radius = _EDGE_RADIUS * side / patches * min(1.0, config.max_side / side)
    edges = replace(config, margin=0.0, radius=max(1, round(radius)))
    # label_pixels takes cosines and divides them by its temperature; logarithms come back as probabilities.
    shares = probabilities / probabilities.sum(axis=2, keepdims=True)
    logits = np.log(np.maximum(shares, _LEAST_PROBABILITY)) * np.float32(edges.temperature)
    return PixelLabels(label_pixels(logits, image, edges), memory.labels[likely], probabilities)
