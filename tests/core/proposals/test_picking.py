"""Things picked by clicks: pieces of the tree's nodes, corrected by more clicks."""

import numpy as np
import pytest

from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import OUTSIDE
from acseg_core.proposals.picking import Picks, pick
from acseg_core.proposals.tree import ConceptTree


@pytest.fixture
def scene():
    """Leaves 0 and 1 are the left and right half of a car, joined at .05; it is there twice. Leaf 2 is the rest."""
    leaf_map = np.full((60, 120), 2, np.uint8)
    image = np.full((60, 120, 3), 60, np.uint8)
    for left in (10, 70):
        leaf_map[20:40, left : left + 15] = 0
        leaf_map[20:40, left + 15 : left + 30] = 1
        image[20:40, left : left + 15] = (200, 40, 40)
        image[20:40, left + 15 : left + 30] = (40, 40, 200)
    tree = ConceptTree(np.array([(0, 1), (3, 2)], np.int32), np.array([0.05, 0.5], np.float32))
    return ImageTree.of(tree, leaf_map, np.eye(3, 8, dtype=np.float16)), image


def car(left: int) -> np.ndarray:
    mask = np.zeros((60, 120), bool)
    mask[20:40, left : left + 30] = True
    return mask


def test_one_click_takes_what_the_tree_knows_but_not_its_twin(scene):
    tree, image = scene
    assert np.array_equal(pick(Picks([(12.5, 30.5)]), tree, image), car(10))


def test_a_click_on_what_is_missing_adds_a_piece(scene):
    tree, image = scene
    assert np.array_equal(pick(Picks([(12.5, 30.5), (90.5, 25.5)]), tree, image), car(10) | car(70))


def test_a_click_on_what_is_too_much_lets_the_piece_give_way_to_a_smaller_one(scene):
    tree, image = scene
    expected = car(10)
    expected[:, 25:] = False
    assert np.array_equal(pick(Picks([(12.5, 30.5)], [(35.5, 30.5)]), tree, image), expected)


def test_in_one_leaf_the_edges_of_the_image_decide(scene):
    tree, image = scene
    image[20:40, 10:17] = (30, 220, 30)  # an edge that the tree knows nothing of
    found = pick(Picks([(12.5, 30.5)], [(22.5, 30.5)]), tree, image)
    assert found[25:35, 11:16].all()
    assert not found[25:35, 18:25].any()
    assert not found[:, 25:].any()


def test_every_click_is_where_it_says_and_those_beside_the_image_are_nothing(scene):
    tree, image = scene
    random = np.random.default_rng(0)
    for _ in range(30):
        points = [(float(x), float(y)) for x, y in random.uniform((0, 0), (120, 60), (4, 2))]
        found = pick(Picks([*points[:2], (500, 3)], [*points[2:], (-4, 3)]), tree, image)
        assert all(found[int(y), int(x)] for x, y in points[:2])
        assert not any(found[int(y), int(x)] for x, y in points[2:])
    with pytest.raises(ValueError, match="no point"):
        Picks([])


def test_void_pixels_are_in_no_piece(scene):
    tree, image = scene
    leaf_map = tree.leaf_map.copy()
    leaf_map[:5] = OUTSIDE
    void = ImageTree.of(tree.tree, leaf_map, tree.tokens)
    assert pick(Picks([(3.5, 2.5)]), void, image).sum() == 1, "the click itself"
