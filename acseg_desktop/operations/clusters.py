"""User verbs on clusters of the whole data set: group, name, merge, split, take out."""

from __future__ import annotations

from collections.abc import Collection, Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from acseg_core.store import Project, queries
from acseg_core.store.edits import clusters, review
from acseg_core.store.queries.cluster_queries import NO_CLUSTER
from acseg_core.types import OpChanges, Progress, RegionStatus
from acseg_core.verbs import Verb
from acseg_core.workflows.cluster_reading import ClusterFilter, read_ids
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.operations import clustering
from acseg_desktop.operations.clustering import ClusterDrag, ClusteringCache
from acseg_desktop.session import Session

if TYPE_CHECKING:
    from acseg_core.workflows.clustering import ClusterReport

tr = Words("Work")


def group_regions(
    session: Session, cache: ClusteringCache, *, count: int | None, drag: ClusterDrag | None = None
) -> Job:
    """Put all regions of the data set into clusters by their looks; a good number is chosen when ``count`` is None."""
    project = session.require()

    def work() -> Generator[Progress, None, ClusterReport]:
        try:
            return (yield from clustering.cluster_all(project, cache, count=count, drag=drag))
        finally:
            session.note_changes(project, OpChanges(Verb.CLUSTER_REGIONS))

    return session.jobs.submit(Lane.COMPUTE, work, title=tr("Grouping similar regions"))


def group_quietly(session: Session, cache: ClusteringCache) -> Job:
    """Put regions that are new into clusters, unless somebody made the clusters by hand; the result says whether."""
    project = session.require()

    def work() -> Generator[Progress, None, bool]:
        from acseg_core.workflows.clustering import keep_clustered  # SciPy takes a while to load

        made = yield from keep_clustered(project)
        if made is not None:
            cache.keep(project, made)
            session.note_changes(project, OpChanges(Verb.CLUSTER_REGIONS))
        return made is not None

    return session.jobs.submit(Lane.COMPUTE, work)


def recut_clusters(session: Session, cache: ClusteringCache, *, count: int, drag: ClusterDrag) -> Job:
    """Make more or fewer clusters from the clustering that is kept."""

    def work(project: Project) -> tuple[ClusterReport, OpChanges]:
        report = clustering.recut(project, cache, count=count, drag=drag)
        return report, OpChanges(Verb.CLUSTER_REGIONS)  # no image looks different

    goes_on, drag.is_begun = drag.is_begun, True
    return session.edit(work, goes_on=goes_on)


def name_clusters(
    session: Session,
    cluster_ids: Collection[int],
    name: str,
    *,
    rename: bool,
    shown: ClusterFilter,
    is_thing: bool | None = None,
) -> Job:
    """Name the members of clusters that are shown: the unnamed ones, or with ``rename`` all that are not rejected."""

    def work(project: Project) -> OpChanges:
        if len(cluster_ids) == 1 and NO_CLUSTER not in cluster_ids and not shown.narrows_members:
            (cluster_id,) = cluster_ids
            return clusters.name_cluster(project, cluster_id, name, rename=rename, is_thing=is_thing)
        members = queries.regions_by_id(project, read_ids(project, cluster_ids, shown))
        meant = [
            region.id
            for region in members.values()
            if region.status is not RegionStatus.REJECTED and (rename or region.label_id is None)
        ]
        changes = review.name_regions_as(project, meant, name, is_thing=is_thing) if meant else OpChanges()
        return replace(changes, verb=Verb.NAME_CLUSTER) if changes.verb else changes

    return session.edit(work)


def merge_clusters(session: Session, cluster_ids: Collection[int]) -> Job:
    """Make one cluster of several."""
    return session.edit(lambda project: clusters.merge_clusters(project, cluster_ids))


def split_cluster(session: Session, cluster_id: int) -> Job:
    """Make two clusters of one, by the looks of its members."""
    return session.edit(lambda project: clusters.split_cluster(project, cluster_id))


def drop_members(session: Session, region_ids: Collection[int]) -> Job:
    """Take regions out of their clusters."""
    return session.edit(lambda project: clusters.drop_members(project, region_ids))


def shown_members(project: Project, cluster_ids: Collection[int], shown: ClusterFilter) -> list[int]:
    """Ids of the members of clusters that pass a filter; for a reading job."""
    return read_ids(project, cluster_ids, shown)
