"""The granularity that suits a data set, from the heights of its trees alone."""

import numpy as np
import pytest

from acseg_core.proposals.calibration import FEWEST, MOST, calibrated_granularity, usual_count
from acseg_core.proposals.tree import DEFAULT_GRANULARITY, threshold_of


def tree(*granularities):
    """Heights of a tree: a merge is undone from each of these granularities on."""
    return np.sort(np.array([threshold_of(each) for each in granularities], np.float32))


def grown(*, at, count):
    """A tree that has a region more every .01 from there on."""
    return tree(*(at + 0.01 * number + 0.005 for number in range(count)))


def test_the_usual_count_is_that_of_most_images():
    few, many = tree(0.7), tree(*np.linspace(0.1, 0.4, 99))
    assert usual_count([few], 0.5) == 1
    assert usual_count([few] * 9 + [many], 0.5) == pytest.approx(100**0.1)
    assert usual_count([many], 0.5) == pytest.approx(100)
    with pytest.raises(ValueError, match="no tree"):
        usual_count([], 0.5)


@pytest.mark.parametrize("count", [4, 8, 24])
def test_a_data_set_that_is_cut_sensibly_keeps_the_default(count):
    heights = [tree(*np.linspace(0.1, 0.4, count - 1), *np.linspace(0.55, 0.9, 50))] * 5
    assert calibrated_granularity(heights) == DEFAULT_GRANULARITY


def test_images_of_one_region_are_cut_finer_until_most_have_a_few():
    heights = [grown(at=0.6, count=30) for _ in range(10)]
    chosen = calibrated_granularity(heights)
    assert usual_count(heights, 0.5) == 1
    assert usual_count(heights, chosen) >= FEWEST > usual_count(heights, chosen - 0.01)
    assert chosen == 0.62


def test_a_few_crowded_images_do_not_hide_that_the_others_have_one_region():
    """The plain mean of these is 12 regions."""
    heights = [grown(at=0.6, count=30)] * 9 + [tree(*np.linspace(0.1, 0.4, 110))]
    assert 0.6 <= calibrated_granularity(heights) < 0.65


def test_images_of_hundreds_of_regions_are_cut_coarser():
    heights = [grown(at=0.2, count=70) for _ in range(10)]
    chosen = calibrated_granularity(heights)
    assert usual_count(heights, 0.5) > MOST >= usual_count(heights, chosen)
    assert usual_count(heights, chosen + 0.01) > MOST
    assert chosen == 0.44


@pytest.mark.parametrize("heights", [np.zeros(0, np.float32), np.zeros(5, np.float32)])
def test_plain_images_are_left_as_they_are(heights):
    """Nothing tells parts of them apart: no granularity but the last makes more than one region."""
    assert calibrated_granularity([heights] * 20) == DEFAULT_GRANULARITY
