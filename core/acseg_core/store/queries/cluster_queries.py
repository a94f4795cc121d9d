"""Clusters as they are read: which there are, who is in them, and what regions look like.

A cluster without living members is not listed. Members whose image is missing or has changed stay members, but are not
shown, counted or named with the others: nobody can see what they are.

A cluster's stored centroid is the mean direction of the members when it was made, and the centroid's length is how like
it they were on average: that tells tight clusters from loose ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, select

from acseg_core.names import clustering
from acseg_core.store import queries
from acseg_core.store.database import among
from acseg_core.store.project import Project
from acseg_core.store.queries.region_queries import require_regions
from acseg_core.store.schema import IMAGE, LABEL, OPERATION, REGION, ClusterRow
from acseg_core.store.statuses import IN_USABLE, NAMELESS, SUGGESTED, UNDECIDED, USABLE
from acseg_core.types import DescriptorTable, Region, RegionStatus
from acseg_core.verbs import Verb

CLUSTER: Table = ClusterRow.metadata.tables["cluster"]

NO_CLUSTER = -3
"""In the place of a cluster's id: regions that are in none, as they were taken out, or came after it was made."""

_ROWS = 4096
"""Descriptors read at once."""

_FENCE = 1.5
"""Quartile ranges below the first quartile at which a cluster counts as loose (Tukey's)."""

_MARGIN = 0.05
"""Cosine by which these two differ at least."""


@dataclass(frozen=True, slots=True)
class ClusterRecord:
    """A cluster with living members; when these were narrowed down, the numbers are of those left.

    Attributes:
        id: Row id in the project, from 1.
        size: Members.
        unnamed: Members without a label that are not rejected.
        images: Images they are in.
        label_counts: Members by their label's id.
        outliers: A single region, or regions that are like each other far less than those of other clusters.
    """

    id: int
    size: int
    unnamed: int
    images: int
    label_counts: dict[int, int]
    outliers: bool


class Assignment(NamedTuple):
    """Which cluster and which label a region has: their id and name, or None."""

    id: int
    image: str
    cluster: int | None
    label: str | None


def descriptors(project: Project, region_ids: Collection[int] | None = None) -> DescriptorTable:
    """Read descriptors, by region id; where they differ in length, only those of the commonest.

    Args:
        project: Open.
        region_ids: Which regions; all whose images can be used if left out. Those without a descriptor are left out.
    """
    with project.read() as connection:
        return descriptor_table(connection, IN_USABLE if region_ids is None else REGION.c.id.in_(among(region_ids)))


def clusters(
    project: Project,
    *,
    unnamed_only: bool = False,
    label_id: int | None = None,
    status: RegionStatus | None = None,
    image_id: int | None = None,
    region_ids: Collection[int] | None = None,
    also: Collection[int] = (),
) -> list[ClusterRecord]:
    """The clusters in the order in which naming them saves most: most unnamed regions first, outliers last.

    Args:
        project: Open.
        unnamed_only: Only clusters that have something left to name.
        label_id: Only members with this label; clusters that have none are left out.
        status: Only members with this status.
        image_id: Only members in this image.
        region_ids: Only members among these.
        also: Clusters that are listed although nothing of them is left to name.
    """
    chosen = and_(REGION.c.cluster_id.is_not(None), _narrowed(label_id, status, image_id))
    if region_ids is not None:
        chosen = and_(chosen, REGION.c.id.in_(among(region_ids)))
    named = (
        select(REGION.c.cluster_id, REGION.c.label_id, func.count(), func.sum(case((NAMELESS, 1), else_=0)))
        .where(chosen)
        .group_by(REGION.c.cluster_id, REGION.c.label_id)
    )
    spread = select(REGION.c.cluster_id, func.count(REGION.c.image_id.distinct()))
    sizes: Counter[int] = Counter()
    unnamed: Counter[int] = Counter()
    labels: dict[int, dict[int, int]] = {}
    with project.read() as connection:
        for id_, label, count, without in connection.execute(named):
            sizes[id_] += count
            unnamed[id_] += without
            labels.setdefault(id_, {}).update({} if label is None else {label: count})
        images = _counts(connection, spread.where(chosen))
        outliers = _outliers(connection)
    found = [
        ClusterRecord(id_, size, unnamed[id_], images[id_], labels[id_], id_ in outliers)
        for id_, size in sizes.items()
        if unnamed[id_] or not unnamed_only or id_ in also
    ]
    return sorted(found, key=lambda each: (each.outliers, -each.unnamed, -each.size, each.id))


def without_cluster(
    project: Project,
    *,
    label_id: int | None = None,
    status: RegionStatus | None = None,
    image_id: int | None = None,
    region_ids: Collection[int] | None = None,
) -> ClusterRecord:
    """What there is to say of the regions that are in no cluster, narrowed down like `clusters`."""
    chosen = and_(REGION.c.cluster_id.is_(None), _narrowed(label_id, status, image_id))
    if region_ids is not None:
        chosen = and_(chosen, REGION.c.id.in_(among(region_ids)))
    named = select(REGION.c.label_id, func.count(), func.sum(case((NAMELESS, 1), else_=0))).where(chosen)
    spread = select(func.count(REGION.c.image_id.distinct())).where(chosen)
    with project.read() as connection:
        rows = connection.execute(named.group_by(REGION.c.label_id)).all()
        images = connection.execute(spread).scalar_one()
    labels = {label: count for label, count, _ in rows if label is not None}
    return ClusterRecord(NO_CLUSTER, sum(row[1] for row in rows), sum(row[2] for row in rows), images, labels, False)


def are_made_by_hand(project: Project) -> bool:
    """Whether somebody grouped regions, or changed clusters: then they are to stay as they are."""
    by_hand = OPERATION.c.verb.in_([verb.value for verb in Verb if verb.changes_clusters_only])
    with project.read() as connection:
        return (
            connection.execute(select(OPERATION.c.id).where(by_hand, ~OPERATION.c.undone).limit(1)).first() is not None
        )


def members(
    project: Project,
    cluster_id: int,
    *,
    offset: int = 0,
    limit: int | None = None,
    label_id: int | None = None,
    status: RegionStatus | None = None,
    image_id: int | None = None,
) -> list[Region]:
    """A page of the members of a cluster, the most typical first, narrowed down like `clusters`."""
    ids = member_ids(project, cluster_id, label_id=label_id, status=status, image_id=image_id)
    page = ids[offset : None if limit is None else offset + limit]
    return list(queries.regions_by_id(project, page).values())


def member_ids(
    project: Project,
    cluster_id: int,
    *,
    label_id: int | None = None,
    status: RegionStatus | None = None,
    image_id: int | None = None,
) -> list[int]:
    """Ids of the members of a cluster, ordered and narrowed down like `members`; of `NO_CLUSTER` by id."""
    belongs = REGION.c.cluster_id.is_(None) if cluster_id == NO_CLUSTER else REGION.c.cluster_id == cluster_id
    chosen = and_(belongs, _narrowed(label_id, status, image_id))
    if cluster_id == NO_CLUSTER:
        with project.read() as connection:
            return list(connection.execute(select(REGION.c.id).where(chosen).order_by(REGION.c.id)).scalars())
    with project.read() as connection:
        table = descriptor_table(connection, chosen)
        everyone = connection.execute(select(REGION.c.id).where(chosen).order_by(REGION.c.id)).scalars().all()
        centroid = _centroid(connection, cluster_id)
    if centroid is None or centroid.shape != table.descriptors.shape[1:]:
        return list(everyone)
    order, _ = clustering.nearest(table.descriptors, centroid, len(table))
    typical: list[int] = table.region_ids[order].tolist()
    return typical + sorted(set(everyone) - set(typical))


def similar_regions(project: Project, region_id: int, *, limit: int = 200) -> list[tuple[Region, float]]:
    """Regions like one, with the cosines of their descriptors, the most similar first; itself is not among them.

    Nor are those whose image is missing or has changed.

    Raises:
        EditError: The region is gone.
    """
    with project.read() as connection:
        require_regions(connection, [region_id])
        blob = connection.execute(select(REGION.c.descriptor).where(REGION.c.id == region_id)).scalar_one()
        if blob is None:
            return []
        others = and_(REGION.c.id != region_id, IN_USABLE, func.length(REGION.c.descriptor) == len(blob))
        table = descriptor_table(connection, others)
    found, cosines = clustering.nearest(table.descriptors, np.frombuffer(blob, "<f2"), limit)
    likeness = dict(zip(table.region_ids[found].tolist(), cosines.tolist(), strict=True))
    return [(region, likeness[id_]) for id_, region in queries.regions_by_id(project, likeness.keys()).items()]


def assignments(project: Project) -> Iterator[Assignment]:
    """All regions with their image, cluster and label, in the order of images and ids; read as you go.

    Those of images that are missing or have changed are left out.
    """
    statement = (
        select(REGION.c.id, IMAGE.c.path, REGION.c.cluster_id, LABEL.c.name)
        .join(IMAGE, IMAGE.c.id == REGION.c.image_id)
        .outerjoin(LABEL, LABEL.c.id == REGION.c.label_id)
        .where(USABLE)
        .order_by(IMAGE.c.sort_key, IMAGE.c.id, REGION.c.id)
    )
    with project.read() as connection:
        for row in connection.execute(statement.execution_options(yield_per=_ROWS)):
            yield Assignment(*row)


def commonest_clusters(project: Project) -> dict[int, int]:
    """The place of the cluster that most of an image's pixels are in, by image; of those that have regions in one."""
    pixels = func.sum(REGION.c.area).label("pixels")
    statement = (
        select(REGION.c.image_id, CLUSTER.c.rank, pixels)
        .join(CLUSTER, CLUSTER.c.id == REGION.c.cluster_id)
        .group_by(REGION.c.image_id, CLUSTER.c.rank)
        .order_by(pixels, CLUSTER.c.rank.desc())
    )
    with project.read() as connection:
        return {image_id: rank for image_id, rank, _ in connection.execute(statement)}


def descriptor_table(connection: Connection, where: ColumnElement[bool]) -> DescriptorTable:
    """Descriptors of the commonest length, a page at a time into one array."""
    length = func.length(REGION.c.descriptor)
    lengths = select(length, func.count()).where(where, REGION.c.descriptor.is_not(None)).group_by(length)
    commonest = connection.execute(lengths.order_by(func.count().desc(), length.desc()).limit(1)).one_or_none()
    size, count = (0, 0) if commonest is None else commonest
    ids = np.empty(count, np.int64)
    vectors = np.empty((count, size // 2), np.float16)
    statement = select(REGION.c.id, REGION.c.descriptor).where(where, length == size).order_by(REGION.c.id)
    start = 0
    for page in connection.execute(statement.execution_options(yield_per=_ROWS)).partitions():
        rows = slice(start, start + len(page))
        ids[rows] = [row.id for row in page]
        vectors[rows] = np.frombuffer(b"".join(row.descriptor for row in page), "<f2").reshape(len(page), -1)
        start = rows.stop
    return DescriptorTable(ids, vectors)


def _narrowed(label_id: int | None, status: RegionStatus | None, image_id: int | None) -> ColumnElement[bool]:
    """The members to look at."""
    wanted: list[ColumnElement[bool]] = [IN_USABLE]
    if label_id is not None:
        wanted.append(REGION.c.label_id == label_id)
    if image_id is not None:
        wanted.append(REGION.c.image_id == image_id)
    if status is not None:
        match RegionStatus(status):
            case RegionStatus.SUGGESTED:
                wanted.append(SUGGESTED)
            case RegionStatus.PROPOSED:
                wanted.append(UNDECIDED & REGION.c.suggestion_id.is_(None))
            case decided:
                wanted.append(REGION.c.status == decided.value)
    return and_(*wanted)


def centroids(project: Project) -> dict[int, NDArray[np.float16]]:
    """(D,) float16 mean directions of clusters by their ids, as long as their members are alike."""
    stored = select(CLUSTER.c.id, CLUSTER.c.centroid).where(CLUSTER.c.centroid.is_not(None))
    with project.read() as connection:
        return {id_: np.frombuffer(blob, "<f2") for id_, blob in connection.execute(stored)}


def _centroid(connection: Connection, cluster_id: int) -> NDArray[np.float16] | None:
    """(D,) float16; its length is how alike the members are."""
    blob = connection.execute(select(CLUSTER.c.centroid).where(CLUSTER.c.id == cluster_id)).scalar()
    return None if blob is None else np.frombuffer(blob, "<f2")


def _outliers(connection: Connection) -> set[int]:
    """Clusters of a single region, and those that are loose as the living clusters go."""
    counted = select(REGION.c.cluster_id, func.count()).where(REGION.c.cluster_id.is_not(None))
    sizes = _counts(connection, counted)
    stored = select(CLUSTER.c.id, CLUSTER.c.centroid).where(CLUSTER.c.id.in_(among(sizes)))
    likeness: dict[int, float] = {
        id_: float(np.linalg.norm(np.frombuffer(blob, "<f2").astype(np.float32)))
        for id_, blob in connection.execute(stored)
        if blob is not None and sizes[id_] > 1
    }
    single = {id_ for id_, count in sizes.items() if count == 1}
    if not likeness:
        return single
    low, high = np.quantile(list(likeness.values()), [0.25, 0.75])
    fence = low - max(_FENCE * (high - low), _MARGIN)
    return single | {id_ for id_, length in likeness.items() if length < fence}


def _counts(connection: Connection, counted: Select[*tuple[Any, ...]]) -> dict[int, int]:
    """A number for each cluster."""
    return {row[0]: row[1] for row in connection.execute(counted.group_by(REGION.c.cluster_id))}
