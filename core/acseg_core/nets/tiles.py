"""Tiles: features of a large image at its own resolution, put together from overlapping views of its parts.

A view of a part knows little of the scene, so its features lie elsewhere than those of the same place in a view of the
whole. Each tile is therefore moved to the mean that the whole image has there, tiles fade into each other where they
overlap, and the two are mixed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

import torch
from torch import Tensor, nn

from acseg_core.nets.features import FeatureMap

MOST_PATCHES = 9216
"""Patches of an image in tiles, at most: those of a square of 1,344 pixels and patches of 14."""

_WORTH = 1.3
"""Times as many patches as the whole view has that are worth tiles."""

_OVERLAP = 0.25
"""Share of a tile's side that it has in common with the next one, at least."""

_LOCAL = 0.5
"""Share of the tiles in the mixture."""

Place = tuple[slice, slice]
"""Rows and columns of patches of a tile."""


def tiled_grid(width: int, height: int, *, patch: int, whole: tuple[int, int]) -> tuple[int, int] | None:
    """Rows and columns of patches of an image at its own resolution, or None where tiles are not worth it.

    Args:
        width: Of the image, in pixels.
        height: Of the image, in pixels.
        patch: Side of a patch in pixels.
        whole: Grid (h, w) of the view of the whole image.
    """
    scale = min(1.0, (MOST_PATCHES * patch * patch / (width * height)) ** 0.5)
    rows, columns = (max(1, round(side * scale / patch)) for side in (height, width))
    return (rows, columns) if rows * columns >= _WORTH * whole[0] * whole[1] else None


def tile_places(grid: tuple[int, int], side: int) -> list[Place]:
    """Where tiles lie: of at most so many patches a side, all of one size, spread evenly over the grid."""
    return [(rows, columns) for rows in _along(grid[0], side) for columns in _along(grid[1], side)]


def _along(count: int, side: int) -> list[slice]:
    if count <= side:
        return [slice(0, count)]
    number = 1 + -(-(count - side) // max(1, round(side * (1 - _OVERLAP))))
    starts = [round(index * (count - side) / (number - 1)) for index in range(number)]
    return [slice(start, start + side) for start in starts]


def join_tiles(whole: FeatureMap, grid: tuple[int, int], tiles: Iterable[tuple[Place, FeatureMap]]) -> FeatureMap:
    """Mix the features of a view of the whole image with those of tiles.

    Args:
        whole: Of the view of the whole image, of a coarser grid.
        grid: Rows and columns of the patches of all tiles.
        tiles: Place and features of each; they cover the grid, and are read one after the other.

    Returns:
        Features of that grid. Attention is that of the whole image: a tile's has no regard to what lies elsewhere.
    """
    wide = {name: _enlarged(part, grid) for name, part in _parts(whole).items()}
    local = {name: torch.zeros_like(part) for name, part in wide.items()}
    weights = torch.zeros(grid, device=whole.tokens.device)
    for place, tile in tiles:
        rows, columns = place
        fade = _ramp(rows, grid[0])[:, None] * _ramp(columns, grid[1])[None]
        fade = fade.to(weights)
        weights[place] += fade
        for name, part in _parts(tile).items():
            there = wide[name][place].flatten(0, 1).mean(dim=0)
            moved = part.float() - part.float().flatten(0, 1).mean(dim=0) + there
            local[name][place] += fade[..., None] * moved
    mixed = {
        name: (1 - _LOCAL) * part + _LOCAL * local[name] / weights[..., None].clamp(min=1e-6)
        for name, part in wide.items()
    }
    attention = None
    if whole.cls_attention is not None:
        enlarged = _enlarged(whole.cls_attention[..., None], grid)[..., 0]
        attention = enlarged * (whole.cls_attention.sum() / enlarged.sum().clamp(min=1e-12))
    return FeatureMap(cls_attention=attention, **mixed)


def _parts(features: FeatureMap) -> dict[str, Tensor]:
    """All maps (h, w, D) that there are, by name."""
    found = {field.name: getattr(features, field.name) for field in fields(features) if field.name != "cls_attention"}
    return {name: part for name, part in found.items() if part is not None}


def _enlarged(part: Tensor, grid: tuple[int, int]) -> Tensor:
    """(h, w, D) bilinearly enlarged to another grid."""
    layers = part.float().permute(2, 0, 1)[None]
    return nn.functional.interpolate(layers, size=grid, mode="bilinear", align_corners=False)[0].permute(1, 2, 0)


def _ramp(place: slice, count: int) -> Tensor:
    """(side,) weights of a tile along one axis: less towards its ends, but for those at the image's border."""
    side = place.stop - place.start
    wide = max(1, round(side * _OVERLAP))
    at = torch.arange(side, dtype=torch.float32)
    rising = torch.ones(side) if place.start == 0 else ((at + 1) / (wide + 1)).clamp(max=1)
    falling = torch.ones(side) if place.stop == count else ((side - at) / (wide + 1)).clamp(max=1)
    return torch.minimum(rising, falling)
