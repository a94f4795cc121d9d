"""How a scene is shown at first: from an overview, from windows, or from all of it."""

import numpy as np
import pytest
import rasterio
from scene_files import texture, write_scene

from acseg_core.images.band_choice import BandChoice
from acseg_core.images.pixels import Stretch
from acseg_core.images.scenes import sampling
from acseg_core.images.scenes.raster import Box, read_header, read_picture
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


def shown(path):
    header = read_header(path)
    whole = Box(0, 0, header.width, header.height)
    return read_picture(path, whole, default_rendering(path, header)).rgb


def test_a_table_of_colours_is_shown_as_these_and_not_as_its_numbers(tmp_path):
    numbers = (np.arange(60 * 80).reshape(1, 60, 80) % 3).astype(np.uint8)
    path = write_scene(tmp_path / "a.tif", numbers)
    with rasterio.open(path, "r+") as out:
        out.write_colormap(1, {0: (200, 10, 20), 1: (0, 250, 0), 2: (1, 2, 3)})
    colors = np.array([[200, 10, 20], [0, 250, 0], [1, 2, 3]])
    assert read_header(path).colors == ("palette",)
    np.testing.assert_array_equal(shown(path), colors[numbers[0]])


def test_grey_whose_zero_is_white_is_shown_that_way(tmp_path):
    usual = shown(write_scene(tmp_path / "black.tif", deep()))
    inverted = shown(write_scene(tmp_path / "white.tif", deep(), photometric="MINISWHITE"))
    assert np.abs(255 - usual.astype(int) - inverted).max() <= 1


@pytest.mark.parametrize(
    ("choice", "bands", "first"),
    [
        (BandChoice("nir", values=(0, 4000)), (4, 1, 2), Stretch(0, 4000)),
        (BandChoice("3", values=(0, 4000)), (3,), Stretch(0, 4000)),
        (BandChoice("9"), (1, 2, 3), None),
    ],
)
def test_what_was_chosen_for_new_images_is_true_of_scenes(tmp_path, choice, bands, first):
    path = write_scene(tmp_path / "a.tif", (texture(200, 300, 4) * 3000).astype(np.uint16))
    found = default_rendering(path, read_header(path), choice)
    assert found.bands == bands
    assert first in (None, found.stretches[0])
    usual = default_rendering(path, read_header(path))
    assert (found == usual) == (first is None), "a band that is not there is no choice"
