"""Blocks of tiles: neighbours that stay together when a data set is split, as one looks much like the next."""

from __future__ import annotations

import math
from collections.abc import Collection

from acseg_core.types import Tile

_BLOCKS = 40
"""So many there are about, if there are tiles enough: few enough to be far apart, and enough to be shared out."""

Place = tuple[str, int, int]
"""Of a block: the path of its scene, and its row and column among the blocks, from 0."""


def place_of(scene: str, tile: Tile, side: int) -> Place:
    """In which block a tile is.

    Args:
        scene: The path of its scene.
        tile: Of it.
        side: Tiles of a block's side.
    """
    return scene, (tile.row - 1) // side, (tile.column - 1) // side


def block_side(tiles: Collection[tuple[str, Tile]], parts: int) -> int:
    """How many tiles a block is wide and high: two at least, unless that makes fewer blocks than parts.

    Args:
        tiles: Each with the path of its scene.
        parts: Into so many the tiles are split.
    """
    side = max(2, math.isqrt(len(tiles) // _BLOCKS))
    blocks = {place_of(scene, tile, side) for scene, tile in tiles}
    return side if len(blocks) >= parts else 1
