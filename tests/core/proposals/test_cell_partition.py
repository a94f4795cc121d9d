"""The tree of an image by its cells, in steps that may be taken by two processes."""

import pickle

import numpy as np
from cell_trees import texture

from acseg_core.config import CellConfig
from acseg_core.proposals.cell_merging import CellFeatures
from acseg_core.proposals.cell_partition import CellPartition, SeenCells
from acseg_core.proposals.leaf_map import OUTSIDE
from acseg_core.proposals.tree_bytes import TreeBytes


def seen_at_random(weights, dim: int = 16) -> SeenCells:
    patches = np.random.default_rng(1).normal(size=(weights.shape[1], dim)).astype(np.float32)
    looks = weights @ patches
    return SeenCells(CellFeatures(looks), looks)


def test_every_cell_of_an_image_is_a_leaf_with_the_tokens_of_a_group():
    config = CellConfig(count=300)
    image = texture(120, 160)
    begun = CellPartition.begin(image, config)
    weights = begun.patches_under(image, (9, 12))
    np.testing.assert_allclose(weights.sum(axis=1), 1, atol=1e-5)
    tree = begun.tree(seen_at_random(weights), config)
    assert tree.tree.leaves == weights.shape[0] == len(np.unique(tree.leaf_map))
    assert tree.tokens.shape == (32, 16)


def test_what_passes_between_the_steps_can_be_sent():
    config = CellConfig(count=300)
    valid = np.ones((120, 160), bool)
    valid[:, 100:] = False
    image = texture(120, 160)
    begun = CellPartition.begin(image, config, valid=valid)
    seen = seen_at_random(begun.patches_under(image, (9, 12)))
    there, sent = pickle.loads(pickle.dumps((begun, seen)))
    tree, again = begun.tree(seen, config), there.tree(sent, config)
    assert TreeBytes.of(again) == TreeBytes.of(tree)
    assert np.array_equal(tree.leaf_map == OUTSIDE, ~valid)
    assert tree.leaves.void_area == 120 * 60
