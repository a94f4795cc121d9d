"""User verbs on many images at once; each is one undo step."""

from __future__ import annotations

from collections.abc import Collection

from acseg_core.store.edits import review, suggestions
from acseg_core.types import ImageStatus
from acseg_desktop.jobs import Job
from acseg_desktop.session import Session


def set_status(session: Session, image_ids: Collection[int], status: ImageStatus) -> Job:
    """Say how far images have come; named regions of those that are done are accepted."""
    return session.edit(lambda project: review.set_image_statuses(project, image_ids, status))


def accept_suggestions(session: Session, image_ids: Collection[int]) -> Job:
    """Give all regions of images the names suggested for them."""
    return session.edit(lambda project: suggestions.accept_suggestions(project, image_ids=image_ids))
