"""Commands about the keyboard: its list, its editor, and the way from panel to panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.dialogs.lists import ShortcutList
from acseg_desktop.dialogs.shortcut_editor import ShortcutEditor


@dataclass(frozen=True, slots=True)
class Stop:
    """A panel on the way of F6.

    Attributes:
        title: What it is called.
        panel: The widget it fills.
        target: Gives the widget in it that takes the keys.
    """

    title: str
    panel: QWidget
    target: Callable[[], QWidget]


class KeyboardCommands:
    """What F1 and F6 do."""

    def __init__(self, context: CommandContext, keymap: Keymap) -> None:
        self._context, self._keymap = context, keymap
        self.stops: Sequence[Stop] = ()

    def show_shortcuts(self) -> None:
        """Show every key, those that make no sense now in grey."""
        context = self._context
        shown = ShortcutList(context.window, self._keymap, lambda action_id: context.action_of(action_id).isEnabled())
        shown.change_requested.connect(self.edit_shortcuts)
        shown.open()

    def edit_shortcuts(self) -> None:
        """Change the keys."""
        ShortcutEditor(self._context.window, self._keymap).open()

    def next_panel(self) -> None:
        """Give the keys to the next panel that is shown."""
        self._step(1)

    def previous_panel(self) -> None:
        """Give the keys to the panel before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        shown = [stop for stop in self.stops if stop.target().isVisible() and stop.target().isEnabled()]
        if not shown:
            return
        here = next((i for i, stop in enumerate(shown) if _holds(stop.panel, QApplication.focusWidget())), None)
        stop = shown[(here + by) % len(shown)] if here is not None else shown[0]
        target = stop.target()
        if isinstance(target, QAbstractItemView):
            _show_place(target)
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._context.say(stop.title)


def _holds(panel: QWidget, widget: QWidget | None) -> bool:
    while widget is not None and widget is not panel:
        widget = widget.parentWidget()
    return widget is panel


def _show_place(view: QAbstractItemView) -> None:
    """Where the keys come to must be seen: a list without a current row gets one, without choosing it."""
    if not view.currentIndex().isValid() and view.model().rowCount() > 0:
        nothing = QItemSelectionModel.SelectionFlag.NoUpdate
        view.selectionModel().setCurrentIndex(view.model().index(0, 0), nothing)
