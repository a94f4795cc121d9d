"""Image files beside labels."""

import numpy as np
import pytest
from PIL import Image

from acseg_core.formats.image_files import ImageFiles, add_image
from acseg_core.output.folders import write_folder


@pytest.fixture
def photo(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "photo.jpg"
    Image.fromarray(np.full((8, 12, 3), 90, np.uint8)).save(path, exif=exif)
    return path


@pytest.mark.parametrize("how", ImageFiles)
def test_copied_linked_or_left(tmp_path, photo, how):
    with write_folder(tmp_path / "out") as folder:
        add_image(folder, "images/a.jpg", photo, how)
    there = tmp_path / "out" / "images" / "a.jpg"
    assert there.is_symlink() == (how is ImageFiles.LINK)
    assert there.exists() == (how is not ImageFiles.NONE)
    if there.exists():
        assert there.read_bytes() == photo.read_bytes()


def test_where_png_is_wanted_the_picture_is_written_as_it_is_displayed(tmp_path, photo):
    with write_folder(tmp_path / "out") as folder:
        add_image(folder, "a.png", photo, ImageFiles.COPY)
    with Image.open(tmp_path / "out" / "a.png") as written:
        assert written.size == (8, 12)
        assert written.format == "PNG"
