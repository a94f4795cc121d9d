"""The review pass at the end of every strategy: go through the images, correct names, split what is mixed, and brush.

Splits follow the concept tree, as in the window. A stroke of the brush covers one patch of wrong pixels of one class,
no wider than a sixth of the image, and is not trusted with the last pixels along a boundary.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping
from itertools import count

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.effort.labelled_set import LabelledSet
from acseg_core.evaluate.effort.score_table import NAMELESS, Piece, ScoreTable
from acseg_core.evaluate.metrics import class_band, components

SMALLEST_SPLIT = 0.005
"""Share of an image that splits of a piece must be able to put right for anybody to begin with them."""

SMALLEST_STROKE = 0.001
"""Share of an image that a stroke must put right for anybody to make it."""

STROKE_SIDE = 1 / 6
"""Widest reach of a stroke, as a share of the image's longer side."""


def check_names(table: ScoreTable, done: Collection[int]) -> None:
    """View the images that nobody has viewed, and name anew what has a wrong name."""
    table.stage = "checks"
    for image, pieces in enumerate(_by_image(table)):
        if image not in done:
            table.view()
            for piece in pieces:
                if table.names[piece] != table.oracle([piece]):
                    table.name([piece])


def split_mixed(table: ScoreTable, labelled: LabelledSet) -> None:
    """Split the pieces of which splits can put most right, the worst first, and name the parts."""
    table.stage = "splits"
    order = count()
    waiting: list[tuple[int, int, int]] = []

    def consider(piece: int) -> None:
        gain = _gain(table.pieces[piece], table.names[piece])
        image = labelled.images[table.pieces[piece].image]
        if len(table.pieces[piece].leaves) > 1 and gain >= SMALLEST_SPLIT * image.tree.leaf_map.size:
            heapq.heappush(waiting, (-gain, next(order), piece))

    for piece in range(len(table.pieces)):
        consider(piece)
    while waiting:
        _, _, piece = heapq.heappop(waiting)
        for part in table.split(piece, _halves(table.pieces[piece], labelled)):
            if table.oracle([part]) not in (NAMELESS, table.names[part]):
                table.name([part])
            consider(part)


def brush(table: ScoreTable, labelled: LabelledSet, keys: Mapping[int, NDArray[np.integer]]) -> None:
    """Brush over what is still wrong, the largest patches first.

    Args:
        table: Whose pieces cover all images.
        labelled: The images.
        keys: By image, (H, W) keys of its pieces; images of regions have none.
    """
    table.stage = "strokes"
    strokes: list[tuple[int, NDArray[np.int64]]] = []
    for image, pieces in enumerate(_by_image(table)):
        strokes += _strokes(table, labelled, image, pieces, keys.get(image))
    for label, covered in sorted(strokes, key=lambda stroke: -int(stroke[1].sum())):
        table.stroke(label, covered)


def _strokes(
    table: ScoreTable, labelled: LabelledSet, image: int, pieces: list[int], keys: NDArray[np.integer] | None
) -> list[tuple[int, NDArray[np.int64]]]:
    """Worthwhile strokes on one image: their class, and (C + 1,) pixels by the name they had."""
    leaf_map, truth = labelled.images[image].tree.leaf_map, labelled.true_classes(image)
    key_map = np.zeros(1, np.intp) if keys is None else keys.astype(np.intp)
    lookup = np.full((int(leaf_map.max()) + 1, int(key_map.max()) + 1), NAMELESS)
    for piece in pieces:
        lookup[table.pieces[piece].leaves, table.pieces[piece].key] = table.names[piece]
    given = lookup[leaf_map, key_map if keys is not None else 0]
    wrong = (given != truth) & (truth >= 0) & ~class_band(truth)
    patches = components(np.where(wrong, truth, -1))
    rows, columns = np.nonzero(wrong)
    reach = max(1, round(STROKE_SIDE * max(truth.shape)))
    cells = (rows // reach) * (truth.shape[1] // reach + 1) + columns // reach
    _, number = np.unique(
        patches[rows, columns].astype(np.int64) * (cells.max(initial=0) + 1) + cells, return_inverse=True
    )
    sizes = np.bincount(number)
    before = np.where(given < 0, labelled.classes, given)[rows, columns]
    found = []
    for stroke in np.flatnonzero(sizes >= max(1, SMALLEST_STROKE * truth.size)):
        covered = number == stroke
        label = int(truth[rows[covered][0], columns[covered][0]])
        found.append((label, np.bincount(before[covered], minlength=labelled.classes + 1).astype(np.int64)))
    return found


def _halves(piece: Piece, labelled: LabelledSet) -> list[Piece]:
    """A piece of several leaves, divided where the concept tree of its image divides it."""
    tree = labelled.images[piece.image].tree.tree
    below = tree.children(tree.common_ancestor(piece.leaves.tolist()))
    assert below is not None
    first = np.isin(piece.leaves, tree.leaves_of(below[0]))
    return [Piece(piece.image, piece.leaves[side], piece.pixels[side], piece.key) for side in (first, ~first)]


def _gain(piece: Piece, name: int) -> int:
    """Known pixels that would be right if every leaf of the piece had a name of its own, and are wrong now."""
    right = int(piece.pixels[:, name].sum()) if name != NAMELESS else 0
    return int(piece.pixels.max(axis=1, initial=0).sum()) - right


def _by_image(table: ScoreTable) -> list[list[int]]:
    """Numbers of the pieces of each image."""
    found: list[list[int]] = [[] for _ in range(1 + max(piece.image for piece in table.pieces))]
    for number, piece in enumerate(table.pieces):
        found[piece.image].append(number)
    return found
