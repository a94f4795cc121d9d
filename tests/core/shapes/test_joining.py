"""Parts joined to one ring, filled by everybody's rule: to the pixel."""

import warnings

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pycocotools import mask as coco

from acseg_core.shapes import masks
from acseg_core.shapes.filling import fill
from acseg_core.shapes.joining import one_ring
from acseg_core.shapes.polygons import polygons

MASKS = hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=14).flatmap(
    lambda shape: hnp.arrays(np.bool_, shape)
)
SQUARE = np.array([(0, 0), (2, 0), (2, 2), (0, 2)])


def rings_of(mask: np.ndarray, tolerance: float = 0) -> list[np.ndarray]:
    return [np.array(ring, float).reshape(-1, 2) for ring in polygons(masks.encode(mask), tolerance=tolerance).rings]


def filled_as_coco(ring: np.ndarray, height: int, width: int) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pycocotools on NumPy 2
        return coco.decode(coco.frPyObjects([ring.ravel().tolist()], height, width))[:, :, 0].astype(bool)


@given(MASKS)
@settings(deadline=None, max_examples=150)
@example(np.array([[1, 0], [0, 1]], bool))
@example(np.array([[1, 0, 1, 0, 1]], bool))
@example(np.indices((13, 13)).sum(axis=0) % 2 == 0)
def test_one_ring_is_filled_as_all_parts_are(mask):
    rings = rings_of(mask)
    if not rings:
        return
    ring = one_ring(rings)
    height, width = mask.shape
    assert np.array_equal(masks.decode(fill([ring], height=height, width=width)), mask)
    assert np.array_equal(filled_as_coco(ring, height, width), mask)


@given(MASKS, st.integers(1, 5000), st.integers(1, 5000))
@settings(deadline=None, max_examples=60)
def test_so_is_one_that_was_written_in_shares_of_a_size(mask, more_rows, more_columns):
    rings = rings_of(mask)
    if not rings:
        return
    height, width = mask.shape
    size = np.array([width + more_columns, height + more_rows], float)
    digits = len(str(int(size.max()))) + 3
    ring = (one_ring(rings) / size).round(digits) * size
    assert np.array_equal(masks.decode(fill([ring], height=height, width=width)), mask)


@pytest.mark.parametrize("seed", range(10))
def test_few_points_give_what_the_parts_give(seed):
    mask = np.random.default_rng(seed).random((40, 50)) < 0.3
    rings = rings_of(mask, tolerance=1.5)
    together = masks.union([fill([ring], height=40, width=50) for ring in rings])
    overlapping = sum(masks.area(fill([ring], height=40, width=50)) for ring in rings) - masks.area(together)
    found = fill([one_ring(rings)], height=40, width=50)
    missing = masks.area(together) - masks.intersection_area(together, found)
    assert missing <= overlapping, "only where parts came to lie on each other"


def test_bridges_are_short():
    far, near = SQUARE + np.array((20, 0)), SQUARE + np.array((4, 0))
    ring = one_ring([SQUARE, far, near])
    sides = np.hypot(*(ring - np.roll(ring, 1, axis=0)).T)
    assert sides.sum() == 3 * 8 + 2 * (2 + 14), "from the first to the near one, from there to the far one"


def test_parts_that_touch_need_no_bridge():
    ring = one_ring([SQUARE, SQUARE + np.array((2, 2))])
    assert np.hypot(*(ring - np.roll(ring, 1, axis=0)).T).sum() == 16


def test_one_part_stays_as_it_is():
    assert np.array_equal(one_ring([SQUARE]), SQUARE)


def test_thousands_of_parts_in_a_row_are_no_problem():
    mask = np.zeros((1, 8000), bool)
    mask[:, ::2] = True
    ring = one_ring(rings_of(mask))
    assert np.array_equal(masks.decode(fill([ring], height=1, width=8000)), mask)
