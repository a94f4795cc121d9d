"""Which image a map is of."""

import pytest

from acseg_core.errors import LabelFileError
from acseg_core.formats.image_index import INDEX_FILE, IndexedImage, read_index


def test_the_images_of_maps(tmp_path):
    assert read_index(tmp_path) == {}
    (tmp_path / INDEX_FILE).write_text(
        '{"map": "masks/a/x.jpg.png", "image": "a/x.jpg", "done": true, "comment": "dark"}\n'
        '{"map": "masks/y.png", "image": "\\u062f.tif"}\n'
    )
    assert read_index(tmp_path) == {
        "masks/a/x.jpg.png": IndexedImage("a/x.jpg", is_done=True),
        "masks/y.png": IndexedImage("د.tif", is_done=False),
    }


@pytest.mark.parametrize(
    "line",
    [
        '{"map": "a.png"',
        "[]",
        '{"map": 1, "image": "a.jpg"}',
        '{"map": "a.png", "image": ""}',
        "\xff",
        "[" * 100_000,
        '"' + "a" * 2_000_000,
        "",
    ],
    ids=["cut off", "a list", "a number", "no image", "no text", "deep", "long", "empty"],
)
def test_a_line_that_makes_no_sense_is_told(tmp_path, line):
    (tmp_path / INDEX_FILE).write_text('{"map": "x.png", "image": "x.jpg"}\n' + line + "\n", encoding="latin-1")
    with pytest.raises(LabelFileError) as error:
        read_index(tmp_path)
    assert str(error.value) == f"{tmp_path / INDEX_FILE}:2: this names no map and image; export it anew"


def test_a_map_that_is_there_twice_is_told(tmp_path):
    (tmp_path / INDEX_FILE).write_text('{"map": "x.png", "image": "x.jpg"}\n{"map": "x.png", "image": "y.jpg"}\n')
    with pytest.raises(LabelFileError, match=r':2: the map "x\.png" is there twice; export it anew'):
        read_index(tmp_path)
