"""`acseg labels`: the labels of a project, from files and into files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.errors import StorageError
from acseg_desktop.cli.options import ProjectArgument
from acseg_desktop.cli.terminal import check_outputs, check_project_outputs, counted, opened_project

if TYPE_CHECKING:
    from acseg_core.formats.label_files import LabelFormat
    from acseg_core.store import Project


def _format(text: str) -> str:
    from acseg_core.formats.label_files import LabelFormat

    if text not in tuple(LabelFormat):
        raise typer.BadParameter(f"{text!r} is not a format; choose one of {', '.join(LabelFormat)}")
    return text


def labels(
    project: ProjectArgument,
    source: Annotated[
        Path | None,
        typer.Option(
            "--import", metavar="FILE", help="Add the labels in this file; labels with the same name are merged."
        ),
    ] = None,
    target: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write the labels to this file.")
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            parser=_format,
            metavar="acseg|text|coco|cvat|labelme|yolo",
            help="Format of the file. By default, --import goes by its content and --export by its extension "
            "(.json, .yaml, "
            "otherwise text). With both options, it is the format of the exported file.",
        ),
    ] = None,
) -> None:
    """List, import or export the labels of a project."""
    from acseg_core.output.protected import is_one_of

    check_outputs(target)
    if source is not None and target is not None and is_one_of(target, [source]):
        raise StorageError(f"{target}: this is the file to import; choose another one to export to")
    with opened_project(project, read_only=source is None) as opened:
        check_project_outputs(opened, target)
        if source is not None:
            _import(opened, source, format_name if target is None else None)
        if target is not None:
            _export(opened, target, format_name)
        if source is None and target is None:
            _list(opened)


def _import(project: Project, source: Path, name: str | None) -> None:
    from acseg_core.formats.label_files import LabelFormat, read_labels
    from acseg_core.store.edits.label_list import import_labels

    found = read_labels(source, LabelFormat(name) if name else None)
    report, _changes = import_labels(project, found.entries)
    same = len(found.entries) - len(report.created) - len(report.changed)
    typer.echo(f"{source} ({found.format}): {len(report.created)} new, {len(report.changed)} changed, {same} unchanged")
    for note in found.notes:
        typer.echo(f"note: {note}", err=True)


def _export(project: Project, target: Path, name: str | None) -> None:
    from acseg_core.formats.label_files import LabelFormat, write_labels
    from acseg_core.store import queries

    chosen = LabelFormat(name) if name else _by_name(target)
    listed = queries.labels(project)
    notes = write_labels(target, listed, chosen)
    typer.echo(f"{target} ({chosen}): {counted(len(listed), 'label')}")
    for note in notes:
        typer.echo(f"note: {note}", err=True)


def _by_name(target: Path) -> LabelFormat:
    from acseg_core.formats.label_files import LabelFormat

    known = {".json": LabelFormat.ACSEG, ".yaml": LabelFormat.YOLO, ".yml": LabelFormat.YOLO}
    return known.get(target.suffix.lower(), LabelFormat.TEXT)


def _list(project: Project) -> None:
    from acseg_core.store import queries

    usage = queries.label_usage(project)
    for label in queries.labels(project):
        used = usage[label.id]
        kind = "void" if label.is_void else "thing" if label.is_thing else "stuff"
        group = f", {label.supercategory}" if label.supercategory else ""
        counts = f"{counted(used.regions, 'region')} in {counted(used.images, 'image')}" if used.regions else "not used"
        typer.echo(f"{label.hotkey or ' '} {label.color}  {label.name} ({kind}{group}): {counts}")
