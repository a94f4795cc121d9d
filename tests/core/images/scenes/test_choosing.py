"""Which files become scenes: by size, coordinates and kind, never by reading pixels."""

import numpy as np
import pytest
from PIL import Image
from scene_files import texture, write_scene

from acseg_core.images.scenes import choosing
from acseg_core.images.scenes.choosing import Division, Tiles, division_of


def small(path, **profile):
    return write_scene(path, (texture(40, 60) * 255).astype(np.uint8), **profile)


@pytest.fixture
def large_map(tmp_path):
    """Only its header is looked at, so that most of it may be left out."""
    return write_scene(tmp_path / "large.tif", np.zeros((1, 8, 2056), np.uint8))


def test_a_small_map_and_a_large_photo_stay_whole(tmp_path):
    assert division_of(small(tmp_path / "map.tif"), Tiles.AUTO) is Division.WHOLE
    plain = write_scene(tmp_path / "plain.tif", np.zeros((1, 8, 2056), np.uint8), crs=None, transform=None)
    assert division_of(plain, Tiles.AUTO) is Division.WHOLE
    Image.new("RGB", (3000, 8)).save(tmp_path / "photo.png")
    assert division_of(tmp_path / "photo.png", Tiles.AUTO) is Division.WHOLE


def test_a_large_map_is_better_divided(large_map, tmp_path):
    assert division_of(large_map, Tiles.AUTO) is Division.BETTER
    assert division_of(large_map, Tiles.NEVER) is Division.WHOLE
    beside = write_scene(tmp_path / "beside.tif", np.zeros((1, 8, 2056), np.uint8), crs=None, transform=None)
    beside.with_suffix(".tfw").write_text("1 0 0 -1 0.5 -0.5")
    assert division_of(beside, Tiles.AUTO) is Division.BETTER


def test_what_is_too_large_to_be_read_whole_is_divided(tmp_path, monkeypatch):
    monkeypatch.setattr(choosing, "MAX_PIXELS", 40 * 60 - 1)
    plain = small(tmp_path / "plain.tif", crs=None, transform=None)
    assert division_of(plain, Tiles.AUTO) is Division.NEEDED
    monkeypatch.setattr(choosing, "MAX_PIXELS", 40 * 60)
    assert division_of(plain, Tiles.AUTO) is Division.WHOLE


def test_what_only_gdal_reads_is_divided(tmp_path):
    floats = texture(40, 60, 1).astype(np.float32)
    assert division_of(write_scene(tmp_path / "a.tif", floats, compress="LERC"), Tiles.AUTO) is Division.NEEDED
    for name in ("a.JP2", "a.vrt", "a.img"):
        (tmp_path / name).touch()
        assert division_of(tmp_path / name, Tiles.AUTO) is Division.NEEDED
        assert division_of(tmp_path / name, Tiles.NEVER) is Division.WHOLE


def test_always_means_every_file(tmp_path):
    Image.new("RGB", (30, 20)).save(tmp_path / "photo.png")
    assert division_of(tmp_path / "photo.png", Tiles.ALWAYS) is Division.BETTER
    assert division_of(small(tmp_path / "map.tif"), Tiles.ALWAYS) is Division.BETTER


def test_what_is_damaged_or_gone_is_for_whoever_reads_it(tmp_path):
    (tmp_path / "a.tif").write_bytes(b"II*\0" + b"\xff" * 40)
    assert division_of(tmp_path / "a.tif", Tiles.AUTO) is Division.WHOLE
    assert division_of(tmp_path / "gone.tif", Tiles.AUTO) is Division.WHOLE
