"""Bare-key shortcuts: one filter, off in text fields, dialogs and popups, that works on any keyboard layout."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_SPECIAL = {
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Escape: "Esc",
}
_ROWS = {2: "1234567890-=", 16: "QWERTYUIOP[]", 30: "ASDFGHJKL;'", 44: "ZXCVBNM,./"}
_EVDEV = {first + offset: char for first, row in _ROWS.items() for offset, char in enumerate(row)}
"""Place on the keyboard (Linux evdev code; Windows' scan codes are the same) to the key of a US keyboard."""
_MAC = dict(
    zip(
        (0, 11, 8, 2, 14, 3, 5, 4, 34, 38, 40, 37, 46, 45, 31, 35, 12, 15, 1, 17, 32, 9, 13, 7, 16, 6),
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        strict=True,
    )
) | dict(zip((18, 19, 20, 21, 23, 22, 26, 28, 25, 44, 43, 47), "123456789/,.", strict=True))
_TEXT_WIDGETS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)


def key_names(event: QKeyEvent) -> list[str]:
    """The names a key press may go by: first what the layout says, then where the key is.

    The place counts only when the layout gives no Latin letter or digit: D is the key right of S on a Cyrillic
    keyboard, and 1 is the first key of its row on a French one. A sign that Shift makes is that sign only.
    """
    code = event.key()
    if code in _SPECIAL:
        return [_SPECIAL[Qt.Key(code)]]
    logical = chr(code).upper() if 0x20 < code < 0x7F else ""
    if logical.isalnum() or (logical and event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
        return [logical]
    place = _place(event)
    return [name for name in (logical, place) if name]


def captured_key(event: QKeyEvent) -> str | None:
    """What a key press is called in the table of actions, such as "M" or "Ctrl+Shift+D"; None for one without a name.

    Keys that move the focus, the selection or the picture have no name here: they stay what they are.
    """
    modifiers, code = event.modifiers(), event.key()
    if Qt.Key.Key_F1 <= code <= Qt.Key.Key_F35:
        name = f"F{code - Qt.Key.Key_F1 + 1}"
    else:
        name = next(iter(key_names(event)), "")
    if not name:
        return None
    strong = [
        word
        for modifier, word in (
            (Qt.KeyboardModifier.ControlModifier, "Ctrl"),
            (Qt.KeyboardModifier.AltModifier, "Alt"),
            (Qt.KeyboardModifier.MetaModifier, "Meta"),
        )
        if modifiers & modifier
    ]
    is_shifted = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    if is_shifted and (strong or name.isalpha() or len(name) > 1):
        strong.append("Shift")
    if strong and not is_shifted and len(name) == 1 and not name.isalnum():
        name = next((each for each in key_names(event) if each.isalnum()), name)
    return "+".join([*strong, name])


def _place(event: QKeyEvent) -> str:
    if sys.platform == "darwin":
        return _MAC.get(event.nativeVirtualKey(), "")
    scan = event.nativeScanCode()
    if QGuiApplication.platformName() in ("xcb", "wayland", "wayland-egl", "offscreen", "vnc"):
        scan -= 8
    return _EVDEV.get(scan, "")


class KeyFilter(QObject):
    """Turns bare keys into actions.

    It is installed on the application, so that it sees keys before lists and buttons do.
    """

    def __init__(
        self,
        window: QWidget,
        action_of: Callable[[str], str | None],
        trigger: Callable[[str], bool],
        *,
        repeating: Collection[str] = (),
    ) -> None:
        """Make a filter for ``window``.

        Args:
            window: Whose keys they are.
            action_of: Gives the id of the action a key means now, or None; "Shift+F" is F with Shift.
            trigger: Gets an action id and says whether it took the key.
            repeating: Actions that go on while their key is held down; all others count once.
        """
        super().__init__(window)
        self._window = window
        self._action_of = action_of
        self._trigger = trigger
        self._repeating = frozenset(repeating)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key press, or let it go on."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or not self._is_open(watched):
            return False
        forbidden = (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        )
        if event.modifiers() & forbidden:
            return False
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        for name in key_names(event):
            action_id = self._action_of(f"Shift+{name}" if shifted and (name.isalpha() or len(name) > 1) else name)
            if action_id is not None:
                if event.isAutoRepeat() and action_id not in self._repeating:
                    return True
                return self._trigger(action_id)
        return False

    def _is_open(self, watched: QWidget) -> bool:
        if watched.window() is not self._window:
            return False
        if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None:
            return False
        # A key a field did not want goes on to its parents, when the focus may be elsewhere: the first one counts.
        focus = QApplication.focusWidget()
        return watched is (focus if focus is not None else self._window) and not isinstance(watched, _TEXT_WIDGETS)
