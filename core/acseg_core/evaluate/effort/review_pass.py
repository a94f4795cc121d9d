"""The end of every strategy: look through the images, put names right, split what is mixed, and brush.

Splits follow the concept tree, as in the window. A stroke of the brush covers one patch of wrong pixels of one class,
no wider than a sixth of the image, and is not trusted with the last pixels along a boundary.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping
from itertools import count

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.effort.labelled_set import Album
from acseg_core.evaluate.effort.score_table import NAMELESS, Ledger, Piece
from acseg_core.evaluate.metrics import class_band, components

SMALLEST_SPLIT = 0.005
"""Share of an image that splits of a piece must be able to put right for anybody to begin with them."""

SMALLEST_STROKE = 0.001
"""Share of an image that a stroke must put right for anybody to make it."""

STROKE_SIDE = 1 / 6
"""Widest reach of a stroke, as a share of the image's longer side."""


def check_names(ledger: Ledger, done: Collection[int]) -> None:
    """Look at the pages that nobody has looked at, and name anew what has a wrong name."""
    ledger.stage = "checks"
    for page, pieces in enumerate(_by_page(ledger)):
        if page not in done:
            ledger.look()
            for piece in pieces:
                if ledger.names[piece] != ledger.oracle([piece]):
                    ledger.name([piece])


def split_mixed(ledger: Ledger, album: Album) -> None:
    """Split the pieces of which splits can put most right, the worst first, and name the parts."""
    ledger.stage = "splits"
    order = count()
    waiting: list[tuple[int, int, int]] = []

    def consider(piece: int) -> None:
        gain = _gain(ledger.pieces[piece], ledger.names[piece])
        page = album.pages[ledger.pieces[piece].image]
        if len(ledger.pieces[piece].leaves) > 1 and gain >= SMALLEST_SPLIT * page.tree.leaf_map.size:
            heapq.heappush(waiting, (-gain, next(order), piece))

    for piece in range(len(ledger.pieces)):
        consider(piece)
    while waiting:
        _, _, piece = heapq.heappop(waiting)
        for part in ledger.split(piece, _halves(ledger.pieces[piece], album)):
            if ledger.oracle([part]) not in (NAMELESS, ledger.names[part]):
                ledger.name([part])
            consider(part)


def brush(ledger: Ledger, album: Album, keys: Mapping[int, NDArray[np.integer]]) -> None:
    """Brush over what is still wrong, the largest patches first.

    Args:
        ledger: Whose pieces cover all images.
        album: The images.
        keys: By page, (H, W) keys of its pieces; pages of regions have none.
    """
    ledger.stage = "strokes"
    strokes: list[tuple[int, NDArray[np.int64]]] = []
    for page, pieces in enumerate(_by_page(ledger)):
        strokes += _strokes(ledger, album, page, pieces, keys.get(page))
    for label, covered in sorted(strokes, key=lambda stroke: -int(stroke[1].sum())):
        ledger.stroke(label, covered)


def _strokes(
    ledger: Ledger, album: Album, page: int, pieces: list[int], keys: NDArray[np.integer] | None
) -> list[tuple[int, NDArray[np.int64]]]:
    """Worthwhile strokes on one page: their class, and (C + 1,) pixels by the name they had."""
    leaf_map, truth = album.pages[page].tree.leaf_map, album.true_classes(page)
    key_map = np.zeros(1, np.intp) if keys is None else keys.astype(np.intp)
    lookup = np.full((int(leaf_map.max()) + 1, int(key_map.max()) + 1), NAMELESS)
    for piece in pieces:
        lookup[ledger.pieces[piece].leaves, ledger.pieces[piece].key] = ledger.names[piece]
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
    before = np.where(given < 0, album.classes, given)[rows, columns]
    found = []
    for stroke in np.flatnonzero(sizes >= max(1, SMALLEST_STROKE * truth.size)):
        covered = number == stroke
        label = int(truth[rows[covered][0], columns[covered][0]])
        found.append((label, np.bincount(before[covered], minlength=album.classes + 1).astype(np.int64)))
    return found


def _halves(piece: Piece, album: Album) -> list[Piece]:
    """A piece of several leaves, divided where the concept tree of its image divides it."""
    tree = album.pages[piece.image].tree.tree
    below = tree.children(tree.common_ancestor(piece.leaves.tolist()))
    assert below is not None
    first = np.isin(piece.leaves, tree.leaves_of(below[0]))
    return [Piece(piece.image, piece.leaves[side], piece.pixels[side], piece.key) for side in (first, ~first)]


def _gain(piece: Piece, name: int) -> int:
    """Known pixels that would be right if every leaf of the piece had a name of its own, and are wrong now."""
    right = int(piece.pixels[:, name].sum()) if name != NAMELESS else 0
    return int(piece.pixels.max(axis=1, initial=0).sum()) - right


def _by_page(ledger: Ledger) -> list[list[int]]:
    """Numbers of the pieces of each page."""
    found: list[list[int]] = [[] for _ in range(1 + max(piece.image for piece in ledger.pieces))]
    for number, piece in enumerate(ledger.pieces):
        found[piece.image].append(number)
    return found
