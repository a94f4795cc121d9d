"""Merges of fine concepts: Ward's own where the settings say so, and what each setting changes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage

from acseg_core.config import TreeConfig
from acseg_core.merging import (
    cluster_means,
    describe,
    fine_concepts,
    grow_tree,
    merge_concepts,
    patch_weights,
    scene_scale,
    settle,
    similarity_to_means,
)

WARD = TreeConfig(saliency=0, size_exponent=1, contact=0, boundary=0, spread=0, spots=0)


def blobs(seed: int = 0, *, side: int = 8, dim: int = 6) -> np.ndarray:
    """(side, side, dim) float32 unit tokens in four quarters that differ, with some noise."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(2, 2, dim))
    tokens = centres.repeat(side // 2, 0).repeat(side // 2, 1) + 0.2 * random.normal(size=(side, side, dim))
    return describe(tokens.astype(np.float32), None)


def same_partition(first, second) -> bool:
    pairs = set(zip(np.ravel(first).tolist(), np.ravel(second).tolist(), strict=True))
    return len(pairs) == len(np.unique(first)) == len(np.unique(second))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("count", [2, 3, 4, 9])
def test_plain_settings_are_wards_method(seed, count):
    """With single patches as leaves and nothing changed, SciPy's Ward gives the same clusters."""
    described = blobs(seed)
    single = np.arange(64).reshape(8, 8)
    tree = merge_concepts(described, single, np.ones((8, 8)), WARD)
    expected = linkage(described.reshape(64, -1), "ward")
    assert same_partition(tree.cut_to(count), fcluster(expected, count, "maxclust"))
    # SciPy's heights are sqrt(2 ab / (a + b)) d with sizes in patches, ours sqrt(ab / (a + b)) d with shares.
    np.testing.assert_allclose(tree.heights, expected[:, 2] / np.sqrt(2 * 64), rtol=1e-4)


def test_fine_concepts_find_the_quarters():
    clusters = fine_concepts(blobs(), 4)
    quarters = np.arange(4).reshape(2, 2).repeat(4, 0).repeat(4, 1)
    assert same_partition(clusters, quarters)


def test_fewer_patches_than_concepts_stay_single():
    assert fine_concepts(blobs(side=2), 32).tolist() == [[0, 1], [2, 3]]


def test_contact_merges_neighbours_first():
    """Three equally distant regions of one size: the two that touch along most of their outline go first."""
    leaf = np.array([[0, 1, 1], [0, 2, 2]])
    described = np.eye(3, dtype=np.float32)[leaf]
    tree = merge_concepts(described, leaf, np.ones((2, 3)), TreeConfig(contact=0.5))
    assert tree.merges[0].tolist() == [1, 2]


def test_saliency_keeps_what_is_looked_at_apart():
    """Two pairs of equally distant regions: the less salient pair merges first."""
    described = np.zeros((4, 4, 4), np.float32)
    leaf = np.arange(4)[:, None].repeat(4, 1)
    described[np.arange(4)] = np.array([[1, 0, 0, 0], [0.8, 0.6, 0, 0], [0, 0, 1, 0], [0, 0, 0.8, 0.6]])[:, None]
    attention = np.ones((4, 4), np.float32)
    attention[:2] = 3
    settings = TreeConfig(contact=0, size_exponent=1, saliency=1)
    tree = merge_concepts(described, leaf, patch_weights(attention, 1, (4, 4)), settings)
    assert tree.merges[:2].tolist() == [[2, 3], [0, 1]]


def test_without_attention_all_patches_weigh_the_same():
    assert (patch_weights(None, 0.4, (2, 3)) == 1).all()
    assert (patch_weights(np.zeros((2, 3), np.float32), 0.4, (2, 3)) == 1).all()


def test_busier_scenes_are_cut_finer():
    calm = np.ones((8, 8, 6), np.float32)
    calm[:, 4:] = [1, 1, 1, -1, -1, -1]
    busy = np.random.default_rng(0).normal(size=(8, 8, 6)).astype(np.float32)
    settings = TreeConfig()
    assert scene_scale(busy, None, settings) > scene_scale(calm, None, settings)
    one, many = np.zeros((2, 24, 24), np.float32)
    one[4, 4] = 1
    many[2::8, 2::8] = 1
    spots = TreeConfig(boundary=0, spread=0)
    assert scene_scale(busy, many, spots) > scene_scale(busy, one, spots)
    assert scene_scale(busy, many, WARD) == pytest.approx(1)


def test_the_scale_moves_the_default_cut_and_leaves_the_coarsest_alone():
    described = blobs()
    leaf = fine_concepts(described, 12)
    plain, busy = (merge_concepts(described, leaf, np.ones((8, 8)), TreeConfig(), scale=scale) for scale in (1, 1.5))
    ratio = busy.heights / plain.heights
    low = plain.heights < 0.07
    assert low.any()
    np.testing.assert_allclose(ratio[low], 1.5, rtol=1e-5)
    assert 1 < ratio[-1] < 1.25
    np.testing.assert_array_equal(plain.merges, busy.merges)


def test_the_keys_share_is_their_weight_in_the_cosine():
    random = np.random.default_rng(0)
    tokens, keys = random.normal(size=(2, 3, 4, 6)).astype(np.float32)
    described = describe(tokens, keys, key_share=0.3)
    np.testing.assert_allclose(np.linalg.norm(described, axis=2), 1, rtol=1e-5)
    expected = 0.7 * describe(tokens, None) + 0
    cosine = (expected[0, 0] @ describe(tokens, None)[2, 3]) + 0.3 * (
        describe(keys, None)[0, 0] @ describe(keys, None)[2, 3]
    )
    assert described[0, 0] @ described[2, 3] == pytest.approx(float(cosine), abs=1e-6)


def test_settling_finds_groups_from_a_poor_start():
    described = blobs()
    quarters = np.arange(4).reshape(2, 2).repeat(4, 0).repeat(4, 1)
    start = quarters.copy()
    start[:, 3:5] = start[:, 4:2:-1]  # the columns beside the middle are exchanged
    assert same_partition(settle(described, start, steps=5), quarters)
    assert same_partition(settle(described, start, steps=0), start)


def test_a_start_of_many_clusters_is_merged_to_the_leaves_wanted():
    tokens = blobs()
    start = np.arange(64).reshape(8, 8)
    grown = grow_tree(tokens, None, None, TreeConfig(leaves=4), start=start)
    assert grown.tree.leaves == grown.similarity.shape[2] == 4
    quarters = np.arange(4).reshape(2, 2).repeat(4, 0).repeat(4, 1)
    assert same_partition(grown.similarity.argmax(axis=2), quarters)


def test_similarity_is_the_cosine_to_the_mean():
    described = blobs()
    clusters = fine_concepts(described, 4)
    similarity = similarity_to_means(described, clusters)
    mean = described[clusters == 1].mean(axis=0)
    assert similarity[2, 1, 1] == pytest.approx(float(described[2, 1] @ mean / np.linalg.norm(mean)), abs=1e-6)


@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (5, 1)])
def test_tiny_grids_work(shape):
    tokens = np.random.default_rng(0).normal(size=(*shape, 6)).astype(np.float32)
    described = describe(tokens, tokens)
    leaf = fine_concepts(described, 3)
    tree = merge_concepts(
        described,
        leaf,
        np.ones(shape),
        TreeConfig(),
        scale=scene_scale(tokens, np.ones(shape, np.float32), TreeConfig()),
    )
    assert tree.leaves == leaf.max() + 1 <= 3


def test_uniform_image_has_a_tree():
    """Identical tokens everywhere: no division by zero, and the default threshold joins all."""
    tokens = np.ones((6, 6, 4), np.float32)
    leaf = fine_concepts(describe(tokens, None), 4)
    tree = merge_concepts(describe(tokens, None), leaf, np.ones((6, 6)), TreeConfig())
    assert len(np.unique(tree.cut(0.01))) == 1


def test_cluster_means():
    points = np.array([[0, 0], [2, 0], [0, 6]], np.float32)
    assert cluster_means(points, np.array([0, 0, 1])).tolist() == [[1, 0], [0, 6]]


@pytest.mark.parametrize(
    "wrong", [{"fine": "other"}, {"leaves": 1}, {"leaves": 65}, {"contact": 1.0}, {"spread": -1}, {"key_share": 1.1}]
)
def test_settings_are_validated(wrong):
    with pytest.raises(ValueError, match=r"fine|leaves|range"):
        TreeConfig(**wrong)
