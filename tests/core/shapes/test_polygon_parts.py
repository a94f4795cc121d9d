"""Polygons with holes: filled again they are the mask, every ring is simple, and every hole is in its own polygon."""

import cv2
import numpy as np
import pytest
from filled_rings import filled
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from acseg_core.shapes import masks
from acseg_core.shapes.polygon_parts import polygon_parts
from acseg_core.shapes.simplifying import signed_area

SELF_TOUCHING = np.array([[1, 1, 0], [1, 0, 1], [1, 1, 1]], bool)
TOUCHING_HOLES = np.array([[1] * 4, [1, 0, 1, 1], [1, 1, 0, 1], [1] * 4], bool)
NESTED = np.pad(np.pad(np.pad(np.ones((1, 1), bool), 1), 1, constant_values=True), 1)


@given(arrays(bool, array_shapes(min_dims=2, max_dims=2, max_side=9)))
@example(SELF_TOUCHING)
@example(TOUCHING_HOLES)
@example(NESTED)
@example(np.zeros((2, 2), bool))
def test_each_polygon_is_a_part_of_the_mask(mask):
    together = np.zeros(mask.shape, bool)
    _, connected = cv2.connectedComponents(mask.view(np.uint8), connectivity=4)
    found = polygon_parts(masks.encode(mask))
    assert len(found) == connected.max()
    for part in found:
        assert signed_area(part.outer) > 0
        assert all(signed_area(hole) < 0 for hole in part.holes)
        for ring in (part.outer, *part.holes):
            assert len(np.unique(ring, axis=0)) == len(ring) >= 4, "a simple ring meets no point twice"
        inside = filled([part.outer, *part.holes], mask.shape)
        (number,) = np.unique(connected[inside])
        assert (inside == (connected == number)).all()
        assert sum(map(signed_area, (part.outer, *part.holes))) == inside.sum()
        together |= inside
    assert (together == mask).all()


def test_an_outline_that_touches_itself_is_cut_there():
    (part,) = polygon_parts(masks.encode(SELF_TOUCHING))
    assert len(part.holes) == 1
    assert signed_area(part.holes[0]) == -1
    (part,) = polygon_parts(masks.encode(TOUCHING_HOLES))
    assert [signed_area(hole) for hole in part.holes] == [-1, -1]


@given(st.integers(0, 2**32 - 1))
def test_shapely_finds_them_valid(seed):
    shapely = pytest.importorskip("shapely")
    mask = np.random.default_rng(seed).random((12, 12)) < 0.6
    polygons = [shapely.Polygon(part.outer, part.holes) for part in polygon_parts(masks.encode(mask))]
    assert shapely.is_valid(shapely.MultiPolygon(polygons))
