"""The concept tree of one image with its pixels: all that is needed to cut it again without any model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.clipping import without_crumbs
from acseg_core.proposals.leaf_map import OUTSIDE, LeafMap
from acseg_core.proposals.tree import MAX_LEAVES, ConceptTree
from acseg_core.shapes import masks
from acseg_core.types import RegionProposal


@dataclass(frozen=True, slots=True, eq=False)
class ImageTree:
    """All that is needed to cut one image again without any model.

    Attributes:
        tree: Of n leaves.
        leaves: Leaf of every pixel of the displayed image; every leaf has at least one.
        tokens: (m, D) float32, mean patch token (`FeatureMap.description_tokens`) of groups of leaves, not normalised.
        group_of_leaf: (n,) intp, which of them stands for each leaf.

    Raises:
        ValueError: The parts do not belong together.
    """

    tree: ConceptTree
    leaves: LeafMap
    tokens: NDArray[np.float32]
    group_of_leaf: NDArray[np.intp]

    def __post_init__(self) -> None:
        count, groups = self.tree.leaves, self.group_of_leaf
        if count > MAX_LEAVES or groups.shape != (count,):
            raise ValueError(f"{len(groups)} leaves with tokens for a tree of {count} leaves (at most {MAX_LEAVES})")
        if self.tokens.ndim != 2 or not 0 <= int(groups.min()) <= int(groups.max()) < len(self.tokens):
            raise ValueError(f"a leaf has the tokens of group {int(groups.max())} of {len(self.tokens)}")

    @classmethod
    def of(cls, tree: ConceptTree, leaf_map: NDArray[np.integer], tokens: NDArray[np.floating]) -> ImageTree:
        """A tree whose leaves have tokens of their own, (n, D), and every pixel its leaf, (H, W)."""
        leaves = LeafMap.of(np.asarray(leaf_map))
        return cls(tree, leaves, np.asarray(tokens, np.float32), np.arange(tree.leaves))

    @property
    def leaf_map(self) -> NDArray[np.uint16]:
        """(H, W) uint16, leaf of every pixel, `OUTSIDE` where the image is void: of no region, whatever the cut."""
        return self.leaves.pixels

    def regions(
        self, nodes: NDArray[np.int32], *, within: NDArray[np.bool_] | None = None
    ) -> tuple[RegionProposal, ...]:
        """Make the regions of a cut: `partition` without the label map."""
        return self.partition(nodes, within=within)[1]

    def partition(
        self, nodes: NDArray[np.int32], *, within: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.uint16], tuple[RegionProposal, ...]]:
        """Make the regions of a cut.

        Args:
            nodes: (n,) node of every leaf, as `ConceptTree.cut` returns it.
            within: (H, W), the pixels to divide; all if left out. Crumbs that are left of a region beside the others
                belong to its neighbours; see `clipping`.

        Returns:
            (H, W) uint16 index of every pixel's region, `OUTSIDE` where there is none; and the regions, largest first
            (ties by node).
        """
        kinds, kind_of_leaf = np.unique(nodes, return_inverse=True)
        shared = np.zeros((len(kinds), self.tree.leaves), np.int64)
        shared[kind_of_leaf, np.arange(self.tree.leaves)] = self._leaf_counts
        if within is not None:
            kind_map = np.where(within, self._looked_up(kind_of_leaf), np.uint16(OUTSIDE))
            kind_map = without_crumbs(kind_map, shared.sum(axis=1), within, outside=OUTSIDE)
            shared = self._shared_with(kind_map, len(kinds))
        areas = shared.sum(axis=1)
        order = np.lexsort((kinds, -areas))
        order = order[areas[order] > 0]
        position = np.full(OUTSIDE + 1, OUTSIDE, np.uint16)
        position[order] = np.arange(len(order), dtype=np.uint16)
        label_map = self._looked_up(position[kind_of_leaf]) if within is None else position[kind_map]
        rles = masks.encode_label_map(label_map)
        return label_map, tuple(
            RegionProposal(
                node=int(kinds[kind]),
                mask=rles[index],
                bbox=masks.bounding_box(rles[index]),
                area=int(areas[kind]),
                descriptor=self.descriptor(shared[kind]),
            )
            for index, kind in enumerate(order)
        )

    @property
    def _leaf_counts(self) -> NDArray[np.int64]:
        """(n,) pixels of each leaf."""
        found, count = self.leaves.areas, self.tree.leaves
        return np.pad(found[:count], (0, max(0, count - len(found))))

    def _looked_up(self, number_of_leaf: NDArray[np.integer]) -> NDArray[np.uint16]:
        """(H, W) uint16 number of each pixel's leaf, `OUTSIDE` where there is none."""
        lookup = np.full(OUTSIDE + 1, OUTSIDE, np.uint16)
        lookup[: self.tree.leaves] = number_of_leaf
        return lookup[self.leaf_map]

    def _shared_with(self, label_map: NDArray[np.uint16], count: int) -> NDArray[np.int64]:
        """(count, n) pixels that each of so many regions of a map shares with each leaf."""
        inside = label_map != OUTSIDE
        pairs = label_map[inside].astype(np.intp) * self.tree.leaves + self.leaf_map[inside]
        found = np.bincount(pairs, minlength=count * self.tree.leaves)
        return found.reshape(count, self.tree.leaves).astype(np.int64)

    def descriptor(self, leaf_pixels: NDArray[np.integer]) -> NDArray[np.float16]:
        """Descriptor of any mask, from how many pixels of each leaf are in it.

        Args:
            leaf_pixels: (n,) integers.

        Returns:
            (D,) float16, L2-normalised.
        """
        shares = np.bincount(self.group_of_leaf, leaf_pixels, len(self.tokens)).astype(np.float32)
        total = shares @ self.tokens
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-12), np.float16)
