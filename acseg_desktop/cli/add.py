"""`acseg add`: photos from elsewhere into a project; they are copied, and the originals stay where they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_desktop.cli.init import echo_scan
from acseg_desktop.cli.options import ProjectArgument
from acseg_desktop.cli.terminal import counted, follow, list_skipped, opened_project

if TYPE_CHECKING:
    from acseg_core.workflows.adding import CopyPlan

_MB = 1e6


def add(
    project: ProjectArgument,
    sources: Annotated[list[Path], typer.Argument(metavar="FILE_OR_FOLDER...", help="Photos, or folders with photos.")],
) -> None:
    """Copy more photos into a project's image folder.

    The originals stay where they are. A folder keeps its name and its subfolders; single photos go into the folder
    `added`. Photos that are in the image folder already are not copied again.
    """
    from acseg_core.workflows import adding

    with opened_project(project) as opened:
        plan = adding.plan_copies(opened.image_root, sources)
        list_skipped(plan.skipped)
        report = follow("Adding photos", adding.add_images(opened, plan))
        typer.echo(_told(plan, opened.image_root))
        echo_scan(opened, report)


def _told(plan: CopyPlan, root: Path) -> str:
    there = f"{counted(plan.there, 'photo')} already there" if plan.there else ""
    if not plan.copies:
        return f"{root}: nothing copied, {there}"
    copied = f"{counted(len(plan.copies), 'photo')} copied, {plan.bytes / _MB:,.1f} MB"
    return f"{root}: {copied}{there and f'; {there}'}"
