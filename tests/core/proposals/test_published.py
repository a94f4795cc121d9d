"""ACSeg as published: the partition is the argmax, what wins nothing vanishes, and every merge above can be undone."""

import itertools

import numpy as np
import pytest

from acseg_core.config import RefineConfig, TreeConfig
from acseg_core.proposals.patches import Patches, unit
from acseg_core.proposals.published import label_concepts, tree_of_concepts, winning_concepts
from acseg_core.proposals.refine import label_pixels
from acseg_core.proposals.tree import DEFAULT_THRESHOLD, threshold_of


def cosines(*, rows: int = 6, columns: int = 8) -> np.ndarray:
    """(rows, columns, 5) of five concepts: 1 has the left, 4 the lower right, 2 the rest; 0 and 3 win nothing."""
    found = np.full((rows, columns, 5), 0.1, np.float32)
    found[:, : columns // 2, 1] = 0.9
    found[: rows // 2, columns // 2 :, 2] = 0.8
    found[rows // 2 :, columns // 2 :, 4] = 0.7
    found[..., 3] = 0.65  # the runner-up everywhere
    return found


def test_the_most_similar_concept_wins_and_the_others_are_not_counted():
    found = winning_concepts(cosines())
    assert np.unique(found).tolist() == [0, 1, 2]
    assert (found[:, :4] == 0).all()
    assert (found[:3, 4:] == 1).all()
    assert (found[3:, 4:] == 2).all()


def test_pixels_are_those_of_the_similarity_maps_numbered_as_the_patches_are():
    image = np.random.default_rng(0).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    found = label_concepts(cosines(), image, RefineConfig())
    np.testing.assert_array_equal(np.array([1, 2, 4])[found], label_pixels(cosines(), image, RefineConfig()))
    assert found[30, 5] == 0


@pytest.mark.parametrize("spread", [1e-4, 0.05, 1.0])
def test_the_default_cut_has_every_concept_and_coarser_ones_have_fewer(spread):
    """However alike the concepts are: merges of like ones lie below the default cut in any other tree."""
    random = np.random.default_rng(1)
    of_patch = np.arange(5).repeat(20).reshape(10, 10)
    described = unit((1 + spread * random.normal(size=(5, 16)))[of_patch].astype(np.float32))
    tree = tree_of_concepts(Patches(described), of_patch, TreeConfig())
    counts = [len(np.unique(tree.cut(threshold_of(each)))) for each in (0, 0.1, 0.2, 0.3, 0.4, 0.45, 0.5, 0.7, 1)]
    assert counts[0] == 1
    assert counts[-3:] == [5, 5, 5]
    assert counts == sorted(counts)
    assert tree.heights.min() > DEFAULT_THRESHOLD
    assert all(first < second for first, second in itertools.pairwise(tree.heights.tolist()))


def test_one_concept_is_a_tree_of_one_leaf():
    described = unit(np.ones((4, 4, 8), np.float32))
    assert tree_of_concepts(Patches(described), np.zeros((4, 4), np.intp), TreeConfig()).leaves == 1
