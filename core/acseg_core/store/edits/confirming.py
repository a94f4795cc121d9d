"""Names that a person confirmed, one region at a time, and names that are corrected.

Names are given to many regions at once, and wrong for some. A person who names regions of one image, or says of a
doubted name that it is right, has looked at these very regions: their names are confirmed. That lives where declined
suggestions do, in ``region.verdict``, so it is undone with the edit, survives a restart, and ends when the label or the
pixels change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
from sqlalchemy import and_, func, not_, select

from acseg_core.store.database import among
from acseg_core.store.edits.recorder import edit
from acseg_core.store.edits.reshaping import begin_review
from acseg_core.store.project import Project
from acseg_core.store.queries.cluster_queries import descriptor_table
from acseg_core.store.schema import LABEL, REGION
from acseg_core.store.statuses import AS_CONFIRMED, CONFIRMED, IN_USABLE, NAMED, UNJUDGED
from acseg_core.types import DoubtfulName, NamedRegions, OpChanges, RegionStatus
from acseg_core.verbs import Verb


def named_regions(project: Project) -> NamedRegions:
    """What named regions look like, by region id; where descriptors differ in length, only those of the commonest.

    Not those whose image is missing or has changed: they are neither doubted, as nobody can look, nor do they speak
    against others.
    """
    with project.read() as connection:
        table = descriptor_table(connection, NAMED & IN_USABLE)
        columns = (REGION.c.id, REGION.c.label_id, REGION.c.area, REGION.c.image_id, CONFIRMED.label("confirmed"))
        length = func.length(REGION.c.descriptor) == 2 * table.descriptors.shape[1]
        rows = connection.execute(select(*columns).where(NAMED, IN_USABLE, length).order_by(REGION.c.id)).all()
    _, labels, areas, images, confirmed = zip(*rows, strict=True) if rows else ((),) * 5
    return NamedRegions(
        table,
        np.array(labels, np.int64),
        np.array(areas, np.int64),
        np.array(images, np.int64),
        np.array(confirmed, bool),
    )


def keep_names(project: Project, region_ids: Collection[int]) -> OpChanges:
    """Say of regions that their names are right: one operation. Those that are gone or have none are passed by."""
    with edit(project, Verb.KEEP_NAMES) as recording:
        chosen = and_(REGION.c.id.in_(among(region_ids)), NAMED, not_(CONFIRMED))
        kept = recording.connection.execute(select(REGION.c.id).where(chosen)).scalars().all()
        if kept:
            recording.update(REGION, REGION.c.id.in_(among(kept)), AS_CONFIRMED)
        return recording.result(region_ids=kept) if recording.changed else OpChanges()


def correct_names(project: Project, names: Iterable[DoubtfulName], *, confirmed: bool) -> OpChanges:
    """Give regions the names they might have instead: one operation, however many.

    Passed by are regions that are gone or have another name by now, and those whose other name is gone.

    Args:
        project: Open for writing.
        names: One for each region.
        confirmed: Whether a person looked at each of them, so that their names are confirmed.

    Returns:
        What changed; ``region_ids`` are those that were renamed.
    """
    wanted: dict[tuple[int, int], list[int]] = {}
    for name in names:
        wanted.setdefault((name.label_id, name.other_id), []).append(name.region_id)
    renamed: list[int] = []
    with edit(project, Verb.CORRECT_NAMES) as recording:
        labels = set(recording.connection.execute(select(LABEL.c.id)).scalars())
        for (label_id, other_id), region_ids in wanted.items():
            there = and_(REGION.c.id.in_(among(region_ids)), REGION.c.label_id == label_id)
            ids = recording.connection.execute(select(REGION.c.id).where(there)).scalars().all()
            if not ids or other_id not in labels:
                continue
            chosen = REGION.c.id.in_(among(ids))
            begin_review(recording, chosen)
            values = {"label_id": other_id, "status": RegionStatus.ACCEPTED.value}
            recording.update(REGION, chosen, {**values, **(AS_CONFIRMED if confirmed else UNJUDGED)})
            renamed += ids
        return recording.result(region_ids=renamed) if recording.changed else OpChanges()
