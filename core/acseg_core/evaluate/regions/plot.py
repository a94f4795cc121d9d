"""A picture of a report: quality against the mean number of regions, one line for each method."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from acseg_core.evaluate.regions.report import RegionsReport, Row
from acseg_core.output.atomic_write import storage_error
from acseg_core.output.protected import write_output

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

OURS = "#d1495b"
COLOURS = (
    "#30638e",
    "#edae49",
    "#3c8d5a",
    "#7d5ba6",
    "#8d6a4f",
    "#6b7280",
    "#00798c",
    "#b07aa1",
    "#444444",
    "#6a994e",
)
_MARKERS = "osD^vPX*h"
_CLASS_PANELS = (("miou", "oracle mean IoU"), ("accuracy", "oracle pixel accuracy"))
_SEGMENT_PANELS = (("covering", "segmentation covering"), ("boundary_f", "boundary F"))
STYLE = {
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#9aa0a6",
    "axes.labelcolor": "#333333",
    "xtick.color": "#555555",
    "ytick.color": "#555555",
    "legend.frameon": False,
}


def save_plot(report: RegionsReport, path: Path) -> None:
    """Draw a report into a PNG; its folder is made. Two panels: mIoU and accuracy, or covering and boundary F.

    Raises:
        StorageError: The place cannot be written.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    panels = _CLASS_PANELS if report.has_classes else _SEGMENT_PANELS
    with rc_context(STYLE):
        figure = Figure(figsize=(11, 4.8), layout="constrained")
        FigureCanvasAgg(figure)
        lines = _lines(report)
        for axes, (field, label) in zip(figure.subplots(1, 2), panels, strict=True):
            _draw(axes, lines, field)
            axes.set_xlabel("regions per image (mean, measured)")
            axes.set_ylabel(label)
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside right upper")
        images = f"{len(report.images)} image{'s' if len(report.images) != 1 else ''}"
        figure.suptitle(f"{Path(report.folder).name}: {images}", x=0.01, ha="left", fontweight="bold")
        write_figure(figure, path)


def write_figure(figure: Figure, path: Path) -> None:
    """Write a figure as PNG; its folder is made.

    Raises:
        StorageError: The place cannot be written.
    """
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=160)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(path, error) from error
    with write_output(path, picture=True) as file:
        file.write(drawn.getvalue())


def _lines(report: RegionsReport) -> dict[str, list[Row]]:
    """Rows of each method by ascending count.

    Edges are left to the table, they differ in the band only; and so are ceilings, which have far more regions.
    """
    lines: dict[str, list[Row]] = {}
    for row in report.rows:
        if row.group not in ("edges", "ceilings"):
            lines.setdefault(row.method, []).append(row)
    return {method: sorted(rows, key=lambda row: row.scores.count_mean) for method, rows in lines.items()}


def _draw(axes: Axes, lines: dict[str, list[Row]], field: str) -> None:
    """One panel: ours thick and on top, the ablation dashed; the default cut is ringed."""
    for number, (method, rows) in enumerate(lines.items()):
        ours = method == "ours"
        colour = OURS if ours else COLOURS[(number - 1) % len(COLOURS)]
        known = [(row.scores.count_mean, getattr(row.scores, field), row.target) for row in rows]
        points = [point for point in known if point[1] is not None]
        axes.plot(
            [point[0] for point in points],
            [point[1] for point in points],
            color=colour,
            marker=_MARKERS[number % len(_MARKERS)],
            markersize=7 if ours else 5,
            linewidth=2.6 if ours else 1.4,
            linestyle="--" if rows[0].group == "ablation" else "-",
            zorder=5 if ours else 3,
            label=method,
        )
        if ours:
            default = [point for point in points if point[2] == "default"]
            axes.plot(
                [point[0] for point in default],
                [point[1] for point in default],
                linestyle="none",
                marker="o",
                markersize=14,
                markerfacecolor="none",
                markeredgecolor=colour,
                zorder=6,
                label="our default cut",
            )
    axes.grid(color="#e3e6e8", linewidth=0.8)
    axes.set_axisbelow(True)
