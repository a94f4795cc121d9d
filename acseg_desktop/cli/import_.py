"""`acseg import`: labelled images of other tools into a project, and lists of labels."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.errors import LabelFileError
from acseg_desktop.cli.import_preview import covered_text
from acseg_desktop.cli.options import ProjectArgument
from acseg_desktop.cli.terminal import counted, follow, opened_project, read_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acseg_core.formats.labelled import LabelledFiles
    from acseg_core.reports import ImportReport
    from acseg_core.store import Project
    from acseg_core.workflows.importing import ImportSettings

_SHOWN = 5
_SMALLER = "import again with --overlaps smaller --onto all to have them on top"
"""Images that are named where several have the same fate."""


class FormatChoice(StrEnum):
    """What is read: the keys of `FORMATS`, which is too heavy to import for a help text; a test compares them."""

    AUTO = "auto"
    PANOPTIC = "panoptic"
    COCO = "coco"
    YOLO = "yolo"
    LABELME = "labelme"
    CVAT = "cvat"
    LABELSTUDIO = "labelstudio"
    ISAT = "isat"
    VOC = "voc"
    CITYSCAPES = "cityscapes"
    ADE20K = "ade20k"
    PNG = "png"
    GEOTIFF = "geotiff"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    SHAPEFILE = "shapefile"
    FLATGEOBUF = "flatgeobuf"
    LABELS_ACSEG = "labels-acseg"
    LABELS_COCO = "labels-coco"
    LABELS_CVAT = "labels-cvat"
    LABELS_YOLO = "labels-yolo"
    LABELS_LABELME = "labels-labelme"
    LABELS_TEXT = "labels-text"


class MatchChoice(StrEnum):
    """What must agree for an image of a file to be one of the project."""

    AUTO = "auto"
    PATH = "path"
    NAME = "name"
    STEM = "stem"


class AsChoice(StrEnum):
    """What imported names count as."""

    ACCEPTED = "accepted"
    SUGGESTED = "suggested"


class OntoChoice(StrEnum):
    """What happens where a person has worked already."""

    REST = "rest"
    ALL = "all"


class OverlapsChoice(StrEnum):
    """Which of several shapes has the pixels that they share."""

    LATER = "later"
    SMALLER = "smaller"


def import_(
    project: ProjectArgument,
    source: Annotated[Path, typer.Argument(metavar="FILE", help="File or folder with the labels.", show_default=False)],
    format_name: Annotated[
        FormatChoice,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"{', '.join(list(FormatChoice)[1:])}; auto looks at the content.",
        ),
    ] = FormatChoice.AUTO,
    match: Annotated[
        MatchChoice,
        typer.Option(
            "--match",
            help="How images of the file are matched to those of the project: by path, file name, or name without "
            "its extension (stem); "
            "auto tries these in turn.",
        ),
    ] = MatchChoice.AUTO,
    names: Annotated[
        Path | None,
        typer.Option(
            "--map",
            metavar="FILE.json",
            help='JSON file that renames labels: {"name in the file": "name in the project"}; "" leaves a label out.',
        ),
    ] = None,
    as_: Annotated[
        AsChoice, typer.Option("--as", help="Import names as accepted, or as suggestions to review.")
    ] = AsChoice.ACCEPTED,
    onto: Annotated[
        OntoChoice,
        typer.Option(
            "--onto",
            help="Where you have named or drawn something: imported shapes get only the rest, or all their pixels.",
        ),
    ] = OntoChoice.REST,
    overlaps: Annotated[
        OverlapsChoice, typer.Option("--overlaps", help="Which of two overlapping shapes gets the pixels they share.")
    ] = OverlapsChoice.LATER,
    in_review: Annotated[
        bool, typer.Option("--in-review", help="Leave the images in review; otherwise accepted names make them done.")
    ] = False,
    field: Annotated[
        str,
        typer.Option("--field", metavar="NAME", help="Of labels on a map: the attribute that says the labels."),
    ] = "",
    layer: Annotated[
        str, typer.Option("--layer", metavar="NAME", help="Of labels on a map: the only layer to be read.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would come in; nothing is changed.")
    ] = False,
) -> None:
    """Import labelled images, or a list of labels, from another tool.

    The whole import is one step that can be undone.
    """
    from acseg_core.formats.format import format_called, recognised
    from acseg_core.formats.map_images import MapOptions
    from acseg_core.formats.matching import Match
    from acseg_core.formats.placing import Overlaps
    from acseg_core.store.edits.shape_import import ImportedAs, Onto
    from acseg_core.workflows.importing import ImportSettings, import_files

    settings = ImportSettings(
        match=None if match is MatchChoice.AUTO else Match(match.value),
        names=None if names is None else _read_names(names),
        as_=ImportedAs(as_.value),
        onto=Onto(onto.value),
        overlaps=Overlaps(overlaps.value),
        keep_open=in_review,
        on_map=MapOptions(field, layer),
    )
    chosen = recognised(source) if format_name is FormatChoice.AUTO else format_called(format_name.value)
    with opened_project(project, read_only=dry_run) as opened, chosen.read(source) as files:
        if dry_run:
            _preview(opened, source, chosen.title, files, settings)
            return
        report = follow("Importing", import_files(opened, source, files, settings))
    _tell(source, chosen.title, report, overlaps)


def _preview(project: Project, source: Path, title: str, files: LabelledFiles, settings: ImportSettings) -> None:
    """Say what an import would do.

    Raises:
        LabelFileError: It would be refused; that is said last.
    """
    from acseg_core.workflows.import_preview import preview_import
    from acseg_core.workflows.importing import check_names
    from acseg_desktop.cli.import_preview import tell_preview

    work = preview_import(project, source, files, match=settings.match, on_map=settings.on_map)
    preview = follow("Looking", work)
    if preview.labels or not preview.problem:
        check_names(source, preview.labels, settings)
    tell_preview(source, title, preview, settings)
    if preview.problem:
        raise LabelFileError(preview.problem)


def _read_names(path: Path) -> dict[str, str]:
    try:
        content = json.loads(read_file(path).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise LabelFileError(f"{path}: this is not valid JSON; write it like {_EXAMPLE}") from error
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
        raise LabelFileError(f"{path}: write the names like {_EXAMPLE}")
    return content


_EXAMPLE = '{"kitty": "cat", "dirt": ""}'


def _tell(source: Path, title: str, report: ImportReport, overlaps: OverlapsChoice) -> None:
    """Say what came in, and on stderr what did not."""
    if report.is_list:
        typer.echo(f"{source} ({title}): {len(report.labels)} new, {len(report.changed)} changed")
        for note in report.notes:
            typer.echo(f"note: {note}", err=True)
        return
    typer.echo(
        f"{source} ({title}): {counted(report.regions, 'region')} in {counted(report.images, 'image')}, "
        f"{counted(len(report.labels), 'new label')}"
        + (f", {counted(report.comments, 'comment')}" if report.comments else "")
    )
    if report.unchanged:
        typer.echo(f"{counted(report.unchanged, 'image')} had nothing to add", err=True)
    if report.unmatched:
        _tell_names(f"{counted(len(report.unmatched), 'image')} in the file but not in the project", report.unmatched)
    for file in report.left_out:
        typer.echo(f"{file.path}: left as it is, {file.reason}", err=True)
    if report.empty:
        typer.echo(f"{counted(report.empty, 'shape')} skipped, as no pixels were left for them", err=True)
    if report.covered and overlaps is OverlapsChoice.LATER:
        typer.echo(f"{covered_text(report.covered)}; {_SMALLER}", err=True)
    for part in report.unused:
        typer.echo(part.line, err=True)
    for note in report.notes:
        typer.echo(f"note: {note}", err=True)


def _tell_names(what: str, names: Sequence[str]) -> None:
    typer.echo(f"{what}: {', '.join(names[:_SHOWN])}{', …' if len(names) > _SHOWN else ''}", err=True)
