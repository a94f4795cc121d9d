"""Clustering of a project's regions: those that look alike are grouped, so that one name does for many images.

Every function of long work is a generator: each ``yield`` is a progress tick and a place to stop. Importing this
module loads no torch.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from acseg_core.errors import EditError
from acseg_core.names import clustering
from acseg_core.names.clustering import Grouping
from acseg_core.store import Project
from acseg_core.store.edits import clusters
from acseg_core.store.queries import cluster_queries
from acseg_core.types import DescriptorTable, OpChanges, Progress
from acseg_core.workflows.clustering_cache import identity_of, keep_grouping, read_grouping


@dataclass(frozen=True, slots=True, eq=False)
class ProjectGrouping:
    """All clusterings of a project's regions, kept to save another one without grouping again.

    Attributes:
        table: The regions, and what they look like.
        grouping: Of the table's rows.
    """

    table: DescriptorTable
    grouping: Grouping


@dataclass(frozen=True, slots=True)
class ClusterReport:
    """Outcome of clustering a project's regions."""

    clusters: int = 0
    regions: int = 0
    changes: OpChanges = field(default_factory=OpChanges)


def cluster_regions(
    project: Project, *, count: int | None = None, seed: int = 0
) -> Generator[Progress, None, ClusterReport]:
    """Cluster all regions of a project by what they look like: one undo step.

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
    grouped = yield from group_regions(project, seed=seed)
    return save_grouping(project, grouped, count=count)


def group_regions(project: Project, *, seed: int = 0) -> Generator[Progress, None, ProjectGrouping]:
    """Group all regions of a project, and save no clusters yet; the grouping is kept in the project's cache.

    Raises:
        EditError: There are no regions yet.
    """
    yield Progress(0, 0, "reading the regions")
    table = cluster_queries.descriptors(project)
    if len(table) == 0:
        raise EditError(f"{project.folder}: there are no regions to cluster; propose some first")
    identity = identity_of(table, seed=seed)
    grouped = read_grouping(project.cache_dir, identity)
    if grouped is None:
        grouped = yield from clustering.group(table.descriptors, seed=seed)
        keep_grouping(project.cache_dir, identity, grouped)
    return ProjectGrouping(table, grouped)


def save_grouping(
    project: Project, grouped: ProjectGrouping, *, count: int | None = None, instead_of: int | None = None
) -> ClusterReport:
    """Save a cut of a grouping as the project's clusters; one undo step.

    Args:
        project: Open for writing.
        grouped: From `group_regions`; regions that are gone by now do no harm.
        count: How many clusters, at least 1; by default so many as that number of regions calls for.
        instead_of: An operation that is taken back before, unless another came after it: both are one undo step then.

    Raises:
        ValueError: The count is below 1.
    """
    table = grouped.table
    found = grouped.grouping.cut(clustering.automatic_count(len(table)) if count is None else count)
    centres = clustering.centroids(table.descriptors, found)
    changes = clusters.save_clusters(project, table.region_ids, found, centres, instead_of=instead_of)
    return ClusterReport(len(centres), len(table), changes)
