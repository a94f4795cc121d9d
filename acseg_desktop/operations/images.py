"""User verbs on many images at once; each is one undo step."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping

from acseg_core.images.band_choice import BandChoice
from acseg_core.store.edits import ingest, remarks, removal, review, suggestions
from acseg_core.store.edits.renderings import choose_for_new_images
from acseg_core.types import ImageStatus, Progress
from acseg_core.workflows.renderings import RenderingReport, change_renderings
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

tr = Words("Images")


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


def change_bands(
    session: Session, choice: BandChoice | None, image_ids: Collection[int] | None, *, is_default: bool
) -> Job:
    """Show images by other bands, or as they were when they were added; all of them if no ids are given.

    They are read on the lane of long reading, and changed when that is done.
    """
    project = session.require()

    def work() -> Generator[Progress, None, RenderingReport]:
        report = yield from change_renderings(project, choice, image_ids)
        if is_default:
            choose_for_new_images(project, choice)
        session.note_changes(project, report.changes)
        return report

    return session.jobs.submit(Lane.DISK, work, title=tr("Reading bands"))


def remove(session: Session, image_ids: Collection[int]) -> Job:
    """Take images out of the project, with their regions."""
    return session.edit(lambda project: removal.remove_images(project, image_ids))


def take_back(session: Session, image_ids: Collection[int]) -> Job:
    """Put removed images back."""
    return session.edit(lambda project: removal.take_back_images(project, image_ids))


def note_problems(session: Session, problems: Mapping[str, str]) -> Job:
    """Note why images cannot be used, by path."""
    return session.edit(lambda project: ingest.mark_problems(project, problems), goes_on=True)
