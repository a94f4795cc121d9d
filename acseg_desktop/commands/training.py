"""Commands of training: asked for, watched, paused, gone on with after a restart, and what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from acseg_core.config import BackboneConfig
from acseg_core.errors import AcsegError, WeightsMismatchError
from acseg_core.store import Project
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.faults import show_error
from acseg_desktop.commands.model_texts import verdict_text
from acseg_desktop.commands.models import ModelCommands
from acseg_desktop.dialogs.message import Message, Remedy
from acseg_desktop.dialogs.propose_form import remembered_config
from acseg_desktop.dialogs.training_form import TrainingForm
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words, percent
from acseg_desktop.operations import training
from acseg_desktop.operations.training import Cost, Trainable, Trained, TrainingFeed, TrainRequest
from acseg_desktop.operations.unfinished_training import UnfinishedTraining, read_unfinished
from acseg_desktop.panels.banner import Notice
from acseg_desktop.panels.models_panel import ModelsPanel
from acseg_desktop.panels.training_panel import SamplePictures, TrainingState, TrainingStatus

tr = Words("Training")

logger = logging.getLogger(__name__)

CURVES = {
    "loss": tr.mark("Loss (falls while it learns)"),
    "validation loss": tr.mark("Loss on the images kept aside"),
    "validation modularity": tr.mark("How clearly parts of an image stand apart"),
    "merges": tr.mark("How much better regions fit those you accepted"),
}


class TrainingCommands(QObject):
    """One training at a time; it runs on the lane of models, and the window stays usable."""

    def __init__(
        self,
        context: CommandContext,
        panel: ModelsPanel,
        *,
        models: ModelCommands,
        selected: Callable[[], tuple[int, ...]],
    ) -> None:
        """Make the commands.

        Args:
            context: What they work with.
            panel: Where a training is seen.
            models: What is done with the model that comes of it.
            selected: Ids of the images that are selected in the list.
        """
        super().__init__(context.window)
        self._context, self._panel, self._models, self._selected = context, panel.training, models, selected
        self._job: Job | None = None
        self._feed = TrainingFeed()
        self._begun: UnfinishedTraining | None = None
        self._status: TrainingStatus | None = None
        self._is_pausing = False
        self._before: dict[str, QImage] = {}
        self._after: dict[str, QImage] = {}
        self._trained: Trained | None = None
        panel.train_requested.connect(self.choose)
        self._panel.pause_requested.connect(self.pause)
        self._panel.resume_requested.connect(self.resume)
        self._panel.cancel_requested.connect(self.cancel)
        self._panel.discard_requested.connect(self.ask_to_discard)
        self._panel.comparison_requested.connect(self.show_comparison)
        context.session.opened.connect(self._on_opened)
        context.session.closing.connect(self._forget)

    @property
    def is_running(self) -> bool:
        """Whether a training is queued or running."""
        return self._job is not None

    def choose(self) -> None:
        """Ask how to train."""
        chosen = self._selected()
        job = self._context.session.read(lambda project: training.read_trainable(project, chosen), priority=1)
        job.succeeded.connect(self._ask)

    def start(self, request: TrainRequest) -> None:
        """Begin a training."""
        self._feed = TrainingFeed()
        self._show_nothing()
        job = training.train(self._context.session, request, self._feed)
        self._watch(TrainingStatus(request.name, TrainingState.RUNNING, has_curves=_has_curves(request)), job)

    def pause(self) -> None:
        """Stop for now: what is learned is kept, and the model is free for proposals."""
        self._is_pausing = True
        self._stop()

    def cancel(self) -> None:
        """Stop; what is learned so far is kept until it is discarded."""
        if self._job is None:  # it is paused
            self._show(state=TrainingState.STOPPED)
            self._tell_stopped()
        else:
            self._is_pausing = False
            self._stop()

    def resume(self) -> None:
        """Go on with what was stopped."""
        session = self._context.session
        project = session.project
        if project is None or self._job is not None or not session.can_edit:
            return
        self._context.banners.training.show_notice(None)
        job = session.read(lambda project: read_unfinished(project.folder), priority=1)
        job.succeeded.connect(lambda begun: self._go_on(project, begun))

    def ask_to_discard(self) -> None:
        """Ask before what took long to learn is thrown away; nothing brings it back."""
        status = self._status
        if status is None or self._job is not None:
            return
        text = tr("{share} of it is done. What is learned so far will be deleted; that cannot be undone.")
        Message(
            self._context.window,
            title=tr("Discard the training of “{name}”?").format(name=status.name),
            text=text.format(share=percent(status.share)),
            remedies=(Remedy(tr("Discard"), self.discard, primary=True),),
            tone="warning",
            leave=tr("Keep it"),
        ).open()

    def discard(self) -> None:
        """Throw away what a stopped training has learned."""
        self._context.banners.training.show_notice(None)
        self._show_nothing()
        job = training.discard(self._context.session)
        job.succeeded.connect(lambda _outcome: self._context.say(tr("The unfinished training was discarded")))

    def show_comparison(self) -> None:
        """Show what the comparison of the last training found."""
        self._context.banners.training.show_notice(None)
        if self._trained is not None:
            self._models.show_comparison(self._trained.model_id)

    def _ask(self, images: Trainable) -> None:
        context = self._context
        project = context.session.project
        if project is None or not context.session.can_edit:
            return
        backbone = remembered_config(context.preferences).backbone
        stopped = self._status.name if self._status is not None and self._can_go_on else ""
        form = TrainingForm(
            context.window,
            images=images,
            backbone=backbone,
            name=self._models.free_name(project.name),
            taken=self._models.names,
            folder=project.folder,
            stopped=stopped,
        )
        form.submitted.connect(self.start)
        self._measure_for(form, backbone, images)
        form.open()

    def _measure_for(self, form: TrainingForm, backbone: BackboneConfig, images: Trainable) -> None:
        """While the form is open, find out what a training takes on this computer."""
        session, open_forms = self._context.session, [form]
        if not images.usable or session.jobs.running(Lane.COMPUTE):
            form.show_costs(None)
            return
        job = training.estimate_costs(session, backbone, images)

        def show(costs: Mapping[tuple[str, int], Cost] | None) -> None:
            for each in open_forms:  # it may have been ready just when the form was closed
                each.show_costs(costs)

        def leave() -> None:
            open_forms.clear()
            job.cancel()

        job.on_error(lambda error: logger.info("no costs were measured: %s", error), of=AcsegError)
        job.succeeded.connect(show)
        job.failed.connect(lambda _error: show(None))
        form.finished.connect(lambda _result: leave())

    def _watch(self, status: TrainingStatus, job: Job) -> None:
        self._job, self._trained = job, None
        self._status = status
        self._panel.show_status(self._status)
        self._models.show_panel()
        project = self._context.session.require()
        job.progressed.connect(lambda _tick: self._take_news(job))
        job.succeeded.connect(lambda trained: self._on_trained(project, trained))
        job.cancelled.connect(lambda: self._on_stopped(project))
        job.on_error(lambda error: self._on_failed(project, error))
        job.finished.connect(lambda: self._on_finished(job))
        self._context.refresh()

    def _take_news(self, job: Job) -> None:
        if job is not self._job or self._status is None:
            return
        news = self._feed.take()
        share = max(self._status.share, news.share)
        self._show(share=share, phase=news.phase, seconds_left=news.seconds_left)
        if news.points:
            self._panel.add_points(news.points, {key: tr(title) for key, title in CURVES.items()})
        if news.before is not None or news.after is not None:
            self._before = self._before if news.before is None else news.before
            self._after = self._after if news.after is None else news.after
            self._show_samples()

    def _show_samples(self) -> None:
        none = QImage()
        samples = [
            SamplePictures(Path(path).name, image, self._after.get(path, none)) for path, image in self._before.items()
        ]
        self._panel.show_samples(samples)

    def _stop(self) -> None:
        if self._job is not None and self._status is not None:
            self._job.cancel()
            self._show(state=TrainingState.STOPPING)

    def _go_on(self, project: Project, begun: UnfinishedTraining | None) -> None:
        if project is not self._context.session.project or self._job is not None:
            return
        if begun is None:
            self._show_nothing()
            self._context.say(tr("There is nothing left of the unfinished training; start it again"))
            return
        self._feed = TrainingFeed()
        self._begun = begun
        job = training.resume(self._context.session, begun, self._feed)
        self._watch(TrainingStatus(begun.name, TrainingState.RUNNING, begun.share, has_curves=_has_curves(begun)), job)

    def _on_trained(self, project: Project, trained: Trained) -> None:
        if project is not self._context.session.project:
            return
        self._trained = trained
        verdict = verdict_text(trained.comparison)
        self._show(state=TrainingState.DONE, share=1.0, verdict=verdict)
        if trained.comparison is not None:
            self._models.keep_comparison(trained.model_id, trained.comparison)
        self._models.refresh(select=trained.model_id)
        text = tr("“{name}” is trained. {verdict}").format(name=trained.name, verdict=verdict)
        if trained.skipped:
            text += " " + tr("%Ln image(s) could not be read.", trained.skipped)
        show = (tr("Show comparison…"), self.show_comparison)
        self._context.banners.training.show_notice(Notice(text, "school-outline", (show,)))

    def _on_stopped(self, project: Project) -> None:
        if project is not self._context.session.project:
            return
        self._show(state=TrainingState.PAUSED if self._is_pausing else TrainingState.STOPPED)
        if not self._is_pausing:
            self._tell_stopped()

    def _on_failed(self, project: Project, error: Exception) -> None:
        if project is not self._context.session.project or self._status is None:
            return
        remedies: tuple[Remedy, ...] = ()
        if isinstance(error, WeightsMismatchError) and self._begun is not None:
            remedies = (Remedy(tr("Start again"), self._start_again, primary=True),)
        self._show(state=TrainingState.STOPPED)
        show_error(self._context.window, error, remedies=remedies)

    def _on_finished(self, job: Job) -> None:
        if job is self._job:
            self._job = None
        self._is_pausing = False
        self._context.refresh()

    def _start_again(self) -> None:
        """With the same images and settings, but from nothing: what was learned does not fit any more."""
        begun = self._begun
        if begun is not None:
            self.start(TrainRequest(begun.name, begun.preset, begun.image_ids, begun.backbone))

    def _on_opened(self) -> None:
        project = self._context.session.require()
        self._show_nothing()
        if not project.read_only:
            job = self._context.session.read(lambda project: read_unfinished(project.folder), priority=4)
            job.succeeded.connect(lambda begun: self._offer(project, begun))

    def _offer(self, project: Project, begun: UnfinishedTraining | None) -> None:
        if project is not self._context.session.project or begun is None or self._job is not None:
            return
        self._status = TrainingStatus(begun.name, TrainingState.STOPPED, begun.share, has_curves=_has_curves(begun))
        self._panel.show_status(self._status)
        self._tell_stopped()

    def _tell_stopped(self) -> None:
        """A banner, with the way on and the way out."""
        status = self._status
        if status is None:
            return
        text = tr("Training of “{name}” was interrupted after {share}.").format(
            name=status.name, share=percent(status.share)
        )
        remedies = ((tr("Resume"), self.resume), (tr("Discard"), self.ask_to_discard))
        self._context.banners.training.show_notice(Notice(text, "school-outline", remedies))

    @property
    def _can_go_on(self) -> bool:
        return self._status is not None and self._status.state in (TrainingState.PAUSED, TrainingState.STOPPED)

    def _show(self, **changes: object) -> None:
        if self._status is not None:
            self._status = replace(self._status, **changes)  # type: ignore[arg-type]
            self._panel.show_status(self._status)

    def _show_nothing(self) -> None:
        self._status, self._trained = None, None
        self._before, self._after = {}, {}
        self._context.banners.training.show_notice(None)
        self._panel.show_status(None)

    def _forget(self) -> None:
        """The project is closed; what runs is stopped, and keeps what it has learned."""
        self._job = None
        self._begun = None
        self._show_nothing()


def _has_curves(asked: TrainRequest | UnfinishedTraining) -> bool:
    """Quick fits its projection in one go, from what it saw in all images: there is nothing that falls or rises."""
    return asked.preset != training.QUICK
