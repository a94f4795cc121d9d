"""Salience: what is in the foreground of images, found by looking at them once more."""

from __future__ import annotations

from collections.abc import Generator

from acseg_core.config import SegmenterConfig
from acseg_core.types import OpChanges, Progress, SkippedFile
from acseg_core.workflows import salience
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.operations.proposing import SegmenterCache
from acseg_desktop.session import Session

tr = Words("Work")


def find_missing_salience(session: Session, cache: SegmenterCache, config: SegmenterConfig) -> Job:
    """Find out what is in the foreground where the salience of an image is not known; its regions stay.

    The job's result is what could not be read.
    """
    project = session.require()

    def work() -> Generator[Progress, None, tuple[SkippedFile, ...]]:
        yield Progress(0, 0, "loading the model")
        segmenter = cache.get(config)
        known = yield from salience.find_salience(project)
        skipped = yield from salience.find_missing_salience(project, config, known, segmenter=segmenter)
        if skipped:
            session.note_changes(project, OpChanges(images=True))
        return skipped

    return session.jobs.submit(Lane.COMPUTE, work, title=tr("Finding the foreground of the images"))
