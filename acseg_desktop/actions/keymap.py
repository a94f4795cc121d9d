"""The keymap, which keys every action has: those of the table, unless the user chose others; how they are saved."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from acseg_desktop.actions.spec import ActionSpec, is_bare
from acseg_desktop.preferences import Preferences

logger = logging.getLogger(__name__)

_PREFERENCE = "shortcuts"


class Keymap(QObject):
    """The keys in use; changes are saved at once.

    A key without Ctrl or Alt may mean one thing in the concept browser, another while a tool is in hand, and a third
    elsewhere; any other key has one action only. What is given to an action is taken from those it is in conflict with.

    Attributes:
        specs: All actions by id, in the order of the table.

    Signals:
        changed(): Some action has other keys now.
    """

    changed = Signal()

    def __init__(
        self, specs: Iterable[ActionSpec[Any]], preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.specs: Mapping[str, ActionSpec[Any]] = {spec.id: spec for spec in specs}
        self._chosen = _read(preferences.text(_PREFERENCE, ""), self.specs)

    def keys(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action, in Qt's portable text; the first one is shown in the menus."""
        chosen = self._chosen.get(action_id)
        return self.specs[action_id].keys if chosen is None else chosen

    def is_changed(self, action_id: str) -> bool:
        """Whether an action has other keys than those of the table."""
        return self.keys(action_id) != self.specs[action_id].keys

    @property
    def has_changes(self) -> bool:
        """Whether any action has."""
        return any(self.is_changed(action_id) for action_id in self._chosen)

    def conflicts(self, action_id: str, key: str) -> list[str]:
        """The other actions that have a key where this one would have it."""
        others = (other for other in self.specs if other != action_id and key in self.keys(other))
        place = self.specs[action_id].place
        return [other for other in others if not is_bare(key) or self.specs[other].place == place]

    def conflicts_of_default(self, action_id: str) -> dict[str, list[str]]:
        """The keys an action would get back by `restore` from others, and from which."""
        found = {key: self.conflicts(action_id, key) for key in self.specs[action_id].keys}
        return {key: others for key, others in found.items() if others}

    def give(self, action_id: str, key: str) -> None:
        """Give an action one more key, and take it from those it would be in conflict with."""
        if key not in self.keys(action_id):
            self._take_from_others(action_id, (key,))
            self._choose(action_id, (*self.keys(action_id), key))
            self._save()

    def take(self, action_id: str, key: str) -> None:
        """Take a key from an action."""
        if key in self.keys(action_id):
            self._choose(action_id, tuple(each for each in self.keys(action_id) if each != key))
            self._save()

    def restore(self, action_id: str) -> None:
        """Give an action the keys of the table again, and take them from others."""
        if self.is_changed(action_id):
            keys = self.specs[action_id].keys
            self._take_from_others(action_id, keys)
            self._choose(action_id, keys)
            self._save()

    def restore_all(self) -> None:
        """Give all actions the keys of the table again."""
        if self._chosen:
            self._chosen.clear()
            self._save()

    def _take_from_others(self, action_id: str, keys: Sequence[str]) -> None:
        for key in keys:
            for other in self.conflicts(action_id, key):
                self._choose(other, tuple(each for each in self.keys(other) if each != key))

    def _choose(self, action_id: str, keys: tuple[str, ...]) -> None:
        self._chosen[action_id] = keys
        if not self.is_changed(action_id):
            del self._chosen[action_id]

    def _save(self) -> None:
        chosen = {action_id: list(keys) for action_id, keys in sorted(self._chosen.items())}
        self._preferences.store(_PREFERENCE, json.dumps(chosen) if chosen else "")
        self.changed.emit()


def _read(text: str, specs: Mapping[str, ActionSpec[Any]]) -> dict[str, tuple[str, ...]]:
    """What was saved; actions that are gone, and what somebody broke by hand, are left out."""
    try:
        stored = json.loads(text) if text else {}
    except ValueError:
        logger.warning("the saved shortcuts cannot be read; those of the table are used")
        return {}
    if not isinstance(stored, dict):
        return {}
    return {
        action_id: tuple(dict.fromkeys(keys))
        for action_id, keys in stored.items()
        if action_id in specs and isinstance(keys, list) and all(isinstance(key, str) for key in keys)
    }
