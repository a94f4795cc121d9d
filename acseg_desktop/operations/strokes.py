"""User verbs of the canvas's tools: what was drawn there goes into the project, as one undo step each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes.dividing import Point
from acseg_core.store import Project
from acseg_core.store.edits import painting, splitting
from acseg_core.types import OpChanges, PixelPatch
from acseg_desktop.canvas.preview import Preview
from acseg_desktop.jobs import Job
from acseg_desktop.operations.review import current_ids
from acseg_desktop.session import Session


def save(session: Session, image_id: int, preview: Preview) -> Job:
    """Give the pixels of a preview to its region, take them from it, or make a region of them.

    The job's first result is the id of a region that was made, or None.
    """
    drawn_id, label_id, erases, patch = preview.region_id, preview.label_id, preview.erases, preview.stroke.patch

    def work(project: Project) -> tuple[int | None, OpChanges]:
        (region_id,) = current_ids(session, project, [drawn_id])
        if erases:
            return None, painting.erase(project, patch, region_id=region_id)
        if region_id > 0:
            return None, painting.paint(project, image_id, patch, region_id=region_id)
        changes = painting.paint_new(project, image_id, patch, label_id=label_id)
        if not changes.region_ids:  # no pixel of it is in the image
            return None, changes
        (made,) = changes.region_ids
        session.merged_into[drawn_id] = made  # for what was drawn on it before its id was known
        return made, changes

    return session.edit(work)


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
