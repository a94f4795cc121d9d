"""Settings that give a wanted mean count."""

import numpy as np
import pytest

from acseg_core.evaluate.regions.equal_counts import common_height, matched_settings


def mean_count(heights: list[np.ndarray], threshold: float) -> float:
    return float(np.mean([1 + (each > threshold).sum() for each in heights]))


@pytest.mark.parametrize("count", [1, 2.5, 4, 7.2, 16])
def test_a_common_height_gives_the_mean_count(count: float) -> None:
    random = np.random.default_rng(0)
    heights = [np.sort(random.random(31).astype(np.float32)) * (1 + index) for index in range(10)]
    assert mean_count(heights, common_height(heights, count)) == pytest.approx(count, abs=0.051)


def test_trees_with_too_few_leaves_are_left_whole() -> None:
    heights = [np.array([0.0, 0.5], np.float32), np.array([0.2], np.float32)]
    assert mean_count(heights, common_height(heights, 9)) == 2.5


def test_of_equal_heights_the_nearer_side_is_taken() -> None:
    heights = [np.array([0.1, 0.5, 0.5, 0.5, 0.9], np.float32)]
    assert mean_count(heights, common_height(heights, 2)) == 2
    assert mean_count(heights, common_height(heights, 3)) == 2
    assert mean_count(heights, common_height(heights, 4)) == 5


def test_images_share_two_settings_so_that_the_mean_fits() -> None:
    counts = np.tile(np.arange(1, 10), (20, 1))
    chosen = matched_settings(counts, 6.25, seed=3)
    assert set(chosen) == {5, 6}  # six and seven clusters
    assert counts[np.arange(20), chosen].mean() == pytest.approx(6.25)
    assert np.array_equal(chosen, matched_settings(counts, 6.25, seed=3))
    assert not np.array_equal(chosen, matched_settings(counts, 6.25, seed=4))


def test_a_whole_count_is_the_same_for_all_images() -> None:
    assert set(matched_settings(np.tile(np.arange(1, 10), (5, 1)), 4.0)) == {3}


def test_counts_that_vary_from_image_to_image() -> None:
    random = np.random.default_rng(1)
    counts = np.sort(random.integers(1, 40, (30, 12)), axis=1)
    chosen = matched_settings(counts, 11.0)
    assert counts[np.arange(30), chosen].mean() == pytest.approx(11, abs=0.2)


def test_out_of_reach_means_the_nearest_end() -> None:
    counts = np.array([[3, 5], [3, 5]])
    assert matched_settings(counts, 1.0).tolist() == [0, 0]
    assert matched_settings(counts, 50.0).tolist() == [1, 1]
