"""Clustering of a project's regions by their descriptors, so that one name serves many images.

Every function of long work is a generator: each ``yield`` is a progress tick and a place to stop. Importing this
module loads no torch.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from acseg_core.errors import EditError
from acseg_core.names import clustering
from acseg_core.names.clustering import Clustering
from acseg_core.store import Project, queries
from acseg_core.store.edits import clusters
from acseg_core.store.queries import cluster_queries
from acseg_core.types import DescriptorTable, OpChanges, Progress
from acseg_core.workflows.clustering_cache import identity_of, keep_clustering, read_clustering
from acseg_core.workflows.links import as_things


@dataclass(frozen=True, slots=True, eq=False)
class ProjectClustering:
    """All clusterings of a project's regions, kept to save another number of clusters without clustering again.

    Attributes:
        table: The regions and their descriptors.
        clustering: Of the table's rows; regions that are linked over seams (`links`) are together in all of them.
        things: How many there are where those count as one.
    """

    table: DescriptorTable
    clustering: Clustering
    things: int


@dataclass(frozen=True, slots=True)
class ClusterReport:
    """Outcome of clustering a project's regions."""

    clusters: int = 0
    regions: int = 0
    changes: OpChanges = field(default_factory=OpChanges)


def cluster_regions(
    project: Project, *, count: int | None = None, seed: int = 0
) -> Generator[Progress, None, ClusterReport]:
    """Cluster all regions of a project by their descriptors, and save the clusters: one undo step.

    Args:
        project: Open for writing.
        count: How many clusters, at least 1 (there may be fewer); by default so many as that number of regions calls
            for.
        seed: The same regions and the same seed give the same clusters.

    Yields:
        One tick per step; nothing is saved before the last one.

    Raises:
        EditError: There are no regions yet.
        ValueError: The count is below 1.
    """
    if count is not None and count < 1:
        raise ValueError(f"there is at least one cluster, asked for {count}")
    made = yield from make_clustering(project, seed=seed)
    return save_clustering(project, made, count=count)


def keep_clustered(project: Project, *, seed: int = 0) -> Generator[Progress, None, ProjectClustering | None]:
    """Cluster all regions in the background, as finely as suits their number; that is no undo step.

    Returns:
        None where nothing was done: all regions are in clusters, there are none, or somebody made the clusters by hand.
    """
    counts = queries.region_counts(project)
    clustered = sum(record.size for record in cluster_queries.clusters(project))
    if clustered >= sum(count for count, _named in counts.values()) or cluster_queries.are_made_by_hand(project):
        return None
    made = yield from make_clustering(project, seed=seed)
    table = made.table
    found = made.clustering.cut(clustering.automatic_count(made.things))
    clusters.save_quietly(project, table.region_ids, found, clustering.centroids(table.descriptors, found))
    return made


def make_clustering(project: Project, *, seed: int = 0) -> Generator[Progress, None, ProjectClustering]:
    """Cluster all regions of a project, and save no clusters yet; the clustering is kept in the project's cache.

    Raises:
        EditError: There are no regions yet.
    """
    yield Progress(0, 0, "reading the regions")
    table = cluster_queries.descriptors(project)
    if len(table) == 0:
        raise EditError(f"{project.folder}: there are no regions to cluster; propose some first")
    things, thing_of = as_things(project, table)
    identity = identity_of(things, seed=seed)
    found = read_clustering(project.cache_dir, identity)
    if found is None:
        found = yield from clustering.cluster(things.descriptors, seed=seed)
        keep_clustering(project.cache_dir, identity, found)
    return ProjectClustering(table, Clustering(found.micro[thing_of], found.tree), len(things))


def save_clustering(
    project: Project, made: ProjectClustering, *, count: int | None = None, instead_of: int | None = None
) -> ClusterReport:
    """Save a cut of a clustering as the project's clusters; one undo step.

    Args:
        project: Open for writing.
        made: From `make_clustering`; regions that are gone by now do no harm.
        count: How many clusters, at least 1; by default so many as that number of regions calls for.
        instead_of: An operation that is taken back before, unless another came after it: both are one undo step then.

    Raises:
        ValueError: The count is below 1.
    """
    table = made.table
    found = made.clustering.cut(clustering.automatic_count(made.things) if count is None else count)
    centres = clustering.centroids(table.descriptors, found)
    changes = clusters.save_clusters(project, table.region_ids, found, centres, instead_of=instead_of)
    return ClusterReport(len(centres), len(table), changes)
