"""Outlines of masks, filled again by pycocotools: to the pixel."""

import warnings

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pycocotools import mask as coco
from scipy import ndimage
from scipy.spatial import KDTree

from acseg_core.shapes import masks, polygons

MASKS = hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=14).flatmap(
    lambda shape: hnp.arrays(np.bool_, shape)
)


def pixels(encoded: dict | list[dict]) -> np.ndarray:
    """pycocotools' decoder, without the NumPy 2 warning it raises on each call."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return coco.decode(encoded)


@given(MASKS)
@settings(deadline=None, max_examples=500)
@example(np.array([[1, 0], [0, 1]], bool))
@example(np.array([[0, 1], [1, 0]], bool))
@example(np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], bool))
@example(np.array([[1, 1, 1, 1], [1, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 1]], bool))
def test_rings_fill_to_the_mask(mask):
    rle = masks.encode(mask)
    outline = polygons.rings(rle)
    height, width = mask.shape
    filled = np.zeros(mask.shape, int)
    for sign, group in ((1, outline.outer), (-1, outline.holes)):
        for ring in group:
            assert np.sign(signed_area(ring)) == sign
            flat = [ring.astype(float).ravel().tolist()]
            filled += sign * pixels(coco.frPyObjects(flat, height, width))[:, :, 0].astype(int)
    assert np.array_equal(filled, mask)
    shape = polygons.polygons(rle)
    assert len(shape.rings) == len(outline.outer), "one ring a part, whatever holes it has"
    assert shape.changed == 0
    assert np.array_equal(refilled(shape, mask), mask), "on the code of before, holes gave no polygon"
    assert all(isinstance(value, int) for ring in shape.rings for value in ring)


def refilled(shape: polygons.PolygonShape, mask: np.ndarray) -> np.ndarray:
    if not shape.rings:
        return np.zeros(mask.shape, bool)
    return pixels(coco.merge(coco.frPyObjects(shape.rings, *mask.shape))).astype(bool)


def blobs(seed: int, height: int = 60, width: int = 70) -> np.ndarray:
    """Smooth shapes with holes, islands in holes and single pixels, some at the right and bottom edges."""
    random = np.random.default_rng(seed)
    field = ndimage.gaussian_filter(random.normal(size=(height, width)), random.uniform(0.7, 5))
    mask = field > np.quantile(field, random.uniform(0.1, 0.9))
    mask[random.integers(height, size=4), random.integers(width, size=4)] ^= True
    return mask


def ways_from_outline(mask: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """How far the centres of the wanted pixels are from the outline of a mask, to an eighth of a pixel."""
    if not wanted.any():
        return np.zeros(0)
    outline = polygons.rings(masks.encode(mask))
    points = [
        ring[i] + (ring[(i + 1) % len(ring)] - ring[i]) * share
        for ring in (*outline.outer, *outline.holes)
        for i in range(len(ring))
        for share in np.arange(0, 1, 0.25 / np.abs(ring[(i + 1) % len(ring)] - ring[i]).max())
    ]
    rows, columns = np.nonzero(wanted)
    return KDTree(points).query(np.stack((columns, rows), axis=1) + 0.5)[0] - 0.125


def nested(rounds: int) -> np.ndarray:
    """A ring in a ring in a ring, each an island in the hole of the next."""
    size = 4 * rounds + 1
    rows, columns = np.indices((size, size))
    return np.maximum(abs(rows - size // 2), abs(columns - size // 2)) % 2 == 0


@pytest.mark.parametrize("seed", range(40))
def test_blobs_are_exact_without_a_tolerance(seed):
    mask = blobs(seed)
    shape = polygons.polygons(masks.encode(mask))
    assert shape.changed == 0
    assert np.array_equal(refilled(shape, mask), mask)


def test_islands_in_holes_are_exact():
    mask = nested(5)
    shape = polygons.polygons(masks.encode(mask))
    assert np.array_equal(refilled(shape, mask), mask)
    assert len(shape.rings) == 6


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("tolerance", [0.5, 1, 3, 10])
def test_a_tolerance_bounds_what_changes_and_keeps_every_part_and_hole(seed, tolerance):
    mask = blobs(seed)
    exact, shape = (polygons.polygons(masks.encode(mask), tolerance=value) for value in (0, tolerance))
    drawn = refilled(shape, mask)
    assert shape.changed == np.count_nonzero(drawn != mask)
    assert (ways_from_outline(mask, drawn != mask) <= tolerance + 0.75).all()
    assert len(shape.rings) == len(exact.rings)
    assert shape.points <= exact.points
    if tolerance >= 3:
        assert shape.points < 0.7 * exact.points


@given(MASKS, st.sampled_from([0.4, 0.75, 1.5, 5]))
@settings(deadline=None, max_examples=400)
@example(np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], bool), 5)
@example(np.array([[1, 0], [0, 1]], bool), 5)
def test_whatever_the_mask_a_tolerance_bounds_what_changes(mask, tolerance):
    shape = polygons.polygons(masks.encode(mask), tolerance=tolerance)
    drawn = refilled(shape, mask)
    assert (ways_from_outline(mask, drawn != mask) <= tolerance + 0.75).all()


def test_small_holes_are_filled_on_request():
    mask = np.ones((9, 12), bool)
    mask[2, 2] = mask[5:7, 5:7] = False
    rle = masks.encode(mask)
    shape = polygons.polygons(rle, fill_holes=4)
    assert shape.changed == 1
    mask[2, 2] = True
    assert np.array_equal(refilled(shape, mask), mask)
    assert polygons.polygons(rle, fill_holes=5).points == 4


def test_a_polygon_with_a_hole_in_numbers():
    mask = np.ones((3, 3), bool)
    mask[1, 1] = False
    (ring,) = polygons.polygons(masks.encode(mask)).rings
    corners = list(zip(ring[::2], ring[1::2], strict=True))
    assert corners == [(0, 0), (1, 0), (1, 1), (1, 2), (2, 2), (2, 1), (1, 1), (1, 0), (3, 0), (3, 3), (0, 3)]


def signed_area(ring: np.ndarray) -> float:
    x, y = ring.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def test_parts_and_holes_are_told_apart():
    mask = np.zeros((7, 12), bool)
    mask[1:6, 1:6] = True
    mask[3, 3] = False
    mask[2, 8:11] = True
    outline = polygons.rings(masks.encode(mask))
    assert [len(ring) for ring in outline.outer] == [4, 4]
    assert [ring.tolist() for ring in outline.holes] == [[[3, 4], [4, 4], [4, 3], [3, 3]]]
    assert polygons.polygons(masks.encode(mask[:, 7:])).rings == [[1, 2, 4, 2, 4, 3, 1, 3]]
