"""The first steps of somebody new, ticked as they are done; they are shown once."""

from __future__ import annotations

from PySide6.QtCore import QObject

from acseg_core.types import OpChanges
from acseg_core.verbs import Verb
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.panels.first_steps import FirstSteps

PROPOSE, BROWSE, SELECT, NAME, ACCEPT, EXPORT = range(6)
_PREFERENCE = "first_steps_seen"
_STEP_OF = {
    Verb.PROPOSE: PROPOSE,
    Verb.NAME_REGIONS: NAME,
    Verb.NAME_CLUSTER: NAME,
    Verb.ACCEPT_SUGGESTIONS: NAME,
    Verb.ACCEPT_IMAGE: ACCEPT,
}


class FirstStepsCommands(QObject):
    """Ticks a step when it is done, however it was done."""

    def __init__(self, context: CommandContext, panel: FirstSteps) -> None:
        super().__init__(context.window)
        self._context, self._panel = context, panel
        panel.dismissed.connect(self._remember)
        panel.action_requested.connect(lambda action_id: context.action_of(action_id).trigger())
        context.session.changed.connect(self._on_changed)
        context.session.closing.connect(panel.end)
        context.viewer.regions_shown.connect(self._on_regions)
        context.canvas.selection_changed.connect(self._on_selection)

    def begin_once(self) -> None:
        """Show them, unless somebody closed them before."""
        if not self._context.preferences.flag(_PREFERENCE, False):
            self.begin()

    def begin(self) -> None:
        """Show them."""
        self._panel.begin()
        self._on_regions()

    def note_export(self) -> None:
        """Something is exported."""
        self._panel.tick(EXPORT)

    def note_browser(self, shown: bool) -> None:
        """The concept browser is shown, or closed."""
        if shown:
            self._panel.tick(BROWSE)

    def _on_regions(self) -> None:
        if self._context.viewer.regions:
            self._panel.tick(PROPOSE)

    def _on_selection(self, selection: frozenset[int]) -> None:
        if selection:
            self._panel.tick(SELECT)

    def _on_changed(self, changes: OpChanges) -> None:
        step = _STEP_OF.get(changes.verb)
        if step is not None:
            self._panel.tick(step)

    def _remember(self) -> None:
        self._context.preferences.store(_PREFERENCE, True)
