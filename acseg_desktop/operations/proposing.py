"""Proposing regions: the request, the model that is kept between two of them, and the work on the compute lane."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from acseg_core.config import SegmenterConfig
from acseg_core.reports import ProposeReport
from acseg_core.store import Project, queries
from acseg_core.store.edits import ingest, surroundings
from acseg_core.types import OpChanges, Progress
from acseg_core.verbs import Verb
from acseg_core.workflows import local_engine, pipeline
from acseg_core.workflows.models import with_own_model
from acseg_core.workflows.pace import measure_pace
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

tr = Words("Work")

_ReportT = TypeVar("_ReportT")


@dataclass(frozen=True, slots=True)
class ProposeRequest:
    """What to propose, and how.

    Attributes:
        config: Model settings.
        image_ids: These images only; None is the whole project.
        only_new: Leave images that have proposals alone.
        replace: Also images a person has worked on.
    """

    config: SegmenterConfig
    image_ids: tuple[int, ...] | None = None
    only_new: bool = False
    replace: bool = False


def would_replace(project: Project, image_id: int) -> bool:
    """Whether new proposals of an image can only take the place of what somebody did; around labels there is room."""
    return ingest.has_user_work(project, image_id) and image_id not in surroundings.images_with_room(project)


class SegmenterCache:
    """Keeps the last segmenter; used on the compute lane only."""

    def __init__(self) -> None:
        self._config: SegmenterConfig | None = None
        self._segmenter: Segmenter | None = None

    def get(self, config: SegmenterConfig) -> Segmenter:
        """Load the segmenter of ``config``, or return the one that is loaded.

        Raises:
            ModelError: It cannot be loaded.
        """
        if self._segmenter is None or config != self._config:
            self._segmenter = None
            self._segmenter = local_engine.load_segmenter(config)
            self._config = config
        return self._segmenter


def propose(session: Session, cache: SegmenterCache, request: ProposeRequest) -> Job:
    """Propose regions; images are shown as they are finished."""
    project = session.require()
    return session.jobs.submit(
        Lane.COMPUTE, lambda: proposing(session, project, cache, request), title=tr("Proposing regions")
    )


def proposing(
    session: Session, project: Project, cache: SegmenterCache, request: ProposeRequest
) -> Generator[Progress, None, ProposeReport]:
    """Propose, and tell the session of every image that is finished.

    Raises:
        ModelError: The model cannot be loaded.
        ProjectError: The project cannot be written.
    """
    wanted: Sequence[int] | None = request.image_ids
    yield Progress(0, 0 if wanted is None else len(wanted), "loading the model")
    segmenter = cache.get(with_own_model(project, request.config))
    work = pipeline.propose(
        project,
        request.config,
        image_ids=wanted,
        only_new=request.only_new,
        replace=request.replace,
        segmenter=segmenter,
    )
    return (yield from telling_of_images(session, project, work, verb=Verb.PROPOSE))


def measure(session: Session, cache: SegmenterCache, config: SegmenterConfig) -> Job:
    """Find out how long an image takes with a model; quietly, and what is loaded for it stays for the proposal."""
    project = session.require()

    def work() -> Generator[Progress, None, float | None]:
        segmenter = cache.get(with_own_model(project, config))
        yield Progress(0, 0)
        return (yield from measure_pace(project, segmenter))

    return session.jobs.submit(Lane.COMPUTE, work)


def telling_of_images(
    session: Session, project: Project, work: Generator[Progress, None, _ReportT], *, verb: Verb
) -> Generator[Progress, None, _ReportT]:
    """Go through work that names an image's path at each tick, and tell the session of every such image."""
    try:
        while True:
            tick = next(work)
            record = queries.image_by_path(project, tick.message) if tick.message else None
            if record is not None:
                session.note_changes(project, OpChanges(verb, images=True, image_ids=frozenset({record.id})))
            yield tick
    except StopIteration as stop:
        report: _ReportT = stop.value
        return report
    finally:
        work.close()
        session.note_changes(project, OpChanges(verb))
