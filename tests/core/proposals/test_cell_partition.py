"""The tree of an image by its cells, in steps that may be taken by two processes."""

import pickle

import numpy as np
import pytest
from cell_trees import texture

from acseg_core.config import CellConfig
from acseg_core.proposals.cell_merging import CellFeatures
from acseg_core.proposals.cell_partition import CellPartition, SeenCells
from acseg_core.proposals.leaf_map import OUTSIDE
from acseg_core.proposals.tree_bytes import TreeBytes
from acseg_core.shapes.margins import Margins


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


def fields(height, width):
    """Four fields of a colour each and a little noise."""
    pixels = np.zeros((height, width, 3), int)
    pixels[: height // 2, : width // 2] = (200, 60, 40)
    pixels[height // 2 :, : width // 2] = (40, 180, 70)
    pixels[: height // 2, width // 2 :] = (30, 60, 200)
    pixels[height // 2 :, width // 2 :] = (210, 200, 60)
    return np.clip(pixels + np.random.default_rng(0).integers(-5, 6, pixels.shape), 0, 255).astype(np.uint8)


def tree_of(picture, margins, *, valid=None):
    """The tree of a picture by its colours, as if the backbone saw the same in all of it."""
    begun = CellPartition.begin(picture, CellConfig(), valid=valid, margins=margins)
    count = begun.cells.graph.count
    seen = SeenCells(CellFeatures(np.zeros((count, 4), np.float32)), np.ones((count, 8), np.float32))
    return begun.tree(seen, CellConfig())


@pytest.mark.parametrize(
    "shape", [(240, 200), (900, 840)]
)  # cells are found in the picture itself, or in a smaller one
def test_leaves_are_of_the_image_alone(shape):
    picture = fields(*shape)
    margins = Margins(left=shape[1] // 10, top=shape[0] // 10, right=shape[1] // 4, bottom=0)
    tree = tree_of(picture, margins)
    inside = picture[margins.inside(shape)]
    assert tree.leaf_map.shape == inside.shape[:2]
    np.testing.assert_array_equal(np.unique(tree.leaf_map), np.arange(tree.tree.leaves))
    regions = tree.regions(tree.tree.cut_to(4))
    assert sum(region.area for region in regions) == inside.shape[0] * inside.shape[1]
    label_map, _ = tree.partition(tree.tree.cut_to(4))
    truth = fields(*shape)[margins.inside(shape)]
    for region in range(4):
        assert truth[label_map == region].std(axis=0).max() < 20, "each is one field"


def test_void_pixels_of_the_image_have_no_leaf_and_those_around_it_are_no_matter():
    picture, valid = fields(240, 240), np.ones((240, 240), bool)
    valid[:60, :60] = False
    margins = Margins(left=40, top=40)
    tree = tree_of(picture, margins, valid=valid)
    void = tree.leaf_map == OUTSIDE
    np.testing.assert_array_equal(void, ~valid[40:, 40:])


def test_an_image_with_a_few_valid_pixels_in_margins_full_of_them_has_a_leaf():
    picture, valid = fields(1000, 1000), np.ones((1000, 1000), bool)
    margins = Margins(left=120, top=120, right=120, bottom=120)
    valid[margins.inside((1000, 1000))] = False
    valid[500, 500] = True
    tree = tree_of(picture, margins, valid=valid)
    assert (tree.leaf_map != OUTSIDE).sum() == 1
    assert tree.tree.leaves == 1
