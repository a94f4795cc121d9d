"""Paths of images: what leads out of the image folder is never looked at; only ordinary files are opened."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from acseg_core.errors import ImageError
from acseg_core.images.files import ensure_thumbnail, inspect_image, load_added
from acseg_core.images.image_paths import OUTSIDE, is_inside, path_below
from acseg_core.types import ImageInfo

INFO = {
    "sha256": "0" * 64,
    "file_size": 1,
    "mtime_ns": 1,
    "stored_width": 8,
    "stored_height": 6,
    "width": 8,
    "height": 6,
}
OUT = ["", "/dev/zero", "/etc/x.png", "..", "../x.png", "a/../../x.png", "a/..", "//server/x.png"]


def test_what_leads_out_of_the_folder() -> None:
    for path in OUT:
        assert not is_inside(path), path
        with pytest.raises(ImageError) as caught:
            path_below(Path("photos"), path)
        assert caught.value.reason == OUTSIDE
    for path in ("a.png", "a/b.png", "..a.png", "a..png", "a/...", "...", "a b/ü#2.tif", ".hidden/x.png"):
        assert is_inside(path), path
        assert path_below(Path("photos"), path) == Path("photos") / path


def test_backslashes_and_drives_lead_out_on_windows_only() -> None:
    for path in ("..\\x.png", "a\\..\\..\\x.png", "\\x.png", "C:\\x.png", "C:x.png", "C:/x.png", "a.png:stream"):
        assert not is_inside(path, windows=True), path
    for path in ("a\\b.png", "12:30.png", "..\\x.png"):
        assert is_inside(path, windows=False), path


@pytest.mark.parametrize("path", OUT)
def test_no_file_outside_is_read(tmp_path: Path, path: str) -> None:
    """A sound photo lies there, with the hash that the project names; before, it was read and shown."""
    photos = tmp_path / "deep" / "photos"
    (photos / "a").mkdir(parents=True)
    for place in (tmp_path / "deep" / "x.png", photos / "x.png"):
        Image.fromarray(np.zeros((6, 8, 3), np.uint8)).save(place)
    info = ImageInfo(path=path, **{**INFO, "sha256": inspect_image(photos, "x.png").sha256})
    for read in (
        lambda: inspect_image(photos, path),
        lambda: load_added(photos, info),
        lambda: ensure_thumbnail(photos, info, thumbnails=tmp_path / "thumbnails"),
    ):
        with pytest.raises(ImageError) as caught:
            read()
        assert caught.value.reason == OUTSIDE


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes with names")
def test_only_ordinary_files_that_are_not_empty_are_opened(tmp_path: Path) -> None:
    """To open the pipe would wait for ever; a link to it is no way around."""
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "link.png").symlink_to("pipe.png")
    (tmp_path / "zero.png").symlink_to("/dev/zero")
    (tmp_path / "empty.png").touch()
    Image.new("RGB", (8, 6)).save(tmp_path / "photo.bmp")
    (tmp_path / "photo.png").symlink_to("photo.bmp")
    for name, reason in {
        "pipe.png": "not a regular file",
        "link.png": "not a regular file",
        "zero.png": "not a regular file",
        "empty.png": "empty file",
    }.items():
        with pytest.raises(ImageError) as caught:
            inspect_image(tmp_path, name)
        assert caught.value.reason == reason
    assert inspect_image(tmp_path, "photo.png").width == 8, "links to photos are followed"
