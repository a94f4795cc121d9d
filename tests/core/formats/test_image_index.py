"""Which image a map is of."""

import json

import pytest
from hard_project import RINGS

from acseg_core.errors import LabelFileError
from acseg_core.formats.format import format_called
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.image_index import INDEX_FILE, IndexedImage, read_index
from acseg_core.formats.remarks import Remarks
from acseg_core.interruptible import run_to_end
from acseg_core.workflows.exporting import ExportSettings, export_labels


def test_the_images_of_maps(tmp_path):
    assert read_index(tmp_path) == {}
    (tmp_path / INDEX_FILE).write_text(
        '{"map": "masks/a/x.jpg.png", "image": "a/x.jpg", "done": true, "comment": "dark"}\n'
        '{"map": "masks/y.png", "image": "\\u062f.tif"}\n'
    )
    assert read_index(tmp_path) == {
        "masks/a/x.jpg.png": IndexedImage("a/x.jpg", is_done=True, remarks=Remarks("dark")),
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
    assert str(error.value) == f"{tmp_path / INDEX_FILE}:2: this names no map and image; export it again"


def test_a_map_that_is_there_twice_is_told(tmp_path):
    (tmp_path / INDEX_FILE).write_text('{"map": "x.png", "image": "x.jpg"}\n{"map": "x.png", "image": "y.jpg"}\n')
    with pytest.raises(LabelFileError, match=r':2: the map "x\.png" is there twice; export it again'):
        read_index(tmp_path)


@pytest.mark.parametrize("key", ["png", "voc", "cityscapes", "ade20k"])
def test_a_map_that_was_taken_away_is_told(few, tmp_path, key):
    out = tmp_path / "out"
    settings = ExportSettings(with_images=ImageFiles.NONE)
    run_to_end(export_labels(few, out, format_called(key), settings), lambda tick: None)
    lines = [json.loads(line) for line in (out / INDEX_FILE).read_text("ascii").splitlines()]
    name = next(line["map"] for line in lines if line["image"] == RINGS)
    for file in out.rglob("*rings*.png"):
        file.unlink()
    with format_called(key).read(out) as files:
        assert files.left_out.lines() == [f"1 maps that images.jsonl lists and that are not there: {name}"]
        assert sorted(files.names) == sorted(line["image"] for line in lines if line["image"] != RINGS)
