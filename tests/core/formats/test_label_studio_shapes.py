"""Shapes of Label Studio's results: percents, turned boxes, brush masks, and what is no shape."""

import numpy as np
import pytest
from label_studio_results import SQUARE, box, brush, polygon, result

from acseg_core.errors import LabelFileError
from acseg_core.formats.label_studio_shapes import labels_of, shapes_of, size_of
from acseg_core.formats.labelled import FileImage, Unused
from acseg_core.formats.placing import masks_of
from acseg_core.shapes import masks
from acseg_core.types import ImageInfo

INFO = ImageInfo("a.jpg", "0" * 64, 1, 1, 8, 6, 8, 6)


def _inside(left, top, right, bottom):
    mask = np.zeros((6, 8), bool)
    mask[top:bottom, left:right] = True
    return mask


def _shapes(*results):
    left_out = Unused()
    return list(shapes_of(list(results), "task 1", "file: task 1", left_out)), left_out.lines()


def _mask(given):
    shapes, _ = _shapes(given)
    (found,) = masks_of(FileImage("a.jpg", shapes, size_of(given)), INFO)
    return masks.decode(found)


@pytest.mark.parametrize("given", [polygon(*SQUARE), box(1, 2, 3, 3), brush(_inside(1, 2, 4, 5))])
def test_percents_and_brushes_are_placed(given):
    assert np.array_equal(_mask(given), _inside(1, 2, 4, 5))
    assert np.array_equal(_mask({**given, "type": given["type"].upper()}), _inside(1, 2, 4, 5))


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_picture_that_was_turned_on_the_screen_keeps_its_coordinates(turned):
    for given in (polygon(*SQUARE), brush(_inside(1, 2, 4, 5))):
        assert np.array_equal(_mask({**given, "image_rotation": turned}), _inside(1, 2, 4, 5))


def test_a_rectangle_turns_clockwise_around_its_first_corner_in_pixels():
    # A quarter to the right, the width of 4 pixels goes down from (5, 1), and the height of 2 to the left.
    assert np.array_equal(_mask(box(5, 1, 4, 2, rotation=90)), _inside(3, 1, 5, 5))
    assert np.array_equal(_mask(box(5, 1, 4, 2, rotation=360)), _inside(5, 1, 8, 3))


def test_an_ellipse_turns_around_its_middle():
    value = {"x": 50, "y": 50, "radiusX": 37.5, "radiusY": 2 / 0.06, "rotation": 90}
    ys, xs = np.mgrid[:6, :8] + 0.5
    expected = np.hypot((xs - 4) / 2, (ys - 3) / 3) < 1
    assert np.array_equal(_mask(result("ellipselabels", value)), expected)


def test_shapes_reach_beyond_the_picture_and_are_clipped():
    assert np.array_equal(_mask(polygon((-50, -50), (3, -50), (3, 2), (-50, 2))), _inside(0, 0, 3, 2))


def test_a_label_of_its_own_counts_and_its_shape_alone_does_not():
    alone, labelled = polygon(*SQUARE, kind="polygon", labels=()), polygon(*SQUARE, kind="labels")
    shapes, told = _shapes(alone, labelled)
    assert [shape.label for shape in shapes] == ["cat"]
    assert told == []
    shapes, told = _shapes(alone, {**labelled, "id": "r2"}, polygon(*SQUARE, labels=("",)))
    assert len(shapes) == 1
    assert told == ["2 shapes without a label: task 1, result 1, task 1, result 3"]


def test_of_several_labels_the_first_counts():
    shapes, told = _shapes(polygon(*SQUARE, labels=("cat", "dog")))
    assert [shape.label for shape in shapes] == ["cat"]
    assert told == ["1 with several labels, of which the first one counts: task 1, result 1"]
    assert labels_of(polygon(*SQUARE, labels=("cat", 3, " "))) == ["cat"]


def test_what_is_no_shape_is_counted():
    shapes, told = _shapes(
        result("keypointlabels", {"x": 1, "y": 1, "width": 1}),
        result("choices", {"choices": ["good"]}),
        result("bitmasklabels", {"imageDataURL": "data:image/png;base64,AAAA"}),
        {"type": "relation", "from_id": "a", "to_id": "b"},
        polygon((1, 1), (2, 2)),
        result("labels", {"start": 1, "end": 2}),
        None,
        box(1, 1, 1, 1, rotation=30) | {"original_width": None},
    )
    assert shapes == []
    assert [line.split(":")[0] for line in told] == [
        "1 lines and points, which have no pixels",
        "3 answers that are no shapes",
        "1 masks of a kind that is not read",
        "1 with polygons of less than three points",
        "1 of a kind that is not read",
        "1 turned shapes in images whose size is not known",
    ]


def test_a_size_that_is_none():
    assert size_of(polygon(*SQUARE)) == (6, 8)
    for width in (None, "8", 8.5, 0, -8, True, float("nan"), float("inf"), 10**400, 2**31):
        assert size_of(polygon(*SQUARE) | {"original_width": width}) is None
    assert size_of(None) is None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (polygon((1, float("nan")), (2, 2), (3, 3)), "has a point that is not a position in an image"),
        (polygon((1, float("inf")), (2, 2), (3, 3)), "has a point that is not a position in an image"),
        (polygon((1, 1e300), (2, 2), (3, 3)), "has a point that is not a position in an image"),
        (result("polygonlabels", {"points": [[1, 2, 3]]}), "has a point that is not a position in an image"),
        (result("polygonlabels", {"points": "1,2"}), "has a point that is not a position in an image"),
        (box(float("nan"), 1, 1, 1), 'has a "x" that is not a position'),
        (result("rectanglelabels", {"x": "1", "y": 1, "width": 1}), 'has a "x" that is not a position'),
        (result("rectanglelabels", {"x": 1, "y": 1, "width": None}), 'has a "width" that is not a position'),
        (result("rectanglelabels", {"x": 10**400, "y": 1, "width": 1}), 'has a "x" that is not a position'),
        (result("ellipselabels", {"x": 1, "y": 1, "radiusX": []}), 'has a "radiusX" that is not a position'),
        (result("brushlabels", {"rle": [256, 1]}), "has a brush mask that cannot be read"),
        (result("brushlabels", {"rle": "AAAA"}), "has a brush mask that cannot be read"),
        (result("brushlabels", {"rle": []}), "has a brush mask that cannot be read"),
        (brush(_inside(0, 0, 1, 1)) | {"original_width": None}, "has a brush mask that cannot be read"),
        (brush(np.ones((5, 8), bool)), "has a brush mask that is damaged, or not of 8 x 6 pixels"),
        (result("brushlabels", {"rle": [0, 0, 0, 192, 7]}), "has a brush mask that is damaged"),
    ],
)
def test_a_wrong_result_is_one_line_with_its_place(given, message):
    with pytest.raises(LabelFileError) as error:
        _shapes(polygon(*SQUARE), given)
    assert str(error.value).startswith(f"file: task 1, result 2 {message}")
    assert str(error.value).endswith("; export it again")
