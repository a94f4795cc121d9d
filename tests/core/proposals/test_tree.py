"""Concept trees: cuts are nested, and what is above and below a node agrees."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.proposals.tree import (
    DEFAULT_GRANULARITY,
    MOST_REGIONS,
    ConceptTree,
    granularity_at,
    threshold_of,
)


def random_tree(seed: int, leaves: int) -> ConceptTree:
    """Merge random pairs at random heights."""
    random = np.random.default_rng(seed)
    alive, merges = list(range(leaves)), []
    for number in range(leaves - 1):
        first, second = random.choice(len(alive), 2, replace=False)
        merges.append((alive[first], alive[second]))
        alive = [node for node in alive if node not in merges[-1]] + [leaves + number]
    return ConceptTree(np.array(merges, np.int32).reshape(-1, 2), np.sort(random.random(leaves - 1)).astype(np.float32))


trees = st.builds(random_tree, st.integers(0, 10_000), st.integers(1, 20))
large_trees = st.builds(random_tree, st.integers(0, 10_000), st.integers(250, 700))


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


def test_a_cut_below_one_node_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        random_tree(0, 3).cut_to(0)


@settings(max_examples=25, deadline=None)
@given(large_trees, st.floats(0, 1))
def test_no_cut_has_more_regions_than_are_of_use(tree, granularity):
    counts = [len(np.unique(tree.cut(threshold_of(each)))) for each in (0, granularity, 1)]
    assert counts == sorted(counts)
    assert (counts[0], counts[2]) == (1, min(tree.leaves, MOST_REGIONS))
    for node in np.unique(tree.cut(threshold_of(granularity))):
        assert (tree.cut(threshold_of(granularity))[tree.leaves_of(int(node))] == node).all()


@settings(max_examples=25, deadline=None)
@given(trees | large_trees, st.data())
def test_after_so_many_merges_every_leaf_is_where_these_put_it(tree, data):
    merged = data.draw(st.integers(0, tree.leaves - 1))
    slow = np.arange(tree.leaves)
    for number, pair in enumerate(tree.merges[:merged].tolist()):
        slow[np.isin(slow, pair)] = tree.leaves + number
    np.testing.assert_array_equal(tree.after(merged), slow)


@given(trees, st.data())
def test_sums_are_those_of_the_leaves_below(tree, data):
    counts = np.array(data.draw(st.lists(st.integers(0, 1000), min_size=tree.leaves, max_size=tree.leaves)))
    found = tree.sums(counts)
    assert found.tolist() == [counts[tree.leaves_of(node)].sum() for node in range(tree.nodes)]
