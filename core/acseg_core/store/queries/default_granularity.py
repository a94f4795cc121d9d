"""The default granularity of a project: where the trees of images that nobody has touched are cut.

It follows what people left images with, as soon as they moved the slider in some of the last ones; else what the
trees of the project's images say (`acseg_core.workflows.calibrating`); else it is that of any project.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from sqlalchemy import Connection, and_, or_, select

from acseg_core.proposals.tree import DEFAULT_GRANULARITY
from acseg_core.store.project import Project
from acseg_core.store.schema import CHANGE, IMAGE, OPERATION
from acseg_core.store.settings import (
    CALIBRATED_GRANULARITY,
    CALIBRATED_IMAGES,
    CHOICES_AFTER,
    USES_CALIBRATION,
    read_setting,
)
from acseg_core.types import DefaultGranularity, GranularitySource, ImageStatus
from acseg_core.verbs import Verb

LAST_IMAGES = 12
"""Images that people worked on last whose granularities count."""

LEAST_MOVED = 3
"""Among them, images whose granularity somebody changed: fewer are exceptions."""

_MOST_ROWS = 4000
"""Changes of images that are looked through, newest first."""

STANDARD = DefaultGranularity(DEFAULT_GRANULARITY, GranularitySource.STANDARD)


def default_granularity(project: Project) -> DefaultGranularity:
    """Where the project's trees are cut at first, and why."""
    chosen = _left_by_people(project)
    if chosen is not None:
        return chosen
    images = read_setting(project, CALIBRATED_IMAGES)
    calibrated = read_setting(project, CALIBRATED_GRANULARITY)
    if images <= 0 or not 0 <= calibrated <= 1:  # the latter in a project file that is damaged
        return STANDARD
    if not read_setting(project, USES_CALIBRATION):
        return replace(STANDARD, images=images)
    return DefaultGranularity(calibrated, GranularitySource.IMAGES, images)


def _left_by_people(project: Project) -> DefaultGranularity | None:
    """The median granularity that the last images were left with; None where too few were changed to tell."""
    with project.read() as connection:
        moved, images = _last_worked_on(connection, after=read_setting(project, CHOICES_AFTER))
        if len(moved) < LEAST_MOVED:
            return None
        statement = select(IMAGE.c.granularity).where(IMAGE.c.id.in_(images), IMAGE.c.granularity.is_not(None))
        left = connection.execute(statement).scalars().all()
    if len(left) < LEAST_MOVED:
        return None
    return DefaultGranularity(round(float(median(left)), 2), GranularitySource.PEOPLE, len(left))


def _last_worked_on(connection: Connection, *, after: int) -> tuple[set[int], list[int]]:
    """The images that people worked on last: those whose granularity they changed, and all of them, newest first.

    Images that were left as they were cut count, too: whoever moves the slider in a few images of many that are right
    does not want all others to follow. What changes the status of many images at once is no work on any of them.
    """
    begun = [ImageStatus.IN_REVIEW.value, ImageStatus.DONE.value]
    is_cut = and_(CHANGE.c.field == IMAGE.c.granularity.name, OPERATION.c.verb == Verb.CHANGE_GRANULARITY.value)
    is_begun = and_(CHANGE.c.field == IMAGE.c.status.name, CHANGE.c.after.in_(begun), OPERATION.c.run_id.is_(None))
    has_tree = select(IMAGE.c.id).where(IMAGE.c.id == CHANGE.c.row_id, IMAGE.c.granularity.is_not(None)).exists()
    statement = (
        select(OPERATION.c.id, CHANGE.c.row_id, CHANGE.c.field == IMAGE.c.granularity.name)
        .join(CHANGE, CHANGE.c.operation_id == OPERATION.c.id)
        .where(OPERATION.c.id > after, ~OPERATION.c.undone, CHANGE.c.entity == IMAGE.name, or_(is_cut, is_begun))
        .where(has_tree)
        .order_by(OPERATION.c.id.desc())
        .limit(_MOST_ROWS)
    )
    rows = connection.execute(statement).all()
    begun_by: dict[int, int] = {}
    for operation_id, _, cut in rows:
        begun_by[operation_id] = begun_by.get(operation_id, 0) + (not cut)
    moved: set[int] = set()
    images: dict[int, None] = {}
    for operation_id, image_id, cut in rows:
        if not cut and begun_by[operation_id] > 1:
            continue
        images.setdefault(image_id)
        moved |= {image_id} if cut else set()
        if len(images) == LAST_IMAGES:
            break
    return moved & images.keys(), list(images)
