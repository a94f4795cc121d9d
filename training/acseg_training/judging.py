"""How good a partition is: without labels by how steady it is, with accepted regions by how well these are met."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.metrics import contingency
from acseg_core.proposals.image_tree import ImageTree
from acseg_training.dividing import regions_at

STEADY_COUNTS = (4, 8, 16)
"""Regions at which partitions of two views of an image are compared."""

MET_COUNTS = (4, 8, 16, 32)
"""Regions at which accepted regions are to be met."""

_CROP = 0.7
"""Side of the crop, as a share of the image's."""

_LEAST_SHOWN = 0.01
"""Share of a crop that a region must have to be one that it shows."""

_STRIDE = 2
"""Every second pixel of every second row is compared."""

Picture = NDArray[np.uint8]
Grow = Callable[[Picture], ImageTree]


def adjusted_rand(table: NDArray[np.int64]) -> float:
    """Adjusted Rand index of two partitions: 1 where they are the same, about 0 where they have nothing in common.

    Args:
        table: (R, T) pixels that each pair of regions shares.
    """

    def pairs(counts: NDArray[np.int64]) -> float:
        return float((counts.astype(np.float64) * (counts - 1) / 2).sum())

    total = pairs(table.sum(keepdims=True))
    both, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected, most = (rows * columns / total if total else 0.0), (rows + columns) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def steadiness(image: Picture, grown: Sequence[ImageTree], grow: Sequence[Grow], *, seed: int) -> list[float]:
    """How far the partitions of an image agree with those of its mirror image and of a crop, for several models.

    Args:
        image: (H, W, 3) uint8 RGB.
        grown: Its tree, by each model.
        grow: What grows the tree of any picture, by each model.
        seed: Of the place of the crop.

    Returns:
        The mean adjusted Rand index of each.
    """
    mirrored = np.ascontiguousarray(image[:, ::-1])
    rows, columns = _crop(image.shape[0], image.shape[1], seed)
    cropped = np.ascontiguousarray(image[rows, columns])
    found = []
    for tree, grown_by in zip(grown, grow, strict=True):
        values = []
        other, part = grown_by(mirrored), grown_by(cropped)
        for count in STEADY_COUNTS:
            whole = regions_at(tree, tree.tree.cut_to(count))
            back = regions_at(other, other.tree.cut_to(count))[:, ::-1]
            values.append(adjusted_rand(_shared(whole, back)))
            shown = whole[rows, columns]
            areas = np.bincount(shown.ravel())
            visible = int((areas >= _LEAST_SHOWN * shown.size).sum())
            if visible > 1:
                values.append(adjusted_rand(_shared(shown, regions_at(part, part.tree.cut_to(visible)))))
        found.append(float(np.mean(values)))
    return found


def how_well_met(tree: ImageTree, accepted: Sequence[NDArray[np.bool_]]) -> float:
    """Mean IoU of accepted regions, each with those regions of a cut whose union fits it best; mean over several cuts.

    Args:
        tree: Of the image.
        accepted: (H, W) bool masks, at least one, none empty.
    """
    values = []
    for count in MET_COUNTS:
        regions = regions_at(tree, tree.tree.cut_to(count)).ravel()
        areas = np.bincount(regions)
        for mask in accepted:
            inside = np.bincount(regions[mask.ravel()], minlength=len(areas))
            values.append(_best_union(inside, areas, int(mask.sum())))
    return float(np.mean(values))


def _best_union(inside: NDArray[np.int64], areas: NDArray[np.int64], wanted: int) -> float:
    """The highest IoU that any union of regions has: it takes those that lie inside the most, up to some point."""
    order = np.argsort(-(inside / areas), kind="stable")
    met, taken = np.cumsum(inside[order]), np.cumsum(areas[order])
    return float((met / (wanted + taken - met)).max())


def _crop(height: int, width: int, seed: int) -> tuple[slice, slice]:
    random = np.random.default_rng(seed)
    rows, columns = max(1, round(_CROP * height)), max(1, round(_CROP * width))
    top, left = int(random.integers(height - rows + 1)), int(random.integers(width - columns + 1))
    return slice(top, top + rows), slice(left, left + columns)


def _shared(one: NDArray[np.uint16], other: NDArray[np.uint16]) -> NDArray[np.int64]:
    first, second = one[::_STRIDE, ::_STRIDE], other[::_STRIDE, ::_STRIDE]
    return contingency(first, second.astype(np.int32))
