"""Categories and images as files of COCO list them."""

import json

import pytest

from acseg_core.errors import LabelFileError
from acseg_core.formats.coco_lists import CocoLists, ListedImage, image_id, whole
from acseg_core.formats.labelled import FileLabel


def _lists(tmp_path, **content):
    path = tmp_path / "file.json"
    path.write_text(json.dumps(content))
    return CocoLists(path, "panoptic segments")


def test_categories_keep_number_colour_group_and_whether_they_are_things(tmp_path):
    lists = _lists(
        tmp_path,
        categories=[
            {"id": 7, "name": "road", "color": [128, 64, 128], "isthing": 0, "supercategory": "flat"},
            {"id": "200", "name": "car", "color": "red-ish", "isthing": 1},
            {"id": 0, "name": 5},
        ],
    )
    assert list(lists.categories().values()) == [
        FileLabel("road", 7, "#804080", "flat", is_thing=False),
        FileLabel("car", 200, is_thing=True),
        FileLabel("5", 0),
    ]


def test_images_have_ids_of_either_kind_and_perhaps_a_size(tmp_path):
    lists = _lists(
        tmp_path,
        images=[{"id": "aachen_1", "file_name": "a.png", "height": 3, "width": "4"}, {"id": 2, "file_name": "b/c.jpg"}],
    )
    assert lists.images() == {"aachen_1": ListedImage("a.png", (3, 4)), 2: ListedImage("b/c.jpg", None)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({}, "it has no categories; choose a COCO file of panoptic segments"),
        ({"categories": [1]}, "category 1 is not an object; export it again"),
        ({"categories": [{"id": True, "name": "a"}]}, "category 1 has no id and name"),
        ({"categories": [{"id": 1, "name": " "}]}, "category 1 has no id and name"),
        (
            {"categories": [{"id": 1, "name": "a"}, {"id": 1.0, "name": "b"}]},
            "category 2 has the id 1, which is used twice",
        ),
    ],
)
def test_wrong_categories_are_told(tmp_path, content, message):
    lists = _lists(tmp_path, **content)
    with pytest.raises(LabelFileError, match=message):
        lists.categories()


@pytest.mark.parametrize(
    ("images", "message"),
    [
        ([], "it has no images; choose a COCO file of panoptic segments"),
        ([{"id": [1], "file_name": "a"}], "image 1 has no id and file_name"),
        ([{"id": 1, "file_name": 3}], "image 1 has no id and file_name"),
        ([{"id": 1, "file_name": "a"}, {"id": 1, "file_name": "b"}], "image 2 has the id 1, which is used twice"),
    ],
)
def test_wrong_images_are_told(tmp_path, images, message):
    lists = _lists(tmp_path, images=images)
    with pytest.raises(LabelFileError, match=message):
        lists.images()


@pytest.mark.parametrize(
    ("value", "number"), [(3, 3), (3.0, 3), ("3", 3), (3.5, None), (True, None), (None, None), ("x", None), ([], None)]
)
def test_a_whole_number_is_one_however_it_is_written(value, number):
    assert whole(value) == number


def test_what_can_be_no_id_is_none():
    assert image_id({"image_id": "a"}) == "a"
    assert image_id({"image_id": [1]}) is None
    assert image_id({}) is None
