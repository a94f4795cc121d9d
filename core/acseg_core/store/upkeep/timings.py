"""How long somebody worked, and in how many actions: outside the history, so that undo takes no effort back.

Times are small rows that only ever grow in number. What is asked of them: an image, a day, the whole project.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Table, case, func, insert, select

from acseg_core.store.database import among
from acseg_core.store.project import Project
from acseg_core.store.schema import CHANGE, IMAGE, OPERATION, TimingRow
from acseg_core.types import ImageStatus

_TIMING: Table = TimingRow.metadata.tables["timing"]


class Activity(StrEnum):
    """What somebody worked at."""

    REVIEW = "review"
    """One image, on the canvas."""
    BROWSE = "browse"
    """The clusters of the whole data set, in the concept browser."""


@dataclass(frozen=True, slots=True)
class WorkSpan:
    """A while of work at one thing.

    Attributes:
        image_id: The image, or None when it was about no image.
        activity: What it was.
        started_at: When it began; with a time zone.
        seconds: How long somebody was at it; pauses do not count.
        actions: Edits by hand meanwhile.

    Raises:
        ValueError: Less than nothing, or a time without a zone.
    """

    image_id: int | None
    activity: Activity
    started_at: datetime
    seconds: float
    actions: int = 0

    def __post_init__(self) -> None:
        if not self.seconds >= 0 or self.actions < 0:
            raise ValueError(f"{self.seconds} s and {self.actions} actions: neither can be below 0")
        if self.started_at.tzinfo is None:
            raise ValueError("the start of a span needs a time zone")


@dataclass(frozen=True, slots=True)
class ImageEffort:
    """All work on one image.

    Attributes:
        image_id: Which.
        path: Of the file, relative to the image folder.
        status: How far the image is.
        seconds: On the canvas.
        actions: Edits by hand there.
        started_at: When it was first worked on, UTC.
    """

    image_id: int
    path: str
    status: ImageStatus
    seconds: float
    actions: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class DayEffort:
    """The work of one day.

    Attributes:
        day: Where the asker is.
        review_seconds: On the canvas.
        browse_seconds: In the concept browser.
        actions: Edits by hand.
        images_done: Images that became done that day, and still are.
    """

    day: date
    review_seconds: float
    browse_seconds: float
    actions: int
    images_done: int

    @property
    def seconds(self) -> float:
        """All work of the day."""
        return self.review_seconds + self.browse_seconds


@dataclass(frozen=True, slots=True)
class EffortSummary:
    """All work on a project.

    Attributes:
        review_seconds: On the canvas.
        browse_seconds: In the concept browser.
        actions: Edits by hand.
        images: In the project.
        images_done: How many of them are done.
        images_timed: How many of those were worked on while the clock ran: the others were done elsewhere.
        done_seconds: On the canvas, on those that are done and timed.
        done_actions: Edits by hand there.
    """

    review_seconds: float = 0.0
    browse_seconds: float = 0.0
    actions: int = 0
    images: int = 0
    images_done: int = 0
    images_timed: int = 0
    done_seconds: float = 0.0
    done_actions: int = 0

    @property
    def seconds(self) -> float:
        """All work."""
        return self.review_seconds + self.browse_seconds

    @property
    def images_left(self) -> int:
        """How many images are not done."""
        return self.images - self.images_done

    @property
    def seconds_per_image(self) -> float | None:
        """What an image that is done took on the canvas, on average; None before the first."""
        return self.done_seconds / self.images_timed if self.images_timed else None

    @property
    def images_per_hour(self) -> float | None:
        """Images done in an hour of work, the concept browser included; None before the first."""
        return 3600 * self.images_timed / self.seconds if self.images_timed and self.seconds > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """What the rest would take at the pace of `images_per_hour`; None before the first image is done."""
        pace = self.images_per_hour
        return None if pace is None else 3600 / pace * self.images_left


def record_work(project: Project, spans: Iterable[WorkSpan]) -> None:
    """Save spans of work, all or none; those of neither time nor actions are left out.

    Raises:
        ProjectReadOnlyError: The project is read-only.
        StorageError: The disk is full or failed.
    """
    rows = [
        {
            "image_id": span.image_id,
            "activity": Activity(span.activity).value,
            "started_at": span.started_at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "seconds": round(span.seconds, 3),
            "actions": span.actions,
        }
        for span in spans
        if span.seconds > 0 or span.actions
    ]
    if rows:
        with project.write() as connection:
            connection.execute(insert(_TIMING), rows)


def effort_by_image(project: Project, image_ids: Iterable[int] | None = None) -> list[ImageEffort]:
    """The work on every image that had any, the longest first; of all images, or of those."""
    statement = (
        select(
            IMAGE.c.id,
            IMAGE.c.path,
            IMAGE.c.status,
            func.sum(_TIMING.c.seconds),
            func.sum(_TIMING.c.actions),
            func.min(_TIMING.c.started_at),
        )
        .join(IMAGE, IMAGE.c.id == _TIMING.c.image_id)
        .group_by(IMAGE.c.id)
        .order_by(func.sum(_TIMING.c.seconds).desc(), IMAGE.c.sort_key, IMAGE.c.id)
    )
    if image_ids is not None:
        statement = statement.where(_TIMING.c.image_id.in_(among(image_ids)))
    with project.read() as connection:
        return [
            ImageEffort(id_, path, ImageStatus(status), seconds, actions, datetime.fromisoformat(started_at))
            for id_, path, status, seconds, actions, started_at in connection.execute(statement)
        ]


def effort_by_day(project: Project, *, zone: tzinfo | None = None) -> list[DayEffort]:
    """The work of every day that had any or saw an image done, the first day first.

    Args:
        project: Open.
        zone: Whose days they are; where this computer is when None.
    """
    minute = func.substr(_TIMING.c.started_at, 1, 16)  # all zones differ by whole minutes
    statement = select(minute, _TIMING.c.activity, func.sum(_TIMING.c.seconds), func.sum(_TIMING.c.actions)).group_by(
        minute, _TIMING.c.activity
    )
    seconds: defaultdict[tuple[date, str], float] = defaultdict(float)
    actions: defaultdict[date, int] = defaultdict(int)
    done: defaultdict[date, int] = defaultdict(int)
    with project.read() as connection:
        for at, activity, spent, acted in connection.execute(statement):
            day = datetime.fromisoformat(f"{at}+00:00").astimezone(zone).date()
            seconds[day, activity] += spent
            actions[day] += acted
        for became in _done_at(connection).values():
            done[became.astimezone(zone).date()] += 1
    days = sorted({day for day, _ in seconds} | done.keys())
    return [
        DayEffort(day, seconds[day, Activity.REVIEW], seconds[day, Activity.BROWSE], actions[day], done[day])
        for day in days
    ]


def effort_summary(project: Project) -> EffortSummary:
    """The work on the whole project."""
    is_done = IMAGE.c.status == ImageStatus.DONE.value
    with project.read() as connection:
        spent = connection.execute(
            select(
                _seconds_of(Activity.REVIEW),
                _seconds_of(Activity.BROWSE),
                func.coalesce(func.sum(_TIMING.c.actions), 0),
            )
        ).one()
        images = connection.execute(
            select(func.count(), func.coalesce(func.sum(case((is_done, 1), else_=0)), 0)).select_from(IMAGE)
        ).one()
        finished = connection.execute(
            select(
                func.count(IMAGE.c.id.distinct()),
                func.coalesce(func.sum(_TIMING.c.seconds), 0.0),
                func.coalesce(func.sum(_TIMING.c.actions), 0),
            )
            .join(IMAGE, IMAGE.c.id == _TIMING.c.image_id)
            .where(is_done)
        ).one()
    return EffortSummary(*spent, *images, *finished)


def _seconds_of(activity: Activity) -> ColumnElement[float]:
    return func.coalesce(func.sum(case((_TIMING.c.activity == activity.value, _TIMING.c.seconds), else_=0.0)), 0.0)


def _done_at(connection: Connection) -> dict[int, datetime]:
    """When each image that is done became so; one step for each operation, whatever it did to regions."""
    became = (CHANGE.c.entity == "image") & (CHANGE.c.field == "status") & (CHANGE.c.after == ImageStatus.DONE.value)
    statement = (
        select(CHANGE.c.row_id, func.max(OPERATION.c.created_at))
        .select_from(OPERATION)
        .join(CHANGE, (CHANGE.c.operation_id == OPERATION.c.id) & became)
        .join(IMAGE, IMAGE.c.id == CHANGE.c.row_id)
        .where(~OPERATION.c.undone, IMAGE.c.status == ImageStatus.DONE.value)
        .group_by(CHANGE.c.row_id)
    )
    return {image_id: datetime.fromisoformat(at) for image_id, at in connection.execute(statement)}
