"""Scene complexity: how much finer than usual one threshold for all images is to cut an image.

Nothing here imports torch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import TreeConfig
from acseg_core.proposals.patches import Patches, neighbour_steps
from acseg_core.proposals.tree import DEFAULT_THRESHOLD, ConceptTree

_USUAL_STEP = {"values": 0.180, "tokens": 0.0459}
"""Upper quartile of the difference of neighbouring patches in ordinary photographs (DINOv2 ViT-S/14)."""

_USUAL_PARTS = 22.6
"""Connected parts of ordinary photographs; see `count_parts`."""

_USUAL_HEIGHT = 0.060
"""Height in ordinary photographs of the merge that leaves `_RANK` regions."""

_CONCEPTS = 12
"""Regions of the cut whose connected parts are counted."""

_SMALLEST_PART = 0.004
"""Share of the image that a connected part must have to count."""

_RANK = 8
"""Regions that are left by the merge whose height represents all heights of an image."""

_SCALE_RANGE = (0.65, 1.6)
"""Range of the scale: beyond 1.65 two merges could change places."""

_FADING_ABOVE = 2.0
_FADING_BELOW = 1.0


def scene_scale(patches: Patches, leaf_of_patch: NDArray[np.intp], tree: ConceptTree, config: TreeConfig) -> float:
    """How much finer than usual an image is to be cut: 1 for an ordinary photograph, more for a complex one.

    Two things tell a complex scene: neighbouring patches differ in many places (the upper quartile, as a few strong
    contours are in every image), and a dozen regions fall into many parts. And heights are taken relative to the
    image's own in part, as one thing before an even ground makes high merges, and a crowd low ones.

    Args:
        patches: Of the image.
        leaf_of_patch: (h, w) leaf of every patch.
        tree: Its tree before it is scaled.
        config: The exponents of the three.
    """
    parts = count_parts(tree.cut_to(_CONCEPTS)[leaf_of_patch])
    scale = relative_steps(patches) ** config.steps * (max(parts, 1) / _USUAL_PARTS) ** config.parts
    if tree.leaves > _RANK and tree.heights[-_RANK] > 0:
        scale *= (_USUAL_HEIGHT / float(tree.heights[-_RANK])) ** config.own_heights
    return float(np.clip(scale, *_SCALE_RANGE))


def relative_steps(patches: Patches) -> float:
    """How much neighbouring patches of an image differ, relative to ordinary photographs; above 0."""
    steps = neighbour_steps(patches.tokens if patches.values is None else patches.values)
    flat = np.concatenate([step.ravel() for step in steps])
    step = float(np.quantile(flat, 0.75)) if flat.size else 0.0
    return relative_to_usual(step, of_values=patches.values is not None)


def relative_to_usual(step: float, *, of_values: bool) -> float:
    """The upper quartile of the steps of an image's values or tokens, relative to ordinary photographs; above 0."""
    return max(step, 1e-4) / _USUAL_STEP["values" if of_values else "tokens"]


def count_parts(labels: NDArray[np.integer]) -> int:
    """Number of connected parts of a partition of the patches, specks left out.

    Args:
        labels: (h, w) region of every patch.
    """
    from scipy import ndimage

    least = max(1, round(_SMALLEST_PART * labels.size))
    found = 0
    for label in np.unique(labels):
        marked, _ = ndimage.label(labels == label)
        found += int((np.bincount(marked.ravel())[1:] >= least).sum())
    return found


def scaled_heights(heights: NDArray[np.float32], scale: float) -> NDArray[np.float32]:
    """Raise the heights of a tree by a scale that counts less the farther they are from the default cut.

    Far above it the whole has two or three parts in simple and complex images alike, far below it everybody wants all
    there is.

    Args:
        heights: (m,) float32, never decreasing.
        scale: As `scene_scale` gives it.
    """
    scaled = np.maximum(heights * scale, 1e-6)
    above = np.minimum(1, DEFAULT_THRESHOLD / scaled) ** _FADING_ABOVE
    below = np.minimum(1, scaled / DEFAULT_THRESHOLD) ** _FADING_BELOW
    raised = (heights * scale ** (above * below)).astype(np.float32)
    return np.asarray(np.maximum.accumulate(raised), np.float32)
