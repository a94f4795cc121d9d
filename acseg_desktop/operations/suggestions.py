"""User verbs on suggested names: make them, spread them over pixels, accept, decline."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from typing import TYPE_CHECKING

from acseg_core.config import SegmenterConfig
from acseg_core.reports import SuggestReport
from acseg_core.store.edits import suggestions
from acseg_core.types import OpChanges, Progress
from acseg_core.verbs import Verb
from acseg_core.workflows import propagation, suggesting
from acseg_core.workflows.models import with_own_model
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.operations.proposing import SegmenterCache, telling_of_images
from acseg_desktop.session import Session

if TYPE_CHECKING:
    pass

tr = Words("Work")


def suggest_names(session: Session, *, title: str) -> Job:
    """Suggest names for unnamed regions from the named ones; without a title, quietly.

    It needs no model, and so does not wait for a proposal of all images to end.
    """
    project = session.require()

    def work() -> Generator[Progress, None, SuggestReport]:

        changes = OpChanges(Verb.SUGGEST_NAMES, images=True)  # stopped half-way, it may have been any image
        try:
            report = yield from suggesting.suggest_for_all(project)
            changes = report.changes
            return report
        finally:
            session.note_changes(project, changes)

    return session.jobs.submit(Lane.DISK, work, title=title)


def propagate(
    session: Session, cache: SegmenterCache, config: SegmenterConfig, *, image_ids: Sequence[int] | None
) -> Job:
    """Suggest partitions of images with names, from the pixels that are named; shown as they are finished."""
    project = session.require()

    def work() -> Generator[Progress, None, SuggestReport]:

        yield Progress(0, 0, "loading the model")
        own = with_own_model(project, config)
        return (
            yield from telling_of_images(
                session,
                project,
                propagation.propagate(project, own, image_ids=image_ids, segmenter=cache.get(own)),
                verb=Verb.SUGGEST_PARTITION,
            )
        )

    return session.jobs.submit(Lane.COMPUTE, work, title=tr("Segmenting from labelled images"))


def accept_suggestions(
    session: Session,
    region_ids: Collection[int] | None,
    *,
    image_id: int | None = None,
    at_least: float = 0.0,
) -> Job:
    """Give regions the names suggested for them: these regions, an image's, or all, where the machine is that sure."""
    return session.edit(
        lambda project: suggestions.accept_suggestions(
            project, region_ids=region_ids, image_id=image_id, at_least=at_least
        )
    )


def decline_suggestions(session: Session, region_ids: Collection[int]) -> Job:
    """Say that suggestions are wrong."""
    return session.edit(lambda project: suggestions.decline_suggestions(project, region_ids))
