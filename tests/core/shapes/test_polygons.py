"""Outlines of masks, filled again by pycocotools: to the pixel."""

import warnings

import numpy as np
from hypothesis import example, given, settings
from hypothesis.extra import numpy as hnp
from pycocotools import mask as coco

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
    flat = polygons.polygons(rle)
    assert (flat is None) == bool(outline.holes)
    if flat:
        rebuilt = coco.merge(coco.frPyObjects(flat, height, width))
        assert np.array_equal(pixels(rebuilt), mask)


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
    assert polygons.polygons(masks.encode(mask[:, 7:])) == [[1, 2, 4, 2, 4, 3, 1, 3]]
