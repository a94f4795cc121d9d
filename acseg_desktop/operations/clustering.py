"""The clustering of the open project between two movements of the slider: made once, cut anew in a moment."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from acseg_core.errors import EditError
from acseg_core.store import Project
from acseg_core.types import Progress

if TYPE_CHECKING:
    from acseg_core.workflows.clustering import ClusterReport, ProjectClustering


@dataclass(slots=True)
class ClusterDrag:
    """One movement of the slider over the number of clusters: however many cuts it makes, they are one undo step.

    Attributes:
        is_over: The handle was let go; the next movement is another one.
        operation_id: The clustering made last, taken back before the next one. Worker lanes only.
        is_begun: A cut of it was asked for already.
    """

    is_over: bool = False
    operation_id: int | None = None
    is_begun: bool = False


class ClusteringCache:
    """Keeps the last clustering of one project. It is made and cut on worker lanes, one job at a time."""

    def __init__(self) -> None:
        self._made: ProjectClustering | None = None
        self._project: Project | None = None

    def of(self, project: Project) -> ProjectClustering | None:
        """The clustering, if it is this project's."""
        return self._made if self._project is project else None

    def keep(self, project: Project, made: ProjectClustering) -> None:
        """Keep another one."""
        self._project, self._made = project, made

    def forget(self) -> None:
        """The project is closed, or has other regions now."""
        self._project = self._made = None


def cluster_all(
    project: Project, cache: ClusteringCache, *, count: int | None, drag: ClusterDrag | None = None
) -> Generator[Progress, None, ClusterReport]:
    """Cluster all regions anew and save so many clusters; their number is chosen when ``count`` is None.

    Raises:
        EditError: There are no regions yet.
    """
    from acseg_core.workflows import clustering  # SciPy takes a while to load

    made = yield from clustering.make_clustering(project)
    cache.keep(project, made)
    return _saved(project, made, count, drag)


def recut(project: Project, cache: ClusteringCache, *, count: int, drag: ClusterDrag) -> ClusterReport:
    """Save another number of clusters of the kept clustering, in the place of what the same movement made before.

    Raises:
        EditError: There is no clustering of this project.
    """
    made = cache.of(project)
    if made is None:
        raise EditError("the regions are not grouped yet")
    return _saved(project, made, count, drag)


def _saved(project: Project, made: ProjectClustering, count: int | None, drag: ClusterDrag | None) -> ClusterReport:
    from acseg_core.workflows import clustering

    report = clustering.save_clustering(
        project, made, count=count, instead_of=None if drag is None else drag.operation_id
    )
    if drag is not None:
        drag.operation_id = report.changes.operation_id
    return report
