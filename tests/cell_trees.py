"""Concept trees of cells without a model: real cells of made-up pictures, merged by what is made up of their looks."""

import cv2
import numpy as np

from acseg_core.config import CellConfig
from acseg_core.proposals.cell_merging import CellFeatures, grow_cell_tree
from acseg_core.proposals.cells import find_cells
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import LeafMap
from acseg_core.proposals.tree_bytes import rounded

GROUPS = 32


def texture(height: int, width: int, seed: int = 0) -> np.ndarray:
    """(H, W, 3) uint8: blots of all sizes, the larger ones stronger, as in photographs; with some noise."""
    random = np.random.default_rng(seed)
    image, side = np.zeros((height, width, 3), np.float32), 3
    while side < max(height, width):
        shape = (min(side, height), min(side, width), 3)
        blots = random.normal(0, 120 / side**0.5, shape).astype(np.float32)
        image += cv2.resize(blots, (width, height), interpolation=cv2.INTER_CUBIC).reshape(image.shape)
        side *= 2
    return np.clip(image + 128 + random.normal(0, 3, image.shape), 0, 255).astype(np.uint8)


def tree_of_cells(
    image: np.ndarray, *, count: int = 1000, dim: int = 8, seed: int = 0, valid: np.ndarray | None = None
) -> ImageTree:
    """The tree of an image as the segmenter makes it, with looks (n, dim) drawn at random around the cells' colours."""
    cells = find_cells(image, count, valid=valid)
    random = np.random.default_rng(seed)
    looks = cells.graph.features @ random.normal(size=(3, dim)) + random.normal(0, 0.02, (cells.graph.count, dim))
    grown = grow_cell_tree(cells, CellFeatures(looks.astype(np.float32)), CellConfig(count=max(2, count)))
    leaves, kept = LeafMap.of_cells(cells.numbers, image.shape[:2], valid=valid)
    tree = grown if len(kept) == grown.leaves else grown.restricted(kept)
    group_of_leaf = np.unique(tree.cut_to(GROUPS), return_inverse=True)[1]
    tokens = random.normal(size=(int(group_of_leaf.max()) + 1, dim)).astype(np.float32)
    return ImageTree(tree, leaves, rounded(tokens), group_of_leaf)
