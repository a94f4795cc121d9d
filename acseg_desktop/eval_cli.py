"""`acseg eval`: judge the proposals on labelled images, each protocol with its peers in the same run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from acseg_core.config import DEFAULT_BACKBONE, BackboneConfig, Device, SegmenterConfig

if TYPE_CHECKING:
    from rich.table import Table

    from acseg_core.evaluate.report import RegionsReport, Row
    from acseg_core.evaluate.truth import TruthKind

_PEERS = "kmeans,ward,adaptive-ward,spectral,slic,felzenszwalb"
_TRUTHS = ("auto", "coco", "png", "bsds")
_TITLES = {
    "methods": "Regions at equal counts",
    "ablation": "Ablation: other leaves under our merges, and flat clusters of our features",
    "edges": "Edges: our leaves and merges, pixels found in other ways (seconds for the pixels alone)",
}
_KEY = (
    "acc: oracle pixel accuracy; band: the same within 3 px of a class boundary; cov: segmentation covering; VI: "
    "variation of information in nats; b-P, b-R, b-F: boundary precision, recall, F by distance; s: without backbone"
)
_TABLE_WIDTH = 120
"""What the widest table needs; a narrower terminal breaks lines rather than losing figures."""

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


def _device(text: str) -> str:
    return _one_of(get_args(Device), text)


def _size(text: str) -> int:
    from acseg_desktop.cli import _input_size

    return _input_size(text)


@eval_app.command("regions")
def regions(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="Holds images/ and their ground truth.", show_default=False),
    ],
    truth: Annotated[
        str, typer.Option("--truth", callback=_truth, help="Form of the ground truth: auto, coco, png or bsds.")
    ] = "auto",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="At most so many images, spread evenly over the set.")
    ] = None,
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
    input_size: Annotated[
        int,
        typer.Option(
            "--input-size",
            parser=_size,
            metavar="fast|balanced|fine|N",
            help="Model's input: 336, 448 or 672 pixels square, or that many.",
        ),
    ] = "balanced",  # type: ignore[assignment]  # goes through the parser too
    model: Annotated[Path | None, typer.Option("--model", help="Generator made by `acseg train`.")] = None,
    backbone: Annotated[str, typer.Option("--backbone", help="timm name of a vision transformer.")] = DEFAULT_BACKBONE,
    weights: Annotated[Path | None, typer.Option("--weights", help="safetensors file of the backbone.")] = None,
    device: Annotated[
        str, typer.Option("--device", callback=_device, help="Where the model runs: auto, cpu, cuda or mps.")
    ] = "auto",
    batch: Annotated[int, typer.Option("--batch", min=1, help="Images in one forward pass, at most.")] = 4,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Of everything random.")] = 0,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write every figure to this file.")] = None,
    plot_file: Annotated[Path | None, typer.Option("--plot", help="Draw quality against count into this PNG.")] = None,
) -> None:
    """Compare regions with those of other methods at equal mean counts, on images with a ground truth.

    DIR/images holds the images. Beside it: COCO instances (a .json file), labels/NAME.png of class indices (with
    classes.json), or segmentations/NAME.npz or .mat of the regions that people drew. An oracle gives every region the
    class that most of its pixels have. More regions always look better: compare at equal counts only.
    """
    from acseg_core.evaluate.plot import save_plot
    from acseg_core.evaluate.regions import RegionsConfig, evaluate_regions
    from acseg_core.evaluate.report import save_report
    from acseg_core.evaluate.truth import TruthKind
    from acseg_desktop.cli import _follow, _list_skipped

    kind: TruthKind = TruthKind(truth)
    where: Device = next(name for name in get_args(Device) if name == device)
    chosen = BackboneConfig(name=backbone, weights=weights, input_size=input_size, device=where, batch=batch)
    try:
        config = RegionsConfig(
            truth=kind,
            limit=limit,
            counts=_numbers(counts),
            peers=() if peers.strip() == "none" else tuple(name.strip() for name in peers.split(",")),
            ablation=ablation,
            edges=edges,
            seed=seed,
            segmenter=SegmenterConfig(backbone=chosen, generator=model),
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    report = _follow("Comparing regions", evaluate_regions(folder, config))
    _list_skipped(report.skipped)
    if json_file:
        save_report(report, json_file)
    if plot_file:
        save_plot(report, plot_file)
    _print(report)


def _numbers(text: str) -> tuple[int, ...]:
    """Read "4,8,16"; raises ValueError."""
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError as error:
        raise ValueError(f'counts must be whole numbers such as "4,8,16", got "{text}"') from error


def _print(report: RegionsReport) -> None:
    """Tables to stdout."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.width = max(console.width, _TABLE_WIDTH)
    images = f"{len(report.images)} image{'s' if len(report.images) != 1 else ''}"
    console.print(f"{report.folder}: {images}, {report.kind} truth, {report.run.backbone}, {report.seconds:.0f} s")
    for group, title in _TITLES.items():
        rows = [row for row in report.rows if row.group == group]
        if rows:
            console.print(_table(report, rows, title))
    console.print(_KEY)
    for each in report.correlations:
        shown = "-" if each.spearman is None else f"{each.spearman:.2f}"
        console.print(f"Spearman of the count with the truth's ({each.truth}), {each.method}: {shown}")


def _table(report: RegionsReport, rows: list[Row], title: str) -> Table:
    """Quality and count side by side; the best of a column is not marked, as counts differ a little."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False)
    table.add_column("target", no_wrap=True)
    table.add_column("method", no_wrap=True)
    classes = ("mIoU", "acc", "band") if report.has_classes else ()
    for column in ("regions", *classes, "cov", "VI", "b-P", "b-R", "b-F", "s"):
        table.add_column(column, justify="right", no_wrap=True)
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        scores = row.scores
        by_class = (scores.miou, scores.accuracy, scores.band_accuracy) if report.has_classes else ()
        boundary = (scores.boundary_precision, scores.boundary_recall, scores.boundary_f)
        figures = (*by_class, scores.covering, scores.variation, *boundary)
        table.add_row(
            row.target,
            row.method,
            f"{scores.count_mean:.2f} ± {scores.count_sd:.2f}",
            *("-" if figure is None else f"{figure:.3f}" for figure in figures),
            f"{row.seconds:.2f}",
            end_section=following is None or following.target != row.target,
        )
    return table
