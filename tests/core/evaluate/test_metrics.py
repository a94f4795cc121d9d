"""Region metrics against hand-counted cases, slow literal versions, and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import spearmanr

from acseg_core.evaluate import metrics
from acseg_core.evaluate.metrics import BoundaryCounts, ClassCounts, TrueBoundaries

LEFT_RIGHT = np.array([[0, 0, 1, 1], [0, 0, 1, 1]])
TOP_BOTTOM = np.array([[0, 0, 0, 0], [1, 1, 1, 1]])

small_maps = arrays(np.int64, (6, 7), elements=st.integers(0, 4))


def classes_of(regions: np.ndarray, classes: np.ndarray, count: int) -> ClassCounts:
    return ClassCounts.of(metrics.oracle_confusion(metrics.contingency(regions, classes), count))


def test_contingency_counts_shared_pixels_and_leaves_void_out() -> None:
    truth = np.array([[0, 2, 2, -1], [0, 2, 2, 2]])
    assert metrics.contingency(LEFT_RIGHT, truth).tolist() == [[2, 0, 2], [0, 0, 3]]


def test_contingency_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        metrics.contingency(LEFT_RIGHT, np.zeros((3, 3), int))
    with pytest.raises(ValueError, match="cover the image"):
        metrics.contingency(LEFT_RIGHT - 1, LEFT_RIGHT)


def test_contingency_of_small_integers_does_not_overflow() -> None:
    regions = np.full((20, 20), 200, np.uint8)
    assert metrics.contingency(regions, np.full((20, 20), 80, np.int32))[200, 80] == 400


def test_oracle_gives_the_majority_class_and_scores_by_hand() -> None:
    """Two regions of four pixels; three pixels of the first are class 1, all of the second class 0."""
    classes = np.array([[1, 1, 0, 0], [1, 0, 0, 0]])
    counts = classes_of(LEFT_RIGHT, classes, 3)
    assert metrics.oracle_classes(metrics.contingency(LEFT_RIGHT, classes)).tolist() == [1, 0]
    assert metrics.pixel_accuracy(counts) == pytest.approx(7 / 8)
    assert metrics.mean_iou(counts) == pytest.approx((4 / 5 + 3 / 4) / 2)  # class 2 does not occur


def test_mean_iou_pools_images_before_dividing() -> None:
    whole = np.zeros((2, 4), int)
    counts = classes_of(whole, np.array([[0, 0, 0, 0], [0, 1, 1, 1]]), 2) + classes_of(whole, whole + 1, 2)
    assert metrics.mean_iou(counts) == pytest.approx((5 / 8 + 8 / 11) / 2)


def test_a_set_that_is_void_all_over_has_no_figures() -> None:
    counts = classes_of(LEFT_RIGHT, np.full((2, 4), -1), 2)
    assert math.isnan(metrics.mean_iou(counts))
    assert math.isnan(metrics.pixel_accuracy(counts))
    assert math.isnan(metrics.covering(metrics.contingency(LEFT_RIGHT, np.full((2, 4), -1))))
    assert math.isnan(metrics.variation_of_information(metrics.contingency(LEFT_RIGHT, np.full((2, 4), -1))))


@settings(deadline=None)
@given(small_maps, small_maps, st.permutations(range(5)))
def test_class_figures_against_a_loop_and_any_numbering(
    regions: np.ndarray, classes: np.ndarray, order: list[int]
) -> None:
    painted = np.zeros_like(classes)
    for region in np.unique(regions):
        inside = classes[regions == region]
        painted[regions == region] = max(range(5), key=lambda label, inside=inside: (inside == label).sum())
    ious = []
    for label in np.unique(classes):
        both = ((painted == label) & (classes == label)).sum()
        ious.append(both / ((painted == label) | (classes == label)).sum())
    for numbering in (regions, np.array(order)[regions]):
        counts = classes_of(numbering, classes, 5)
        assert metrics.mean_iou(counts) == pytest.approx(np.mean(ious))
        assert metrics.pixel_accuracy(counts) == pytest.approx((painted == classes).mean())


def literal_covering(regions: np.ndarray, truth: np.ndarray) -> float:
    total = 0.0
    for segment in np.unique(truth):
        inside = truth == segment
        overlaps = [(inside & (regions == r)).sum() / (inside | (regions == r)).sum() for r in np.unique(regions)]
        total += inside.sum() * max(overlaps)
    return total / truth.size


def literal_variation(regions: np.ndarray, truth: np.ndarray) -> float:
    total = 0.0
    for r in np.unique(regions):
        for t in np.unique(truth):
            both = ((regions == r) & (truth == t)).mean()
            if both:
                total -= both * (math.log(both / (regions == r).mean()) + math.log(both / (truth == t).mean()))
    return total


@settings(deadline=None)
@given(small_maps, small_maps)
def test_covering_and_variation_against_their_formulas(regions: np.ndarray, truth: np.ndarray) -> None:
    table = metrics.contingency(regions, truth)
    assert metrics.covering(table) == pytest.approx(literal_covering(regions, truth))
    assert metrics.variation_of_information(table) == pytest.approx(literal_variation(regions, truth), abs=1e-12)
    assert metrics.variation_of_information(table.T) == pytest.approx(metrics.variation_of_information(table))


@settings(deadline=None)
@given(small_maps, st.permutations(range(5)))
def test_equal_partitions_are_perfect_however_they_are_numbered(regions: np.ndarray, order: list[int]) -> None:
    renumbered = np.array(order)[regions]
    table = metrics.contingency(renumbered, regions)
    assert metrics.covering(table) == pytest.approx(1)
    assert metrics.variation_of_information(table) == pytest.approx(0, abs=1e-12)
    assert TrueBoundaries.of((regions,)).compare(renumbered).f == 1


def test_covering_and_variation_by_hand() -> None:
    table = metrics.contingency(LEFT_RIGHT, TOP_BOTTOM)
    assert metrics.covering(table) == pytest.approx(2 / 6)
    assert metrics.variation_of_information(table) == pytest.approx(2 * math.log(2))


def test_band_is_so_many_pixels_on_either_side() -> None:
    classes = np.zeros((5, 20), int)
    classes[:, 10:] = 1
    band = metrics.class_band(classes, 3)
    assert np.flatnonzero(band[2]).tolist() == [7, 8, 9, 10, 11, 12]
    assert not metrics.class_band(np.zeros((5, 5), int)).any()


def test_band_knows_no_border_of_void() -> None:
    classes = np.zeros((5, 20), int)
    classes[:, 10:] = -1
    assert not metrics.class_band(classes).any()
    classes[:, :3] = 1
    band = metrics.class_band(classes, 30)
    assert band[:, :10].all()
    assert not band[:, 10:].any()


@settings(deadline=None, max_examples=30)
@given(arrays(np.int64, (8, 9), elements=st.integers(-1, 2)))
def test_band_against_all_pairs(classes: np.ndarray) -> None:
    height, width = classes.shape
    edges = [
        (y, x)
        for y in range(height)
        for x in range(width)
        for v, u in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1))
        if 0 <= v < height and 0 <= u < width and min(classes[y, x], classes[v, u]) >= 0
        if classes[y, x] != classes[v, u]
    ]
    expected = [
        [classes[y, x] >= 0 and any(math.hypot(y - v, x - u) < 2.5 for v, u in edges) for x in range(width)]
        for y in range(height)
    ]
    assert metrics.class_band(classes, 2.5).tolist() == expected  # type: ignore[arg-type]


def test_boundary_is_thin_and_by_hand() -> None:
    assert metrics.boundary(LEFT_RIGHT).tolist() == [[False, True, False, False]] * 2
    assert metrics.boundary(np.array([[0, -1], [0, 1]])).tolist() == [[False, False], [True, False]]
    assert not metrics.boundary(np.zeros((1, 1), int)).any()


def test_boundaries_agree_within_the_tolerance_only() -> None:
    truth = np.zeros((30, 40), int)  # diagonal 50
    truth[:, 20:] = 1
    for shift, agrees in ((0, True), (2, True), (3, False)):
        regions = np.roll(truth, shift, axis=1)
        regions[:, :shift] = 0
        counts = TrueBoundaries.of((truth,), tolerance=0.05).compare(regions)  # 2.5 pixels
        assert counts == BoundaryCounts(30, 30 * agrees, 30, 30 * agrees)


def test_several_annotators_share_precision_and_add_up_recall() -> None:
    first, second, neither = (np.zeros((10, 60), int) for _ in range(3))
    first[:, 20:] = 1
    second[:, 40:] = 1
    truth = TrueBoundaries.of((first, second, neither), tolerance=0.02)
    assert truth.compare(first) == BoundaryCounts(found=10, found_right=10, true=20, true_found=10)
    both = truth.compare(first + second)
    assert (both.precision, both.recall, both.f) == (1, 1, 1)


def test_no_boundaries_on_either_side() -> None:
    plain = np.zeros((5, 5), int)
    halves = np.array([[0, 0, 1, 1, 1]] * 5)
    assert TrueBoundaries.of((plain,)).compare(plain).f == 1
    found_nothing = TrueBoundaries.of((halves,)).compare(plain)
    assert (found_nothing.precision, found_nothing.recall, found_nothing.f) == (1, 0, 0)
    assert TrueBoundaries.of((plain,)).compare(halves).precision == 0


def test_boundaries_in_void_are_not_held_against_anybody() -> None:
    truth = np.full((5, 12), -1)
    truth[:, :4] = 0
    regions = np.zeros((5, 12), int)
    regions[:, 8:] = 1
    assert TrueBoundaries.of((truth,)).compare(regions).found == 0


def test_components_are_counted_across_corners_and_without_void() -> None:
    classes = np.array([[1, 0, 0], [0, 1, 0], [-1, 0, 1]])
    parts = metrics.components(classes)
    assert metrics.count_regions(parts) == 3 - 1  # ones touch at corners; so do the zeros
    assert parts[2, 0] == -1
    split = metrics.components(np.array([[2, 0, 2], [2, 0, 2]]))
    assert metrics.count_regions(split) == 3
    assert len({split[0, 0], split[0, 1], split[0, 2]}) == 3


def test_spearman_by_hand_and_without_variation() -> None:
    assert metrics.spearman(np.array([1, 2, 3]), np.array([10, 20, 15])) == pytest.approx(0.5)
    assert math.isnan(metrics.spearman(np.array([1, 1, 1]), np.array([1, 2, 3])))
    assert math.isnan(metrics.spearman(np.array([1]), np.array([1])))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=30))
def test_spearman_against_scipy(pairs: list[tuple[int, int]]) -> None:
    first, second = (np.array(values) for values in zip(*pairs, strict=True))
    if np.ptp(first) and np.ptp(second):
        assert metrics.spearman(first, second) == pytest.approx(spearmanr(first, second).statistic)
