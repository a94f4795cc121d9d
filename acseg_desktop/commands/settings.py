"""Commands about the program's own settings: theme, size of text, language."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction

from acseg_desktop.appearance.theme import Theme
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.dialogs.preferences_form import PreferencesForm

_SWITCHES = ("view.outlines", "looks.minimap", "looks.keep_view")


class SettingsCommands:
    """What is chosen here is effective at once and kept, but for the language: the window must be opened again."""

    def __init__(self, context: CommandContext, theme: Theme, *, open_again: Callable[[], None]) -> None:
        """Make the commands; ``open_again`` puts a new window in the place of this one."""
        self._context, self._theme, self._open_again = context, theme, open_again

    def show(self) -> None:
        """Show the preferences."""
        form = PreferencesForm(self._context.window, self._context.preferences, switches=self._switches())
        form.theme_chosen.connect(self.choose_theme)
        form.text_size_chosen.connect(self.choose_text_size)
        form.restart_requested.connect(self._open_again)
        form.open()

    def choose_theme(self, name: str) -> None:
        """Follow the "system", or stay "light" or "dark"."""
        self._context.preferences.theme = name
        self._theme.choose(name)

    def choose_text_size(self, percent: int) -> None:
        """Write larger or smaller."""
        self._context.preferences.text_size = percent
        self._theme.set_text_size(percent)

    def _switches(self) -> Sequence[QAction]:
        return [self._context.action_of(action_id) for action_id in _SWITCHES]
