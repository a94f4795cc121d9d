"""Names from a typed list: the request, the text model between two of them, and the work on the compute lane."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from acseg_core.config import TextConfig
from acseg_core.reports import SuggestReport
from acseg_core.types import OpChanges, Progress
from acseg_core.verbs import Verb
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.operations.proposing import telling_of_images
from acseg_desktop.session import Session

if TYPE_CHECKING:
    from acseg_core.nets.text import TextModel
    from acseg_core.workflows.vocabulary import ClassName

tr = Words("Class list")


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What to look for, and where.

    Attributes:
        classes: Names to choose from.
        config: Of the text model.
        image_ids: These images only; None is all that are not done.
        by_cluster: A few looks for every cluster, instead of one for every region.
    """

    classes: tuple[ClassName, ...]
    config: TextConfig
    image_ids: tuple[int, ...] | None = None
    by_cluster: bool = False


class TextModelCache:
    """Keeps the last text model; used on the compute lane only."""

    def __init__(self) -> None:
        self._model: TextModel | None = None

    def get(self, config: TextConfig) -> TextModel:
        """Load the model of ``config``, or return the one that is loaded.

        Raises:
            ModelError: It cannot be had.
        """
        from acseg_core.nets.text import TextModel

        if self._model is None or self._model.config != config:
            self._model = None
            self._model = TextModel(config)
        return self._model


def suggest_from_list(session: Session, cache: TextModelCache, request: ListRequest) -> Job:
    """Suggest names of a list by what regions show; images are shown as they are finished."""
    project = session.require()

    def work() -> Generator[Progress, None, SuggestReport]:
        from acseg_core.workflows import vocabulary

        yield Progress(0, 0, "loading the text model")
        looking = vocabulary.suggest_from_list(
            project,
            request.classes,
            request.config,
            image_ids=request.image_ids,
            by_cluster=request.by_cluster,
            model=cache.get(request.config),
        )
        # Stopped half-way, it may have been any image.
        changes = OpChanges(Verb.SUGGEST_NAMES, labels=True, images=True)
        try:
            report = yield from telling_of_images(session, project, looking, verb=Verb.SUGGEST_NAMES)
            changes = report.changes
            return report
        finally:
            session.note_changes(project, changes)

    return session.jobs.submit(Lane.COMPUTE, work, title=tr("Comparing regions with names"))
