"""What all forms of ground truth share: sizes that fit, components, and which images have a truth."""

from pathlib import Path

import numpy as np
import pytest

from acseg_core.evaluate.truth.truth_set import Truth, TruthError, TruthSet, component_count, first_line, same_size


class Named(TruthSet):
    """Truth of the images with these names."""

    def __init__(self, found: tuple[str, ...], known: set[str]) -> None:
        super().__init__(Path("set"), (), 0)
        self._match(found, known, "no map")

    def read(self, name: str, size: tuple[int, int]) -> Truth:
        raise NotImplementedError

    def region_counts(self, truth: Truth) -> dict[str, float]:
        raise NotImplementedError


def test_images_with_and_without_truth_are_told_apart_in_their_order() -> None:
    named = Named(("b.png", "a.png", "c.png"), {"c.png", "b.png", "elsewhere.png"})
    assert named.images == ("b.png", "c.png")
    assert [(file.path, file.reason) for file in named.skipped] == [("a.png", "no map")]
    with pytest.raises(TruthError, match="none of its 1 images has ground truth"):
        Named(("a.png",), set())


def test_sizes_are_told_as_width_and_height() -> None:
    same_size(Path("t.png"), (60, 90), (60, 90))
    with pytest.raises(TruthError, match=r"t\.png: the ground truth is 90 x 60, but the image is 80 x 60"):
        same_size(Path("t.png"), (60, 90), (60, 80))


def test_a_truth_is_as_large_as_its_region_maps() -> None:
    assert Truth(None, (np.zeros((4, 7), np.int32),)).size == (4, 7)


def test_components_touch_at_corners_and_void_is_none() -> None:
    classes = np.array([[1, 0, 0, 1], [0, 1, 0, -1], [0, 0, 0, 1]], np.int32)
    assert component_count(classes) == 4, "the zeros, the two ones at a corner, and two single ones"


def test_errors_of_many_lines_are_told_by_their_first() -> None:
    assert first_line(ValueError("one\ntwo")) == "one"
    assert first_line(KeyError()) == "KeyError"
