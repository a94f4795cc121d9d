"""Commands of the models of a project: seen with what each made, compared, adopted, renamed, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDockWidget

from acseg_core.store import Project
from acseg_core.types import OpChanges
from acseg_core.verbs import Verb
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.model_texts import model_row, used_text, verdict_text
from acseg_desktop.dialogs.carried_names import CarriedNamesForm, CarriedRow
from acseg_desktop.dialogs.comparison_sheet import ComparisonSheet
from acseg_desktop.dialogs.message import Message, Remedy
from acseg_desktop.dialogs.model_name_form import ModelNameForm
from acseg_desktop.dialogs.propose_form import remembered_config
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.operations import comparisons, models
from acseg_desktop.operations.comparisons import ShownComparison
from acseg_desktop.panels.banner import Notice
from acseg_desktop.panels.models_panel import BUNDLED, ModelsPanel

if TYPE_CHECKING:
    from acseg_core.reports import AdoptReport, CarriedName
    from acseg_core.store.queries.model_queries import ModelRecord

tr = Words("Models")

_FRESHEN_MS = 300


class ModelCommands(QObject):
    """Lists the models while somebody looks, and does what is asked for one of them."""

    def __init__(self, context: CommandContext, panel: ModelsPanel) -> None:
        super().__init__(context.window)
        self._context, self._panel = context, panel
        self._dock: QDockWidget | None = None
        self._models: tuple[ModelRecord, ...] = ()
        self._comparisons: dict[int, ShownComparison] = {}
        self._select: int | None = None
        self._adopting: Job | None = None
        self._is_reading = self._is_stale = False
        self._timer = QTimer(self, singleShot=True, interval=_FRESHEN_MS)
        self._timer.timeout.connect(self.refresh)
        panel.adopt_requested.connect(self.adopt)
        panel.comparison_requested.connect(self.show_comparison)
        panel.rename_requested.connect(self.rename)
        panel.deletion_requested.connect(self.ask_to_delete)
        session = context.session
        session.opened.connect(self.refresh)
        session.opened.connect(self._look_for_stopped)
        session.edited.connect(self._on_edited)
        session.counts_changed.connect(self._freshen)
        context.jobs.started.connect(self._on_job)
        session.closing.connect(self._forget)

    @property
    def is_busy(self) -> bool:
        """Whether a newer list than the one shown is on its way."""
        return self._is_reading or self._timer.isActive()

    @property
    def names(self) -> list[str]:
        """Of the models, the bundled one first."""
        return [model.name for model in self._models]

    def take(self, dock: QDockWidget) -> None:
        """Work with this dock."""
        self._dock = dock
        dock.visibilityChanged.connect(self._freshen)

    def toggle(self) -> None:
        """Show the models, or put them away."""
        if self._dock is None:
            return
        if self._panel.isVisible():
            self._dock.hide()
            self._context.canvas.setFocus()
            return
        self.show_panel()
        self._panel.focus_target().setFocus()

    def show_panel(self) -> None:
        """Bring the panel to the front; the keys stay where they are."""
        if self._dock is not None:
            self._dock.show()
            self._dock.raise_()

    def free_name(self, base: str) -> str:
        """A name that no model has yet."""
        taken = {name.casefold() for name in self.names}
        number = 1
        while (name := base if number == 1 else f"{base} {number}").casefold() in taken:
            number += 1
        return name

    def refresh(self, select: int | None = None) -> None:
        """Read the models; ``select`` is then selected in the list."""
        session = self._context.session
        project = session.project
        self._select = self._select if select is None else select
        if project is None:
            return
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        job = session.read(models.read_models, priority=6)
        job.succeeded.connect(lambda found: self._show(project, found))
        job.finished.connect(self._on_read)

    def enable(self) -> None:
        """Say what can be done now."""
        context = self._context
        is_busy = any(job.title for job in context.jobs.running(Lane.COMPUTE))
        self._panel.enable(can_edit=context.session.can_edit, is_busy=is_busy)

    def keep_comparison(self, model_id: int, comparison: ShownComparison) -> None:
        """Have it at hand when it is asked for."""
        self._comparisons[model_id] = comparison

    def show_comparison(self, model_id: int) -> None:
        """Show what the comparison found; it is made again where it is not at hand any more."""
        model = self._model(model_id)
        if model is None or model.is_bundled:
            return
        if model_id in self._comparisons:
            self._show_comparison(model, self._comparisons[model_id])
            return
        session, project = self._context.session, self._context.session.require()
        backbone = remembered_config(self._context.preferences).backbone
        job = comparisons.compare(session, model.path, model.name, backbone=backbone)

        def show(comparison: ShownComparison) -> None:
            if project is session.project:
                self.keep_comparison(model_id, comparison)
                self._show_comparison(model, comparison)

        job.succeeded.connect(show)
        self._tended(job)

    def adopt(self, model_id: int) -> None:
        """Use a model from now on, and propose anew with it where nobody has worked."""
        model = self._model(model_id)
        if model is not None:
            self._adopt(model)

    def rename(self, model_id: int) -> None:
        """Ask for another name."""
        model = self._model(model_id)
        if model is None or model_id == BUNDLED:
            return
        taken = [name for name in self.names if name != model.name]
        form = ModelNameForm(self._context.window, name=model.name, taken=taken)
        form.submitted.connect(lambda name: self._edited(models.rename(self._context.session, model_id, name)))
        form.open()

    def ask_to_delete(self, model_id: int) -> None:
        """Ask, with a word on what uses the model."""
        model = self._model(model_id)
        if model is None or model_id == BUNDLED:
            return
        Message(
            self._context.window,
            title=tr("Delete the model “{name}”?").format(name=model.name),
            text=used_text(model),
            remedies=(Remedy(tr("Delete"), lambda: self.delete(model_id), primary=True),),
            tone="warning",
            leave=tr("Keep it"),
        ).open()

    def delete(self, model_id: int) -> None:
        """Delete a model; what it proposed stays."""
        self._comparisons.pop(model_id, None)
        self._edited(models.delete(self._context.session, model_id))

    def _adopt(self, model: ModelRecord) -> None:
        context = self._context
        if not context.session.can_edit or self._adopting is not None:
            return
        project = context.session.require()
        config = remembered_config(context.preferences)
        context.banners.adoption.show_notice(None)
        job = self._adopting = models.adopt(context.session, context.segmenters, config, model)
        job.succeeded.connect(lambda report: self._on_adopted(project, model, report))
        job.finished.connect(lambda: self._on_adoption_over(job))
        self._tended(job)

    def _on_adoption_over(self, job: Job) -> None:
        """Cancelled or failed, it can go on."""
        if job is self._adopting:
            self._adopting = None
            self._look_for_stopped()

    def _edited(self, job: Job) -> None:
        job.succeeded.connect(lambda _outcome: self.refresh())
        job.succeeded.connect(lambda _outcome: self._look_for_stopped())

    def _tended(self, job: Job) -> None:
        job.finished.connect(self._context.refresh)
        self._context.refresh()

    def _show_comparison(self, model: ModelRecord, comparison: ShownComparison) -> None:
        sheet = ComparisonSheet(
            self._context.window,
            name=model.name,
            verdict=verdict_text(comparison),
            is_better=comparison.outcome == "better",
            by_labels=comparison.by_labels,
            rows=comparison.rows,
            can_edit=self._context.session.can_edit,
            is_adopted=model.adopted,
        )
        sheet.adoption_requested.connect(lambda: self.adopt(model.id))
        sheet.deletion_requested.connect(lambda: self.ask_to_delete(model.id))
        sheet.open()

    def _on_adopted(self, project: Project, model: ModelRecord, report: AdoptReport) -> None:
        context = self._context
        if project is not context.session.project:
            return
        context.preferences.store("model/generator", "")  # or a file chosen earlier would go before it
        self.refresh(select=model.id)
        done = _adopted_text(report)
        if not report.names:
            context.say(done)
            return
        labels = context.session.labels
        names = [name for name in report.names if name.label_id in labels]
        rows = [
            CarriedRow(labels[name.label_id].name, labels[name.label_id].color, name.regions, name.agreement)
            for name in names
        ]
        form = CarriedNamesForm(context.window, rows, done=done)
        form.approved.connect(lambda places: self._carry(project, names, places, done))
        form.open()

    def _carry(self, project: Project, names: Sequence[CarriedName], places: Sequence[int], done: str) -> None:
        context = self._context
        if project is not context.session.project:
            return
        approved = [names[place] for place in places]
        text = tr("%Ln name(s) carried over", len(approved)) if approved else tr("No names carried over")
        if len(approved) == len(names):  # they have them already
            context.say(f"{done} {text}.")
            return
        job = models.carry_names(context.session, approved)
        job.succeeded.connect(lambda _outcome: context.say(f"{done} {text}."))

    def _on_edited(self, changes: OpChanges) -> None:
        if changes.verb is Verb.ADOPT_MODEL:  # undone, or done again
            self._look_for_stopped()

    def _look_for_stopped(self) -> None:
        """Where a model was put to use and that is not over, offer to go on."""
        session, project = self._context.session, self._context.session.project
        if project is None or project.read_only:
            return
        job = session.read(models.read_stopped, priority=4)
        job.succeeded.connect(lambda model: self._tell_stopped(project, model))

    def _tell_stopped(self, project: Project, model: ModelRecord | None) -> None:
        context = self._context
        if project is not context.session.project:
            return
        if model is None or self._adopting is not None:
            context.banners.adoption.show_notice(None)
            return
        name = tr("Bundled") if model.is_bundled else model.name
        text = tr("Proposing with “{name}” was interrupted: some images still have their old regions.")
        resume = (tr("Resume"), lambda: self._adopt(model))
        context.banners.adoption.show_notice(Notice(text.format(name=name), "cube-outline", (resume,)))

    def _model(self, model_id: int) -> ModelRecord | None:
        return next((model for model in self._models if model.id == model_id), None)

    def _on_job(self, job: Job) -> None:
        """One model at a time: while one is at work, no other can be used or trained."""
        job.finished.connect(self.enable)
        self.enable()

    def _freshen(self, *_: object) -> None:
        if self._panel.isVisible() and self._context.session.is_open:
            self._timer.start()

    def _show(self, project: Project, found: tuple[ModelRecord, ...]) -> None:
        if project is self._context.session.project:
            self._models = found
            self._panel.show_models([model_row(model) for model in found])
            if self._select is not None:
                self._panel.select(self._select)
                self._select = None
            self.enable()

    def _on_read(self) -> None:
        self._is_reading = False
        if self._is_stale:
            self.refresh()

    def _forget(self) -> None:
        self._timer.stop()
        self._adopting = None
        self._is_stale = False
        self._models, self._select = (), None
        self._comparisons.clear()
        self._panel.show_models(())


def _adopted_text(report: AdoptReport) -> str:
    regions, images = tr("%Ln region(s)", report.regions), tr("in %Ln image(s) proposed again", report.images)
    kept = tr("%Ln image(s) with your work left unchanged", report.kept)
    return f"{regions} {images}; {kept}." if report.kept else f"{regions} {images}."
