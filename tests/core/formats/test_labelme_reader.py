"""Files as labelme writes them, with its kinds of shapes."""

import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from acseg_core.errors import LabelFileError
from acseg_core.formats.labelled import FileImage
from acseg_core.formats.labelme_reader import looks_like_labelme, open_labelme
from acseg_core.formats.placing import masks_of
from acseg_core.shapes import masks
from acseg_core.types import ImageInfo

INFO = ImageInfo("a.jpg", "0" * 64, 1, 1, 8, 6, 8, 6)


def _write(path, *shapes, image="a.jpg", **more):
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"version": "5.5.0", "flags": {}, "shapes": list(shapes), "imagePath": image, "imageData": None}
    path.write_text(json.dumps({**content, "imageHeight": 6, "imageWidth": 8, **more}), encoding="utf-8")
    return path


def _shape(points, kind="polygon", label="cat", **more):
    return {"label": label, "points": points, "shape_type": kind, "group_id": None, "flags": {}, **more}


def _png(mask):
    out = io.BytesIO()
    Image.fromarray(mask.astype(np.uint8) * 255).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def _read(path):
    with open_labelme(path) as files:
        return list(files.images()), files


def _mask(path, number=0):
    (image,), _ = _read(path)
    found = masks_of(FileImage(image.name, [image.shapes[number]], image.size), INFO)
    return masks.decode(found[0])


def _inside(left, top, right, bottom):
    mask = np.zeros((6, 8), bool)
    mask[top:bottom, left:right] = True
    return mask


def test_polygons_rectangles_and_masks_are_placed(tmp_path):
    box = _inside(1, 2, 4, 5)
    for shape in (
        _shape([[1, 2], [4, 2], [4, 5], [1, 5]]),
        _shape([[1, 2], [4, 5]], "rectangle"),
        _shape([[4, 5], [1, 2]], "rectangle"),
        _shape([[1, 2], [3, 4]], "mask", mask=_png(np.ones((3, 3), bool))),
    ):
        assert np.array_equal(_mask(_write(tmp_path / "a.json", shape)), box)


def test_the_corners_of_a_mask_are_both_in_it(tmp_path):
    inside = np.array([[1, 0], [1, 1], [0, 1]], bool)
    path = _write(tmp_path / "a.json", _shape([[6, 3], [7, 5]], "mask", mask=_png(inside)))
    expected = np.zeros((6, 8), bool)
    expected[3:6, 6:8] = inside
    assert np.array_equal(_mask(path), expected)


def test_a_circle_is_given_by_its_middle_and_a_point_on_it(tmp_path):
    path = _write(tmp_path / "a.json", _shape([[4, 3], [6, 3]], "circle"))
    ys, xs = np.mgrid[:6, :8] + 0.5
    distance = np.hypot(xs - 4, ys - 3)
    found = _mask(path)
    assert found[distance < 1.9].all()
    assert not found[distance > 2.1].any()


def test_shapes_of_one_group_are_one_object(tmp_path):
    one, other = [[0, 0], [2, 0], [2, 2], [0, 2]], [[5, 0], [7, 0], [7, 2], [5, 2]]
    path = _write(
        tmp_path / "a.json",
        _shape(one, group_id=1),
        _shape(other, group_id=1),
        _shape(other, label="dog", group_id=1),
        _shape(one),
    )
    (image,), _ = _read(path)
    assert [(shape.label, len(shape.geometry.parts)) for shape in image.shapes] == [("cat", 1), ("cat", 2), ("dog", 1)]
    assert np.array_equal(_mask(path, 1), _inside(0, 0, 2, 2) | _inside(5, 0, 7, 2))


def test_lines_points_and_unknown_kinds_are_counted(tmp_path):
    path = _write(
        tmp_path / "a.json",
        _shape([[1, 1], [2, 2]], "line"),
        _shape([[1, 1]], "point"),
        _shape([[1, 1], [2, 2]]),
        _shape([[1, 1], [2, 2]], "cuboid"),
        _shape([[1, 1], [2, 2], [3, 1]], ["polygon"]),
    )
    (image,), files = _read(path)
    assert image.shapes == []
    assert files.left_out.lines() == [
        "2 lines and points, which have no pixels: a.json: shape 1, a.json: shape 2",
        "1 with polygons of fewer than three points: a.json: shape 3",
        "2 of an unsupported kind: a.json: shape 4, a.json: shape 5",
    ]


@pytest.mark.parametrize(("height", "width"), [(-6, -8), (0, 8), (None, 8), ("6", 8), (2**40, 8)])
def test_a_size_that_is_none_is_left_to_the_photo(tmp_path, height, width):
    (image,), _ = _read(_write(tmp_path / "a.json", imageHeight=height, imageWidth=width))
    assert image.size is None


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("a.jpg", "train/a.jpg"),
        ("../images/a.jpg", "images/a.jpg"),
        ("..\\images\\a.jpg", "images/a.jpg"),
        ("/data/a.jpg", "/data/a.jpg"),
        (None, "train/a.json"),
    ],
)
def test_where_the_image_is_follows_from_where_the_file_is(tmp_path, image, name):
    _write(tmp_path / "train" / "a.json", image=image)
    (found,), files = _read(tmp_path)
    assert found.name == name
    assert files.names == (name,)


def test_a_folder_is_read_with_the_folders_in_it_and_other_json_is_told(tmp_path):
    _write(tmp_path / "a.json", _shape([[1, 2], [4, 2], [4, 5]]))
    _write(tmp_path / "sub" / "b.json", _shape([[1, 2], [4, 2], [4, 5]], label="dog"), image="b.jpg")
    (tmp_path / "other.json").write_text("[]")
    images, files = _read(tmp_path)
    assert [image.name for image in images] == ["a.jpg", "sub/b.jpg"]
    assert [label.name for label in files.labels] == ["cat", "dog"]
    assert files.left_out.lines() == ["1 files that are not labelme files: other.json"]
    assert looks_like_labelme(tmp_path)


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (_shape([["a", 1]]), "shape 1 has points that are not numbers"),
        (_shape([[1, 2, 3]]), "shape 1 has points that are not numbers"),
        (_shape([[1, float("nan")], [1, 2], [3, 4]]), "shape 1 has a point that cannot lie in an image"),
        (_shape([[1, 1e300], [1, 2], [3, 4]]), "shape 1 has a point that cannot lie in an image"),
        (_shape([[1, 2], [3, 4]], label=" "), "shape 1 has no label"),
        (3, "shape 1 has no label"),
        (_shape([[1, 2], [3, 4]], "mask", mask="!"), "the mask of shape 1 cannot be read"),
        (_shape([[1, 2], [3, 4]], "mask", mask=_png(np.ones((2, 2), bool))), "the mask of shape 1 cannot be read"),
        (_shape([[1, 2], [3, 4]], "mask"), "the mask of shape 1 cannot be read"),
    ],
)
def test_a_wrong_shape_is_told_with_its_place(tmp_path, shape, message):
    path = _write(tmp_path / "a.json", shape)
    with pytest.raises(LabelFileError, match=message) as error:
        _read(path)
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)


def test_what_is_none_is_told(tmp_path):
    path = tmp_path / "a.json"
    for content, message in {"{": "not valid JSON", "[]": "not a labelme file", "[" * 100_000: "brackets"}.items():
        path.write_text(content)
        with pytest.raises(LabelFileError, match=message):
            _read(path)
        assert not looks_like_labelme(path)
    path.unlink()
    with pytest.raises(LabelFileError, match="no labelme file in it"):
        _read(tmp_path)
