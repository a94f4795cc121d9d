"""Pictures of the window: written only where something changed, small, and tracked only where a document shows them."""

import os

import numpy as np
import pictures
import pytest
from PIL import Image


@pytest.fixture
def picture():
    ramp = np.linspace(0, 255, 300).astype(np.uint8)
    return Image.fromarray(np.stack(np.broadcast_arrays(ramp[None], ramp[:200, None], 90), axis=2).astype(np.uint8))


def test_a_picture_is_a_small_palette_file(picture, tmp_path):
    path = tmp_path / "some" / "window.png"
    assert pictures.save(picture, path, small=True)
    with Image.open(path) as saved:
        assert saved.mode == "P"
        assert saved.size == picture.size
    assert path.stat().st_size < pictures.MOST_BYTES


def test_a_picture_that_did_not_change_is_left_alone(picture, tmp_path):
    path = tmp_path / "window.png"
    pictures.save(picture, path, small=True)
    with Image.open(path) as saved:
        saved.save(path, compress_level=0)  # other bytes, the same pixels
    os.utime(path, ns=(1, 1))
    assert not pictures.save(picture, path, small=True)
    assert path.stat().st_mtime_ns == 1
    picture.paste((255, 255, 255), (10, 10, 20, 20))
    assert pictures.save(picture, path, small=True)
    assert path.stat().st_mtime_ns != 1


def test_a_picture_with_much_in_it_gets_fewer_colours_until_it_fits(tmp_path):
    noise = np.random.default_rng(0).integers(0, 40, (400, 500, 3)).astype(np.uint8)
    path = tmp_path / "window.png"
    assert pictures.save(Image.fromarray(noise), path, small=True)
    assert path.stat().st_size < pictures.MOST_BYTES
    large = Image.fromarray(np.random.default_rng(0).integers(0, 255, (900, 900, 3)).astype(np.uint8))
    with pytest.raises(ValueError, match="take a smaller one"):
        pictures.save(large, path, small=True)
    assert pictures.save(large, path, small=False)


def test_only_pictures_that_documents_show_go_where_they_are_tracked():
    assert "window" in pictures.shown()
    assert pictures.file_of("window").parent == pictures.TRACKED
    assert pictures.file_of("not-shown-anywhere").parent == pictures.REST
