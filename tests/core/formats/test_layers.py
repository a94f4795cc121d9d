"""What is seen of shapes that lie on each other."""

import numpy as np

from acseg_core.formats.labelled import Outline, Unused
from acseg_core.formats.layers import Layer, objects_of
from acseg_core.formats.rings import rectangle
from acseg_core.shapes import masks
from acseg_core.types import PixelPatch, Rle

SIZE = 6, 8


def _box(label, left, top, right, bottom, **more):
    return Layer(label, Outline(((rectangle(left, top, right, bottom),),)), f"{label} {left}", **more)


def _inside(left, top, right, bottom):
    mask = np.zeros(SIZE, bool)
    mask[top:bottom, left:right] = True
    return mask


def _objects(*layers, size=SIZE):
    left_out = Unused()
    return objects_of(layers, size, left_out), left_out.lines()


def test_depth_says_what_is_on_top_and_the_file_where_it_is_the_same():
    shapes, told = _objects(_box("c", 0, 0, 1, 1, depth=2), _box("a", 0, 0, 2, 2), _box("b", 0, 0, 3, 3))
    assert [shape.label for shape in shapes] == ["a", "b", "c"]
    assert all(isinstance(shape.geometry, Outline) for shape in shapes)
    assert told == []


def test_shapes_of_one_group_and_label_are_one_object():
    shapes, _ = _objects(_box("a", 0, 0, 2, 2, group=1), _box("a", 4, 0, 6, 2, group=1), _box("b", 0, 3, 2, 5, group=1))
    assert [(shape.label, len(shape.geometry.parts)) for shape in shapes] == [("a", 2), ("b", 1)]


def test_background_cuts_holes_into_what_is_under_it_only():
    shapes, told = _objects(
        _box("a", 0, 0, 6, 6), _box("Background", 2, 2, 4, 4, depth=1), _box("b", 3, 3, 4, 4, depth=2)
    )
    found = {shape.label: masks.decode(shape.geometry) for shape in shapes}
    assert np.array_equal(found["a"], _inside(0, 0, 6, 6) & ~_inside(2, 2, 4, 4))
    assert np.array_equal(found["b"], _inside(3, 3, 4, 4))
    assert told == ["1 of the background, which cut holes into what is under them: Background 2"]
    shapes, _ = _objects(_box("__background__", 0, 0, 8, 6), _box("a", 0, 0, 2, 2))
    assert [shape.label for shape in shapes] == ["a"]
    assert isinstance(shapes[0].geometry, Outline)


def test_what_lies_between_the_parts_of_an_object_stays_between():
    shapes, _ = _objects(_box("a", 0, 0, 4, 4, group=1), _box("b", 2, 2, 6, 6), _box("a", 5, 5, 7, 6, group=1))
    found = {shape.label: masks.decode(shape.geometry) for shape in shapes}
    assert np.array_equal(found["a"], _inside(0, 0, 4, 4) & ~_inside(2, 2, 6, 6) | _inside(5, 5, 7, 6))
    assert np.array_equal(found["b"], _inside(2, 2, 6, 6) & ~_inside(5, 5, 7, 6))


def test_masks_and_outlines_of_one_group_are_one_object():
    patch = Layer("a", PixelPatch(6, 4, np.ones((2, 2), bool)), "patch", group=1)
    (shape,), _ = _objects(_box("a", 0, 0, 2, 2, group=1), patch)
    assert np.array_equal(masks.decode(shape.geometry), _inside(0, 0, 2, 2) | _inside(6, 4, 8, 6))


def test_an_object_that_is_not_seen_is_empty_and_an_unknown_size_is_told():
    layers = [
        _box("a", 1, 1, 2, 2, group=1),
        _box("c", 6, 5, 7, 6),
        _box("a", 2, 2, 3, 3, group=1),
        _box("b", 0, 0, 4, 4),
    ]
    shapes, _ = _objects(*layers)
    assert {shape.label: masks.area(shape.geometry) for shape in shapes} == {"a": 0, "c": 1, "b": 16}
    shapes, told = _objects(*layers, _box("background", 0, 0, 1, 1), size=None)
    assert [shape.label for shape in shapes] == ["a", "c", "a", "b"]
    assert not any(isinstance(shape.geometry, Rle) for shape in shapes)
    assert told == [
        "1 of the background, which cut no holes as the size of their image is not known: background 0",
        "1 groups that are not one object, as the size of their image is not known: a 1",
    ]
