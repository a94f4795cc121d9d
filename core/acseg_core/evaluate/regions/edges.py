"""Edge methods to compare the guided filter with: bilinear enlarging alone, and PAMR (Araslanov and Roth, 2020)."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from acseg_core.config import RefineConfig
from acseg_core.proposals.leaves import PatchTree
from acseg_core.proposals.refine import descend, forks_of

PAMR_STEPS = 10
PAMR_DILATIONS = (1, 2, 4, 8, 12, 24)

_RING = tuple((row, column) for row in (-1, 0, 1) for column in (-1, 0, 1) if row or column)
_STD_WEIGHT = 0.1
"""Weight of a neighbourhood's standard deviation in the affinities, as in the authors' code."""


def bilinear_leaves(grown: PatchTree, image: NDArray[np.uint8], config: RefineConfig) -> NDArray[np.uint8]:
    """As `refine.label_leaves`, but the maps are only enlarged bilinearly.

    Args:
        grown: The tree before its leaves have pixels.
        image: (H, W, 3) uint8; only its size counts.
        config: Temperature and margin.

    Returns:
        (H, W) uint8 index of the leaf.
    """
    height, width = image.shape[:2]
    forks = forks_of(grown, config)
    return descend(
        grown.tree.root,
        forks,
        (height, width),
        lambda lead, box: np.asarray(cv2.resize(lead, (width, height)), np.float32)[box],
    )


def pamr_leaves(
    grown: PatchTree, image: NDArray[np.uint8], config: RefineConfig, *, steps: int = PAMR_STEPS
) -> NDArray[np.uint8]:
    """As `refine.label_leaves`, with pixel-adaptive mask refinement (Araslanov and Roth, 2020, section 4.1).

    Every step replaces the bilinearly enlarged maps at a pixel by their mean over 48 neighbours at several distances,
    weighted by softmax_n(-mean_rgb |I_n - I| / (0.1 sigma)), sigma the standard deviation of the channel around the
    pixel.

    Args:
        grown: The tree before its leaves have pixels.
        image: (H, W, 3) uint8 RGB.
        config: Temperature, margin, and the longest side in pixels at which it works.
        steps: Of the refinement.

    Returns:
        (H, W) uint8 index of the leaf.
    """
    height, width = image.shape[:2]
    shrink = min(1.0, config.max_side / max(height, width))
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    guide = image if shrink == 1 else cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    forks = forks_of(grown, config)
    leads = [cv2.resize(lead, size).ravel() for fork in forks for lead in fork.leads]
    if not leads:
        return np.full((height, width), grown.tree.root, np.uint8)
    maps = np.stack(leads, axis=1)
    affinity = pixel_affinity(guide)
    for _ in range(steps):
        maps = affinity @ maps
    crisp = iter(np.moveaxis(maps.reshape(size[1], size[0], -1), 2, 0))
    refined = [replace(fork, leads=tuple(next(crisp) for _ in fork.leads)) for fork in forks]
    return descend(
        grown.tree.root,
        refined,
        (height, width),
        None if shrink == 1 else lambda lead, box: np.asarray(cv2.resize(lead, (width, height)), np.float32)[box],
    )


def pixel_affinity(image: NDArray[np.uint8], dilations: tuple[int, ...] = PAMR_DILATIONS) -> csr_matrix:
    """The weights of one PAMR step; neighbours outside the image are those at its edge.

    Args:
        image: (H, W, 3) uint8 RGB.
        dilations: Distances of the rings of eight neighbours.

    Returns:
        (H W, H W) sparse float32, every row summing to 1.
    """
    height, width = image.shape[:2]
    colours = image.astype(np.float32) / 255
    rows, columns = np.arange(height), np.arange(width)
    offsets = [(far * row, far * column) for far in dilations for row, column in _RING]
    index = np.empty((height * width, len(offsets)), np.int32)
    apart = np.empty((len(offsets), height, width, 3), np.float32)
    total, squares = np.zeros_like(colours), np.zeros_like(colours)
    for number, (down, right) in enumerate(offsets):
        row, column = np.clip(rows + down, 0, height - 1), np.clip(columns + right, 0, width - 1)
        index[:, number] = (row[:, None] * width + column).ravel()
        apart[number] = (
            colours[row[:, None], column] - colours
        )  # relative to the pixel: no cancellation in the variance
        total += apart[number]
        squares += np.square(apart[number])
    around = len(offsets) + len(dilations)  # each ring counts with its centre, at distance 0
    variance = np.maximum(squares - total**2 / around, 0) / (around - 1)
    logits = -(np.abs(apart) / (1e-8 + _STD_WEIGHT * np.sqrt(variance))).mean(axis=3)
    del apart
    powers = np.exp(logits - logits.max(axis=0))
    weights = (powers / powers.sum(axis=0)).reshape(len(offsets), -1).T
    starts = np.arange(0, index.size + 1, len(offsets), dtype=np.int32)
    data = np.ascontiguousarray(weights, np.float32).ravel()
    return csr_matrix((data, index.ravel(), starts), shape=(height * width, height * width))
