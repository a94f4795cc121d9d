"""Pieces: the connected parts of all nodes of a tree, found without looking at any node's pixels.

The pieces of the leaves are found in the image; above them, a merge joins what touches. So all the pieces of all nodes
form a forest with less than twice as many members as the leaves have pieces, however many nodes there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Index = NDArray[np.integer[Any]]

_BELOW = (
    (np.s_[:-1, :], np.s_[1:, :]),
    (np.s_[:-1, :-1], np.s_[1:, 1:]),
    (np.s_[:-1, 1:], np.s_[1:, :-1]),
)
_NEIGHBOURS = ((np.s_[:, :-1], np.s_[:, 1:]), *_BELOW)


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The forest of the pieces of a tree's nodes; a piece that several nodes share is there once.

    Attributes:
        atoms: (H, W) int32 piece of a leaf of every pixel, 0..A - 1.
        parents: (P,) int32, the piece that each is joined into, which comes later; -1 where there is none. The first A
            are the atoms.
        whole: (P,) bool, False for what two pieces make on the way to a piece that three or more make at once.
    """

    atoms: NDArray[np.int32]
    parents: NDArray[np.int32]
    whole: NDArray[np.bool_]


def parents_of(merges: Index) -> NDArray[np.int32]:
    """The node that each node is merged into.

    Args:
        merges: (n - 1, 2) nodes of `ConceptTree`: 0..n - 1 are leaves, n + i is merge i.

    Returns:
        (2 n - 1,) int32; -1 for the root.
    """
    leaves = len(merges) + 1
    parents = np.full(2 * leaves - 1, -1, np.int32)
    parents[merges] = (leaves + np.arange(leaves - 1))[:, None]
    return parents


def accumulated(parents: Index, table: NDArray[np.int64]) -> NDArray[np.int64]:
    """Add up a table of a forest's first members to its later ones.

    Args:
        parents: (P,) as `parents_of` and `Pieces` have them.
        table: (A, C) of the first A, A at most P.

    Returns:
        (P, C) int64.
    """
    total = np.zeros((len(parents), table.shape[1]), np.int64)
    total[: len(table)] = table
    for child, parent in enumerate(parents.tolist()):
        if parent >= 0:
            total[parent] += total[child]
    return total


def pieces_of(merges: Index, leaf_map: Index) -> Pieces:
    """Find the 8-connected pieces of all nodes of a tree.

    Args:
        merges: (n - 1, 2) nodes of `ConceptTree`; their heights do not matter.
        leaf_map: (H, W) leaf of every pixel, of any integer type, 0..n - 1; not every leaf needs to have a pixel.
    """
    atoms = _atoms(leaf_map)
    count = int(atoms.max()) + 1
    leaf_of = np.zeros(count, np.intp)
    leaf_of[atoms.ravel()] = leaf_map.ravel()
    touching = _touching(atoms)
    joined_at = _lowest_common(parents_of(merges), leaf_of[touching])
    order = np.argsort(joined_at, kind="stable")
    parents, made_at = _joined(count, joined_at[order], touching[order])
    on_the_way = (parents >= 0) & (made_at >= 0) & (made_at[parents] == made_at)
    return Pieces(atoms, parents, ~on_the_way)


def _atoms(leaf_map: Index) -> NDArray[np.int32]:
    """(H, W) int32 8-connected piece of equal leaves, without gaps."""
    starts = np.ones(leaf_map.shape, bool)
    starts[:, 1:] = leaf_map[:, 1:] != leaf_map[:, :-1]
    runs = (np.cumsum(starts.ravel()) - 1).reshape(leaf_map.shape)  # row by row: far fewer than pixels
    above, below = [], []
    for here, there in _BELOW:
        same = leaf_map[here] == leaf_map[there]
        above.append(runs[here][same])
        below.append(runs[there][same])
    one, other = np.concatenate(above), np.concatenate(below)
    count = int(runs[-1, -1]) + 1
    graph = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(count, count))
    _, piece = connected_components(graph, directed=False)
    return np.asarray(piece[runs], np.int32)


def _touching(atoms: NDArray[np.int32]) -> NDArray[np.intp]:
    """(E, 2) pairs of atoms with pixels side by side or corner to corner, each pair once."""
    count = int(atoms.max()) + 1
    keys = []
    for here, there in _NEIGHBOURS:
        one, other = atoms[here], atoms[there]
        differs = one != other
        one, other = one[differs].astype(np.int64), other[differs].astype(np.int64)
        keys.append(np.unique(np.minimum(one, other) * count + np.maximum(one, other)))
    return np.stack(np.divmod(np.unique(np.concatenate(keys)), count), axis=1).astype(np.intp)


def _lowest_common(parents: NDArray[np.int32], pairs: NDArray[np.intp]) -> NDArray[np.intp]:
    """(E,) the lowest node above both of each pair (E, 2) of nodes: whichever is older climbs until they meet."""
    at = pairs.copy()
    while (apart := np.flatnonzero(at[:, 0] != at[:, 1])).size:
        older = at[apart].argmin(axis=1)
        at[apart, older] = parents[at[apart, older]]
    return at[:, 0]


def _joined(
    count: int, nodes: NDArray[np.intp], pairs: NDArray[np.intp]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Join the atoms in the order of the nodes at which they meet.

    Args:
        count: Atoms.
        nodes: (E,) ascending node at which each pair belongs together.
        pairs: (E, 2) atoms that touch.

    Returns:
        (P,) int32 parent of every piece, -1 where there is none; and the node at which it was made, -1 for atoms.
    """
    parents, made_at, root = [-1] * count, [-1] * count, list(range(count))

    def top(piece: int) -> int:
        while root[piece] != piece:
            root[piece] = root[root[piece]]  # the path is halved on the way
            piece = root[piece]
        return piece

    for node, (one, other) in zip(nodes.tolist(), pairs.tolist(), strict=True):
        first, second = top(one), top(other)
        if first != second:
            made = len(parents)
            parents[first] = parents[second] = root[first] = root[second] = made
            parents.append(-1)
            made_at.append(node)
            root.append(made)
    return np.array(parents, np.int32), np.array(made_at, np.int32)
