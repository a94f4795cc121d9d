"""Keys without Ctrl or Alt: which action one is for now, and what is said where that makes no sense."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton

from acseg_desktop.actions.action_set import ActionSet
from acseg_desktop.actions.need import Need
from acseg_desktop.actions.refusals import hint_for
from acseg_desktop.commands.action_state import met_needs
from acseg_desktop.commands.commands import Commands
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.review import no_label_text
from acseg_desktop.language.words import Words

tr = Words("Window")

_OF_CANVAS = Need.IMAGE | Need.REGIONS | Need.SELECTION | Need.ONE | Need.SEVERAL | Need.TREE | Need.SUGGESTED


_ANSWER, _PRESS, _NOTHING = "answer ", "press", "nothing"
"""What a key may mean beside the actions of the menus: an answer to the question that is shown (followed by the key),
pressing the button that has the focus, and nothing at all."""

_DIGITS = frozenset(f"{place}.label_{digit}" for place in ("region", "clusters") for digit in "123456789")
_ENTER = ("Return", "Enter")
_LEAVING = frozenset({"select.none", "tool.cancel", "clusters.back"})
"""Actions of Esc: somebody who presses it for nothing wants nothing."""
_ASKING = frozenset({"region.name", "region.merge_as", "clusters.name"})
"""Actions that ask for a name: who presses their key goes on typing, whatever is missing."""


class KeyDispatch:
    """What the key filter of the window asks."""

    def __init__(self, context: CommandContext, commands: Commands, actions: ActionSet[Commands]) -> None:
        self._context, self._commands, self._actions = context, commands, actions

    def action_of(self, key: str) -> str | None:
        """The action of a key now; where there are no clusters to act on, keys go on to the button that is shown."""
        clusters = self._commands.clusters
        if key in _ENTER and self._context.session.is_opening:
            return _NOTHING  # a key too many, for what is not there yet
        if key in _ENTER and isinstance(QApplication.focusWidget(), QPushButton):
            return _PRESS
        if self._context.banners.question.takes(key):
            return _ANSWER + key
        action_id = self._actions.action_of(key, browsing=clusters.is_open)
        is_empty = clusters.is_open and not clusters.page.model.sections
        if action_id is None or (is_empty and not self._actions[action_id].isEnabled()):
            return None
        return action_id

    def trigger(self, action_id: str) -> bool:
        """Do it, or say what is missing; False where the key is nobody's."""
        if action_id.startswith(_ANSWER):
            self._context.say(self._context.banners.question.answer(action_id.removeprefix(_ANSWER)))
        if action_id == _PRESS:
            _press_focused()
        if action_id.startswith((_ANSWER, _PRESS, _NOTHING)):
            return True
        action = self._actions[action_id]
        if action.isEnabled():
            action.trigger()
            return True
        if not self._context.session.is_open:
            return False
        if action_id in _LEAVING:
            return True
        if action_id.startswith("region.") and self._name_shown(action_id):
            return True
        if action_id == "region.name" and self._select_pointed() and action.isEnabled():
            action.trigger()
            return True
        spec = self._actions.specs[action_id]
        is_nobodys = action_id in _DIGITS and self._context.session.label_of_key(spec.number) is None
        hint = no_label_text(spec.number, "") if is_nobodys else self._hint(spec.needs)
        if hint:
            self._context.say(hint)
        if hint and action_id in _ASKING:
            self._context.search.refuse(hint)
        return True

    def _name_shown(self, action_id: str) -> bool:
        """Where nothing is selected, what clicks show is named."""
        label = self._context.session.label_of_key(self._actions.specs[action_id].number)
        if action_id == "region.name":
            return self._commands.tools.name_shown()
        return action_id in _DIGITS and label is not None and self._commands.tools.name_shown(label.id)

    def _select_pointed(self) -> bool:
        """Where nothing is selected, what is under the cursor is meant."""
        canvas = self._context.canvas
        if self._commands.clusters.is_open or canvas.selection or canvas.pointed is None:
            return False
        canvas.select([canvas.pointed])
        return True

    def _hint(self, needs: Need) -> str:
        """Why an action with these needs cannot be done now."""
        met = met_needs(self._context, self._commands)
        if self._commands.clusters.is_open and Need.BROWSER not in needs and self._context.viewer.image_id is not None:
            needs = needs & ~_OF_CANVAS
            if needs in met:
                key = self._context.key_of("clusters.browse")
                return tr("That works on the image: press {key} to go back to it").format(key=key)
        return hint_for(needs & ~met, self._context.key_of)


def _press_focused() -> None:
    """Do as a click on the button with the focus; Qt does so by itself in dialogs only."""
    button = QApplication.focusWidget()
    if isinstance(button, QPushButton):
        button.click()
