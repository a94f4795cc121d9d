"""`acseg train`: a model of the user's own photos, without labels or with what was accepted in a project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.config import DEFAULT_BACKBONE, BackboneConfig
from acseg_desktop.cli.options import (
    BackboneOption,
    DeviceChoice,
    DeviceOption,
    InputSizeOption,
    LabelMapsOption,
    PresetChoice,
    WeightsOption,
)
from acseg_desktop.cli.terminal import (
    check_outputs,
    check_project_outputs,
    counted,
    follow,
    list_skipped,
    opened_project,
    tell_label_maps,
)

if TYPE_CHECKING:
    from acseg_core.store import Project
    from acseg_training.comparing import Comparison
    from acseg_training.corpus import Corpus
    from acseg_training.settings import TrainingConfig
    from acseg_training.training import TrainingReport


_UNNAMED = "my images"
"""Name of a project's model that was given none."""

_IN_TRAINING = "in-training.safetensors"
"""File of a project's model until it is one of its models."""


def train(
    source: Annotated[
        Path, typer.Argument(metavar="PROJECT|DIR", help="Project, or folder with images.", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Model file to write. Without it, the model becomes one of the project's; see `acseg models`.",
            show_default=False,
        ),
    ] = None,
    preset: Annotated[
        PresetChoice | None,
        typer.Option(
            "--preset",
            help="quick fits the projection, by which patches are compared, and in a project with 5 accepted images "
            "or more chooses the weights by which regions are merged: minutes. thorough trains a concept "
            "generator too, which takes much longer and is used only with `acseg propose --fine generator`. The "
            "default is quick, or thorough with --steps or --prototypes.",
            show_default=False,
        ),
    ] = None,
    steps: Annotated[
        int | None, typer.Option("--steps", min=1, help="Training steps of the generator.", show_default="1500")
    ] = None,
    prototypes: Annotated[
        int | None,
        typer.Option("--prototypes", min=1, max=256, help="Largest number of concepts in an image.", show_default="8"),
    ] = None,
    images: Annotated[
        int, typer.Option("--images", min=1, help="Use at most this many images, chosen at random.")
    ] = 2000,
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", metavar="GLOB", help="Leave out images with such a path; may be given repeatedly."),
    ] = None,
    hold_out: Annotated[
        float | None,
        typer.Option(
            "--hold-out",
            min=0,
            max=0.9,
            help="Share of the images that the model is judged by and not trained on.",
            show_default="0.2, and 0 with fewer than 28 images",
        ),
    ] = None,
    compare: Annotated[
        bool,
        typer.Option("--compare/--no-compare", help="Compare with the bundled model on the images held out."),
    ] = True,
    name: Annotated[str, typer.Option("--name", help="Name of the model; that of its file if left out.")] = "",
    label_maps: LabelMapsOption = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Continue from the checkpoint of a run that was stopped.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Random seed.")] = 0,
    cache_gb: Annotated[
        float, typer.Option("--cache-gb", min=0, help="Disk space that the feature cache may take, in GB.")
    ] = 20.0,
    device: DeviceOption = DeviceChoice.AUTO,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
) -> None:
    """Train a model on your own photos, with or without labels.

    Use it with `acseg propose --model`. It is compared with the bundled model on images that it was not trained on. If
    the comparison finds no gain, keep the bundled one.
    """
    from platformdirs import user_cache_path

    from acseg_core.store import is_project
    from acseg_training.corpus import Corpus
    from acseg_training.settings import chosen_settings

    chosen = BackboneConfig(name=backbone, weights=weights, input_size=input_size, device=device.value)
    try:
        config = chosen_settings(
            chosen,
            preset=None if preset is None else preset.value,
            steps=steps,
            prototypes=prototypes,
            seed=seed,
            hold_out=hold_out,
            cache_budget=round(cache_gb * 1024**3),
            compared=None if compare else 0,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    said = hold_out is not None
    patterns = exclude or []
    if not is_project(source):
        if out is None:
            raise typer.BadParameter("give the model file to write, unless you train for a project", param_hint="--out")
        check_outputs(out)
        corpus = Corpus.from_folders([source], most=images, seed=seed, label_maps=label_maps, exclude=patterns)
        tell_label_maps(len(corpus.left_out))
        cache = user_cache_path("acseg-desktop", appauthor=False) / "features"
        _train(corpus, out, config, cache=cache, resume=resume, name=name, said=said)
        return
    with opened_project(source, read_only=True) as opened:
        target = _own_place(opened) if out is None else out
        check_outputs(target)
        check_project_outputs(opened, target)
        corpus = Corpus.from_project(opened, most=images, seed=seed, exclude=patterns)
        shown = name or (_UNNAMED if out is None else "")
        _train(corpus, target, config, cache=opened.cache_dir / "features", resume=resume, name=shown, said=said)
    if out is None:
        _add(source, target)


def _own_place(project: Project) -> Path:
    """Where a model of the project is written before it becomes one of its models; a stopped run is found there again.

    Raises:
        StorageError: There can be no such folder.
    """
    from acseg_core.output.atomic_write import storage_error
    from acseg_core.store.queries.model_queries import MODELS

    folder = project.folder / MODELS
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise storage_error(folder, error) from error
    return folder / _IN_TRAINING


def _add(folder: Path, path: Path) -> None:
    """Make a model one of a project's.

    Raises:
        ProjectError: The project cannot be written just now; the file stays, and the message says what to do with it.
    """
    from acseg_core.errors import ProjectError
    from acseg_core.store.edits.models import add_model

    try:
        with opened_project(folder) as opened:
            added = add_model(opened, path)
    except ProjectError as error:
        typer.echo(f"the model is kept in {path}; add it later with `acseg models {folder} --add {path}`", err=True)
        raise error
    typer.echo(f"now one of the project's models: `acseg models {folder} --adopt '{added.name}'` proposes with it")


def _train(
    corpus: Corpus, out: Path, config: TrainingConfig, *, cache: Path, resume: bool, name: str, said: bool
) -> None:
    """Train, and tell what came of it; ``said`` is whether the share held out was asked for."""
    from acseg_training.holding_out import holding_out, usual_share
    from acseg_training.training import train as train_model

    share = config.hold_out if said else usual_share(len(corpus), config.hold_out)
    trained_on, held_out = follow("Choosing images to judge by", holding_out(corpus, share, seed=config.seed))
    work = train_model(trained_on, out, config, cache=cache, resume=resume, held_out=held_out, name=name)
    report = follow("Training", work)
    list_skipped(report.skipped)
    typer.echo(_told(report, len(trained_on)))
    if report.comparison is not None:
        typer.echo(_compared(report.comparison))


def _told(report: TrainingReport, count: int) -> str:
    told = []
    if report.projected:
        told.append(f"projection fitted to {counted(report.projected, 'image')}")
    if report.merges is not None:
        told.append(report.merges.told)
    if report.steps:
        told.append(f"{counted(report.steps, 'step')} on {counted(count, 'image')}, loss {report.loss:.4f}")
    place = report.card.name if report.path.name == _IN_TRAINING else report.path  # which is soon called otherwise
    return f"{place}: {', '.join(told)}"


def _compared(comparison: Comparison) -> str:
    """What the comparison found, and the verdict."""
    figures = comparison.figures()
    names = {
        "regions": "regions an image",
        "steadiness": "agreement between views",
        "agreement": "agreement with accepted regions",
    }
    lines = [
        f"{told}: {before:.3g} with the bundled model, {figures[f'after_{figure}']:.3g} with this one"
        for figure, told in names.items()
        if (before := figures.get(f"before_{figure}")) is not None
    ]
    return "\n".join([f"on {counted(len(comparison.images), 'image')} held out:", *lines, comparison.verdict])
