"""Reads of regions: of an image, by id, by label or cluster, their counts, areas and descriptors."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, case, func, select

from acseg_core.errors import EditError
from acseg_core.store.database import among
from acseg_core.store.project import Project
from acseg_core.store.queries.image_queries import in_order
from acseg_core.store.records import (
    image_records,
    region_records,
    select_images,
    select_regions,
)
from acseg_core.store.schema import IMAGE, LABEL, REGION
from acseg_core.store.statuses import IN_USABLE, OFFERED
from acseg_core.types import (
    ImageRecord,
    ImageStatus,
    Region,
    RegionStatus,
)

_PAGE = 64
"""Images whose regions are read at once when all are walked through."""


def regions(project: Project, image_id: int) -> list[Region]:
    """The regions of an image, largest first."""
    with project.read() as connection:
        return _regions(connection, REGION.c.image_id == image_id)


def regions_by_id(project: Project, region_ids: Collection[int]) -> dict[int, Region]:
    """Regions by id; those that are gone are left out."""
    with project.read() as connection:
        found = {region.id: region for region in _regions(connection, REGION.c.id.in_(among(region_ids)))}
    return {id_: found[id_] for id_ in region_ids if id_ in found}


def label_regions(project: Project, label_id: int) -> list[int]:
    """Ids of the regions that have a label."""
    return _region_ids(project, REGION.c.label_id == label_id)


def cluster_regions(project: Project, cluster_id: int) -> list[int]:
    """Ids of the regions in a cluster."""
    return _region_ids(project, REGION.c.cluster_id == cluster_id)


def image_regions(
    project: Project, image_ids: Collection[int] | None = None
) -> Iterator[tuple[ImageRecord, list[Region]]]:
    """All images, or some, in display order with their regions, largest first.

    They are read as you go, from one state of the database.
    """
    wanted = select(IMAGE.c.id)
    if image_ids is not None:
        wanted = wanted.where(IMAGE.c.id.in_(among(image_ids)))
    with project.read() as connection:
        ids = connection.execute(in_order(wanted)).scalars().all()
        for page in _pages(ids):
            rows = connection.execute(in_order(select_images().where(IMAGE.c.id.in_(among(page)))))
            records = image_records(rows)
            theirs: dict[int, list[Region]] = {id_: [] for id_ in page}
            for region in _regions(connection, REGION.c.image_id.in_(among(page))):
                theirs[region.image_id].append(region)
            for record in records:
                yield record, theirs[record.id]


def region_counts(
    project: Project, image_ids: Iterable[int] | None = None, *, usable_only: bool = False
) -> dict[int, tuple[int, int]]:
    """How many regions images have, and how many of them are named; images without regions are left out.

    Args:
        project: Open.
        image_ids: Of which images; of all if left out.
        usable_only: Leave out images that are missing or have changed, too.
    """
    statement = select(REGION.c.image_id, func.count(), func.count(REGION.c.label_id)).group_by(REGION.c.image_id)
    if image_ids is not None:
        statement = statement.where(REGION.c.image_id.in_(among(image_ids)))
    if usable_only:
        statement = statement.where(IN_USABLE)
    with project.read() as connection:
        return {id_: (count, named) for id_, count, named in connection.execute(statement)}


class ExportCounts(NamedTuple):
    """What some images hold that an export writes.

    Attributes:
        regions: So many.
        things: How many of them have a label of things.
        images: How many of the images have any.
    """

    regions: int
    things: int
    images: int


def export_counts(
    project: Project, image_ids: Collection[int], *, all_regions: bool = False, accepted_only: bool = True
) -> ExportCounts:
    """Count the regions of images that an export writes: the named ones, but for void, or all.

    Args:
        project: Open.
        image_ids: The images.
        all_regions: All of them.
        accepted_only: Of the named ones those that were accepted, not only those that are not rejected.
    """
    accepted = REGION.c.status == RegionStatus.ACCEPTED.value
    judged = accepted if accepted_only else REGION.c.status != RegionStatus.REJECTED.value
    named = REGION.c.label_id.in_(select(LABEL.c.id).where(~LABEL.c.is_void)) & judged
    things = named & REGION.c.label_id.in_(select(LABEL.c.id).where(LABEL.c.is_thing))
    statement = select(
        func.count(), func.coalesce(func.sum(case((things, 1), else_=0)), 0), func.count(REGION.c.image_id.distinct())
    ).where(REGION.c.image_id.in_(among(image_ids)))
    with project.read() as connection:
        return ExportCounts(*connection.execute(statement if all_regions else statement.where(named)).one())


def accepted_labels(project: Project) -> dict[int, int]:
    """How many labels, but for void, the accepted regions of images have; images without any are left out."""
    named = REGION.c.label_id.in_(select(LABEL.c.id).where(~LABEL.c.is_void))
    statement = (
        select(REGION.c.image_id, func.count(REGION.c.label_id.distinct()))
        .where(named, REGION.c.status == RegionStatus.ACCEPTED.value)
        .group_by(REGION.c.image_id)
    )
    with project.read() as connection:
        return {row.image_id: int(row[1]) for row in connection.execute(statement)}


def images_of_regions(project: Project, region_ids: Collection[int]) -> set[int]:
    """The images that some regions are in."""
    statement = select(REGION.c.image_id).where(REGION.c.id.in_(among(region_ids))).distinct()
    with project.read() as connection:
        return set(connection.execute(statement).scalars())


def region_areas(project: Project) -> dict[int, dict[int, int]]:
    """The area of every region, by image and region; images without regions are left out."""
    found: dict[int, dict[int, int]] = {}
    with project.read() as connection:
        for image_id, id_, area in connection.execute(select(REGION.c.image_id, REGION.c.id, REGION.c.area)):
            found.setdefault(image_id, {})[id_] = area
    return found


def descriptors(project: Project, image_id: int) -> dict[int, NDArray[np.float16]]:
    """The (D,) float16 L2-normalised descriptors of an image's regions, by region."""
    statement = select(REGION.c.id, REGION.c.descriptor).where(
        REGION.c.image_id == image_id, REGION.c.descriptor.is_not(None)
    )
    with project.read() as connection:
        return {id_: np.frombuffer(blob, "<f2") for id_, blob in connection.execute(statement)}


def suggestion_confidences(project: Project) -> NDArray[np.float32]:
    """(n,) float32 in 0..1, how sure the machine is of each name that `accept_suggestions` would give in all images."""
    done = select(IMAGE.c.id).where(IMAGE.c.status == ImageStatus.DONE.value)
    statement = select(REGION.c.confidence).where(
        OFFERED, REGION.c.confidence.is_not(None), REGION.c.image_id.not_in(done), IN_USABLE
    )
    with project.read() as connection:
        return np.array(connection.execute(statement).scalars().all(), np.float32)


def require_regions(connection: Connection, region_ids: Collection[int]) -> None:
    """Check that regions exist.

    Raises:
        EditError: None is given, or one is gone.
    """
    if not region_ids:
        raise EditError("select at least one region")
    found = connection.execute(select(REGION.c.id).where(REGION.c.id.in_(among(region_ids)))).scalars()
    require_all(region_ids, found.all())


def require_all(wanted: Collection[int], found: Collection[int]) -> None:
    """Check that all regions wanted were found.

    Raises:
        EditError: One is gone.
    """
    missing = set(wanted) - set(found)
    if missing:
        raise EditError(f"region {min(missing)} is no longer in the project")


def _regions(connection: Connection, condition: ColumnElement[bool]) -> list[Region]:
    rows = connection.execute(select_regions().where(condition).order_by(REGION.c.area.desc(), REGION.c.id))
    return region_records(rows)


def _region_ids(project: Project, condition: ColumnElement[bool]) -> list[int]:
    with project.read() as connection:
        return list(connection.execute(select(REGION.c.id).where(condition).order_by(REGION.c.id)).scalars())


def _pages(ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    walking = iter(ids)
    while page := tuple(itertools.islice(walking, _PAGE)):
        yield page
