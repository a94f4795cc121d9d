"""Ways from soft assignments of patches to pixels, to compare the guided filter with: enlarging alone, and PAMR."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from acseg_core.config import RefineConfig

PAMR_STEPS = 10
PAMR_DILATIONS = (1, 2, 4, 8, 12, 24)

_RING = tuple((row, column) for row in (-1, 0, 1) for column in (-1, 0, 1) if row or column)
_STD_WEIGHT = 0.1
"""Of a neighbourhood's standard deviation in the affinities, as in the authors' code."""


def soft_assignments(similarity: NDArray[np.float32], config: RefineConfig) -> NDArray[np.float32]:
    """Make similarities soft assignments as `refine.label_pixels` does, so that only what follows differs.

    Args:
        similarity: (h, w, K) float32, cosine of every patch to every concept.
        config: Temperature and margin.

    Returns:
        (h, w, K) float32, summing to 1 over K.
    """
    logits = similarity / config.temperature
    winner = similarity.argmax(axis=2)[..., None]
    best = (similarity.max(axis=2, keepdims=True) + config.margin) / config.temperature
    np.put_along_axis(logits, winner, best, axis=2)
    powers = np.exp(logits - logits.max(axis=2, keepdims=True))
    return np.asarray(powers / powers.sum(axis=2, keepdims=True), np.float32)


def bilinear_pixels(soft: NDArray[np.float32], image: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Enlarge bilinearly, and let the best concept win each pixel.

    Args:
        soft: (h, w, K) float32.
        image: (H, W, 3) uint8; only its size counts.

    Returns:
        (H, W) int32 index of the concept.
    """
    height, width = image.shape[:2]
    best = np.full((height, width), -np.inf, np.float32)
    labels = np.zeros((height, width), np.int32)
    for concept in range(soft.shape[2]):
        enlarged = cv2.resize(np.ascontiguousarray(soft[:, :, concept]), (width, height))
        labels[enlarged > best] = concept
        np.maximum(best, enlarged, out=best)
    return labels


def pamr_pixels(
    soft: NDArray[np.float32], image: NDArray[np.uint8], *, max_side: int, steps: int = PAMR_STEPS
) -> NDArray[np.int32]:
    """Pixel-adaptive mask refinement (Araslanov and Roth, 2020, section 4.1) of the bilinearly enlarged maps.

    Every step replaces the maps at a pixel by their mean over 48 neighbours at several distances, weighted by
    softmax_n(-mean_rgb |I_n - I| / (0.1 sigma)), with sigma the standard deviation of the channel around the pixel.

    Args:
        soft: (h, w, K) float32.
        image: (H, W, 3) uint8 RGB.
        max_side: Longest side in pixels at which it works, as for the guided filter.
        steps: Of the refinement.

    Returns:
        (H, W) int32 index of the concept.
    """
    height, width = image.shape[:2]
    shrink = min(1.0, max_side / max(height, width))
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    guide = image if shrink == 1 else cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    enlarged = cv2.resize(soft, size).reshape(size[1], size[0], -1)  # OpenCV drops a last axis of 1
    maps = np.ascontiguousarray(enlarged.reshape(-1, soft.shape[2]))
    affinity = pixel_affinity(guide)
    for _ in range(steps):
        maps = affinity @ maps
    return bilinear_pixels(maps.reshape(size[1], size[0], -1), image)


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
