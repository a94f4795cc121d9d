"""The grid of a scene's tiles: all of it, and each pixel once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from acseg_core.types import Tile

TILE_SIDE = 896
"""Pixels of a tile's side, about: twice what the backbone sees of it, so that it looks at half of the resolution."""

_STEP = 8
"""Tiles begin at multiples of it, so that halos are whole patches wide."""

_HALO_PARTS = 8
"""A halo is so manieth of a tile's side: four of its 32 patches."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How a scene is divided into tiles, all of them about as large.

    Attributes:
        width: Of the scene in pixels.
        height: Likewise.
        side: Of a tile, about.
    """

    width: int
    height: int
    side: int = TILE_SIDE

    @property
    def columns(self) -> int:
        """Tiles beside each other."""
        return max(1, round(self.width / self.side))

    @property
    def rows(self) -> int:
        """Tiles below each other."""
        return max(1, round(self.height / self.side))

    @property
    def count(self) -> int:
        """Tiles."""
        return self.rows * self.columns

    @property
    def halo(self) -> int:
        """Pixels around a tile that the backbone sees, too."""
        return -(-self.side // _HALO_PARTS)

    def tiles(self) -> Iterator[tuple[Tile, tuple[int, int]]]:
        """Every tile with its width and height, row by row."""
        lefts, tops = _borders(self.width, self.columns), _borders(self.height, self.rows)
        for row in range(self.rows):
            for column in range(self.columns):
                left, top = lefts[column], tops[row]
                size = lefts[column + 1] - left, tops[row + 1] - top
                yield Tile(row + 1, column + 1, left, top, self.halo), size


def _borders(length: int, count: int) -> list[int]:
    """Where the parts of a side begin, and its end."""
    step = length / count
    return [round(place * step / _STEP) * _STEP for place in range(count)] + [length]


def column_borders(grid: Grid) -> list[int]:
    """First column of pixels of each column of tiles, and the scene's width."""
    return _borders(grid.width, grid.columns)


def row_borders(grid: Grid) -> list[int]:
    """First row of pixels of each row of tiles, and the scene's height."""
    return _borders(grid.height, grid.rows)
