"""Regions laid out as a grid off the GUI thread, from the grid before where only some of them changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from acseg_core.shapes.masks import paint_label_map
from acseg_core.shapes.run_lengths import decode_box
from acseg_core.types import Region
from acseg_desktop.canvas.region_map import RegionGrid
from acseg_desktop.canvas.slots import NARROW, Slots

_LARGE = 40_000_000
"""Pixels of an image for which memory counts more than speed."""
_ROWS = 256
_MOSTLY_OTHERS = 0.5
"""Part of the regions above which, where so many are others, laying all of them out anew is quicker."""


def lay_out(
    regions: Sequence[Region], *, height: int, width: int, before: tuple[Sequence[Region], RegionGrid] | None = None
) -> RegionGrid:
    """Lay regions out, and find what the canvas will ask of the grid.

    Args:
        regions: They do not overlap.
        height: Of the image.
        width: Of the image.
        before: What was laid out last of the same image.
    """
    grid = None if before is None else _redrawn(regions, *before, height=height, width=width)
    if grid is None:
        grid = _laid_out(regions, height=height, width=width)
    grid.neighbours()
    written = [region.label_id is not None or region.suggestion_id is not None for region in regions]
    grid.anchors([index for index, is_written in enumerate(written) if is_written])
    return grid


def _laid_out(regions: Sequence[Region], *, height: int, width: int) -> RegionGrid:
    """All at once, which needs some ten bytes per pixel while it works; large images one region after another."""
    if height * width <= _LARGE:
        masks = tuple(region.mask for region in regions)
        return RegionGrid(paint_label_map(masks, height=height, width=width), len(regions))
    slots = _no_slots(height, width, count=len(regions))
    for index, region in enumerate(regions):
        _draw(slots, region, index)
    return RegionGrid.of_slots(slots, len(regions))


def _no_slots(height: int, width: int, *, count: int) -> Slots:
    return np.zeros((height, width), np.uint8) if count < NARROW else np.zeros((height, width), np.uint16)


def _draw(slots: Slots, region: Region, index: int) -> None:
    left, top, width, height = (int(value) for value in region.bbox)
    slots[top : top + height, left : left + width][decode_box(region.mask, region.bbox)] = index + 1


def _redrawn(
    regions: Sequence[Region], before: Sequence[Region], grid: RegionGrid, *, height: int, width: int
) -> RegionGrid | None:
    """The grid before with other regions drawn into it; None where that does not help."""
    if grid.slots.shape != (height, width) or grid.count != len(before):
        return None
    old = {region.id: index for index, region in enumerate(before)}
    kept = {
        index: old[region.id]
        for index, region in enumerate(regions)
        if region.id in old and before[old[region.id]].mask == region.mask
    }
    if len(kept) == len(regions) == len(before) and all(index == was for index, was in kept.items()):
        return grid
    if len(regions) - len(kept) > _MOSTLY_OTHERS * len(regions):
        return None
    slots = _no_slots(height, width, count=len(regions))
    table = np.zeros(len(before) + 1, slots.dtype)
    for index, was in kept.items():
        table[was + 1] = index + 1
    for top in range(0, height, _ROWS):  # NumPy makes indices of 8 bytes of all it looks up at once
        np.take(table, grid.slots[top : top + _ROWS], out=slots[top : top + _ROWS], mode="clip")
    for index, region in enumerate(regions):
        if index not in kept:
            _draw(slots, region, index)
    return RegionGrid.of_slots(slots, len(regions), anchors=grid.anchors_of(kept))
