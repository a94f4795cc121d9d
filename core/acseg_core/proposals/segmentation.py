"""The segmentation of one image: its regions, the map of them, and the tree they are a cut of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.nets.features import FeatureMap
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.tree import threshold_of
from acseg_core.proposals.tree_bytes import EncodedTree
from acseg_core.types import RegionProposal


@dataclass(frozen=True, slots=True, eq=False)
class Segmentation:
    """A partition of one image into concept regions.

    Attributes:
        label_map: (H, W) uint16, index into ``regions`` for every pixel of the displayed image.
        regions: Largest first; together they cover the image and never overlap.
        features: The backbone's output the partition was made from.
        tree: The concept tree that the partition is a cut of.
    """

    label_map: NDArray[np.uint16]
    regions: tuple[RegionProposal, ...]
    features: FeatureMap
    tree: ImageTree


@dataclass(frozen=True, slots=True, eq=False)
class EncodedSegmentation:
    """A partition of one image that is ready for the store.

    Attributes:
        regions: Largest first; together they cover the image and never overlap.
        tree: The concept tree that they are a cut of.
    """

    regions: tuple[RegionProposal, ...]
    tree: EncodedTree

    @classmethod
    def of_cut(cls, tree: ImageTree, granularity: float) -> EncodedSegmentation:
        """The regions of a cut of a tree, and the tree.

        Raises:
            ValueError: The granularity is outside 0..1.
        """
        return cls(tree.regions(tree.tree.cut(threshold_of(granularity))), EncodedTree.of(tree))
