"""Label maps as they are exported: numbers, palettes, colours, and Pascal VOC's folders."""

import json

import numpy as np
import pytest
from PIL import Image

from acseg_core.errors import LabelFileError
from acseg_core.formats.label_map_reader import looks_like_label_maps, looks_like_voc, open_label_maps, open_voc
from acseg_core.shapes import masks

MAP = np.array([[0, 0, 1, 1], [2, 2, 1, 255], [2, 0, 0, 9]], np.uint8)


def _save(path, numbers, mode=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(numbers)
    if mode == "P":
        picture = Image.new("P", numbers.shape[::-1])
        picture.putdata(numbers.ravel().tolist())
        picture.putpalette([(37 * n) % 256 for n in range(768)])
    picture.save(path)


def _shapes(opened):
    with opened as files:
        found = {
            image.name: [(shape.label, masks.decode(shape.geometry)) for shape in image.shapes]
            for image in files.images()
        }
        return found, files


@pytest.fixture
def root(tmp_path):
    (tmp_path / "classes.txt").write_text("background\ncat\nگربه\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("mode", ["L", "P"])
def test_numbers_are_classes_whatever_the_palette_shows(root, mode):
    _save(root / "sub" / "a.png", MAP, mode)
    found, files = _shapes(open_label_maps(root))
    assert [label.name for label in files.labels] == ["cat", "گربه"]
    shapes = dict(found["sub/a.png"])
    assert np.array_equal(shapes["cat"], MAP == 1)
    assert np.array_equal(shapes["گربه"], MAP == 2)
    assert len(shapes) == 2
    assert files.left_out.lines() == ["1 areas with a number or colour that has no name: sub/a.png: 9"]
    assert looks_like_label_maps(root)


def test_more_than_255_classes_are_in_16_bits(root):
    numbers = MAP.astype(np.uint16)
    numbers[0, 0] = 300
    (root / "classes.json").write_text(json.dumps({"0": "background", "300": "cat"}))
    _save(root / "a.png", numbers)
    found, _ = _shapes(open_label_maps(root))
    assert np.array_equal(dict(found["a.png"])["cat"], numbers == 300)


def test_colours_are_those_of_the_list_and_strays_are_told(tmp_path):
    (tmp_path / "labelmap.txt").write_text("# label:color_rgb:parts:actions\nbackground:0,0,0::\nsea:0,0,255::\n")
    colors = np.zeros((3, 4, 3), np.uint8)
    colors[1, :2] = (0, 0, 255)
    colors[2, 3] = (0, 0, 254)
    _save(tmp_path / "a.png", colors)
    found, files = _shapes(open_label_maps(tmp_path))
    ((label, mask),) = found["a.png"]
    assert label == "sea"
    assert np.array_equal(mask, (colors == (0, 0, 255)).all(axis=2))
    assert files.labels[0].color == "#0000ff"
    assert files.left_out.lines() == ["1 areas with a number or colour that has no name: a.png: 254"]


def test_voc_parts_classes_into_objects_and_knows_its_own_names(tmp_path):
    objects = np.array([[0, 0, 1, 1], [2, 3, 1, 255], [2, 0, 0, 0]], np.uint8)
    classes = np.array([[0, 0, 12, 12], [12, 8, 12, 255], [12, 0, 0, 0]], np.uint8)
    _save(tmp_path / "SegmentationClass" / "a.png", classes, "P")
    _save(tmp_path / "SegmentationObject" / "a.png", objects, "P")
    found, _ = _shapes(open_voc(tmp_path))
    shapes = found["a.png"]
    assert sorted(label for label, _ in shapes) == ["cat", "dog", "dog"]
    dogs = [mask for label, mask in shapes if label == "dog"]
    assert sorted(mask.sum() for mask in dogs) == [2, 3]
    assert np.array_equal(dogs[0] | dogs[1], classes == 12)
    assert looks_like_voc(tmp_path)
    assert not looks_like_voc(tmp_path / "SegmentationClass")


def test_voc_without_objects_has_one_shape_a_class(tmp_path):
    _save(tmp_path / "SegmentationClass" / "a.png", MAP, "P")
    (tmp_path / "labelmap.txt").write_text("background:0,0,0::\ncat:1,1,1::\ndog:2,2,2::\n")
    found, files = _shapes(open_voc(tmp_path))
    assert sorted(label for label, _ in found["a.png"]) == ["cat", "dog"]
    assert [label.name for label in files.labels] == ["cat", "dog"]


def test_wrong_input_is_told_with_its_place(tmp_path):
    with pytest.raises(LabelFileError, match="the class names are missing"):
        _shapes(open_label_maps(tmp_path))
    with pytest.raises(LabelFileError, match="no folder SegmentationClass"):
        _shapes(open_voc(tmp_path))
    names = tmp_path / "classes.txt"
    names.write_text("background\ncat\n")
    with pytest.raises(LabelFileError, match="no label map"):
        _shapes(open_label_maps(tmp_path))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nrest")
    with pytest.raises(LabelFileError, match=r"a\.png: this is not a valid PNG"):
        _shapes(open_label_maps(tmp_path))
    _save(tmp_path / "a.png", MAP)
    content = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(content[:45])
    with pytest.raises(LabelFileError, match=r"a\.png: this is not a valid PNG"):
        _shapes(open_label_maps(tmp_path))
    names.write_bytes(b"\xff\xfe")
    with pytest.raises(LabelFileError, match="UTF-8"):
        _shapes(open_label_maps(tmp_path))
    names.write_text("\n")
    with pytest.raises(LabelFileError, match="there are no names in it"):
        _shapes(open_label_maps(tmp_path))
    names.unlink()
    for content in ("{", "3", '{"a": "b"}', "[1]", '{"1": 2}'):
        (tmp_path / "classes.json").write_text(content)
        with pytest.raises(LabelFileError, match=r"classes\.json"):
            _shapes(open_label_maps(tmp_path))
    (tmp_path / "classes.json").unlink()
    (tmp_path / "labelmap.txt").write_text("cat:red::\n")
    with pytest.raises(LabelFileError, match=r"labelmap\.txt:1: its colour is not three numbers"):
        _shapes(open_label_maps(tmp_path))


def test_maps_of_objects_must_fit(tmp_path):
    _save(tmp_path / "SegmentationClass" / "a.png", np.full((3, 4), 12, np.uint8))
    _save(tmp_path / "SegmentationObject" / "a.png", np.full((4, 3), 1, np.uint8))
    with pytest.raises(LabelFileError, match="does not have the size of its class map"):
        _shapes(open_voc(tmp_path))
