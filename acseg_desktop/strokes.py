"""User verbs of the canvas's tools: what was drawn there goes into the project, as one undo step each."""

from __future__ import annotations

from acseg_core.store import Project, painting
from acseg_core.types import OpChanges
from acseg_desktop.canvas.preview import Preview
from acseg_desktop.jobs import Job
from acseg_desktop.operations import regions_meant
from acseg_desktop.session import Session


def save(session: Session, image_id: int, preview: Preview) -> Job:
    """Give the pixels of a preview to its region, take them from it, or make a region of them.

    The job's first result is the id of a region that was made, or None.
    """
    drawn_id, label_id, erases, patch = preview.region_id, preview.label_id, preview.erases, preview.stroke.patch

    def work(project: Project) -> tuple[int | None, OpChanges]:
        (region_id,) = regions_meant(session, project, [drawn_id])
        if erases:
            return None, painting.erase(project, patch, region_id=region_id)
        if region_id > 0:
            return None, painting.paint(project, image_id, patch, region_id=region_id)
        changes = painting.paint_new(project, image_id, patch, label_id=label_id)
        (made,) = changes.region_ids
        session.merged_into[drawn_id] = made  # for what was drawn on it before its id was known
        return made, changes

    return session.edit(work)
