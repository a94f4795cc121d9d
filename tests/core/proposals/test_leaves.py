"""Fine concepts: found by Ward's method, settled by k-means, compared by their means."""

from __future__ import annotations

import numpy as np
import pytest

from acseg_core.proposals.leaves import cluster_means, fine_concepts, settle, similarity_to_means
from acseg_core.proposals.patches import unit

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
