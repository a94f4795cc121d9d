"""Folders of Cityscapes as its scripts document them."""

import numpy as np
import pytest
from label_map_files import save, write_cityscapes

from acseg_core.errors import LabelFileError
from acseg_core.formats.cityscapes_reader import CITYSCAPES_CLASSES, looks_like_cityscapes, open_cityscapes
from acseg_core.formats.labelled import FileLabel
from acseg_core.shapes import masks

CITY = "gtFine/train/aachen/aachen_000000_000019"
PHOTO = "leftImg8bit/train/aachen/aachen_000000_000019_leftImg8bit.png"
INSTANCES = np.array([[0, 7, 7, 26000], [26, 26001, 23, 24000], [1, 5, 9, 99], [33012, 33999, 50000, 0]], np.uint16)


def _read(path):
    with open_cityscapes(path) as files:
        return {image.name: image for image in files.images()}, files


def _refused(path):
    with pytest.raises(LabelFileError) as error:
        _read(path)
    text = str(error.value)
    assert "\n" not in text
    return text


def test_the_classes_are_those_of_cityscapes():
    """Numbers, groups, colours, things and what scores ignore, as its table of labels has them."""
    table = {one.name: (number, one) for number, one in enumerate(CITYSCAPES_CLASSES)}
    assert len(table) == len(CITYSCAPES_CLASSES) == 34
    assert [name for name, (_, one) in table.items() if one.has_instances] == [
        *("person", "rider", "car", "truck", "bus", "caravan", "trailer", "train", "motorcycle", "bicycle")
    ]
    assert [name for name, (_, one) in table.items() if one.is_ignored] == [
        *("unlabeled", "ego vehicle", "rectification border", "out of roi", "static", "dynamic", "ground", "parking"),
        *("rail track", "guard rail", "bridge", "tunnel", "polegroup", "caravan", "trailer"),
    ]
    for name, number, group, color in (
        ("road", 7, "flat", "#804080"),
        ("building", 11, "construction", "#464646"),
        ("traffic light", 19, "object", "#faaa1e"),
        ("sky", 23, "sky", "#4682b4"),
        ("rider", 25, "human", "#ff0000"),
        ("bicycle", 33, "vehicle", "#770b20"),
    ):
        found, one = table[name]
        assert (found, one.group, one.color) == (number, group, color)


def test_a_number_from_1000_on_is_an_instance_and_one_below_a_class_or_group(tmp_path):
    save(tmp_path / f"{CITY}_gtFine_instanceIds.png", INSTANCES)
    images, files = _read(tmp_path)
    image = images[PHOTO]
    assert image.size == (4, 4)
    found = {shape.place.rsplit(": ")[-1]: (shape.label, masks.decode(shape.geometry)) for shape in image.shapes}
    assert {value: label for value, (label, _) in found.items()} == {
        "1": "ego vehicle",
        "5": "dynamic",
        "7": "road",
        "9": "parking",
        "23": "sky",
        "26": "car",
        "24000": "person",
        "26000": "car",
        "26001": "car",
        "33012": "bicycle",
        "33999": "bicycle",
    }
    for value, (_, mask) in found.items():
        assert np.array_equal(mask, int(value) == INSTANCES)
    name = f"{CITY}_gtFine_instanceIds.png"
    assert files.left_out.lines() == [f"2 areas of a number or colour without a name: {name}: 99, {name}: 50000"]


def test_labels_say_number_colour_group_thing_and_void(tmp_path):
    save(tmp_path / f"{CITY}_gtFine_labelIds.png", np.zeros((2, 2), np.uint8))
    labels = {label.name: label for label in _read(tmp_path)[1].labels}
    assert len(labels) == 33, "what is not labelled is no label"
    assert labels["car"] == FileLabel("car", 26, "#00008e", "vehicle", is_thing=True, is_void=False)
    assert labels["sky"] == FileLabel("sky", 23, "#4682b4", "sky", is_thing=False, is_void=False)
    assert labels["ego vehicle"] == FileLabel("ego vehicle", 1, "#000000", "void", is_thing=False, is_void=True)
    assert labels["parking"].is_void


def test_a_map_of_classes_alone_has_one_shape_a_class(tmp_path):
    numbers = np.array([[26, 26], [0, 7]], np.uint8)
    save(tmp_path / f"{CITY}_gtFine_labelIds.png", numbers)
    (shapes,) = [image.shapes for image in _read(tmp_path)[0].values()]
    assert [(shape.label, masks.area(shape.geometry)) for shape in shapes] == [("road", 1), ("car", 2)]


def test_of_both_maps_that_of_instances_is_read(tmp_path):
    save(tmp_path / f"{CITY}_gtFine_labelIds.png", np.array([[26, 26]], np.uint8))
    save(tmp_path / f"{CITY}_gtFine_instanceIds.png", np.array([[26000, 26001]], np.uint16))
    images, _ = _read(tmp_path)
    assert [shape.label for shape in images[PHOTO].shapes] == ["car", "car"]


def test_coarse_maps_are_read_unless_there_is_a_fine_one(tmp_path):
    coarse = CITY.replace("gtFine", "gtCoarse")
    save(tmp_path / f"{coarse}_gtCoarse_labelIds.png", np.full((2, 2), 23, np.uint8))
    save(tmp_path / "gtCoarse/train_extra/bonn/b_0_1_gtCoarse_labelIds.png", np.full((2, 2), 8, np.uint8))
    images, files = _read(tmp_path)
    assert [shape.label for shape in images[PHOTO].shapes] == ["sky"]
    assert [shape.label for shape in images["leftImg8bit/train_extra/bonn/b_0_1_leftImg8bit.png"].shapes] == [
        "sidewalk"
    ]
    assert not files.left_out.lines()
    save(tmp_path / f"{CITY}_gtFine_labelIds.png", np.full((2, 2), 7, np.uint8))
    images, files = _read(tmp_path)
    assert [shape.label for shape in images[PHOTO].shapes] == ["road"]
    assert files.left_out.lines() == [f"1 coarse maps of photos that have fine ones: {coarse}_gtCoarse_labelIds.png"]


@pytest.mark.parametrize(
    ("chosen", "photo"),
    [
        ("", PHOTO),
        ("gtFine", PHOTO.removeprefix("leftImg8bit/")),
        ("gtFine/train", PHOTO.removeprefix("leftImg8bit/train/")),
        ("gtFine/train/aachen", PHOTO.removeprefix("leftImg8bit/train/aachen/")),
    ],
)
def test_any_of_its_folders_can_be_chosen(tmp_path, chosen, photo):
    save(tmp_path / f"{CITY}_gtFine_labelIds.png", np.full((2, 2), 7, np.uint8))
    assert looks_like_cityscapes(tmp_path / chosen)
    assert list(_read(tmp_path / chosen)[0]) == [photo]


def test_pictures_and_maps_for_training_are_no_labels(tmp_path):
    save(tmp_path / f"{CITY}_gtFine_color.png", np.zeros((2, 2, 3), np.uint8))
    save(tmp_path / f"{CITY}_gtFine_labelTrainIds.png", np.zeros((2, 2), np.uint8))
    save(tmp_path / PHOTO, np.zeros((2, 2, 3), np.uint8))
    assert not looks_like_cityscapes(tmp_path)
    assert "there is no map named like *_gtFine_labelIds.png or" in _refused(tmp_path)


def test_maps_that_do_not_fit_or_are_pictures_are_told(tmp_path):
    write_cityscapes(tmp_path, {"a": np.ones((2, 2), int)})
    save(tmp_path / "gtFine/train/a_gtFine_labelIds.png", np.zeros((3, 2), np.uint8))
    assert _refused(tmp_path) == (
        f"{tmp_path}/gtFine/train/a_gtFine_instanceIds.png: this is not of the size of "
        "gtFine/train/a_gtFine_labelIds.png; get both files again"
    )
    save(tmp_path / "gtFine/train/a_gtFine_labelIds.png", np.zeros((2, 2, 3), np.uint8))
    assert "choose the map whose name ends in Ids.png" in _refused(tmp_path)
