"""`acseg export`: labels to a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.errors import NothingToExportError
from acseg_desktop.cli.options import (
    ProjectArgument,
)
from acseg_desktop.cli.terminal import check_outputs, check_project_outputs, counted, follow, opened_project

if TYPE_CHECKING:
    from acseg_core.reports import ExportReport, ShapeReport


class ExportFormat(StrEnum):
    """Formats that `acseg export` writes."""

    COCO = "coco"


class ExportStatus(StrEnum):
    """Which named regions are exported."""

    ACCEPTED = "accepted"
    ANY = "any"


class ExportImages(StrEnum):
    """Which images are exported."""

    DONE = "done"
    NAMED = "named"
    ALL = "all"


class ExportInstances(StrEnum):
    """What is one annotation."""

    PARTS = "parts"
    REGION = "region"


_LISTED = 10
"""Inexact polygons named on the terminal."""


def export(
    project: ProjectArgument,
    out: Annotated[Path, typer.Option("--out", help="File to write.", show_default=False)],
    format: Annotated[ExportFormat, typer.Option("--format", help="File format.")] = ExportFormat.COCO,  # noqa: A002
    images: Annotated[
        ExportImages | None,
        typer.Option(
            "--images",
            help="Export the images that are done (the default), those with names, or all (the default with "
            "--all-regions).",
            show_default=False,
        ),
    ] = None,
    all_regions: Annotated[
        bool, typer.Option("--all-regions", help="Export unnamed regions too, in the category `region`.")
    ] = False,
    status: Annotated[
        ExportStatus, typer.Option("--status", help="Export accepted names only, or suggested ones too (any).")
    ] = ExportStatus.ACCEPTED,
    instances: Annotated[
        ExportInstances | None,
        typer.Option(
            "--instances",
            help="Write an annotation for each part of a thing (the default), or for each region (the default with "
            "--all-regions).",
            show_default=False,
        ),
    ] = None,
    polygons: Annotated[
        bool,
        typer.Option("--polygons", help="Write polygons instead of RLE; holes are joined to the outline by bridges."),
    ] = False,
    with_problems: Annotated[
        bool, typer.Option("--with-problems", help="Also export images whose file is missing or has changed.")
    ] = False,
    tolerance: Annotated[
        float,
        typer.Option(
            "--tolerance",
            metavar="PX",
            min=0,
            help="Simplify polygons, which may then be off by up to this many pixels; 0 is exact.",
        ),
    ] = 0,
    fill_holes: Annotated[
        int,
        typer.Option(
            "--fill-holes", metavar="PX", min=0, help="Fill holes in polygons that have fewer pixels than this."
        ),
    ] = 0,
) -> None:
    """Export the labels to a file."""
    from acseg_core.formats.coco import export_coco
    from acseg_core.formats.selection import ImageChoice

    assert format is ExportFormat.COCO
    if (tolerance or fill_holes) and not polygons:
        raise typer.BadParameter("--tolerance and --fill-holes need --polygons")
    check_outputs(out)
    with opened_project(project, read_only=True) as opened:
        check_project_outputs(opened, out)
        work = export_coco(
            opened,
            out,
            all_regions=all_regions,
            status=status.value,
            instances=None if instances is None else instances.value,
            polygons=polygons,
            tolerance=tolerance,
            fill_holes=fill_holes,
            images=ImageChoice(images.value) if images else None,
            with_problems=with_problems,
        )
        try:
            report = follow("Exporting", work)
        except NothingToExportError as error:
            raise NothingToExportError(f"{error} (--images named, --images all, --with-problems)") from None
    echo_export(report)


def echo_export(report: ExportReport) -> None:
    """Tell what an export wrote, and on stderr in detail, with what it left out and why."""
    typer.echo(
        f"{report.path}: {counted(report.annotations, 'annotation')}, {counted(report.images, 'image')}, "
        f"{report.categories} {'category' if report.categories == 1 else 'categories'}"
    )
    negatives = f"{counted(report.negatives, 'image')} without objects" if report.negatives else ""
    parts = (counted(report.images, "image"), counted(report.regions, "region"))
    instances = counted(report.annotations, "instance")
    typer.echo(", ".join(filter(None, (*parts, instances, negatives))), err=True)
    for reason, image_ids in report.left_out.items():
        remedy = "; --with-problems exports them anyway" if reason.is_problem else ""
        typer.echo(f"{counted(len(image_ids), 'image')} left out: {reason}{remedy}", err=True)
    tell_shapes(report.shapes)


def tell_shapes(shapes: ShapeReport) -> None:
    """Tell, beside the results, in which form shapes were written and what that could not say."""
    if shapes.divided:
        typer.echo(f"{counted(shapes.divided, 'region')} in several parts, with one annotation per part", err=True)
    if not shapes.polygons:
        return
    text = f"{counted(shapes.polygons, 'polygon')} with {counted(shapes.points, 'point')}"
    if not shapes.inexact:
        typer.echo(f"{text}, all exactly like their masks", err=True)
        return
    share = 100 * shapes.changed / max(1, shapes.pixels)
    typer.echo(
        f"{text}; {shapes.inexact:,} not exactly like their masks: {shapes.changed:,} pixels differ ({share:.2f} %)",
        err=True,
    )
    for shape in shapes.worst[:_LISTED]:
        typer.echo(f"  {shape.path}: region {shape.region_id}, {counted(shape.changed, 'pixel')}", err=True)
    if shapes.inexact > _LISTED:
        typer.echo(f"  and {shapes.inexact - _LISTED:,} more, which differ less", err=True)
