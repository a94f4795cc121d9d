"""`acseg`: the command line. Nothing heavy is imported before the command that needs it runs.

Exit codes: 0 done, 1 failed, 2 wrong use. Results go to stdout, errors (one clear line) and progress to stderr.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from acseg_core import __version__
from acseg_core.config import DEFAULT_BACKBONE, BackboneConfig, SegmenterConfig, TreeConfig
from acseg_core.errors import AcsegError, EditError, ProjectDamagedError, ProjectExistsError
from acseg_desktop.cli import labels, naming, suggest
from acseg_desktop.cli.evaluate import eval_app
from acseg_desktop.cli.options import (
    DEFAULT_GRANULARITY,
    BackboneOption,
    BatchOption,
    DeviceChoice,
    DeviceOption,
    FineChoice,
    FineOption,
    GranularityOption,
    InputSizeOption,
    LabelMapsOption,
    ModelOption,
    ProjectArgument,
    WeightsOption,
)
from acseg_desktop.cli.terminal import check_outputs, counted, fail, follow, list_skipped, tell_label_maps

if TYPE_CHECKING:
    from acseg_core.store import Project
    from acseg_core.types import ExportReport, ScanReport

_LARGEST_ID = 2**63 - 1
app = typer.Typer(
    name="acseg",
    help="Bootstrap segmentation labels: propose concept regions, name them, export COCO masks.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(eval_app, name="eval")


class ExportFormat(StrEnum):
    """Formats that `acseg export` writes."""

    COCO = "coco"


class ExportStatus(StrEnum):
    """Which named regions are exported."""

    ACCEPTED = "accepted"
    ANY = "any"


def main() -> NoReturn:
    """Entry point of the `acseg` script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal cannot show is no failure
    try:
        app(prog_name="acseg")
    except ProjectDamagedError as error:
        fail(f"{error}; run `acseg restore PROJECT`" if error.backup else str(error))
    except AcsegError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or 'input/output'}: {error.strerror or error}")
    except Exception as error:
        logging.getLogger(__name__).debug("internal error", exc_info=True)
        kind = type(error).__name__
        fail(f"internal error ({kind}: {error}); run it again as `acseg --verbose ...` and report it")
    sys.exit(0)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"acseg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log what happens; show tracebacks.")] = False,
) -> None:
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.ERROR,
        format="%(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    logging.getLogger("acseg").setLevel(logging.DEBUG if verbose else logging.ERROR)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to put the demo project.")] = Path(
        "acseg-demo"
    ),
    headless: Annotated[
        bool, typer.Option("--headless", help="No window: write an overlay sheet and a COCO file.")
    ] = False,
    device: DeviceOption = DeviceChoice.AUTO,
) -> None:
    """Sample photos, proposals, and the window (or files with --headless)."""
    from acseg_core.formats.coco import export_coco
    from acseg_core.formats.contact_sheet import export_contact_sheet
    from acseg_core.store import open_project
    from acseg_core.workflows import pipeline
    from acseg_desktop.samples import copy_samples

    photos, place = folder / "photos", folder / "project"
    copy_samples(photos)
    sheet_file, coco_file = folder / "overlay.png", folder / "annotations.json"
    if headless:
        check_outputs(sheet_file, coco_file)
    with _created_or_opened(place, photos) as project:
        follow("Reading photos", pipeline.scan_images(project))
        config = SegmenterConfig(backbone=BackboneConfig(device=device.value))
        report = follow("Proposing regions", pipeline.propose(project, config, only_new=True))
        list_skipped(report.skipped)
    if not headless:
        _open_window(place)
    with open_project(place, read_only=True) as project:
        sheet = follow("Drawing", export_contact_sheet(project, sheet_file))
        coco = follow("Exporting", export_coco(project, coco_file, all_regions=True))
    typer.echo(f"{sheet.path}: overlays of {sheet.images} images")
    _echo_export(coco)


@app.command()
def gui(
    project: Annotated[Path | None, typer.Argument(metavar="[PROJECT]", help="Project to open.")] = None,
) -> None:
    """Open the window."""
    _open_window(project)


@app.command()
def init(
    project: ProjectArgument,
    images: Annotated[
        Path, typer.Option("--images", help="Folder of images; subfolders are included.", show_default=False)
    ],
    name: Annotated[str | None, typer.Option("--name", help="Name of a new project.")] = None,
    label_maps: LabelMapsOption = False,
) -> None:
    """Create a project for a folder of images, or look for new images in an existing one."""
    from acseg_core.workflows import pipeline

    with _created_or_opened(project, images, name=name) as opened:
        if opened.image_root.resolve() != images.resolve():
            raise ProjectExistsError(
                f"{project}: its images are in {opened.image_root}; if they have moved, run "
                f"`acseg relocate {project} --images {images}`"
            )
        _echo_scan(opened, follow("Reading images", pipeline.scan_images(opened, label_maps=label_maps or None)))


@app.command()
def relocate(
    project: ProjectArgument,
    images: Annotated[Path, typer.Option("--images", help="Folder the images are in now.", show_default=False)],
) -> None:
    """Tell a project where its images have moved to; every file is checked by its hash."""
    from acseg_core.store import open_project
    from acseg_core.workflows import pipeline

    with open_project(project) as opened:
        _echo_scan(opened, follow("Checking images", pipeline.relocate_images(opened, images)))


@app.command()
def restore(project: ProjectArgument) -> None:
    """Put the newest good backup in the place of a damaged database (which is kept beside it)."""
    from acseg_core.store import restore_backup

    typer.echo(f"{project}: restored from {restore_backup(project)}")


@app.command()
def propose(
    project: ProjectArgument,
    device: DeviceOption = DeviceChoice.AUTO,
    batch: BatchOption = 4,
    model: ModelOption = None,
    fine: FineOption = FineChoice.WARD,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
    only_new: Annotated[
        bool, typer.Option("--only-new", help="Only images without proposals; resumes a stopped run.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also where a person has worked (undo brings it back).")
    ] = False,
    granularity: GranularityOption = DEFAULT_GRANULARITY,
) -> None:
    """Propose concept regions; images that a person has worked on are kept.

    This always runs the model; `acseg recut` changes the granularity of what is proposed already without one.
    """
    from acseg_core.store import open_project
    from acseg_core.workflows import pipeline

    chosen = BackboneConfig(name=backbone, weights=weights, input_size=input_size, device=device.value, batch=batch)
    config = SegmenterConfig(backbone=chosen, generator=model, tree=TreeConfig(fine=fine.value))
    with open_project(project) as opened:
        work = pipeline.propose(opened, config, only_new=only_new, replace=replace, granularity=granularity)
        report = follow("Proposing regions", work)
    list_skipped(report.skipped)
    kept = f", {report.kept} kept as a person has worked on them" if report.kept else ""
    pace = f", {report.seconds / report.images:.2f} s per image" if report.images else ""
    typer.echo(f"{counted(report.regions, 'region')} in {counted(report.images, 'image')}{kept}{pace}")
    if report.skipped and not report.images:
        fail("no image could be used")


@app.command()
def recut(
    project: ProjectArgument,
    granularity: GranularityOption = DEFAULT_GRANULARITY,
) -> None:
    """Make all proposed regions coarser or finer, without a model; what a person has worked on is kept."""
    from acseg_core.store import open_project, queries
    from acseg_core.store.edits import cuts

    with open_project(project) as opened:
        changes = follow("Cutting", cuts.recut_images(opened, granularity))
        regions = queries.summary(opened).regions
    typer.echo(f"{counted(len(changes.image_ids), 'image')} cut anew, {counted(regions, 'region')} in the project")


app.command()(naming.cluster)
app.command()(labels.labels)
app.command()(suggest.suggest)


@app.command()
def name(
    project: ProjectArgument,
    label: Annotated[str, typer.Option("--label", help="Name to give; made if it is new.", show_default=False)],
    region: Annotated[
        list[int] | None, typer.Option("--region", min=1, max=_LARGEST_ID, help="Id of a region; may be repeated.")
    ] = None,
    cluster: Annotated[
        int | None, typer.Option("--cluster", min=1, max=_LARGEST_ID, help="The unnamed regions of this cluster.")
    ] = None,
    label_of: Annotated[str | None, typer.Option("--label-of", help="All regions that have this label.")] = None,
    rename: Annotated[bool, typer.Option("--rename", help="With --cluster: the named regions, too.")] = False,
) -> None:
    """Name regions."""
    from acseg_core.store import open_project, queries
    from acseg_core.store.edits import review

    if sum(choice is not None for choice in (region or None, cluster, label_of)) != 1:
        raise typer.BadParameter("give exactly one of --region, --cluster, --label-of")
    if rename and cluster is None:
        raise typer.BadParameter("--rename goes with --cluster")
    with open_project(project) as opened:
        if cluster is not None:
            count = naming.name_cluster(opened, cluster, label, rename=rename)
        else:
            ids = list(region or []) or _regions_labelled(opened, label_of or "")
            if not ids:
                raise EditError(f"{project}: no region has the label {label_of}")
            review.name_regions_as(opened, ids, label)
            count = len(set(ids))
        given = queries.label_called(opened, label)
    typer.echo(f"{counted(count, 'region')} named {given.name if given else label}")


@app.command()
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
    from acseg_core.store import open_project

    assert format is ExportFormat.COCO
    check_outputs(out)
    with open_project(project, read_only=True) as opened:
        work = export_coco(opened, out, all_regions=all_regions, status=status.value, polygons=polygons)
        _echo_export(follow("Exporting", work))


@app.command()
def train(
    source: Annotated[
        Path, typer.Argument(metavar="PROJECT|DIR", help="Project, or folder of images.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", help="Generator file to write.", show_default=False)],
    steps: Annotated[int, typer.Option("--steps", min=1, help="Optimiser steps.")] = 1500,
    prototypes: Annotated[int, typer.Option("--prototypes", min=1, max=256, help="Most concepts in an image.")] = 8,
    images: Annotated[
        int, typer.Option("--images", min=1, help="Train on at most this many images, drawn at random.")
    ] = 2000,
    label_maps: LabelMapsOption = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint beside --out.")] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Of everything random.")] = 0,
    device: DeviceOption = DeviceChoice.AUTO,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
) -> None:
    """Train a model for `propose --model` on unlabelled images: a concept generator, and a projection.

    The projection is what patches are compared in. It takes 50 images; with fewer, the bundled one stays.

    The generator's concepts are what regions are put together from with `propose --fine generator`.
    """
    from platformdirs import user_cache_path

    from acseg_core.store import is_project, open_project
    from acseg_training.corpus import Corpus
    from acseg_training.trainer import TrainingConfig
    from acseg_training.trainer import train as train_generator

    chosen = BackboneConfig(name=backbone, weights=weights, input_size=input_size, device=device.value)
    try:
        config = TrainingConfig(backbone=chosen, prototypes=prototypes, steps=steps, seed=seed)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    check_outputs(out)
    cache = user_cache_path("acseg-desktop", appauthor=False) / "features"
    folder = source
    if is_project(source):
        with open_project(source, read_only=True) as opened:
            folder, cache = opened.image_root, opened.cache_dir / "features"
    corpus = Corpus.from_folders([folder], most=images, seed=seed, label_maps=label_maps)
    tell_label_maps(len(corpus.left_out))
    report = follow("Training", train_generator(corpus, out, config, cache=cache, resume=resume))
    list_skipped(report.features.skipped)
    fitted = f", projection fitted to {counted(report.projected, 'image')}" if report.projected else ""
    typer.echo(f"{report.path}: {report.steps} steps on {len(corpus.paths)} images, loss {report.loss:.4f}{fitted}")


@app.command()
def status(
    project: ProjectArgument,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    search: Annotated[
        str | None,
        typer.Option(
            "--search",
            metavar="WORDS",
            help='List the images that match instead, such as "label:car -status:done conf<0.6".',
        ),
    ] = None,
    effort: Annotated[bool, typer.Option("--effort", help="Also time and actions by day and by image.")] = False,
    trim_history: Annotated[
        str | None,
        typer.Option(
            "--trim-history",
            metavar="KEPT",
            help="Drop old history, which can no longer be undone then: keep 30d (days) or 500 (edits).",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="With --trim-history: do not ask.")] = False,
) -> None:
    """Show how far a project has come, and what work it took.

    Every edit can be undone, back to the first day; strokes on large photos make that long. --trim-history drops what
    is old and makes the file smaller; regions, names, statistics and the backups stay.
    """
    from dataclasses import asdict

    from acseg_core.store import open_project, queries
    from acseg_desktop.cli import effort_text
    from acseg_desktop.cli.history import history_line, history_size, trim

    if yes and trim_history is None:
        raise typer.BadParameter("--yes goes with --trim-history")
    if trim_history is not None:
        trim(project, trim_history, asks=not yes)
        return
    with open_project(project, read_only=True) as opened:
        if search is not None:
            _list_images(opened, search, as_json=as_json)
            return
        summary = queries.summary(opened)
        work = effort_text.read_work(opened, details=effort)
        history = history_size(opened)
    if as_json:
        more = {"history": asdict(history), "effort": effort_text.as_json(work)}
        typer.echo(json.dumps({**asdict(summary), **more}, indent=2, ensure_ascii=False))
        return
    states = ", ".join(
        f"{count} {state.replace('_', ' ')}" for state, count in summary.images_by_status.items() if count
    )
    problems = f"; {summary.images_with_problem} with a problem" if summary.images_with_problem else ""
    typer.echo(f"{summary.name}: images in {summary.image_root}")
    typer.echo(f"images   {summary.images} ({states or 'none'}){problems}")
    typer.echo(f"regions  {summary.regions}, {summary.regions_named} named, {counted(summary.labels, 'label')}")
    if history.edits:
        typer.echo(f"history  {history_line(history)}")
    if summary.last_run:
        typer.echo(f"last run {summary.last_run.generator} on {summary.last_run.backbone}")
    for line in effort_text.as_lines(work):
        typer.echo(line)
    list_skipped(summary.skipped)


@app.command()
def doctor() -> None:
    """Check versions, Qt, device and bundled files."""
    from acseg_desktop.cli.doctor import check

    checks = list(check())
    for line in checks:
        typer.echo(f"{'ok  ' if line.ok else 'FAIL'} {line.subject:<12} {line.finding}")
    if not all(line.ok for line in checks):
        fail("something is wrong with this installation; see the lines marked FAIL")


def _created_or_opened(folder: Path, images: Path, *, name: str | None = None) -> Project:
    from acseg_core.errors import ImagesNotFoundError
    from acseg_core.images.files import find_images
    from acseg_core.store import create_project, is_project, open_project

    if is_project(folder):
        return open_project(folder)
    found = find_images(images)  # before anything is written
    if not found.paths:
        reason = f" (first: {found.skipped[0].path}: {found.skipped[0].reason})" if found.skipped else ""
        kinds = "choose a folder of JPEG, PNG, TIFF, BMP or WebP files"
        raise ImagesNotFoundError(f"{images}: no images in it{reason}; {kinds}")
    return create_project(folder, image_root=images.resolve(), name=name)


def _list_images(project: Project, search: str, *, as_json: bool) -> None:
    """The paths that a search finds, in display order."""
    from acseg_core.store.queries.image_list import images_by_id, search_images
    from acseg_core.store.queries.image_search import parse

    ids = search_images(project, parse(search))
    records = images_by_id(project, ids)
    paths = [records[image_id].path for image_id in ids]
    if as_json:
        typer.echo(json.dumps(paths, indent=2, ensure_ascii=False))
        return
    for path in paths:
        typer.echo(path)


def _regions_labelled(project: Project, label_name: str) -> list[int]:
    from acseg_core.store import queries

    wanted = queries.label_called(project, label_name)
    if wanted is None:
        raise EditError(f"{project.folder}: there is no label {label_name}; `acseg labels {project.folder}` lists them")
    return queries.label_regions(project, wanted.id)


def _open_window(project: Path | None) -> NoReturn:
    from acseg_desktop.app import run

    sys.exit(run(project))


def _echo_scan(project: Project, report: ScanReport) -> None:
    from acseg_core.store import queries

    total = queries.summary(project).images
    typer.echo(f"{project.folder}: {counted(total, 'image')}, {report.added} new")
    for path in report.changed:
        typer.echo(f"{path}: changed since it was added; its regions are kept, but no longer used", err=True)
    for path in report.missing:
        typer.echo(f"{path}: missing; its regions are kept", err=True)
    for file in report.unreadable:
        typer.echo(f"{file.path}: {file.reason}; its regions are kept", err=True)
    list_skipped(report.skipped)


def _echo_export(report: ExportReport) -> None:
    typer.echo(
        f"{report.path}: {report.annotations} annotations, {report.images} images, {report.categories} categories"
    )
