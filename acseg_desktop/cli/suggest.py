"""`acseg suggest`: names for what is unnamed, from what is named already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.config import DEFAULT_BACKBONE, DEFAULT_TEXT_MODEL, BackboneConfig, SegmenterConfig, TextConfig
from acseg_core.errors import EditError
from acseg_desktop.cli.doubts import list_doubts
from acseg_desktop.cli.options import (
    BackboneOption,
    BatchOption,
    DeviceChoice,
    DeviceOption,
    InputSizeOption,
    ModelOption,
    ProjectArgument,
    WeightsOption,
)
from acseg_desktop.cli.terminal import check_outputs, counted, follow, list_skipped, opened_project

if TYPE_CHECKING:
    from acseg_core.reports import SuggestReport
    from acseg_core.store import Project


def _share(value: float | None) -> float | None:
    if value is not None and not 0 <= value <= 1:  # nan is neither
        raise typer.BadParameter("must be from 0 to 1")
    return value


def suggest(
    project: ProjectArgument,
    dense: Annotated[
        bool, typer.Option("--dense", help="Pixel by pixel: new partitions of the images, by the model.")
    ] = False,
    closer: Annotated[
        bool,
        typer.Option(
            "--closer/--no-closer",
            help="With --dense: look at the quarters of images, too, and at those with names in other light; better, "
            "and five and fifteen times the work at first.",
        ),
    ] = True,
    classes: Annotated[
        str | None,
        typer.Option(
            "--classes",
            metavar="LIST",
            help='Names to choose from by what regions show, such as "car|van, road, sky"; @FILE reads a file.',
        ),
    ] = None,
    by_cluster: Annotated[
        bool, typer.Option("--by-cluster", help="With --classes: a few looks for every cluster, not every region.")
    ] = False,
    text_model: Annotated[
        str, typer.Option("--text-model", metavar="NAME:TAG", help="With --classes: open_clip model and weights.")
    ] = DEFAULT_TEXT_MODEL,
    text_weights: Annotated[
        Path | None, typer.Option("--text-weights", metavar="FILE", help="With --classes: weights of the text model.")
    ] = None,
    doubts: Annotated[
        bool,
        typer.Option("--doubts", help="List names that are in doubt, and what they may be."),
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="With --doubts: write all of them to this file.")
    ] = None,
    accept_above: Annotated[
        float | None,
        typer.Option("--accept-above", metavar="C", callback=_share, help="Then name what is that sure, 0..1."),
    ] = None,
    images: Annotated[
        list[str] | None,
        typer.Option("--images", metavar="PATH", help="Path in the project; may be repeated. Default: all not done."),
    ] = None,
    model: ModelOption = None,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
    device: DeviceOption = DeviceChoice.AUTO,
    batch: BatchOption = 4,
) -> None:
    """Suggest names for unnamed regions, from those already named; nothing a person decided is touched.

    With --classes a text model (pip install "acseg-desktop[text]") chooses the names, and nothing has to be named yet.
    With --dense the named pixels teach, and the model's look at every image gives it a new partition, one region a
    name: one undo step an image. --images limits that, and what --accept-above names.
    With --doubts the names there are teach, and those that do not fit are listed, the surest first; --accept-above
    corrects those that are that sure, as one undo step.
    """
    from acseg_core.workflows import propagation, suggesting, vocabulary

    if doubts and (dense or classes is not None or images is not None):
        raise typer.BadParameter("--doubts looks at all names; it goes with --json and --accept-above only")
    if json_file is not None and not doubts:
        raise typer.BadParameter("--json goes with --doubts")
    if dense and classes is not None:
        raise typer.BadParameter("--classes and --dense do not go together; run one after the other")
    if not closer and not dense:
        raise typer.BadParameter("--no-closer goes with --dense")
    if by_cluster and classes is None:
        raise typer.BadParameter("--by-cluster goes with --classes")
    if doubts:
        check_outputs(json_file)
        list_doubts(project, json_file=json_file, correct_above=accept_above)
        return
    names = None if classes is None else vocabulary.parse_classes(_list(classes))
    chosen = BackboneConfig(name=backbone, weights=weights, input_size=input_size, device=device.value, batch=batch)
    with opened_project(project) as opened:
        ids = None if images is None else [_image_id(opened, path) for path in images]
        if names is not None:
            asked = TextConfig(text_model, weights=text_weights, device=device.value)
            work = vocabulary.suggest_from_list(opened, names, asked, image_ids=ids, by_cluster=by_cluster)
            report = follow("Looking at regions", work)
        elif dense:
            config = SegmenterConfig(backbone=chosen, generator=model)
            report = follow(
                "Suggesting partitions", propagation.propagate(opened, config, image_ids=ids, multi_crop=closer)
            )
        else:
            report = follow("Suggesting names", suggesting.suggest_for_all(opened))
        list_skipped(report.skipped)
        typer.echo(_told(report, dense=dense, listed=names is not None))
        if report.forgotten:
            typer.echo(_forgotten(report), err=True)
        if accept_above is not None:
            typer.echo(f"{_accept(opened, ids, accept_above)} named as suggested")


def _image_id(project: Project, path: str) -> int:
    from acseg_core.store import queries

    record = queries.image_by_path(project, path)
    if record is None:
        raise EditError(f"{project.folder}: there is no image {path}; give its path below {project.image_root}")
    return record.id


def _list(text: str) -> str:
    """The list itself, or what is in the file it names."""
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise EditError(f"{text[1:]}: not a text file; write one class name a line, in UTF-8") from error


def _told(report: SuggestReport, *, dense: bool, listed: bool) -> str:
    if not report.regions and report.forgotten:
        return "nothing was suggested"
    if not report.regions and listed:
        return "no unnamed region looks like anything in the list"
    if not report.learned:
        return "nothing to suggest; name some regions first, `acseg name` does"
    if not report.regions:
        return "nothing to suggest: all is decided, or looks like nothing that has a name"
    pace = f", {report.seconds / report.images:.2f} s per image" if dense or listed else ""
    kept = f", {report.kept} left alone" if report.kept else ""
    return f"{counted(report.regions, 'region')} with a suggested name in {counted(report.images, 'image')}{kept}{pace}"


def _forgotten(report: SuggestReport) -> str:
    """What became of names that went while it ran."""
    gone = ", ".join(report.forgotten)
    labels = "label" if len(report.forgotten) == 1 else "labels"
    left = f"; {counted(report.kept, 'image')} left as before" if report.kept else ""
    return f"{labels} deleted or merged meanwhile, and not suggested any more: {gone}{left}"


def _accept(project: Project, image_ids: list[int] | None, at_least: float) -> str:
    """Name what is that sure; one undo step, all images together."""
    from acseg_core.store import queries
    from acseg_core.store.edits import suggestions

    if image_ids is None:
        changes = suggestions.accept_suggestions(project, at_least=at_least)
    else:
        ids = [region.id for image_id in image_ids for region in queries.regions(project, image_id)]
        if not ids:
            return counted(0, "region")
        changes = suggestions.accept_suggestions(project, region_ids=ids, at_least=at_least)
    return counted(len(changes.region_ids), "region")
