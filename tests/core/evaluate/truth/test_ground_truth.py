"""Which form of ground truth a folder has, and what is said where there is none or the wrong one."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from acseg_core.errors import ImagesNotFoundError
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.evaluate.truth.truth_set import TruthError, TruthKind

SIZE = (60, 90)
LabelledSet = Callable[[str], Path]


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


@pytest.mark.parametrize("kind", ["coco", "png", "bsds"])
def test_a_truth_of_another_size_is_refused(labelled_set: LabelledSet, kind: str) -> None:
    with pytest.raises(TruthError, match="the ground truth is 90 x 60, but the image is 60 x 90"):
        open_truth(labelled_set(kind)).read("photo0.png", (90, 60))


def test_which_form_is_meant(labelled_set: LabelledSet, tmp_path: Path) -> None:
    folder = labelled_set("coco")
    (folder / "labels").mkdir()
    with pytest.raises(TruthError, match="--truth coco or png"):
        open_truth(folder)
    assert open_truth(folder, TruthKind.COCO).kind == "coco"
    with pytest.raises(TruthError, match="none of its 4 images"):
        open_truth(folder, TruthKind.PNG)
    with pytest.raises(TruthError, match="no ground truth in the format bsds"):
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
