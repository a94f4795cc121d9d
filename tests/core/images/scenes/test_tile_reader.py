"""Tiles as photos: their own pixels, what is around them, and what is said of those that cannot be read."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scene_files import texture, write_scene

from acseg_core.errors import ImageError
from acseg_core.images.scenes.tile_reader import NOTHING_TO_SEE, read_tile
from acseg_core.images.scenes.tiling import Grid
from acseg_core.types import ImageInfo

WHOLE = (texture(200, 300) * 254 + 1).astype(np.uint8)
GRID = Grid(300, 200, 96)


def infos() -> list[ImageInfo]:
    return [ImageInfo("a#r1c1.tif", "", 0, 0, *size, *size, tile=tile) for tile, size in GRID.tiles()]


def part(info: ImageInfo) -> np.ndarray:
    tile = info.tile
    return WHOLE[:, tile.top : tile.top + info.height, tile.left : tile.left + info.width].transpose(1, 2, 0)


@pytest.fixture
def path(tmp_path):
    return write_scene(tmp_path / "a.tif", WHOLE)


def test_tiles_are_parts_of_the_scene_with_what_is_around_them(path):
    for info in infos():
        photo = read_tile(path, info, with_halo=True)
        assert np.array_equal(photo.rgb, part(info))
        around = photo.surroundings
        inside = around.rgb[around.top : around.top + info.height, around.left : around.left + info.width]
        assert np.array_equal(inside, photo.rgb)
        assert around.left == min(info.tile.halo, info.tile.left)
        below = min(GRID.halo, 200 - info.tile.top - info.height)
        assert around.rgb.shape[0] == around.top + info.height + below
        assert read_tile(path, info).surroundings is None


def test_threads_read_side_by_side(path):
    wanted = infos() * 6
    with ThreadPoolExecutor(4) as threads:
        photos = list(threads.map(lambda info: read_tile(path, info, with_halo=True), wanted))
    assert all(np.array_equal(photo.rgb, part(info)) for photo, info in zip(photos, wanted, strict=True))


def test_a_tile_without_data_says_so_though_there_is_some_around_it(tmp_path):
    values = WHOLE.copy()
    first = infos()[0]
    values[:, : first.height, : first.width] = 0
    path = write_scene(tmp_path / "a.tif", values, nodata=0)
    with pytest.raises(ImageError, match=NOTHING_TO_SEE):
        read_tile(path, first, with_halo=True)
    assert read_tile(path, infos()[1], with_halo=True).valid is None


def test_a_scene_that_shrank_says_so(tmp_path):
    path = write_scene(tmp_path / "a.tif", WHOLE[:, :150])
    with pytest.raises(ImageError, match="smaller than it was"):
        read_tile(path, infos()[-1])
