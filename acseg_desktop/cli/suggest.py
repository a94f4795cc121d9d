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
from acseg_desktop.cli.terminal import check_outputs, counted, follow, list_skipped, opened_project, read_file

if TYPE_CHECKING:
    from acseg_core.reports import SuggestReport
    from acseg_core.store import Project


def _share(value: float | None) -> float | None:
    if value is not None and not 0 <= value <= 1:  # nan is neither
        raise typer.BadParameter("give a number from 0 to 1")
    return value


def suggest(
    project: ProjectArgument,
    dense: Annotated[
        bool, typer.Option("--dense", help="Classify every pixel and segment the images anew (runs the model).")
    ] = False,
    closer: Annotated[
        bool,
        typer.Option(
            "--closer/--no-closer",
            help="With --dense: also analyse the four quarters of each image, and labelled images mirrored and in "
            "other light. More accurate, but five times the work the first time, or fifteen times for labelled images.",
        ),
    ] = True,
    classes: Annotated[
        str | None,
        typer.Option(
            "--classes",
            metavar="LIST",
            help='Names to choose from, such as "car|van, road, sky", where | separates synonyms; @FILE reads them '
            "from a file.",
        ),
    ] = None,
    by_cluster: Annotated[
        bool,
        typer.Option(
            "--by-cluster",
            help="With --classes: look at a few regions of each cluster instead of every region; faster.",
        ),
    ] = False,
    text_model: Annotated[
        str,
        typer.Option(
            "--text-model",
            metavar="NAME:TAG",
            help="With --classes: name of the open_clip model, and tag of its weights.",
        ),
    ] = DEFAULT_TEXT_MODEL,
    text_weights: Annotated[
        Path | None,
        typer.Option("--text-weights", metavar="FILE", help="With --classes: file with the weights of the text model."),
    ] = None,
    doubts: Annotated[
        bool,
        typer.Option("--doubts", help="List doubtful names, and what they may be instead."),
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="With --doubts: write the whole list to this file.")
    ] = None,
    accept_above: Annotated[
        float | None,
        typer.Option(
            "--accept-above",
            metavar="C",
            callback=_share,
            help="Accept the suggestions with at least this confidence, from 0 to 1.",
        ),
    ] = None,
    images: Annotated[
        list[str] | None,
        typer.Option(
            "--images",
            metavar="PATH",
            help="Limit --dense, --classes and --accept-above to this image, given by its path below the image "
            "folder; may be "
            "repeated. Default: all images that are not done.",
        ),
    ] = None,
    model: ModelOption = None,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
    device: DeviceOption = DeviceChoice.AUTO,
    batch: BatchOption = 4,
) -> None:
    """Suggest names for unnamed regions from those already named.

    What a person has decided stays as it is.

    With --dense, every pixel is classified by what the named regions teach, and each image is segmented anew, with one
    region per name. Each image is one step that can be undone.

    With --classes, a text model chooses from a list of names, so nothing has to be named yet. Install it first:

    pip install "acseg-desktop[text]"

    With --doubts, names that do not fit the others are listed, most likely mistakes first. --accept-above then corrects
    those with at least that confidence, as one step that can be undone.
    """
    from acseg_core.workflows import propagation, suggesting, vocabulary

    if doubts and (dense or classes is not None or images is not None):
        raise typer.BadParameter("--doubts can only be combined with --json and --accept-above")
    if json_file is not None and not doubts:
        raise typer.BadParameter("--json needs --doubts")
    if dense and classes is not None:
        raise typer.BadParameter("--classes and --dense cannot be combined; run one after the other")
    if not closer and not dense:
        raise typer.BadParameter("--no-closer needs --dense")
    if by_cluster and classes is None:
        raise typer.BadParameter("--by-cluster needs --classes")
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
            report = follow("Comparing regions with the list", work)
        elif dense:
            config = SegmenterConfig(backbone=chosen, generator=model)
            report = follow(
                "Suggesting names pixel by pixel",
                propagation.propagate(opened, config, image_ids=ids, multi_crop=closer),
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
        raise EditError(
            f"{project.folder}: {path} is not an image of this project; give its path below {project.image_root}"
        )
    return record.id


def _list(text: str) -> str:
    """The list itself, or what is in the file it names."""
    if not text.startswith("@"):
        return text
    try:
        return read_file(Path(text[1:])).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EditError(f"{text[1:]}: not a text file; write one class name per line, in UTF-8") from error


def _told(report: SuggestReport, *, dense: bool, listed: bool) -> str:
    if not report.regions and report.forgotten:
        return "nothing was suggested"
    if not report.regions and listed:
        return "no unnamed region looks like a name in the list"
    if not report.learned:
        return "nothing to learn from yet; name some regions first, in the window or with `acseg name`"
    if not report.regions:
        return "nothing to suggest: every region is decided already, or looks like none of the named ones"
    pace = f", {report.seconds / report.images:.2f} s per image" if dense or listed else ""
    kept = f", {counted(report.kept, 'image')} left as before" if report.kept else ""
    return f"{counted(report.regions, 'region')} with a suggested name in {counted(report.images, 'image')}{kept}{pace}"


def _forgotten(report: SuggestReport) -> str:
    """What became of names that went while it ran."""
    gone = ", ".join(report.forgotten)
    labels = "its label was" if len(report.forgotten) == 1 else "their labels were"
    left = f"; {counted(report.kept, 'image')} left as before" if report.kept else ""
    return f"no longer suggested, as {labels} deleted or merged meanwhile: {gone}{left}"


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
