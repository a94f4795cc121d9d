"""Regions that end: given to a neighbour as a whole, or to all around pixel by pixel. One undoable operation each."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.shapes.outlines import border_lengths
from acseg_core.store.database import among
from acseg_core.store.edits.partition import Transfer, require_image_of
from acseg_core.store.edits.recorder import edit
from acseg_core.store.edits.stored_regions import StoredRegion, largest_first
from acseg_core.store.project import Project
from acseg_core.store.schema import REGION
from acseg_core.types import OpChanges
from acseg_core.verbs import Verb

_LEAST_BORDER = 0.1
"""Share of a region's border with others from which on a neighbour may have it for looking like it."""


def give_to_neighbours(project: Project, region_ids: Collection[int]) -> OpChanges:
    """Give each region to the neighbour that looks most like it, of those that share a good part of its border.

    A neighbour keeps its label and status. Regions that are given away together do not get each other's pixels; one
    that touches no other region is divided among the nearest ones.

    Returns:
        What changed; ``region_ids`` are the neighbours.

    Raises:
        EditError: None is given, one is gone, they are of different images, or the image has no other region.
    """
    with edit(project, Verb.GIVE_TO_NEIGHBOUR) as recording:
        image_id, _, _ = require_image_of(recording.connection, region_ids)
        transfer = Transfer(project, recording, image_id)
        takers: set[int] = set()
        left = largest_first(recording.connection, REGION.c.id.in_(among(region_ids)))
        _require_others(transfer, region_ids)
        given = True
        while left and given:  # again, for a region whose neighbours were all to be given away may touch another now
            given = False
            for region in list(left):
                taker = _neighbour(transfer, region, {each.id for each in left})
                if taker is not None:
                    transfer.move({taker: region.mask})
                    takers.add(taker)
                    left.remove(region)
                    given = True
        if left:
            pixels = masks.union([region.mask for region in left])
            transfer.give_to_nearest(pixels, without=[region.id for region in left])
        return recording.result(region_ids=takers)


def dissolve(project: Project, region_ids: Collection[int]) -> OpChanges:
    """Divide regions among those around them: each pixel goes to whichever has the nearest one.

    Raises:
        EditError: None is given, one is gone, they are of different images, or the image has no other region.
    """
    with edit(project, Verb.DISSOLVE_REGION) as recording:
        image_id, _, _ = require_image_of(recording.connection, region_ids)
        transfer = Transfer(project, recording, image_id)
        _require_others(transfer, region_ids)
        leaving = [transfer.require(region_id).mask for region_id in sorted(set(region_ids))]
        transfer.give_to_nearest(masks.union(leaving), without=region_ids)
        return recording.result()


def _require_others(transfer: Transfer, region_ids: Collection[int]) -> None:
    if {region.id for region in transfer.regions(transfer.whole)} <= set(region_ids):
        raise EditError("there is no other region in this image that could take the pixels")


def _neighbour(transfer: Transfer, region: StoredRegion, leaving: Collection[int]) -> int | None:
    """The most similar of the regions along a good part of the border; None when it touches none that stay."""
    owners = transfer.owners(transfer.widened(region.box, 1), without=set(leaving) - {region.id})
    lengths = border_lengths(owners, region.id)
    if not lengths:
        return None
    long_enough = {id_ for id_, length in lengths.items() if length >= _LEAST_BORDER * sum(lengths.values())}
    likeness = {id_: _likeness(region, transfer.require(id_)) for id_ in long_enough or lengths}
    return max(likeness, key=lambda id_: (likeness[id_], lengths[id_], -id_))


def _likeness(region: StoredRegion, other: StoredRegion) -> float:
    """Cosine of two descriptors; 0 where one is missing or they cannot be compared."""
    if region.descriptor is None or other.descriptor is None or len(region.descriptor) != len(other.descriptor):
        return 0.0
    one, two = (np.frombuffer(blob, "<f2").astype(np.float32) for blob in (region.descriptor, other.descriptor))
    return float(one @ two)
