"""`acseg models`: the models of a project: which there are, what each made, and which one it proposes with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from acseg_core.errors import EditError, quoted
from acseg_desktop.cli.options import BatchOption, DeviceChoice, DeviceOption, ProjectArgument
from acseg_desktop.cli.terminal import (
    check_outputs,
    check_project_outputs,
    counted,
    follow,
    list_skipped,
    opened_project,
)

if TYPE_CHECKING:
    from acseg_core.reports import AdoptReport
    from acseg_core.store import Project
    from acseg_core.store.queries.model_queries import ModelRecord

_STDOUT = Path("-")


def models(
    project: ProjectArgument,
    add: Annotated[
        Path | None, typer.Option("--add", metavar="FILE", help="Take a model file made by `acseg train` in.")
    ] = None,
    adopt: Annotated[
        str | None,
        typer.Option(
            "--adopt", metavar="NAME", help="Propose with this model from now on, and anew where nobody has worked."
        ),
    ] = None,
    delete: Annotated[str | None, typer.Option("--delete", metavar="NAME", help="Delete a model's file.")] = None,
    rename: Annotated[
        tuple[str, str] | None, typer.Option("--rename", metavar="OLD NEW", help="Call a model otherwise.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Delete the adopted model, too.")] = False,
    device: DeviceOption = DeviceChoice.AUTO,
    batch: BatchOption = 4,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the list to this file; - is standard output.")
    ] = None,
) -> None:
    """List, add, rename, delete or adopt models of a project.

    The bundled model is called "bundled". To adopt a model means that `acseg propose` uses it where no other is named.
    Images with proposals in which nobody has worked are proposed anew; the names of whole clusters are carried over,
    and everything else that a person did stays. All of it is one undo step. Stopped, the same command goes on. What a
    deleted model made stays, but the model cannot be adopted again.
    """
    if sum(each is not None for each in (add, adopt, delete, rename)) > 1 and not (add and adopt and not delete):
        raise typer.BadParameter("--adopt, --delete and --rename are for one at a time; --add goes with --adopt")
    if force and delete is None:
        raise typer.BadParameter("--force is for --delete")
    is_asked = not any((add, adopt, delete, rename))
    out = None if json_file == _STDOUT else json_file
    check_outputs(out)
    with opened_project(project, read_only=is_asked) as opened:
        check_project_outputs(opened, out)
        if add is not None:
            _add(opened, add)
        if rename is not None:
            _rename(opened, *rename)
        if delete is not None:
            _delete(opened, delete, force=force)
        if adopt is not None:
            _adopt(opened, adopt, device=device, batch=batch)
        _list(opened, json_file, is_asked=is_asked)


def _add(project: Project, path: Path) -> None:
    from acseg_core.store.edits.models import add_model

    record = add_model(project, path)
    typer.echo(f'"{record.name}" is in the project')


def _rename(project: Project, old: str, new: str) -> None:
    from acseg_core.store.edits.models import rename_model

    record = _named(project, old)
    rename_model(project, record.id, new)
    typer.echo(f'"{record.name}" is called "{" ".join(new.split())}" now')


def _delete(project: Project, name: str, *, force: bool) -> None:
    from acseg_core.store.edits.models import delete_model

    record = _named(project, name)
    delete_model(project, record.id, force=force)
    stays = f"; {counted(record.regions, 'region')} made by it stay" if record.regions else ""
    typer.echo(f'"{record.name}" is deleted{stays}')


def _adopt(project: Project, name: str, *, device: DeviceChoice, batch: int) -> None:
    from dataclasses import replace

    from acseg_core.workflows import adopting
    from acseg_core.workflows.models import usual_config

    record = _named(project, name)
    usual = usual_config(project)
    config = replace(usual, backbone=replace(usual.backbone, device=device.value, batch=batch))
    report = follow("Adopting", adopting.adopt(project, record.id, config=config))
    list_skipped(report.skipped)
    _tell(project, record, report)


def _tell(project: Project, record: ModelRecord, report: AdoptReport) -> None:
    from acseg_core.store import queries

    labels = {label.id: label.name for label in queries.labels(project)}
    kept = f", {counted(report.kept, 'image')} left alone because a person has worked on them" if report.kept else ""
    typer.echo(
        f'the project proposes with "{record.name}" now: {counted(report.regions, "region")} in '
        f"{counted(report.images, 'image')} proposed anew{kept}"
    )
    for name in report.names:
        typer.echo(
            f"{labels.get(name.label_id, '?')}: carried over to {counted(name.regions, 'region')} of cluster "
            f"{name.new_cluster or '-'} (agreement {name.agreement:.2f})"
        )
    if report.lost:
        typer.echo(f"{counted(report.lost, 'named region')} left no name; undo brings everything back")


def _list(project: Project, json_file: Path | None, *, is_asked: bool) -> None:
    from acseg_core.output.protected import write_output
    from acseg_core.store import queries

    found = queries.models(project, also_gone=True)
    if json_file is not None:
        text = json.dumps({"models": [_plain(record) for record in found]}, indent=2, ensure_ascii=False)
        if json_file == _STDOUT:
            typer.echo(text)
            return
        with write_output(json_file) as file:
            file.write(f"{text}\n".encode())
    if not is_asked:
        return
    for record in found:
        gone = "" if record.is_added else " (not in the project)"
        verdict = record.card.verdict if record.card else ""
        typer.echo("  ".join(part for part in (f"{record.name}{gone}", record.used_by, verdict) if part))


def _plain(record: ModelRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "name": record.name,
        "sha256": record.sha256,
        "file": str(record.path) if record.is_added else None,
        "made_at": record.made_at,
        "adopted": record.adopted,
        "images": record.images,
        "regions": record.regions,
        "card": None if record.card is None else json.loads(record.card.to_json()),
    }


def _named(project: Project, name: str) -> ModelRecord:
    from acseg_core.store import queries

    record = queries.model_called(project, name)
    if record is None:
        known = ", ".join(f'"{quoted(each.name)}"' for each in queries.models(project))
        raise EditError(f'there is no model called "{quoted(name)}" in the project; there are {known}')
    return record
