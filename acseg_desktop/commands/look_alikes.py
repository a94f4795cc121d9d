"""Look-alikes: clusters of new regions, made in the background by themselves, and the bar that brings them forward."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject

from acseg_core.errors import AcsegError
from acseg_core.store import queries
from acseg_core.types import OpChanges, ProjectSummary
from acseg_core.verbs import Verb
from acseg_desktop.commands.clusters import ClusterCommands
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.jobs import Job
from acseg_desktop.language.words import Words
from acseg_desktop.operations import clusters
from acseg_desktop.panels.banner import Notice

tr = Words("Clusters")

logger = logging.getLogger(__name__)


class LookAlikes(QObject):
    """Groups what was proposed, when nothing else is to be done, and says that look-alikes can be named at once."""

    def __init__(self, context: CommandContext, commands: ClusterCommands) -> None:
        super().__init__(context.window)
        self._context, self._commands = context, commands
        self._proposed: set[int] = set()
        """Images proposed since the regions were grouped."""
        self._job: Job | None = None
        self._is_told = False
        context.session.changed.connect(self._on_changed)
        context.session.closing.connect(self._forget)
        context.jobs.idle.connect(self._on_idle)
        commands.shown.connect(self._on_browser)

    def _on_changed(self, changes: OpChanges) -> None:
        if changes.verb is Verb.PROPOSE:
            self._proposed |= changes.image_ids

    def _on_idle(self) -> None:
        is_looked_at = self._commands.is_open and self._commands.page.model.sections
        if not self._proposed or self._job is not None or is_looked_at or not self._context.session.can_edit:
            return
        count = len(self._proposed)
        self._proposed.clear()
        self._job = clusters.group_quietly(self._context.session, self._commands.cache)
        self._job.on_error(lambda error: logger.info("not grouped: %s", error), of=AcsegError)
        self._job.succeeded.connect(lambda _is_new: self._look(count))
        self._job.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self._job = None

    def _look(self, proposed: int) -> None:
        """After more than one image, see what there is to name."""
        session = self._context.session
        if proposed > 1 and session.is_open:
            session.read(queries.summary, priority=2).succeeded.connect(self._tell)

    def _tell(self, summary: ProjectSummary) -> None:
        if not self._context.session.is_open or self._commands.is_open:
            return
        images = summary.images - summary.images_by_status.get("new", 0)
        regions = tr("%Ln region(s)", summary.regions)
        text = tr("{regions} in %Ln photo(s): name look-alikes at once", images).format(regions=regions)
        self._is_told = True
        self._context.banners.hint.show_notice(
            Notice(text, "view-grid-outline", ((tr("Name look-alikes"), self._commands.toggle),))
        )

    def _on_browser(self, shown: bool) -> None:
        if shown and self._is_told:
            self._is_told = False
            self._context.banners.hint.show_notice(None)

    def _forget(self) -> None:
        self._proposed.clear()
        self._is_told = False
