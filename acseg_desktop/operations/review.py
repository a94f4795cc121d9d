"""User verbs on regions and images under review: name, merge, reject, accept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from acseg_core.store import Project, queries, settings
from acseg_core.store.edits import merging, review
from acseg_core.store.edits.labels import NewLabel
from acseg_core.types import ImageStatus, OpChanges
from acseg_core.workflows.links import linked_regions
from acseg_desktop.jobs import Job
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

tr = Words("Work")


def name_regions(session: Session, region_ids: Collection[int], label_id: int | None) -> Job:
    """Give regions a label, and in a scene what they are one thing with; None takes only their own names away."""

    def work(project: Project) -> OpChanges:
        present = current_ids(session, project, region_ids)
        chosen = present if label_id is None else linked_regions(project, present)
        return review.name_regions(project, chosen, label_id)

    return session.edit(work)


def name_regions_as(
    session: Session,
    region_ids: Collection[int],
    name: str,
    *,
    looked_at: bool | None = None,
    is_thing: bool | None = None,
) -> Job:
    """Give regions the label of that name, which is made if there is none; see `review.name_regions_as`.

    In a scene what they are one thing with gets it, too. Nobody looked at that, so then no name is confirmed.
    """

    def work(project: Project) -> OpChanges:
        present = current_ids(session, project, region_ids)
        chosen = linked_regions(project, present)
        confirmed = looked_at if len(chosen) == len(present) else False
        return review.name_regions_as(project, chosen, name, confirmed=confirmed, is_thing=is_thing)

    return session.edit(work)


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


class Empty(Enum):
    """What becomes of an image in which nothing is named."""

    ASK = auto()
    """It is done only if that was chosen for the project."""
    ACCEPT = auto()
    ACCEPT_ALWAYS = auto()
    """In this project, from now on."""


@dataclass(frozen=True, slots=True)
class AcceptQuestion:
    """Why an image is not done yet: what a person has to say first.

    Attributes:
        unsure: Regions with suggestions that the machine is not sure enough of; nothing at all is named, if there are
            none.
    """

    unsure: tuple[int, ...] = ()


def accept_image(
    session: Session,
    image_id: int,
    *,
    shown: Mapping[int, int],
    at_least: float,
    unnamed: Collection[int] = (),
    empty: Empty = Empty.ASK,
) -> Job:
    """Say that an image is done, with the suggested names that are shown.

    What it depends on is read when all edits before are committed: a name may have been given by the key before.

    Args:
        session: Its project is open for writing.
        image_id: The image.
        shown: The label that is shown as a suggestion, by region.
        at_least: Confidence, 0..1; suggestions below it are asked about.
        unnamed: Regions that stay without a name.
        empty: What to do where nothing is named then.

    Returns:
        The job; the first of its results is an `AcceptQuestion`, or None where the image is done.
    """

    def work(project: Project) -> tuple[AcceptQuestion | None, OpChanges]:
        done = queries.image(project, image_id).status is ImageStatus.DONE
        regions = queries.regions(project, image_id)
        offered = [each for each in regions if each.id in shown and each.suggestion_id is not None and each.is_open]
        offered = [each for each in offered if each.id not in unnamed]
        unsure = tuple(each.id for each in offered if (each.confidence or 0.0) < at_least)
        if unsure:
            return AcceptQuestion(unsure), OpChanges()
        has_names = bool(offered) or any(each.label_id is not None for each in regions)
        if empty is Empty.ACCEPT_ALWAYS:
            settings.write_setting(project, settings.EMPTY_IS_DONE, True)
        asks = not has_names and not done and empty is Empty.ASK
        if asks and not settings.read_setting(project, settings.EMPTY_IS_DONE):
            return AcceptQuestion(), OpChanges()
        names = {each.id: shown[each.id] for each in offered}
        return None, review.accept_image(project, image_id, names=names, unnamed=unnamed)

    return session.edit(work)


def set_empty_is_done(session: Session, chosen: bool) -> Job:
    """Choose for the project whether images in which nothing is named are accepted unasked."""
    return session.edit(lambda project: settings.write_setting(project, settings.EMPTY_IS_DONE, chosen))


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
