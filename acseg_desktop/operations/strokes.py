"""User verbs of the canvas's tools: what was drawn there goes into the project, as one undo step each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes.dividing import Point
from acseg_core.store import Project, queries
from acseg_core.store.edits import painting, splitting
from acseg_core.types import OpChanges, PixelPatch, RegionStatus
from acseg_desktop.canvas.preview import Preview
from acseg_desktop.jobs import Job
from acseg_desktop.operations import scene_tiles
from acseg_desktop.operations.review import current_ids
from acseg_desktop.session import Session


def save(session: Session, image_id: int, preview: Preview) -> Job:
    """Give the pixels of a preview to its region, take them from it, or make a region of them.

    What of them is in other tiles of the scene goes to regions there, in the same undo step: to one that is linked to
    the region, else to a new one with its label.

    The job's first result is the id of a region that was made, or None.
    """
    drawn_id, label_id, erases, patch = preview.region_id, preview.label_id, preview.erases, preview.stroke.patch

    def work(project: Project) -> tuple[int | None, OpChanges]:
        (region_id,) = current_ids(session, project, [drawn_id])
        if erases:
            return None, painting.erase(project, patch, region_id=region_id)
        patches = scene_tiles.patches_by_tile(project, image_id, patch)
        if len(patches) > 1:
            regions, label = _targets(project, region_id, image_id, label_id)
            changes, given = painting.paint_across(project, patches, regions=regions, label_id=label)
            made = given.get(image_id) if region_id < 0 else None
            if made is not None:
                session.merged_into[drawn_id] = made
            return made, changes
        if region_id > 0:
            return None, painting.paint(project, image_id, patch, region_id=region_id)
        changes = painting.paint_new(project, image_id, patch, label_id=label_id)
        if not changes.region_ids:  # no pixel of it is in the image
            return None, changes
        (made,) = changes.region_ids
        session.merged_into[drawn_id] = made  # for what was drawn on it before its id was known
        return made, changes

    return session.edit(work)


def _targets(
    project: Project, region_id: int, image_id: int, label_id: int | None
) -> tuple[dict[int, int], int | None]:
    """By tile the region that a stroke paints into, and the label of those it makes."""
    if region_id < 0:
        return {}, label_id
    region = queries.regions_by_id(project, [region_id]).get(region_id)
    others = scene_tiles.goes_on_in(project, image_id, region_id)
    is_named = region is not None and region.status is RegionStatus.ACCEPTED
    return others | {image_id: region_id}, region.label_id if region is not None and is_named else None


def split_line(session: Session, region_id: int, points: Sequence[Point]) -> Job:
    """Cut a region in two along a line."""

    def work(project: Project) -> OpChanges:
        (present,) = current_ids(session, project, [region_id])
        return splitting.split_line(project, present, points)

    return session.edit(work)


def take_out(session: Session, image_id: int, thing: PixelPatch) -> Job:
    """Make a region of pixels, taken from whichever regions have them; the job's first result is its id."""

    def work(project: Project) -> tuple[int | None, OpChanges]:
        changes = painting.paint_new(project, image_id, thing, label_id=None)
        return next(iter(changes.region_ids), None), changes

    return session.edit(work)


def find_thing(
    session: Session, image_id: int, this: Sequence[Point], other: Sequence[Point], *, photo: NDArray[np.uint8]
) -> Job:
    """Find the pixels of the thing that was clicked; the job's result is a `PixelPatch`. Nothing is changed.

    Args:
        session: With the project.
        image_id: The image.
        this: Clicks on the thing, in image coordinates.
        other: Clicks on the rest.
        photo: (H, W, 3) uint8 RGB, the image.
    """
    return session.read(
        lambda project: splitting.clicked_thing(project, image_id, this=this, other=other, image=photo), priority=1
    )
