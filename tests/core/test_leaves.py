"""Fine concepts: found by Ward's method, settled by k-means, compared by their means."""

from __future__ import annotations

import numpy as np
import pytest

from acseg_core.leaves import cluster_means, fine_concepts, settle, settled_similarity, similarity_to_means
from acseg_core.patches import unit

QUARTERS = np.arange(4).reshape(2, 2).repeat(4, 0).repeat(4, 1)


def noisy_quarters() -> np.ndarray:
    """(8, 8, 6) float32 unit tokens in four quarters that differ, with some noise."""
    random = np.random.default_rng(0)
    return unit((random.normal(size=(4, 6))[QUARTERS] + 0.2 * random.normal(size=(8, 8, 6))).astype(np.float32))


def same_partition(first: np.ndarray, second: np.ndarray) -> bool:
    pairs = set(zip(np.ravel(first).tolist(), np.ravel(second).tolist(), strict=True))
    return len(pairs) == len(np.unique(first)) == len(np.unique(second))


def test_fine_concepts_find_the_quarters():
    assert same_partition(fine_concepts(noisy_quarters(), 4), QUARTERS)


def test_fewer_patches_than_concepts_stay_single():
    assert fine_concepts(noisy_quarters()[3:5, 3:5], 32).tolist() == [[0, 1], [2, 3]]


def test_settling_finds_groups_from_a_poor_start():
    start = QUARTERS.copy()
    start[:, 3:5] = start[:, 4:2:-1]  # the columns beside the middle are exchanged
    assert same_partition(settle(noisy_quarters(), start, steps=5), QUARTERS)
    assert same_partition(settle(noisy_quarters(), start, steps=0), start)


def test_similarity_is_the_cosine_to_the_mean():
    described = noisy_quarters()
    similarity = similarity_to_means(described, QUARTERS)
    mean = described[QUARTERS == 1].mean(axis=0)
    assert similarity[2, 1, 1] == pytest.approx(float(described[2, 1] @ mean / np.linalg.norm(mean)), abs=1e-6)


def test_cluster_means():
    points = np.array([[0, 0], [2, 0], [0, 6]], np.float32)
    assert cluster_means(points, np.array([0, 0, 1])).tolist() == [[1, 0], [0, 6]]


def test_cluster_means_of_many_points():
    random = np.random.default_rng(0)
    points = random.normal(size=(500, 20)).astype(np.float32)
    clusters = random.permutation(np.arange(500) % 32)
    expected = [points[clusters == cluster].mean(axis=0) for cluster in range(32)]
    np.testing.assert_allclose(cluster_means(points, clusters), expected, atol=1e-6)


def at_angles(*degrees: float) -> np.ndarray:
    """(1, n, 2) float32 unit vectors."""
    radians = np.radians(degrees)
    return np.stack([np.cos(radians), np.sin(radians)], axis=-1).astype(np.float32)[None]


def test_a_region_does_not_win_patches_by_an_outlying_cluster():
    """The patch at 62 degrees is most like the lone cluster at 50, yet farther from that region than from the other."""
    described = at_angles(*[0] * 6, 50, *[90] * 6, 62)
    clusters = np.array([[*[0] * 6, 1, *[2] * 6, 2]])
    assert similarity_to_means(described, clusters)[0, -1].argmax() == 1
    assert settled_similarity(described, clusters, np.array([5, 5, 3]))[0, -1].argmax() == 2
    # Where every cluster is a region of its own there is nothing to settle.
    assert settled_similarity(described, clusters, np.arange(3))[0, -1].argmax() == 1


def test_settled_clusters_are_as_near_as_their_region_and_keep_their_order():
    described = noisy_quarters()
    clusters = np.arange(16).reshape(4, 4).repeat(2, 0).repeat(2, 1)
    region_of_cluster = np.array([[0, 1], [2, 3]]).repeat(2, 0).repeat(2, 1).ravel()
    plain = similarity_to_means(described, clusters)
    settled = settled_similarity(described, clusters, region_of_cluster)
    regions = similarity_to_means(described, region_of_cluster[clusters])
    for region in range(4):
        members = region_of_cluster == region
        np.testing.assert_allclose(settled[..., members].max(axis=2), regions[..., region], atol=1e-6)
        order = plain[..., members].argsort(axis=2)
        assert np.array_equal(settled[..., members].argsort(axis=2), order)
    # With one region there is no other to lose a patch to: every patch keeps its best cluster.
    whole = settled_similarity(described, clusters, np.zeros(16, int))
    assert np.array_equal(whole.argmax(axis=2), plain.argmax(axis=2))
