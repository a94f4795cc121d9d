"""Names carried over from regions to others in their place: by the pixels they share, and by what these look like.

A new region gets a name where more than half of its pixels had it. Which clusters that connects, and how well both
agree, is told for a person to approve; nothing is named for its looks alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.reports import CarriedName
from acseg_core.shapes import masks
from acseg_core.types import Rle

LEAST_SHARE = 0.5
"""Share of a region's pixels that must have had a name for the region to get it."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedRegion:
    """A region before or after.

    Attributes:
        id: Of the region.
        mask: Its pixels.
        label_id: Its name, or None.
        cluster_id: Its cluster, or None.
        descriptor: (D,) float32, L2-normalised, or None.
    """

    id: int
    mask: Rle
    label_id: int | None
    cluster_id: int | None
    descriptor: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True)
class Heir:
    """A new region and the name that most of its pixels had.

    Attributes:
        region_id: The region.
        label_id: The name.
        old_cluster: The cluster that most of these pixels were in, or None.
        pixels: Of the region.
        share: Of them that had the name, 0..1.
        likeness: Cosine of the region's descriptor and the mean of those that had the name there, 0..1; 1 where one of
            them is unknown.
    """

    region_id: int
    label_id: int
    old_cluster: int | None
    pixels: int
    share: float
    likeness: float


def heirs(before: Sequence[PlacedRegion], after: Sequence[PlacedRegion]) -> tuple[list[Heir], list[int]]:
    """Find the new regions of one image that get a name, and which named regions of before left none.

    Args:
        before: The regions that were there, which do not overlap; those with a name count.
        after: The regions that are there now.

    Returns:
        The heirs, and the ids of the named regions most of whose pixels are in no heir of their name.
    """
    named = [region for region in before if region.label_id is not None]
    if not named:
        return [], []
    shared = np.array([[masks.intersection_area(old.mask, new.mask) for old in named] for new in after], np.int64)
    shared = shared.reshape(len(after), len(named))
    found = [heir for new, areas in zip(after, shared, strict=True) if (heir := _heir(new, named, areas)) is not None]
    names = {heir.region_id: heir.label_id for heir in found}
    left = [
        old.id
        for place, old in enumerate(named)
        if 2 * sum(shared[row, place] for row, new in enumerate(after) if names.get(new.id) == old.label_id)
        <= masks.area(old.mask)
    ]
    return found, left


def carried(found: Iterable[Heir], clusters: dict[int, int]) -> tuple[CarriedName, ...]:
    """Put heirs together by their name and their cluster, those of most regions first.

    Args:
        found: Of all images.
        clusters: Which cluster each region is in now, by region.
    """
    groups: defaultdict[tuple[int, int | None], list[Heir]] = defaultdict(list)
    for heir in found:
        groups[heir.label_id, clusters.get(heir.region_id)].append(heir)
    names = [_carried(label_id, cluster, group) for (label_id, cluster), group in groups.items()]
    return tuple(sorted(names, key=lambda each: (-each.regions, -each.agreement, each.label_id, each.region_ids)))


def _heir(new: PlacedRegion, named: Sequence[PlacedRegion], areas: NDArray[np.int64]) -> Heir | None:
    pixels = masks.area(new.mask)
    by_label: defaultdict[int, int] = defaultdict(int)
    for old, area in zip(named, areas.tolist(), strict=True):
        by_label[old.label_id or 0] += area
    label_id = max(by_label, key=lambda each: (by_label[each], -each))
    if by_label[label_id] <= LEAST_SHARE * pixels:
        return None
    theirs = [(old, area) for old, area in zip(named, areas.tolist(), strict=True) if area and old.label_id == label_id]
    by_cluster: defaultdict[int | None, int] = defaultdict(int)
    for old, area in theirs:
        by_cluster[old.cluster_id] += area
    old_cluster = max(by_cluster, key=lambda each: (by_cluster[each], -(each or 0)))
    return Heir(new.id, label_id, old_cluster, pixels, by_label[label_id] / pixels, _likeness(new, theirs))


def _likeness(new: PlacedRegion, theirs: Sequence[tuple[PlacedRegion, int]]) -> float:
    known = [(old.descriptor, area) for old, area in theirs if old.descriptor is not None]
    if new.descriptor is None or any(len(each) != len(new.descriptor) for each, _ in known) or not known:
        return 1.0
    mean = np.sum([area * vector for vector, area in known], axis=0)
    length = float(np.linalg.norm(mean) * np.linalg.norm(new.descriptor))
    return float(np.clip(mean @ new.descriptor / length, 0, 1)) if length > 0 else 1.0


def _carried(label_id: int, cluster: int | None, group: Sequence[Heir]) -> CarriedName:
    by_cluster: defaultdict[int | None, int] = defaultdict(int)
    for heir in group:
        by_cluster[heir.old_cluster] += heir.pixels
    pixels = sum(heir.pixels for heir in group)
    agreement = sum(heir.pixels * heir.share * heir.likeness for heir in group) / pixels
    old_cluster = max(by_cluster, key=lambda each: (by_cluster[each], -(each or 0)))
    ids = tuple(sorted(heir.region_id for heir in group))
    return CarriedName(label_id, old_cluster, cluster, len(group), round(min(agreement, 1.0), 4), ids)
