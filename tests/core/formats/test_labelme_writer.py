"""Files of labelme, as labelme takes them and as they are read back: to the pixel."""

import base64
import io
import json

import cv2
import hard_project
import numpy as np
import pytest
from PIL import Image, ImageDraw
from round_trips import exported_shapes, make_project, names_by_number, read, read_back, write

from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.splits import Split
from acseg_core.shapes import masks
from acseg_core.shapes.filling import fill
from acseg_core.store import open_project, queries

RINGS = np.zeros((12, 14), np.int32)
RINGS[1:8, 1:8] = 1
RINGS[3:5, 3:5] = 0
RINGS[9:11, 10:14] = 1
RINGS[0, 13] = 2


@pytest.fixture
def small(tmp_path):
    """A thing in two parts, one with a hole, and one pixel in the corner."""
    folder = make_project(tmp_path, {"sub/a b.png": (RINGS, {1: "cat", 2: "dog"}), "none.png": (RINGS * 0, {})})
    with open_project(folder, read_only=True) as project:
        yield project


def content(path):
    return json.loads(path.read_text("utf-8"))


def test_a_file_has_what_labelme_asks_for(small, tmp_path):
    write(small, tmp_path / "out", "labelme")
    found = content(tmp_path / "out" / "sub" / "a b.json")
    shapes = found.pop("shapes")
    assert found == {
        "version": "5.5.0",
        "flags": {},
        "imagePath": "a b.png",
        "imageData": None,
        "imageHeight": 12,
        "imageWidth": 14,
    }
    for shape in shapes:
        assert shape.keys() == {"label", "points", "group_id", "description", "shape_type", "flags", "mask"}
        assert (shape["shape_type"], shape["flags"], shape["mask"]) == ("polygon", {}, None)
        assert len(shape["points"]) >= 3
    assert [(shape["label"], shape["group_id"]) for shape in shapes] == [("cat", 1), ("cat", 1), ("dog", None)]
    with Image.open(tmp_path / "out" / "sub" / "a b.png") as image:
        assert image.size == (14, 12)
    assert (tmp_path / "out" / "labels.txt").read_text("utf-8") == "cat\ndog\n"


def test_every_json_file_is_one_of_labelme(small, tmp_path):
    """The list of what was exported was one more, before, and supervision 0.31 gave up on it."""
    write(small, tmp_path / "out", "labelme")
    found = list((tmp_path / "out").rglob("*.json"))
    assert len(found) == 2
    assert all("imagePath" in json.loads(file.read_text("utf-8")) for file in found)


def test_polygons_of_one_group_are_the_shape(small, tmp_path):
    write(small, tmp_path / "out", "labelme")
    shapes = content(tmp_path / "out" / "sub" / "a b.json")["shapes"]
    rings = [fill([np.array(shape["points"], float)], height=12, width=14) for shape in shapes if shape["group_id"]]
    assert masks.union(rings) == masks.encode(RINGS == 1)


def test_polygons_are_the_shape_by_labelmes_own_rule_and_by_opencvs(small, tmp_path):
    """Both draw the line: along the edges of pixels, it was a column and a row more."""
    write(small, tmp_path / "out", "labelme")
    shapes = content(tmp_path / "out" / "sub" / "a b.json")["shapes"]
    for name, number in (("cat", 1), ("dog", 2)):
        own, drawn = Image.new("L", RINGS.shape[::-1]), np.zeros(RINGS.shape, np.uint8)
        for points in (shape["points"] for shape in shapes if shape["label"] == name):
            ImageDraw.Draw(own).polygon([tuple(point) for point in points], outline=1, fill=1)  # shape_to_mask
            cv2.fillPoly(drawn, [np.array(points).astype(np.int32)], 1)
        assert np.array_equal(np.asarray(own) == 1, number == RINGS), name
        assert np.array_equal(drawn == 1, number == RINGS), name


def test_masks_have_their_box_with_both_corners_in_it(small, tmp_path):
    write(small, tmp_path / "out", "labelme", polygons=False)
    cat, dog = content(tmp_path / "out" / "sub" / "a b.json")["shapes"]
    assert dog["points"] == [[13, 0], [13, 0]]
    for shape, number in ((cat, 1), (dog, 2)):
        assert (shape["shape_type"], shape["group_id"]) == ("mask", None)
        (left, top), (right, bottom) = shape["points"]
        with Image.open(io.BytesIO(base64.b64decode(shape["mask"]))) as picture:
            inside = np.asarray(picture).astype(bool)
        assert inside.shape == (bottom - top + 1, right - left + 1)
        found = np.zeros(RINGS.shape, bool)
        found[top : bottom + 1, left : right + 1] = inside
        assert np.array_equal(found, number == RINGS)


@pytest.mark.parametrize(
    ("polygons", "images"), [(None, ImageFiles.COPY), (None, ImageFiles.NONE), (False, ImageFiles.LINK)]
)
def test_what_was_written_comes_back_to_the_pixel(hard, hard_folder, tmp_path, polygons, images):
    report = write(hard, tmp_path / "out", "labelme", polygons=polygons, with_images=images)
    found, imported = read_back(tmp_path / "out", "labelme", hard_folder, tmp_path / "back")
    assert found == exported_shapes(hard)
    assert (imported.unmatched, imported.left_out, imported.notes) == ((), (), ())
    assert set(report.lost) == {"things", "ids", "colors", "supercategories", "void", "remarks"}
    assert report.shapes.inexact == 0
    rotated = [part.places for part in report.cautions]
    assert rotated == ([] if images is ImageFiles.NONE else [(hard_project.TURNED,)])
    assert len(report.notes) == len(rotated)


def test_splits_are_folders(hard, hard_folder, tmp_path):
    report = write(hard, tmp_path / "out", "labelme", split=Split({"train": 0.6, "val": 0.4}))
    for name, count in report.splits.items():
        assert len(list((tmp_path / "out" / name).rglob("*.json"))) == count
    found, _ = read_back(tmp_path / "out", "labelme", hard_folder, tmp_path / "back")
    assert found == exported_shapes(hard)


def test_names_survive_whatever_they_look_like(hard, tmp_path):
    write(hard, tmp_path / "out", "labelme")
    assert (tmp_path / "out" / "labels.txt").read_text("utf-8").splitlines() == names_by_number(hard)
    shapes = content((tmp_path / "out" / hard_project.ALL_LABELS).with_suffix(".json"))["shapes"]
    assert sorted(shape["label"] for shape in shapes) == sorted(names_by_number(hard))


@pytest.mark.parametrize("is_linked", [False, True])
def test_without_the_images_the_path_leads_to_the_photo(small, tmp_path, is_linked):
    """The folder may be reached by a link: what leads up from it goes up from where it really is."""
    out = tmp_path / "out"
    if is_linked:
        (tmp_path / "deep" / "er").mkdir(parents=True)
        (tmp_path / "link").symlink_to(tmp_path / "deep" / "er")
        out = tmp_path / "link" / "out"
    write(small, out, "labelme", with_images=ImageFiles.NONE)
    for file in out.rglob("*.json"):
        if file.name[0] != ".":
            path = content(file)["imagePath"]
            assert "\\" not in path
            photo = file.resolve().parent / path
            assert photo.is_file()
            assert photo.samefile(tmp_path / "photos" / file.relative_to(out).with_suffix(".png"))


def test_a_file_without_shapes_is_an_image_that_is_done(hard, hard_folder, tmp_path):
    write(hard, tmp_path / "out", "labelme")
    assert content(tmp_path / "out" / "done and empty.json")["shapes"] == []
    with open_project(hard_project.empty_copy(hard_folder, tmp_path / "back")) as copy:
        read(tmp_path / "out", "labelme", copy)
        done = {image.path for image in queries.images(copy) if image.status == "done"}
    assert hard_project.EMPTY in done


def test_many_images_make_many_small_files(crowded, tmp_path):
    report = write(
        crowded, tmp_path / "out", "labelme", all_regions=True, with_problems=True, with_images=ImageFiles.NONE
    )
    files = [file for file in (tmp_path / "out").glob("*.json") if file.name[0] != "."]
    assert len(files) == report.images == 80
    assert {len(content(file)["shapes"]) for file in files} == {64}
