"""Outlines moved inwards: the same mask by the rule of pixel centres, and by fillers that draw the line."""

import cv2
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from acseg_core.shapes import masks
from acseg_core.shapes.filling import fill
from acseg_core.shapes.insets import inset
from acseg_core.shapes.joining import one_ring
from acseg_core.shapes.polygons import polygons

MASKS = hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=14).flatmap(
    lambda shape: hnp.arrays(np.bool_, shape)
)


def rings_of(mask: np.ndarray) -> list[np.ndarray]:
    return [np.array(flat, np.float64).reshape(-1, 2) for flat in polygons(masks.encode(mask)).rings]


@given(MASKS, st.sampled_from([0.01, 0.25, 0.45, 0.49]))
@settings(deadline=None, max_examples=300)
@example(np.array([[1, 0], [0, 1]], bool), 0.45)
@example(np.array([[1, 1, 1, 1], [1, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 1]], bool), 0.45)
@example(np.array([[0, 1, 1, 1], [0, 1, 1, 1], [1, 0, 1, 1], [1, 1, 1, 1]], bool), 0.45)
def test_no_pixel_changes_by_the_rule_of_centres(mask, distance):
    height, width = mask.shape
    moved = [inset(ring, distance) for ring in rings_of(mask)]
    assert np.array_equal(masks.decode(fill(moved, height=height, width=width)), mask)
    if moved:
        joined = fill([one_ring(moved)], height=height, width=width)
        assert np.array_equal(masks.decode(joined), mask), "parts joined by bridges, too"
        assert polygons(masks.encode(mask), inwards=distance).changed == 0, "nor by pycocotools' rule"


def test_sides_move_by_the_distance_and_holes_grow():
    square = np.array([(2, 2), (10, 2), (10, 8), (2, 8)])
    assert inset(square, 0.25).tolist() == [[2.25, 2.25], [9.75, 2.25], [9.75, 7.75], [2.25, 7.75]]
    assert inset(square[::-1], 0.25).tolist() == [[1.75, 8.25], [10.25, 8.25], [10.25, 1.75], [1.75, 1.75]]


@pytest.mark.parametrize(
    "ring",
    [
        [(0, 0), (40, 1), (0, 2)],
        [(0, 0), (10, 0), (20, 0), (20, 10)],
        [(0, 0), (0, 0), (9, 0), (9, 9), (0, 0)],
        [(0, 0), (9, 0), (9, 9), (9, 0)],
    ],
    ids=["sharp", "straight", "a corner twice", "there and back"],
)
def test_no_corner_moves_far(ring):
    corners = np.array(ring, np.float64)
    moved = inset(corners, 0.45)
    assert np.isfinite(moved).all()
    nearest = np.hypot(*(moved[:, None] - corners[None]).transpose(2, 0, 1)).min(axis=1)
    assert nearest.max() <= 0.45 * 2**0.5 + 1e-9


@given(MASKS)
@settings(deadline=None, max_examples=200)
def test_opencv_fills_the_mask_of_a_part_without_holes(mask):
    """Along the edges of pixels it would fill a column and a row more: on the code of before, this fails."""
    for ring in rings_of(mask):
        part = masks.decode(fill([ring], height=mask.shape[0], width=mask.shape[1]))
        drawn = np.zeros(mask.shape, np.uint8)
        cv2.fillPoly(drawn, [inset(ring, 0.45).astype(np.int32)], 1)
        assert (drawn.astype(bool) >= part).all(), "all of it"
        if len(ring) == len(rings_of(part)[0]) and not _has_holes(part):
            assert np.array_equal(drawn.astype(bool), part)


def _has_holes(mask: np.ndarray) -> bool:
    count, _ = cv2.connectedComponents((~np.pad(mask, 1)).view(np.uint8), connectivity=8)
    return count > 2
