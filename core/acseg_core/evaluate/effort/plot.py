"""A picture of the simulated annotator's work: quality against seconds and actions, one line for each strategy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from acseg_core.evaluate.effort.report import GOAL, EffortReport
from acseg_core.evaluate.regions.plot import COLOURS, OURS, STYLE, write_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROWS = (("accuracy", "pixel accuracy"), ("miou", "mean IoU"))
_COLUMNS = (("seconds", "seconds per image"), ("actions", "actions per image"))


def save_effort_plot(report: EffortReport, path: Path) -> None:
    """Draw the curves into a PNG; its folder is made.

    Raises:
        StorageError: The place cannot be written.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(figsize=(12, 8), layout="constrained")
        FigureCanvasAgg(figure)
        for panels, (quality, quality_label) in zip(figure.subplots(2, 2, sharex="col"), _ROWS, strict=True):
            for axes, (effort, effort_label) in zip(panels, _COLUMNS, strict=True):
                _draw(axes, report, effort, quality)
                axes.set_ylabel(quality_label)
                if quality == _ROWS[-1][0]:
                    axes.set_xlabel(effort_label)
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside right upper")
        images = f"{len(report.images)} image{'s' if len(report.images) != 1 else ''}"
        figure.suptitle(
            f"{Path(report.folder).name}: {images}, simulated annotator (dots: everything has a name)",
            x=0.01,
            ha="left",
            fontweight="bold",
        )
        write_figure(figure, path)


def _draw(axes: Axes, report: EffortReport, effort: str, quality: str) -> None:
    """One panel; effort on a logarithmic axis, as the strategies differ by orders of magnitude."""
    images = len(report.images)
    for number, curve in enumerate(report.curves):
        colour = OURS if number == 0 else COLOURS[(number - 1) % len(COLOURS)]
        begun = [point for point in curve.points if point.actions > 0]
        axes.plot(
            [getattr(point, effort) / images for point in begun],
            [getattr(point, quality) for point in begun],
            color=colour,
            linewidth=1.8,
            linestyle="--" if curve.strategy.endswith("by hand") else "-",
            label=curve.strategy,
        )
        if curve.named.actions:
            dot = (getattr(curve.named, effort) / images, getattr(curve.named, quality))
            axes.plot(*dot, marker="o", color=colour, markersize=6, linestyle="none")
    axes.set_xscale("log")
    if effort == "seconds":
        for style, (name, seconds) in zip((":", "-.", "--"), report.references.items(), strict=True):
            axes.axvline(max(seconds, 1e-3) / images, color="#6b7280", linewidth=1.1, linestyle=style, label=name)
    if quality == "accuracy":
        axes.axhline(GOAL, color="#9aa0a6", linewidth=0.9)
    axes.set_ylim(0, 1)
    axes.grid(color="#e3e6e8", linewidth=0.8)
    axes.set_axisbelow(True)
