"""Scenes in figures: tiles against one look, and what their seams cost: `pytest -m benchmark -s -n 0`.

`docs/research/scenes.md` has what came out.
"""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from tiled_scene import tree_of_part

from acseg_core.config import BackboneConfig, SegmenterConfig
from acseg_core.images.files import load_image
from acseg_core.images.scenes.tiling import Grid
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.seams import linked_by_overlap
from acseg_core.proposals.segmenter import Segmenter
from acseg_core.proposals.tree import DEFAULT_THRESHOLD

pytestmark = [pytest.mark.benchmark, pytest.mark.filterwarnings("default")]

CLASSES = 5
COUNTS = (30, 60, 100, 150, 200)
GROUPS = ("t1", "t3", "t5", "t7")
"""Of images of Dubai: nine each, which are three by three neighbours."""

Tile = tuple[ImageTree, NDArray[np.int64]]
"""A tree, and (n, classes) pixels of each class in its leaves."""


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(SegmenterConfig(backbone=BackboneConfig(device="cpu")))


def stitched(folder: Path, group: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A scene of nine images and its classes; rows and columns that not all have are left out."""
    pixels, labels = [], []
    for row in range(3):
        names = [f"{group}_{3 * row + column + 1:03}" for column in range(3)]
        images = [load_image(folder / "images" / f"{name}.jpg") for name in names]
        maps = [cv2.imread(str(folder / "labels" / f"{name}.png"), cv2.IMREAD_UNCHANGED) for name in names]
        height = min(len(image) for image in images)
        pixels.append(np.concatenate([image[:height] for image in images], axis=1))
        labels.append(np.concatenate([each[:height] for each in maps], axis=1))
    width = min(row.shape[1] for row in pixels)
    return np.concatenate([row[:, :width] for row in pixels]), np.concatenate([row[:, :width] for row in labels])


def tiles_of(segmenter: Segmenter, scene: tuple[NDArray[np.uint8], NDArray[np.uint8]], *, side: int) -> list[Tile]:
    """All tiles of a scene; one that has the whole is one look at it."""
    pixels, labels = scene
    grid = Grid(pixels.shape[1], pixels.shape[0], side)
    found = []
    for tile, (width, height) in grid.tiles():
        halo = tile.halo if grid.rows * grid.columns > 1 else 0
        tree = tree_of_part(segmenter, pixels, (tile.left, tile.top, width, height), halo=halo)
        truth = labels[tile.top : tile.top + height, tile.left : tile.left + width]
        known = truth < CLASSES
        at = tree.leaf_map[known].astype(int) * CLASSES + truth[known]
        found.append((tree, np.bincount(at, minlength=tree.tree.leaves * CLASSES).reshape(-1, CLASSES)))
    return found


def regions_at(tile: Tile, threshold: float) -> NDArray[np.int64]:
    """(R, classes) pixels of each class in the regions of a cut."""
    tree, pixels = tile
    made = int(np.searchsorted(tree.tree.heights, threshold, side="right"))
    _, region = np.unique(tree.tree.after(made), return_inverse=True)
    found = np.zeros((region.max() + 1, CLASSES), np.int64)
    np.add.at(found, region, pixels)
    return found


def oracle_miou(regions: NDArray[np.int64]) -> float:
    """Of all regions of all scenes, each of the class that most of its pixels have."""
    confusion = np.zeros((CLASSES, CLASSES))
    np.add.at(confusion, regions.argmax(axis=1), regions)
    right = np.diag(confusion)
    return float(np.mean(right / (confusion.sum(axis=0) + confusion.sum(axis=1) - right)))


def at_count(scenes: list[list[Tile]], count: float) -> tuple[float, float]:
    """Mean regions a scene, and mIoU, at the one threshold for all that leaves about so many."""
    low, high = 1e-4, 3.0
    for _ in range(30):
        threshold = (low * high) ** 0.5
        regions = np.concatenate([regions_at(tile, threshold) for tiles in scenes for tile in tiles])
        low, high = (threshold, high) if len(regions) / len(scenes) > count else (low, threshold)
    return len(regions) / len(scenes), oracle_miou(regions)


def test_tiles_against_one_look(shared_data: Path, segmenter: Segmenter) -> None:
    """Target: mIoU better by .03 at equal mean counts on four scenes of Dubai."""
    scenes = [stitched(shared_data / "domains" / "dubai", group) for group in GROUPS]
    ways = {side: [tiles_of(segmenter, scene, side=side) for scene in scenes] for side in (10**6, 896, 640)}
    for count in COUNTS:
        figures = (f"{side}: {regions:.1f} {miou:.4f}" for side, (regions, miou) in _scored(ways, count).items())
        print(f"@{count}  " + "  ".join(figures))


def _scored(ways: dict[int, list[list[Tile]]], count: int) -> dict[int, tuple[float, float]]:
    return {side: at_count(scenes, count) for side, scenes in ways.items()}


def test_tiles_that_overlap(shared_data: Path, segmenter: Segmenter) -> None:
    """Target: 90 % of the pixels that two tiles share are of one thing in both; every other photo chose the rule."""
    paths = [
        path
        for name, step in (("coco-mini", 8), ("camvid-mini", 8), ("bsds-mini", 12), ("domains/dubai", 4))
        for path in sorted((shared_data / name / "images").iterdir())[::step]
    ]
    alone, together = [], []
    for path in paths:
        pixels = load_image(path)
        height, width = pixels.shape[:2]
        wide = round(0.625 * width)
        first, second = (
            _partition(segmenter, pixels, (left, 0, wide, height))[:, part]
            for left, part in ((0, slice(width - wide, wide)), (width - wide, slice(0, 2 * wide - width)))
        )
        shared = np.zeros((first.max() + 1, second.max() + 1), int)
        np.add.at(shared, (first.ravel(), second.ravel()), 1)
        alone.append(shared[linear_sum_assignment(-shared)].sum() / first.size)
        one, other = linked_by_overlap(first, second)
        together.append((one[first] == other[second]).mean())
    for half, name in ((slice(0, None, 2), "chosen on"), (slice(1, None, 2), "reported")):
        print(f"{name}: alone {np.mean(alone[half]):.3f}, linked {np.mean(together[half]):.3f}")


def _partition(segmenter: Segmenter, pixels: NDArray[np.uint8], part: tuple[int, int, int, int]) -> NDArray[np.intp]:
    tree = tree_of_part(segmenter, pixels, part, halo=max(part[2:]) // 8)
    return np.unique(tree.tree.cut(DEFAULT_THRESHOLD), return_inverse=True)[1][tree.leaf_map]
