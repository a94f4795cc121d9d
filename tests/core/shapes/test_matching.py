"""Which regions of two images are the same thing."""

import numpy as np

from acseg_core.shapes import masks
from acseg_core.shapes.matching import GRID, grid_shares, match_regions
from acseg_core.types import Region, RegionOrigin, RegionStatus


def region(id_, mask):
    rle = masks.encode(mask)
    box, area = masks.bounding_box(rle), masks.area(rle)
    return Region(id_, 1, None, None, rle, box, area, RegionStatus.PROPOSED, origin=RegionOrigin.DRAWN)


def test_a_grid_is_the_same_for_images_of_all_sizes():
    small = np.zeros((48, 96), bool)
    small[:12, 24:] = True
    large = np.kron(small, np.ones((3, 3), bool))
    np.testing.assert_allclose(grid_shares([region(1, small)]), grid_shares([region(2, large)]), atol=1e-6)
    assert grid_shares([region(1, small)]).sum() == GRID * GRID * 0.25 * 0.75


def shares(*parts):
    return np.array(parts, np.float32)


def test_the_best_pairs_in_all_each_region_once():
    first = shares([1, 1, 0, 0], [0, 0, 1, 1])
    second = shares([0, 1, 1, 1], [1, 0, 0, 0])
    same = np.ones((2, 1), np.float32)
    pairs = match_regions(first, second, first_descriptors=same, second_descriptors=same)
    assert [(one, two) for one, two, _ in pairs] == [(1, 0), (0, 1)]
    np.testing.assert_allclose([score for _, _, score in pairs], [2 / 3, 1 / 2])


def test_place_and_looks_must_both_agree():
    first, second = shares([1, 1, 0, 0]), shares([1, 1, 0, 0])
    up, right = np.array([[0, 1]], np.float32), np.array([[1, 0]], np.float32)
    assert match_regions(first, second, first_descriptors=up, second_descriptors=right) == []
    assert match_regions(first, shares([0, 0, 1, 1]), first_descriptors=up, second_descriptors=up) == []
    assert match_regions(first, second, first_descriptors=up, second_descriptors=up) == [(0, 0, 1.0)]
    assert match_regions(first, second, first_descriptors=up, second_descriptors=up * 0) == [(0, 0, 1.0)], "place alone"


def test_nothing_on_one_side_gives_no_pairs():
    some, none = shares([1, 0]), np.zeros((0, 2), np.float32)
    one, no = np.ones((1, 3), np.float32), np.zeros((0, 3), np.float32)
    assert match_regions(some, none, first_descriptors=one, second_descriptors=no) == []
    assert match_regions(none, some, first_descriptors=no, second_descriptors=one) == []
