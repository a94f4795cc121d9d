"""Scenes: label maps of their trees have no gaps, and what is written is read again."""

from pathlib import Path

import numpy as np
import pytest

from acseg_core.config import RefineConfig, SegmenterConfig
from acseg_core.errors import StorageError
from acseg_core.evaluate.regions import scene
from acseg_core.evaluate.regions.scene import LeafTree, Scene
from acseg_core.proposals.segmenter import Segmenter
from acseg_core.proposals.tree import ConceptTree

TREE = ConceptTree(np.array([[0, 1], [2, 3], [4, 5]], np.int32), np.array([1, 2, 3], np.float32))


def test_cuts_of_a_tree_are_label_maps_without_gaps() -> None:
    leaves = LeafTree(TREE, np.array([[0, 1, 2, 3]]), 0.0)
    assert leaves.cut(0.5).tolist() == [[0, 1, 2, 3]]
    assert len(np.unique(leaves.cut(1))) == 3
    assert leaves.cut_to(2).tolist() in ([[0, 0, 1, 1]], [[1, 1, 0, 0]])
    assert leaves.cut(3).tolist() == [[0, 0, 0, 0]]


def test_a_leaf_that_lost_its_pixels_leaves_no_gap() -> None:
    leaves = LeafTree(TREE, np.array([[0, 0], [3, 1]]), 0.0)
    assert sorted(np.unique(leaves.cut(0.5)).tolist()) == [0, 1, 2]
    assert sorted(np.unique(leaves.cut_to(2)).tolist()) == [0, 1]


@pytest.fixture(scope="module")
def made(tiny_segmenter: SegmenterConfig) -> Scene:
    image = np.zeros((60, 90, 3), np.uint8)
    image[:, 40:] = (200, 30, 30)
    segmenter = Segmenter(tiny_segmenter)
    (features,) = segmenter.backbone.features([image])
    wanted = (scene.OURS, scene.TOKEN_WARD, scene.DESCRIBED_WARD, scene.KMEANS_LEAVES, scene.CELLS, scene.FINE)
    return Scene.of(image, features, segmenter, wanted, seed=3, paper=segmenter)


def test_a_scene_has_the_trees_that_are_wanted(made: Scene) -> None:
    plain = {scene.OURS, scene.TOKEN_WARD, scene.DESCRIBED_WARD, scene.KMEANS_LEAVES}
    assert set(made.trees) == plain | {scene.CELLS}
    height, width, _ = made.tokens.shape
    np.testing.assert_allclose(np.linalg.norm(made.tokens, axis=2), 1, atol=1e-3)
    for name in (scene.TOKEN_WARD, scene.DESCRIBED_WARD):
        assert made.trees[name].leaf_map.tolist() == np.arange(height * width).reshape(height, width).tolist()
    for name in (scene.OURS, scene.KMEANS_LEAVES, scene.CELLS):
        assert made.trees[name].leaf_map.shape == made.image.shape[:2]
    assert made.fine is not None
    assert made.paper is not None
    assert made.paper.shape[:2] == made.tokens.shape[:2]


def test_a_scene_is_read_as_it_was_written(made: Scene, tmp_path: Path) -> None:
    made.save(tmp_path / "scene.npz")
    found = Scene.load(tmp_path / "scene.npz", made.image, made.refine, seed=3)
    np.testing.assert_array_equal(found.tokens, made.tokens)
    np.testing.assert_array_equal(found.described, made.described)
    assert list(found.trees) == list(made.trees)
    for name, tree in made.trees.items():
        np.testing.assert_array_equal(found.trees[name].cut_to(3), tree.cut_to(3))
        assert found.trees[name].seconds == tree.seconds
    assert found.fine is not None
    assert made.fine is not None
    np.testing.assert_array_equal(found.fine.similarity, made.fine.similarity)
    assert len(found.fine.drawn) == len(made.fine.drawn)
    np.testing.assert_array_equal(found.paper, made.paper)


def test_what_a_scene_does_not_have_is_not_read(tmp_path: Path) -> None:
    image, tokens = np.zeros((4, 4, 3), np.uint8), np.ones((2, 2, 3), np.float32)
    Scene(image, tokens, tokens, RefineConfig(), 0, {}).save(tmp_path / "scene.npz")
    found = Scene.load(tmp_path / "scene.npz", image, RefineConfig(), seed=0)
    assert (found.trees, found.fine, found.paper) == ({}, None, None)


def test_a_scene_that_was_damaged_meanwhile_is_one_line(made: Scene, tmp_path: Path) -> None:
    """On the code of before, a traceback of zipfile or NumPy."""
    path = tmp_path / "scene.npz"
    made.save(path)
    whole = path.read_bytes()
    for damage in (b"", whole[: len(whole) // 2], whole[:-30]):
        path.write_bytes(damage)
        with pytest.raises(StorageError, match=r"scene\.npz: .*; run the evaluation again"):
            Scene.load(path, made.image, made.refine, seed=3)


def test_clusters_of_patches_get_pixels_along_the_edge_of_the_image(made: Scene) -> None:
    rows, columns, _ = made.tokens.shape
    middles = (np.arange(columns) + 0.5) * 90 / columns
    clusters = np.tile(middles > 40, (rows, 1)).astype(np.intp)
    described = np.stack((1.0 - clusters, clusters), axis=2).astype(np.float32)
    label_map = made.pixels(described, clusters.ravel())
    assert label_map.shape == (60, 90)
    assert np.abs((label_map == 0).sum(axis=1) - 40).max() <= 3


def test_cells_follow_the_edge_of_the_image_and_are_the_tree_s_own(made: Scene) -> None:
    cells = made.cells()
    assert cells is made.trees[scene.CELLS].leaf_map
    halves = made.trees[scene.CELLS].cut_to(2)
    assert len(np.unique(halves[:, :38])) == len(np.unique(halves[:, 42:])) == 1
    assert halves[0, 0] != halves[0, -1]


def test_every_pixel_has_its_patch(made: Scene) -> None:
    height, width, _ = made.tokens.shape
    assert made.patch_of.shape == (60, 90)
    assert made.patch_of[0, 0] == 0
    assert made.patch_of[-1, -1] == height * width - 1
    assert len(np.unique(made.patch_of)) == height * width


def test_parts_that_look_the_same_keep_their_patches(made: Scene) -> None:
    height, width, _ = made.tokens.shape
    parts = np.zeros((height, width), np.intp)
    parts[: height // 2] = 1
    label_map = made.pixels_of_parts(parts)
    assert label_map[0].all()
    assert not label_map[-1].any()


def test_leaves_of_patches_get_pixels_inside_of_crisp_regions(made: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene, "_CRISP_REGIONS", 2)
    patches = made.trees[scene.TOKEN_WARD]
    crisp = made.on_pixels(patches)
    assert crisp.leaf_map.shape == (60, 90)
    halves = patches.cut_to(2)
    np.testing.assert_array_equal(halves.ravel()[crisp.leaf_map], made.pixels(made.tokens, halves))
    inside = halves.ravel()[made.patch_of] == halves.ravel()[crisp.leaf_map]
    np.testing.assert_array_equal(crisp.leaf_map[inside], made.patch_of[inside])
    assert inside.mean() > 0.5
