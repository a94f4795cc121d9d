"""The grid of tiles covers a scene, each pixel once, whatever its size."""

import numpy as np
import pytest

from acseg_core.images.scenes.tiling import Grid, column_borders, row_borders


@pytest.mark.parametrize(
    ("width", "height"), [(896, 896), (1, 1), (2000, 3000), (10_000, 7), (1343, 1345), (20_000, 890)]
)
def test_every_pixel_is_in_one_tile_and_tiles_are_about_as_large_as_asked(width, height):
    grid = Grid(width, height)
    seen = np.zeros((height, width), np.uint8)
    tiles = list(grid.tiles())
    for tile, (across, down) in tiles:
        assert across > 0
        assert down > 0
        seen[tile.top : tile.top + down, tile.left : tile.left + across] += 1
    assert (seen == 1).all()
    assert len(tiles) == grid.rows * grid.columns
    assert all(across <= 1.5 * grid.side and down <= 1.5 * grid.side for _, (across, down) in tiles)
    if min(width, height) >= grid.side:
        assert all(across >= 0.6 * grid.side and down >= 0.6 * grid.side for _, (across, down) in tiles)


def test_tiles_are_numbered_from_one_and_begin_where_rows_and_columns_do():
    grid = Grid(3000, 2000, side=900)
    tiles = [tile for tile, _ in grid.tiles()]
    assert [(tile.row, tile.column) for tile in tiles[:4]] == [(1, 1), (1, 2), (1, 3), (2, 1)]
    assert {tile.left for tile in tiles} == set(column_borders(grid)[:-1])
    assert {tile.top for tile in tiles} == set(row_borders(grid)[:-1])
    assert (column_borders(grid)[-1], row_borders(grid)[-1]) == (3000, 2000)


def test_the_halo_is_four_patches_of_a_tile():
    assert Grid(5000, 5000, side=896).halo == 4 * 896 // 32
