"""Smaller pictures of scenes: the right pixels, with and without overviews in the file, and void as void."""

import numpy as np
import pytest
import rasterio
from scene_project import smooth_texture

from acseg_core.errors import ImageError
from acseg_core.images.pixels import VOID_COLOR, Stretch
from acseg_core.images.rendering import Rendering
from acseg_core.images.scenes import overview
from acseg_core.images.scenes.raster import Box

AS_IS = Rendering((1, 2, 3), (Stretch(0.0, 255.0),) * 3)


@pytest.fixture
def raster(tmp_path):
    def write(pixels, *, factors=(), **profile):
        path = tmp_path / "map.tif"
        height, width, _ = pixels.shape
        profile |= {"driver": "GTiff", "width": width, "height": height, "count": 3, "dtype": "uint8", "tiled": True}
        with rasterio.open(path, "w", **profile, transform=rasterio.Affine(2, 0, 9, 0, -2, 9)) as target:
            target.write(np.moveaxis(pixels, 2, 0))
            if factors:
                target.build_overviews(factors, rasterio.enums.Resampling.average)
        return path

    return write


@pytest.mark.parametrize("factors", [(), (2, 4)])
@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_a_level_is_the_part_made_smaller(raster, level, factors):
    pixels = smooth_texture(640, 512)
    path = raster(pixels, factors=factors)
    found = overview.read_level(path, Box(128, 64, 256, 192), AS_IS, level=level)
    part, step = pixels[64:256, 128:384].astype(float), 2**level
    expected = part.reshape(192 // step, step, 256 // step, step, 3).mean(axis=(1, 3))
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() <= (0 if level == 0 else 8)


def test_strips_together_are_the_whole_scene(raster, monkeypatch):
    monkeypatch.setattr(overview, "OVERVIEW_SIDE", 100)
    monkeypatch.setattr(overview, "_STRIP_PIXELS", 640 * 200)
    pixels = smooth_texture(640, 512)
    path = raster(pixels)
    strips = overview.overview_strips(640, 512)
    assert overview.overview_size(640, 512) == (100, 80)
    assert len(strips) > 2
    assert [row for rows in strips for row in range(*rows)] == list(range(80))
    whole = np.concatenate([overview.read_strip(path, (640, 512), rows, AS_IS) for rows in strips])
    rows, columns = ((np.arange(count) * 6.4 + 3.2).astype(int) for count in (80, 100))
    expected = pixels[rows][:, columns].astype(float)
    assert whole.shape == expected.shape
    assert np.abs(whole - expected).mean() < 8 < expected.std()


def test_void_pixels_are_shown_as_such(raster):
    pixels = smooth_texture(256, 256)
    pixels[:128] = 0
    path = raster(pixels, nodata=0)
    found = overview.read_level(path, Box(0, 0, 256, 256), AS_IS, level=2)
    assert (found[:31] == VOID_COLOR).all()
    assert (found[34:] != VOID_COLOR).any()


def test_a_file_that_shrank_is_refused(raster):
    path = raster(smooth_texture(256, 256))
    with pytest.raises(ImageError, match="smaller than it was"):
        overview.read_strip(path, (512, 256), (0, 10), AS_IS)


def test_a_kept_overview_is_read_again(tmp_path):
    target = overview.overview_path(tmp_path, "f" * 64, "")
    assert overview.kept_overview(target) is None
    picture = smooth_texture(200, 100)
    overview.keep_overview(picture, target)
    kept = overview.kept_overview(target)
    assert kept is not None
    assert np.abs(kept.astype(int) - picture).mean() < 4
    target.write_bytes(b"no picture")
    assert overview.kept_overview(target) is None
    assert overview.overview_path(tmp_path, "f" * 64, "other") != target
