"""Dense propagation over an album: some pages are accepted, the pixels of all others are predicted from theirs."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.effort.labelled_set import Album, Labels, class_table
from acseg_core.evaluate.effort.score_table import Piece
from acseg_core.evaluate.metrics import ClassCounts, mean_iou, pixel_accuracy
from acseg_core.evaluate.regions.image_loop import in_threads
from acseg_core.names import dense
from acseg_core.names.classify import TokenMemory
from acseg_core.types import Progress

Keys = NDArray[np.uint8] | NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """What the memory says of one page.

    Attributes:
        page: Its index.
        keys: (H, W) class of every pixel.
        counts: Against the truth.
    """

    page: int
    keys: Keys
    counts: ClassCounts


def predict_rest(
    album: Album, taught: Mapping[int, Labels], *, seed: int, workers: int, ticks: tuple[int, int]
) -> Generator[Progress, None, list[Predicted]]:
    """Learn from some pages, and predict all others as the product does.

    Args:
        album: Of the set.
        taught: By page, (H, W) int32 class of every pixel, -1 where nothing is known.
        seed: Of what the memory forgets.
        workers: Threads.
        ticks: Done before, and in total.

    Yields:
        A tick per page predicted, and one that stands still before each further look at a page that teaches and before
        each page that is guessed about.
    """
    done, total = ticks
    memory = dense.memory_for(len(taught), seed=seed)
    for number, (page, classes) in enumerate(taught.items()):
        memory.add(dense.compared(album.pages[page].seen_closer), classes)
        for light in dense.lights_for(number):
            yield Progress(done, total, "learning")
            memory.add(dense.compared(album.seen_again(page, light)), light.place(classes))
    if not len(memory):
        return []
    rest = [page for page in range(len(album.pages)) if page not in taught]
    for page in dense.guessed(rest, len(taught)):
        yield Progress(done, total, "learning")
        memory.guess(dense.compared(album.pages[page].seen_closer))
    # Its analysis is made here, not by each thread.
    memory.predict(dense.compared(album.pages[next(iter(taught))].seen_closer))
    found = []
    with closing(in_threads(lambda page: _predict(album, memory, page), rest, workers)) as outcomes:
        for number, predicted in enumerate(outcomes):
            found.append(predicted)
            yield Progress(done + number + 1, total, "propagating")
    return found


def _predict(album: Album, memory: TokenMemory, page: int) -> Predicted:
    """As `acseg_core.workflows.suggesting.propagate` makes a partition, on an image of which nothing is decided."""
    found = dense.recognise(memory, album.pages[page].seen_closer, album.image(page), album.config.refine)
    keys = found.labels.astype(np.uint16)[found.label_map]
    confusion = class_table(keys, album.true_classes(page), album.classes, album.classes)
    return Predicted(page, keys, ClassCounts.of(confusion))


def scores(found: Sequence[Predicted]) -> tuple[float, float]:
    """Pixel accuracy and mean IoU over all predicted pages together."""
    counts = sum((each.counts for each in found[1:]), start=found[0].counts)
    return pixel_accuracy(counts), mean_iou(counts)


def keyed_pieces(album: Album, page: int, keys: NDArray[np.integer]) -> list[Piece]:
    """One piece for each key of a page, the largest first.

    Args:
        album: Of the set.
        page: Index of the page.
        keys: (H, W) key of every pixel, 0..
    """
    tree = album.pages[page].tree
    found, number = np.unique(keys, return_inverse=True)
    leaves = tree.tree.leaves
    parts = number.reshape(keys.shape) * leaves + tree.leaf_map
    count = len(found) * leaves
    there = np.bincount(parts.ravel(), minlength=count).reshape(len(found), leaves)
    table = class_table(parts, album.true_classes(page), count, album.classes).reshape(len(found), leaves, -1)
    pieces = []
    for row in np.argsort(-there.sum(axis=1), kind="stable"):
        kept = np.flatnonzero(there[row])
        pieces.append(Piece(page, kept, table[row, kept], int(found[row])))
    return pieces
