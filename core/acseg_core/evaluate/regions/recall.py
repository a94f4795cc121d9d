"""Recall: which true parts some node of a tree, or a connected piece of one, meets; classes do not matter.

It tells what a person who walks the tree can reach at all, whatever the cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.metrics import contingency
from acseg_core.evaluate.regions.pieces import Index, accumulated, parents_of, pieces_of
from acseg_core.evaluate.truth.truth_set import Truth

GOALS = (0.5, 0.75, 0.9)
"""IoU from which on a part counts as met."""

SMALLEST_PART = 0.0002
"""Share of the image that a true part has at least; what is smaller is left out."""

BANDS = {"all": (0.0, 1.1), "under 0.1 %": (0.0, 0.001), "0.1 to 1 %": (0.001, 0.01), "over 1 %": (0.01, 1.1)}
"""Sizes of parts by their names: least share of the image, and the share that is too much."""

_CELLS_AT_ONCE = 1 << 23
"""Entries of a table of overlaps made in one go."""


@dataclass(frozen=True, slots=True, eq=False)
class MetParts:
    """How well one tree meets the true parts of one image.

    Attributes:
        shares: (P,) float64, size of each part as a share of the image.
        overlaps: (P,) float64, IoU with the best node or piece.
        nodes: Nodes of the tree that have pixels.
        pieces: Connected pieces of those nodes, each counted once.
    """

    shares: NDArray[np.float64]
    overlaps: NDArray[np.float64]
    nodes: int
    pieces: int


@dataclass(frozen=True, slots=True)
class BandRecall:
    """Recall among true parts of one size.

    Attributes:
        size: One of `BANDS`.
        parts: Of all images together.
        met: Share of them that is met at each of `GOALS`; empty where there are no parts.
        overlap: Mean of their best IoU, or None.
    """

    size: str
    parts: int
    met: tuple[float, ...]
    overlap: float | None


@dataclass(frozen=True, slots=True)
class TreeRecall:
    """Recall of one tree over the set.

    Attributes:
        method: Whose tree.
        nodes: Mean number of its nodes.
        pieces: Mean number of connected pieces of its nodes.
        bands: By size.
    """

    method: str
    nodes: float
    pieces: float
    bands: tuple[BandRecall, ...]


def met_parts(merges: Index, leaf_map: Index, truth: Truth) -> MetParts:
    """Compare all nodes of a tree, and all their connected pieces, with the true parts of an image.

    Pixels that are void in the truth count nowhere.

    Args:
        merges: (n - 1, 2) nodes of `ConceptTree`, whatever their heights; thousands of leaves are no trouble.
        leaf_map: (H, W) leaf of every pixel, of any integer type.
        truth: Its parts are its regions of at least `SMALLEST_PART`, without what is no part by itself.
    """
    pieces = pieces_of(merges, leaf_map)
    above = parents_of(merges)
    shares, overlaps = [], []
    for segments in truth.regions:
        numbered, sizes = _parts(segments, truth.rest)
        best = np.maximum(
            _best(above, contingency(leaf_map, numbered), sizes),
            _best(pieces.parents, contingency(pieces.atoms, numbered), sizes, counted=pieces.whole),
        )
        shares.append(sizes / segments.size)
        overlaps.append(best)
    used = accumulated(above, np.bincount(leaf_map.ravel(), minlength=len(merges) + 1)[:, None])
    return MetParts(np.concatenate(shares), np.concatenate(overlaps), int((used > 0).sum()), int(pieces.whole.sum()))


def recall_over(method: str, images: Sequence[MetParts]) -> TreeRecall:
    """Add up what a tree meets in all images of a set, at least one."""
    shares = np.concatenate([image.shares for image in images])
    overlaps = np.concatenate([image.overlaps for image in images])
    bands = tuple(
        _band(size, overlaps[(shares >= least) & (shares < too_much)]) for size, (least, too_much) in BANDS.items()
    )
    nodes, pieces = (float(np.mean([getattr(image, each) for image in images])) for each in ("nodes", "pieces"))
    return TreeRecall(method, nodes, pieces, bands)


def recalls(images: Iterable[Mapping[str, MetParts]]) -> Iterator[TreeRecall]:
    """Recall of every tree of a set, from that of its images; all have the same trees."""
    found: dict[str, list[MetParts]] = {}
    for image in images:
        for method, met in image.items():
            found.setdefault(method, []).append(met)
    for method, each in found.items():
        yield recall_over(method, each)


def recall_from(content: dict[str, Any]) -> TreeRecall:
    """Read one from its form in JSON."""
    bands = tuple(BandRecall(**{**band, "met": tuple(band["met"])}) for band in content["bands"])
    return TreeRecall(**{**content, "bands": bands})


def _band(size: str, overlaps: NDArray[np.float64]) -> BandRecall:
    if not len(overlaps):
        return BandRecall(size, 0, (), None)
    return BandRecall(
        size, len(overlaps), tuple(float((overlaps >= goal).mean()) for goal in GOALS), float(overlaps.mean())
    )


def _parts(segments: NDArray[np.int32], rest: int | None) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """(H, W) int32 number of each pixel's part, all else under one more number, and (P,) pixels of the parts."""
    known = segments >= 0
    sizes = np.bincount(segments[known], minlength=1).astype(np.int64)
    wanted = sizes >= max(1.0, SMALLEST_PART * segments.size)
    if rest is not None and rest < len(wanted):
        wanted[rest] = False
    number = np.where(wanted, np.cumsum(wanted) - 1, wanted.sum()).astype(np.int32)
    return np.where(known, number[segments], np.int32(-1)), sizes[wanted]


def _best(
    parents: Index, table: NDArray[np.int64], sizes: NDArray[np.int64], *, counted: NDArray[np.bool_] | None = None
) -> NDArray[np.float64]:
    """(P,) best IoU of the parts, the first columns of the table, with a member of a forest."""
    areas = accumulated(parents, table.sum(axis=1, keepdims=True))
    best = np.zeros(len(sizes))
    step = max(1, _CELLS_AT_ONCE // len(parents))
    for at in range(0, len(sizes), step):
        some = slice(at, min(at + step, len(sizes)))
        shared = accumulated(parents, table[:, some])
        overlaps = shared / np.maximum(areas + sizes[some] - shared, 1)
        best[some] = (overlaps if counted is None else overlaps[counted]).max(axis=0)
    return best
