"""Names that come from another image: from the previous one of a sequence, where regions match."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection

from acseg_core.errors import EditError
from acseg_core.shapes.matching import grid_shares, match_regions
from acseg_core.store.database import among
from acseg_core.store.edits.partition import image_size
from acseg_core.store.edits.recorder import edit
from acseg_core.store.edits.reshaping import begin_review
from acseg_core.store.project import Project
from acseg_core.store.queries.cluster_queries import descriptor_table
from acseg_core.store.records import region_records, select_regions
from acseg_core.store.schema import REGION, RegionRow
from acseg_core.store.statuses import NAMED, UNDECIDED, UNJUDGED
from acseg_core.types import OpChanges, Region, RegionStatus
from acseg_core.verbs import Verb


def copy_labels(project: Project, *, source_id: int, target_id: int) -> OpChanges:
    """Give regions of one image that nobody has decided about the labels of those of another that they match.

    Returns:
        What changed; ``region_ids`` are those that were named.

    Raises:
        EditError: There is no such image, the source has no names, or the target nothing to name or nothing alike.
    """
    with edit(project, Verb.COPY_LABELS) as recording:
        connection = recording.connection
        for image_id in (source_id, target_id):
            image_size(connection, image_id)
        named = _regions(connection, (REGION.c.image_id == source_id) & NAMED)
        waiting = _regions(connection, (REGION.c.image_id == target_id) & UNDECIDED)
        if not named:
            raise EditError("the other image has no named regions to copy from")
        if not waiting:
            raise EditError("every region of this image is already named or rejected")
        looks = _descriptors(connection, [*named, *waiting])
        pairs = match_regions(
            grid_shares(named),
            grid_shares(waiting),
            first_descriptors=looks[: len(named)],
            second_descriptors=looks[len(named) :],
        )
        if not pairs:
            raise EditError("no unnamed region of this image matches a named one of the other")
        ids_by_label: dict[int, list[int]] = {}
        for first, second, _ in pairs:
            label_id = named[first].label_id
            assert label_id is not None
            ids_by_label.setdefault(label_id, []).append(waiting[second].id)
        for label_id, ids in ids_by_label.items():
            chosen = REGION.c.id.in_(among(ids))
            begin_review(recording, chosen)
            values = {"label_id": label_id, "status": RegionStatus.ACCEPTED.value}
            recording.update(REGION, chosen, {**values, **UNJUDGED})
        return recording.result(region_ids=[waiting[second].id for _, second, _ in pairs])


def _regions(connection: Connection, where: ColumnElement[bool]) -> list[Region]:
    return region_records(connection.execute(select_regions().where(where).order_by(RegionRow.id)))


def _descriptors(connection: Connection, regions: list[Region]) -> NDArray[np.float32]:
    """(n, D) float32; zeros where a region has none, or one that cannot be compared with most."""
    table = descriptor_table(connection, REGION.c.id.in_(among(region.id for region in regions)))
    found = np.zeros((len(regions), table.descriptors.shape[1]), np.float32)
    row_of = {region.id: row for row, region in enumerate(regions)}
    found[[row_of[id_] for id_ in table.region_ids.tolist()]] = table.descriptors
    return found
