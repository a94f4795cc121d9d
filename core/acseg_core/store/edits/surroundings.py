"""Proposals around a person's work: images that got labels before any proposals are completed, and nothing is replaced.

Regions that are named, rejected, drawn or imported keep pixels, name, status and id. What is left of the image, be it
a rest without a name or no region yet, becomes the cut of the image's concept tree in these pixels. From then on the
image is as any other with proposals: `acseg_core.store.edits.cuts` treats such regions in the same way.
"""

from __future__ import annotations

import numpy as np
from sqlalchemy import ColumnElement, and_, bindparam, exists, func, select, update

from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.tree import DEFAULT_GRANULARITY, threshold_of
from acseg_core.shapes import masks
from acseg_core.store.database import among
from acseg_core.store.edits.describing import Describer
from acseg_core.store.edits.ingest import worked_on
from acseg_core.store.edits.recorder import Edit
from acseg_core.store.edits.reshaping import descriptor_bytes, proposal_values
from acseg_core.store.edits.runs import extended, store_tree
from acseg_core.store.edits.stored_regions import sound_masks
from acseg_core.store.project import Project
from acseg_core.store.schema import IMAGE, REGION
from acseg_core.store.statuses import FREE, NAMED, USABLE
from acseg_core.types import DescriptorTable, ImageStatus, OpChanges, Rle


def has_room() -> ColumnElement[bool]:
    """Of an image: somebody has begun it, without proposals, and there are pixels left for these.

    Images with proposals are left to those who edit them, and images that are done are done.
    """
    kept = select(func.coalesce(func.sum(REGION.c.area), 0)).where(REGION.c.image_id == IMAGE.c.id, ~FREE)
    proposed = exists().where(REGION.c.image_id == IMAGE.c.id, REGION.c.run_id.is_not(None))
    return and_(
        IMAGE.c.tree_id.is_(None),
        IMAGE.c.status != ImageStatus.DONE.value,
        USABLE,
        ~proposed,
        worked_on(),
        kept.scalar_subquery() < IMAGE.c.width * IMAGE.c.height,
    )


def images_with_room(project: Project) -> set[int]:
    """All images `has_room` is true of."""
    with project.read() as connection:
        return set(connection.execute(select(IMAGE.c.id).where(has_room())).scalars())


def save_around(
    project: Project,
    run_id: int,
    image_id: int,
    tree: ImageTree,
    *,
    granularity: float = DEFAULT_GRANULARITY,
) -> tuple[int, OpChanges]:
    """Propose regions where nobody has named or drawn anything, in one transaction.

    Nothing is changed (and an empty `OpChanges` returned) if the image was edited after the run began.

    Args:
        project: Open for writing.
        run_id: From `runs.begin_run`.
        image_id: The image.
        tree: Its concept tree.
        granularity: Where that is cut.

    Returns:
        How many regions were made, and what changed.

    Raises:
        EditError: The run is over.
        ValueError: The tree is of another size, or the granularity is outside 0..1.
    """
    nodes = tree.tree.cut(threshold_of(granularity))
    mine = REGION.c.image_id == image_id
    with extended(project, run_id, image_id) as recording:
        if recording is None:
            return 0, OpChanges()
        kept = sound_masks(recording.connection, and_(mine, ~FREE))
        free = ~masks.decode(masks.union(list(kept.values()))) if kept else None
        if free is not None and free.shape != tree.leaf_map.shape:
            raise ValueError(f"a tree of {tree.leaf_map.shape} for an image of {free.shape}")
        regions = tree.regions(nodes, within=free)
        recording.delete(REGION, and_(mine, FREE))
        recording.insert(REGION, [proposal_values(region, run_id, image_id) for region in regions])
        cut = {"tree_id": store_tree(recording.connection, tree), "granularity": float(granularity)}
        recording.update(IMAGE, IMAGE.c.id == image_id, cut)
        is_new = and_(IMAGE.c.id == image_id, IMAGE.c.status == ImageStatus.NEW.value)
        recording.update(IMAGE, is_new, {"status": ImageStatus.IN_REVIEW.value})
        _describe(project, recording, image_id, kept)
    return len(regions), OpChanges(verb=recording.verb, images=True, image_ids=frozenset([image_id]))


def _describe(project: Project, recording: Edit, image_id: int, kept: dict[int, Rle]) -> None:
    """Regions made before the model looked at the image get their descriptors: names are learned from these."""
    unknown = REGION.c.id.in_(among(kept)) & REGION.c.descriptor.is_(None)
    ids = recording.connection.execute(select(REGION.c.id).where(unknown)).scalars().all()
    describer = Describer(project, recording.connection, image_id)
    found = {id_: descriptor for id_ in ids if (descriptor := describer.describe(kept[id_])) is not None}
    recording.update_each(REGION, "descriptor", found)


def undescribed_images(project: Project) -> set[int]:
    """Images with named regions from which nothing can be learned yet, as no model has looked at them."""
    with project.read() as connection:
        named = select(REGION.c.image_id).where(NAMED, REGION.c.descriptor.is_(None)).distinct()
        return set(connection.execute(select(IMAGE.c.id).where(USABLE, IMAGE.c.id.in_(named))).scalars())


def undescribed_regions(project: Project, image_id: int) -> dict[int, Rle]:
    """The pixels of an image's named regions that have no descriptor, by region."""
    wanted = and_(REGION.c.image_id == image_id, NAMED, REGION.c.descriptor.is_(None))
    with project.read() as connection:
        return sound_masks(connection, wanted)


def save_descriptors(project: Project, found: DescriptorTable) -> None:
    """Say what regions look like that have no descriptor; not undoable, as nothing that a person made changes.

    Regions that are gone or have one by now are passed by.
    """
    row = bindparam("region", type_=REGION.c.id.type)
    statement = update(REGION).where(REGION.c.id == row, REGION.c.descriptor.is_(None))
    values = [
        {"region": region_id, "vector": descriptor_bytes(np.asarray(vector, np.float16))}
        for region_id, vector in zip(found.region_ids.tolist(), found.descriptors, strict=True)
    ]
    with project.write() as connection:
        connection.execute(statement.values(descriptor=bindparam("vector")), values)
