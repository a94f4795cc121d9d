"""Names of classes as they lie beside label maps: lists, numbers, CVAT's colours."""

import json

import pytest

from acseg_core.errors import LabelFileError
from acseg_core.formats.class_names import ClassNames, has_class_names, is_background, read_class_names


def _read(folder, name, text) -> ClassNames:
    (folder / name).write_text(text, encoding="utf-8")
    assert has_class_names(folder)
    names = read_class_names(folder)
    assert names is not None
    return names


def test_a_line_is_a_name_in_any_script_with_or_without_a_byte_order_mark(tmp_path):
    assert not has_class_names(tmp_path)
    assert read_class_names(tmp_path) is None
    for mark in ("", "\ufeff"):
        names = _read(tmp_path, "classes.txt", f"{mark}background\n cat \nگربه\n\n")
        assert names.by_number == {0: "background", 1: "cat", 2: "گربه"}
        assert [(label.name, label.category_id) for label in names.labels()] == [("cat", 1), ("گربه", 2)]


def test_cvat_gives_colours_and_a_name_may_have_a_colon(tmp_path):
    names = _read(
        tmp_path,
        "labelmap.txt",
        "# label:color_rgb:parts:actions\nbackground:0,0,0::\nroad: wet:250,50,83:left,right:\nplain\n",
    )
    assert names.by_color == {0: "background", 0xFA3253: "road: wet"}
    assert [(label.name, label.color, label.category_id) for label in names.labels()] == [
        ("road: wet", "#fa3253", None),
        ("plain", None, None),
    ]


def test_a_colour_that_two_names_have_means_none(tmp_path):
    names = _read(tmp_path, "labelmap.txt", "cat:1,2,3::\ndog:1,2,3::\ncow:4,4,4::\n")
    assert names.by_color == {0x040404: "cow"}
    assert names.shared_colors == {0x010203}


def test_json_is_a_list_or_numbers_or_classes_with_what_is_void(tmp_path):
    assert _read(tmp_path, "classes.json", '["a", "b"]').by_number == {0: "a", 1: "b"}
    numbered = _read(tmp_path, "classes.json", '{"0": "background", "300": "cat", "7": "dog"}')
    assert numbered.by_number == {0: "background", 300: "cat", 7: "dog"}
    assert numbered.are_numbered
    assert [(label.name, label.category_id) for label in numbered.labels()] == [("cat", 300), ("dog", 7)]
    for void in ("1", "[1, 11]"):
        names = _read(tmp_path, "classes.json", f'{{"classes": ["sky", "dirt", "car"], "void": {void}}}')
        assert 1 in names.void
        assert [(label.name, label.category_id) for label in names.labels()] == [("sky", 0), ("car", 2)]


def test_a_file_of_json_comes_before_one_of_lines(tmp_path):
    (tmp_path / "classes.txt").write_text("a\n")
    assert _read(tmp_path, "classes.json", '["b"]').by_number == {0: "b"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("classes.json", "{", "this is not valid JSON"),
        ("classes.json", "[" * 100_000, "this is not valid JSON"),
        ("classes.json", "3", "write a list of names"),
        ("classes.json", "[1]", "write a list of names"),
        ("classes.json", "[]", "write a list of names"),
        ("classes.json", '{"a": "b"}', "write a list of names"),
        ("classes.json", '{"1": 2}', "write a list of names"),
        ("classes.json", '{"1": "a", "01": "b"}', "write a list of names"),
        ("classes.json", json.dumps({"9" * 5000: "a"}), "write a list of names"),
        ("classes.json", '{"classes": ["a"], "void": "b"}', '"void" is not the number'),
        ("labelmap.txt", "cat:red::\n", "labelmap.txt:1: its colour is not three numbers"),
        ("labelmap.txt", "a:1,2,3::\ncat:1,2,300::\n", "labelmap.txt:2: its colour has a number over 255"),
        ("classes.txt", "\n\n", "there is no name in it"),
    ],
)
def test_wrong_names_are_told_with_their_place(tmp_path, name, text, message):
    with pytest.raises(LabelFileError) as error:
        _read(tmp_path, name, text)
    assert str(error.value).startswith(str(tmp_path / name))
    assert message in str(error.value)
    assert len(str(error.value)) < 300 + len(str(tmp_path))


def test_what_is_no_text_is_told(tmp_path):
    (tmp_path / "classes.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(LabelFileError, match="save it as UTF-8"):
        read_class_names(tmp_path)


def test_background_has_many_names():
    assert is_background("Background")
    assert is_background("void")
    assert not is_background("black ground")
