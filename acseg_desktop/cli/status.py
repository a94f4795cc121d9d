"""`acseg status`: how far a project has come, and what work it took."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_desktop.cli.options import (
    ProjectArgument,
)
from acseg_desktop.cli.terminal import counted, granularity_line, list_skipped, opened_project

if TYPE_CHECKING:
    from acseg_core.store import Project


def status(
    project: ProjectArgument,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
    search: Annotated[
        str | None,
        typer.Option(
            "--search",
            metavar="WORDS",
            help='List the images that match a search instead, such as "label:car -status:done conf<0.6".',
        ),
    ] = None,
    effort: Annotated[bool, typer.Option("--effort", help="Also show time and actions by day and by image.")] = False,
    trim_history: Annotated[
        str | None,
        typer.Option(
            "--trim-history",
            metavar="KEPT",
            help="Drop edits older than this from the undo history: 30d (days) or 500 (edits), for example.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="With --trim-history: do not ask.")] = False,
) -> None:
    """Show the progress of a project and the work it took.

    Every edit can be undone, back to the first day; brush strokes on large photos make this history large.
    --trim-history drops old edits from it and makes the file smaller. Regions, names, statistics and backups stay.
    """
    from dataclasses import asdict

    from acseg_core.store import queries
    from acseg_core.store.edits.removal import removed_images
    from acseg_desktop.cli import effort as effort_report
    from acseg_desktop.cli.history import history_line, history_size, trim

    if yes and trim_history is None:
        raise typer.BadParameter("--yes needs --trim-history")
    if trim_history is not None:
        trim(project, trim_history, asks=not yes)
        return
    with opened_project(project, read_only=True) as opened:
        if search is not None:
            _list_images(opened, search, as_json=as_json)
            return
        summary = queries.summary(opened)
        work = effort_report.read_work(opened, details=effort)
        history = history_size(opened)
        removed = len(removed_images(opened))
    if as_json:
        more = {"images_removed": removed, "history": asdict(history), "effort": effort_report.as_json(work)}
        typer.echo(json.dumps({**asdict(summary), **more}, indent=2, ensure_ascii=False))
        return
    states = ", ".join(
        f"{count} {state.replace('_', ' ')}" for state, count in summary.images_by_status.items() if count
    )
    problems = f"; {summary.images_with_problem} with a problem" if summary.images_with_problem else ""
    problems += f"; {removed} removed" if removed else ""
    typer.echo(f"{summary.name}: images in {summary.image_root}")
    typer.echo(f"images   {summary.images} ({states or 'none'}){problems}")
    if summary.scenes:
        hashed = f"files of {summary.scenes_hashed} checked whole"
        typer.echo(f"scenes   {summary.scenes}, {counted(summary.tiles, 'tile')} among the images; {hashed}")
    typer.echo(f"regions  {summary.regions}, {summary.regions_named} named, {counted(summary.labels, 'label')}")
    typer.echo(f"cut at   {granularity_line(summary.default_granularity)}")
    if history.edits:
        typer.echo(f"history  {history_line(history)}")
    if summary.last_run:
        typer.echo(f"last run {summary.last_run.model or summary.last_run.generator} on {summary.last_run.backbone}")
    for line in effort_report.as_lines(work):
        typer.echo(line)
    list_skipped(summary.skipped)


def _list_images(project: Project, search: str, *, as_json: bool) -> None:
    """The paths that a search finds, in display order."""
    from acseg_core.store.queries.image_list import images_by_id, search_images
    from acseg_core.store.queries.image_search import parse

    ids = search_images(project, parse(search))
    records = images_by_id(project, ids)
    paths = [records[image_id].path for image_id in ids]
    if as_json:
        typer.echo(json.dumps(paths, indent=2, ensure_ascii=False))
        return
    for path in paths:
        typer.echo(path)
