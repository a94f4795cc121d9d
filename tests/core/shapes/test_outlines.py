"""Morphology of regions against plain counting of distances and neighbours, pixel by pixel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from acseg_core.shapes.outlines import NOBODY, OPEN, border_lengths, grown, holes, nearest_owners, shrunk, smoothed

masks = arrays.arrays(bool, st.tuples(st.integers(1, 12), st.integers(1, 12)))
owner_maps = arrays.arrays(
    np.int64, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.sampled_from([OPEN, NOBODY, 1, 2, 7])
)


def distances_to(places):
    """(h, w, n) distance of every pixel to each of the places."""
    rows, columns = np.indices(places.shape)
    ys, xs = np.nonzero(places)
    return np.hypot(rows[..., None] - ys, columns[..., None] - xs)


def drawn(picture):
    return np.array([[letter == "#" for letter in row] for row in picture.split()])


@given(owner_maps, st.integers(0, 1000))
def test_the_nearest_owner_is_as_near_as_any(owners, seed):
    wanted = np.random.default_rng(seed).random(owners.shape) < 0.5
    ids, distances = nearest_owners(owners, wanted)
    assert len(ids) == len(distances) == wanted.sum()
    if not (owners != NOBODY).any():
        assert (ids == NOBODY).all()
        assert np.isinf(distances).all()
        return
    away = distances_to(owners != NOBODY)[wanted]
    np.testing.assert_allclose(distances, away.min(axis=1, initial=np.inf), rtol=0.03)
    there = owners[owners != NOBODY]
    for id_, row in zip(ids, away, strict=True):
        assert row[there == id_].min() <= 1.03 * row.min() / 0.97


def test_pixels_of_no_region_may_be_nearest():
    owners = np.array([[OPEN, NOBODY, NOBODY, NOBODY, 5]])
    ids, distances = nearest_owners(owners, owners == NOBODY)
    assert (ids[0], ids[2]) == (OPEN, 5)
    assert distances.tolist() == [1, 2, 1]


@given(masks, st.integers(1, 4))
def test_growing_takes_all_within_the_distance(mask, pixels):
    expected = (distances_to(mask) <= pixels).any(axis=2)
    np.testing.assert_array_equal(grown(mask, pixels), expected)


@given(masks, st.integers(1, 4))
def test_shrinking_leaves_what_is_farther_from_the_rest(mask, pixels):
    expected = (distances_to(~mask) > pixels).all(axis=2)
    np.testing.assert_array_equal(shrunk(mask, pixels), expected)


@given(masks, st.integers(1, 3))
def test_smoothing_follows_the_majority_around_and_the_image_goes_on(mask, radius):
    height, width = mask.shape
    around = np.pad(mask, radius, mode="edge")
    offsets = [(y, x) for y in range(2 * radius + 1) for x in range(2 * radius + 1)]
    disc = [(y, x) for y, x in offsets if (y - radius) ** 2 + (x - radius) ** 2 <= radius**2]
    votes = sum(around[y : y + height, x : x + width].astype(int) for y, x in disc)
    np.testing.assert_array_equal(smoothed(mask, radius), 2 * votes > len(disc))


EVERY_SIDE, NO_SIDE = (True,) * 4, (False,) * 4


def test_holes_are_what_a_mask_encloses():
    mask = drawn("#######. #.#...#. #.##..#. ####.#.# ....#...")
    found = holes(mask, at_border=EVERY_SIDE)
    assert found.dtype == np.int32
    assert len(np.unique(found)) == 3, "two holes, and the rest"
    assert found[1, 1] == found[2, 1] != 0
    assert found[1, 3] == found[3, 4] not in (0, found[1, 1])
    assert not found[mask].any()
    assert not found[:, 7].any()
    assert not found[4].any()


@pytest.mark.parametrize("at_border", [EVERY_SIDE, NO_SIDE, (False, True, True, True), (True, False, True, True)])
@pytest.mark.parametrize("picture", ["#### ...# #### ####", "#.## #.## ####", "#### #### #.##", "#### #... ####"])
def test_what_reaches_an_edge_is_no_hole(picture, at_border):
    assert not holes(drawn(picture), at_border=at_border).any()


def test_a_mask_without_holes_has_none():
    assert not holes(np.ones((3, 3), bool), at_border=EVERY_SIDE).any()
    assert not holes(np.zeros((3, 3), bool), at_border=NO_SIDE).any()


@given(owner_maps)
def test_borders_are_counted_side_by_side(owners):
    expected = {}
    for (y, x), id_ in np.ndenumerate(owners):
        for v, u in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
            if id_ == 1 and 0 <= v < owners.shape[0] and 0 <= u < owners.shape[1]:
                other = int(owners[v, u])
                if other > NOBODY and other != 1:
                    expected[other] = expected.get(other, 0) + 1
    assert border_lengths(owners, 1) == expected
