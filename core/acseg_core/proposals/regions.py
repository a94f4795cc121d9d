"""Regions from a label map: exact masks, boxes, areas and descriptors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes import masks
from acseg_core.types import RegionProposal

_PIXELS_AT_ONCE = 1 << 22
"""Pixels counted in one go, so that memory stays flat on huge images."""


def regions_of(
    label_map: NDArray[np.uint8], tokens: NDArray[np.float32]
) -> tuple[NDArray[np.uint8], tuple[RegionProposal, ...]]:
    """Split an image into the regions of its label map.

    Args:
        label_map: (H, W) uint8, concept of every pixel.
        tokens: (h, w, D) float32, patch tokens of the same image.

    Returns:
        (H, W) uint8 label map renumbered to index the regions, and the regions, largest first (ties by concept).
    """
    concepts, areas = _counted(label_map)
    order = np.lexsort((concepts, -areas))
    concepts = concepts[order]
    renumber = np.zeros(256, np.uint8)
    renumber[concepts] = np.arange(len(concepts), dtype=np.uint8)
    indexed = renumber[label_map]
    rles = masks.encode_label_map(indexed)
    descriptors = region_descriptors(indexed, tokens, len(concepts))
    return indexed, tuple(
        RegionProposal(
            node=int(concept),
            mask=rles[index],
            bbox=masks.bounding_box(rles[index]),
            area=masks.area(rles[index]),
            descriptor=descriptors[index],
        )
        for index, concept in enumerate(concepts)
    )


def region_descriptors(label_map: NDArray[np.uint8], tokens: NDArray[np.float32], count: int) -> NDArray[np.float16]:
    """Average the tokens under each region, each patch weighted by the pixels it shares with the region.

    Args:
        label_map: (H, W) uint8, region of every pixel, 0..count - 1.
        tokens: (h, w, D) float32.
        count: R, the number of regions.

    Returns:
        (R, D) float16, L2-normalised.
    """
    means = mean_tokens(label_map, tokens, count)
    norms = np.linalg.norm(means, axis=1, keepdims=True)
    return np.asarray(means / np.maximum(norms, 1e-12), dtype=np.float16)


def mean_tokens(label_map: NDArray[np.integer], tokens: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """The mean token under each region, like `region_descriptors` but not normalised.

    Pixels of no region (`leaf_map.OUTSIDE`) count nowhere.

    Returns:
        (R, D) float32; zeros for a region without pixels.
    """
    height, width = label_map.shape
    rows, columns, dim = tokens.shape
    row_of = (np.arange(height) * rows // height).astype(np.int32)  # patch row of every pixel row
    column_of = (np.arange(width) * columns // width).astype(np.int32)
    shared = np.zeros((count + 1) * rows * columns, np.int64)  # the last ones for pixels of no region
    step = max(1, _PIXELS_AT_ONCE // width)
    for start in range(0, height, step):
        block = slice(start, start + step)
        labels = np.minimum(label_map[block], count)
        cell = np.multiply(labels, rows * columns, dtype=np.intp)  # what bincount counts without a copy
        cell += row_of[block, None] * columns + column_of
        shared += np.bincount(cell.ravel(), minlength=shared.size)
    weights = shared[: count * rows * columns].reshape(count, -1).astype(np.float32)
    pixels = weights.sum(axis=1, keepdims=True)
    return np.asarray(weights @ tokens.reshape(-1, dim) / np.maximum(pixels, 1), dtype=np.float32)


def _counted(label_map: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The concepts that occur, ascending, and the pixels of each."""
    counts = np.bincount(label_map.ravel(), minlength=256)
    concepts = np.flatnonzero(counts)
    return concepts, counts[concepts]
