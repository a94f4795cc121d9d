"""`acseg export`: labels to a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_desktop.cli.options import (
    ProjectArgument,
)
from acseg_desktop.cli.terminal import check_outputs, check_project_outputs, follow, opened_project

if TYPE_CHECKING:
    from acseg_core.reports import ExportReport


class ExportFormat(StrEnum):
    """Formats that `acseg export` writes."""

    COCO = "coco"


class ExportStatus(StrEnum):
    """Which named regions are exported."""

    ACCEPTED = "accepted"
    ANY = "any"


def export(
    project: ProjectArgument,
    out: Annotated[Path, typer.Option("--out", help="File to write.", show_default=False)],
    format: Annotated[ExportFormat, typer.Option("--format", help="Format of the file.")] = ExportFormat.COCO,  # noqa: A002
    all_regions: Annotated[
        bool, typer.Option("--all-regions", help="Unnamed regions too, as category `region`.")
    ] = False,
    status: Annotated[ExportStatus, typer.Option("--status", help="Which named regions.")] = ExportStatus.ACCEPTED,
    polygons: Annotated[
        bool, typer.Option("--polygons", help="Polygons instead of RLE where a region has no holes.")
    ] = False,
) -> None:
    """Write the labels to a file."""
    from acseg_core.formats.coco import export_coco

    assert format is ExportFormat.COCO
    check_outputs(out)
    with opened_project(project, read_only=True) as opened:
        check_project_outputs(opened, out)
        work = export_coco(opened, out, all_regions=all_regions, status=status.value, polygons=polygons)
        echo_export(follow("Exporting", work))


def echo_export(report: ExportReport) -> None:
    """Tell what an export wrote."""
    typer.echo(
        f"{report.path}: {report.annotations} annotations, {report.images} images, {report.categories} categories"
    )
