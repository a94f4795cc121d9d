"""User verbs on the shapes of regions that need no pointer: each is one undo step."""

from __future__ import annotations

from collections.abc import Callable, Collection

from acseg_core.store import Project
from acseg_core.store.edits import copying, dissolving, outlining, review, splitting
from acseg_core.types import OpChanges
from acseg_desktop.jobs import Job
from acseg_desktop.operations.review import current_ids
from acseg_desktop.session import Session


def split_components(session: Session, region_id: int) -> Job:
    """Make a region of each connected part of one."""

    def work(project: Project) -> OpChanges:
        (present,) = current_ids(session, project, [region_id])
        return splitting.split_components(project, present)

    return session.edit(work)


def keep_together(session: Session, region_ids: Collection[int]) -> Job:
    """Say that the parts of each region are one thing."""
    return _edit_all(session, region_ids, splitting.keep_together)


def resize(session: Session, region_ids: Collection[int], pixels: int) -> Job:
    """Grow regions by so many pixels on all sides, or shrink them where that is below zero."""

    def work(project: Project, present: list[int]) -> OpChanges:
        if pixels < 0:
            return outlining.shrink(project, present, pixels=-pixels)
        return outlining.grow(project, present, pixels=pixels)

    return _edit_all(session, region_ids, work)


def smooth(session: Session, region_ids: Collection[int]) -> Job:
    """Round outlines off."""
    return _edit_all(session, region_ids, outlining.smooth)


def fill_holes(session: Session, region_ids: Collection[int]) -> Job:
    """Give regions what they enclose."""
    return _edit_all(session, region_ids, outlining.fill_holes)


def give_to_neighbours(session: Session, region_ids: Collection[int]) -> Job:
    """Give each region to the neighbour that looks most like it."""
    return _edit_all(session, region_ids, dissolving.give_to_neighbours)


def dissolve(session: Session, region_ids: Collection[int]) -> Job:
    """Divide regions among those around them."""
    return _edit_all(session, region_ids, dissolving.dissolve)


def mark_void(session: Session, region_ids: Collection[int]) -> Job:
    """Say that regions are to be ignored."""
    return _edit_all(session, region_ids, review.mark_void)


def copy_labels(session: Session, *, source_id: int, target_id: int) -> Job:
    """Give regions of an image the labels of those of another that they match."""
    return session.edit(lambda project: copying.copy_labels(project, source_id=source_id, target_id=target_id))


def _edit_all(session: Session, region_ids: Collection[int], work: Callable[[Project, list[int]], OpChanges]) -> Job:
    return session.edit(lambda project: work(project, current_ids(session, project, region_ids)))
