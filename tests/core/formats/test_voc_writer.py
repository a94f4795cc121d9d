"""Pascal VOC as others open it: with Pillow, palettes by VOC's rule, lists of images."""

import json
from pathlib import Path

import hard_project
import numpy as np
import pytest
from hard_project import EDGES, RINGS, STUFF, THING
from label_map_files import VOC_PALETTE
from PIL import Image

from acseg_core.errors import ExportError
from acseg_core.formats import voc_writer
from acseg_core.formats.format import format_called
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.selection import ImageChoice
from acseg_core.formats.splits import Split
from acseg_core.interruptible import run_to_end
from acseg_core.store.edits.labels import create_label
from acseg_core.workflows.exporting import ExportSettings, export_labels


def export(project, out: Path, **settings):
    return run_to_end(export_labels(project, out, format_called("voc"), ExportSettings(**settings)), lambda tick: None)


def opened(path: Path) -> np.ndarray:
    """The pixels of a map, which has VOC's palette."""
    with Image.open(path) as picture:
        assert picture.mode == "P"
        assert picture.getpalette("RGB") == VOC_PALETTE
        return np.asarray(picture)


def listed(out: Path) -> dict[str, list[str]]:
    return {file.stem: file.read_text("utf-8").splitlines() for file in (out / "ImageSets/Segmentation").iterdir()}


def test_maps_of_classes_and_objects(project, tmp_path):
    create_label(project, "dirt", is_void=True)
    out = tmp_path / "out"
    export(project, out, images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    rows = ["111110000", "112210000", "112210000", "111110000", "000000000"]
    expected = np.array([[int(digit) for digit in row] for row in rows])
    assert np.array_equal(opened(out / "SegmentationClass/a photo.png"), expected)
    assert np.array_equal(opened(out / "SegmentationObject/a photo.png"), expected), "the largest is the first"
    assert np.array_equal(opened(out / "SegmentationClass/sub/b.png"), [[0, 0, 1, 1], [0, 1, 0, 0], [0, 0, 0, 0]])
    assert not opened(out / "SegmentationClass/empty.png").any()
    assert (out / "labelmap.txt").read_text("utf-8").splitlines() == [
        "# label:color_rgb:parts:actions",
        "background:0,0,0::",
        "Sky:128,0,0::",
        "tree:0,128,0::",
        "unused:128,128,0::",
        "dirt:224,224,192::",
    ]


def test_void_is_255_in_both_maps_and_nothing_has_a_border(few, tmp_path):
    out = tmp_path / "out"
    export(few, out, instances="region", with_images=ImageFiles.NONE)
    shapes, names = hard_project.label_maps()[EDGES]
    void = shapes == next(number for number, name in names.items() if name == hard_project.VOID)
    classes, objects = opened(out / "SegmentationClass" / EDGES), opened(out / "SegmentationObject" / EDGES)
    assert np.array_equal(classes == 255, void)
    assert np.array_equal(objects == 255, void)
    assert np.array_equal(objects == 0, classes == 0)


def test_parts_of_things_are_objects_and_stuff_is_one(few, tmp_path):
    out = tmp_path / "out"
    export(few, out, with_images=ImageFiles.NONE)
    classes, objects = opened(out / f"SegmentationClass/{RINGS}"), opened(out / f"SegmentationObject/{RINGS}")
    pairs = set(zip(classes[classes > 0].tolist(), objects[classes > 0].tolist(), strict=True))
    assert len(pairs) == len({part for _, part in pairs}), "an object is of one class"
    assert sorted(part for _, part in pairs) == list(range(1, len(pairs) + 1))
    names = (out / "labelmap.txt").read_text("utf-8").splitlines()[2:]
    number = {line.split(":")[0]: place for place, line in enumerate(names, 1)}
    assert sum(value == number[STUFF] for value, _ in pairs) == 1
    assert sum(value == number[THING] for value, _ in pairs) > 3


def test_a_data_set_that_is_not_split_has_no_list_for_validation(few, tmp_path):
    out = tmp_path / "out"
    export(few, out)
    lists = listed(out)
    assert lists.keys() == {"train", "trainval"}
    assert lists["train"] == lists["trainval"]
    assert {"a/x.jpg", "a/x.png", "b/a/x"} <= set(lists["train"])
    for name in lists["train"]:
        assert (out / f"SegmentationClass/{name}.png").is_file()
        assert (out / f"SegmentationObject/{name}.png").is_file()
        assert list((out / "JPEGImages").glob(f"{name}.*".replace("[", "[[]")))


def test_lists_of_a_split(few, tmp_path):
    out = tmp_path / "out"
    report = export(few, out, split=Split({"train": 0.4, "val": 0.3, "test": 0.3}))
    lists = listed(out)
    assert {name: len(lists[name]) for name in report.splits} == report.splits
    assert sorted(lists["trainval"]) == sorted(lists["train"] + lists["val"])


def test_images_that_are_no_jpeg_are_told(few, tmp_path):
    notes = "\n".join(export(few, tmp_path / "out").notes)
    assert "images are not called .jpg, as readers of Pascal VOC expect" in notes


def test_names_that_readers_of_the_label_map_mistake_are_written_differently_and_told(project, tmp_path):
    """A colon more, and datumaro 1.13 read nothing of the whole folder."""
    for name in ("a: b", "#c", "d"):
        create_label(project, name)
    report = export(project, tmp_path / "out", images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    what = "labels whose name is written differently in labelmap.txt, where : and # have a meaning"
    assert f"2 {what}: a: b, #c" in report.notes
    lines = (tmp_path / "out" / "labelmap.txt").read_text("utf-8").splitlines()[1:]
    assert [line.split(":")[0] for line in lines][-3:] == ["a_ b", "_c", "d"]
    assert all(len(line.split(":")) == 4 for line in lines)
    names = json.loads((tmp_path / "out" / "classes.json").read_text("utf-8"))["classes"]
    assert [each["name"] for each in names][-3:] == ["a: b", "#c", "d"], "as they are"


def test_more_objects_than_a_palette_has_are_sixteen_bits(tiles, tmp_path, monkeypatch):
    out = tmp_path / "out"
    export(tiles, out, images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    with Image.open(out / "SegmentationObject/a.png") as picture:
        assert picture.mode == "I;16"
        objects = np.asarray(picture)
    assert (opened(out / "SegmentationClass/a.png") == 1).all()
    assert np.unique(objects).tolist() == list(range(1, 301))
    corners = objects[::2, ::2]
    assert np.array_equal(corners.repeat(2, axis=0).repeat(2, axis=1), objects), "each is a tile"
    monkeypatch.setattr(voc_writer, "_IGNORED_DEEP", 300)
    with pytest.raises(ExportError, match=r"^a\.jpg: this has 300 objects, and Pascal VOC has room for 299"):
        export(tiles, tmp_path / "other", images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    assert not (tmp_path / "other").exists()
