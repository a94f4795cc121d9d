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
    assert settled_similarity(described, clusters, [np.array([5, 5, 3])], temperature=0.02)[0, -1].argmax() == 2
    # Where every cluster is a region of its own there is nothing to settle.
    single = settled_similarity(described, clusters, [np.arange(3)], temperature=0.02)
    np.testing.assert_allclose(single, similarity_to_means(described, clusters), atol=1e-6)


def parts(similarity: np.ndarray, temperature: float) -> np.ndarray:
    """Softmax over the last axis."""
    powers = np.exp((similarity - similarity.max(axis=-1, keepdims=True)) / temperature)
    return powers / powers.sum(axis=-1, keepdims=True)


def test_settled_clusters_have_the_part_of_their_region_and_keep_theirs_of_it():
    described = noisy_quarters()
    clusters = np.arange(16).reshape(4, 4).repeat(2, 0).repeat(2, 1)
    fine = np.array([[0, 1], [2, 3]]).repeat(2, 0).repeat(2, 1).ravel()
    coarse = fine // 2
    plain = parts(similarity_to_means(described, clusters), 0.1)
    settled = parts(settled_similarity(described, clusters, [fine, coarse], temperature=0.1), 0.1)
    halves = parts(similarity_to_means(described, coarse[clusters]), 0.1)
    quarters = parts(similarity_to_means(described, fine[clusters]), 0.1)
    for half in range(2):
        inside = settled[..., coarse == half].sum(axis=2)
        np.testing.assert_allclose(inside, halves[..., half], atol=1e-5)
        wanted = quarters[..., 2 * half] / quarters[..., 2 * half : 2 * half + 2].sum(axis=2)
        np.testing.assert_allclose(settled[..., fine == 2 * half].sum(axis=2), inside * wanted, atol=1e-5)
    for quarter in range(4):
        before, after = plain[..., fine == quarter], settled[..., fine == quarter]
        shares = (each / each.sum(axis=2, keepdims=True) for each in (before, after))
        np.testing.assert_allclose(*shares, atol=1e-4)


def test_settling_one_region_changes_nobodys_part():
    described = noisy_quarters()
    clusters = np.arange(16).reshape(4, 4).repeat(2, 0).repeat(2, 1)
    settled = settled_similarity(described, clusters, [np.zeros(16, int)], temperature=0.1)
    plain = similarity_to_means(described, clusters)
    np.testing.assert_allclose(parts(settled, 0.1), parts(plain, 0.1), atol=1e-5)
