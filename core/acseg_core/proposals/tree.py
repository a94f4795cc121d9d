"""The concept tree of one image: fine concepts, the merges above them, and the cuts that make partitions.

A tree is small and needs no model: a cut, a split and a merge upwards are look-ups. Nothing here imports torch.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Collection
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.clipping import without_crumbs
from acseg_core.shapes import masks
from acseg_core.types import MAX_PIXELS, RegionProposal

_PNG = (cv2.IMWRITE_PNG_COMPRESSION, 2, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE)
"""Options of the PNG: its filters, made for photographs, would only cost a map of leaves time, both ways, and bytes."""

MAX_LEAVES = 64
"""Fine concepts of one image, at most."""

OUTSIDE = 255
"""Value in a label map of a pixel of no region."""

DEFAULT_GRANULARITY = 0.5

DEFAULT_THRESHOLD = 0.07
"""Height of the default cut: seven to eight regions in an ordinary photo, measured on coco-mini (docs/research)."""

_THRESHOLD_RANGE = 64.0
"""Ratio of the coarsest cut's threshold to the finest cut's."""


def threshold_of(granularity: float) -> float:
    """Height at which a granularity cuts, the same for every image: that is what makes the count adaptive.

    Args:
        granularity: 0 (the whole image is one region) to 1 (all fine concepts); 0.5 is the default cut.

    Raises:
        ValueError: It is outside 0..1.
    """
    if not 0 <= granularity <= 1:
        raise ValueError(f"granularity must be between 0 and 1, got {granularity}")
    if granularity in (0, 1):
        return math.inf if granularity == 0 else -math.inf
    return float(DEFAULT_THRESHOLD * _THRESHOLD_RANGE ** (DEFAULT_GRANULARITY - granularity))


def granularity_at(height: float) -> float:
    """Granularity whose threshold is ``height``, clipped to 0..1."""
    if height <= 0:
        return 1.0
    wanted = DEFAULT_GRANULARITY - math.log(height / DEFAULT_THRESHOLD) / math.log(_THRESHOLD_RANGE)
    return min(1.0, max(0.0, wanted))


@dataclass(frozen=True, slots=True, eq=False)
class ConceptTree:
    """Bottom-up merges of the n fine concepts of one image. Nodes 0..n - 1 are the leaves, n + i is merge i.

    Attributes:
        merges: (n - 1, 2) int32, the two nodes that merge i joins; each is older than n + i.
        heights: (n - 1,) float32, the dissimilarity at which merge i happens; never decreasing.

    Raises:
        ValueError: These arrays are no tree.
    """

    merges: NDArray[np.int32]
    heights: NDArray[np.float32]

    def __post_init__(self) -> None:
        count = len(self.heights)
        if self.merges.shape != (count, 2):
            raise ValueError(f"{count} heights need merges of shape ({count}, 2), got {self.merges.shape}")
        used = np.sort(self.merges.ravel())
        older = self.merges < (np.arange(count) + count + 1)[:, None]
        if not np.array_equal(used, np.arange(2 * count)) or not older.all():
            raise ValueError("every node but the root must be merged exactly once, after it was made")
        if np.any(np.diff(self.heights) < 0) or not np.isfinite(self.heights).all():
            raise ValueError("the heights of a tree must be finite and never decrease")

    @property
    def leaves(self) -> int:
        """Number of fine concepts."""
        return len(self.heights) + 1

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return 2 * self.leaves - 1

    @property
    def root(self) -> int:
        """The node that is the whole image."""
        return self.nodes - 1

    def cut(self, threshold: float) -> NDArray[np.int32]:
        """Make all merges up to a height.

        Returns:
            (n,) int32, for every leaf the node of the cut it belongs to.
        """
        return self._after(int(np.searchsorted(self.heights, threshold, side="right")))

    def cut_to(self, count: int) -> NDArray[np.int32]:
        """Cut into ``count`` nodes, or into all leaves where there are fewer.

        Returns:
            (n,) int32, for every leaf the node of the cut it belongs to.

        Raises:
            ValueError: The count is below 1.
        """
        if count < 1:
            raise ValueError(f"a cut has at least one node, asked for {count}")
        return self._after(max(0, self.leaves - count))

    def children(self, node: int) -> tuple[int, int] | None:
        """The two nodes below, or None for a leaf."""
        if node < self.leaves:
            return None
        first, second = self.merges[node - self.leaves]
        return int(first), int(second)

    def parent(self, node: int) -> int | None:
        """The node above, or None for the root."""
        at = np.flatnonzero((self.merges == node).any(axis=1))
        return int(at[0]) + self.leaves if len(at) else None

    def leaves_of(self, node: int) -> NDArray[np.int32]:
        """The leaves below a node (itself, if it is one), ascending, int32."""
        waiting, found = [node], []
        while waiting:
            below = self.children(waiting[-1])
            if below is None:
                found.append(waiting.pop())
            else:
                waiting.pop()
                waiting.extend(below)
        return np.array(sorted(found), np.int32)

    def common_ancestor(self, leaves: Collection[int]) -> int:
        """The lowest node above all of these leaves.

        Raises:
            ValueError: There are none.
        """
        if len(leaves) == 0:
            raise ValueError("no leaf given")
        at = {int(leaf) for leaf in leaves}
        for number, (first, second) in enumerate(self.merges.tolist()):
            if len(at) == 1:
                break
            if first in at or second in at:
                at -= {first, second}
                at.add(self.leaves + number)
        return at.pop()

    def restricted(self, leaves: NDArray[np.integer]) -> ConceptTree:
        """The tree of some leaves only: merges with nothing on one side are left out.

        Args:
            leaves: The leaves to keep, ascending, at least one; they are numbered anew in that order.
        """
        node: list[int | None] = [None] * self.nodes
        for number, leaf in enumerate(leaves.tolist()):
            node[leaf] = number
        merges: list[tuple[int, int]] = []
        heights: list[float] = []
        for number, ((first, second), height) in enumerate(zip(self.merges.tolist(), self.heights, strict=True)):
            left, right = node[first], node[second]
            if left is not None and right is not None:
                node[self.leaves + number] = len(leaves) + len(merges)
                merges.append((left, right))
                heights.append(height)
            else:
                node[self.leaves + number] = right if left is None else left
        return ConceptTree(np.array(merges, np.int32).reshape(-1, 2), np.array(heights, np.float32))

    def _after(self, merged: int) -> NDArray[np.int32]:
        """Node of every leaf after the first so many merges."""
        node = np.arange(self.nodes, dtype=np.int32)
        for number in range(merged - 1, -1, -1):  # from the top: what a merge became is known before its children ask
            node[self.merges[number]] = node[self.leaves + number]
        return node[: self.leaves].copy()


@dataclass(frozen=True, slots=True)
class TreeBytes:
    """An image's tree as it is stored.

    Attributes:
        leaf_map: PNG, 8-bit grey.
        merges: (n - 1, 2) little-endian int32.
        heights: (n - 1,) little-endian float32.
        leaf_tokens: (n, D) little-endian float16.
    """

    leaf_map: bytes
    merges: bytes
    heights: bytes
    leaf_tokens: bytes


@dataclass(frozen=True, slots=True, eq=False)
class ImageTree:
    """All that is needed to cut one image again without any model.

    Attributes:
        tree: Of n leaves.
        leaf_map: (H, W) uint8, leaf of every pixel of the displayed image; every leaf has at least one. `OUTSIDE` for
            pixels that are void (without data, or transparent): they are of no region, whatever the cut.
        leaf_tokens: (n, D) float16, mean patch token of each leaf (`FeatureMap.description_tokens`), not normalised.

    Raises:
        ValueError: The parts do not belong together.
    """

    tree: ConceptTree
    leaf_map: NDArray[np.uint8]
    leaf_tokens: NDArray[np.float16]

    def __post_init__(self) -> None:
        count = self.tree.leaves
        if count > MAX_LEAVES or len(self.leaf_tokens) != count:
            raise ValueError(f"{len(self.leaf_tokens)} leaf tokens for a tree of {count} leaves (at most {MAX_LEAVES})")

    def regions(
        self, nodes: NDArray[np.int32], *, within: NDArray[np.bool_] | None = None
    ) -> tuple[RegionProposal, ...]:
        """Make the regions of a cut: `partition` without the label map."""
        return self.partition(nodes, within=within)[1]

    def partition(
        self, nodes: NDArray[np.int32], *, within: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.uint8], tuple[RegionProposal, ...]]:
        """Make the regions of a cut.

        Args:
            nodes: (n,) node of every leaf, as `ConceptTree.cut` returns it.
            within: (H, W), the pixels to divide; all if left out. Crumbs that are left of a region beside the others
                belong to its neighbours; see `clipping`.

        Returns:
            (H, W) uint8 index of every pixel's region, 255 where there is none; and the regions, largest first (ties
            by node).
        """
        kinds, kind_of_leaf = np.unique(nodes, return_inverse=True)
        whole = self._leaf_counts[None, :] * (kind_of_leaf == np.arange(len(kinds))[:, None])
        kind_map, leaf_pixels = self._map_of(kind_of_leaf), whole
        if within is not None:
            kind_map = np.where(within, kind_map, np.uint8(OUTSIDE))
            kind_map = without_crumbs(kind_map, whole.sum(axis=1), within, outside=OUTSIDE)
            leaf_pixels = self._shared_with(kind_map, len(kinds))
        areas = leaf_pixels.sum(axis=1)
        order = np.lexsort((kinds, -areas))
        order = order[areas[order] > 0]
        position = np.full(256, OUTSIDE, np.uint8)
        position[order] = np.arange(len(order), dtype=np.uint8)
        label_map = np.asarray(cv2.LUT(kind_map, position), np.uint8)
        rles = masks.encode_label_map(label_map)
        return label_map, tuple(
            RegionProposal(
                node=int(kinds[kind]),
                mask=rles[index],
                bbox=masks.bounding_box(rles[index]),
                area=int(areas[kind]),
                descriptor=self.descriptor(leaf_pixels[kind]),
            )
            for index, kind in enumerate(order)
        )

    @property
    def _leaf_counts(self) -> NDArray[np.int64]:
        """(n,) pixels of each leaf."""
        return np.bincount(self.leaf_map.ravel(), minlength=256)[: self.tree.leaves].astype(np.int64)

    def _map_of(self, number_of_leaf: NDArray[np.intp]) -> NDArray[np.uint8]:
        """(H, W) uint8 number of each pixel's leaf, `OUTSIDE` where there is none."""
        lookup = np.full(256, OUTSIDE, np.uint8)
        lookup[: self.tree.leaves] = number_of_leaf
        return np.asarray(cv2.LUT(self.leaf_map, lookup), np.uint8)

    def _shared_with(self, label_map: NDArray[np.uint8], count: int) -> NDArray[np.int64]:
        """(count, n) pixels that each of so many regions of a map shares with each leaf."""
        pairs = label_map.astype(np.uint16) << 8 | self.leaf_map
        shared = np.bincount(pairs.ravel(), minlength=1 << 16).reshape(256, 256)
        return shared[:count, : self.tree.leaves].astype(np.int64)

    def descriptor(self, leaf_pixels: NDArray[np.integer]) -> NDArray[np.float16]:
        """Descriptor of any mask, from how many pixels of each leaf are in it.

        Args:
            leaf_pixels: (n,) integers.

        Returns:
            (D,) float16, L2-normalised.
        """
        total = np.asarray(leaf_pixels, np.float32) @ self.leaf_tokens.astype(np.float32)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-12), np.float16)

    def to_bytes(self) -> TreeBytes:
        """Encode for the store, without loss."""
        _, png = cv2.imencode(".png", self.leaf_map, _PNG)
        return TreeBytes(
            png.tobytes(),
            self.tree.merges.astype("<i4").tobytes(),
            self.tree.heights.astype("<f4").tobytes(),
            self.leaf_tokens.astype("<f2").tobytes(),
        )

    @classmethod
    def from_bytes(cls, stored: TreeBytes) -> ImageTree:
        """Decode what `to_bytes` made.

        Raises:
            ValueError: It is damaged.
        """
        leaf_map = read_leaf_map(stored.leaf_map)
        heights = np.frombuffer(stored.heights, "<f4").astype(np.float32)
        merges = np.frombuffer(stored.merges, "<i4").astype(np.int32).reshape(-1, 2)
        tokens = np.frombuffer(stored.leaf_tokens, "<f2").astype(np.float16).reshape(len(heights) + 1, -1)
        return cls(ConceptTree(merges, heights), leaf_map, tokens)


def read_leaf_map(stored: bytes) -> NDArray[np.uint8]:
    """Decode the (H, W) leaf map of a stored tree; its size is looked at before there is room made for it.

    Raises:
        ValueError: It is damaged.
    """
    head = stored[: _PNG_HEAD.size]
    if len(head) < _PNG_HEAD.size:
        raise ValueError("the leaf map is no PNG")
    signature, chunk, width, height, depth, color = _PNG_HEAD.unpack(head)
    if (signature, chunk, depth, color) != (b"\x89PNG\r\n\x1a\n", b"IHDR", 8, 0):
        raise ValueError("the leaf map is no grey PNG")
    if not 0 < width * height <= MAX_PIXELS:
        raise ValueError(f"the leaf map would have {width} x {height} pixels")
    _require_chunks(stored)
    try:
        decoded = cv2.imdecode(np.frombuffer(stored, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        decoded = None
    if decoded is None or decoded.shape != (height, width):
        raise ValueError("the leaf map does not read")
    return np.asarray(decoded, np.uint8)


def _require_chunks(png: bytes) -> None:
    """Check the sums in a PNG, as libpng would tell of a wrong one on the terminal."""
    place = 8
    while place < len(png):
        (length,) = struct.unpack_from(">I", png.ljust(place + 4, b"\0"), place)
        body, check = png[place + 4 : place + 8 + length], png[place + 8 + length : place + 12 + length]
        if len(check) < 4 or zlib.crc32(body).to_bytes(4) != check:
            raise ValueError("the leaf map does not read")
        place += 12 + length
        if body[:4] == b"IEND":
            return
    raise ValueError("the leaf map is cut off")


_PNG_HEAD = struct.Struct(">8s4x4sIIBB")
"""Of a PNG: its signature, and the first chunk's name, width, height, bits per sample and kind of colour."""
