"""Concept trees: every cut is a partition, cuts are nested, and the stored form loses nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acseg_core.proposals.tree import DEFAULT_GRANULARITY, ConceptTree, ImageTree, granularity_at, threshold_of
from acseg_core.shapes import masks
from acseg_core.shapes.dividing import component_map


def random_tree(seed: int, leaves: int) -> ConceptTree:
    """Merge random pairs at random heights."""
    random = np.random.default_rng(seed)
    alive, merges = list(range(leaves)), []
    for number in range(leaves - 1):
        first, second = random.choice(len(alive), 2, replace=False)
        merges.append((alive[first], alive[second]))
        alive = [node for node in alive if node not in merges[-1]] + [leaves + number]
    return ConceptTree(np.array(merges, np.int32).reshape(-1, 2), np.sort(random.random(leaves - 1)).astype(np.float32))


def random_image_tree(seed: int, leaves: int) -> ImageTree:
    random = np.random.default_rng(seed)
    leaf_map = random.integers(0, leaves, (17, 23)).astype(np.uint8)
    leaf_map.ravel()[:leaves] = np.arange(leaves)
    return ImageTree(random_tree(seed, leaves), leaf_map, random.normal(size=(leaves, 5)).astype(np.float16))


trees = st.builds(random_tree, st.integers(0, 10_000), st.integers(1, 20))
image_trees = st.builds(random_image_tree, st.integers(0, 10_000), st.integers(1, 20))


@given(trees, st.floats(0, 1), st.floats(0, 1))
def test_cuts_are_nested(tree, first, second):
    """A coarser cut only joins regions of a finer one."""
    fine, coarse = tree.cut(min(first, second)), tree.cut(max(first, second))
    for node in np.unique(fine):
        assert len(np.unique(coarse[fine == node])) == 1
    assert len(np.unique(coarse)) <= len(np.unique(fine))


@given(trees, st.integers(1, 25))
def test_cut_to_gives_the_count_asked_for(tree, count):
    nodes = tree.cut_to(count)
    assert len(np.unique(nodes)) == min(count, tree.leaves)
    for node in np.unique(nodes):
        assert tree.leaves_of(int(node)).tolist() == np.flatnonzero(nodes == node).tolist()


@given(trees, st.data())
def test_parents_children_and_common_ancestors_agree(tree, data):
    node = data.draw(st.integers(0, tree.nodes - 1))
    below = tree.children(node)
    assert (below is None) == (node < tree.leaves)
    for child in below or ():
        assert tree.parent(child) == node
    assert (tree.parent(node) is None) == (node == tree.root)
    leaves = tree.leaves_of(node)
    assert tree.common_ancestor(leaves) == node


@given(image_trees, st.floats(0, 1))
def test_every_cut_partitions_the_image(image_tree, threshold):
    label_map, regions = image_tree.partition(image_tree.tree.cut(threshold))
    assert sum(region.area for region in regions) == label_map.size
    painted = masks.paint_label_map([region.mask for region in regions], height=17, width=23)
    np.testing.assert_array_equal(painted, label_map)
    assert [region.area for region in regions] == sorted((region.area for region in regions), reverse=True)
    for region in regions:
        leaves = image_tree.tree.leaves_of(region.node)
        np.testing.assert_array_equal(masks.decode(region.mask), np.isin(image_tree.leaf_map, leaves))
        assert np.linalg.norm(region.descriptor.astype(np.float32)) == pytest.approx(1, abs=2e-3)


@given(image_trees)
def test_stored_form_loses_nothing(image_tree):
    again = ImageTree.from_bytes(image_tree.to_bytes())
    np.testing.assert_array_equal(again.leaf_map, image_tree.leaf_map)
    np.testing.assert_array_equal(again.tree.merges, image_tree.tree.merges)
    np.testing.assert_array_equal(again.tree.heights, image_tree.tree.heights)
    np.testing.assert_array_equal(again.leaf_tokens, image_tree.leaf_tokens)


@given(st.floats(0, 1))
def test_granularity_and_threshold_are_inverse(granularity):
    assert granularity_at(threshold_of(granularity)) == pytest.approx(granularity, abs=1e-6)


def test_finer_granularity_means_a_lower_threshold():
    assert threshold_of(0) > threshold_of(DEFAULT_GRANULARITY) > threshold_of(0.9) > 0 > threshold_of(1)
    assert (granularity_at(0), granularity_at(1e9)) == (1, 0)


@given(trees, st.data())
def test_a_tree_of_some_leaves_cuts_them_as_before(tree, data):
    kept = np.array(sorted(data.draw(st.sets(st.integers(0, tree.leaves - 1), min_size=1))))
    smaller = tree.restricted(kept)
    assert smaller.leaves == len(kept)
    threshold = data.draw(st.floats(0, 1))
    before, after = tree.cut(threshold)[kept], smaller.cut(threshold)
    assert (before[:, None] == before).tolist() == (after[:, None] == after).tolist()


@given(trees)
def test_the_ends_of_the_scale_are_the_whole_image_and_all_leaves(tree):
    assert len(np.unique(tree.cut(threshold_of(0)))) == 1
    assert len(np.unique(tree.cut(threshold_of(1)))) == tree.leaves


@given(image_trees, st.floats(0, 1), st.integers(0, 10_000))
def test_a_cut_within_some_pixels_partitions_those(image_tree, threshold, seed):
    within = np.random.default_rng(seed).random(image_tree.leaf_map.shape) < 0.5
    nodes = image_tree.tree.cut(threshold)
    label_map, regions = image_tree.partition(nodes, within=within)
    covered = sum((masks.decode(region.mask).astype(int) for region in regions), np.zeros(within.shape, int))
    np.testing.assert_array_equal(covered, within)
    assert (label_map[~within] == 255).all()
    for index, region in enumerate(regions):
        inside = label_map == index
        assert region.area == inside.sum() > 0
        counts = np.bincount(image_tree.leaf_map[inside], minlength=image_tree.tree.leaves)
        np.testing.assert_array_equal(region.descriptor, image_tree.descriptor(counts))
        inside &= nodes[image_tree.leaf_map] != region.node
        if inside.any():  # crumbs of others, several of which may lie side by side
            assert component_map(inside)[1].max() < 0.05 * image_tree.leaf_map.size


@pytest.mark.parametrize("granularity", [-0.1, 1.1, float("nan")])
def test_granularity_out_of_range_is_refused(granularity):
    with pytest.raises(ValueError, match="between 0 and 1"):
        threshold_of(granularity)


@pytest.mark.parametrize(
    ("merges", "heights", "message"),
    [
        ([[0, 1]], [0.1, 0.2], "shape"),
        ([[0, 1], [0, 2]], [0.1, 0.2], "exactly once"),
        ([[0, 4], [1, 2]], [0.1, 0.2], "exactly once"),
        ([[0, 3], [1, 2]], [0.1, 0.2], "after it was made"),
        ([[0, 1], [2, 3]], [0.2, 0.1], "never decrease"),
        ([[0, 1], [2, 3]], [0.2, np.inf], "finite"),
    ],
)
def test_what_is_no_tree_is_refused(merges, heights, message):
    with pytest.raises(ValueError, match=message):
        ConceptTree(np.array(merges, np.int32), np.array(heights, np.float32))


def test_damaged_bytes_are_refused():
    stored = random_image_tree(0, 4).to_bytes()
    with pytest.raises(ValueError, match="PNG"):
        ImageTree.from_bytes(type(stored)(b"no png", stored.merges, stored.heights, stored.leaf_tokens))
    with pytest.raises(ValueError, match=r"exactly once|shape"):
        ImageTree.from_bytes(type(stored)(stored.leaf_map, stored.merges[:8], stored.heights, stored.leaf_tokens))


def test_a_cut_below_one_node_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        random_tree(0, 3).cut_to(0)
