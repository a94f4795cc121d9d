"""The editor of shortcuts: press a key, see whose it was, decide; effective at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from acseg_desktop.actions.key_filter import captured_key
from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.actions.spec import key_text
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import heading, muted
from acseg_desktop.dialogs.shortcut_tree import ShortcutTree
from acseg_desktop.language.words import Words

tr = Words("Shortcuts")

_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)


class KeyCapture(QPushButton):
    """A button that, once pressed, takes the next key press as a shortcut.

    Signals:
        captured(str): A key, as the table of actions calls it.
        refused(): A key that cannot be a shortcut was pressed.
    """

    captured = Signal(str)
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self._is_waiting = False
        self.clicked.connect(lambda: self._wait(not self._is_waiting))
        self._wait(False)

    @property
    def is_waiting(self) -> bool:
        """Whether the next key press is taken."""
        return self._is_waiting

    def event(self, event: QEvent) -> bool:
        """Take the key press before Qt makes a shortcut, a click or a change of focus of it."""
        if self._is_waiting and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop waiting."""
        self._wait(False)
        super().focusOutEvent(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIERS or event.isAutoRepeat():
            return
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        self._wait(False)
        if event.key() == Qt.Key.Key_Escape and is_plain:
            return
        key = captured_key(event)
        if key is None:
            self.refused.emit()
        else:
            self.captured.emit(key)

    def _wait(self, waiting: bool) -> None:
        self._is_waiting = waiting
        self.setText(tr("Press a key… (Esc cancels)") if waiting else tr("Add a key…"))
        self.setProperty("primary", waiting)
        self.style().unpolish(self)
        self.style().polish(self)


class ShortcutEditor(QDialog):
    """All actions with their keys, and what can be done with the keys of the chosen one."""

    def __init__(self, parent: QWidget | None, keymap: Keymap) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._texts = {spec.id: spec.plain_text for spec in keymap.specs.values()}
        self._decision: Callable[[], None] | None = None
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = ShortcutTree(keymap)
        self.name = PlainLabel()
        self.name.setProperty("role", "section")
        self.chips: list[QPushButton] = []
        self._chips = QHBoxLayout()
        self._chips.setSpacing(4)
        self.add = KeyCapture()
        self.restore = QPushButton(tr("Reset"))
        self.restore.setToolTip(tr("Reset this action to its default keys"))
        self.restore_all = QPushButton(tr("Reset all"))
        self.restore_all.setToolTip(tr("Reset all actions to their default keys"))
        self.close_button = QPushButton(tr("Close"))
        self.conflict = QFrame()
        self.conflict.setObjectName("Banner")
        self.conflict_text = PlainLabel(wordWrap=True)
        self.take_over = QPushButton(tr("Reassign"))
        self.keep = QPushButton(tr("Keep as it is"))
        for button in (self.restore, self.restore_all, self.close_button, self.take_over, self.keep):
            button.setAutoDefault(False)
        self._lay_out()
        self.list.tree.currentItemChanged.connect(lambda *_: self._show_action())
        self.list.tree.itemActivated.connect(lambda *_: self._begin())
        self.add.captured.connect(self._on_captured)
        self.add.refused.connect(self._on_refused)
        self.restore.clicked.connect(self._on_restore)
        self.restore_all.clicked.connect(keymap.restore_all)
        self.close_button.clicked.connect(self.reject)
        self.take_over.clicked.connect(self._on_decided)
        self.keep.clicked.connect(self._drop_question)
        keymap.changed.connect(self._refresh)
        self.list.choose(next(iter(keymap.specs)))
        self.list.search.setFocus()
        self._refresh()

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addLayout(self._chips)
        keys.addWidget(self.add)
        keys.addStretch(1)
        keys.addWidget(self.restore)
        question = QHBoxLayout(self.conflict)
        question.setContentsMargins(12, 6, 8, 6)
        question.setSpacing(8)
        question.addWidget(self.conflict_text, 1)
        question.addWidget(self.keep)
        question.addWidget(self.take_over)
        buttons = QHBoxLayout()
        buttons.addWidget(self.restore_all)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(heading(tr("Keyboard shortcuts")))
        outer.addWidget(muted(tr("Choose an action, then add or remove keys. Changes apply immediately.")))
        outer.addWidget(self.list, 1)
        outer.addWidget(self.name)
        outer.addLayout(keys)
        outer.addWidget(self.conflict)
        outer.addSpacing(4)
        outer.addLayout(buttons)
        self.resize(scaled(640), min(scaled(640), 900))

    def _refresh(self) -> None:
        self.list.refresh()
        self.restore_all.setEnabled(self._keymap.has_changes)
        self._show_action()

    def _show_action(self) -> None:
        """Show the keys of the chosen action, each with a cross."""
        self._drop_question()
        for chip in self.chips:
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips.clear()
        action_id = self.list.current_id
        self.add.setEnabled(action_id is not None)
        self.restore.setEnabled(action_id is not None and self._keymap.is_changed(action_id))
        if action_id is None:
            self.name.setText("")
            return
        self.name.setText(tr("Keys of “{action}”").format(action=self._texts[action_id]))
        for key in self._keymap.keys(action_id):
            chip = QPushButton(f"{key_text(key)}   ×")
            chip.setAutoDefault(False)
            chip.setToolTip(tr("Remove this key"))
            chip.setAccessibleName(tr("Remove {key}").format(key=key_text(key)))
            chip.clicked.connect(lambda _checked=False, key=key: self._on_remove(key))
            self._chips.addWidget(chip)
            self.chips.append(chip)

    def _begin(self) -> None:
        if self.add.isEnabled():
            self.add.setFocus()
            self.add.click()

    def _on_captured(self, key: str) -> None:
        action_id = self.list.current_id
        if action_id is None:
            return
        owners = self._keymap.conflicts(action_id, key)
        if not owners:
            self._keymap.give(action_id, key)
            return
        self._ask(self._loss_text(key, owners), lambda: self._keymap.give(action_id, key))

    def _on_refused(self) -> None:
        self._ask(tr("That key cannot be a shortcut: it moves the focus, the selection or the picture."), None)

    def _on_remove(self, key: str) -> None:
        action_id = self.list.current_id
        if action_id is not None:
            self._keymap.take(action_id, key)
            self.add.setFocus()

    def _on_restore(self) -> None:
        action_id = self.list.current_id
        if action_id is None:
            return
        taken = self._keymap.conflicts_of_default(action_id)
        if not taken:
            self._keymap.restore(action_id)
            return
        text = " ".join(self._loss_text(key, owners) for key, owners in taken.items())
        self._ask(text, lambda: self._keymap.restore(action_id))

    def _loss_text(self, key: str, owners: list[str]) -> str:
        """Whose key it is, and what they would be left with."""
        sentences = []
        for owner in owners:
            rest = [key_text(each) for each in self._keymap.keys(owner) if each != key]
            names = {"key": key_text(key), "action": self._texts[owner], "rest": ", ".join(dict.fromkeys(rest))}
            if rest:
                sentences.append(tr("{key} belongs to “{action}”, which would keep {rest}.").format(**names))
            else:
                sentences.append(
                    tr("{key} is the only key of “{action}”, which would have none left.").format(
                        key=names["key"], action=names["action"]
                    )
                )
        return " ".join(sentences)

    def _ask(self, text: str, decision: Callable[[], None] | None) -> None:
        self._decision = decision
        self.conflict_text.setText(text)
        self.take_over.setVisible(decision is not None)
        self.keep.setText(tr("Keep as it is") if decision is not None else tr("OK"))
        self.conflict.show()
        self.keep.setFocus()

    def _on_decided(self) -> None:
        decision = self._decision
        self._drop_question()
        if decision is not None:
            decision()
            self.add.setFocus()

    def _drop_question(self) -> None:
        self._decision = None
        had_focus = self.keep.hasFocus() or self.take_over.hasFocus()
        self.conflict.hide()
        if had_focus:
            self.add.setFocus()
