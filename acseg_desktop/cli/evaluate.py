"""`acseg eval`: judge the proposals on labelled images, each protocol with its peers in the same run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.config import DEFAULT_BACKBONE
from acseg_desktop.cli.options import (
    DEFAULT_GRANULARITY,
    BackboneOption,
    BatchOption,
    ClassTruthChoice,
    ClassTruthOption,
    DeviceChoice,
    DeviceOption,
    FolderArgument,
    GranularityOption,
    InputSizeOption,
    JsonOption,
    LimitOption,
    ModelOption,
    PlotOption,
    PresetChoice,
    SeedOption,
    TruthChoice,
    TruthOption,
    WeightsOption,
    segmenter_config,
)
from acseg_desktop.cli.terminal import check_outputs, follow, list_skipped

if TYPE_CHECKING:
    from acseg_core.evaluate.truth.truth_set import TruthKind

_PEERS = "kmeans,colour-kmeans,ward,adaptive-ward,slic-tokens-ward,spectral,ncut,slic,felzenszwalb"
_STRATEGIES = "region,cluster,cluster+doubts,pure-cluster,suggest,cluster+suggest,dense"

eval_app = typer.Typer(name="eval", help="Evaluate the proposals on images with ground truth.", no_args_is_help=True)


@eval_app.callback()
def _protocols() -> None:
    """Evaluate the proposals on images with ground truth."""


@eval_app.command("regions")
def regions(
    folder: FolderArgument,
    truth: TruthOption = TruthChoice.AUTO,
    limit: LimitOption = None,
    counts: Annotated[
        str,
        typer.Option(
            "--counts",
            help="Mean numbers of regions per image to compare at; that of the default granularity is added.",
        ),
    ] = "4,8,16",
    peers: Annotated[str, typer.Option("--peers", help="Other methods to compare with, or none.")] = _PEERS,
    ablation: Annotated[
        bool,
        typer.Option("--ablation/--no-ablation", help="Also evaluate other leaves, and flat clusters of our features."),
    ] = False,
    edges: Annotated[
        bool, typer.Option("--edges/--no-edges", help="Also evaluate edges found by upscaling alone and by PAMR.")
    ] = False,
    ceilings: Annotated[
        bool,
        typer.Option(
            "--ceilings/--no-ceilings",
            help="Also tell what all leaves, all patches and as many SLIC cells would reach, each given its majority "
            "class.",
        ),
    ] = True,
    recall: Annotated[
        bool,
        typer.Option(
            "--recall/--no-recall",
            help="Also tell which true parts some node of a tree, or a connected part of one, meets.",
        ),
    ] = True,
    paper: Annotated[
        Path | None,
        typer.Option(
            "--paper",
            help="Also evaluate the configuration of the paper, with this generator, made by `python -m "
            "acseg_training --paper`.",
        ),
    ] = None,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
    model: ModelOption = None,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    device: DeviceOption = DeviceChoice.AUTO,
    batch: BatchOption = 4,
    seed: SeedOption = 0,
    json_file: JsonOption = None,
    plot_file: PlotOption = None,
) -> None:
    """Compare regions with those of other methods at equal counts.

    DIR/images contains the images. Beside it is the ground truth: COCO instances (a .json file), label maps of class
    indices (labels/NAME.png, with classes.json), or segmentations drawn by people (segmentations/NAME.npz or NAME.mat).

    An oracle gives each region the class of most of its pixels. More regions always score better, so compare methods
    at equal counts only.

    Peers on tokens: kmeans; ward; adaptive-ward, one tree cut at one height for all images; spectral, which compares
    all patches with each other; ncut, a normalised cut that weighs them by distance too. On pixels: colour-kmeans, by
    colour and place; slic; felzenszwalb. On both: slic-tokens-ward, SLIC cells merged by their mean token and colour.

    True parts are COCO's instances, connected components of classes, or segments drawn by people. A part is met where
    its IoU is at least 0.5, 0.75 or 0.9.
    """
    from acseg_core.evaluate.regions.plot import save_plot
    from acseg_core.evaluate.regions.protocol import RegionsConfig, evaluate_regions
    from acseg_core.evaluate.regions.report import save_report
    from acseg_core.evaluate.truth.truth_set import TruthKind
    from acseg_desktop.cli import tables

    kind: TruthKind = TruthKind(truth.value)
    chosen = segmenter_config(backbone, weights, input_size=input_size, device=device, batch=batch, model=model)
    try:
        config = RegionsConfig(
            truth=kind,
            limit=limit,
            counts=_numbers(counts, "counts"),
            peers=() if peers.strip() == "none" else tuple(name.strip() for name in peers.split(",")),
            ablation=ablation,
            edges=edges,
            ceilings=ceilings,
            recall=recall,
            seed=seed,
            segmenter=chosen,
            paper=paper,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    _check_outputs(folder, json_file, plot_file)
    report = follow("Comparing regions", evaluate_regions(folder, config))
    list_skipped(report.skipped)
    if json_file:
        save_report(report, json_file)
    if plot_file:
        save_plot(report, plot_file)
    tables.print_regions(report)


@eval_app.command("effort")
def effort(
    folder: FolderArgument,
    truth: ClassTruthOption = ClassTruthChoice.AUTO,
    limit: LimitOption = None,
    granularity: GranularityOption = DEFAULT_GRANULARITY,
    strategies: Annotated[str, typer.Option("--strategies", help="Ways of labelling to simulate.")] = _STRATEGIES,
    accepted: Annotated[
        str, typer.Option("--accepted", help="How many images are done before dense propagation.")
    ] = "3,10",
    seeds: Annotated[
        int, typer.Option("--seeds", min=1, help="How many random choices of these images to average over.")
    ] = 5,
    reference: Annotated[
        bool,
        typer.Option("--reference/--no-reference", help="Also propagate from images labelled by hand, pixel by pixel."),
    ] = False,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
    model: ModelOption = None,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    device: DeviceOption = DeviceChoice.AUTO,
    batch: BatchOption = 4,
    seed: SeedOption = 0,
    json_file: JsonOption = None,
    plot_file: PlotOption = None,
) -> None:
    """Time a simulated annotator who labels the images.

    Looking at an image takes 1 s, a name 2 s, a split 3 s, a brush stroke 5 s. Each name is the class of most pixels of
    its region. Pixels without a name count as wrong; suggested names count as they are.
    """
    from acseg_core.evaluate.effort.plot import save_effort_plot
    from acseg_core.evaluate.effort.protocol import EffortConfig, evaluate_effort
    from acseg_core.evaluate.regions.report import save_report
    from acseg_core.evaluate.truth.truth_set import TruthKind
    from acseg_desktop.cli import tables

    kind: TruthKind = TruthKind(truth.value)
    chosen = segmenter_config(backbone, weights, input_size=input_size, device=device, batch=batch, model=model)
    try:
        config = EffortConfig(
            truth=kind,
            limit=limit,
            granularity=granularity,
            strategies=tuple(dict.fromkeys(name.strip() for name in strategies.split(","))),
            accepted=_numbers(accepted, "accepted"),
            seeds=seeds,
            reference=reference,
            seed=seed,
            segmenter=chosen,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    _check_outputs(folder, json_file, plot_file)
    report = follow("Simulating", evaluate_effort(folder, config))
    list_skipped(report.skipped)
    if json_file:
        save_report(report, json_file)
    if plot_file:
        save_effort_plot(report, plot_file)
    tables.print_effort(report)


@eval_app.command("classes")
def classes(
    folder: FolderArgument,
    truth: ClassTruthOption = ClassTruthChoice.AUTO,
    limit: LimitOption = None,
    count: Annotated[
        int | None,
        typer.Option(
            "--classes", min=2, max=256, help="Number of clusters. Default: the number of classes that occur."
        ),
    ] = None,
    granularity: GranularityOption = DEFAULT_GRANULARITY,
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="How many runs of k-means to average over.")] = 5,
    foreground: Annotated[
        bool,
        typer.Option(
            "--foreground/--no-foreground",
            help="Also evaluate with foreground and background told apart by the attention of the model.",
        ),
    ] = False,
    peers: Annotated[
        bool,
        typer.Option(
            "--peers/--no-peers",
            help="Also evaluate ACSeg as published, k-means, spectral and Ward regions, and single patches.",
        ),
    ] = True,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
    model: ModelOption = None,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    device: DeviceOption = DeviceChoice.AUTO,
    batch: BatchOption = 4,
    seed: SeedOption = 0,
    json_file: JsonOption = None,
) -> None:
    """Cluster regions into classes without labels, and score them.

    Clusters are matched with the true classes once, by one Hungarian assignment for the whole set. Figures from
    assignments made image by image cannot be compared with these.

    kmeans and ward make as many regions as ours on average; kmeans-5, spectral-5 and ward-5 make five in every image,
    as the paper does; acseg chooses their number, up to five.
    """
    from acseg_core.evaluate.classes.protocol import ClassesConfig, evaluate_classes
    from acseg_core.evaluate.regions.report import save_report
    from acseg_core.evaluate.truth.truth_set import TruthKind
    from acseg_desktop.cli import tables

    kind: TruthKind = TruthKind(truth.value)
    config = ClassesConfig(
        truth=kind,
        limit=limit,
        classes=count,
        granularity=granularity,
        seeds=seeds,
        seed=seed,
        foreground=foreground,
        peers=peers,
        segmenter=segmenter_config(backbone, weights, input_size=input_size, device=device, batch=batch, model=model),
    )
    _check_outputs(folder, json_file)
    report = follow("Finding classes", evaluate_classes(folder, config))
    list_skipped(report.skipped)
    if json_file:
        save_report(report, json_file)
    tables.print_classes(report)


@eval_app.command("clicks")
def clicks(
    folder: FolderArgument,
    limit: LimitOption = None,
    counts: Annotated[str, typer.Option("--clicks", help="Numbers of clicks to report.")] = "1,2,3,5",
    goal: Annotated[float, typer.Option("--iou", help="IoU at which an instance counts as found.")] = 0.8,
    least: Annotated[
        float, typer.Option("--least-share", help="Leave out instances that cover less than this share of their image.")
    ] = 0.002,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
    model: ModelOption = None,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    device: DeviceOption = DeviceChoice.AUTO,
    batch: BatchOption = 4,
    json_file: JsonOption = None,
) -> None:
    """Count the clicks that a simulated annotator needs per instance.

    The first click is in the middle of a COCO instance, each further one in the middle of the largest error. GrabCut of
    OpenCV is compared, with clicks chosen by the same rule.
    """
    from acseg_core.evaluate.clicks.protocol import ClicksConfig, evaluate_clicks
    from acseg_core.evaluate.regions.report import save_report
    from acseg_desktop.cli import tables

    chosen = segmenter_config(backbone, weights, input_size=input_size, device=device, batch=batch, model=model)
    try:
        config = ClicksConfig(
            limit=limit, goal=goal, clicks=_numbers(counts, "clicks"), least_share=least, segmenter=chosen
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    _check_outputs(folder, json_file)
    report = follow("Clicking", evaluate_clicks(folder, config))
    list_skipped(report.skipped)
    if json_file:
        save_report(report, json_file)
    tables.print_clicks(report)


@eval_app.command("retrain")
def retrain(
    folder: FolderArgument,
    truth: TruthOption = TruthChoice.AUTO,
    limit: LimitOption = None,
    counts: Annotated[
        str, typer.Option("--counts", help="Mean numbers of regions per image to judge at.")
    ] = "4,8,16,32",
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="How many halves to train on.")] = 3,
    preset: Annotated[
        PresetChoice, typer.Option("--preset", help="Preset of `acseg train` to evaluate.")
    ] = PresetChoice.QUICK,
    accepted: Annotated[
        int, typer.Option("--accepted", min=0, help="Images that count as accepted, with true classes: 0, or 5 to 60.")
    ] = 0,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    device: DeviceOption = DeviceChoice.AUTO,
    seed: SeedOption = 0,
    json_file: JsonOption = None,
) -> None:
    """Train on half of the images, and judge on the others.

    The training sees no labels, but for those of the images that --accepted asks for. The bundled model is judged
    beside it at equal counts. Copies of an image stay on one side. The table also has the verdict that the comparison
    of `acseg train` would give without labels.
    """
    from acseg_core.config import BackboneConfig
    from acseg_core.evaluate.regions.report import save_report
    from acseg_core.evaluate.truth.truth_set import TruthKind
    from acseg_desktop.cli import tables
    from acseg_training.retraining import RetrainConfig, evaluate_retraining
    from acseg_training.settings import chosen_settings

    kind: TruthKind = TruthKind(truth.value)
    chosen = BackboneConfig(name=backbone, weights=weights, input_size=input_size, device=device.value)
    try:
        config = RetrainConfig(
            truth=kind,
            limit=limit,
            counts=_numbers(counts, "counts"),
            seeds=seeds,
            seed=seed,
            training=chosen_settings(chosen, preset=preset.value),
            accepted=accepted,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    _check_outputs(folder, json_file)
    report = follow("Training and judging", evaluate_retraining(folder, config))
    list_skipped(report.skipped)
    if json_file:
        save_report(report, json_file)
    tables.print_retraining(report)


def _check_outputs(folder: Path, json_file: Path | None, plot_file: Path | None = None) -> None:
    from acseg_core.evaluate.truth.ground_truth import refuse_truth
    from acseg_core.store.inputs import refuse_inputs

    check_outputs(json_file, makes_folders=True)
    check_outputs(plot_file, picture=True, makes_folders=True)
    for out in (json_file, plot_file):
        if out is not None:
            refuse_truth(folder, out)
            refuse_inputs(out)


def _numbers(text: str, what: str) -> tuple[int, ...]:
    """Read "4,8,16"; raises ValueError."""
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError as error:
        raise ValueError(f'--{what}: "{text}" is not a list of whole numbers such as "4,8,16"') from error
