"""Strategies of the simulated annotator to name the regions of a set. Every name given is the oracle's.

Each of them writes into a `ScoreTable` whose pieces are the regions of all images, image by image, the largest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.effort.costs import NAME, SPLIT
from acseg_core.evaluate.effort.labelled_set import LabelledSet
from acseg_core.evaluate.effort.score_table import NAMELESS, Piece, ScoreTable
from acseg_core.names import clustering
from acseg_core.names.doubts import Doubts, doubtful_names
from acseg_core.names.region_classifier import suggest_names
from acseg_core.workflows import agenda
from acseg_core.workflows.suggesting import LEAST_CONFIDENCE

PURE = 0.7
"""Share of a cluster's regions that must agree for it to be named as one."""

SURE = 0.5
"""Confidence from which doubtful names are corrected without a view."""

FIRST_CLUSTERS = 0.75
"""Share of all regions in clusters that are named before images are gone through one by one."""


class Regions:
    """The regions of all images in one list.

    Attributes:
        pieces: Image by image, the largest first.
        descriptors: (R, D) float16, L2-normalised.
        of_image: For each image, the numbers of its regions.
    """

    def __init__(self, labelled: LabelledSet) -> None:
        self.pieces: list[Piece] = []
        self.of_image: list[range] = []
        for index in range(len(labelled.images)):
            begin = len(self.pieces)
            self.pieces += region_pieces(labelled, index)
            self.of_image.append(range(begin, len(self.pieces)))
        self.descriptors = np.concatenate([image.descriptors for image in labelled.images])
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
            (R,) int64: ``names`` where they count, suggestions elsewhere, `NAMELESS` where nothing is similar.
        """
        examples = named & (names != NAMELESS)
        found = np.where(named, names, NAMELESS)
        if examples.any() and not named.all():
            labels, confidences = suggest_names(
                self.descriptors[examples], names[examples], self.descriptors[~named], centre=self._centre
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
        """Images in the order in which the product proposes them for review, before anything has a name.

        Args:
            clusters: (R,) int32, cluster of every region.
        """
        need = np.bincount(clusters).astype(np.float32)
        centres = dict(enumerate(clustering.centroids(self.descriptors, clusters)))
        shown = [np.unique(clusters[image.start : image.stop]).tolist() for image in self.of_image]
        return agenda.most_informative(shown, need, agenda.likeness(dict(enumerate(need.tolist())), centres))


def region_pieces(labelled: LabelledSet, index: int) -> list[Piece]:
    """The regions of an image, the largest first."""
    image = labelled.images[index]
    leaves = (np.flatnonzero(image.region_of == region) for region in range(image.regions))
    return [Piece(index, each, image.pixels[each]) for each in leaves]


def name_regions(table: ScoreTable, images: Sequence[range]) -> None:
    """Name every region, image by image, the largest first."""
    for image in images:
        table.view()
        for piece in image:
            table.name([piece])


def name_clusters(table: ScoreTable, clusters: NDArray[np.int32]) -> None:
    """View every cluster, the largest first, and name it.

    Args:
        table: Of regions.
        clusters: (R,) int32, cluster of every region, numbered from the largest.
    """
    for cluster in range(int(clusters.max()) + 1):
        table.view()
        table.name(np.flatnonzero(clusters == cluster).tolist())


def name_pure_clusters(table: ScoreTable, regions: Regions, clusters: NDArray[np.int32], *, seed: int) -> None:
    """The same, but what does not agree is split before anything in it is named."""
    waiting = [np.flatnonzero(clusters == cluster) for cluster in range(int(clusters.max()) + 1)]
    while waiting:
        waiting.sort(key=len)  # stable: the largest is last
        members = waiting.pop()
        table.view()
        if len(members) > 1 and _agreement(table, members) < PURE:
            parts = clustering.divide(regions.descriptors[members], seed=seed)
            table.spend(SPLIT)
            if parts.any():
                waiting += [members[parts == part] for part in range(int(parts.max()) + 1)]
                continue
        table.name(members.tolist())


def name_divided_clusters(
    table: ScoreTable, regions: Regions, clusters: NDArray[np.int32], *, count: int, seed: int
) -> int:
    """Split the cluster in which one name would be wrong for most pixels, until there are enough; then name them all.

    Args:
        table: Of regions.
        regions: The same ones.
        clusters: (R,) int32, cluster of every region, numbered from the largest.
        count: Clusters in the end; fewer when nothing is mixed any more.
        seed: Of the splits.

    Returns:
        How many splits that took.
    """
    found = [np.flatnonzero(clusters == cluster) for cluster in range(int(clusters.max()) + 1)]
    mistaken = [table.mistaken(members.tolist()) for members in found]
    splits = 0
    while len(found) < count and max(mistaken) > 0:
        worst = int(np.argmax(mistaken))
        members, _ = found.pop(worst), mistaken.pop(worst)
        parts = clustering.divide(regions.descriptors[members], seed=seed)
        table.spend(SPLIT)
        splits += 1
        made = [members[parts == part] for part in range(int(parts.max()) + 1)]
        found += made
        mistaken += [table.mistaken(part.tolist()) if len(made) > 1 else 0 for part in made]
    for members in sorted(found, key=len, reverse=True):
        table.view()
        table.name(members.tolist())
    return splits


def name_clusters_and_review_doubts(table: ScoreTable, regions: Regions, clusters: NDArray[np.int32]) -> None:
    """View every cluster and name it, then go through the doubtful names."""
    name_clusters(table, clusters)
    review_doubtful_names(table, regions)


def review_doubtful_names(table: ScoreTable, regions: Regions) -> tuple[int, int]:
    """View every doubtful name, the surest doubt first, and correct what is wrong.

    What was viewed is not doubted again; the list is made anew from the names as they are then, until it is empty.

    Returns:
        How many were viewed, and how many of them renamed.
    """
    viewed = np.zeros(len(regions), bool)
    renamed = 0
    while True:
        doubted = [row for row in regions.doubts(table.names).rows.tolist() if not viewed[row]]
        if not doubted:
            return int(viewed.sum()), renamed
        for row in doubted:
            table.view()
            viewed[row] = True
            if table.names[row] != table.oracle([row]):
                table.name([row])
                renamed += 1


def take_sure_doubts(table: ScoreTable, regions: Regions) -> int:
    """Give all regions whose other name is sure enough that name, unseen: one action; returns how many they were."""
    found = regions.doubts(table.names)
    sure = found.only(found.confidences >= SURE)
    table.assume(sure.rows.tolist(), sure.labels.tolist())
    table.spend(NAME)
    return len(sure)


def name_with_suggestions(
    table: ScoreTable, regions: Regions, images: Sequence[range], named: NDArray[np.bool_] | None = None
) -> None:
    """Go through the images, correct what is wrong, and after each let the machine suggest names for the rest.

    Args:
        table: Of regions.
        regions: The same ones.
        images: Regions of each image, in the order they are viewed.
        named: (R,) bool, regions with a person's name already; suggestions leave those alone.
    """
    decided = np.zeros(len(regions), bool) if named is None else named.copy()
    for image in images:
        table.view()
        for piece in image:
            if table.names[piece] != table.oracle([piece]):
                table.name([piece])
        decided[image.start : image.stop] = True
        found = regions.suggestions(np.array(table.names, np.int64), decided)
        table.assume(range(len(regions)), found.tolist())


def name_first_clusters(table: ScoreTable, clusters: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Name the largest clusters until most regions have a name; (R,) bool, which."""
    named = np.zeros(len(clusters), bool)
    for cluster in range(int(clusters.max()) + 1):
        if named.mean() >= FIRST_CLUSTERS:
            break
        table.view()
        table.name(np.flatnonzero(clusters == cluster).tolist())
        named |= clusters == cluster
    return named


def _agreement(table: ScoreTable, members: NDArray[np.intp]) -> float:
    """Share of a cluster's regions that would be named as the cluster is; those without known pixels do not count."""
    name = table.oracle(members.tolist())
    own = [oracle for member in members if (oracle := table.oracle([int(member)])) != NAMELESS]
    return float(np.mean([oracle == name for oracle in own])) if own else 1.0
