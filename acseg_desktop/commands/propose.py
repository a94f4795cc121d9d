"""Commands that propose regions, for this image or for many: those that run the model."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from acseg_core.config import SegmenterConfig
from acseg_core.errors import AcsegError
from acseg_core.reports import ProposeReport
from acseg_core.store.edits import surroundings
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.dialogs.lists import SkippedList
from acseg_desktop.dialogs.message import Message, Remedy
from acseg_desktop.dialogs.model_choice import NamedModel
from acseg_desktop.dialogs.propose_form import ProposeForm, remembered_config
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.operations import proposing
from acseg_desktop.operations.models import read_models
from acseg_desktop.operations.proposing import ProposeRequest
from acseg_desktop.pace import PaceMeter, remember_pace
from acseg_desktop.panels.banner import Notice

if TYPE_CHECKING:
    from acseg_core.store.queries.model_queries import ModelRecord

tr = Words("Propose")

logger = logging.getLogger(__name__)


class ProposeCommands:
    """Propose this image, or ask how to propose many."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context

    @property
    def is_running(self) -> bool:
        """Whether long work of models is queued or running; what goes on quietly does not count."""
        return any(job.title for job in self._context.jobs.running(Lane.COMPUTE))

    def this_image(self) -> None:
        """Propose the current image with the settings used last; asks before work is replaced."""
        image_id = self._context.viewer.image_id
        if image_id is None:
            return
        job = self._context.session.read(lambda project: proposing.would_replace(project, image_id), priority=1)
        job.succeeded.connect(lambda touched: self._propose_image(image_id, touched=touched))

    def choose(self) -> None:
        """Ask how to propose."""
        context = self._context
        summary = context.session.summary
        new = summary.images_by_status.get("new", 0) if summary else 0
        some_new = summary is not None and 0 < new < summary.images
        done = summary.images_by_status.get("done", 0) if summary else 0
        image_id = context.viewer.image_id
        form = ProposeForm(context.window, context.preferences, image_id=image_id, only_new=some_new, done=done)
        form.show_counts(images=new + (summary.images_by_status.get("proposed", 0) if summary else 0), new=new)
        form.submitted.connect(self.start)
        context.session.read(surroundings.images_with_room).succeeded.connect(form.show_half_labelled)
        self._offer_models(form)
        self._measure_for(form)
        form.open()

    def _offer_models(self, form: ProposeForm) -> None:
        """The project's own models by their names."""
        open_forms = [form]

        def show(found: Sequence[ModelRecord]) -> None:
            own = [NamedModel(model.name, model.path, model.adopted) for model in found if not model.is_bundled]
            for each in open_forms:  # they may have been read just when it was closed
                each.show_models(own)

        form.finished.connect(lambda _result: open_forms.clear())
        self._context.session.read(read_models, priority=1).succeeded.connect(show)

    def _measure_for(self, form: ProposeForm) -> None:
        """While the form is open, find out how long an image takes with what is chosen, where that is not known yet."""
        context = self._context
        running: list[Job] = []

        def stop() -> None:
            for job in running:
                job.cancel()
            running.clear()

        def measure(config: SegmenterConfig) -> None:
            stop()
            if not context.session.is_open or self.is_running:
                return
            job = proposing.measure(context.session, context.segmenters, config)
            job.on_error(lambda error: logger.info("no pace was measured: %s", error), of=AcsegError)

            def show(seconds: float | None) -> None:
                if job in running:  # it may have been ready just when the form was closed
                    form.show_pace(config, seconds)

            job.succeeded.connect(lambda seconds: self._keep_pace(config, seconds))
            job.succeeded.connect(show)
            job.failed.connect(lambda _error: show(None))
            running.append(job)
            form.is_measuring = True

        form.unmeasured.connect(measure)
        form.finished.connect(stop)
        form.ask_for_pace()

    def _keep_pace(self, config: SegmenterConfig, seconds: float | None) -> None:
        if seconds is not None:
            remember_pace(self._context.preferences, config, seconds)

    def start(self, request: ProposeRequest) -> Job:
        """Start; the images are shown as they are finished."""
        self._context.banners.hint.show_notice(None)
        job = proposing.propose(self._context.session, self._context.segmenters, request)
        meter, preferences = PaceMeter(), self._context.preferences
        job.progressed.connect(meter.note)
        job.finished.connect(
            lambda: remember_pace(preferences, request.config, meter.seconds) if meter.seconds is not None else None
        )
        job.succeeded.connect(self._on_proposed)
        job.cancelled.connect(lambda: self._context.say(tr("Cancelled; finished work is kept")))
        job.finished.connect(self._context.refresh)
        self._context.refresh()
        return job

    def _propose_image(self, image_id: int, *, touched: bool) -> None:
        request = ProposeRequest(remembered_config(self._context.preferences), (image_id,), replace=touched)
        if not touched:
            self.start(request)
            return
        Message(
            self._context.window,
            title=tr("Replace your work on this image?"),
            text=tr(
                "You have named or merged regions of this image. New proposals replace them; undo brings them back."
            ),
            remedies=(Remedy(tr("Replace"), lambda: self.start(request), primary=True),),
            tone="warning",
            leave=tr("Keep my work"),
        ).open()

    def _on_proposed(self, report: ProposeReport) -> None:
        kept = ", " + tr("%Ln with your edits left unchanged", report.kept) if report.kept else ""
        if report.done:
            kept += " " + tr("(%Ln of them done)", report.done)
        if report.images or not report.kept:
            regions, images = tr("%Ln region(s)", report.regions), tr("in %Ln image(s)", report.images)
            around = ", " + tr("%Ln of them around labels", report.filled) if report.filled else ""
            self._context.say(f"{regions} {images}{around}{kept}")
        else:
            self._context.say(tr("Nothing to do") + kept)
        if report.skipped:
            count = len(report.skipped)
            text = tr("%Ln image(s) could not be used; the others are done.", count)
            show = (tr("Show…"), lambda: SkippedList(self._context.window, report.skipped).open())
            self._context.banners.project.show_notice(Notice(text, "file-alert-outline", (show,)))
        elif report.notes:
            self._context.banners.project.show_notice(Notice("; ".join(report.notes), "information-outline"))
