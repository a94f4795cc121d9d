"""How a scene is shown at first: from an overview, from windows, or from all of it."""

import numpy as np
import pytest
import rasterio
from scene_files import texture, write_scene

from acseg_core.images.pixels import Stretch
from acseg_core.images.scenes import sampling
from acseg_core.images.scenes.raster import read_header
from acseg_core.images.scenes.sampling import default_rendering, sampled


def deep(height=400, width=600):
    return (texture(height, width, 1) * 3000 + 50).astype(np.uint16)


def stretch(path) -> Stretch:
    return default_rendering(path, read_header(path)).stretches[0]


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(sampling, "_MOST_PIXELS", 20_000)
    monkeypatch.setattr(sampling, "_GRIDS", ((4, 32), (24, 8)))


def test_all_of_a_small_one_counts(tmp_path):
    path = write_scene(tmp_path / "a.tif", deep())
    low, high = np.percentile(deep(), (2, 98), method="closest_observation")
    found = stretch(path)
    assert (found.black, found.white) == pytest.approx((low, high), abs=2)


@pytest.mark.parametrize(
    "profile", [{}, {"tiled": True, "blockxsize": 64, "blockysize": 64}, {"compress": "deflate"}], ids=str
)
def test_windows_of_a_large_one_tell_about_the_same(profile, tmp_path, few):
    path = write_scene(tmp_path / "a.tif", deep(), **profile)
    found = stretch(path)
    low, high = np.percentile(deep(), (2, 98))
    assert abs(found.black - low) < 150
    assert abs(found.white - high) < 150


def test_an_overview_is_read_where_there_is_one(tmp_path, few):
    path = write_scene(tmp_path / "a.tif", deep())
    with rasterio.open(path, "r+") as out:
        out.build_overviews([4])
    values = sampled(path, read_header(path), (1,))
    assert values.shape == (150 * 100, 1)


def test_what_is_void_does_not_count_and_a_little_that_is_not_is_found(tmp_path, few):
    values = deep()
    keep = values[:, 190:212, 140:164].copy()
    values[:] = 0
    values[:, 190:212, 140:164] = keep
    path = write_scene(tmp_path / "a.tif", values, nodata=0)
    found = stretch(path)
    assert keep.min() <= found.black < found.white <= keep.max()


def test_a_hot_pixel_does_not_take_the_range(tmp_path):
    values = deep()
    values[0, 7, 7] = 65535
    assert stretch(write_scene(tmp_path / "a.tif", values)).white < 4000
