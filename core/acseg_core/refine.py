"""Crisp edges: similarity maps at patch size become a label for every pixel of the image.

The maps are made soft assignments, enlarged bilinearly, smoothed with a guided filter (He et al., 2013) that follows
the image's own edges, and the best concept of each pixel wins. Enlarging the maps instead of a label map keeps
boundaries between patches where the similarities put them.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.config import RefineConfig

_SCALES = ((256, 0.25), (64, 0.5))
"""From which shortest side in pixels on the filter's linear coefficients are computed at which scale (He & Sun, 2015):
a fifth of the time, and 99 % of the pixels as at full scale."""


def label_pixels(
    similarity: NDArray[np.float32], image: NDArray[np.uint8], config: RefineConfig | None = None
) -> NDArray[np.uint8]:
    """Assign every pixel to a concept.

    Args:
        similarity: (h, w, K) float32, cosine of every patch to every concept; K at most 256.
        image: (H, W, 3) uint8 RGB.
        config: Settings; the defaults if left out.

    Returns:
        (H, W) uint8 index of the concept.

    Raises:
        ValueError: There are more concepts than a label map can hold.
    """
    config = config or RefineConfig()
    concepts = similarity.shape[2]
    if not 1 <= concepts <= 256:
        raise ValueError(f"need 1 to 256 concepts, got {concepts}")
    height, width = image.shape[:2]
    # A concept that wins no patch has vanished, and must not come back between two patches.
    winner = similarity.argmax(axis=2)
    alive = np.unique(winner)
    logits = similarity / config.temperature
    best_of_patch = (similarity.max(axis=2, keepdims=True) + config.margin) / config.temperature
    np.put_along_axis(logits, winner[..., None], best_of_patch, axis=2)
    maps = _softmax(logits)[:, :, alive]
    shrink = min(1.0, config.max_side / max(height, width))
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    guide = image if shrink == 1 else cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    best = np.zeros((height, width), np.float32)
    labels = np.full((height, width), alive[0], np.uint8)
    if len(alive) == 1:
        return labels
    edges = _edge_filter(guide, config)
    for position, concept in enumerate(alive):
        enlarged = cv2.resize(np.ascontiguousarray(maps[:, :, position]), size, interpolation=cv2.INTER_LINEAR)
        crisp = edges.filter(enlarged)
        if shrink < 1:
            crisp = cv2.resize(crisp, (width, height), interpolation=cv2.INTER_LINEAR)
        if position == 0:
            best = crisp
            continue
        labels[crisp > best] = concept
        np.maximum(best, crisp, out=best)
    return labels


def _edge_filter(guide: NDArray[np.uint8], config: RefineConfig) -> Any:
    """OpenCV's guided filter for a guide (H, W, 3), its window shrunk to fit tiny images."""
    shortest = min(guide.shape[:2])
    scale = next((scale for side, scale in _SCALES if shortest >= side), 1.0)
    radius = max(1, round(min(config.radius, shortest / 4) * scale))  # OpenCV counts it in pixels of the smaller guide
    return cv2.ximgproc.createGuidedFilter(guide.astype(np.float32) / 255, radius, config.epsilon, scale)


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Softmax over the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)
