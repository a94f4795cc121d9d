"""The concept tree of an image by its cells, in steps between which the backbone's device is asked.

Cells need the pixels only, and the tree needs only what the patches under each cell have on average: so all that the
backbone computed may stay where it is until the leaves are known. Nothing here imports torch, and all that passes
between the steps can be sent to another process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import CellConfig
from acseg_core.proposals.cell_descriptions import favouring_alike, group_means, patches_under
from acseg_core.proposals.cell_merging import CellFeatures, grow_cell_tree
from acseg_core.proposals.cells import Cells, find_cells
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import LeafMap
from acseg_core.proposals.margins import NO_MARGINS, Margins
from acseg_core.proposals.patches import patch_colours
from acseg_core.proposals.tree_bytes import rounded

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_GROUPS = 32
"""Regions of the cut that descriptors are made of: those of what is smaller are theirs."""


@dataclass(frozen=True, slots=True, eq=False)
class SeenCells:
    """What the backbone sees in the n cells of an image.

    Attributes:
        features: What they are merged by.
        tokens: (n, D) float32, mean of the tokens that regions are described by.
    """

    features: CellFeatures
    tokens: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class CellPartition:
    """The cells of an image, which wait for what the backbone sees in them.

    Attributes:
        cells: Of the image.
        size: Height and width of the image, without what is around it.
        valid: (H, W) bool, its pixels that are not void; all are if it is None.
    """

    cells: Cells
    size: tuple[int, int]
    valid: NDArray[np.bool_] | None = None

    @classmethod
    def begin(
        cls,
        image: NDArray[np.uint8],
        config: CellConfig,
        *,
        valid: NDArray[np.bool_] | None = None,
        margins: Margins = NO_MARGINS,
    ) -> CellPartition:
        """Find the cells of an image, (H, W, 3) uint8 RGB, and of its margins; see `find_cells`."""
        rows, columns = margins.inside(image.shape)
        cells = find_cells(image, config.count, valid=valid, margins=margins)
        size = rows.stop - rows.start, columns.stop - columns.start
        return cls(cells, size, None if valid is None else valid[rows, columns])

    def patches_under(self, image: NDArray[np.uint8], grid: tuple[int, int]) -> csr_array:
        """(n, h * w) float32, sparse: weights of the patches of a grid (h, w) in each cell; rows sum to 1.

        Args:
            image: The one it was begun with.
            grid: Rows and columns of patches.
        """
        graph = self.cells.graph
        under = patches_under(self.cells.numbers, grid)
        return favouring_alike(under, graph.features, graph.sizes, patch_colours(image, grid))

    def tree(self, seen: SeenCells, config: CellConfig) -> ImageTree:
        """Grow the tree, its tokens those of the regions of a cut."""
        grown = grow_cell_tree(self.cells, seen.features, config)
        leaves, kept = self._leaves()
        tree = grown if len(kept) == grown.leaves else grown.restricted(kept)
        group_of_leaf = np.unique(tree.cut_to(_GROUPS), return_inverse=True)[1]
        tokens = group_means(seen.tokens[kept], leaves.areas, group_of_leaf)
        return ImageTree(tree, leaves, rounded(tokens), group_of_leaf)

    def _leaves(self) -> tuple[LeafMap, NDArray[np.intp]]:
        """The leaves of the image's pixels, and which cells they are; margins have none."""
        margins, numbers = self.cells.margins, self.cells.numbers
        if not margins:
            return LeafMap.of_cells(numbers, self.size, valid=self.valid)
        cut = numbers[margins.inside(numbers.shape)]
        there, numbered = np.unique(cut, return_inverse=True)
        void = int(there[0] < 0)
        renumbered = np.asarray(numbered.reshape(cut.shape) - void, np.int32)
        leaves, kept = LeafMap.of_cells(renumbered, self.size, valid=self.valid, whole=False)
        return leaves, there[void:][kept].astype(np.intp)
