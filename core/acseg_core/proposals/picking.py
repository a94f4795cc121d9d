"""Picking a thing out of an image by clicks, whatever regions it lies in: what the concept tree knows is found at once.

A click is in one leaf of the tree, and in every node above it. Of each node only the piece that hangs together around the
click counts, since a tree joins what looks alike wherever it is. Which of these pieces, from the leaf's to almost the whole
image, is meant is guessed from how long it lasts while the tree is cut coarser and coarser; further clicks say the rest: one
on what is missing adds a piece, one on what is too much makes the piece give way. Where both kinds of clicks are in one
piece of a leaf, the edges of the image decide, seeded by the clicks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.tree import ImageTree
from acseg_core.shapes.dividing import Point

_COARSEST = 0.6
"""Share of the image above which a piece is no thing, unless nothing smaller is there."""

_FLOOR = 0.02
"""Height below which merges say nothing: nodes are compared as if they began here."""

_BRIDGE_WORK = 480
"""Longer side of the picture in which the edges between clicks in one piece are found."""


@dataclass(frozen=True, slots=True, eq=False)
class Picks:
    """Where was clicked, in pixels of the image.

    Attributes:
        this: Points that are in the thing, at least one.
        other: Points that are not.
    """

    this: Sequence[Point]
    other: Sequence[Point] = ()

    def __post_init__(self) -> None:
        if not self.this:
            raise ValueError("no point says what the thing is")


def pick(picks: Picks, tree: ImageTree, image: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Find the thing.

    Args:
        picks: The clicks, in the image.
        tree: Of the image.
        image: (H, W, 3) uint8 RGB.

    Returns:
        (H, W) bool, with every click on the side it says.
    """
    pieces = _Pieces(tree)
    others = [_pixel(point, tree) for point in picks.other]
    found = np.zeros(tree.leaf_map.shape, np.bool_)
    for point in picks.this:
        found |= pieces.around(_pixel(point, tree), without=others)
    return _apart(found, picks, tree, image)
