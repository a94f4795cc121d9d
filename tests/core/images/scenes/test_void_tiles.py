"""Tiles without a valid pixel are found without reading all of the others."""

import numpy as np
import pytest
import rasterio
from scene_files import texture, write_scene

from acseg_core.images.scenes.raster import read_header
from acseg_core.images.scenes.tiling import Grid
from acseg_core.images.scenes.void_tiles import find_void_tiles
from acseg_core.interruptible import run_to_end

GRID = Grid(640, 512, 128)


def samples() -> np.ndarray:
    """Of 4 x 5 tiles, those of the first column are void, and the last one; the one before has one valid pixel."""
    values = (texture(512, 640) * 254 + 1).astype(np.uint8)
    values[:, :, :128] = 0
    values[:, 384:, 384:] = 0
    values[:, 400, 450] = 9
    return values


EXPECTED = {(1, 1), (2, 1), (3, 1), (4, 1), (4, 5)}


def found(path, **options):
    return run_to_end(find_void_tiles(path, read_header(path), GRID, (1, 2, 3), **options), lambda tick: None)


@pytest.mark.parametrize("levels", [[], [2, 8], [2, 4, 8, 16, 32]], ids=str)
@pytest.mark.parametrize(
    "profile", [{}, {"tiled": True, "blockxsize": 128, "blockysize": 128}], ids=["strips", "tiles"]
)
def test_they_are_found_with_and_without_overviews(levels, profile, tmp_path):
    path = write_scene(tmp_path / "a.tif", samples(), nodata=0, **profile)
    if levels:
        with rasterio.open(path, "r+") as out:
            out.build_overviews(levels)
    assert found(path) == EXPECTED


def test_they_are_found_by_opacity_by_masks_and_by_what_is_no_number(tmp_path):
    valid = samples().any(axis=0)
    colour = (texture(512, 640) * 255).astype(np.uint8)
    opaque = np.concatenate([colour, valid[None] * np.uint8(255)])
    assert found(write_scene(tmp_path / "a.tif", opaque, photometric="RGB", alpha="yes")) == EXPECTED
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        assert found(write_scene(tmp_path / "b.tif", colour, valid=valid)) == EXPECTED
    floats = colour.astype(np.float32)
    floats[:, ~valid] = np.nan
    assert found(write_scene(tmp_path / "c.tif", floats)) == EXPECTED


def test_a_scene_that_has_no_void_is_not_read(tmp_path, monkeypatch):
    path = write_scene(tmp_path / "a.tif", samples())
    header = read_header(path)
    path.unlink()
    assert run_to_end(find_void_tiles(path, header, GRID, (1, 2, 3)), lambda tick: None) == frozenset()


def test_it_ends_in_time(tmp_path):
    """Whatever is not looked at counts as an image."""
    path = write_scene(tmp_path / "a.tif", samples(), nodata=0)
    assert found(path, seconds=0) == frozenset()
