"""Numbers of the statistics: read in one go off the GUI thread, and written as a table for others."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from acseg_core.output.protected import write_output
from acseg_core.store import Project, queries
from acseg_core.store.upkeep import timings
from acseg_core.store.upkeep.timings import DayEffort, EffortSummary, ImageEffort
from acseg_core.types import Label, LabelUsage, ProjectSummary

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Statistics:
    """A project in numbers, at one time."""

    summary: ProjectSummary
    labels: tuple[tuple[Label, LabelUsage], ...]
    effort: EffortSummary
    days: tuple[DayEffort, ...]
    images: tuple[ImageEffort, ...]


def read_statistics(project: Project) -> Statistics:
    """Read everything."""
    usage = queries.label_usage(project, usable_only=True)
    return Statistics(
        summary=queries.summary(project),
        labels=tuple((label, usage.get(label.id, LabelUsage(0, 0, 0))) for label in queries.labels(project)),
        effort=timings.effort_summary(project),
        days=tuple(timings.effort_by_day(project)),
        images=tuple(timings.effort_by_image(project)),
    )


def write_csv(statistics: Statistics, path: Path) -> None:
    """Write a table with the columns group, name, measure, value; English and with points, for programs.

    Raises:
        StorageError: The file cannot be written; one that was there stays as it is.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(("group", "name", "measure", "value"))
    writer.writerows((group, _no_formula(name), measure, value) for group, name, measure, value in _rows(statistics))
    with write_output(path) as out:
        out.write(table.getvalue().encode())


def _no_formula(name: str) -> str:
    """A name that a spreadsheet takes for a text: it runs what begins with these, where a quote before it is hidden."""
    return f"'{name}" if name.lstrip().startswith(_FORMULA) else name


def _rows(statistics: Statistics) -> Iterator[tuple[str, str, str, object]]:
    summary, effort = statistics.summary, statistics.effort
    yield "project", summary.name, "images", summary.images
    yield "project", summary.name, "regions", summary.regions
    yield "project", summary.name, "regions_named", summary.regions_named
    yield "project", summary.name, "seconds", round(effort.seconds, 3)
    yield "project", summary.name, "actions", effort.actions
    for measure in ("seconds_per_image", "images_per_hour", "seconds_left"):
        value = getattr(effort, measure)
        yield "project", summary.name, measure, "" if value is None else round(value, 3)
    for status, count in summary.images_by_status.items():
        yield "images_by_status", status, "images", count
    for status, count in summary.regions_by_status.items():
        yield "regions_by_status", status, "regions", count
    for label, usage in statistics.labels:
        yield "label", label.name, "regions", usage.regions
        yield "label", label.name, "images", usage.images
        yield "label", label.name, "pixels", usage.pixels
    for day in statistics.days:
        yield "day", day.day.isoformat(), "review_seconds", round(day.review_seconds, 3)
        yield "day", day.day.isoformat(), "browse_seconds", round(day.browse_seconds, 3)
        yield "day", day.day.isoformat(), "actions", day.actions
        yield "day", day.day.isoformat(), "images_done", day.images_done
    for image in statistics.images:
        yield "image", image.path, "seconds", round(image.seconds, 3)
        yield "image", image.path, "actions", image.actions
