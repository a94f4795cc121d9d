"""Time and actions spent on a project, as `acseg status` prints them: in lines or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from acseg_core.store import Project
from acseg_core.store.upkeep import timings
from acseg_core.store.upkeep.timings import DayEffort, EffortSummary, ImageEffort
from acseg_desktop.language.durations import clock_text, duration_text, pace_text


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of the work on a project; days and images only where they were asked for."""

    summary: EffortSummary
    days: tuple[DayEffort, ...] = ()
    images: tuple[ImageEffort, ...] = ()


def read_work(project: Project, *, details: bool) -> Work:
    """Read what it took; with ``details`` by day and by image, too."""
    summary = timings.effort_summary(project)
    if not details:
        return Work(summary)
    return Work(summary, tuple(timings.effort_by_day(project)), tuple(timings.effort_by_image(project)))


def as_json(work: Work) -> dict[str, Any]:
    """Everything in numbers: seconds, counts, days and times in ISO 8601."""
    summary = work.summary
    numbers: dict[str, Any] = asdict(summary) | {
        "seconds": summary.seconds,
        "images_left": summary.images_left,
        "seconds_per_image": summary.seconds_per_image,
        "images_per_hour": summary.images_per_hour,
        "seconds_left": summary.seconds_left,
    }
    if work.days or work.images:
        numbers["days"] = [asdict(day) | {"day": day.day.isoformat(), "seconds": day.seconds} for day in work.days]
        numbers["by_image"] = [asdict(each) | {"started_at": each.started_at.isoformat()} for each in work.images]
    return numbers


def as_lines(work: Work) -> Iterator[str]:
    """Lines for a terminal; none where nobody worked yet."""
    summary = work.summary
    if summary.seconds <= 0 and not summary.actions:
        return
    browsing = f", {duration_text(summary.browse_seconds)} in the concept browser" if summary.browse_seconds else ""
    yield f"work     {duration_text(summary.seconds)}, {_actions(summary.actions)}{browsing}"
    per_image, pace, left = summary.seconds_per_image, summary.images_per_hour, summary.seconds_left
    if per_image is not None and pace is not None and left is not None:
        acted = f"{summary.done_actions / summary.images_timed:.1f} actions"
        rest = f"; about {duration_text(left)} for the {summary.images_left:,} left" if summary.images_left else ""
        yield f"pace     {pace_text(pace)}: {duration_text(per_image)} and {acted} per done image{rest}"
    if work.days:
        days = [
            (day.day.isoformat(), clock_text(day.seconds), f"{day.actions:,}", f"{day.images_done:,}")
            for day in work.days
        ]
        yield from _table(("day", "time", "actions", "images done"), days)
    if work.images:
        images = [(clock_text(each.seconds), f"{each.actions:,}", each.status.value, each.path) for each in work.images]
        yield from _table(("time", "actions", "status", "image"), images, left=(2, 3))


def _actions(count: int) -> str:
    return f"{count:,} {'action' if count == 1 else 'actions'}"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, left: tuple[int, ...] = (0,)) -> Iterator[str]:
    """An empty line, then columns as wide as they must be; numbers to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    yield ""
    for row in (head, *rows):
        cells = (
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
