"""Merges of fine concepts: Ward's own where the settings say so, and what each setting changes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage

from acseg_core.config import TreeConfig
from acseg_core.proposals.leaves import fine_concepts, similarity_to_means
from acseg_core.proposals.merging import _kept_below, grow_tree, merge_concepts
from acseg_core.proposals.patches import Patches, unit
from acseg_core.proposals.tree import DEFAULT_THRESHOLD, ConceptTree

WARD = TreeConfig(saliency=0, size_exponent=1, contact=0, contrast=0, steps=0, parts=0, own_heights=0)
QUARTERS = np.arange(4).reshape(2, 2).repeat(4, 0).repeat(4, 1)


def blobs(seed: int = 0, *, side: int = 8, dim: int = 6) -> np.ndarray:
    """(side, side, dim) float32 unit tokens in four quarters that differ, with some noise."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(2, 2, dim))
    tokens = centres.repeat(side // 2, 0).repeat(side // 2, 1) + 0.2 * random.normal(size=(side, side, dim))
    return unit(tokens.astype(np.float32))


def merged(described: np.ndarray, leaf: np.ndarray, config: TreeConfig, **known: np.ndarray) -> ConceptTree:
    return merge_concepts(Patches(described, **known), described, leaf, config)


def same_partition(first, second) -> bool:
    pairs = set(zip(np.ravel(first).tolist(), np.ravel(second).tolist(), strict=True))
    return len(pairs) == len(np.unique(first)) == len(np.unique(second))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("count", [2, 3, 4, 9])
def test_plain_settings_are_wards_method(seed, count):
    """With single patches as leaves and nothing changed, SciPy's Ward gives the same clusters."""
    described = blobs(seed)
    tree = merged(described, np.arange(64).reshape(8, 8), WARD)
    expected = linkage(described.reshape(64, -1), "ward")
    assert same_partition(tree.cut_to(count), fcluster(expected, count, "maxclust"))
    # Heights are Ward's, up to the unit that the default threshold is given in.
    ratio = tree.heights / expected[:, 2]
    np.testing.assert_allclose(ratio, ratio[0], rtol=1e-4)


def test_contact_merges_neighbours_first():
    """Three equally distant regions of one size: the two that touch along most of their outline go first."""
    leaf = np.array([[0, 1, 1], [0, 2, 2]])
    described = np.eye(3, dtype=np.float32)[leaf]
    tree = merged(described, leaf, TreeConfig(contact=0.5, contrast=0))
    assert tree.merges[0].tolist() == [1, 2]


def test_saliency_keeps_what_is_looked_at_apart():
    """Two pairs of equally distant regions: the less salient pair merges first."""
    described = np.zeros((4, 4, 4), np.float32)
    leaf = np.arange(4)[:, None].repeat(4, 1)
    described[np.arange(4)] = np.array([[1, 0, 0, 0], [0.8, 0.6, 0, 0], [0, 0, 1, 0], [0, 0, 0.8, 0.6]])[:, None]
    attention = np.ones((4, 4), np.float32)
    attention[:2] = 3
    settings = TreeConfig(contact=0, contrast=0, size_exponent=1, saliency=1)
    tree = merged(described, leaf, settings, attention=attention)
    assert tree.merges[:2].tolist() == [[2, 3], [0, 1]]


def test_colour_keeps_apart_what_features_do_not():
    """Three alike regions: the two of one colour merge first; without colours the tie goes to the first two."""
    leaf = np.array([[0, 1, 2]])
    described = unit(np.array([[[1, 0.01, 0], [1, 0, 0.01], [1, 0, -0.01]]], np.float32))
    colours = np.array([[[0.2, 0, 0], [0.9, 0, 0], [0.2, 0, 0]]], np.float32)
    settings = TreeConfig(contact=0, contrast=0)
    assert merged(described, leaf, settings, colours=colours).merges[0].tolist() == [0, 2]
    assert merged(described, leaf, settings).merges[0].tolist() == [0, 1]
    assert merged(described, leaf, TreeConfig(contact=0, contrast=0, colour=0), colours=colours).merges[0].tolist() == [
        0,
        1,
    ]


def test_a_strong_boundary_keeps_regions_apart():
    """Four bands with equal distances from one to the next: a soft transition merges before a hard one."""
    leaf = np.arange(4).repeat(4)[None].repeat(4, 0)
    described = np.eye(4, dtype=np.float32)[leaf]
    keys = np.ones((4, 16, 2), np.float32)
    angles = np.zeros(16)
    angles[4:] += 1.2  # hard
    angles[8:] += 0.3  # soft
    angles[12:] += 0.9
    keys[..., 0], keys[..., 1] = np.cos(angles), np.sin(angles)
    first, without = (merged(described, leaf, TreeConfig(contact=0, contrast=q), keys=keys) for q in (1.0, 0.0))
    assert first.merges[0].tolist() == [1, 2]
    assert without.merges[0].tolist() == [0, 1]


def test_the_boundary_of_a_merged_region_is_that_of_its_parts():
    """After a merge the strength is the mean over all patch sides, whatever part they belonged to."""
    random = np.random.default_rng(3)
    described = unit(random.normal(size=(6, 6, 5)).astype(np.float32))
    leaf = random.integers(0, 7, size=(6, 6))
    leaf = np.unique(leaf, return_inverse=True)[1].reshape(leaf.shape)
    config = TreeConfig(contrast=0.7)
    tree = merged(described, leaf, config)
    nodes = tree.cut_to(tree.leaves - 3)
    again = merged(described, np.unique(nodes[leaf], return_inverse=True)[1].reshape(leaf.shape), config)
    kinds = np.unique(nodes, return_inverse=True)[1]
    for count in range(1, again.leaves + 1):
        assert same_partition(again.cut_to(count)[kinds], tree.cut_to(count)), count


def test_a_start_of_many_clusters_is_merged_to_the_leaves_wanted():
    start = np.arange(64).reshape(8, 8)
    grown = grow_tree(Patches(blobs()), TreeConfig(leaves=4), start=start)
    assert grown.tree.leaves == grown.similarity.shape[2] == 4
    assert same_partition(grown.similarity.argmax(axis=2), QUARTERS)


def test_the_same_patches_give_the_same_tree():
    random = np.random.default_rng(1)
    parts = random.normal(size=(3, 9, 12, 6)).astype(np.float32)
    attention, colours = random.random((9, 12), np.float32), random.random((9, 12, 3), np.float32)
    first, second = (grow_tree(Patches(*parts, attention, colours), TreeConfig(leaves=12)) for _ in range(2))
    np.testing.assert_array_equal(first.tree.merges, second.tree.merges)
    np.testing.assert_array_equal(first.tree.heights, second.tree.heights)
    np.testing.assert_array_equal(first.similarity, second.similarity)


def test_what_is_drawn_are_cuts_of_the_tree_and_the_means_of_their_regions():
    random = np.random.default_rng(0)
    described = unit(0.6 + blobs(2, side=16) + 0.25 * random.normal(size=(16, 16, 6)).astype(np.float32))
    grown = grow_tree(Patches(described), TreeConfig(leaves=24))
    leaf = fine_concepts(described, 24)
    np.testing.assert_allclose(grown.similarity, similarity_to_means(described, leaf), atol=1e-6)
    counts = [level.similarity.shape[2] for level in grown.drawn]
    assert 1 < counts[0] < counts[-1] < 24
    for level in grown.drawn:
        kinds, region = np.unique(level.nodes, return_inverse=True)
        np.testing.assert_array_equal(grown.tree.cut_to(len(kinds)), level.nodes)
        np.testing.assert_allclose(level.similarity, similarity_to_means(described, region[leaf]), atol=1e-6)


def literal_order(described, leaf, inside, exponent) -> list[list[int]]:
    """Ward's merges of some leaves (the size term to a power), every mean and every pair found anew each time."""
    parts = {number: leaf == each for number, each in enumerate(inside)}
    merges = []
    while len(parts) > 1:
        costs = {}
        for first, second in itertools.combinations(parts, 2):
            one, other = parts[first], parts[second]
            apart = np.square(described[one].mean(axis=0) - described[other].mean(axis=0)).sum()
            share, rest = one.mean(), other.mean()
            costs[first, second] = apart * (share * rest / (share + rest)) ** exponent
        first, second = min(costs, key=costs.__getitem__)
        merges.append([first, second])
        parts[len(inside) + len(merges) - 1] = parts.pop(first) | parts.pop(second)
    return merges


def test_saliency_has_no_say_well_below_the_default_cut():
    """Above it the tree is as if all merges were done with it; inside of the regions there, as if without."""
    random = np.random.default_rng(5)
    described = unit(1 + 0.5 * blobs(4, side=16) + 0.2 * random.normal(size=(16, 16, 6)).astype(np.float32))
    attention = (1 + 5 * random.random((16, 16))).astype(np.float32) ** 2
    config = TreeConfig(leaves=24, contact=0, contrast=0, saliency=1)
    patches, leaf = Patches(described, attention=attention), fine_concepts(described, 24)
    grown = grow_tree(patches, config).tree
    salient = merge_concepts(patches, described, leaf, config)
    limit = 0.85 * DEFAULT_THRESHOLD
    groups = grown.cut(limit)
    count = len(np.unique(groups))
    assert 3 < count < 18
    assert (np.diff(grown.heights) > 0).all(), "two merges at one height cannot be told apart by any cut"
    for fewer in range(1, count + 1):
        assert same_partition(grown.cut_to(fewer), salient.cut_to(fewer)), fewer
    differs = False
    for group in np.unique(groups):
        inside = np.flatnonzero(groups == group)
        found = grown.restricted(inside).merges.tolist()
        assert found == literal_order(described, leaf, inside, config.size_exponent)
        differs |= found != salient.restricted(inside).merges.tolist()
    assert differs, "else this test shows nothing"


@pytest.mark.parametrize("heights", [[], [0.2], [0.1, 0.2, 0.3], [0.1, 0.94, 0.95, 0.97, 1.0, 1.0, 1.3], [2.0, 2.0]])
def test_heights_are_kept_below_a_limit_in_their_order(heights):
    given = np.array(heights, np.float32)
    kept = _kept_below(given, 1.0)
    assert (kept < 1).all()
    assert (np.diff(kept) > 0).all()
    np.testing.assert_array_equal(kept[given < 0.95], given[given < 0.95])


def test_without_attention_there_is_no_saliency():
    described = unit(1 + 0.5 * blobs(4, side=16))
    with_saliency, without = (grow_tree(Patches(described), TreeConfig(leaves=24, saliency=each)) for each in (0.4, 0))
    np.testing.assert_array_equal(with_saliency.tree.merges, without.tree.merges)
    np.testing.assert_array_equal(with_saliency.tree.heights, without.tree.heights)


@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (5, 1)])
def test_tiny_grids_work(shape):
    tokens = np.random.default_rng(0).normal(size=(*shape, 6)).astype(np.float32)
    attention, colours = np.ones(shape, np.float32), np.ones((*shape, 3), np.float32)
    grown = grow_tree(Patches(tokens, tokens, tokens, attention, colours), TreeConfig(leaves=3))
    assert grown.tree.leaves == grown.similarity.shape[2] <= 3


def test_uniform_image_has_a_tree():
    """Identical tokens everywhere: no division by zero, and the default threshold joins all."""
    tokens = np.ones((6, 6, 4), np.float32)
    leaf = fine_concepts(unit(tokens), 4)
    assert len(np.unique(merged(unit(tokens), leaf, TreeConfig()).cut(0.01))) == 1
    assert len(np.unique(grow_tree(Patches(tokens), TreeConfig()).tree.cut(0.01))) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"fine": "other"},
        {"leaves": 1},
        {"leaves": 65},
        {"contact": 1.0},
        {"steps": -1},
        {"key_share": 1.1},
        {"key_share": 0.6, "value_share": 0.6},
        {"colour": -0.1},
    ],
)
def test_settings_are_validated(wrong):
    with pytest.raises(ValueError, match=r"fine|leaves|range"):
        TreeConfig(**wrong)
