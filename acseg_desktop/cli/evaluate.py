"""`acseg eval`: judge the proposals on labelled images, each protocol with its peers in the same run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acseg_core.config import DEFAULT_BACKBONE, BackboneConfig, SegmenterConfig
from acseg_desktop.cli.options import (
    DEFAULT_GRANULARITY,
    BackboneOption,
    BatchOption,
    DeviceChoice,
    DeviceOption,
    GranularityOption,
    InputSizeOption,
    ModelOption,
    WeightsOption,
)
from acseg_desktop.cli.terminal import check_outputs, follow, list_skipped

if TYPE_CHECKING:
    from acseg_core.evaluate.truth.truth_set import TruthKind

_PEERS = "kmeans,ward,adaptive-ward,spectral,slic,felzenszwalb"
_TRUTHS = ("auto", "coco", "png", "bsds")
_STRATEGIES = "region,cluster,cluster+doubts,pure-cluster,suggest,cluster+suggest,dense"

eval_app = typer.Typer(name="eval", help="Judge the proposals on labelled images.", no_args_is_help=True)


@eval_app.callback()
def _protocols() -> None:
    """Judge the proposals on labelled images."""


def _one_of(choices: tuple[str, ...], text: str) -> str:
    if text not in choices:
        raise typer.BadParameter(f"must be one of {', '.join(choices)}")
    return text


def _truth(text: str) -> str:
    return _one_of(_TRUTHS, text)


def _class_truth(text: str) -> str:
    return _one_of(_TRUTHS[:-1], text)


FolderArgument = Annotated[
    Path, typer.Argument(metavar="DIR", help="Holds images/ and their ground truth.", show_default=False)
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, help="At most so many images, spread evenly over the set.")
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Of everything random.")]
JsonOption = Annotated[Path | None, typer.Option("--json", help="Write every figure to this file.")]


@eval_app.command("regions")
def regions(
    folder: FolderArgument,
    truth: Annotated[
        str, typer.Option("--truth", callback=_truth, help="Form of the ground truth: auto, coco, png or bsds.")
    ] = "auto",
    limit: LimitOption = None,
    counts: Annotated[
        str, typer.Option("--counts", help="Mean regions per image to compare at; the default cut's is added.")
    ] = "4,8,16",
    peers: Annotated[str, typer.Option("--peers", help="Peers to compare with, or none.")] = _PEERS,
    ablation: Annotated[
        bool, typer.Option("--ablation/--no-ablation", help="Also other leaves, and flat clusters of our features.")
    ] = False,
    edges: Annotated[
        bool, typer.Option("--edges/--no-edges", help="Also edges by enlarging alone and by PAMR.")
    ] = False,
    paper: Annotated[
        Path | None,
        typer.Option("--paper", help="Also the paper's configuration, by a generator trained with --paper."),
    ] = None,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
    model: ModelOption = None,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    device: DeviceOption = DeviceChoice.AUTO,
    batch: BatchOption = 4,
    seed: SeedOption = 0,
    json_file: JsonOption = None,
    plot_file: Annotated[Path | None, typer.Option("--plot", help="Draw quality against count into this PNG.")] = None,
) -> None:
    """Compare regions with those of other methods at equal mean counts, on images with a ground truth.

    DIR/images holds the images. Beside it: COCO instances (a .json file), labels/NAME.png of class indices (with
    classes.json), or segmentations/NAME.npz or .mat of the regions that people drew. An oracle gives every region the
    class that most of its pixels have. More regions always look better: compare at equal counts only.
    """
    from acseg_core.evaluate.regions.plot import save_plot
    from acseg_core.evaluate.regions.protocol import RegionsConfig, evaluate_regions
    from acseg_core.evaluate.regions.report import save_report
    from acseg_core.evaluate.truth.truth_set import TruthKind
    from acseg_desktop.cli import tables

    kind: TruthKind = TruthKind(truth)
    chosen = _segmenter(backbone, weights, input_size=input_size, device=device, batch=batch, model=model)
    try:
        config = RegionsConfig(
            truth=kind,
            limit=limit,
            counts=_numbers(counts, "counts"),
            peers=() if peers.strip() == "none" else tuple(name.strip() for name in peers.split(",")),
            ablation=ablation,
            edges=edges,
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
    truth: Annotated[
        str, typer.Option("--truth", callback=_class_truth, help="Form of the ground truth: auto, coco or png.")
    ] = "auto",
    limit: LimitOption = None,
    granularity: GranularityOption = DEFAULT_GRANULARITY,
    strategies: Annotated[str, typer.Option("--strategies", help="Ways to label the set.")] = _STRATEGIES,
    accepted: Annotated[
        str, typer.Option("--accepted", help="Images that are done before dense propagation.")
    ] = "3,10",
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="Choices of these images.")] = 5,
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
    plot_file: Annotated[Path | None, typer.Option("--plot", help="Draw quality against effort into this PNG.")] = None,
) -> None:
    """Let a simulated annotator label a set in several ways, and time it.

    Looking at an image takes 1 s, a name 2 s, a split 3 s, a stroke of the brush 5 s. Every name is the right one for
    most of its pixels. What has no name counts as wrong; names that are suggested count as they stand.
    """
    from acseg_core.evaluate.effort.plot import save_effort_plot
    from acseg_core.evaluate.effort.protocol import EffortConfig, evaluate_effort
    from acseg_core.evaluate.regions.report import save_report
    from acseg_core.evaluate.truth.truth_set import TruthKind
    from acseg_desktop.cli import tables

    kind: TruthKind = TruthKind(truth)
    chosen = _segmenter(backbone, weights, input_size=input_size, device=device, batch=batch, model=model)
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
    truth: Annotated[
        str, typer.Option("--truth", callback=_class_truth, help="Form of the ground truth: auto, coco or png.")
    ] = "auto",
    limit: LimitOption = None,
    count: Annotated[
        int | None,
        typer.Option("--classes", min=2, max=256, help="Clusters to make; the classes that occur if not given."),
    ] = None,
    granularity: GranularityOption = DEFAULT_GRANULARITY,
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="Of k-means.")] = 5,
    foreground: Annotated[
        bool, typer.Option("--foreground/--no-foreground", help="Also with background told by the model's attention.")
    ] = False,
    peers: Annotated[
        bool, typer.Option("--peers/--no-peers", help="Also k-means and Ward regions, and patches.")
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
    """Cluster all regions into classes without any label, and match them once with the true ones.

    One Hungarian assignment serves the whole set. Figures of assignments made image by image are not comparable.
    """
    from acseg_core.evaluate.classes.protocol import ClassesConfig, evaluate_classes
    from acseg_core.evaluate.regions.report import save_report
    from acseg_core.evaluate.truth.truth_set import TruthKind
    from acseg_desktop.cli import tables

    kind: TruthKind = TruthKind(truth)
    config = ClassesConfig(
        truth=kind,
        limit=limit,
        classes=count,
        granularity=granularity,
        seeds=seeds,
        seed=seed,
        foreground=foreground,
        peers=peers,
        segmenter=_segmenter(backbone, weights, input_size=input_size, device=device, batch=batch, model=model),
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
    counts: Annotated[str, typer.Option("--clicks", help="Numbers of clicks to look at.")] = "1,2,3,5",
    goal: Annotated[float, typer.Option("--iou", help="IoU that is wanted.")] = 0.8,
    least: Annotated[
        float, typer.Option("--least-share", help="Share of its image that an instance has to cover.")
    ] = 0.002,
    input_size: InputSizeOption = "balanced",  # type: ignore[assignment]  # goes through the parser too
    model: ModelOption = None,
    backbone: BackboneOption = DEFAULT_BACKBONE,
    weights: WeightsOption = None,
    device: DeviceOption = DeviceChoice.AUTO,
    batch: BatchOption = 4,
    json_file: JsonOption = None,
) -> None:
    """Let a simulated annotator click COCO instances until they are found, in several ways.

    The first click is in the middle of the instance, each further one in the middle of the worst error. The peer,
    OpenCV's GrabCut, gets clicks by the same rule.
    """
    from acseg_core.evaluate.clicks.protocol import ClicksConfig, evaluate_clicks
    from acseg_core.evaluate.regions.report import save_report
    from acseg_desktop.cli import tables

    chosen = _segmenter(backbone, weights, input_size=input_size, device=device, batch=batch, model=model)
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


def _segmenter(
    backbone: str, weights: Path | None, *, input_size: int, device: DeviceChoice, batch: int, model: Path | None
) -> SegmenterConfig:
    chosen = BackboneConfig(name=backbone, weights=weights, input_size=input_size, device=device.value, batch=batch)
    return SegmenterConfig(backbone=chosen, generator=model)


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
        raise ValueError(f'{what} must be whole numbers such as "4,8,16", got "{text}"') from error
