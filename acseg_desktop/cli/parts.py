"""`acseg split` and `acseg merge`: a project shared among people, and what each did brought back together."""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from acseg_core.errors import CancelledError
from acseg_desktop.cli.options import ProjectArgument
from acseg_desktop.cli.terminal import check_outputs, check_project_outputs, counted, follow, opened_project

if TYPE_CHECKING:
    from acseg_core.store.edits.part_merge import PartOutcome
    from acseg_core.types import Progress
    from acseg_core.workflows.project_merge import MergeReport

Result = TypeVar("Result")

_STDOUT = Path("-")

_SHOWN = 20
"""Conflicts and images that are named on stderr; a JSON file has all."""


class ByChoice(StrEnum):
    """What images of one part have in common."""

    FOLDER = "folder"
    CLUSTER = "cluster"
    COUNT = "count"


class PreferChoice(StrEnum):
    """Whose work stays where both changed something."""

    FURTHER = "further"
    NEWER = "newer"
    PART = "part"
    PROJECT = "project"


def split(
    project: ProjectArgument,
    into: Annotated[int, typer.Option("--into", min=2, help="How many parts.", show_default=False)],
    by: Annotated[
        ByChoice,
        typer.Option(
            "--by",
            help="What stays together: whole folders, images that look alike (by their main cluster), or images that "
            "follow each other in the list.",
        ),
    ] = ByChoice.COUNT,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder for the parts; if left out, beside the project.", show_default=False
        ),
    ] = None,
    copy_images: Annotated[
        bool, typer.Option("--copy-images", help="Copy the images into the parts, to carry these to other machines.")
    ] = False,
) -> None:
    """Split a project into parts that several people work on.

    A part is a project as any other, called NAME-part-1 and so on, with some of the images, everything known about
    them, and all labels. The project stays as it is, and people may go on in it. `acseg merge` brings back what was
    done in the parts.
    """
    from acseg_core.workflows.part_choice import ShareBy
    from acseg_core.workflows.project_split import split_project

    with opened_project(project) as opened:
        work = split_project(opened, by=ShareBy(by.value), into=into, out=out, copy_images=copy_images)
        parts = _followed("Splitting", work, "no part was made")
    for part in parts:
        typer.echo(f"{part.folder}: {counted(part.images, 'image')}, {counted(part.regions, 'region')}")
        if part.missing:
            _list(f"{counted(len(part.missing), 'image file')} missing and not copied", part.missing)
    typer.echo(f"when they come back: `acseg merge {project} PART...`", err=True)


def merge(
    project: ProjectArgument,
    parts: Annotated[
        list[Path],
        typer.Argument(metavar="PART...", help="Folders of parts made by `acseg split`.", show_default=False),
    ],
    prefer: Annotated[
        PreferChoice,
        typer.Option(
            "--prefer",
            help="Whose work stays on an image that was changed in both: of the image that is further (done over in "
            "review, then more named regions), that was edited last (newer), the part's, or the project's. In doubt it "
            "is the project's.",
        ),
    ] = PreferChoice.FURTHER,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="Write everything to this file; - is standard output."),
    ] = None,
) -> None:
    """Merge parts of a project back into it.

    What was changed in a part only is taken: regions, names, statuses, comments, reviews, removed images, labels. Where
    the project was changed, too, --prefer decides, and each such conflict is listed. Labels are matched by name. The
    parts are only read; work can go on in them, and they can be merged again. All of it is one undo step.
    """
    from acseg_core.store.edits.part_merge import Prefer
    from acseg_core.workflows.project_merge import merge_parts

    out = None if json_file == _STDOUT else json_file
    check_outputs(out)
    with opened_project(project) as opened:
        check_project_outputs(opened, out)
        work = merge_parts(opened, parts, prefer=Prefer(prefer.value))
        report = _followed("Merging", work, "the project is as before")
    if json_file is not None:
        _write(json_file, report)
    if json_file != _STDOUT:
        for part in report.parts:
            _tell(part)
    if report.changes.verb:
        typer.echo(f"one undo step; `acseg cluster {project}` groups the regions again", err=True)


def _followed(title: str, work: Generator[Progress, None, Result], otherwise: str) -> Result:
    """Run work that is done as a whole or not at all.

    Raises:
        CancelledError: It was stopped.
    """
    try:
        return follow(title, work)
    except CancelledError as error:
        raise CancelledError(f"stopped; {otherwise}") from error


def _tell(part: PartOutcome) -> None:
    """Say what came from a part, and on stderr what was decided and what did not come."""
    typer.echo(f"{part.name}: {_taken(part)}, {counted(part.unchanged, 'image')} unchanged")
    for names, what in ((part.created, "new"), (part.changed, "changed"), (part.deleted, "deleted")):
        if names:
            typer.echo(f"{counted(len(names), 'label')} {what}: {', '.join(names)}")
    if part.conflicts:
        typer.echo(f"{counted(len(part.conflicts), 'conflict')}, changed in the part and in the project:", err=True)
    for conflict in part.conflicts[:_SHOWN]:
        sides = f"part: {conflict.in_part}; project: {conflict.in_project}"
        typer.echo(f"  {conflict.kind} {conflict.name}: {sides}; the {conflict.taken}'s stays", err=True)
    if len(part.conflicts) > _SHOWN:
        typer.echo(f"  and {len(part.conflicts) - _SHOWN} more; --json FILE lists all", err=True)
    if part.kept:
        _list(f"{counted(len(part.kept), 'label')} deleted in the part, but used or changed here", part.kept)
    for file in part.left_out:
        typer.echo(f"{file.path}: left as it is, {file.reason}", err=True)


def _taken(part: PartOutcome) -> str:
    removed = f", {counted(len(part.removed), 'image')} removed" if part.removed else ""
    return f"{counted(len(part.images), 'image')} taken over{removed}"


def _list(what: str, names: Sequence[str]) -> None:
    typer.echo(f"{what}: {', '.join(names[:_SHOWN])}{', …' if len(names) > _SHOWN else ''}", err=True)


def _write(json_file: Path, report: MergeReport) -> None:
    from acseg_core.output.protected import write_output

    plain: dict[str, Any] = {"parts": [asdict(part) for part in report.parts], "seconds": round(report.seconds, 3)}
    text = json.dumps(plain, indent=2, ensure_ascii=False)
    if json_file == _STDOUT:
        typer.echo(text)
        return
    with write_output(json_file) as file:
        file.write(f"{text}\n".encode())
