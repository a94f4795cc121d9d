"""Folders of ADE20K: of the scene parsing challenge, and of the full data set."""

import json

import numpy as np
import pytest
from label_map_files import ade_colors, save, write_ade20k, write_challenge

from acseg_core.errors import LabelFileError
from acseg_core.formats.ade20k_reader import looks_like_ade20k, open_ade20k
from acseg_core.formats.labelled import FileLabel
from acseg_core.shapes import masks

ONE = np.array([[0, 1, 1, 0], [2, 1, 1, 0], [2, 2, 0, 0]])
SEG = "images/training/one_seg.png"


def _read(path):
    with open_ade20k(path) as files:
        return {image.name: image for image in files.images()}, files


def _refused(path):
    with pytest.raises(LabelFileError) as error:
        _read(path)
    text = str(error.value)
    assert "\n" not in text
    assert ";" in text
    return text


def _shapes(image):
    return [(shape.label, masks.area(shape.geometry)) for shape in image.shapes]


@pytest.fixture
def challenge(tmp_path):
    return write_challenge(tmp_path, {"ADE_train_00000001": ONE})


@pytest.fixture
def full(tmp_path):
    """One photo with sky, class 2420, and a building, class 300."""
    return write_ade20k(tmp_path, {"one": ONE})


def test_names_of_the_challenge_are_in_its_table_with_stuff_where_it_says(challenge):
    _, files = _read(challenge)
    assert files.labels == (FileLabel("wall", 1, is_thing=False), FileLabel("bed", 2, is_thing=True))
    (challenge / "objectInfo150.txt").write_text(
        "Idx\tRatio\tTrain\tVal\tName\n1\t0.1576\t11664\t1172\twall\n2\t0.1072\t6046\t612\tbuilding, edifice\n"
    )
    assert _read(challenge)[1].labels == (FileLabel("wall", 1), FileLabel("building, edifice", 2))


def test_zero_is_whatever_else_there_is_and_strays_are_listed(challenge):
    numbers = np.array([[0, 1, 2], [255, 150, 2]], np.uint8)
    save(challenge / "annotations" / "validation" / "b.png", numbers)
    images, files = _read(challenge)
    assert list(images) == ["images/training/ADE_train_00000001.jpg", "images/validation/b.jpg"]
    assert _shapes(images["images/validation/b.jpg"]) == [("wall", 1), ("bed", 2)]
    assert files.left_out.lines() == [
        "2 areas of a number or colour without a name: validation/b.png: 150, validation/b.png: 255"
    ]


def test_the_annotations_themselves_can_be_chosen(challenge):
    assert looks_like_ade20k(challenge / "annotations")
    assert len(_read(challenge / "annotations")[0]) == 1


def test_other_names_may_lie_beside_if_they_begin_with_the_background(challenge):
    (challenge / "objectInfo150.txt").unlink()
    assert "put objectInfo150.txt beside the annotations" in _refused(challenge)
    names = challenge / "classes.txt"
    names.write_text("wall\nbed\n")
    assert 'the names give 0 the class "wall", but 0 is whatever else there is; put "background"' in _refused(challenge)
    names.write_text("other\nwall\nbed\n")
    assert [label.name for label in _read(challenge)[1].labels] == ["wall", "bed"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "objectInfo150.txt:1: there are no columns Idx and Name"),
        ("1\t0.2\t3\t4\twall\n", "objectInfo150.txt:1: there are no columns Idx and Name"),
        ("Idx\tName\n", "there is no class in it"),
        ("Idx\tName\nwall\t1\n", "objectInfo150.txt:2: this has no number and name"),
        ("Idx\tName\n0\twall\n", "objectInfo150.txt:2: this has no number and name"),
        ("Idx\tName\n1\n", "objectInfo150.txt:2: this has no number and name"),
        ("Idx\tName\n1\ta\n\n1 \tb\n", "objectInfo150.txt:4: 1 is there twice"),
    ],
)
def test_a_wrong_table_is_told_with_its_line(challenge, text, message):
    (challenge / "objectInfo150.txt").write_text(text)
    assert message in _refused(challenge)


def test_a_folder_of_annotations_without_maps_is_told(tmp_path):
    (tmp_path / "annotations").mkdir()
    (tmp_path / "objectInfo150.txt").write_text("Idx\tName\n1\twall\n")
    assert "annotations: there is no map (.png) in it" in _refused(tmp_path)


def test_red_and_green_are_the_class_and_blue_tells_objects_apart(full):
    classes = np.array([[2420, 2420, 2420, 0], [300, 300, 2420, 0], [300, 300, 0, 0]])
    objects = np.array([[10, 10, 20, 255], [10, 30, 20, 0], [30, 30, 0, 0]])
    pixels = ade_colors(classes, objects)
    assert pixels[0, 0].tolist() == [90, 2420 - 9 * 256, 10]
    save(full / SEG, pixels)
    images, files = _read(full)
    image = images["images/training/one.jpg"]
    assert _shapes(image) == [("building, edifice", 1), ("building, edifice", 3), ("sky", 2), ("sky", 2)]
    assert image.shapes[0].place == f"{SEG}: 300, object 10"
    assert np.array_equal(masks.decode(image.shapes[-1].geometry), (classes == 2420) & (objects == 20))
    assert files.labels == (FileLabel("sky", 2420), FileLabel("building, edifice", 300))
    assert files.left_out.lines() == []


def _json(full):
    return full / "images" / "training" / "one.json"


def _changed(full, change):
    content = json.loads(_json(full).read_text())
    change(content["annotation"])
    _json(full).write_text(json.dumps(content))


def test_classes_that_the_file_does_not_name_are_listed(full):
    _changed(full, lambda annotation: annotation["object"].pop())
    images, files = _read(full)
    assert _shapes(images["images/training/one.jpg"]) == [("sky", 4)]
    assert files.left_out.lines() == [f"1 areas of a number or colour without a name: {SEG}: 300"]


def test_an_only_object_is_no_list_as_matlab_writes_it(full):
    _changed(full, lambda annotation: annotation.update(object=annotation["object"][0]))
    assert [label.name for label in _read(full)[1].labels] == ["sky"]


def test_what_people_typed_may_be_no_utf_8(full):
    content = _json(full).read_bytes().replace(b'"raw_name": "x"', b'"raw_name": "caf\xe9"')
    _json(full).write_bytes(content)
    assert [label.name for label in _read(full)[1].labels] == ["sky", "building, edifice"]


def test_maps_of_parts_and_of_single_objects_are_not_read(full):
    save(full / "images/training/one_parts_1.png", np.zeros((3, 4, 3), np.uint8))
    save(full / "images/training/one/instance_000_one.png", np.zeros((3, 4), np.uint8))
    assert list(_read(full)[0]) == ["images/training/one.jpg"]


def test_names_by_number_can_stand_in_for_the_files(full):
    _json(full).unlink()
    assert not looks_like_ade20k(full)
    assert f"{_json(full)}: this file with the names is missing; put it beside one_seg.png" in _refused(full)
    (full / "classes.json").write_text('{"2420": "sky", "300": "house"}')
    assert _shapes(_read(full)[0]["images/training/one.jpg"]) == [("house", 3), ("sky", 4)]


def test_the_index_is_never_opened(full):
    """A pickle may hold any program."""
    (full / "index_ade20k.pkl").write_bytes(b"cos\nsystem\n(S'touch was-run'\ntR.")
    _read(full)
    assert not (full / "was-run").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "one.json: this is not valid JSON"),
        ("[" * 50, "one.json: this is not valid JSON"),
        ("[]", "one.json: there is no annotation in it"),
        ('{"annotation": []}', "one.json: there is no annotation in it"),
        ('{"annotation": {"object": 3}}', "one.json: its objects are no list"),
        ('{"annotation": {"object": ["a"]}}', "one.json: its objects are no list"),
        (
            '{"annotation": {"object": [{"name_ndx": 5, "name": "a"}, {"name_ndx": 5, "name": "b"}]}}',
            "one.json: object 2 gives class 5 a second name",
        ),
        (
            '{"annotation": {"imsize": [4, 3, 3], "object": []}}',
            "one.json: it is of a photo of 3 x 4 pixels, but one_seg.png has 4 x 3; get both files again",
        ),
    ],
)
def test_a_wrong_file_of_names_is_told(full, content, message):
    _json(full).write_text(content)
    assert message in _refused(full)


def test_objects_without_a_number_or_name_are_passed_by(full):
    def change(annotation):
        annotation["object"] += [{"name_ndx": [], "name": "a"}, {"name_ndx": 9, "name": []}, {}]

    _changed(full, change)
    assert [label.name for label in _read(full)[1].labels] == ["sky", "building, edifice"]


def test_a_folder_of_neither_form_is_told(tmp_path):
    assert not looks_like_ade20k(tmp_path)
    assert "there is no folder annotations and no map *_seg.png in it" in _refused(tmp_path)
