"""The sample scene: small, on a map, with a corner without data, read alike with the extra and without; its script."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio

from acseg_core.images import georef
from acseg_core.images.files import inspect_image, load_added
from acseg_resources import resource_path

SCENE = resource_path("scenes", "village.tif")
CORNER = (552_000, 0.25, 0, 5_402_000, 0, -0.25)


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location(
        "make_sample_scene", Path(__file__).parents[2] / "resources" / "make_sample_scene.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


def test_it_is_a_small_orthophoto_with_a_place_and_a_corner_without_data():
    assert SCENE.stat().st_size < 290_000
    with rasterio.open(SCENE) as scene:
        assert (scene.width, scene.height, scene.count) == (2080, 1536, 3)
        assert scene.crs.to_epsg() == 32633
        assert scene.transform.to_gdal() == CORNER
        assert (scene.block_shapes[0], scene.compression.name, scene.overviews(1)) == ((256, 256), "jpeg", [4])
        mask = scene.dataset_mask() > 0
        assert 0.99 < mask.mean() < 0.998
        assert not mask[-1, 0]
        pixels = scene.read()[:, mask]
    assert 60 < pixels.mean() < 190
    assert pixels.std() > 30


def test_it_is_an_ordinary_image_to_who_has_not_the_extra():
    info = inspect_image(SCENE.parent, "village.tif")
    place = georef.from_text(info.georeference)
    assert (place.transform, place.system.epsg) == (CORNER, 32633)
    photo = load_added(SCENE.parent, info)
    with rasterio.open(SCENE) as scene:
        assert np.array_equal(photo.valid, scene.dataset_mask() > 0)
        here, there = photo.rgb[photo.valid], np.moveaxis(scene.read(), 0, 2)[photo.valid]
    assert np.abs(here.astype(int) - there).mean() < 1, "colours are decoded by two libraries"


def test_its_origin_and_licence_are_told():
    told = (SCENE.parent / "SOURCES.md").read_text("utf-8")
    assert "`village.tif`" in told
    assert "Apache-2.0" in told
    assert "EPSG:32633" in told


def test_the_script_writes_pixels_mask_and_place(script, tmp_path):
    rows, columns = np.mgrid[: script.HEIGHT, : script.WIDTH]
    rgb = np.stack([rows // 7, columns // 8, np.full_like(rows, 90)], 2).astype(np.uint8)
    valid = rows + columns > 300
    script.write(tmp_path / "made" / "scene.tif", rgb, valid)
    with rasterio.open(tmp_path / "made" / "scene.tif") as scene:
        assert scene.transform.to_gdal() == CORNER
        assert np.array_equal(scene.dataset_mask() > 0, valid)
        inside = valid & (rows + columns > 340)  # JPEG rings beside the black corner
        assert np.abs(np.moveaxis(scene.read(), 0, 2)[inside] - rgb[inside].astype(int)).mean() < 6


def test_the_script_s_sun_comes_from_the_upper_left(script):
    height = np.zeros((200, 200), np.float32)
    height[90:110, 90:110] = 5
    dark = script.shadows(height)
    assert dark[112, 115]
    assert not dark[:90].any()
    assert not dark[:, :90].any()
    assert not dark[90:110, 90:110].any(), "a flat roof is lit"
