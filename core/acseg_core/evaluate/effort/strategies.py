"""The simulated annotator's ways to name the regions of a set. Every name given is the oracle's.

Each of them writes into a `Ledger` whose pieces are the regions of all images, page by page and the largest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.effort.labelled_set import Album
from acseg_core.evaluate.effort.score_table import NAME, NAMELESS, SPLIT, Ledger, Piece
from acseg_core.names import clustering
from acseg_core.names.classify import suggest_names
from acseg_core.names.doubts import Doubts, doubtful_names
from acseg_core.workflows import agenda
from acseg_core.workflows.suggesting import LEAST_CONFIDENCE

PURE = 0.7
"""Share of a cluster's regions that must agree for it to be named as one."""

SURE = 0.5
"""Confidence from which doubts are taken without a look."""

FIRST_CLUSTERS = 0.75
"""Share of all regions in clusters that are named before images are gone through one by one."""


class Regions:
    """The regions of all pages in one list.

    Attributes:
        pieces: Page by page, the largest first.
        descriptors: (R, D) float16, L2-normalised.
        of_page: For each page, the numbers of its regions.
    """

    def __init__(self, album: Album) -> None:
        self.pieces: list[Piece] = []
        self.of_page: list[range] = []
        for index in range(len(album.pages)):
            begin = len(self.pieces)
            self.pieces += region_pieces(album, index)
            self.of_page.append(range(begin, len(self.pieces)))
        self.descriptors = np.concatenate([page.descriptors for page in album.pages])
        self._centre = self.descriptors.mean(axis=0, dtype=np.float32)

    def __len__(self) -> int:
        """Number of regions."""
        return len(self.pieces)

    def suggestions(self, names: NDArray[np.int64], named: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Names for the others as the product suggests them.

        Args:
            names: (R,) class of every region, `NAMELESS` without one.
            named: (R,) bool, by a person.

        Returns:
            (R,) int64: ``names`` where they count, suggestions elsewhere, `NAMELESS` where nothing looks alike.
        """
        teaching = named & (names != NAMELESS)
        found = np.where(named, names, NAMELESS)
        if teaching.any() and not named.all():
            labels, confidences = suggest_names(
                self.descriptors[teaching], names[teaching], self.descriptors[~named], centre=self._centre
            )
            found[~named] = np.where(confidences >= LEAST_CONFIDENCE, labels, NAMELESS)
        return found

    def doubts(self, names: Sequence[int]) -> Doubts:
        """Which names of the regions are in doubt, as the product finds them.

        Args:
            names: Class of every region, `NAMELESS` without one.
        """
        given = np.array(names, np.int64)
        named = np.flatnonzero(given != NAMELESS)
        found = doubtful_names(
            self.descriptors[named],
            given[named],
            areas=np.array([self.pieces[row].known.sum() for row in named], np.int64),
            images=np.array([self.pieces[row].image for row in named], np.int64),
        )
        return replace(found, rows=named[found.rows])

    def queue(self, clusters: NDArray[np.int32]) -> list[int]:
        """Pages in the order in which the product proposes them for review, before anything has a name.

        Args:
            clusters: (R,) int32, cluster of every region.
        """
        need = np.bincount(clusters).astype(np.float32)
        centres = dict(enumerate(clustering.centroids(self.descriptors, clusters)))
        shown = [np.unique(clusters[page.start : page.stop]).tolist() for page in self.of_page]
        return agenda.most_teaching(shown, need, agenda.likeness(dict(enumerate(need.tolist())), centres))


def region_pieces(album: Album, index: int) -> list[Piece]:
    """The regions of a page, the largest first."""
    page = album.pages[index]
    leaves = (np.flatnonzero(page.region_of == region) for region in range(page.regions))
    return [Piece(index, each, page.pixels[each]) for each in leaves]


def name_regions(ledger: Ledger, pages: Sequence[range]) -> None:
    """Name every region, page by page, the largest first."""
    for page in pages:
        ledger.look()
        for piece in page:
            ledger.name([piece])


def name_clusters(ledger: Ledger, clusters: NDArray[np.int32]) -> None:
    """Look at every cluster, the largest first, and name it.

    Args:
        ledger: Of regions.
        clusters: (R,) int32, cluster of every region, numbered from the largest.
    """
    for cluster in range(int(clusters.max()) + 1):
        ledger.look()
        ledger.name(np.flatnonzero(clusters == cluster).tolist())


def name_pure_clusters(ledger: Ledger, regions: Regions, clusters: NDArray[np.int32], *, seed: int) -> None:
    """The same, but what does not agree is split before anything in it is named."""
    waiting = [np.flatnonzero(clusters == cluster) for cluster in range(int(clusters.max()) + 1)]
    while waiting:
        waiting.sort(key=len)  # stable: the largest is last
        members = waiting.pop()
        ledger.look()
        if len(members) > 1 and _agreement(ledger, members) < PURE:
            parts = clustering.divide(regions.descriptors[members], seed=seed)
            ledger.spend(SPLIT)
            if parts.any():
                waiting += [members[parts == part] for part in range(int(parts.max()) + 1)]
                continue
        ledger.name(members.tolist())


def name_divided_clusters(
    ledger: Ledger, regions: Regions, clusters: NDArray[np.int32], *, count: int, seed: int
) -> int:
    """Split the cluster in which one name would be wrong for most pixels, until there are enough; then name them all.

    Args:
        ledger: Of regions.
        regions: The same ones.
        clusters: (R,) int32, cluster of every region, numbered from the largest.
        count: Clusters in the end; fewer when nothing is mixed any more.
        seed: Of the splits.

    Returns:
        How many splits that took.
    """
    found = [np.flatnonzero(clusters == cluster) for cluster in range(int(clusters.max()) + 1)]
    mistaken = [ledger.mistaken(members.tolist()) for members in found]
    splits = 0
    while len(found) < count and max(mistaken) > 0:
        worst = int(np.argmax(mistaken))
        members, _ = found.pop(worst), mistaken.pop(worst)
        parts = clustering.divide(regions.descriptors[members], seed=seed)
        ledger.spend(SPLIT)
        splits += 1
        made = [members[parts == part] for part in range(int(parts.max()) + 1)]
        found += made
        mistaken += [ledger.mistaken(part.tolist()) if len(made) > 1 else 0 for part in made]
    for members in sorted(found, key=len, reverse=True):
        ledger.look()
        ledger.name(members.tolist())
    return splits


def name_and_doubt_clusters(ledger: Ledger, regions: Regions, clusters: NDArray[np.int32]) -> None:
    """Look at every cluster and name it, then go through the names that are in doubt."""
    name_clusters(ledger, clusters)
    look_through_doubts(ledger, regions)


def look_through_doubts(ledger: Ledger, regions: Regions) -> tuple[int, int]:
    """Look at every name that is in doubt, the surest doubt first, and put right what is wrong.

    What was looked at is not doubted again; the list is made anew from the names as they are then, until it is empty.

    Returns:
        How many were looked at, and how many of them renamed.
    """
    seen = np.zeros(len(regions), bool)
    renamed = 0
    while True:
        doubted = [row for row in regions.doubts(ledger.names).rows.tolist() if not seen[row]]
        if not doubted:
            return int(seen.sum()), renamed
        for row in doubted:
            ledger.look()
            seen[row] = True
            if ledger.names[row] != ledger.oracle([row]):
                ledger.name([row])
                renamed += 1


def take_sure_doubts(ledger: Ledger, regions: Regions) -> int:
    """Give all regions whose other name is sure enough that name, unseen: one action; returns how many they were."""
    found = regions.doubts(ledger.names)
    sure = found.only(found.confidences >= SURE)
    ledger.assume(sure.rows.tolist(), sure.labels.tolist())
    ledger.spend(NAME)
    return len(sure)


def name_with_suggestions(
    ledger: Ledger, regions: Regions, pages: Sequence[range], named: NDArray[np.bool_] | None = None
) -> None:
    """Go through the pages; what is wrong is put right, and after each page the machine suggests names for the rest.

    Args:
        ledger: Of regions.
        regions: The same ones.
        pages: In the order they are looked at.
        named: (R,) bool, regions with a person's name already; suggestions leave those alone.
    """
    decided = np.zeros(len(regions), bool) if named is None else named.copy()
    for page in pages:
        ledger.look()
        for piece in page:
            if ledger.names[piece] != ledger.oracle([piece]):
                ledger.name([piece])
        decided[page.start : page.stop] = True
        found = regions.suggestions(np.array(ledger.names, np.int64), decided)
        ledger.assume(range(len(regions)), found.tolist())


def name_first_clusters(ledger: Ledger, clusters: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Name the largest clusters until most regions have a name; (R,) bool, which."""
    named = np.zeros(len(clusters), bool)
    for cluster in range(int(clusters.max()) + 1):
        if named.mean() >= FIRST_CLUSTERS:
            break
        ledger.look()
        ledger.name(np.flatnonzero(clusters == cluster).tolist())
        named |= clusters == cluster
    return named


def _agreement(ledger: Ledger, members: NDArray[np.intp]) -> float:
    """Share of a cluster's regions that would be named as the cluster is; those without known pixels do not count."""
    name = ledger.oracle(members.tolist())
    own = [oracle for member in members if (oracle := ledger.oracle([int(member)])) != NAMELESS]
    return float(np.mean([oracle == name for oracle in own])) if own else 1.0
