"""`acseg cluster` and `acseg name`: similar regions of the whole data set in clusters, and names for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.errors import EditError
from acseg_desktop.cli.options import ProjectArgument
from acseg_desktop.cli.terminal import check_outputs, check_project_outputs, counted, follow, opened_project

if TYPE_CHECKING:
    from acseg_core.store import Project

_LISTED = 10
"""Number of clusters that are shown after clustering."""
_LARGEST_ID = 2**63 - 1
"""Largest id that SQLite can hold."""


def _count(text: str) -> int:
    """Number of clusters; 0 means "auto"."""
    if text == "auto":
        return 0
    if not text.isdecimal() or not 0 < int(text) <= 1000:
        raise typer.BadParameter(f"{text!r} is not a number of clusters; give auto or a number from 1 to 1000")
    return int(text)


def cluster(
    project: ProjectArgument,
    clusters: Annotated[
        int,
        typer.Option(
            "--clusters",
            parser=_count,
            metavar="N|auto",
            help="Number of clusters; auto is 2.5 times the square root of the number of regions.",
        ),
    ] = "auto",  # type: ignore[assignment]  # goes through the parser too
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the cluster of each region to this file.")
    ] = None,
) -> None:
    """Group similar regions of all images into clusters."""
    from acseg_core.workflows.clustering import cluster_regions

    check_outputs(json_file)
    with opened_project(project) as opened:
        check_project_outputs(opened, json_file)
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
    from acseg_core.store.queries import cluster_queries
    from acseg_core.types import RegionStatus

    known = {each.id: each for each in cluster_queries.clusters(project)}
    if cluster_id not in known:
        raise EditError(
            f"{project.folder}: there is no cluster {cluster_id}; `acseg cluster {project.folder}` makes and lists "
            "clusters"
        )
    count = known[cluster_id].unnamed
    if rename:
        rejected = cluster_queries.member_ids(project, cluster_id, status=RegionStatus.REJECTED)
        count = known[cluster_id].size - len(rejected)
    elif not count:
        raise EditError(f"no region of cluster {cluster_id} is left to name; --rename replaces the names they have")
    clusters.name_cluster(project, cluster_id, label, rename=rename)
    return count


def _write(project: Project, path: Path) -> None:
    """All regions as JSON, one a line."""
    from acseg_core.output.protected import write_output
    from acseg_core.store.queries import cluster_queries

    with write_output(path) as file:
        file.write(b'{"regions": [')
        for number, row in enumerate(cluster_queries.assignments(project)):
            line = json.dumps(row._asdict(), ensure_ascii=False)
            file.write((",\n" if number else "\n").encode() + line.encode())
        file.write(b"\n]}\n")


def _list(project: Project) -> None:
    """The clusters in which a name does most."""
    from acseg_core.store import queries
    from acseg_core.store.queries import cluster_queries

    names = {label.id: label.name for label in queries.labels(project)}
    found = cluster_queries.clusters(project, unnamed_only=True)
    for each in found[:_LISTED]:
        named = ", ".join(f"{count} {names[id_]}" for id_, count in sorted(each.label_counts.items()))
        where = counted(each.images, "image")
        typer.echo(f"cluster {each.id}: {each.unnamed} unnamed in {where}{f', {named}' if named else ''}")
    if len(found) > _LISTED:
        typer.echo(f"and {len(found) - _LISTED} more")


def name(
    project: ProjectArgument,
    label: Annotated[
        str, typer.Option("--label", help="Name to give; a new label is created if there is none.", show_default=False)
    ],
    region: Annotated[
        list[int] | None,
        typer.Option("--region", min=1, max=_LARGEST_ID, help="Id of a region to name; may be repeated."),
    ] = None,
    cluster: Annotated[
        int | None, typer.Option("--cluster", min=1, max=_LARGEST_ID, help="Name the unnamed regions of this cluster.")
    ] = None,
    label_of: Annotated[
        str | None, typer.Option("--label-of", help="Name all regions that have this label now.")
    ] = None,
    rename: Annotated[
        bool, typer.Option("--rename", help="With --cluster: also rename regions that have a name.")
    ] = False,
) -> None:
    """Name regions: single ones, a cluster, or all of a label.

    In a scene, what goes on in the next tiles gets the name of a single region, too, unless it has been judged already.
    """
    from acseg_core.store import queries
    from acseg_core.store.edits import review
    from acseg_core.workflows import links

    if sum(choice is not None for choice in (region or None, cluster, label_of)) != 1:
        raise typer.BadParameter("give exactly one of --region, --cluster, --label-of")
    if rename and cluster is None:
        raise typer.BadParameter("--rename goes with --cluster")
    with opened_project(project) as opened:
        if cluster is not None:
            count = name_cluster(opened, cluster, label, rename=rename)
        else:
            ids = list(region or []) or _regions_labelled(opened, label_of or "")
            if not ids:
                raise EditError(
                    f"{project}: no region has the label {label_of}; `acseg labels {project}` shows which are used"
                )
            ids = links.linked_regions(opened, ids) if region else ids
            review.name_regions_as(opened, ids, label)
            count = len(set(ids))
        given = queries.label_called(opened, label)
    typer.echo(f"{counted(count, 'region')} named {given.name if given else label}")


def _regions_labelled(project: Project, label_name: str) -> list[int]:
    from acseg_core.store import queries

    wanted = queries.label_called(project, label_name)
    if wanted is None:
        raise EditError(f"{project.folder}: there is no label {label_name}; `acseg labels {project.folder}` lists them")
    return queries.label_regions(project, wanted.id)
