"""COCO panoptic by the rules of its own tools, read with json and Pillow only."""

import json
from pathlib import Path

import hard_project
import numpy as np
import pytest
from hard_project import EDGES, EMPTY, NOISE, NOT_DONE, RINGS, TURNED, VOID
from PIL import Image

from acseg_core.errors import ExportError
from acseg_core.formats import panoptic_writer
from acseg_core.formats.format import format_called
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.selection import ImageChoice
from acseg_core.formats.splits import Split
from acseg_core.interruptible import run_to_end
from acseg_core.store import queries
from acseg_core.store.edits.labels import update_label
from acseg_core.workflows.exporting import ExportSettings, export_labels


def export(project, out: Path, **settings):
    work = export_labels(project, out, format_called("panoptic"), ExportSettings(**settings))
    return run_to_end(work, lambda tick: None)


def ids_of(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        assert picture.mode == "RGB"
        colors = np.asarray(picture).astype(np.int64)
    return colors @ [1, 256, 65536]


def check_rules(file: Path) -> dict:
    """What panopticapi asks of a file, each by its own reading; returns the content."""
    content = json.loads(file.read_text("ascii"))
    categories = {each["id"]: each for each in content["categories"]}
    assert len(categories) == len(content["categories"])
    for category in categories.values():
        assert category["isthing"] in (0, 1)
        assert len(category["color"]) == 3
        assert all(isinstance(channel, int) and 0 <= channel < 256 for channel in category["color"])
        assert isinstance(category["supercategory"], str)
    images = {each["id"]: each for each in content["images"]}
    assert len(images) == len(content["images"])
    assert sorted(each["image_id"] for each in content["annotations"]) == sorted(images), "one annotation an image"
    for annotation in content["annotations"]:
        image = images[annotation["image_id"]]
        ids = ids_of(file.with_suffix("") / annotation["file_name"])
        assert ids.shape == (image["height"], image["width"])
        segments = {each["id"]: each for each in annotation["segments_info"]}
        assert len(segments) == len(annotation["segments_info"]), "ids are unique"
        assert set(np.unique(ids)) - {0} == set(segments), "nothing is missing, and nothing is listed that is not there"
        stuff = []
        for number, segment in segments.items():
            here = ids == number
            rows, columns = np.flatnonzero(here.any(axis=1)), np.flatnonzero(here.any(axis=0))
            top, left = rows[0], columns[0]
            assert segment["area"] == here.sum()
            assert segment["bbox"] == [left, top, columns[-1] - left + 1, rows[-1] - top + 1]
            assert segment["iscrowd"] == 0
            if not categories[segment["category_id"]]["isthing"]:
                stuff.append(segment["category_id"])
        assert len(stuff) == len(set(stuff)), "stuff is one segment for each class of an image"
    return content


def names_in(content: dict, folder: Path, path: str) -> np.ndarray:
    """(H, W) the name of each pixel, "" for none."""
    image = next(each for each in content["images"] if each["file_name"] == path)
    annotation = next(each for each in content["annotations"] if each["image_id"] == image["id"])
    names = {each["id"]: each["name"] for each in content["categories"]}
    by_segment = {each["id"]: names[each["category_id"]] for each in annotation["segments_info"]}
    ids = ids_of(folder / annotation["file_name"])
    return np.vectorize(lambda number: by_segment.get(number, ""), otypes=[object])(ids)


@pytest.mark.parametrize("instances", ["parts", "region"])
def test_a_hard_project_is_by_the_rules(hard, tmp_path, instances):
    out = tmp_path / "out"
    export(hard, out, instances=instances)
    content = check_rules(out / "panoptic.json")
    assert {each["name"] for each in content["categories"]} == set(hard_project.LABELS) - {VOID}
    for path in (RINGS, EDGES, NOISE, TURNED):
        numbers, names = hard_project.label_maps()[path]
        table = np.array(["", *(names.get(number, "") for number in range(1, numbers.max() + 1))], object)
        expected = np.where(table[numbers] == VOID, "", table[numbers])
        assert np.array_equal(names_in(content, out / "panoptic", path), expected), "void has the number of nothing"


def test_all_regions_are_segments(project, tmp_path):
    out = tmp_path / "out"
    export(project, out, all_regions=True, with_problems=True)
    content = check_rules(out / "panoptic.json")
    unnamed = next(each for each in content["categories"] if each["name"] == "region")
    assert unnamed["isthing"] == 1
    assert ids_of(out / "panoptic/sub/b.png").all()


def test_shapes_of_stuff_are_one_segment(tiles, tmp_path):
    for name, count in (("things", 300), ("stuff", 1)):
        (label,) = queries.labels(tiles)
        update_label(tiles, label.id, is_thing=name == "things")
        export(tiles, tmp_path / name, images=ImageChoice.ALL, with_problems=True)
        content = check_rules(tmp_path / name / "panoptic.json")
        assert len(content["annotations"][0]["segments_info"]) == count
    assert content["annotations"][0]["segments_info"][0]["area"] == 30 * 40


def test_images_with_nothing_in_them_and_remarks(hard, tmp_path):
    out = tmp_path / "out"
    export(hard, out, image_ids=queries.image_ids(hard))
    content = check_rules(out / "panoptic.json")
    images = {each["file_name"]: each for each in content["images"]}
    assert images[EMPTY]["done"] is True
    assert "done" not in images[NOT_DONE]
    assert images[NOISE]["comment"] == "dark\nlook “again”"
    assert images[RINGS]["reviewed"] is True
    empty = next(each for each in content["annotations"] if each["image_id"] == images[EMPTY]["id"])
    assert empty["segments_info"] == []
    assert not ids_of(out / "panoptic" / empty["file_name"]).any()


def test_splits_and_images_of_one_stem(hard, tmp_path):
    out = tmp_path / "out"
    report = export(hard, out, split=Split({"train": 0.6, "val": 0.4}), with_images=ImageFiles.COPY)
    found = []
    for split, count in report.splits.items():
        content = check_rules(out / f"annotations/panoptic_{split}.json")
        assert len(content["images"]) == count
        found += [each["file_name"] for each in content["images"]]
    assert all((out / "images" / name).is_file() for name in found), "photos are where the list says"
    assert {"a/x.jpg.jpg", "a/x.png.png", "b/a/x.jpg"} <= set(found)


def test_more_segments_than_colors_are_refused(tiles, tmp_path, monkeypatch):
    monkeypatch.setattr(panoptic_writer, "_MOST", 299)
    with pytest.raises(ExportError, match=r"^a\.jpg: this has 300 segments, and COCO panoptic has room for 299;"):
        export(tiles, tmp_path / "out", images=ImageChoice.ALL, with_problems=True)
    assert not (tmp_path / "out").exists()


def test_numbers_above_255_are_in_green_and_blue(tiles, tmp_path):
    export(tiles, tmp_path / "out", images=ImageChoice.ALL, with_problems=True)
    with Image.open(tmp_path / "out/panoptic/a.png") as picture:
        colors = {tuple(color) for color in np.asarray(picture).reshape(-1, 3).tolist()}
    assert colors == {(number % 256, number // 256, 0) for number in range(1, 301)}
    assert panoptic_writer._colors(np.array([[0x123456]], np.uint32)).tolist() == [[[0x56, 0x34, 0x12]]]
