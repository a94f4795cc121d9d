"""`acseg export`: labels to files of any format."""

from __future__ import annotations

import dataclasses
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.errors import NothingToExportError, StorageError
from acseg_desktop.cli.options import ProjectArgument
from acseg_desktop.cli.terminal import check_outputs, check_project_outputs, counted, follow, opened_project

if TYPE_CHECKING:
    from acseg_core.formats.format import Format
    from acseg_core.reports import ExportReport, ShapeReport
    from acseg_core.store import Project
    from acseg_core.workflows.exporting import ExportSettings


class ExportFormat(StrEnum):
    """What is written: keys of `FORMATS`, which is too heavy to import for a help text; a test compares them."""

    PANOPTIC = "panoptic"
    COCO = "coco"
    YOLO = "yolo"
    LABELME = "labelme"
    CVAT = "cvat"
    VOC = "voc"
    CITYSCAPES = "cityscapes"
    ADE20K = "ade20k"
    PNG = "png"
    GEOTIFF = "geotiff"
    GEOJSON = "geojson"
    GPKG = "gpkg"


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


class SplitChoice(StrEnum):
    """What stays together in one split."""

    RANDOM = "random"
    FOLDER = "folder"
    CLUSTER = "cluster"


class ImageFilesChoice(StrEnum):
    """What becomes of the image files."""

    COPY = "copy"
    LINK = "link"
    NONE = "none"


class FrameChoice(StrEnum):
    """Which way up turned photos are."""

    DISPLAYED = "displayed"
    STORED = "stored"


_LISTED = 10
"""Inexact polygons named on the terminal."""


def export(
    project: ProjectArgument,
    out: Annotated[Path, typer.Option("--out", help="File or folder to write.", show_default=False)],
    format_name: Annotated[
        ExportFormat,
        typer.Option("--format", help="File format; `acseg formats` lists them all, with what each one loses."),
    ] = ExportFormat.COCO,
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
    with_problems: Annotated[
        bool, typer.Option("--with-problems", help="Also export images whose file is missing or has changed.")
    ] = False,
    with_images: Annotated[
        ImageFilesChoice | None,
        typer.Option(
            "--with-images",
            help="Copy the image files, link to them, or leave them out; the default depends on the format.",
            show_default=False,
        ),
    ] = None,
    into: Annotated[
        bool, typer.Option("--into", help="Write into a folder that already contains other files.")
    ] = False,
    report_file: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="FILE.json", help="Write a report as JSON: what was exported, left out and lost."
        ),
    ] = None,
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
        bool | None,
        typer.Option(
            "--polygons/--masks",
            help="Write polygons or masks where the format takes both; holes of polygons are joined to the outline by "
            "bridges.",
            show_default=False,
        ),
    ] = None,
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
            "--fill-holes",
            metavar="PX",
            min=0,
            help="Fill holes in polygons that have fewer pixels than this.",
        ),
    ] = 0,
    simplify: Annotated[
        float,
        typer.Option(
            "--simplify",
            metavar="PX",
            min=0,
            help="GeoPackage and GeoJSON: simplify borders by about this many pixels; neighbors keep sharing theirs.",
        ),
    ] = 0,
    wgs84: Annotated[
        bool, typer.Option("--wgs84", help="GeoJSON: write longitude and latitude, as RFC 7946 asks for.")
    ] = False,
    chips: Annotated[
        int | None,
        typer.Option(
            "--chips",
            metavar="PX",
            help="Cut scenes into training images of this size (COCO, YOLO, label maps), across the borders of tiles.",
            show_default=False,
        ),
    ] = None,
    stride: Annotated[
        int | None,
        typer.Option(
            "--stride", metavar="PX", help="Distance from chip to chip; the default is their size.", show_default=False
        ),
    ] = None,
    least_valid: Annotated[
        float | None,
        typer.Option(
            "--least-valid",
            metavar="SHARE",
            help="Leave out chips with less data and labeled tiles than this; the default is .5.",
            show_default=False,
        ),
    ] = None,
    frame: Annotated[
        FrameChoice,
        typer.Option(
            "--frame",
            help="Write rotated photos as displayed, or as stored in the file, for tools that ignore EXIF.",
        ),
    ] = FrameChoice.DISPLAYED,
    split: Annotated[
        str | None,
        typer.Option(
            "--split",
            metavar="SHARES",
            help="Split the data set, such as train=.8,val=.1,test=.1; copies and frames of a video stay together.",
        ),
    ] = None,
    split_by: Annotated[
        SplitChoice,
        typer.Option("--split-by", help="Also keep the images of a folder or of a cluster in one split."),
    ] = SplitChoice.RANDOM,
    seed: Annotated[
        int,
        typer.Option("--seed", help="Seed of the split; the same seed gives the same split."),
    ] = 0,
) -> None:
    """Export the labels to files that other tools and trainers read."""
    from acseg_core.formats.chips import Chips
    from acseg_core.formats.dataset import Frame
    from acseg_core.formats.format import format_called
    from acseg_core.formats.image_files import ImageFiles
    from acseg_core.formats.selection import ImageChoice
    from acseg_core.formats.splits import SplitBy, split_from
    from acseg_core.workflows.exporting import ExportSettings

    chosen = format_called(format_name.value)
    if (tolerance or fill_holes) and chosen.is_outlined:
        raise typer.BadParameter(f"{chosen.title} has exact outlines: leave out --tolerance and --fill-holes")
    if (tolerance or fill_holes) and not (chosen.is_polygons if polygons is None else polygons):
        raise typer.BadParameter("--tolerance and --fill-holes need --polygons")
    if simplify and not chosen.simplifies:
        raise typer.BadParameter(f"{chosen.title} has no --simplify; --tolerance simplifies polygons one by one")
    if wgs84 and not chosen.has_degrees:
        raise typer.BadParameter("--wgs84 is for --format geojson")
    if chips is None and (stride is not None or least_valid is not None):
        raise typer.BadParameter("--stride and --least-valid need --chips")
    settings = ExportSettings(
        images=ImageChoice(images.value) if images else None,
        with_problems=with_problems,
        all_regions=all_regions,
        status=status.value,
        instances=None if instances is None else instances.value,
        polygons=polygons,
        tolerance=tolerance,
        fill_holes=fill_holes,
        simplify=simplify,
        degrees=wgs84,
        chips=None if chips is None else Chips(chips, stride, 0.5 if least_valid is None else least_valid),
        split=None if split is None else split_from(split, by=SplitBy(split_by.value), seed=seed),
        with_images=None if with_images is None else ImageFiles(with_images.value),
        frame=Frame(frame.value),
        into=into,
    )
    with opened_project(project, read_only=True) as opened:
        report = _export(opened, out, chosen, settings, report_file)
    echo_export(report, chosen)


def _export(
    project: Project, out: Path, format_: Format, settings: ExportSettings, report_file: Path | None
) -> ExportReport:
    from acseg_core.output.folders import check_folder
    from acseg_core.output.protected import write_output
    from acseg_core.workflows.exporting import export_labels, is_file

    if is_file(format_, out, settings):
        check_outputs(out, report_file)
        check_project_outputs(project, out, report_file)
    else:
        check_folder(out, into=settings.into)
        check_outputs(report_file)
        check_project_outputs(project, report_file)
    if report_file is not None and (
        report_file.absolute() == out.absolute() or out.absolute() in report_file.absolute().parents
    ):
        raise StorageError(f"{report_file}: the labels are written there; choose another file for the report")
    try:
        report = follow("Exporting", export_labels(project, out, format_, settings))
    except NothingToExportError as error:
        raise NothingToExportError(f"{error} (--images named, --images all, --with-problems)") from None
    if report_file is not None:
        with write_output(report_file) as file:
            file.write(json.dumps(report_as_json(report), indent=2, ensure_ascii=False).encode("utf-8") + b"\n")
    return report


def report_as_json(report: ExportReport) -> dict[str, object]:
    """The report with plain values: what left, what was left out and why, what the format lost."""
    content = dataclasses.asdict(report)
    content["path"] = str(report.path)
    del content["split_notes"], content["cautions"]
    content["notes"] = list(report.notes)
    content["left_out"] = {str(reason): list(ids) for reason, ids in report.left_out.items()}
    return content


def echo_export(report: ExportReport, format_: Format | None = None) -> None:
    """Tell what an export wrote, and on stderr in detail, with what it left out and why, and what the format lost."""
    typer.echo(
        f"{report.path}: {counted(report.annotations, 'annotation')}, {counted(report.images, 'image')}, "
        f"{report.categories} {'category' if report.categories == 1 else 'categories'}"
        + ("" if report.files == 1 else f", {counted(report.files, 'file')}")
    )
    negatives = f"{counted(report.negatives, 'image')} without objects" if report.negatives else ""
    parts = (counted(report.images, "image"), counted(report.regions, "region"))
    instances = counted(report.annotations, "instance")
    typer.echo(", ".join(filter(None, (*parts, instances, negatives))), err=True)
    if report.splits:
        typer.echo(", ".join(f"{name} {counted(count, 'image')}" for name, count in report.splits.items()), err=True)
    for reason, image_ids in report.left_out.items():
        remedy = "; --with-problems exports them anyway" if reason.is_problem else ""
        typer.echo(f"{counted(len(image_ids), 'image')} left out: {reason}{remedy}", err=True)
    tell_shapes(report.shapes)
    if report.lost and format_ is not None:
        from acseg_core.formats.losses import loss_texts

        typer.echo(f"{format_.title} does not keep: {'; '.join(loss_texts(report.lost))}", err=True)
    from acseg_core.workflows.exporting import LABELLED_AS_STORED, LABELLED_UPRIGHT, NO_PICTURES

    options = {LABELLED_UPRIGHT: " (--frame stored)", LABELLED_AS_STORED: " (--frame displayed)"}
    options[NO_PICTURES] = " (--with-images copy)"
    for note in report.split_notes:
        typer.echo(note, err=True)
    for part in report.cautions:
        told = dataclasses.replace(part, reason=part.reason + options.get(part.reason, ""))
        typer.echo(told.line, err=True)


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
