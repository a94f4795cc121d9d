"""User verbs on the concept tree: coarser, finer, split, merge upwards."""

from __future__ import annotations

from collections.abc import Collection, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from acseg_core.store import Project, queries
from acseg_core.store.edits import cuts, history, starting_cuts
from acseg_core.types import OpChanges, Progress
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.operations.review import current_ids
from acseg_desktop.session import Session

if TYPE_CHECKING:
    pass

tr = Words("Work")


@dataclass(slots=True)
class CutDrag:
    """One movement of the granularity slider: however many cuts it makes, they are one undo step.

    Attributes:
        image_id: The image that is cut.
        is_over: The handle was let go; the next movement is another one.
        operation_id: The cut made last, taken back before the next one. Store lane only.
        is_begun: A cut of it was asked for already.
    """

    image_id: int
    is_over: bool = False
    operation_id: int | None = None
    is_begun: bool = False


def recut_image(session: Session, granularity: float, *, drag: CutDrag) -> Job:
    """Cut an image's tree at another granularity, in the place of the cut the same movement made before."""

    def work(project: Project) -> OpChanges:
        changes = cuts.recut_image(project, drag.image_id, granularity, instead_of=drag.operation_id)
        drag.operation_id = changes.operation_id
        return changes

    goes_on, drag.is_begun = drag.is_begun, True
    return session.edit(work, goes_on=goes_on)


def step_cut(session: Session, image_id: int, *, finer: bool) -> Job:
    """Make one region more or fewer; the job's first result is how many there are then."""

    def work(project: Project) -> tuple[int, OpChanges]:
        changes = cuts.step_cut(project, image_id, finer=finer)
        return len(queries.regions(project, image_id)), changes

    return session.edit(work)


def recut_images(session: Session, granularity: float) -> Job:
    """Cut all trees at one granularity, as one undo step; not beside a proposal, which makes trees."""
    project = session.require()

    def work() -> Generator[Progress, None, OpChanges]:
        try:
            return (yield from cuts.recut_images(project, granularity))
        finally:
            session.note_changes(project, OpChanges(images=True))

    return session.jobs.submit(Lane.COMPUTE, work, title=tr("Updating all images"))


def follow_default(session: Session, image_ids: Collection[int]) -> Job:
    """Cut those of some images that nobody has touched at the project's default granularity."""
    project = session.require()

    def work() -> Generator[Progress, None, None]:
        changes = yield from starting_cuts.follow_default(project, image_ids)
        if changes.verb:
            session.note_changes(project, changes)

    return session.jobs.submit(Lane.STORE, work)


def reset_default(session: Session) -> Job:
    """Drop what the project's default granularity comes from; a calibration that was dropped comes back."""
    return session.edit(starting_cuts.reset_default)


def split_by_tree(session: Session, region_id: int) -> Job:
    """Make the two regions of one that are below it in the tree."""
    return session.edit(lambda project: cuts.split_by_tree(project, *current_ids(session, project, [region_id])))


def merge_upwards(session: Session, region_id: int) -> Job:
    """Merge a region with what is beside it in the tree."""

    def work(project: Project) -> OpChanges:
        (present,) = current_ids(session, project, [region_id])
        changes = cuts.merge_upwards(project, present)
        if changes.operation_id is not None:
            (survivor,) = changes.region_ids
            session.merged_into |= dict.fromkeys(history.removed_regions(project, changes.operation_id), survivor)
        return changes

    return session.edit(work)
