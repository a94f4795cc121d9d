"""`acseg train`: a model of the user's own photos, without labels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from acseg_core.config import DEFAULT_BACKBONE, BackboneConfig
from acseg_desktop.cli.options import (
    BackboneOption,
    DeviceChoice,
    DeviceOption,
    InputSizeOption,
    LabelMapsOption,
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


def train(
    source: Annotated[
        Path, typer.Argument(metavar="PROJECT|DIR", help="Project, or folder with images.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", help="Model file to write.", show_default=False)],
    steps: Annotated[int, typer.Option("--steps", min=1, help="Number of training steps.")] = 1500,
    prototypes: Annotated[
        int, typer.Option("--prototypes", min=1, max=256, help="Largest number of concepts in an image.")
    ] = 8,
    images: Annotated[
        int, typer.Option("--images", min=1, help="Train on at most this many images, chosen at random.")
    ] = 2000,
    label_maps: LabelMapsOption = False,
    resume: Annotated[bool, typer.Option("--resume", help="Continue from the checkpoint beside --out.")] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Random seed.")] = 0,
    device: DeviceOption = DeviceChoice.AUTO,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
) -> None:
    """Train a model on your own photos, without labels.

    Use it with `acseg propose --model`. It contains a projection, by which patches are compared, and a concept
    generator, which is used only with `acseg propose --fine generator`. Fitting a projection takes at least 50 images;
    with fewer, the bundled one is used.
    """
    from platformdirs import user_cache_path

    from acseg_core.store import is_project
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
        with opened_project(source, read_only=True) as opened:
            check_project_outputs(opened, out)
            folder, cache = opened.image_root, opened.cache_dir / "features"
    corpus = Corpus.from_folders([folder], most=images, seed=seed, label_maps=label_maps)
    tell_label_maps(len(corpus.left_out))
    report = follow("Training", train_generator(corpus, out, config, cache=cache, resume=resume))
    list_skipped(report.features.skipped)
    fitted = f", projection fitted to {counted(report.projected, 'image')}" if report.projected else ""
    typer.echo(
        f"{report.path}: {counted(report.steps, 'step')} on {counted(len(corpus.paths), 'image')}, loss "
        f"{report.loss:.4f}{fitted}"
    )
