"""Ground truth in its three forms, and one clear line for what is wrong with it."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_mask
from scipy.io import savemat

from acseg_core.errors import ImagesNotFoundError
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.evaluate.truth.truth_set import TruthError, TruthKind

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


@pytest.mark.parametrize("kind", ["coco", "png", "bsds"])
def test_the_form_is_found_and_read(
    labelled_set: LabelledSet, true_classes: Callable[[int], np.ndarray], kind: str
) -> None:
    truths = open_truth(labelled_set(kind))
    assert truths.kind == kind
    assert truths.images == tuple(f"photo{number}.png" for number in range(4))
    assert truths.skipped == ()
    truth = truths.read("photo2.png", SIZE)
    counts = truths.region_counts(truth)
    if kind == "bsds":
        assert truth.classes is None
        assert counts == {"people": 3.0}  # four regions and two
        assert len(truth.regions) == 2
    else:
        assert np.array_equal(truth.classes, true_classes(2))
        assert len(np.unique(truth.regions[0])) == 4
        assert counts == ({"instances": 4, "components": 4} if kind == "coco" else {"components": 4})


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
        ("{", "does not read as JSON"),
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
    with pytest.raises(TruthError, match="annotation 0 is broken"):
        open_truth(folder).read("photo0.png", SIZE)


def test_an_unknown_category_is_named(labelled_set: LabelledSet) -> None:
    folder = labelled_set("coco")
    edit_coco(folder, categories=[{"id": 10, "name": "red"}])
    with pytest.raises(TruthError, match="category 20 is not among the categories"):
        open_truth(folder).read("photo1.png", SIZE)


@pytest.mark.parametrize("kind", ["coco", "png", "bsds"])
def test_a_truth_of_another_size_is_refused(labelled_set: LabelledSet, kind: str) -> None:
    with pytest.raises(TruthError, match="the truth is 90 x 60, the image is 60 x 90"):
        open_truth(labelled_set(kind)).read("photo0.png", (90, 60))


def test_void_is_no_class_and_no_region(labelled_set: LabelledSet) -> None:
    folder = labelled_set("png")
    indices = np.zeros(SIZE, np.uint8)
    indices[:, 40:50] = 3
    Image.fromarray(indices).save(folder / "labels" / "photo0.png")
    truth = open_truth(folder).read("photo0.png", SIZE)
    assert truth.classes is not None
    assert set(np.unique(truth.classes)) == {-1, 0}
    assert set(np.unique(truth.regions[0])) == {-1, 0, 1}


def test_class_maps_without_names_and_with_a_palette(labelled_set: LabelledSet) -> None:
    folder = labelled_set("png")
    (folder / "classes.json").unlink()
    indices = np.full(SIZE, 7, np.uint8)
    indices[0] = 255
    picture = Image.fromarray(indices, "L").convert("P")
    picture.putpalette([1, 2, 3] * 256)
    picture.putdata(indices.ravel().tolist())
    picture.save(folder / "labels" / "photo0.png")
    classes = open_truth(folder).read("photo0.png", SIZE).classes
    assert classes is not None
    assert (classes[0] == -1).all()
    assert (classes[1:] == 7).all()


def test_what_is_wrong_with_a_class_map_is_said(labelled_set: LabelledSet) -> None:
    folder = labelled_set("png")
    file = folder / "labels" / "photo0.png"
    truths = open_truth(folder)
    for picture, message in (
        (Image.new("RGB", (90, 60)), "not RGB colours"),
        (Image.new("L", (90, 60), 9), "class 9 is not one of the 3"),
    ):
        picture.save(file)
        with pytest.raises(TruthError, match=message):
            truths.read("photo0.png", SIZE)
    file.write_bytes(b"no picture")
    with pytest.raises(TruthError, match="does not read"):
        truths.read("photo0.png", SIZE)
    (folder / "classes.json").write_text('{"names": []}')
    with pytest.raises(TruthError, match=r"classes\.json: does not read"):
        open_truth(folder)


def test_bsds_files_as_they_are_shipped(labelled_set: LabelledSet) -> None:
    """`groundTruth` is a cell array of structs, one per person."""
    folder = labelled_set("bsds")
    people = np.empty((1, 2), object)
    for index in range(2):
        segments = np.ones(SIZE, np.uint16)
        segments[: 10 * (index + 1)] = 5
        people[0, index] = {"Segmentation": segments, "Boundaries": segments > 1}
    (folder / "segmentations" / "photo0.npz").unlink()
    savemat(folder / "segmentations" / "photo0.mat", {"groundTruth": people})
    truth = open_truth(folder).read("photo0.png", SIZE)
    assert len(truth.regions) == 2
    assert [int((regions == 1).sum()) for regions in truth.regions] == [900, 1800]


@pytest.mark.parametrize("suffix", [".npz", ".mat"])
def test_a_damaged_segmentation_is_named(labelled_set: LabelledSet, suffix: str) -> None:
    folder = labelled_set("bsds")
    (folder / "segmentations" / "photo0.npz").unlink()
    (folder / "segmentations" / f"photo0{suffix}").write_bytes(b"PK\x03\x04 cut off, and long enough to be looked at")
    with pytest.raises(TruthError, match=f"photo0{suffix}: the segmentation does not read"):
        open_truth(folder).read("photo0.png", SIZE)


def test_which_form_is_meant(labelled_set: LabelledSet, tmp_path: Path) -> None:
    folder = labelled_set("coco")
    (folder / "labels").mkdir()
    with pytest.raises(TruthError, match="--truth coco or png"):
        open_truth(folder)
    assert open_truth(folder, TruthKind.COCO).kind == "coco"
    with pytest.raises(TruthError, match="none of its 4 images"):
        open_truth(folder, TruthKind.PNG)
    with pytest.raises(TruthError, match="no truth of the form bsds"):
        open_truth(folder, TruthKind.BSDS)
    (folder / "more.json").write_text("{}")
    assert open_truth(folder, TruthKind.COCO).images
    (folder / "instances2.json").write_text("{}")
    with pytest.raises(TruthError, match="several COCO files"):
        open_truth(folder, TruthKind.COCO)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(TruthError, match="no such folder"):
        open_truth(tmp_path / "nowhere")
    (tmp_path / "images").mkdir()
    with pytest.raises(TruthError, match="no ground truth; put"):
        open_truth(tmp_path)
    (tmp_path / "images").rmdir()
    (tmp_path / "labels").mkdir()
    with pytest.raises(ImagesNotFoundError, match="images: no such folder"):
        open_truth(tmp_path)
