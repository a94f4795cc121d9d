"""Trees with pixels: every cut is a partition, of the whole image or of what is left of it."""

from __future__ import annotations

import numpy as np
import pytest
from cell_trees import texture, tree_of_cells
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import OUTSIDE
from acseg_core.proposals.tree import MAX_LEAVES, ConceptTree, threshold_of
from acseg_core.shapes import masks
from acseg_core.shapes.dividing import component_map

SIZE = (17, 23)


def chain(leaves: int) -> ConceptTree:
    merges = [(0, 1), *((leaves + n, n + 2) for n in range(leaves - 2))][: leaves - 1]
    heights = np.linspace(0, 1, leaves - 1).astype(np.float32)
    return ConceptTree(np.array(merges, np.int32).reshape(-1, 2), heights)


def random_image_tree(seed: int, leaves: int) -> ImageTree:
    """A tree whose leaves have tokens of their own, and pixels anywhere; some of the image is void."""
    random = np.random.default_rng(seed)
    leaf_map = random.integers(0, leaves, SIZE).astype(np.uint16)
    leaf_map[random.random(SIZE) < random.choice([0, 0.2])] = OUTSIDE
    leaf_map.ravel()[:leaves] = np.arange(leaves)
    return ImageTree.of(chain(leaves), leaf_map, random.normal(size=(leaves, 5)))


def random_tree_of_cells(seed: int, count: int) -> ImageTree:
    valid = np.random.default_rng(seed).random(SIZE) < 0.9 if seed % 2 else None
    return tree_of_cells(texture(*SIZE, seed), count=count, seed=seed, valid=valid)


image_trees = st.builds(random_image_tree, st.integers(0, 10_000), st.integers(1, 20)) | st.builds(
    random_tree_of_cells, st.integers(0, 10_000), st.integers(2, 60)
)
SOME = settings(max_examples=50, deadline=None)


@SOME
@given(image_trees, st.floats(0, 1))
def test_every_cut_partitions_the_image(image_tree, granularity):
    label_map, regions = image_tree.partition(image_tree.tree.cut(threshold_of(granularity)))
    void = image_tree.leaf_map == OUTSIDE
    np.testing.assert_array_equal(label_map == OUTSIDE, void)
    assert sum(region.area for region in regions) == (~void).sum()
    assert [region.area for region in regions] == sorted((region.area for region in regions), reverse=True)
    for index, region in enumerate(regions):
        inside = masks.decode(region.mask)
        np.testing.assert_array_equal(inside, label_map == index)
        np.testing.assert_array_equal(inside, np.isin(image_tree.leaf_map, image_tree.tree.leaves_of(region.node)))
        assert region.area == inside.sum()
        assert region.bbox == masks.bounding_box(region.mask)
        assert np.linalg.norm(region.descriptor.astype(np.float32)) == pytest.approx(1, abs=2e-3)
    again = image_tree.regions(image_tree.tree.cut(threshold_of(granularity)))
    assert [(each.node, each.mask) for each in again] == [(each.node, each.mask) for each in regions]


@SOME
@given(image_trees, st.floats(0, 1), st.integers(0, 10_000))
def test_a_cut_within_some_pixels_partitions_those(image_tree, granularity, seed):
    within = np.random.default_rng(seed).random(SIZE) < 0.5
    nodes = image_tree.tree.cut(threshold_of(granularity))
    label_map, regions = image_tree.partition(nodes, within=within)
    covered = sum((masks.decode(region.mask).astype(int) for region in regions), np.zeros(SIZE, int))
    np.testing.assert_array_equal(covered, within & (image_tree.leaf_map != OUTSIDE))
    assert (label_map[covered == 0] == OUTSIDE).all()
    for index, region in enumerate(regions):
        inside = label_map == index
        assert region.area == inside.sum() > 0
        counts = np.bincount(image_tree.leaf_map[inside], minlength=image_tree.tree.leaves)
        np.testing.assert_array_equal(region.descriptor, image_tree.descriptor(counts))
        inside &= nodes[np.minimum(image_tree.leaf_map, image_tree.tree.leaves - 1)] != region.node
        if inside.any():  # crumbs of others, several of which may lie side by side
            assert component_map(inside)[1].max() < 0.06 * label_map.size


def test_cuts_of_an_image_are_nested_and_finer_ones_have_no_fewer_regions():
    image_tree = tree_of_cells(texture(120, 160), count=400)
    finer = None
    for granularity in np.linspace(1, 0, 9):
        label_map, regions = image_tree.partition(image_tree.tree.cut(threshold_of(float(granularity))))
        if finer is not None:
            assert len(regions) <= finer.max() + 1
            for label in range(finer.max() + 1):
                assert len(np.unique(label_map[finer == label])) == 1
        finer = label_map.astype(int)
    assert finer.max() == 0


def test_a_descriptor_is_the_direction_of_the_mean_token_under_the_pixels():
    image_tree = tree_of_cells(texture(60, 80), count=100)
    counts = np.random.default_rng(0).integers(0, 50, image_tree.tree.leaves)
    mean = counts @ image_tree.tokens[image_tree.group_of_leaf]
    expected = mean / np.linalg.norm(mean)
    np.testing.assert_allclose(image_tree.descriptor(counts).astype(np.float32), expected, atol=1e-3)
    assert not image_tree.descriptor(0 * counts).any(), "of no pixels there is none"


@pytest.mark.parametrize(
    ("tokens", "groups"),
    [
        (np.zeros((3, 2)), [0, 1, 2]),
        (np.zeros((4, 2)), [0, 1, 2, 4]),
        (np.zeros((4, 2)), [0, 1, 2, -1]),
        (np.zeros((0, 2)), [0, 0, 0, 0]),
        (np.zeros(4), [0, 1, 2, 3]),
    ],
)
def test_parts_that_do_not_belong_together_are_refused(tokens, groups):
    leaves = random_image_tree(0, 4).leaves
    with pytest.raises(ValueError, match="tokens"):
        ImageTree(chain(4), leaves, tokens.astype(np.float32), np.array(groups))


def test_more_leaves_than_can_be_stored_are_refused():
    leaf_map = np.arange(MAX_LEAVES + 1).reshape(1, -1)
    with pytest.raises(ValueError, match="at most"):
        ImageTree.of(chain(MAX_LEAVES + 1), leaf_map, np.zeros((MAX_LEAVES + 1, 1)))
