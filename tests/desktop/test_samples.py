"""Copying the bundled photos: whole ones only, and what is there stays."""

import sys

import pytest

from acseg_core.errors import StorageError
from acseg_desktop.samples import copy_samples, sample_photos


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
