"""masks.py against pycocotools' own, one-mask-at-a-time encoder."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pycocotools import mask as coco

from acseg_core.shapes import masks
from acseg_core.types import Rle

SIZES = hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=14)
MASKS = SIZES.flatmap(lambda shape: hnp.arrays(np.bool_, shape))
LABEL_MAPS = st.tuples(SIZES, st.sampled_from([np.uint8, np.uint16, np.int32, np.int64])).flatmap(
    lambda drawn: hnp.arrays(drawn[1], drawn[0], elements=st.integers(0, 5))
)


def by_pycocotools(mask: np.ndarray) -> Rle:
    encoded = coco.encode(np.asfortranarray(mask.astype(np.uint8)))
    return Rle(counts=encoded["counts"], height=mask.shape[0], width=mask.shape[1])


def pixels(encoded: dict | list[dict]) -> np.ndarray:
    """pycocotools' decoder, without the NumPy 2 warning it raises on each call."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return coco.decode(encoded)


def smooth_label_map(height: int, width: int, labels: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    centres = rng.uniform((0, 0), (height, width), (labels, 2))
    distances = [np.hypot(y - cy, x - cx) + 9 * np.sin(y / 7 + cx) for cy, cx in centres]
    return np.argmin(distances, axis=0).astype(np.uint8)


@given(LABEL_MAPS)
@settings(deadline=None, max_examples=300)
def test_label_map_encodes_as_pycocotools_encodes_each_mask(label_map):
    encoded = masks.encode_label_map(label_map)
    assert list(encoded) == sorted(set(label_map.ravel().tolist()))
    for label, rle in encoded.items():
        assert rle == by_pycocotools(label_map == label)


@given(LABEL_MAPS, st.integers(1, 40))
@settings(deadline=None)
def test_blocks_of_columns_do_not_show(label_map, block_pixels):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(masks, "_BLOCK_PIXELS", block_pixels)
        in_blocks = masks.encode_label_map(label_map)
    assert in_blocks == masks.encode_label_map(label_map)


@given(LABEL_MAPS)
@settings(deadline=None)
def test_painting_is_the_way_back(label_map):
    encoded = masks.encode_label_map(label_map)
    height, width = label_map.shape
    painted = masks.paint_label_map(list(encoded.values()), height=height, width=width)
    assert painted.dtype == np.int32
    assert painted.flags.c_contiguous
    assert np.array_equal(np.array(list(encoded))[painted], label_map)


@given(st.lists(hnp.arrays(np.bool_, (6, 7)), max_size=4))
@settings(deadline=None)
def test_painting_puts_later_masks_on_top(layers):
    expected = np.full((6, 7), -1)
    for index, layer in enumerate(layers):
        expected[layer] = index
    painted = masks.paint_label_map([by_pycocotools(layer) for layer in layers], height=6, width=7)
    assert np.array_equal(painted, expected)


@given(MASKS)
@settings(deadline=None)
def test_one_mask_round_trips(mask):
    rle = masks.encode(mask)
    assert rle == by_pycocotools(mask)
    decoded = masks.decode(rle)
    assert decoded.dtype == np.bool_
    assert decoded.flags.c_contiguous
    assert np.array_equal(decoded, mask)
    assert masks.area(rle) == mask.sum()
    assert masks.encode(mask.astype(np.uint8) * 255) == rle


@given(MASKS)
@settings(deadline=None)
def test_bounding_box_is_tight(mask):
    ys, xs = np.nonzero(mask)
    box = masks.bounding_box(masks.encode(mask))
    if not len(ys):
        assert box == (0, 0, 0, 0)
    else:
        assert box == (xs.min(), ys.min(), xs.max() - xs.min() + 1, ys.max() - ys.min() + 1)


@given(SIZES.flatmap(lambda shape: st.lists(hnp.arrays(np.bool_, shape), min_size=1, max_size=4)))
@settings(deadline=None)
def test_union_and_intersection(layers):
    rles = [masks.encode(layer) for layer in layers]
    assert masks.union(rles) == by_pycocotools(np.logical_or.reduce(layers))
    assert masks.intersection_area(rles[0], rles[-1]) == np.sum(layers[0] & layers[-1])


def test_negative_labels_are_left_out():
    label_map = np.array([[-1, -1, 2], [2, 2, -1]], np.int32)
    assert masks.encode_label_map(label_map) == {2: by_pycocotools(label_map == 2)}


def test_views_and_read_only_maps_encode_too():
    label_map = smooth_label_map(60, 80, 5)
    expected = masks.encode_label_map(np.ascontiguousarray(label_map[::2, ::-3]))
    assert masks.encode_label_map(label_map[::2, ::-3]) == expected
    label_map.flags.writeable = False
    assert sum(masks.area(rle) for rle in masks.encode_label_map(label_map).values()) == label_map.size
    assert masks.encode_label_map(np.asfortranarray(label_map)) == masks.encode_label_map(label_map)


def test_a_photo_sized_map_partitions_exactly():
    label_map = smooth_label_map(600, 800, 24)
    encoded = masks.encode_label_map(label_map)
    for label, rle in encoded.items():
        assert rle == by_pycocotools(label_map == label)
    assert sum(map(masks.area, encoded.values())) == label_map.size
    painted = masks.paint_label_map(list(encoded.values()), height=600, width=800)
    assert np.array_equal(np.array(list(encoded))[painted], label_map)


def test_coco_form():
    assert masks.rle_to_coco(masks.encode(np.ones((2, 3), bool))) == {"size": [2, 3], "counts": "06"}


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (4,), (2, 2, 2)])
def test_shapes_that_are_no_mask(shape):
    with pytest.raises(ValueError, match="at least one pixel"):
        masks.encode_label_map(np.zeros(shape, np.uint8))
    with pytest.raises(ValueError, match="at least one pixel"):
        masks.encode(np.zeros(shape, bool))


def test_sizes_that_differ():
    small, large = masks.encode(np.ones((2, 2), bool)), masks.encode(np.ones((2, 3), bool))
    for call in (
        lambda: masks.union([small, large]),
        lambda: masks.union([]),
        lambda: masks.intersection_area(small, large),
        lambda: masks.paint_label_map([small, large], height=2, width=2),
        lambda: masks.paint_label_map([small], height=2, width=3),
    ):
        with pytest.raises(ValueError, match=r"one size|not 2 x 3"):
            call()
    assert np.all(masks.paint_label_map([], height=2, width=3) == -1)


def test_a_ring_that_goes_far_beyond_the_image_is_filled_where_the_image_is():
    """On the code of before, pycocotools took the memory for every pixel of its length, or crashed."""
    ring = np.array([[1, 1], [9, 1], [9, 8], [99999999.5, 8], [99999999.5, 11], [1, 11]])
    filled = masks.decode(masks.fill_as_coco([ring], height=12, width=16))
    expected = np.zeros((12, 16), bool)
    expected[1:11, 1:9] = True
    expected[8:11, 1:] = True
    assert np.array_equal(filled, expected)
