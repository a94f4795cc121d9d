"""`acseg status --trim-history`: what the history takes, and dropping what is old of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from acseg_desktop.cli.terminal import counted, opened_project

if TYPE_CHECKING:
    from acseg_core.store import Project
    from acseg_core.store.upkeep.trimming import HistorySize, Kept

_MB = 1e6


def history_size(project: Project) -> HistorySize:
    """How many edits can be undone, and what they take."""
    from acseg_core.store.upkeep.trimming import Kept, measure

    return measure(project, Kept(edits=0))


def history_line(size: HistorySize) -> str:
    """That in words; "" where there is none."""
    return f"{counted(size.edits, 'edit')} can be undone, about {size.bytes / _MB:.1f} MB" if size.edits else ""


def trim(folder: Path, kept: str, *, asks: bool) -> None:
    """Drop what is older than what is kept, after asking, and make the file smaller."""
    from acseg_core.store.upkeep import trimming

    what = _kept(kept)
    with opened_project(folder) as project:
        size = trimming.measure(project, what)
        if not size.edits:
            typer.echo("there are no older edits, so nothing was dropped")
            return
        question = f"Drop {counted(size.edits, 'edit')} from the history, about {size.bytes / _MB:.1f} MB?"
        if asks and not typer.confirm(f"{question} They can no longer be undone.", err=True):
            typer.echo("nothing was dropped")
            return
        dropped = trimming.trim(project, what)
        freed = project.compact()
        typer.echo(f"{counted(dropped, 'edit')} dropped from the history; the file is {freed / _MB:.1f} MB smaller")


def _kept(text: str) -> Kept:
    from acseg_core.store.upkeep.trimming import Kept

    found = re.fullmatch(r"(\d+)(d?)", text.strip())
    if found is None:
        raise typer.BadParameter(
            f"{text!r} is not a number of days or edits; write 30d (days) or 500 (edits), for example"
        )
    return Kept(days=int(found[1])) if found[2] else Kept(edits=int(found[1]))
