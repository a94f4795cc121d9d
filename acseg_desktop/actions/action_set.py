"""The actions of one window: Qt's actions made from the table, with the keys in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from acseg_core.verbs import Verb
from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.actions.need import Need
from acseg_desktop.actions.spec import ActionSpec, is_bare, key_text, menu_title, without_mnemonic
from acseg_desktop.appearance.icons import icon
from acseg_desktop.appearance.plain_text import tip
from acseg_desktop.language.verbs import verb_text
from acseg_desktop.language.words import Words

tr = Words("Actions")

Commands = TypeVar("Commands")


class ActionSet(Generic[Commands]):
    """The actions of one window, as Qt knows them."""

    def __init__(
        self, parent: QObject, specs: Sequence[ActionSpec[Commands]], commands: Commands, keymap: Keymap
    ) -> None:
        self.specs: Mapping[str, ActionSpec[Commands]] = {spec.id: spec for spec in specs}
        self._keymap = keymap
        self._actions: dict[str, QAction] = {}
        self._texts: dict[str, str] = {}
        self._bare: dict[str, list[str]] = {}
        for spec in specs:
            action = QAction(parent, checkable=spec.checkable)
            action.setObjectName(spec.id)
            action.setIconText(spec.button_text)
            handler = spec.handler(commands)
            action.triggered.connect(lambda _checked=False, handler=handler: handler())
            self._actions[spec.id] = action
            self._texts[spec.id] = spec.menu_text
        self._bind()
        keymap.changed.connect(self._bind)
        self.refresh_icons()

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def action_of(self, key: str, *, browsing: bool) -> str | None:
        """The action that a shortcut without Ctrl or Alt means in the browser or on the canvas.

        It may be one that makes no sense now.
        """
        found = self._bare.get(key, [])
        at_home = sorted(found, key=lambda each: (Need.BROWSER in self.specs[each].needs) != browsing)
        return next((each for each in at_home if self._actions[each].isEnabled()), next(iter(at_home), None))

    def key_of(self, action_id: str) -> str:
        """How the key of an action is written, for hints; where it has none, its place in the menus."""
        keys = self._keymap.keys(action_id)
        if keys:
            return key_text(keys[0])
        spec = self.specs[action_id]
        return f"{without_mnemonic(menu_title(spec.menu))} ▸ {spec.plain_text}"

    def keys_of(self, action_id: str) -> str:
        """How all keys of an action are written, or ""."""
        return ", ".join(dict.fromkeys(key_text(key) for key in self._keymap.keys(action_id)))

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        for spec in self.specs.values():
            if spec.icon:
                self._actions[spec.id].setIcon(icon(spec.icon))

    def enable(self, state: Need) -> None:
        """Enable what makes sense now."""
        for spec in self.specs.values():
            self._actions[spec.id].setEnabled(spec.needs in state)

    def set_history(self, undo: Verb | None, redo: Verb | None) -> None:
        """Name the verbs in the texts of undo and redo."""
        for action_id, verb, template in (
            ("edit.undo", undo, tr("&Undo {verb}")),
            ("edit.redo", redo, tr("&Redo {verb}")),
        ):
            text = template.format(verb=verb_text(verb)) if verb else self.specs[action_id].menu_text
            if text != self._texts[action_id]:
                self._texts[action_id] = text
                self._write(action_id)

    def _bind(self) -> None:
        """Give every action its keys: those with Ctrl or Alt are Qt's, the others go through the key filter."""
        self._bare.clear()
        for action_id, action in self._actions.items():
            keys = self._keymap.keys(action_id)
            for key in filter(is_bare, keys):
                self._bare.setdefault(key, []).append(action_id)
            action.setShortcuts([QKeySequence(key) for key in keys if not is_bare(key)])
            self._write(action_id)

    def _write(self, action_id: str) -> None:
        """Qt shows its own keys in menus; of those it does not know, the first one is written there."""
        action, text, keys = self._actions[action_id], self._texts[action_id], self._keymap.keys(action_id)
        is_shown = bool(keys) and is_bare(keys[0]) and bool(self.specs[action_id].menu)
        action.setText(f"{text}\t{key_text(keys[0])}" if is_shown else text)
        spec, all_keys = self.specs[action_id], self.keys_of(action_id)
        words = spec.tip_text if text == spec.menu_text else without_mnemonic(text)  # undo and redo name the edit
        action.setToolTip(tip(f"{words} ({all_keys})" if all_keys else words))
