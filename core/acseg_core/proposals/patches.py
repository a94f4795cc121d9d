"""Patch features of one image: tokens, keys, values, attention and colours, and what patches are compared by.

Nothing here imports torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.config import KEY_SHARE
from acseg_core.images.shrinking import shrunk

if TYPE_CHECKING:
    from acseg_core.nets.features import FeatureMap
    from acseg_core.proposals.projection import Projection

_SALIENCY_RANGE = (0.2, 5.0)
"""Range that attention relative to the image's mean is clipped to."""

_LAB_UNIT = 100.0
"""Greatest lightness of CIELAB."""

_PIXELS_AT_ONCE = 1 << 22
"""Pixels of a label map counted in one go."""


@dataclass(frozen=True, slots=True, eq=False)
class Patches:
    """The patches of one image.

    Attributes:
        tokens: (h, w, D) float32, last-layer tokens.
        keys: (h, w, D) float32, keys of the last block, or None where the backbone has none.
        values: (h, w, D) float32, values of the last block, or None.
        attention: (h, w) float32, of the CLS token, or None.
        colours: (h, w, 3) float32, CIELAB in units of 100, or None where the image does not matter.
        projection: What descriptions are mapped by, or None.
    """

    tokens: NDArray[np.float32]
    keys: NDArray[np.float32] | None = None
    values: NDArray[np.float32] | None = None
    attention: NDArray[np.float32] | None = None
    colours: NDArray[np.float32] | None = None
    projection: Projection | None = None

    @classmethod
    def of(cls, features: FeatureMap, image: NDArray[np.uint8] | None, projection: Projection | None = None) -> Patches:
        """Take them from what the backbone computed on an image, (H, W, 3) uint8 RGB; without colours if it is None."""
        keys, values, attention = (
            None if part is None else part.cpu().numpy()
            for part in (features.keys, features.values, features.cls_attention)
        )
        tokens = features.tokens.cpu().numpy()
        colours = None if image is None else patch_colours(image, (tokens.shape[0], tokens.shape[1]))
        return cls(tokens, keys, values, attention, colours, projection)

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.tokens.shape[0], self.tokens.shape[1]

    def described(self, *, key_share: float, value_share: float) -> NDArray[np.float32]:
        """Tokens, keys and values side by side (see `describe`), mapped by the projection if there is one."""
        described = describe(self.tokens, self.keys, self.values, key_share=key_share, value_share=value_share)
        return described if self.projection is None else self.projection.apply(described)

    @property
    def distance_scale(self) -> float:
        """What squared distances of descriptions are multiplied by, to be the same with a projection as without."""
        return 1.0 if self.projection is None else self.projection.distance_scale


def describe(
    tokens: NDArray[np.float32],
    keys: NDArray[np.float32] | None,
    values: NDArray[np.float32] | None = None,
    *,
    key_share: float = KEY_SHARE,
    value_share: float = 0.0,
) -> NDArray[np.float32]:
    """What patches are compared by: last-layer tokens and, where there are any, the last block's keys and values.

    Args:
        tokens: (h, w, D) float32.
        keys: (h, w, D) float32, or None.
        values: (h, w, D) float32, or None.
        key_share: Weight of the keys in the cosine of two descriptions, 0..1.
        value_share: Weight of the values; both together at most 1, the rest is the tokens'.

    Returns:
        (h, w, D to 3 D) float32, L2-normalised.
    """
    shares = [(keys, key_share), (values, value_share)]
    parts = [(part, share) for part, share in shares if part is not None and share > 0]
    rest = max(0.0, 1 - key_share - value_share)
    total = rest + sum(share for _, share in parts)
    if not parts or not total > 0:
        return unit(tokens)
    parts.insert(0, (tokens, rest))
    described = np.empty((*tokens.shape[:2], sum(part.shape[2] for part, _ in parts)), np.float32)
    start = 0
    for part, share in parts:
        stop = start + part.shape[2]
        norms = np.sqrt(np.einsum("hwd,hwd->hw", part, part))[..., None]
        np.multiply(part, np.float32(np.sqrt(share / total)) / np.maximum(norms, 1e-12), out=described[..., start:stop])
        start = stop
    return described


def patch_colours(image: NDArray[np.uint8], grid: tuple[int, int]) -> NDArray[np.float32]:
    """Mean colour of every patch.

    Args:
        image: (H, W, 3) uint8 RGB.
        grid: (h, w).

    Returns:
        (h, w, 3) float32, CIELAB in units of 100.
    """
    small = shrunk(image, (grid[1], grid[0]))
    return np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB) / _LAB_UNIT, np.float32)


def patch_weights(attention: NDArray[np.float32] | None, exponent: float, grid: tuple[int, int]) -> NDArray[np.float64]:
    """Weight of every patch in the merges.

    Args:
        attention: (h, w) float32, of the CLS token, or None.
        exponent: How much it counts.
        grid: (h, w), for patches without attention.

    Returns:
        (h, w) float64, positive.
    """
    if attention is None or not float(attention.mean()) > 0:
        return np.ones(grid)
    relative = attention.astype(np.float64) / attention.mean()
    return np.asarray(np.clip(relative, *_SALIENCY_RANGE) ** exponent)


def label_shares(
    label_map: NDArray[np.integer[Any]], grid: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """How much of every patch each label has.

    Args:
        label_map: (H, W) integers; -1 where nothing is known.
        grid: Patches (h, w) the image is divided into.

    Returns:
        (C,) int64 labels that occur, ascending; (h * w, C) float32 shares of the patch's pixels, which add up to less
        than 1 where some are unknown.
    """
    rows, columns = grid
    height, width = label_map.shape
    labels = np.unique(label_map)
    labels = labels[labels >= 0].astype(np.int64)
    row_of = np.arange(height) * rows // height
    column_of = np.arange(width) * columns // width
    counts = np.zeros((rows * columns, len(labels) + 1), np.int64)
    step = max(1, _PIXELS_AT_ONCE // width)
    for start in range(0, height, step):
        block = slice(start, start + step)
        pixels = label_map[block]
        index = np.where(pixels < 0, len(labels), np.searchsorted(labels, pixels))
        cell = (row_of[block, None] * columns + column_of) * counts.shape[1] + index
        counts += np.bincount(cell.ravel(), minlength=counts.size).reshape(counts.shape)
    total = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return labels, np.asarray(counts[:, :-1] / total, np.float32)


def neighbour_steps(features: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How much neighbouring patches differ, as 1 - cosine.

    Args:
        features: (h, w, D) float32.

    Returns:
        (h, w - 1) float32 between columns, and (h - 1, w) float32 between rows.
    """
    units = unit(features)
    across = 1 - np.einsum("hwd,hwd->hw", units[:, 1:], units[:, :-1])
    down = 1 - np.einsum("hwd,hwd->hw", units[1:], units[:-1])
    return np.maximum(across, 0), np.maximum(down, 0)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """L2-normalised over the last axis."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)
