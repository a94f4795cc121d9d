"""Label maps as they are exported: numbers, palettes, colours, and Pascal VOC's folders."""

import json

import numpy as np
import pytest
from label_map_files import VOC_PALETTE, save
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
    assert files.left_out.lines() == ["1 areas of a number or colour without a name: sub/a.png: 9"]
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
    assert files.left_out.lines() == ["1 areas of a number or colour without a name: a.png: #0000fe"]


def test_a_palette_made_of_the_names_colours_means_these_and_any_other_only_shows(tmp_path):
    """CVAT lists labels in any order: where a palette has their colours, these say which label an index is."""
    (tmp_path / "labelmap.txt").write_text("background:0,0,0::\nsea:0,0,255::\nland:0,255,0::\n")
    numbers = np.array([[0, 1, 2]], np.uint8)
    swapped = [0, 0, 0, 0, 255, 0, 0, 0, 255]
    save(tmp_path / "swapped.png", numbers, swapped)
    save(tmp_path / "other.png", numbers, [9, 9, 9, 8, 8, 8, 7, 7, 7])
    save(tmp_path / "black.png", numbers, [0] * 9)
    save(tmp_path / "stray.png", np.array([[1, 2, 3]], np.uint8), [*swapped, 1, 2, 3])
    found, files = _shapes(open_label_maps(tmp_path))
    named = {name: [(label, mask.tolist()) for label, mask in shapes] for name, shapes in found.items()}
    first, second = [[False, True, False]], [[False, False, True]]
    assert named["swapped.png"] == [("sea", second), ("land", first)]
    assert named["other.png"] == named["black.png"] == [("sea", first), ("land", second)]
    assert [label for label, _ in named["stray.png"]] == ["sea", "land"]
    assert files.left_out.lines() == ["1 areas of a number or colour without a name: stray.png: #010203"]


def test_a_colour_of_two_names_is_told_and_not_guessed(tmp_path):
    (tmp_path / "labelmap.txt").write_text("sea:0,0,255::\nland:0,0,255::\nsky:1,1,1::\n")
    save(tmp_path / "a.png", np.array([[[0, 0, 255], [1, 1, 1]]], np.uint8))
    found, files = _shapes(open_label_maps(tmp_path))
    assert [label for label, _ in found["a.png"]] == ["sky"]
    assert files.left_out.lines() == ["1 areas of a colour that two names have: a.png: #0000ff"]


def test_255_is_ignored_in_8_bits_and_a_class_like_others_in_16(tmp_path):
    names = [f"class {number}" for number in range(300)]
    (tmp_path / "classes.json").write_text(json.dumps(names))
    numbers = np.array([[254, 255, 0]])
    save(tmp_path / "deep.png", np.array([[254, 255, 256, 65535]], np.uint16))
    save(tmp_path / "small.png", numbers.astype(np.uint8))
    found, files = _shapes(open_label_maps(tmp_path))
    assert [label for label, _ in found["deep.png"]] == ["class 254", "class 255", "class 256"]
    assert [label for label, _ in found["small.png"]] == ["class 0", "class 254"]
    assert files.left_out.lines() == [
        "1 areas of the number 255, which is to be ignored, although the list has a name for it: small.png: 255"
    ]
    (tmp_path / "classes.json").write_text('{"254": "cat", "255": "dog"}')
    found, _ = _shapes(open_label_maps(tmp_path))
    assert [label for label, _ in found["small.png"]] == ["cat", "dog"], "the file itself says that 255 is a dog"


def test_a_mask_of_0_and_255_is_told_as_it_says_nothing(root):
    _save(root / "a.png", np.array([[0, 255]], np.uint8))
    _save(root / "b.png", np.array([[0, 1]], np.uint8))
    found, files = _shapes(open_label_maps(root))
    assert found["a.png"] == []
    assert files.left_out.lines() == [
        "1 maps of nothing but 0 and 255, which is to be ignored; write 1 for the first class: a.png"
    ]


def test_what_the_names_call_void_is_no_shape_and_0_may_be_a_class(tmp_path):
    (tmp_path / "classes.json").write_text('{"classes": ["sky", "car"], "void": 11}')
    save(tmp_path / "labels" / "a.png", np.array([[0, 1, 11]], np.uint8))
    found, files = _shapes(open_label_maps(tmp_path))
    assert [label for label, _ in found["labels/a.png"]] == ["sky", "car"]
    assert not files.left_out.lines()


def test_photos_beside_their_maps_are_no_maps(root):
    save(root / "images" / "a.png", np.full((3, 4, 3), 77, np.uint8))
    save(root / "masks" / "a.png", MAP)
    found, files = _shapes(open_label_maps(root))
    assert list(found) == list(files.names) == ["masks/a.png"]
    save(root / "images" / "b.png", np.full((3, 4, 3), 77, np.uint8))
    with pytest.raises(LabelFileError, match=r"b\.png: its pixels are colours, but only numbers have names; write"):
        _shapes(open_label_maps(root))


def test_one_bit_is_a_number(root):
    (root / "sub").mkdir()
    Image.fromarray(np.array([[True, False]])).save(root / "sub" / "a.png")
    found, _ = _shapes(open_label_maps(root))
    assert [(label, mask.tolist()) for label, mask in found["sub/a.png"]] == [("cat", [[True, False]])]


@pytest.mark.parametrize("as_colors", [False, True])
def test_voc_knows_its_colours_with_or_without_a_palette_and_its_border(tmp_path, as_colors):
    classes = np.array([[0, 12, 12], [255, 20, 255]], np.uint8)
    table = np.array(VOC_PALETTE, np.uint8).reshape(-1, 3)
    pixels, palette = (table[classes], None) if as_colors else (classes, VOC_PALETTE)
    save(tmp_path / "SegmentationClass" / "a.png", pixels, palette)
    save(tmp_path / "SegmentationObject" / "a.png", table[np.array([[0, 1, 2], [255, 3, 255]])])
    found, files = _shapes(open_voc(tmp_path))
    assert sorted((label, int(mask.sum())) for label, mask in found["a.png"]) == [
        ("dog", 1),
        ("dog", 1),
        ("tvmonitor", 1),
    ]
    assert not files.left_out.lines()
    assert (files.labels[0].name, files.labels[0].category_id, files.labels[0].color) == ("aeroplane", 1, "#800000")


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
    with pytest.raises(LabelFileError, match="the names of the classes are missing"):
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
    with pytest.raises(LabelFileError, match="there is no name in it"):
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
    with pytest.raises(LabelFileError, match="is not of the size of its map of classes"):
        _shapes(open_voc(tmp_path))
