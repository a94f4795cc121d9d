"""Picking a thing out of an image by clicks, whatever regions it lies in: what the concept tree knows is found at once.

A click is in one leaf of the tree, and in every node above it. Of each node only the piece that hangs together around
the click counts, since a tree joins what looks alike wherever it is. One click takes the piece of the default cut,
which is a region as it was proposed, or what was one before it was merged or painted over. A click on what is missing
adds a piece; one on what is too much lets the pieces it lies in give way to smaller ones, down to a leaf's. Where both
kinds of clicks are in one piece of a leaf, the edges of the image decide, from the clicks outwards. From the second
click on the outline snaps to edges nearby; one click takes a region as it is, so that nothing of it is left over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import OUTSIDE
from acseg_core.proposals.snapping import snapped
from acseg_core.proposals.tree import DEFAULT_THRESHOLD
from acseg_core.shapes.dividing import Point

_SEED_RADIUS = 3
"""Radius in pixels of what a click holds when edges decide."""
_BLUR = 1.5
"""Sigma in pixels of the blur before edges are followed: noise has edges, too."""
_THIS, _OTHER, _BESIDE = 1, 2, 3

_Pixel = tuple[int, int]
"""Column and row."""


@dataclass(frozen=True, slots=True, eq=False)
class Picks:
    """Where was clicked, in pixels of the image.

    Attributes:
        this: Points that are in the thing, at least one.
        other: Points that are not.

    Raises:
        ValueError: There is no point that is in it.
    """

    this: Sequence[Point]
    other: Sequence[Point] = ()

    def __post_init__(self) -> None:
        if not self.this:
            raise ValueError("no point says what the thing is")


def pick(
    picks: Picks, tree: ImageTree, image: NDArray[np.uint8], *, threshold: float = DEFAULT_THRESHOLD
) -> NDArray[np.bool_]:
    """Find the thing.

    Args:
        picks: The clicks; those beside the image count for nothing.
        tree: Of the image.
        image: (H, W, 3) uint8 RGB.
        threshold: Height of the cut whose piece one click takes.

    Returns:
        (H, W) bool, with every click on the side it says.
    """
    this, other = (_pixels(points, tree.leaf_map) for points in (picks.this, picks.other))
    pieces = _Pieces(tree)
    found = np.zeros(tree.leaf_map.shape, np.bool_)
    for pixel in this:
        found |= pieces.around(pixel, without=other, threshold=threshold)
    if any(found[row, column] for column, row in other):
        found = _by_edges(found, this, other, image)
    if len(this) + len(other) > 1:
        found = snapped(found, this, other, image)
    for pixels, value in ((other, False), (this, True)):
        for column, row in pixels:
            found[row, column] = value
    return found


class _Pieces:
    """The pieces of the nodes of a tree; each node is laid out once."""

    def __init__(self, tree: ImageTree) -> None:
        self._tree = tree
        self._numbers: dict[int, NDArray[np.int32]] = {}

    def around(self, pixel: _Pixel, *, without: Sequence[_Pixel], threshold: float) -> NDArray[np.bool_]:
        """The largest piece around a pixel up to a height that holds none of some others; the leaf's if all do."""
        column, row = pixel
        node: int | None = int(self._tree.leaf_map[row, column])
        if node == OUTSIDE:
            return np.zeros(self._tree.leaf_map.shape, np.bool_)
        chosen: NDArray[np.bool_] | None = None
        while node is not None and self._height(node) <= threshold:
            numbers = self._laid_out(node)
            number = numbers[row, column]
            if chosen is not None and any(numbers[y, x] == number for x, y in without):
                break
            chosen = numbers == number
            node = self._tree.tree.parent(node)
        assert chosen is not None  # a leaf has no height
        return chosen

    def _height(self, node: int) -> float:
        leaves = self._tree.tree.leaves
        return 0.0 if node < leaves else float(self._tree.tree.heights[node - leaves])

    def _laid_out(self, node: int) -> NDArray[np.int32]:
        """(H, W) int32 number of the piece of every pixel, 0 where the node is not."""
        if node not in self._numbers:
            is_in = np.zeros(OUTSIDE + 1, np.uint8)
            is_in[self._tree.tree.leaves_of(node)] = 1
            _, numbers = cv2.connectedComponents(is_in[self._tree.leaf_map], connectivity=8)
            self._numbers[node] = np.asarray(numbers, np.int32)
        return self._numbers[node]


def _by_edges(
    found: NDArray[np.bool_], this: Sequence[_Pixel], other: Sequence[_Pixel], image: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """What of the pixels found is reached from "this" before it is from "not this", slowly across edges (watershed)."""
    marks = np.zeros(found.shape, np.int32)
    marks[~found] = _BESIDE
    for pixels, value in ((other, _OTHER), (this, _THIS)):
        for pixel in pixels:
            cv2.circle(marks, pixel, _SEED_RADIUS, value, -1)
    smooth = np.ascontiguousarray(cv2.GaussianBlur(image, (0, 0), _BLUR))
    reached = cv2.watershed(smooth, marks)
    ours = (reached == _THIS).view(np.uint8)
    beside_ours = cv2.dilate(ours, np.ones((3, 3), np.uint8)) > 0  # where two meet, the pixel between them is neither's
    return np.asarray(found & ((ours > 0) | ((reached == -1) & beside_ours)))


def _pixels(points: Sequence[Point], leaf_map: NDArray[np.uint16]) -> list[_Pixel]:
    """The pixels that points are in, of those in the image."""
    height, width = leaf_map.shape
    pixels = [(int(np.floor(x)), int(np.floor(y))) for x, y in points]
    return [(column, row) for column, row in pixels if 0 <= column < width and 0 <= row < height]
