"""Figures of partitions against scikit-learn's, brute force and what must hold."""

import itertools

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from acseg_core.evaluate.metrics import contingency
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.tree import ConceptTree
from acseg_training.judging import adjusted_rand, how_well_met, steadiness


def tree_of_blocks(leaf_map: np.ndarray) -> ImageTree:
    """Leaves that merge one after the other, from the first on."""
    count = int(leaf_map.max()) + 1
    merges = [(0, 1), *((count + number - 2, number) for number in range(2, count))]
    tree = ConceptTree(np.array(merges, np.int32), np.arange(1, count, dtype=np.float32) / count)
    return ImageTree.of(tree, leaf_map.astype(np.uint16), np.eye(count, 4, dtype=np.float32))


def test_the_rand_index_is_scikit_learn_s() -> None:
    random = np.random.default_rng(0)
    for regions, others in ((2, 2), (3, 7), (1, 4), (9, 9)):
        one, other = random.integers(0, regions, (40, 30)), random.integers(0, others, (40, 30))
        ours = adjusted_rand(contingency(one, other.astype(np.int32)))
        assert ours == pytest.approx(adjusted_rand_score(one.ravel(), other.ravel()), abs=1e-9)
    assert adjusted_rand(contingency(one, one.astype(np.int32))) == 1


def test_accepted_regions_are_met_by_the_best_union() -> None:
    random = np.random.default_rng(1)
    leaf_map = np.arange(20 * 20).reshape(20, 20) // 100  # four bands
    tree = tree_of_blocks(leaf_map)
    mask = random.random((20, 20)) < np.array([0.9, 0.2, 0.6, 0.1]).repeat(5)[:, None]
    best = {}
    for count in (2, 4):
        nodes = tree.tree.cut_to(count)
        regions = np.unique(nodes, return_inverse=True)[1][leaf_map]
        unions = itertools.chain.from_iterable(
            itertools.combinations(range(count), size) for size in range(1, count + 1)
        )
        masks = [np.isin(regions, union) for union in unions]
        best[count] = max((mask & each).sum() / (mask | each).sum() for each in masks)
    assert how_well_met(tree, [mask]) == pytest.approx(best[4]), "asked for 4 to 32 regions, it has four"
    assert best[4] > best[2]
    assert how_well_met(tree, [leaf_map == 2]) == 1


def test_one_who_sees_the_picture_is_steady_and_one_who_guesses_is_not() -> None:
    image = np.zeros((40, 60, 3), np.uint8)
    for number in range(16):
        image[10 * (number // 4) : 10 * (number // 4) + 10, 15 * (number % 4) : 15 * (number % 4) + 15] = 10 * number

    def sees(view: np.ndarray) -> ImageTree:
        return tree_of_blocks(np.unique(view[..., 0], return_inverse=True)[1].reshape(view.shape[:2]))

    def guesses(view: np.ndarray) -> ImageTree:
        return tree_of_blocks(np.random.default_rng(view.size).integers(0, 16, view.shape[:2]))

    found = steadiness(image, [sees(image), guesses(image)], [sees, guesses], seed=5)
    assert found[0] > 0.9
    assert abs(found[1]) < 0.1
