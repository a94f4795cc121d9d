"""Wrong names that are planted among right ones, and found."""

import numpy as np
import pytest

from acseg_core.names.doubts import doubtful_names


def named_regions(per_label=40, labels=5, dim=24, spread=0.25, images=25, seed=0):
    """(n, D) float16 descriptors around one direction a label, their labels from 10, areas, and images."""
    random = np.random.default_rng(seed)
    truth = np.tile(np.arange(labels), per_label)
    centres = random.normal(size=(labels, dim))
    points = centres[truth] + spread * random.normal(size=(len(truth), dim))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    areas = random.integers(100, 5000, len(truth))
    return points.astype(np.float16), truth + 10, areas, random.integers(0, images, len(truth))


def doubted(points, labels, areas, images):
    return doubtful_names(points, labels, areas=areas, images=images)


def test_planted_names_are_found_and_what_they_are_is_known():
    points, truth, areas, images = named_regions()
    wrong = np.array([3, 50, 77, 120, 199])
    given = truth.copy()
    given[wrong] = 10 + (truth[wrong] - 9) % 5
    found = doubted(points, given, areas, images)
    assert set(found.rows) == set(wrong)
    np.testing.assert_array_equal(found.labels, truth[found.rows])
    assert (found.confidences > 0.5).all()
    assert (np.diff(found.confidences) <= 0).all()


def test_a_whole_cluster_with_a_wrong_name_inside_of_a_label_is_found():
    """Regions that look alike speak for each other: what is doubted is what looks like another label's."""
    points, truth, areas, images = named_regions(per_label=60)
    wrong = np.flatnonzero(truth == 12)[:12]
    given = truth.copy()
    given[wrong] = 11
    found = doubted(points, given, areas, images)
    assert set(wrong) <= set(found.rows)
    assert (found.labels[np.isin(found.rows, wrong)] == 12).all()


def test_nothing_is_doubted_where_all_is_right_and_apart():
    assert len(doubted(*named_regions())) == 0


def test_it_says_the_same_whatever_the_order_of_the_regions():
    points, truth, areas, images = named_regions(spread=0.9)
    first = doubted(points, truth, areas, images)
    order = np.random.default_rng(1).permutation(len(truth))
    second = doubted(points[order], truth[order], areas[order], images[order])
    assert 0 < len(first) < len(truth)
    assert dict(zip(first.rows, first.labels, strict=True)) == dict(zip(order[second.rows], second.labels, strict=True))
    again = doubted(points, truth, areas, images)
    np.testing.assert_array_equal(first.rows, again.rows)
    np.testing.assert_array_equal(first.confidences, again.confidences)


def test_a_region_does_not_speak_for_its_own_name_when_there_are_few():
    """In 384 dimensions a region fits any name that it is learned with; what the others say finds the wrong one."""
    points, truth, areas, images = named_regions(per_label=8, labels=4, dim=384, spread=0.4)
    given = truth.copy()
    given[5] = 10 + (truth[5] - 9) % 4
    found = doubted(points, given, areas, images)
    assert found.rows.tolist() == [5]
    assert found.labels.tolist() == [truth[5]]


@pytest.mark.parametrize("count", [1, 2])
def test_a_name_that_hardly_any_region_has_is_not_doubted(count):
    points, truth, areas, images = named_regions()
    given = truth.copy()
    given[np.flatnonzero(truth == 10)[:count]] = 99
    assert not np.isin(doubted(points, given, areas, images).rows, np.flatnonzero(given == 99)).any()


def test_one_label_or_no_region_at_all_leave_nothing_to_doubt():
    points, truth, areas, images = named_regions()
    assert len(doubted(points, np.full_like(truth, 7), areas, images)) == 0
    none = slice(0, 0)
    assert len(doubted(points[none], truth[none], areas[none], images[none])) == 0
    assert len(doubted(points[:1], truth[:1], areas[:1], images[:1])) == 0


def test_descriptors_that_say_nothing_doubt_nothing():
    _, truth, areas, images = named_regions()
    same = np.full((len(truth), 8), 8**-0.5, np.float16)
    assert len(doubted(same, truth, areas, images)) == 0
    assert len(doubted(np.zeros_like(same), truth, areas, images)) == 0


def test_broken_descriptors_are_passed_by_and_the_rest_is_as_without_them():
    points, truth, areas, images = named_regions()
    given = truth.copy()
    given[3] = 10 + (truth[3] - 9) % 5
    broken = points.copy()
    broken[[7, 8]] = [[np.nan], [0]]
    assert doubted(broken, given, areas, images).rows.tolist() == [3]


def test_one_image_is_enough():
    points, truth, areas, images = named_regions()
    given = truth.copy()
    given[20] = 10 + (truth[20] - 9) % 5
    assert doubted(points, given, areas, np.zeros_like(images)).rows.tolist() == [20]


def test_more_labels_than_dimensions_and_few_regions_each():
    points, truth, areas, images = named_regions(per_label=5, labels=30, dim=16)
    found = doubted(points, truth, areas, images)
    assert np.isfinite(found.confidences).all()
    assert (found.confidences <= 1).all()
    assert len(found) < len(truth) / 4


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("labels", [2, 4, 13, 24])
def test_names_of_one_look_each_are_no_reason_to_fail(labels, times):
    """A person has just begun, or photos are copies: within a name nothing differs but what rounding leaves."""
    for seed in range(6):
        random = np.random.default_rng(seed)
        points = random.normal(size=(labels, 384)) + 2 * random.normal(size=384)
        points /= np.linalg.norm(points, axis=1, keepdims=True)
        names = np.repeat(np.arange(labels), times)
        areas, images = random.integers(1, 100_000, len(names)), random.integers(0, 30, len(names))
        assert len(doubted(points.astype(np.float16)[names], names, areas, images)) == 0


def test_unequal_lengths_are_refused():
    points, truth, areas, images = named_regions()
    with pytest.raises(ValueError, match="equally many"):
        doubted(points, truth[1:], areas, images)
