"""Masks as runs: the same answers as with masks laid out."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from acseg_core.proposals.regions import mean_tokens
from acseg_core.shapes import masks, run_lengths
from acseg_core.shapes.run_lengths import sample_owners
from acseg_core.types import PixelPatch

EXAMPLES = settings(max_examples=150, deadline=None)
sizes = st.tuples(st.integers(1, 7), st.integers(1, 7))


def of_size(size):
    return st_numpy.arrays(bool, size)


pairs = sizes.flatmap(lambda size: st.tuples(of_size(size), of_size(size)))


@EXAMPLES
@given(pairs)
def test_sets_of_pixels(pair):
    first, second = pair
    one, other = masks.encode(first), masks.encode(second)
    assert run_lengths.intersection(one, other) == masks.encode(first & second)
    assert run_lengths.difference(one, other) == masks.encode(first & ~second)
    assert run_lengths.is_empty(one) == (not first.any())


@EXAMPLES
@given(sizes.flatmap(of_size))
def test_edges_there_and_back(mask):
    rle = masks.encode(mask)
    edges = run_lengths.edges_of(rle)
    assert (np.diff(edges) > 0).all()
    assert run_lengths.rle_of(edges, height=rle.height, width=rle.width) == rle


@EXAMPLES
@given(size=sizes, mask=sizes.flatmap(of_size), left=st.integers(-8, 8), top=st.integers(-8, 8))
def test_a_patch_is_clipped_to_the_image(size, mask, left, top):
    height, width = size
    margin = 20
    large = np.zeros((height + 2 * margin, width + 2 * margin), bool)
    large[top + margin : top + margin + mask.shape[0], left + margin : left + margin + mask.shape[1]] = mask
    expected = large[margin : margin + height, margin : margin + width]
    rle = run_lengths.patch_rle(PixelPatch(left, top, mask), height=height, width=width)
    assert rle == (masks.encode(expected) if expected.any() else None)


@EXAMPLES
@given(mask=sizes.flatmap(of_size), data=st.data())
def test_a_box_of_a_mask(mask, data):
    height, width = mask.shape
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    w, h = data.draw(st.integers(1, width - x)), data.draw(st.integers(1, height - y))
    laid = run_lengths.decode_box(masks.encode(mask), (x, y, w, h))
    np.testing.assert_array_equal(laid, mask[y : y + h, x : x + w])
    assert laid.flags.c_contiguous


@EXAMPLES
@given(mask=sizes.flatmap(of_size), rows=st.integers(1, 10), columns=st.integers(1, 10))
def test_cells_are_those_of_the_mean_tokens(mask, rows, columns):
    areas = run_lengths.cell_areas(masks.encode(mask), rows, columns)
    expected = np.zeros((rows, columns), np.int64)
    for y, x in zip(*np.nonzero(mask), strict=True):
        expected[y * rows // mask.shape[0], x * columns // mask.shape[1]] += 1
    np.testing.assert_array_equal(areas, expected)
    tokens = np.random.default_rng(0).normal(size=(rows, columns, 3)).astype(np.float32)
    mean = mean_tokens(mask.astype(np.uint8), tokens, 2)[1]
    np.testing.assert_allclose(np.einsum("ij,ijk->k", areas, tokens), mean * mask.sum(), rtol=1e-4, atol=1e-4)


@EXAMPLES
@given(mask=sizes.flatmap(of_size), seed=st.integers(0, 99))
def test_areas_shared_with_the_values_of_a_map(mask, seed):
    label_map = np.random.default_rng(seed).integers(0, 4, mask.shape).astype(np.uint8)
    shared = run_lengths.shared_areas(masks.encode(mask), *masks.runs_of_map(label_map))
    np.testing.assert_array_equal(shared, np.bincount(label_map[mask], minlength=int(label_map.max()) + 1))


def test_masks_of_two_sizes_are_no_pair():
    with pytest.raises(ValueError, match="2 x 3 and 3 x 2"):
        run_lengths.difference(masks.encode(np.ones((2, 3), bool)), masks.encode(np.ones((3, 2), bool)))


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 5), st.integers(0, 10**6), st.data())
def test_samples_are_those_of_the_map(height, width, labels, seed, data):
    label_map = np.random.default_rng(seed).integers(-1, labels, (height, width)).astype(np.int32)
    encoded = masks.encode_label_map(label_map)
    if not encoded:
        return
    rows = np.array(sorted(data.draw(st.lists(st.integers(0, height - 1), min_size=1))))
    columns = np.array(sorted(data.draw(st.lists(st.integers(0, width - 1), min_size=1))))
    found = sample_owners(list(encoded.values()), rows, columns)
    names = np.array([*encoded, -1], np.int32)
    assert found.flags.c_contiguous
    np.testing.assert_array_equal(names[found], label_map[np.ix_(rows, columns)])


def test_areas_of_masks_that_may_be_damaged():
    """Sound ones have pycocotools' area, many at once as one by one; all others are told apart from them."""
    draw = np.random.default_rng(2)
    some = [masks.encode(draw.random(draw.integers(1, 40, 2)) < draw.random()) for _ in range(100)]
    texts, pixels = [each.counts for each in some], [each.height * each.width for each in some]
    areas = run_lengths.sound_areas(texts, pixels)
    assert areas.tolist() == [masks.area(each) for each in some]
    for text, size, area in zip(texts, pixels, areas, strict=True):
        assert run_lengths.sound_areas([text], [size]) == [area]
        assert run_lengths.sound_areas([text], [size + 1]) == [-1]
    bad = [b"", b"\0", b"0o", b"P", text[:-1] + b"\xff", b"o" * 9 + b"0", b"N", texts[0] + b"1"]
    mixed = run_lengths.sound_areas([*bad, texts[1]], [pixels[0]] * len(bad) + [pixels[1]])
    assert mixed.tolist() == [-1] * len(bad) + [areas[1]]
    with pytest.raises(ValueError, match="do not add up"):  # pycocotools would never end
        masks.union([some[0], replace(some[0], counts=texts[0] + b"1")])
    with pytest.raises(ValueError, match="do not add up"):
        masks.intersection_area(some[0], replace(some[0], counts=texts[0] + b"1"))
