"""User verbs on many images at once; each is one undo step."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from acseg_core.store.edits import ingest, remarks, removal, review, suggestions
from acseg_core.types import ImageStatus
from acseg_desktop.jobs import Job
from acseg_desktop.session import Session


def set_status(session: Session, image_ids: Collection[int], status: ImageStatus) -> Job:
    """Say how far images have come; named regions of those that are done are accepted."""
    return session.edit(lambda project: review.set_image_statuses(project, image_ids, status))


def accept_suggestions(session: Session, image_ids: Collection[int]) -> Job:
    """Give all regions of images the names suggested for them."""
    return session.edit(lambda project: suggestions.accept_suggestions(project, image_ids=image_ids))


def write_comment(session: Session, image_id: int, text: str) -> Job:
    """Note something about an image."""
    return session.edit(lambda project: remarks.write_comment(project, image_id, text))


def set_reviewed(session: Session, image_ids: Collection[int], *, is_reviewed: bool) -> Job:
    """Say that a second person found images right, or take that back."""
    return session.edit(lambda project: remarks.set_reviewed(project, image_ids, is_reviewed=is_reviewed))


def remove(session: Session, image_ids: Collection[int]) -> Job:
    """Take images out of the project, with their regions."""
    return session.edit(lambda project: removal.remove_images(project, image_ids))


def take_back(session: Session, image_ids: Collection[int]) -> Job:
    """Put removed images back."""
    return session.edit(lambda project: removal.take_back_images(project, image_ids))


def note_problems(session: Session, problems: Mapping[str, str]) -> Job:
    """Note why images cannot be used, by path."""
    return session.edit(lambda project: ingest.mark_problems(project, problems), goes_on=True)
