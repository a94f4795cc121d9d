"""Ground truth from class maps and from segmentations people drew, and one clear line for what is wrong."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from image_bytes import png
from PIL import Image
from scipy.io import savemat

from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.evaluate.truth.truth_set import TruthError

SIZE = (60, 90)

LabelledSet = Callable[[str], Path]


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
    with pytest.raises(TruthError, match="cannot be read"):
        truths.read("photo0.png", SIZE)
    (folder / "classes.json").write_text('{"names": []}')
    with pytest.raises(TruthError, match=r"classes\.json: the file cannot be read"):
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
    with pytest.raises(TruthError, match=f"photo0{suffix}: the segmentation cannot be read"):
        open_truth(folder).read("photo0.png", SIZE)


def test_a_segmentation_with_any_byte_changed_is_read_or_named(labelled_set: LabelledSet) -> None:
    """SciPy has errors of its own kinds, which came out as internal errors."""
    folder = labelled_set("bsds")
    people = np.empty((1, 1), object)
    people[0, 0] = {"Segmentation": np.ones(SIZE, np.uint16)}
    (folder / "segmentations" / "photo0.npz").unlink()
    file = folder / "segmentations" / "photo0.mat"
    savemat(file, {"groundTruth": people}, do_compression=True)
    data = file.read_bytes()
    refused = []
    for at in range(100, len(data), 3):
        file.write_bytes(data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :])
        try:
            open_truth(folder).read("photo0.png", SIZE)
        except TruthError as error:
            refused.append(str(error))
    assert len(refused) > 20
    assert all(len(text.splitlines()) == 1 for text in refused)


def test_a_class_map_of_another_size_is_refused_before_it_is_decoded(labelled_set: LabelledSet) -> None:
    """Its 3.6 billion pixels would have been made room for."""
    folder = labelled_set("png")
    (folder / "labels" / "photo0.png").write_bytes(png(np.zeros((1, 1, 1), np.uint8), size=(60_000, 60_000)))
    with pytest.raises(TruthError, match="the ground truth is 60000 x 60000"):
        open_truth(folder).read("photo0.png", SIZE)
