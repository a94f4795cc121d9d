"""Commands on doubtful names: show them, take the other name, keep the name, take all that are sure."""

from __future__ import annotations

from acseg_core.types import DoubtfulName, OpChanges
from acseg_desktop.browser.panel import ConceptBrowser
from acseg_desktop.commands.clusters import ClusterCommands
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.dialogs.doubts_form import CorrectNamesForm
from acseg_desktop.language.words import Words
from acseg_desktop.operations import doubts

tr = Words("Doubtful names")


class DoubtCommands:
    """What one does with names that are in doubt, in the concept browser."""

    def __init__(self, context: CommandContext, clusters: ClusterCommands) -> None:
        self._context, self._clusters = context, clusters

    @property
    def _page(self) -> ConceptBrowser:
        return self._clusters.page

    def show(self) -> None:
        """Show the doubtful names, or all clusters again."""
        if self._clusters.is_open and self._page.model.shows_doubtful_names:
            self._clusters.back()
        else:
            self._clusters.show_doubtful_names()

    def take(self) -> None:
        """Give the selected regions the names they may have instead."""
        chosen = self._chosen()
        if chosen:
            job = doubts.correct_names(self._context.session, chosen, looked_at=True)
            job.succeeded.connect(self._say_corrected)
            self._page.grid.drop_decided([name.region_id for name in chosen], job)

    def keep(self) -> None:
        """Say that the names of the selected regions are right."""
        kept = [name.region_id for name in self._chosen()]
        if kept:
            message = tr("%Ln name(s) kept; undo to be asked again", len(kept))
            job = doubts.keep_names(self._context.session, kept)
            job.succeeded.connect(lambda _outcome: self._context.say(message))
            self._page.grid.drop_decided(kept, job)

    def take_sure(self) -> None:
        """Ask how sure the other name has to be, and give it to all regions of which it is."""
        names = self._page.model.doubts.names
        if not names:
            self._context.say(tr("No doubtful names"))
            return
        form = CorrectNamesForm(self._context.window, self._context.preferences, names=names)
        form.submitted.connect(self._take_above)
        form.open()

    def _take_above(self, least: float) -> None:
        sure = [name for name in self._page.model.doubts.names if name.confidence >= least]
        job = doubts.correct_names(self._context.session, sure, looked_at=False)
        job.succeeded.connect(self._say_corrected)
        self._page.grid.drop_decided([name.region_id for name in sure], job)

    def _chosen(self) -> list[DoubtfulName]:
        model = self._page.model
        if not self._context.session.can_edit or not model.shows_doubtful_names:
            return []
        found = (model.doubts.of(region.id) for region in model.doubts.regions if region.id in self._page.grid.regions)
        return [name for name in found if name is not None]

    def _say_corrected(self, outcome: tuple[object, OpChanges, object]) -> None:
        self._context.say(tr("%Ln name(s) corrected", len(outcome[1].region_ids)))
