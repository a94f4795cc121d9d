"""Connected pieces of the nodes of a tree, beside those that labelling every node's pixels finds."""

import cv2
import numpy as np
import pytest
from scipy.cluster.hierarchy import linkage

from acseg_core.evaluate.regions.pieces import accumulated, parents_of, pieces_of
from acseg_core.proposals.tree import ConceptTree


def random_tree(leaves: int, random: np.random.Generator) -> ConceptTree:
    if leaves == 1:
        return ConceptTree(np.zeros((0, 2), np.int32), np.zeros(0, np.float32))
    merges = linkage(random.normal(size=(leaves, 2)), "average")
    return ConceptTree(merges[:, :2].astype(np.int32), np.maximum.accumulate(merges[:, 2]).astype(np.float32))


def labelled_one_by_one(tree: ConceptTree, leaf_map: np.ndarray) -> set[bytes]:
    """Masks of all connected pieces of all nodes."""
    found = set()
    for node in range(tree.nodes):
        mask = np.isin(leaf_map, tree.leaves_of(node)).astype(np.uint8)
        count, labels = cv2.connectedComponents(mask, connectivity=8)
        found |= {(labels == piece).tobytes() for piece in range(1, count)}
    return found


def masks_of(leaf_map: np.ndarray, merges: np.ndarray) -> list[bytes]:
    """Masks of the pieces that count."""
    pieces = pieces_of(merges, leaf_map)
    atoms = int(pieces.atoms.max()) + 1
    members = accumulated(pieces.parents, np.eye(atoms, dtype=np.int64)) > 0
    return [row[pieces.atoms].tobytes() for row in members[pieces.whole]]


@pytest.mark.parametrize("seed", range(60))
def test_they_are_those_that_labelling_every_node_finds(seed: int) -> None:
    """Noise, where three and more pieces join at once, and blocks; some leaves without pixels; a row; one pixel."""
    random = np.random.default_rng(seed)
    height, width = random.integers(1, 13, 2)
    leaves = int(random.integers(1, 9))
    leaf_map = random.integers(0, leaves, (height, width)).astype(np.uint8 if seed % 2 else np.int64)
    if seed % 3:
        leaf_map = np.kron(leaf_map, np.ones((2, 2), leaf_map.dtype))
    tree = random_tree(leaves, random)
    masks = masks_of(leaf_map, tree.merges)
    assert len(masks) == len(set(masks)), "each is there once"
    assert set(masks) == labelled_one_by_one(tree, leaf_map)


def test_corners_hold_together_and_gaps_do_not() -> None:
    leaf_map = np.array([[0, 1, 1, 0], [1, 0, 1, 1]])
    merges = np.array([[0, 1]], np.int32)
    pieces = pieces_of(merges, leaf_map)
    assert pieces.atoms[0, 0] == pieces.atoms[1, 1]
    assert pieces.atoms[0, 0] != pieces.atoms[0, 3]
    assert pieces.whole.sum() == 4  # two of leaf 0, one of leaf 1, and the image


def test_thousands_of_leaves_are_walked_in_no_time() -> None:
    side = 64
    leaf_map = np.kron(np.arange(side * side).reshape(side, side), np.ones((3, 3), np.int64))
    tree = random_tree(side * side, np.random.default_rng(0))
    pieces = pieces_of(tree.merges, leaf_map)
    assert int(pieces.atoms.max()) + 1 == side * side
    assert pieces.parents[-1] == -1, "the whole image is the last"
    assert np.count_nonzero(pieces.parents < 0) == 1
    assert len(pieces.parents) == 2 * side * side - 1


def test_sums_go_up_a_forest() -> None:
    parents = parents_of(np.array([[0, 2], [1, 3]], np.int32))
    assert parents.tolist() == [3, 4, 3, 4, -1]
    total = accumulated(parents, np.array([[1, 0], [2, 0], [4, 1]]))
    assert total.tolist() == [[1, 0], [2, 0], [4, 1], [5, 1], [7, 1]]
