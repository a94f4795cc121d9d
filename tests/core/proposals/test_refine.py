"""Label maps at pixel size: sizes, vanished concepts, edges that follow the image."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from acseg_core.config import RefineConfig
from acseg_core.proposals.leaves import DrawnCut, PatchTree
from acseg_core.proposals.refine import Fork, Sharpen, descend, enlarge_leaves, forks_of, label_leaves, label_pixels
from acseg_core.proposals.tree import ConceptTree


def step_image(height: int, width: int, edge: int) -> np.ndarray:
    """Dark left of ``edge``, bright right of it."""
    image = np.full((height, width, 3), 30, np.uint8)
    image[:, edge:] = 220
    return image


def random_tree(random: np.random.Generator) -> ConceptTree:
    leaves = int(random.integers(1, 65))
    free, merges = list(range(leaves)), []
    for number in range(leaves - 1):
        merges.append([free.pop(int(random.integers(len(free)))) for _ in range(2)])
        free.append(leaves + number)
    return ConceptTree(np.array(merges, np.int32).reshape(-1, 2), np.arange(leaves - 1, dtype=np.float32))


def two_halves(rows: int, columns: int, split: int) -> np.ndarray:
    maps = np.zeros((rows, columns, 2), np.float32)
    maps[:, :split, 0] = 0.9
    maps[:, split:, 1] = 0.9
    return maps


@pytest.mark.parametrize(("height", "width"), [(120, 160), (1, 1), (3, 500), (501, 2), (97, 33)])
def test_every_pixel_gets_a_concept_that_exists(height: int, width: int) -> None:
    maps = np.random.default_rng(0).random((5, 7, 6), dtype=np.float32)
    labels = label_pixels(maps, np.zeros((height, width, 3), np.uint8))
    assert labels.shape == (height, width)
    assert labels.dtype == np.uint8
    assert labels.max() < 6


def test_edges_follow_the_image_and_not_the_patches() -> None:
    """The image's edge is at 85, inside a patch that is torn; the filter must put the boundary there."""
    maps = two_halves(10, 20, 10)
    maps[:, 10] = 0.45
    labels = label_pixels(maps, step_image(80, 160, 85))
    assert np.abs((labels == 0).sum(axis=1) - 85).max() <= 1


def test_large_images_are_filtered_small_and_enlarged() -> None:
    maps = two_halves(10, 20, 10)
    maps[:, 10] = 0.45
    labels = label_pixels(maps, step_image(800, 1600, 850), RefineConfig(max_side=160))
    assert labels.shape == (800, 1600)
    assert np.abs((labels == 0).sum(axis=1) - 850).max() <= 10


def test_a_concept_that_wins_no_patch_does_not_come_back() -> None:
    """Between patches of two concepts a third, second best on both sides, would win after enlarging."""
    maps = np.zeros((4, 4, 3), np.float32)
    maps[:, :2] = (0.9, 0.0, 0.89)
    maps[:, 2:] = (0.0, 0.9, 0.89)
    labels = label_pixels(maps, np.zeros((64, 64, 3), np.uint8))
    assert set(np.unique(labels)) == {0, 1}


def test_a_concept_of_a_small_share_gets_pixels_where_it_may_and_is_raised() -> None:
    """On both sides of the way to full size: small images, and such that are filtered smaller than they are."""
    share = np.float32(np.log([0.85, 0.05, 0.1]) * RefineConfig().temperature)
    maps = np.broadcast_to(share, (4, 8, 3)).copy()
    maps[:, :4, 2] = maps[:, :4, 1] - 1  # on the left there is nothing of the third
    config = RefineConfig(margin=0, max_side=64)

    def raised(concept: int, found: np.ndarray) -> np.ndarray:
        assert found.shape == (32, 64)
        return np.asarray(found + (concept == 2) * 0.9, np.float32)

    for size in ((32, 64), (64, 128)):
        image = np.zeros((*size, 3), np.uint8)
        assert not label_pixels(maps, image, config).any()
        assert not label_pixels(maps, image, config, adjust=raised).any(), "it wins no patch"
        found = label_pixels(maps, image, config, adjust=raised, least=0.09)
        assert found.shape == size
        assert (found[:, -4:] == 2).all()
        assert not (found == 1).any()


def test_more_concepts_than_a_label_map_holds_are_refused() -> None:
    with pytest.raises(ValueError, match="256"):
        label_pixels(np.zeros((2, 2, 257), np.float32), np.zeros((8, 8, 3), np.uint8))


def test_another_filter_takes_the_place_of_the_guided_one() -> None:
    def turned(guide: np.ndarray) -> Sharpen:
        return lambda patches: cv2.resize(patches[::-1].copy(), guide.shape[1::-1])

    image = np.random.default_rng(0).integers(0, 256, (40, 40, 3)).astype(np.uint8)
    maps = np.zeros((4, 4, 2), np.float32)
    maps[:2, :, 0] = maps[2:, :, 1] = 1
    found = label_pixels(maps, image, edges=turned)
    assert found[:15].min() == 1
    assert found[25:].max() == 0


def test_two_leaves_of_a_tree_are_two_concepts() -> None:
    maps = np.random.default_rng(0).random((6, 8, 2), dtype=np.float32)
    image = np.random.default_rng(1).integers(0, 256, (96, 128, 3), dtype=np.uint8)
    tree = ConceptTree(np.array([[0, 1]], np.int32), np.array([0.1], np.float32))
    assert (label_leaves(PatchTree(tree, maps), image) == label_pixels(maps, image)).mean() > 0.999


def test_a_region_of_many_leaves_loses_no_ground_to_one_of_a_single_leaf() -> None:
    """Left half: three leaves that share every patch; right half: one. The boundary must stay in the middle."""
    maps = np.zeros((10, 20, 4), np.float32)
    maps[:, :10, :3] = np.random.default_rng(0).uniform(0.88, 0.9, (10, 10, 3))
    maps[:, 10:, 3] = 0.9
    tree = ConceptTree(np.array([[0, 1], [2, 4], [3, 5]], np.int32), np.array([0.1, 0.2, 0.3], np.float32))
    image = np.full((80, 160, 3), 90, np.uint8)
    config = RefineConfig(margin=0)
    left = label_leaves(PatchTree(tree, maps), image, config) != 3
    assert np.abs(left.sum(axis=1) - 80).max() <= 1
    flat = label_pixels(maps, image, config) != 3
    assert flat.sum() < left.sum(), "else this test shows nothing"


def test_leaves_on_large_images_are_filtered_small_and_enlarged() -> None:
    maps = two_halves(10, 20, 10)
    maps[:, 10] = 0.45
    tree = ConceptTree(np.array([[0, 1]], np.int32), np.array([0.1], np.float32))
    labels = label_leaves(PatchTree(tree, maps), step_image(800, 1600, 850), RefineConfig(max_side=160))
    assert np.abs((labels == 0).sum(axis=1) - 850).max() <= 10


def test_between_samples_every_merge_is_asked_again() -> None:
    """Along its edges a large image has no leaf that none of the samples around has."""
    maps = np.random.default_rng(0).random((6, 8, 6), dtype=np.float32)
    merges = np.array([[0, 1], [2, 3], [4, 6], [5, 7], [8, 9]], np.int32)
    tree = ConceptTree(merges, np.arange(5, dtype=np.float32))
    small = np.random.default_rng(1).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    image = np.asarray(cv2.resize(small, (800, 600), interpolation=cv2.INTER_NEAREST), np.uint8)
    labels = label_leaves(PatchTree(tree, maps), image, RefineConfig(max_side=80))
    samples = label_leaves(PatchTree(tree, maps), small)
    near = [
        np.roll(samples, (down, right), axis=(0, 1)).repeat(10, 0).repeat(10, 1) == labels
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
    ]
    assert np.any(near, axis=0)[10:-10, 10:-10].mean() > 0.99


def test_a_tree_of_one_leaf_has_all_pixels() -> None:
    tree = ConceptTree(np.zeros((0, 2), np.int32), np.zeros(0, np.float32))
    assert not label_leaves(PatchTree(tree, np.ones((3, 4, 1), np.float32)), np.zeros((30, 40, 3), np.uint8)).any()


def random_forks(random: np.random.Generator, tree: ConceptTree, shape: tuple[int, int]) -> list[Fork]:
    """The tree's nodes, some of them left out, each with random leads of its parts; some parts get nothing at all."""
    skipped = {node for node in range(tree.leaves, tree.root) if random.random() < 0.4}

    def parts_of(node: int) -> list[int]:
        parts: list[int] = []
        for child in tree.children(node) or ():
            parts += parts_of(child) if child in skipped else [child]
        return parts

    forks = []
    for node in range(tree.root, tree.leaves - 1, -1):
        if node not in skipped:
            parts = parts_of(node)
            leads = random.normal(size=(len(parts) - 1, *shape)) + random.choice([-3, 0, 0, 3], (len(parts) - 1, 1, 1))
            forks.append(Fork(node, tuple(parts), tuple(leads.astype(np.float32))))
    return forks


@pytest.mark.parametrize("seed", range(8))
def test_the_way_down_is_the_literal_one(seed: int) -> None:
    """Random trees and maps; some nodes get no pixel at all."""
    random = np.random.default_rng(seed)
    size, tree = (31, 47), random_tree(random)
    forks = random_forks(random, tree, size)
    fork_of = {fork.node: fork for fork in forks}

    def leaf_at(row: int, column: int) -> int:
        node = tree.root
        while node in fork_of:
            fork = fork_of[node]
            leads = [*(lead[row, column] for lead in fork.leads), 0]
            node = fork.parts[int(np.argmax(leads))]
        return node

    expected = [[leaf_at(row, column) for column in range(size[1])] for row in range(size[0])]
    np.testing.assert_array_equal(descend(tree.root, forks, size), expected)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("small", "large"), [((20, 30), (73, 101)), ((20, 30), (21, 90)), ((1, 9), (7, 9))])
def test_leaves_are_enlarged_as_the_leads_would_be(seed: int, small: tuple[int, int], large: tuple[int, int]) -> None:
    """Smooth leads, as there are in images: most pixels lie between samples of one leaf; and rough ones."""
    random = np.random.default_rng(seed)
    tree = random_tree(random)
    forks = [
        replace(fork, leads=tuple(np.asarray(cv2.resize(lead, small[::-1]), np.float32) for lead in fork.leads))
        for fork in random_forks(random, tree, (4, 4) if seed % 2 else small)
    ]
    expected = descend(
        tree.root, forks, large, lambda lead, box: np.asarray(cv2.resize(lead, large[::-1]), np.float32)[box]
    )
    leaves = descend(tree.root, forks, small)
    np.testing.assert_array_equal(enlarge_leaves(leaves, tree.root, forks, large), expected)


CHAIN = ConceptTree(np.array([[0, 1], [2, 4], [3, 5]], np.int32), np.array([0.1, 0.2, 0.3], np.float32))
"""Leaves 0 and 1, then 2, then 3."""


def cut_at(threshold: float, random: np.random.Generator) -> DrawnCut:
    nodes = CHAIN.cut(threshold)
    return DrawnCut(nodes, random.random((6, 8, len(np.unique(nodes))), dtype=np.float32))


def test_every_node_of_the_drawn_cuts_shares_what_is_above_it() -> None:
    """Cuts into 1, 2 and 2 regions: one that changes nothing asks nothing; below the last, merge by merge."""
    random = np.random.default_rng(0)
    leaves = random.random((6, 8, 4), dtype=np.float32)
    drawn = (cut_at(0.4, random), cut_at(0.25, random), cut_at(0.25, random))
    forks = forks_of(PatchTree(CHAIN, leaves, drawn), RefineConfig())
    assert [(fork.node, fork.parts) for fork in forks] == [(6, (3, 5)), (5, (2, 4)), (4, (0, 1))]
    finest = DrawnCut(CHAIN.cut(-1), leaves)
    (fork,) = forks_of(PatchTree(CHAIN, leaves, (finest,)), RefineConfig())
    assert (fork.node, fork.parts) == (6, (0, 1, 2, 3))


def test_a_drawn_cut_has_the_pixels_that_its_regions_would_have_alone() -> None:
    """Whatever the leaves say; and each region's leaves are found inside of it."""
    random = np.random.default_rng(1)
    image = random.integers(0, 256, (96, 128, 3), dtype=np.uint8)
    level = cut_at(0.15, random)
    found = label_leaves(PatchTree(CHAIN, random.random((6, 8, 4), dtype=np.float32), (level,)), image)
    kinds = np.unique(level.nodes)
    alone = kinds[label_pixels(level.similarity, image)]
    assert (level.nodes[found] == alone).mean() > 0.999
    assert len(np.unique(found)) == 4


def test_finer_drawn_cuts_stay_inside_of_coarser_ones() -> None:
    random = np.random.default_rng(2)
    image = random.integers(0, 256, (96, 128, 3), dtype=np.uint8)
    coarse, fine = cut_at(0.25, random), cut_at(0.15, random)
    leaves = random.random((6, 8, 4), dtype=np.float32)
    both, one = (label_leaves(PatchTree(CHAIN, leaves, drawn), image) for drawn in ((coarse, fine), (coarse,)))
    np.testing.assert_array_equal(coarse.nodes[both], coarse.nodes[one])
    assert (fine.nodes[both] != fine.nodes[one]).mean() > 0.02, "else this test shows nothing"


def test_drawn_cuts_of_large_images_too() -> None:
    random = np.random.default_rng(3)
    small = random.integers(0, 256, (60, 80, 3), dtype=np.uint8)
    image = np.asarray(cv2.resize(small, (800, 600), interpolation=cv2.INTER_NEAREST), np.uint8)
    level, config = cut_at(0.15, random), RefineConfig(max_side=80)
    found = label_leaves(PatchTree(CHAIN, random.random((6, 8, 4), dtype=np.float32), (level,)), image, config)
    alone = np.unique(level.nodes)[label_pixels(level.similarity, image, config)]
    assert (level.nodes[found] == alone).mean() > 0.999
