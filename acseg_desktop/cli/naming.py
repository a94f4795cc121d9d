"""`acseg cluster`, and what `acseg name --cluster` does: names for regions of the whole data set that look alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.errors import EditError
from acseg_desktop.cli.options import ProjectArgument
from acseg_desktop.cli.terminal import check_outputs, counted, follow

if TYPE_CHECKING:
    from acseg_core.store import Project

_LISTED = 10
"""Clusters that are shown after clustering."""


def _count(text: str) -> int:
    """How many clusters; 0 stands for "auto"."""
    if text == "auto":
        return 0
    if not text.isdecimal() or not 0 < int(text) <= 1000:
        raise typer.BadParameter(f"{text!r} is neither auto nor a number from 1 to 1000")
    return int(text)


def cluster(
    project: ProjectArgument,
    clusters: Annotated[
        int,
        typer.Option(
            "--clusters", parser=_count, metavar="N|auto", help="How many; 2.5 times the root of the regions."
        ),
    ] = "auto",  # type: ignore[assignment]  # goes through the parser too
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the cluster of every region to this file.")
    ] = None,
) -> None:
    """Cluster the regions of all images by what they look like."""
    from acseg_core.store import open_project
    from acseg_core.workflows.clustering import cluster_regions

    check_outputs(json_file)
    with open_project(project) as opened:
        report = follow("Clustering", cluster_regions(opened, count=clusters or None))
        if json_file is not None:
            _write(opened, json_file)
        typer.echo(f"{project}: {counted(report.regions, 'region')} in {counted(report.clusters, 'cluster')}")
        _list(opened)


def name_cluster(project: Project, cluster_id: int, label: str, *, rename: bool) -> int:
    """Name the members of a cluster; returns how many regions that were.

    Raises:
        EditError: There is no such cluster, or nothing in it to name.
    """
    from acseg_core.store.edits import clusters
    from acseg_core.types import RegionStatus

    known = {each.id: each for each in clusters.clusters(project)}
    if cluster_id not in known:
        raise EditError(f"{project.folder}: there is no cluster {cluster_id}; `acseg cluster` makes and lists them")
    count = known[cluster_id].unnamed
    if rename:
        rejected = clusters.member_ids(project, cluster_id, status=RegionStatus.REJECTED)
        count = known[cluster_id].size - len(rejected)
    elif not count:
        raise EditError(f"nothing in cluster {cluster_id} is left to name; `--rename` changes the names there are")
    clusters.name_cluster(project, cluster_id, label, rename=rename)
    return count


def _write(project: Project, path: Path) -> None:
    """All regions as JSON, one a line."""
    from acseg_core.atomic_write import write_aside
    from acseg_core.store.edits import clusters

    with write_aside(path) as file:
        file.write(b'{"regions": [')
        for number, row in enumerate(clusters.assignments(project)):
            line = json.dumps(row._asdict(), ensure_ascii=False)
            file.write((",\n" if number else "\n").encode() + line.encode())
        file.write(b"\n]}\n")


def _list(project: Project) -> None:
    """The clusters in which a name does most."""
    from acseg_core.store import queries
    from acseg_core.store.edits import clusters

    names = {label.id: label.name for label in queries.labels(project)}
    found = clusters.clusters(project, unnamed_only=True)
    for each in found[:_LISTED]:
        named = ", ".join(f"{count} {names[id_]}" for id_, count in sorted(each.label_counts.items()))
        where = counted(each.images, "image")
        typer.echo(f"cluster {each.id}: {each.unnamed} unnamed in {where}{f', {named}' if named else ''}")
    if len(found) > _LISTED:
        typer.echo(f"and {len(found) - _LISTED} more")
