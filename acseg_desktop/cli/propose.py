"""`acseg propose` and `acseg recut`: regions for every image, and coarser or finer ones without a model."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping
from dataclasses import replace as replace_in
from typing import TYPE_CHECKING, Annotated, Any

import typer

from acseg_core.config import DEFAULT_BACKBONE, BackboneConfig, SegmenterConfig, TreeConfig
from acseg_desktop.cli.options import (
    BackboneOption,
    BatchOption,
    DeviceChoice,
    DeviceOption,
    EngineChoice,
    FineChoice,
    FineOption,
    InputSizeOption,
    MethodChoice,
    MethodOption,
    OwnGranularityOption,
    ProjectArgument,
    WeightsOption,
)
from acseg_desktop.cli.terminal import counted, fail, follow, granularity_line, list_skipped, opened_project

if TYPE_CHECKING:
    from acseg_core.reports import ProposeReport
    from acseg_core.store import Project
    from acseg_core.workflows.ray_cluster import ClusterOptions


def propose(
    project: ProjectArgument,
    device: DeviceOption = DeviceChoice.AUTO,
    batch: BatchOption = 4,
    method: MethodOption = MethodChoice.TREE,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="NAME|FILE",
            help="A model of the project by its name, bundled, or a model file; the adopted model if left out.",
        ),
    ] = None,
    fine: FineOption = FineChoice.CELLS,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
    only_new: Annotated[
        bool, typer.Option("--only-new", help="Only images without proposals; resumes a stopped run.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also replace what a person has worked on (can be undone).")
    ] = False,
    fill: Annotated[
        bool,
        typer.Option(
            "--fill/--no-fill", help="Propose around labels in images that were labelled before there were proposals."
        ),
    ] = True,
    granularity: OwnGranularityOption = None,
    engine: Annotated[
        EngineChoice,
        typer.Option("--engine", help="Where regions are found: this program, processes beside it, or a Ray cluster."),
    ] = EngineChoice.LOCAL,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="How many processes, or workers of Ray; as many as pay if left out."),
    ] = None,
    address: Annotated[
        str, typer.Option("--address", help='A running Ray cluster: "auto" or HOST:PORT; without, one is started here.')
    ] = "",
    gpus_per_worker: Annotated[
        float,
        typer.Option("--gpus-per-worker", min=0, help="Graphics cards of each worker of Ray, such as 1 or 0.5."),
    ] = 0.0,
    ship_images: Annotated[
        bool, typer.Option("--ship-images", help="Send images to the Ray workers, which do not see the image folder.")
    ] = False,
) -> None:
    """Propose regions for the images.

    Images that a person has worked on are left alone, unless --replace is given. Images into which labels were imported
    or drawn before there were proposals get proposals around these labels, which stay exactly as they are. Images that
    are done stay as they are, too, but suggestions learn from their names. Without --granularity, the first run
    calibrates the project on its images, and images that nobody has touched follow. This always runs the model;
    `acseg recut` makes regions coarser or finer without it. Regions of --method acseg are at their finest at
    granularity 0.5.
    """
    from acseg_core.cpu import usable_cores
    from acseg_core.store import queries
    from acseg_core.workflows import pipeline
    from acseg_core.workflows.models import named_model
    from acseg_core.workflows.ray_cluster import ClusterOptions

    if method is MethodChoice.ACSEG and fine is not FineChoice.CELLS:
        raise typer.BadParameter("--fine is for --method tree; leave it out")
    chosen = BackboneConfig(name=backbone, weights=weights, input_size=input_size, device=device.value, batch=batch)
    config = SegmenterConfig(backbone=chosen, tree=TreeConfig(fine=fine.value), method=method.value)
    if engine is not EngineChoice.RAY and (address or gpus_per_worker or ship_images):
        raise typer.BadParameter("--address, --gpus-per-worker and --ship-images are for --engine ray")
    if engine is EngineChoice.LOCAL and workers is not None:
        raise typer.BadParameter("--workers is for --engine processes and --engine ray")
    with opened_project(project) as opened:
        if model is not None:
            config = replace_in(config, generator=named_model(opened, model))
        options: dict[str, Any] = {"only_new": only_new, "replace": replace, "fill": fill, "granularity": granularity}
        if engine is EngineChoice.RAY:
            cluster = ClusterOptions(address, workers, gpus_per_worker, ship_images)
            report = _on_cluster(opened, config, cluster, options)
        else:
            count = (workers or usable_cores()) if engine is EngineChoice.PROCESSES else None
            report = follow("Proposing regions", pipeline.propose(opened, config, workers=count, **options))
        default = queries.default_granularity(opened)
    list_skipped(report.skipped)
    if granularity is None:
        typer.echo(granularity_line(default), err=True)
    done = f" ({report.done} of them done)" if report.done else ""
    kept = f", {counted(report.kept, 'image')} left alone because a person has worked on them{done}"
    kept = kept if report.kept else ""
    filled = f", {report.filled} of them around labels" if report.filled else ""
    pace = f", {report.seconds / report.images:.2f} s per image" if report.images else ""
    typer.echo(f"{counted(report.regions, 'region')} in {counted(report.images, 'image')}{filled}{kept}{pace}")
    if report.skipped and not report.images:
        fail("none of the images could be used; see the reasons above")


def _on_cluster(
    project: Project, config: SegmenterConfig, cluster: ClusterOptions, options: Mapping[str, Any]
) -> ProposeReport:
    """Propose by the workers of a cluster; what Ray prints of them goes to stderr."""
    from acseg_core.workflows import pipeline
    from acseg_core.workflows.models import with_own_model
    from acseg_core.workflows.ray_engine import RayEngine

    with contextlib.redirect_stdout(sys.stderr), RayEngine(with_own_model(project, config), cluster) as engine:
        follow("Starting workers", engine.start())
        for refused in engine.refused:
            typer.echo(refused, err=True)
        title = f"Proposing regions by {counted(len(engine.workers), 'worker')}"
        return follow(title, pipeline.propose(project, config, engine=engine, **options))


def recut(
    project: ProjectArgument,
    granularity: OwnGranularityOption = None,
) -> None:
    """Make the proposed regions coarser or finer.

    This does not run the model. What a person has worked on is kept.
    """
    from acseg_core.store import queries
    from acseg_core.store.edits import cuts

    with opened_project(project) as opened:
        wanted = queries.default_granularity(opened).granularity if granularity is None else granularity
        changes = follow("Cutting", cuts.recut_images(opened, wanted))
        regions = queries.summary(opened).regions
    typer.echo(f"{counted(len(changes.image_ids), 'image')} recut, {counted(regions, 'region')} in the project")
