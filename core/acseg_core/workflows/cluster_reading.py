"""Reads of the concept browser: clusters that pass a filter, pages of their members, regions similar to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass, replace

from acseg_core.store import Project, queries
from acseg_core.store.queries import cluster_queries
from acseg_core.store.queries.cluster_queries import NO_CLUSTER, ClusterRecord
from acseg_core.types import Progress, Region, RegionStatus
from acseg_core.workflows import salience

SIMILAR = 240
"""Number of similar regions that are found for one."""

LONERS = -1
"""Key of the section of all clusters of a single region."""


@dataclass(frozen=True, slots=True)
class ClusterFilter:
    """Which clusters and members are shown; None is no condition."""

    unnamed_only: bool = False
    label_id: int | None = None
    status: RegionStatus | None = None
    image_id: int | None = None
    in_front: bool | None = None

    @property
    def is_on(self) -> bool:
        """Whether it hides anything."""
        return self != ClusterFilter()

    @property
    def narrows_members(self) -> bool:
        """Whether it hides members of the clusters it shows."""
        return replace(self, unnamed_only=False).is_on


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the grid.

    Attributes:
        key: The cluster's id; `LONERS` for all clusters of a single region, or one of the browser's own for regions in
            an order of their own.
        count: Members that pass the filter.
        record: What is known of the cluster, or of all of them; None where it is no cluster.
        cluster_ids: The clusters it consists of.
    """

    key: int
    count: int
    record: ClusterRecord | None = None
    cluster_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What one reading brings.

    Attributes:
        sections: Clusters that pass the filter.
        regions: How many there are.
        clustered: How many of them are in a cluster.
        is_ground_known: Whether foreground and background can be told at all.
    """

    sections: tuple[Section, ...] = ()
    regions: int = 0
    clustered: int = 0
    is_ground_known: bool = True


@dataclass(frozen=True, slots=True)
class Likeness:
    """Regions like one, the most similar first; the one itself leads."""

    query_id: int
    regions: tuple[Region, ...] = ()
    similarities: tuple[float, ...] = ()


def read_overview(project: Project, wanted: ClusterFilter, also: Collection[int] = ()) -> Overview:
    """The clusters that pass a filter, in the order in which naming them saves most.

    Below them are the regions that are in no cluster. Clusters in ``also`` are listed although they are all named.
    """
    known = None if wanted.in_front is None else _up_to_date(project)
    records = cluster_queries.clusters(
        project,
        unnamed_only=wanted.unnamed_only,
        label_id=wanted.label_id,
        status=wanted.status,
        image_id=wanted.image_id,
        region_ids=_on_ground(known, wanted),
        also=also,
    )
    everything = records if not wanted.is_on else cluster_queries.clusters(project)
    counts = queries.region_counts(project, usable_only=True)
    regions, clustered = sum(count for count, _named in counts.values()), sum(record.size for record in everything)
    rest = _rest(project, wanted, known) if everything and clustered < regions else ()
    return Overview(
        sections=(*_sections(records), *rest),
        regions=regions,
        clustered=clustered,
        is_ground_known=known is None or len(known) > 0,
    )


def _rest(project: Project, wanted: ClusterFilter, known: salience.Salience | None) -> tuple[Section, ...]:
    """The section of regions that are in no cluster, if any of them passes the filter."""
    record = cluster_queries.without_cluster(
        project,
        label_id=wanted.label_id,
        status=wanted.status,
        image_id=wanted.image_id,
        region_ids=_on_ground(known, wanted),
    )
    is_shown = record.unnamed if wanted.unnamed_only else record.size
    return (Section(NO_CLUSTER, record.size, record, (NO_CLUSTER,)),) if is_shown else ()


def find_salience_of_all(project: Project) -> Generator[Progress, None, bool]:
    """Find out what is in the foreground; returns whether that is known of all images."""
    found = yield from salience.find_salience(project)
    return not salience.images_without_salience(project, found)


def _up_to_date(project: Project) -> salience.Salience:
    """What is in the foreground now; after a few edits that takes no time."""
    work = salience.find_salience(project)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: salience.Salience = end.value  # where the cache cannot be written, it is nowhere else
            return found


def _on_ground(known: salience.Salience | None, wanted: ClusterFilter) -> frozenset[int] | None:
    """The regions in the foreground or background, or None where that does not matter."""
    return None if known is None or wanted.in_front is None else known.regions(in_front=wanted.in_front)


def _sections(records: Sequence[ClusterRecord]) -> tuple[Section, ...]:
    """One for each cluster; all single regions at the end are one."""
    lone = [record for record in records if record.outliers and record.size == 1]
    alone = {record.id for record in lone}
    sections = [Section(each.id, each.size, each, (each.id,)) for each in records if each.id not in alone]
    if lone:
        labels = Counter(label_id for record in lone for label_id in record.label_counts)
        unnamed = sum(record.unnamed for record in lone)
        all_of_them = ClusterRecord(LONERS, len(lone), unnamed, 0, dict(labels), outliers=True)
        sections.append(Section(LONERS, len(lone), all_of_them, tuple(record.id for record in lone)))
    return tuple(sections)


def read_ids(project: Project, cluster_ids: Collection[int], wanted: ClusterFilter) -> list[int]:
    """Ids of the members of clusters that pass a filter, the most typical of each first."""
    known = None
    if wanted.in_front is not None:
        known = salience.read_salience(project.cache_dir)
        known = known if len(known) else _up_to_date(project)
    ground = _on_ground(known, wanted)
    return [
        region_id
        for cluster_id in cluster_ids
        for region_id in cluster_queries.member_ids(
            project, cluster_id, label_id=wanted.label_id, status=wanted.status, image_id=wanted.image_id
        )
        if ground is None or region_id in ground
    ]


def read_shown(
    project: Project, region_ids: Collection[int], cluster_ids: Collection[int], wanted: ClusterFilter
) -> frozenset[int]:
    """Those of some regions that are in clusters, or in none, and pass a filter."""
    there = queries.regions_by_id(project, region_ids).values()
    homes = {NO_CLUSTER if region.cluster_id is None else region.cluster_id for region in there}
    found = homes & set(cluster_ids)
    return frozenset(region_ids) & frozenset(read_ids(project, found, wanted)) if found else frozenset()


def read_page(
    project: Project, section: Section, wanted: ClusterFilter, order: list[int] | None, rows: slice
) -> tuple[list[int], tuple[Region, ...]]:
    """Some members of a section, and the order of all of them, which is read when it is not given."""
    if order is None:
        order = read_ids(project, section.cluster_ids, wanted)
    return order, tuple(queries.regions_by_id(project, order[rows]).values())


def find_like(project: Project, region_id: int) -> Likeness:
    """A region, and those most like it.

    Raises:
        EditError: It is gone.
    """
    found = [(region, cosine) for region, cosine in cluster_queries.similar_regions(project, region_id, limit=SIMILAR)]
    query = queries.regions_by_id(project, [region_id])
    rest = [(region, cosine) for region, cosine in found if region.id != region_id]
    regions = (*query.values(), *(region for region, _ in rest))
    return Likeness(region_id, regions, (*(1.0 for _ in query), *(cosine for _, cosine in rest)))
