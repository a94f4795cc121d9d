"""What `acseg import --dry-run` prints: what an import would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from acseg_desktop.cli.terminal import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acseg_core.formats.labelled import FileLabel
    from acseg_core.workflows.import_preview import ImportPreview
    from acseg_core.workflows.importing import ImportSettings

_SHOWN = 5


def tell_preview(source: Path, title: str, preview: ImportPreview, settings: ImportSettings) -> None:
    """Print it; no line says more than one thing."""
    typer.echo(f"{source} ({title}): nothing is changed")
    if not preview.is_list:
        _tell_images(preview, settings)
    for label in preview.labels:
        typer.echo(f"label {_label_text(label, preview, settings)}")
    for image in preview.left_out:
        typer.echo(f"{image.path}: would be left alone, {image.reason}")
    for part in preview.unused:
        typer.echo(f"not used: {part.line}")
    for note in preview.notes:
        typer.echo(f"note: {note}")


def _tell_images(preview: ImportPreview, settings: ImportSettings) -> None:
    matches = preview.matches
    if preview.by_place:
        typer.echo(f"labels on {counted(preview.total, 'image')} of the project")
    else:
        typer.echo(f"{counted(preview.total, 'image')} in the file, {len(matches.paths)} of them in the project")
    if matches.unknown:
        typer.echo(f"not in the project: {_some(matches.unknown)}")
    for name, paths in list((matches.ambiguous or {}).items())[:_SHOWN]:
        typer.echo(f"{name}: could be {_some(paths)}")
    for path, names in list((matches.shared or {}).items())[:_SHOWN]:
        typer.echo(f"{path}: meant by {_some(names)}")
    if preview.covered and settings.overlaps == "later":
        typer.echo(f"{covered_text(preview.covered)}, in the first images; --overlaps smaller puts them on top")
    if preview.worked_on:
        typer.echo(f"{counted(preview.worked_on, 'image')} with work of yours")


def covered_text(count: int) -> str:
    """That shapes cannot be seen, as they are wholly under others."""
    return f"{counted(count, 'shape')} {'lies' if count == 1 else 'lie'} completely under others"


def _label_text(label: FileLabel, preview: ImportPreview, settings: ImportSettings) -> str:
    name = settings.name_of(label.name)
    counts = "" if preview.is_list else f", {counted(preview.shapes.get(label.name, 0), 'shape')}"
    if not name:
        return f"{label.name}: left out{counts}"
    fate = "there already" if preview.is_known(name) else "new"
    arrow = "" if name == label.name else f" -> {name}"
    return f"{label.name}{arrow}: {fate}{counts}"


def _some(names: Sequence[str]) -> str:
    return f"{', '.join(names[:_SHOWN])}{', …' if len(names) > _SHOWN else ''}"
