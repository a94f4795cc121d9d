"""Commands on suggested names: accept, decline, spread; and their refreshing in the background."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QTimer

from acseg_core.reports import SuggestReport
from acseg_core.store import queries
from acseg_core.store.queries import cluster_queries
from acseg_core.types import ImageRecord, OpChanges, Region, RegionStatus
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.dialogs.class_list_form import ClassListForm
from acseg_desktop.dialogs.lists import SkippedList
from acseg_desktop.dialogs.propose_form import remembered_config
from acseg_desktop.dialogs.suggestion_form import AcceptSuggestionsForm, Confidences
from acseg_desktop.jobs import Job
from acseg_desktop.language.words import Words
from acseg_desktop.operations import suggestions
from acseg_desktop.operations.class_list import ListRequest, TextModelCache, suggest_from_list
from acseg_desktop.panels.banner import Notice

tr = Words("Suggestions")

_DELAY_MS = 300


class SuggestCommands:
    """What one does with suggestions on the canvas."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context
        self._text_models = TextModelCache()

    @property
    def suggested(self) -> frozenset[int]:
        """The selected regions that have a suggestion."""
        selection = self._context.canvas.selection
        return frozenset(
            each.id for each in self._context.viewer.regions if each.id in selection and is_suggested(each)
        )

    def accept(self) -> None:
        """Give the selected regions the names suggested for them."""
        chosen = self.suggested
        if chosen:
            job = suggestions.accept_suggestions(self._context.session, chosen)
            job.succeeded.connect(lambda _result: self._context.say(_named(len(chosen))))

    def decline(self) -> None:
        """Say that the suggestions of the selected regions are wrong; they are not made again."""
        chosen = self.suggested
        if chosen:
            job = suggestions.decline_suggestions(self._context.session, chosen)
            message = tr("%Ln suggestion(s) declined; undo brings (it,them) back", len(chosen))
            job.succeeded.connect(lambda _result: self._context.say(message))

    def accept_many(self) -> None:
        """Ask which suggestions to accept."""
        context = self._context
        here = np.array([each.confidence or 0.0 for each in context.viewer.regions if is_suggested(each)], np.float32)

        def read(take: Callable[[Confidences], None]) -> None:
            job = context.session.read(queries.suggestion_confidences, priority=1)
            job.succeeded.connect(take)

        form = AcceptSuggestionsForm(context.window, context.preferences, here=here, read_everywhere=read)
        form.submitted.connect(self._accept_above)
        form.open()

    def refresh(self) -> Job:
        """Suggest names for all unnamed regions, from those that are named."""
        job = suggestions.suggest_names(self._context.session, title=tr("Suggesting names"))
        job.succeeded.connect(self._say_suggested)
        return self._tended(job)

    def from_list(self) -> None:
        """Ask for class names, and suggest them by what regions show."""
        context = self._context
        job = context.session.read(lambda project: bool(cluster_queries.clusters(project)), priority=1)
        job.succeeded.connect(self._ask_for_list)

    def spread_here(self) -> Job | None:
        """Suggest a partition of this image, with names, from the images that are done."""
        image_id = self._context.viewer.image_id
        return None if image_id is None else self._spread((image_id,))

    def spread(self) -> Job:
        """Suggest partitions of all images that are not done."""
        return self._spread(None)

    def _ask_for_list(self, has_clusters: bool) -> None:
        context = self._context
        form = ClassListForm(
            context.window,
            context.preferences,
            labels=[label.name for label in context.session.labels.values()],
            image_id=context.viewer.image_id,
            has_clusters=has_clusters,
        )
        form.submitted.connect(self._look_for)
        form.open()

    def _look_for(self, request: ListRequest) -> None:
        job = suggest_from_list(self._context.session, self._text_models, request)
        job.succeeded.connect(self._say_found)
        self._tended(job)

    def spread_in(self, image_ids: tuple[int, ...]) -> Job:
        """Suggest partitions of some images."""
        return self._spread(image_ids)

    def _spread(self, image_ids: tuple[int, ...] | None) -> Job:
        context = self._context
        config = remembered_config(context.preferences)
        job = suggestions.propagate(context.session, context.segmenters, config, image_ids=image_ids)
        job.succeeded.connect(self._say_suggested)
        return self._tended(job)

    def _tended(self, job: Job) -> Job:
        context = self._context
        job.cancelled.connect(lambda: context.say(tr("Cancelled; finished work is kept")))
        job.finished.connect(context.refresh)
        context.refresh()
        return job

    def _accept_above(self, least: float, only_here: bool) -> None:
        context = self._context
        image_id = context.viewer.image_id if only_here else None
        job = suggestions.accept_suggestions(context.session, None, image_id=image_id, at_least=least)
        job.succeeded.connect(self._say_accepted)

    def _say_accepted(self, outcome: tuple[object, OpChanges, object]) -> None:
        count = len(outcome[1].region_ids)
        self._context.say(_named(count) if count else tr("No suggestion is that confident"))

    def _say_suggested(self, report: SuggestReport) -> None:
        if report.learned:
            self._tell(report, none=tr("Nothing to suggest: no unnamed region looks like a named one"))
        else:
            self._tell(report, none=tr("Nothing to suggest: name some regions first"))

    def _say_found(self, report: SuggestReport) -> None:
        self._tell(report, none=tr("No unnamed region looks like anything in the list"))

    def _tell(self, report: SuggestReport, *, none: str) -> None:
        count = report.regions
        if count or not report.forgotten:
            self._context.say(tr("%Ln region(s) with a suggested name", count) if count else none)
        if report.forgotten:
            self._context.banners.project.show_notice(Notice(_forgotten(report)))
        if report.skipped:
            files = len(report.skipped)
            text = tr("%Ln image(s) could not be used; the others are done.", files)
            show = (tr("Show…"), lambda: SkippedList(self._context.window, report.skipped).open())
            self._context.banners.project.show_notice(Notice(text, "file-alert-outline", (show,)))


class SuggestionRefresher(QObject):
    """Suggests anew after edits that name something: never two at once, and one for all edits meanwhile.

    Names given one by one wait until one goes on to another image, so that what is looked at stays as it is.
    """

    def __init__(self, context: CommandContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._job: Job | None = None
        self._is_wanted = self._is_owed = self._has_new_regions = False
        self._image_id: int | None = None
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._start)
        context.session.changed.connect(self._on_changed)
        context.viewer.image_shown.connect(self._on_image)
        context.session.closing.connect(self._forget)
        context.jobs.idle.connect(self._on_idle)

    @property
    def is_busy(self) -> bool:
        """Whether suggestions are being made, or soon will be."""
        return self._timer.isActive() or self._job is not None

    def _on_changed(self, changes: OpChanges) -> None:
        self._is_owed |= changes.verb.gives_names
        self._has_new_regions |= changes.verb.makes_regions
        if changes.verb.settles_names:
            self._want()

    def _on_image(self, record: ImageRecord) -> None:
        is_another, self._image_id = record.id != self._image_id, record.id
        if is_another and self._is_owed:
            self._want()

    def _on_idle(self) -> None:
        if self._has_new_regions and self._context.session.labels:
            self._want()

    def _want(self) -> None:
        if self._context.session.can_edit:
            self._is_wanted = True
            self._timer.start()

    def _start(self) -> None:
        session = self._context.session
        if self._job is not None or not self._is_wanted or not session.can_edit:
            return
        self._is_wanted = self._is_owed = self._has_new_regions = False
        self._job = suggestions.suggest_names(session, title="")
        self._job.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self._job = None
        if self._is_wanted:
            self._timer.start()

    def _forget(self) -> None:
        self._timer.stop()
        self._is_wanted = self._is_owed = self._has_new_regions = False
        self._image_id = None


def is_suggested(region: Region) -> bool:
    """Whether the machine proposes a name for a region that has none."""
    return region.status is RegionStatus.SUGGESTED and region.suggestion_id is not None


def _named(count: int) -> str:
    return tr("%Ln region(s) named as suggested", count)


def _forgotten(report: SuggestReport) -> str:
    """What became of names that went while it ran."""
    message = [
        tr("%Ln label(s) deleted or merged in the meantime, no longer suggested: {names}.", len(report.forgotten))
    ]
    if report.kept:
        message.append(tr("%Ln image(s) (was,were) left unchanged.", report.kept))
    return " ".join(message).format(names=", ".join(report.forgotten))
