"""Ground truth from COCO instances: every form of outline, and one clear line for what is wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pycocotools import mask as coco_mask

from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.evaluate.truth.truth_set import TruthError

SIZE = (60, 90)

LabelledSet = Callable[[str], Path]


def edit_coco(folder: Path, **changes: object) -> None:
    file = folder / "instances.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


def with_annotations(folder: Path, *shapes: object) -> None:
    """Give the first image instances of these shapes, of the category red."""
    edit_coco(
        folder,
        annotations=[
            {"id": number, "image_id": 0, "category_id": 10, "segmentation": shape, "iscrowd": int(number == 2)}
            for number, shape in enumerate(shapes)
        ],
    )


def test_coco_names_begin_with_the_background(labelled_set: LabelledSet) -> None:
    assert open_truth(labelled_set("coco")).class_names == ("background", "red", "blue")


def test_small_instances_lie_on_top_of_large_ones(labelled_set: LabelledSet) -> None:
    folder = labelled_set("coco")
    small, large = [10, 10, 20, 10, 20, 20, 10, 20], [0, 0, 80, 0, 80, 50, 0, 50]
    with_annotations(folder, [small], [large])
    regions = open_truth(folder).read("photo0.png", SIZE).regions[0]
    assert len(np.unique(regions)) == 3
    assert (regions[10:20, 10:20] == regions[15, 15]).all()
    assert regions[15, 15] != regions[30, 30]


def test_every_form_of_outline_is_read(labelled_set: LabelledSet) -> None:
    folder = labelled_set("coco")
    mask = np.zeros(SIZE, np.uint8)
    mask[5:10, 60:80] = 1
    compressed = coco_mask.encode(np.asfortranarray(mask))
    packed = {"size": list(SIZE), "counts": compressed["counts"].decode()}
    column = [0, 300, 5 * 60, 60 * 90 - 600]  # runs down the columns: none, then five columns
    loose = {"size": list(SIZE), "counts": [300, 300, 60 * 90 - 600]}
    assert sum(column) == 60 * 90
    flat = [20, 20, 40, 20, 40, 40, 20, 40]
    with_annotations(folder, packed, flat, loose, [flat, [50, 50, 55, 50, 55, 55, 50, 55]], [], [[1, 2]])
    classes = open_truth(folder).read("photo0.png", SIZE).classes
    assert classes is not None
    assert (classes[5:10, 60:80] == 1).all()
    assert (classes[:, 5:10] == 1).all()
    assert (classes[20:40, 20:40] == 1).all()
    assert (classes[50:55, 50:55] == 1).all()
    assert (classes == 1).sum() == 100 + 300 + 400 + 25


def test_an_image_without_instances_is_all_background(labelled_set: LabelledSet) -> None:
    folder = labelled_set("coco")
    edit_coco(folder, annotations=[])
    truth = open_truth(folder).read("photo0.png", SIZE)
    assert truth.classes is not None
    assert not truth.classes.any()


def test_images_without_truth_and_truth_without_image_are_listed(labelled_set: LabelledSet) -> None:
    folder = labelled_set("coco")
    (folder / "images" / "photo0.png").rename(folder / "images" / "other.png")
    truths = open_truth(folder)
    assert {(file.path, file.reason) for file in truths.skipped} == {
        ("other.png", "no entry in instances.json"),
        ("photo0.png", "in instances.json, but not in images/"),
    }
    assert "other.png" not in truths.images


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "this is not valid JSON"),
        ("[]", "not a COCO instances file"),
        ('{"images": []}', "not a COCO instances file"),
        ('{"images": [{"id": 1}], "annotations": [], "categories": []}', "not a COCO instances file"),
    ],
)
def test_a_broken_coco_file_is_named(labelled_set: LabelledSet, content: str, message: str) -> None:
    folder = labelled_set("coco")
    (folder / "instances.json").write_text(content)
    with pytest.raises(TruthError, match=message) as error:
        open_truth(folder)
    assert "instances.json" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "shape", ["nonsense", {"size": [60, 90], "counts": [1, 2]}, {"counts": [1]}, [["a", "b", "c", "d", "e", "f"]]]
)
def test_a_broken_outline_is_named(labelled_set: LabelledSet, shape: object) -> None:
    folder = labelled_set("coco")
    with_annotations(folder, shape)
    with pytest.raises(TruthError, match="annotation 0 is not valid"):
        open_truth(folder).read("photo0.png", SIZE)


def test_an_unknown_category_is_named(labelled_set: LabelledSet) -> None:
    folder = labelled_set("coco")
    edit_coco(folder, categories=[{"id": 10, "name": "red"}])
    with pytest.raises(TruthError, match="category 20 is not among the categories"):
        open_truth(folder).read("photo1.png", SIZE)


@pytest.mark.parametrize("values", [{"height": []}, {"width": "wide"}, {"id": 1e400}])
def test_an_image_whose_entry_makes_no_sense_is_named(labelled_set: LabelledSet, values: dict[str, object]) -> None:
    folder = labelled_set("coco")
    file = next(folder.glob("*.json"))
    images = json.loads(file.read_text())["images"]
    edit_coco(folder, images=[image | values for image in images])
    with pytest.raises(TruthError, match="not a COCO instances file"):
        open_truth(folder)


def test_a_category_that_is_no_number_is_quoted_in_one_short_line(labelled_set: LabelledSet) -> None:
    folder = labelled_set("coco")
    file = next(folder.glob("*.json"))
    annotations = json.loads(file.read_text())["annotations"]
    for category in ("x\n" * 50_000, [3], {}):
        edit_coco(folder, annotations=[each | {"category_id": category} for each in annotations])
        truth = open_truth(folder)
        with pytest.raises(TruthError, match="is not among the categories") as caught:
            [truth.read(name, (60, 90)) for name in truth.images]
        assert len(str(caught.value).splitlines()) == 1
        assert len(str(caught.value)) < 500


def test_a_file_nested_too_deeply_is_named(labelled_set: LabelledSet) -> None:
    folder = labelled_set("coco")
    next(folder.glob("*.json")).write_text('{"images": ' + "[" * 200_000)
    with pytest.raises(TruthError, match="this is not valid JSON"):
        open_truth(folder)


def test_an_outline_that_goes_far_beyond_the_image_is_cut_at_its_edge(labelled_set: LabelledSet) -> None:
    """On the code of before, the process died of it."""
    folder = labelled_set("coco")
    with_annotations(folder, [[20, 20, 99999999.5, 20, 99999999.5, 40, 20, 40]])
    classes = open_truth(folder).read("photo0.png", SIZE).classes
    assert classes is not None
    assert (classes[20:40, 20:] == 1).all()
    assert (classes == 1).sum() == 20 * (SIZE[1] - 20)
