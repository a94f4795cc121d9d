"""Reports of `acseg eval` as tables on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from acseg_core.evaluate.classes.report import ClassesReport
    from acseg_core.evaluate.clicks.report import ClicksReport
    from acseg_core.evaluate.effort.report import EffortReport
    from acseg_core.evaluate.effort.score_table import Point
    from acseg_core.evaluate.regions.paired_bootstrap import Figure
    from acseg_core.evaluate.regions.report import RegionsReport, Row
    from acseg_core.evaluate.regions.scores import Scores
    from acseg_training.retraining import RetrainReport

_TITLES = {
    "methods": "Regions at equal counts",
    "ablation": "Ablation: other leaves under our merges, and flat clusters of our features",
    "edges": "Edges: our leaves and merges, pixels found in other ways (seconds for the pixels alone)",
}
_KEY = (
    "acc: oracle pixel accuracy; band: the same within 3 px of a class boundary; cov: segmentation covering; VI: "
    "variation of information in nats; b-P, b-R, b-F: boundary precision, recall, F by distance; s: without backbone"
)
_SIDES = ("before", "after")
_TABLE_WIDTH = 120
"""Columns that the widest table needs; a narrower terminal breaks lines rather than losing figures."""


def print_regions(report: RegionsReport) -> None:
    """Tables to stdout."""
    console = _console(report)
    for group, title in _TITLES.items():
        rows = [row for row in report.rows if row.group == group]
        if rows:
            console.print(_table(report, rows, title))
    console.print(_KEY)
    if report.leads:
        console.print(_leads(report))
    if any(row.group == "ceilings" for row in report.rows):
        console.print(_ceilings(report))
    if report.recall:
        console.print(_recall(report))
    for each in report.correlations:
        shown = "-" if each.spearman is None else f"{each.spearman:.2f}"
        console.print(f"Spearman of the count with the truth's ({each.truth}), {each.method}: {shown}")


def _table(report: RegionsReport, rows: list[Row], title: str) -> Table:
    """Quality and count side by side; the best of a column is not marked, as counts differ a little."""
    classes = ("mIoU", "acc", "band") if report.has_classes else ()
    table = _empty_table(title, ("target", "method"), ("regions", *classes, "cov", "VI", "b-P", "b-R", "b-F", "s"))
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


def _leads(report: RegionsReport) -> Table:
    """Ours less every other method's; each interval is of one figure by itself."""
    figures: dict[Figure, str] = {"miou": "mIoU", "accuracy": "acc", "covering": "cov"}
    shown = [figure for figure in figures if any(lead.figure == figure for lead in report.leads)]
    table = _empty_table(
        "Ours ahead by (in brackets 95 % of the differences when images are drawn anew, by bootstrap)",
        ("target", "of"),
        tuple(figures[figure] for figure in shown),
    )
    cells = {(lead.target, lead.method, lead.figure): lead for lead in report.leads}
    pairs = list(dict.fromkeys((lead.target, lead.method) for lead in report.leads))
    for (target, method), following in zip(pairs, [*pairs[1:], None], strict=True):
        found = (cells.get((target, method, figure)) for figure in shown)
        texts = (
            "-" if each is None else f"{each.difference:+.3f} ({each.low:+.3f} to {each.high:+.3f})" for each in found
        )
        table.add_row(target, method, *texts, end_section=following is None or following[0] != target)
    return table


def _ceilings(report: RegionsReport) -> Table:
    """From our default cut up to cells: what is lost at each step."""
    table = _empty_table(
        "Ceilings: what is lost where, if all of a region, leaf, patch or cell gets the class of most of its pixels",
        ("given a class",),
        ("per image", "mIoU", "acc", "band"),
    )
    rows = [("regions by default", row) for row in report.rows if (row.method, row.target) == ("ours", "default")]
    for name, row in (*rows, *((row.method, row) for row in report.rows if row.group == "ceilings")):
        scores = row.scores
        figures = (scores.miou, scores.accuracy, scores.band_accuracy)
        count = f"{scores.count_mean:.1f} ± {scores.count_sd:.1f}"
        table.add_row(name, count, *("-" if figure is None else f"{figure:.3f}" for figure in figures))
    return table


def _recall(report: RegionsReport) -> Table:
    """True parts that somebody who walks the trees can find."""
    from acseg_core.evaluate.regions.recall import GOALS, SMALLEST_PART

    table = _empty_table(
        f"Recall: true parts of at least {SMALLEST_PART:.2%} of the image that a node of the tree, or a connected part "
        "of one, meets",
        ("tree", "size of true part"),
        ("nodes", "conn. parts", "true parts", *(f"IoU {goal:g}" for goal in GOALS), "best IoU"),
    )
    for tree in report.recall:
        for band in tree.bands:
            first = band is tree.bands[0]
            counts = (f"{tree.nodes:.0f}", f"{tree.pieces:.0f}") if first else ("", "")
            met = [f"{share:.1%}" for share in band.met] or ["-"] * len(GOALS)
            best = "-" if band.overlap is None else f"{band.overlap:.3f}"
            row = (tree.method if first else "", band.size, *counts, f"{band.parts}", *met, best)
            table.add_row(*row, end_section=band is tree.bands[-1])
    return table


def print_effort(report: EffortReport) -> None:
    """Strategies, naming by cluster, dense propagation, and the assumptions."""
    from acseg_core.evaluate.effort.costs import COSTS
    from acseg_core.evaluate.effort.report import GOAL, MILESTONES

    console = _console(report)
    images = len(report.images)
    console.print(
        f"{report.regions} regions ({report.regions / images:.1f} per image), {report.instances} masks by hand"
    )
    figures = (*("actions", "s", "acc/mIoU") * 2, "s", "acc/mIoU", f"s to {GOAL:.0%}")
    title = "Strategies: everything named first (by machine too); everything has its best name; split and brushed"
    table = _empty_table(title, ("strategy",), figures)
    for curve in report.curves:
        steps = [_effort(point) for point in (curve.named, curve.checked, curve.end)]
        goal = "not reached" if curve.goal is None else f"{curve.goal.seconds:.0f}"
        table.add_row(curve.strategy, *steps[0], *steps[1], *steps[2][1:], goal)
    console.print(table)
    times = tuple(f"{seconds} s per image" for seconds in MILESTONES)
    milestones = _empty_table("Accuracy and mean IoU on the way", ("strategy",), times)
    for curve in report.curves:
        milestones.add_row(curve.strategy, *map(_quality, curve.milestones))
    console.print(milestones)
    clusters = _empty_table(
        "Naming clusters instead of regions, then a look at doubtful names, or (without looks) the sure ones renamed",
        ("names", "splits", "looks", "renamed"),
        ("s", "of names", "acc/mIoU", "of accuracy", "of mIoU"),
    )
    for share in report.clusters:
        quality = f"{share.accuracy:.3f}/{share.miou:.3f}"
        ratios = (f"{share.of_accuracy:.1%}", f"{share.of_miou:.1%}")
        counts = (share.names, share.splits, share.looks, share.renamed)
        clusters.add_row(*map(str, counts), f"{share.seconds:.0f}", f"{share.of_names:.1%}", quality, *ratios)
    console.print(clusters)
    if report.propagation:
        dense = _empty_table(
            "Dense propagation to the remaining images, mean (lowest to highest) over choices of those done",
            ("done", "chosen", "taught by"),
            ("acc", "mIoU"),
        )
        for each in report.propagation:
            dense.add_row(f"{each.accepted}", each.chosen, each.taught, _spread(each.accuracy), _spread(each.miou))
        console.print(dense)
    console.print("Seconds per action: " + ", ".join(f"{name} {seconds:g}" for name, seconds in COSTS.items()))
    for name, seconds in report.references.items():
        console.print(f"{name}: {seconds:.0f} s")


def print_classes(report: ClassesReport) -> None:
    """One row for each method."""
    console = _console(report)
    table = _empty_table(
        f"{report.classes} clusters, one Hungarian assignment for the whole set ({report.occurring} classes occur)",
        ("method",),
        ("parts per image", "mIoU", "acc"),
    )
    for row in report.rows:
        table.add_row(row.method, f"{row.parts:.2f}", _deviation(row.miou), _deviation(row.accuracy))
    console.print(table)
    console.print(
        f"Mean ± standard deviation over {len(report.rows[0].miou)} seeds. "
        "Figures of assignments made image by image are not comparable with these."
    )


def print_clicks(report: ClicksReport) -> None:
    """One row for each way to find things."""
    console = _console(report)
    table = _empty_table(
        f"{report.instances} instances of at least {report.least_share:.2%} of their image; IoU {report.goal:g} wanted",
        ("method",),
        (*(f"{count} click{'s' if count > 1 else ''}" for count in report.clicks), "mIoU", "ms a click"),
    )
    for row in report.rows:
        miou = "/".join(f"{value:.2f}" for value in row.miou)
        table.add_row(row.method, *(f"{share:.1%}" for share in row.reached), miou, f"{row.milliseconds:.0f}")
    console.print(table)
    console.print("Share of the instances found by then. Each further click is in the middle of the worst error.")


def print_retraining(report: RetrainReport) -> None:
    """One row for each half that was trained on, and their mean."""
    from acseg_training.retraining import mean_and_spread, quality

    console = _console(report)
    figure = "mIoU" if report.rows[0].before[report.targets[0]].miou is not None else "covering"
    names = ("seed", "trained", "judged")
    table = _empty_table(
        f"{figure}: bundled > trained, at mean numbers of regions", names, (*report.targets, "verdict")
    )
    for row in report.rows:
        cells = [f"{quality(row.before[name]):.3f} > {quality(row.after[name]):.3f}" for name in report.targets]
        table.add_row(str(row.seed), str(row.trained), str(row.judged), *cells, row.outcome)
    gains = [mean_and_spread(100 * row.gain(name) for row in report.rows) for name in report.targets]
    table.add_row("gain", "", "", *(f"{mean:+.1f} ± {spread:.1f}" for mean, spread in gains), "")
    console.print(table)
    counts = (mean_and_spread(each[report.targets[-1]].count_mean for each in side) for side in _sides(report))
    before, after = (f"{mean:.1f}" for mean, _ in counts)
    steady = [mean_and_spread(row.figures.get(f"{side}_steadiness", 0) for row in report.rows)[0] for side in _SIDES]
    console.print(
        "Verdict: what the comparison without labels says. "
        f"Mean gain {100 * report.mean_gain:+.2f} points. Regions by default: {before} > {after}. Agreement with "
        f"mirrored and cropped views: {steady[0]:.3f} > {steady[1]:.3f}. Training: {report.rows[0].seconds:.0f} s."
    )
    for row in report.rows:
        if row.merges_told:
            console.print(f"Seed {row.seed}: {row.merges_told}.")


def _sides(report: RetrainReport) -> tuple[list[Mapping[str, Scores]], list[Mapping[str, Scores]]]:
    return [row.before for row in report.rows], [row.after for row in report.rows]


def _console(report: RegionsReport | EffortReport | ClassesReport | ClicksReport | RetrainReport) -> Console:
    """Stdout, wide enough; the first line is printed."""
    console = Console(highlight=False, markup=False)
    console.width = max(console.width, _TABLE_WIDTH)
    images = f"{len(report.images)} image{'s' if len(report.images) != 1 else ''}"
    console.print(f"{report.folder}: {images}, {report.kind} truth, {report.run.backbone}, {report.seconds:.0f} s")
    return console


def _empty_table(title: str, names: tuple[str, ...], figures: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False)
    for name in names:
        table.add_column(name, no_wrap=True)
    for figure in figures:
        table.add_column(figure, justify="right", no_wrap=True)
    return table


def _effort(point: Point) -> tuple[str, str, str]:
    return f"{point.actions}", f"{point.seconds:.0f}", _quality(point)


def _quality(point: Point) -> str:
    return f"{point.accuracy:.3f}/{point.miou:.3f}"


def _spread(figures: tuple[float, ...]) -> str:
    if not figures:
        return "-"
    return f"{np.mean(figures):.3f} ({min(figures):.3f} to {max(figures):.3f})"


def _deviation(figures: tuple[float, ...]) -> str:
    return f"{np.mean(figures):.3f} ± {np.std(figures):.3f}"
