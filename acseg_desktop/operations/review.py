"""User verbs on regions and images under review: name, merge, reject, accept."""

from __future__ import annotations

from collections.abc import Collection

from acseg_core.store import Project, queries
from acseg_core.store.edits import merging, review
from acseg_core.store.edits.labels import NewLabel
from acseg_core.types import OpChanges
from acseg_desktop.jobs import Job
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

tr = Words("Work")


def name_regions(session: Session, region_ids: Collection[int], label_id: int | None) -> Job:
    """Give regions a label; None takes their names away."""
    return session.edit(
        lambda project: review.name_regions(project, current_ids(session, project, region_ids), label_id)
    )


def name_regions_as(
    session: Session,
    region_ids: Collection[int],
    name: str,
    *,
    looked_at: bool | None = None,
    is_thing: bool | None = None,
) -> Job:
    """Give regions the label of that name, which is made if there is none; see `review.name_regions_as`."""
    return session.edit(
        lambda project: review.name_regions_as(
            project, current_ids(session, project, region_ids), name, confirmed=looked_at, is_thing=is_thing
        )
    )


def merge_regions(session: Session, region_ids: Collection[int], *, label: int | NewLabel | None = None) -> Job:
    """Make one region of several; with a label, or one that is made if need be, it gets that."""

    def work(project: Project) -> OpChanges | None:
        present = current_ids(session, project, region_ids)
        if len(present) < 2:
            return None  # merged already, by a key pressed twice
        if isinstance(label, NewLabel):
            changes = merging.merge_regions_as(project, present, label.name, is_thing=label.is_thing)
        else:
            changes = merging.merge_regions(project, present, label_id=... if label is None else label)
        (survivor,) = changes.region_ids
        session.merged_into |= {gone: survivor for gone in present if gone != survivor}
        return changes

    return session.edit(work)


def reject_regions(session: Session, region_ids: Collection[int]) -> Job:
    """Say that regions are not worth a label."""
    return session.edit(lambda project: review.reject_regions(project, current_ids(session, project, region_ids)))


def accept_image(session: Session, image_id: int) -> Job:
    """Say that an image is done."""
    return session.edit(lambda project: review.accept_image(project, image_id))


def current_ids(session: Session, project: Project, region_ids: Collection[int]) -> list[int]:
    """The regions meant: one that was merged away after the user saw it is the one it became."""
    if session.merged_into.keys().isdisjoint(region_ids):
        return list(region_ids)
    there = queries.regions_by_id(project, region_ids)
    present: dict[int, None] = {}
    for region_id in region_ids:
        seen: set[int] = set()
        while region_id not in there and region_id in session.merged_into and region_id not in seen:
            seen.add(region_id)
            region_id = session.merged_into[region_id]
            there |= queries.regions_by_id(project, [region_id])
        present[region_id] = None
    return list(present)
