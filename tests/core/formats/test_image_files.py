"""Image files beside labels."""

import numpy as np
import pytest
from PIL import Image

from acseg_core.formats.image_files import ImageFiles, add_image, add_picture
from acseg_core.output.folders import write_folder


@pytest.fixture
def photo(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "photo.jpg"
    pixels = np.full((8, 12, 3), 90, np.uint8)
    pixels[:, :6] = 0
    Image.fromarray(pixels).save(path, exif=exif, quality=100, subsampling=0)
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


def test_a_picture_that_is_written_anew_is_stored_as_its_file_where_labels_are(tmp_path, photo):
    with Image.open(photo) as file:
        stored = np.asarray(file)
    with write_folder(tmp_path / "out") as folder:
        add_image(folder, "a.png", photo, ImageFiles.COPY, orientation=6)
    with Image.open(tmp_path / "out" / "a.png") as written:
        assert written.size == (12, 8)
        assert written.getexif()[0x0112] == 6
        assert np.abs(np.asarray(written).astype(int) - stored).max() <= 2


def test_a_page_of_a_file_is_a_file_of_its_own(tmp_path):
    """On the code of before, "stack#2.tif" was missing, and the whole export failed."""
    first, second = (Image.new("RGB", size, color) for size, color in (((9, 4), "red"), ((5, 7), "blue")))
    first.save(tmp_path / "stack.tif", save_all=True, append_images=[second])
    with write_folder(tmp_path / "out") as folder:
        add_image(folder, "a.tif", tmp_path / "stack#2.tif", ImageFiles.COPY)
    with Image.open(tmp_path / "out" / "a.tif") as written:
        assert (written.size, written.format, written.n_frames) == ((5, 7), "TIFF", 1)
        assert written.getpixel((0, 0)) == (0, 0, 255)


def test_a_picture_without_a_file_is_written_as_its_name_ends(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 256, (30, 40, 3), np.uint8)
    with write_folder(tmp_path / "out") as folder:
        add_picture(folder, "a/b.png", pixels)
        add_picture(folder, "c.JPG", pixels)
    with Image.open(tmp_path / "out" / "a" / "b.png") as found:
        assert (np.asarray(found) == pixels).all()
    with Image.open(tmp_path / "out" / "c.JPG") as found:
        assert (found.format, found.size) == ("JPEG", (40, 30))
