"""The models of a project: listed, renamed, deleted; and another one adopted, with the names that it carries over."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from acseg_core.config import SegmenterConfig
from acseg_core.store import Project, queries
from acseg_core.types import Progress
from acseg_core.verbs import Verb
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.operations.proposing import SegmenterCache, telling_of_images
from acseg_desktop.session import Session

if TYPE_CHECKING:
    from acseg_core.reports import AdoptReport, CarriedName
    from acseg_core.store.queries.model_queries import ModelRecord

tr = Words("Work")


def read_models(project: Project) -> tuple[ModelRecord, ...]:
    """All models, the bundled one first."""
    return tuple(queries.models(project))


def read_stopped(project: Project) -> ModelRecord | None:
    """The model that was put to use and stopped before it was over, as by a crash; used again, it goes on."""
    from acseg_core.workflows.adopting import unfinished

    return unfinished(project)


def rename(session: Session, model_id: int, name: str) -> Job:
    """Give a model another name."""
    from acseg_core.store.edits import models

    return session.edit(lambda project: models.rename_model(project, model_id, name))


def delete(session: Session, model_id: int) -> Job:
    """Delete a model; regions that it proposed stay."""
    from acseg_core.store.edits import models

    return session.edit(lambda project: models.delete_model(project, model_id, force=True))


def carry_names(session: Session, names: Sequence[CarriedName]) -> Job:
    """Keep the names that were approved, and take the others back."""
    from acseg_core.workflows.adopting import carry_names as carry

    return session.edit(lambda project: carry(project, names))


def adopt(session: Session, cache: SegmenterCache, config: SegmenterConfig, model: ModelRecord) -> Job:
    """Use a model from now on, and propose anew with it where nobody has worked."""
    project = session.require()

    def work() -> Generator[Progress, None, AdoptReport]:
        from acseg_core.workflows.adopting import adopt as adopt_model

        yield Progress(0, 0, "loading the model")
        segmenter = cache.get(replace(config, generator=model.path, method="tree"))
        work = adopt_model(project, model.id, segmenter=segmenter)
        return (yield from telling_of_images(session, project, work, verb=Verb.ADOPT_MODEL))

    title = tr("Proposing with “{name}”").format(name=model.name)
    return session.jobs.submit(Lane.COMPUTE, work, title=title)
