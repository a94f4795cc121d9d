"""How the concept tree of an image is stored: four strings of bytes.

A tree of cells takes 16 bits a node in its merges, half precision for its heights, and 8 bits a number for the tokens
of groups of leaves. Other trees, and those of older versions, take 32 bits, single precision, and half precision with
tokens for every leaf. Which it is, its leaf map tells.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import LeafMap, is_of_cells
from acseg_core.proposals.tree import ConceptTree

_TOKENS_HEAD = struct.Struct("<HH")
"""Of tokens in 8 bits: groups, and numbers in a token."""

_MOST_GROUPS = 256


@dataclass(frozen=True, slots=True)
class TreeBytes:
    """An image's tree as it is stored.

    Attributes:
        leaf_map: See `leaf_map`.
        merges: (n - 1, 2) little-endian, uint16 for a tree of cells, else int32.
        heights: (n - 1,) little-endian, float16 for a tree of cells, else float32.
        leaf_tokens: (n, D) little-endian float16; for a tree of cells (m, D) int8, factors (m,) float32 and the
            groups (n,) uint8 of its leaves.
    """

    leaf_map: bytes
    merges: bytes
    heights: bytes
    leaf_tokens: bytes

    @classmethod
    def of(cls, tree: ImageTree) -> TreeBytes:
        """Encode a tree; the tokens of a tree of cells are rounded (see `rounded`), all else is without loss."""
        merges, heights = tree.tree.merges, tree.tree.heights
        if tree.leaves.leaf_of_cell is None:
            tokens = tree.tokens[tree.group_of_leaf].astype("<f2").tobytes()
            parts = merges.astype("<i4").tobytes(), heights.astype("<f4").tobytes(), tokens
        else:
            tokens = _packed_tokens(tree.tokens, tree.group_of_leaf)
            parts = merges.astype("<u2").tobytes(), heights.astype("<f2").tobytes(), tokens
        return cls(tree.leaves.to_bytes(), *parts)

    def read(self) -> ImageTree:
        """Decode the tree.

        Raises:
            ValueError: It is damaged.
        """
        leaves = LeafMap.from_bytes(self.leaf_map)
        kind = "<u2" if is_of_cells(self.leaf_map) else "<i4"
        merges = np.frombuffer(self.merges, kind).astype(np.int32).reshape(-1, 2)
        heights = read_heights(self.leaf_map, self.heights)
        if leaves.last_leaf > len(heights):
            raise ValueError(f"the leaf map has leaf {leaves.last_leaf} of a tree of {len(heights) + 1} leaves")
        tokens, group_of_leaf = read_tokens(self.leaf_map, self.heights, self.leaf_tokens)
        return ImageTree(ConceptTree(merges, heights), leaves, tokens, group_of_leaf)


@dataclass(frozen=True, slots=True)
class EncodedTree:
    """A tree that is ready for the store, and what must be known of it there.

    Attributes:
        parts: The tree.
        shape: Height and width of its image.
        void: Pixels of the image that are of no leaf.
    """

    parts: TreeBytes
    shape: tuple[int, int]
    void: int

    @classmethod
    def of(cls, tree: ImageTree) -> EncodedTree:
        """Encode a tree."""
        leaves = tree.leaves
        return cls(TreeBytes.of(tree), (leaves.height, leaves.width), leaves.void_area)


def read_heights(leaf_map: bytes, heights: bytes) -> NDArray[np.float32]:
    """The heights (m,) of a stored tree; of its leaf map the first eight bytes are enough.

    Raises:
        ValueError: They are damaged.
    """
    return np.frombuffer(heights, "<f2" if is_of_cells(leaf_map) else "<f4").astype(np.float32)


def read_tokens(leaf_map: bytes, heights: bytes, leaf_tokens: bytes) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """The tokens (m, D) of groups of a stored tree's leaves, and the group of each of its leaves (n,).

    Raises:
        ValueError: They are damaged.
    """
    count = len(read_heights(leaf_map, heights)) + 1
    if not leaf_tokens:
        raise ValueError("there are no tokens")
    if not is_of_cells(leaf_map):
        return np.frombuffer(leaf_tokens, "<f2").astype(np.float32).reshape(count, -1), np.arange(count)
    if len(leaf_tokens) < _TOKENS_HEAD.size:
        raise ValueError("the tokens are cut off")
    groups, dim = _TOKENS_HEAD.unpack_from(leaf_tokens)
    ends = _TOKENS_HEAD.size + np.cumsum((groups * dim, 4 * groups, count))
    if len(leaf_tokens) != ends[-1]:
        raise ValueError("the tokens are cut off")
    values, factors, group_of_leaf = (
        np.frombuffer(leaf_tokens[start:end], kind)
        for start, end, kind in zip((_TOKENS_HEAD.size, *ends), ends, ("i1", "<f4", "u1"), strict=False)
    )
    tokens = values.reshape(groups, dim).astype(np.float32) * factors[:, None]
    if not np.isfinite(tokens).all():
        raise ValueError("a token is not a number")
    return tokens, group_of_leaf.astype(np.intp)


def rounded(tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    """Tokens (m, D) as a tree of cells stores them: 8 bits a number, relative to the greatest of each token."""
    values, factors = _in_bytes(tokens)
    return values.astype(np.float32) * factors[:, None]


def _in_bytes(tokens: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    factors = np.maximum(np.abs(tokens).max(axis=1, initial=0), 1e-12).astype(np.float32) / 127
    return np.rint(tokens / factors[:, None]).astype(np.int8), factors


def _packed_tokens(tokens: NDArray[np.float32], group_of_leaf: NDArray[np.intp]) -> bytes:
    if len(tokens) > _MOST_GROUPS:
        raise ValueError(f"{len(tokens)} groups of leaves, at most {_MOST_GROUPS}")
    values, factors = _in_bytes(tokens)
    head = _TOKENS_HEAD.pack(*tokens.shape)
    return head + values.tobytes() + factors.astype("<f4").tobytes() + group_of_leaf.astype(np.uint8).tobytes()
