"""Copying the bundled photos and the scene: whole files only, and what is there stays."""

import sys

import pytest

from acseg_core.errors import StorageError
from acseg_core.store import create_project, queries
from acseg_desktop.samples import SAMPLE_SCENE, add_scene, copy_samples, copy_scene, sample_photos, scenes_are_read
from acseg_resources import resource_path


def test_photos_and_licences_are_copied_and_what_is_there_stays(tmp_path):
    (tmp_path / "photos").mkdir()
    kept = tmp_path / "photos" / sample_photos()[0].name
    kept.write_bytes(b"mine")
    copy_samples(tmp_path / "photos")
    assert kept.read_bytes() == b"mine"
    for source in sample_photos()[1:]:
        assert (tmp_path / "photos" / source.name).read_bytes() == source.read_bytes()
    assert sorted(path.name for path in (tmp_path / "photos").iterdir()) == sorted(
        ["LICENSES.md", *(path.name for path in sample_photos())]
    )


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit on the size of files")
def test_no_half_photo_survives_a_full_disk(tmp_path):
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    half = sample_photos()[0].stat().st_size // 2
    resource.setrlimit(resource.RLIMIT_FSIZE, (half, limits[1]))  # writing stops halfway, as on a full disk
    try:
        with pytest.raises(StorageError):
            copy_samples(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
    copy_samples(tmp_path)
    assert (tmp_path / sample_photos()[0].name).read_bytes() == sample_photos()[0].read_bytes()


def test_the_scene_is_copied_and_becomes_four_tiles(tmp_path):
    copy_scene(tmp_path / "scene")
    assert (tmp_path / "scene" / SAMPLE_SCENE).read_bytes() == resource_path("scenes", SAMPLE_SCENE).read_bytes()
    assert sorted(path.name for path in (tmp_path / "scene").iterdir()) == ["SOURCES.md", SAMPLE_SCENE]
    with create_project(tmp_path / "project", image_root=tmp_path / "scene") as project:
        add_scene(project)
        add_scene(project)
        tiles = queries.images(project)
    assert [record.path for record in tiles] == [f"village#r{tile}.tif" for tile in ("1c1", "1c2", "2c2", "2c1")]
    assert sum(record.width * record.height for record in tiles) == 2080 * 1536


def test_scenes_are_offered_only_where_they_can_be_read(monkeypatch):
    assert scenes_are_read()
    monkeypatch.setattr("acseg_desktop.samples.importlib.util.find_spec", lambda name: None)
    assert not scenes_are_read()
