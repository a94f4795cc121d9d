"""Seams: which regions on both sides of a border between two tiles of a scene are the same thing.

Each tile is partitioned by itself, so a field that a seam divides is two regions or more. Two regions are linked by how
much they look alike and by how much of the seam they share: the cosine of their descriptors, plus a weight times the
share of the longer of both stretches along which they touch, is at least a threshold (docs/research/scenes.md, section
49). The surest links are made first. Each of the others must hold for all that it would join, by their mean
descriptors: else one weak link after the other would make one thing of a whole scene. Nothing here imports torch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

CONTACT = 0.8
"""Weight of the share of a seam that two regions have with each other, beside the cosine of their descriptors."""

LEAST = 0.7
"""Sum of both from which regions are linked."""

_LEAST_SHARED = 0.5
"""Share of the smaller of two overlapping regions from which they are linked."""

_SURE = 2.0
"""Strength of links by name: above what any others have."""

NOBODY = -1
"""Owner of a pixel that is of no region."""


@dataclass(frozen=True, slots=True)
class Link:
    """A possible link of two regions.

    Attributes:
        first: One of them, by its id.
        second: The other.
        contact: Share of the longer of their stretches of the seam that they have with each other, 0..1.
        by_name: They have one name: what they look like is no matter.
    """

    first: int
    second: int
    contact: float
    by_name: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """What is known of a region that may be linked.

    Attributes:
        area: In pixels.
        descriptor: (D,) L2-normalised, or None where nobody knows what it looks like.
        name: Id of its label, if it has one.
        is_open: It may be linked by its looks: nobody named it, rejected it or drew it.
    """

    area: int
    descriptor: NDArray[np.float16] | None
    name: int | None
    is_open: bool


def contacts(first: NDArray[np.int64], second: NDArray[np.int64]) -> dict[tuple[int, int], float]:
    """Which regions touch at a seam, and the share of the longer of both regions' stretches along which they do.

    Args:
        first: (n,) region of each pixel along one side of the seam, `NOBODY` for none.
        second: (n,) the same along the other side.
    """
    inside = (first != NOBODY) & (second != NOBODY)
    pairs, pixels = np.unique(np.stack((first[inside], second[inside])), axis=1, return_counts=True)
    ones, others = (_lengths(each[inside]) for each in (first, second))
    return {
        (one, other): count / max(ones[one], others[other])
        for (one, other), count in zip(pairs.T.tolist(), pixels.tolist(), strict=True)
    }


def possible_links(first: NDArray[np.int64], second: NDArray[np.int64], things: Mapping[int, Thing]) -> list[Link]:
    """The links that a seam allows: of two regions with one name, and of two that may be linked by their looks.

    Args:
        first: As of `contacts`.
        second: Likewise.
        things: What is known of the regions.
    """
    found = []
    for (one, other), contact in contacts(first, second).items():
        here, there = things[one], things[other]
        if here.name is not None and here.name == there.name:
            found.append(Link(one, other, contact, by_name=True))
        elif here.is_open and there.is_open and _strength(here.descriptor, there.descriptor, contact) >= LEAST:
            found.append(Link(one, other, contact))
    return found


def linked(links: Sequence[Link], things: Mapping[int, Thing]) -> dict[int, int]:
    """What is one thing: for each region the smallest id of those that it is linked with, its own if with none.

    Args:
        links: From `possible_links`, of all seams.
        things: All regions; their order does not matter.
    """
    order = sorted(links, key=lambda link: (-_first_strength(link, things), link.first, link.second))
    groups = _Groups(things)
    for link in order:
        groups.join(link)
    return {id_: groups.of(id_) for id_ in things}


def linked_by_overlap(
    first: NDArray[np.integer[Any]], second: NDArray[np.integer[Any]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What is one thing in two partitions of the same pixels, as of tiles that overlap: what they share says it.

    Two regions are linked where they share at least half of the smaller one.

    Args:
        first: (h, w) region of each pixel in one of them, from 0.
        second: (h, w) the same in the other.

    Returns:
        (n,) for each region of the first one the number of its thing, and (m,) of the second one's.
    """
    shared = np.zeros((int(first.max()) + 1, int(second.max()) + 1), np.int64)
    np.add.at(shared, (first.ravel(), second.ravel()), 1)
    smaller = np.minimum(shared.sum(axis=1)[:, None], shared.sum(axis=0)[None])
    thing = np.arange(sum(shared.shape))
    for one, other in np.argwhere((shared > 0) & (shared >= _LEAST_SHARED * smaller)).tolist():
        here, there = thing[one], thing[len(shared) + other]
        thing[thing == max(here, there)] = min(here, there)
    return thing[: len(shared)], thing[len(shared) :]


class _Groups:
    """Regions that are one thing, as far as links were made (disjoint sets), and what each of these looks like."""

    def __init__(self, things: Mapping[int, Thing]) -> None:
        self._above = {id_: id_ for id_ in things}
        self._sums = {
            id_: None if thing.descriptor is None else thing.area * thing.descriptor.astype(np.float32)
            for id_, thing in things.items()
        }

    def of(self, id_: int) -> int:
        """The group of a region: the smallest id in it."""
        while self._above[id_] != id_:
            self._above[id_] = self._above[self._above[id_]]
            id_ = self._above[id_]
        return id_

    def join(self, link: Link) -> None:
        """Make a link, if it holds for both groups as they are now."""
        keep, drop = sorted((self.of(link.first), self.of(link.second)))
        here, there = self._sums[keep], self._sums[drop]
        if keep == drop or not (link.by_name or _strength(here, there, link.contact) >= LEAST):
            return
        self._above[drop] = keep
        if there is not None:
            self._sums[keep] = there if here is None else here + there


def _first_strength(link: Link, things: Mapping[int, Thing]) -> float:
    if link.by_name:
        return _SURE
    return _strength(things[link.first].descriptor, things[link.second].descriptor, link.contact)


def _strength(
    first: NDArray[np.floating[Any]] | None, second: NDArray[np.floating[Any]] | None, contact: float
) -> float:
    """How sure it is that two regions that touch are one thing; 0 where nobody knows what one looks like."""
    if first is None or second is None or first.shape != second.shape:
        return 0.0
    one, other = first.astype(np.float32), second.astype(np.float32)
    norm = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / max(norm, 1e-12) + CONTACT * contact


def _lengths(side: NDArray[np.int64]) -> dict[int, int]:
    """Pixels of each region along a side."""
    owners, pixels = np.unique(side, return_counts=True)
    return dict(zip(owners.tolist(), pixels.tolist(), strict=True))
