"""What the backbone sees in the cells of an image, found where its tensors are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from acseg_core.config import INPUT_SIZES, TreeConfig
from acseg_core.nets.features import FeatureMap
from acseg_core.nets.part_averages import average_parts
from acseg_core.proposals.cell_merging import CellFeatures
from acseg_core.proposals.cell_partition import SeenCells
from acseg_core.proposals.patches import Patches
from acseg_core.proposals.projection import Projection
from acseg_core.proposals.scene_complexity import relative_steps, relative_to_usual

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class CellDescriber:
    """How what a backbone computed becomes descriptions of cells.

    Attributes:
        tree: Shares of keys and values in the descriptions.
        projection: What descriptions of patches are mapped by, or None.
        input_size: Side of what the backbone sees, in pixels.
    """

    tree: TreeConfig
    projection: Projection | None
    input_size: int

    def seen_in(self, features: FeatureMap, under: csr_array) -> SeenCells:
        """What the backbone sees in cells, found where it is: all that it computed stays on its device.

        Args:
            features: What the backbone computed on an image.
            under: (n, h * w) float32, sparse: weights of the patches in each cell.
        """
        if features.tokens.device.type != "cpu":
            return self.seen_on_device(features, under)
        patches = Patches.of(features, None, self.projection)
        described = patches.described(key_share=self.tree.key_share, value_share=self.tree.value_share)
        of_cells = np.float32(patches.distance_scale**0.5) * (under @ described.reshape(-1, described.shape[2]))
        attention = None if patches.attention is None else under @ patches.attention.ravel()
        tokens = under @ features.description_tokens.flatten(0, 1).numpy()
        return SeenCells(CellFeatures(of_cells, attention, relative_steps(patches), self._fineness), tokens)

    def seen_on_device(self, features: FeatureMap, under: csr_array) -> SeenCells:
        """The same as `seen_in` by the device's own means, which round otherwise than NumPy."""
        projection = self.projection
        found = average_parts(
            features,
            under.toarray(),
            shares=(self.tree.key_share, self.tree.value_share),
            matrix=None if projection is None else projection.matrix,
        )
        scale = np.float32(1.0 if projection is None else projection.distance_scale**0.5)
        steps = relative_to_usual(found.step, of_values=features.values is not None)
        return SeenCells(CellFeatures(scale * found.descriptions, found.attention, steps, self._fineness), found.tokens)

    @property
    def _fineness(self) -> float:
        """Side of what the backbone sees, relative to the usual one."""
        return self.input_size / INPUT_SIZES["balanced"]
