"""Files as ISAT saves them: layers, groups, holes."""

import json

import numpy as np
import pytest

from acseg_core.errors import AcsegError, LabelFileError
from acseg_core.formats.isat_reader import looks_like_isat, open_isat
from acseg_core.formats.labelme_reader import looks_like_labelme
from acseg_core.formats.matching import match_images
from acseg_core.formats.placing import masks_of
from acseg_core.shapes import masks
from acseg_core.types import ImageInfo

INFO = ImageInfo("a.jpg", "0" * 64, 1, 1, 8, 6, 8, 6)
SQUARE = [[1, 2], [4, 2], [4, 5], [1, 5]]


def _object(points=SQUARE, category="cat", layer=1.0, group=0, **more):
    fields = {"category": category, "group": group, "segmentation": points, "area": 9.0, "layer": layer}
    return {**fields, "bbox": [1, 2, 4, 5], "iscrowd": False, "note": "", "shape_type": "polygon", **more}


def _write(path, *objects, name="a.jpg", folder="", **more):
    path.parent.mkdir(parents=True, exist_ok=True)
    info = {"description": "ISAT", "folder": folder, "name": name, "width": 8, "height": 6, "depth": 3, "note": ""}
    path.write_text(json.dumps({"info": {**info, **more}, "objects": list(objects)}), encoding="utf-8")
    return path


def _read(path):
    with open_isat(path) as files:
        return list(files.images()), files


def _seen(path):
    (image,), _ = _read(path)
    return [(shape.label, masks.decode(mask)) for shape, mask in zip(image.shapes, masks_of(image, INFO), strict=True)]


def _inside(left, top, right, bottom):
    mask = np.zeros((6, 8), bool)
    mask[top:bottom, left:right] = True
    return mask


def test_polygons_lie_on_each_other_by_their_layer(tmp_path):
    path = _write(
        tmp_path / "a.json", _object(layer=2.0), _object(category="dog", layer=1), _object(category="top", layer=3)
    )
    (image,), files = _read(path)
    assert [shape.label for shape in image.shapes] == ["dog", "cat", "top"]
    assert image.size == (6, 8)
    assert np.array_equal(_seen(path)[0][1], _inside(1, 2, 4, 5))
    assert [label.name for label in files.labels] == ["cat", "dog", "top"]


def test_polygons_of_one_group_and_category_are_one_object_but_group_0_is_none(tmp_path):
    other = [[5, 0], [7, 0], [7, 2], [5, 2]]
    path = _write(
        tmp_path / "a.json",
        _object(group=1),
        _object(other, group=1),
        _object(other, group=1, category="dog", layer=2),
        _object(group=0, layer=3),
        _object(other, group=None, layer=3),
        _object(other, group="", layer=3),
        _object(group=2, iscrowd=True, layer=4),
        _object(other, group=2, layer=4),
    )
    assert [(label, mask.sum()) for label, mask in _seen(path)] == [
        ("cat", 13), ("dog", 4), ("cat", 9), ("cat", 4), ("cat", 4), ("cat", 9), ("cat", 4),
    ]  # fmt: skip


def test_background_is_a_hole_in_what_is_under_it(tmp_path):
    hole = _object([[2, 3], [3, 3], [3, 4], [2, 4]], category="__background__", layer=2)
    path = _write(tmp_path / "a.json", hole, _object())
    ((label, mask),) = _seen(path)
    assert label == "cat"
    assert np.array_equal(mask, _inside(1, 2, 4, 5) & ~_inside(2, 3, 3, 4))
    _, files = _read(path)
    assert [each.name for each in files.labels] == ["cat"]


def test_shapes_reach_beyond_the_image_and_are_clipped(tmp_path):
    path = _write(tmp_path / "a.json", _object([[-50, -50], [3, -50], [3, 2], [-50, 2]]))
    assert np.array_equal(_seen(path)[0][1], _inside(0, 0, 3, 2))


def test_true_is_one_where_pixels_are_counted(tmp_path):
    """JSON's true is a whole number to Python, but no size of a mask."""
    hole = _object(category="__background__", layer=2)
    (image,), _ = _read(_write(tmp_path / "a.json", _object(), hole, height=True))
    assert [type(value) for value in image.size] == [int, int]
    assert not masks.area(image.shapes[0].geometry)


def test_a_saved_file_without_objects_says_that_there_is_nothing(tmp_path):
    (image,), _ = _read(_write(tmp_path / "a.json"))
    assert image.is_negative
    (image,), _ = _read(_write(tmp_path / "a.json", _object([[1, 1], [2, 2]])))
    assert not image.is_negative


@pytest.mark.parametrize(
    ("name", "folder", "path"),
    [
        ("a.jpg", "D:\\set\\train", "train/a.jpg"),
        ("a.jpg", "/home/me/set/val", "val/a.jpg"),
        ("a.jpg", "", "train/a.jpg"),
        ("val/a.jpg", None, "val/a.jpg"),
        ("../../val/a.jpg", "", "val/a.jpg"),
        ("", "x", "train/a.jpg"),
    ],
)
def test_the_image_is_found_by_the_folder_that_the_file_names(tmp_path, name, folder, path):
    _write(tmp_path / "train" / "a.json", _object(), name=name, folder=folder)
    _, files = _read(tmp_path)
    assert list(match_images(files.names, ["train/a.jpg", "val/a.jpg"]).paths.values()) == [path]
    assert [file.name for file in tmp_path.rglob("*")] == ["train", "a.json"]


def test_a_folder_is_read_with_its_list_of_categories(tmp_path):
    _write(tmp_path / "a.json", _object())
    _write(tmp_path / "sub" / "b.json", _object(category="dog"), name="b.jpg")
    _write(tmp_path / "twice.json", _object(category="dog"))
    (tmp_path / "other.json").write_text('{"shapes": [], "imagePath": "a.jpg"}')
    (tmp_path / "isat.yaml").write_text(
        "label:\n- color: '#000000'\n  name: __background__\n- {name: no, color: red}\n"
    )
    images, files = _read(tmp_path)
    assert [image.name for image in images] == ["a.jpg", "sub/b.jpg"]
    assert [(label.name, label.color) for label in files.labels] == [("no", "#ff0000"), ("cat", None), ("dog", None)]
    assert files.left_out.lines() == [
        "1 files that are not of ISAT: other.json",
        "1 files of an image that has one already: twice.json",
    ]
    assert looks_like_isat(tmp_path)
    assert looks_like_isat(tmp_path / "a.json")
    assert not looks_like_isat(tmp_path / "other.json")
    assert not looks_like_labelme(tmp_path / "a.json")
    (tmp_path / "isat.yaml").write_text("label: [")
    with pytest.raises(AcsegError, match=r"isat\.yaml:1: this is not YAML"):
        _read(tmp_path)


@pytest.mark.parametrize(
    "size", [{"width": 0}, {"width": "8"}, {"height": None}, {"width": -8, "height": -6}, {"width": 2**40}]
)
def test_a_size_that_is_none_is_left_to_the_photo(tmp_path, size):
    (image,), _ = _read(_write(tmp_path / "a.json", _object(), **size))
    assert image.size is None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (_object([[1, float("nan")], [1, 2], [3, 4]]), "object 1 has a point that is not a position in an image"),
        (_object([[1, float("inf")], [1, 2], [3, 4]]), "object 1 has a point that is not a position in an image"),
        (_object([[1, 1e300], [1, 2], [3, 4]]), "object 1 has a point that is not a position in an image"),
        (_object([1, 2, 3, 4]), "object 1 has a point that is not a position in an image"),
        (_object("1,2"), "object 1 has a point that is not a position in an image"),
        (_object(category=" "), "object 1 has no category"),
        (_object(category=3), "object 1 has no category"),
        (3, "object 1 has no category"),
        (_object(layer="top"), "object 1 has a layer that is not a number"),
        (_object(layer=float("nan")), "object 1 has a layer that is not a number"),
        (_object(layer=10**400), "object 1 has a layer that is not a number"),
    ],
)
def test_a_wrong_object_is_told_with_its_place(tmp_path, given, message):
    path = _write(tmp_path / "a.json", given)
    with pytest.raises(LabelFileError) as error:
        _read(path)
    assert str(error.value) == f"{path}: {message}; fix it in ISAT"


def test_what_is_not_read_is_counted(tmp_path):
    path = _write(tmp_path / "a.json", _object([[1, 1], [2, 2]]), _object(shape_type="point"))
    (image,), files = _read(path)
    assert image.shapes == []
    assert files.left_out.lines() == [
        "1 with polygons of less than three points: a.json: object 1",
        "1 of a kind that is not read: a.json: object 2",
    ]


def test_what_is_none_is_told(tmp_path):
    path = _write(tmp_path / "a.json", _object())
    content = path.read_text()
    for bad, message in {
        content[:-5]: "not valid JSON",
        "[]": "no file of ISAT",
        content.replace('"ISAT"', '"other"'): "no file of ISAT",
        "[" * 100_000: "brackets",
        content.replace("[1, 2]", f"[1, {'9' * 10_000_000}]"): "not valid JSON",
    }.items():
        path.write_text(bad)
        with pytest.raises(LabelFileError, match=message) as error:
            _read(path)
        assert len(str(error.value)) < 300
        assert not looks_like_isat(path)
    path.unlink()
    with pytest.raises(LabelFileError, match="there is no file of ISAT in it"):
        _read(tmp_path)
