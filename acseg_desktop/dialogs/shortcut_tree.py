"""The tree of shortcuts: actions by menu with their keys, for the list of shortcuts and for their editor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.actions.need import Need
from acseg_desktop.actions.spec import MENUS, ActionSpec, key_text, menu_title, without_mnemonic
from acseg_desktop.appearance.theme import current_tones
from acseg_desktop.language.words import Words

tr = Words("Shortcuts")

_ID = Qt.ItemDataRole.UserRole
_GIVING = ("region.label_", "clusters.label_")


def keys_text(keys: Iterable[str]) -> str:
    """How keys are written, those with the same name once."""
    return "   ".join(dict.fromkeys(map(key_text, keys)))


class ShortcutTree(QWidget):
    """A field to search in, and a tree of menus with their actions."""

    def __init__(self, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self.search = QLineEdit(placeholderText=tr("Search by action or key"), clearButtonEnabled=True)
        self.search.setAccessibleName(tr("Search shortcuts"))
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([tr("Action"), tr("Keys")])
        self.tree.setAccessibleName(tr("Shortcuts"))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setUniformRowHeights(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(12)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.tree.setMinimumSize(QSize(460, 320))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        self._actions: dict[str, QTreeWidgetItem] = {}
        self._sections: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._fill()
        self.search.textChanged.connect(self.filter)
        self.search.installEventFilter(self)

    @property
    def current_id(self) -> str | None:
        """The action that is chosen, or None."""
        item = self.tree.currentItem()
        action_id = item.data(0, _ID) if item is not None else None
        return action_id if isinstance(action_id, str) else None

    def item(self, action_id: str) -> QTreeWidgetItem:
        """The row of an action."""
        return self._actions[action_id]

    def choose(self, action_id: str) -> None:
        """Choose an action."""
        self.tree.setCurrentItem(self._actions[action_id])

    def shown_ids(self) -> list[str]:
        """The actions that pass the search, from top to bottom."""
        return [action_id for action_id, item in self._actions.items() if not item.isHidden()]

    def refresh(self) -> None:
        """Show the keys that are in use now; those the user changed stand out."""
        for action_id, item in self._actions.items():
            item.setText(1, keys_text(self._keymap.keys(action_id)))
            font = item.font(1)
            font.setBold(self._keymap.is_changed(action_id))
            item.setFont(1, font)

    def grey_out(self, is_live: Callable[[str], bool]) -> None:
        """Write in grey what makes no sense now."""
        faint = QColor(current_tones().faint)
        for action_id, item in self._actions.items():
            if not is_live(action_id):
                item.setForeground(0, faint)
                item.setForeground(1, faint)
                item.setToolTip(0, tr("Not available now"))
                item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, tr("Not available now"))

    def add_section(self, title: str, rows: Iterable[tuple[str, str]]) -> None:
        """Add what is not in the table of actions, such as the mouse."""
        section = self._section(title)
        self._sections.append((section, [QTreeWidgetItem(section, [text, keys]) for text, keys in rows]))

    def filter(self, text: str) -> None:
        """Show the actions whose text or keys hold all words; a single letter is a key."""
        words = text.casefold().split()
        for section, rows in self._sections:
            for row in rows:
                row.setHidden(not _matches(row, words))
            section.setHidden(all(row.isHidden() for row in rows))
        current = self.tree.currentItem()
        if current is None or current.isHidden():
            first = next((self._actions[action_id] for action_id in self.shown_ids()), None)
            if first is not None:
                self.tree.setCurrentItem(first)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Up and down go through the tree while one types."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            shown = self.shown_ids()
            if step is not None and shown:
                current = self.current_id
                place = shown.index(current) + step if current in shown else 0
                self.choose(shown[min(max(place, 0), len(shown) - 1)])
                return True
        return False

    def _fill(self) -> None:
        actions = list(self._keymap.specs.values())
        for menu in MENUS:
            specs = [spec for spec in actions if spec.menu == menu]
            self._add_actions(without_mnemonic(menu_title(menu)), specs)
        digits = [spec for spec in actions if spec.id.startswith(_GIVING)]
        self._add_actions(tr("Labels"), [spec for spec in digits if Need.BROWSER not in spec.needs])
        self._add_actions(tr("Labels, in the concept browser"), [spec for spec in digits if Need.BROWSER in spec.needs])
        others = [spec for spec in actions if spec.id not in self._actions]
        self._add_actions(tr("Not in a menu"), others)
        self.tree.expandAll()
        self.refresh()

    def _add_actions(self, title: str, specs: list[ActionSpec[Any]]) -> None:
        if specs:
            section = self._section(title)
            for spec in specs:
                item = QTreeWidgetItem(section, [spec.plain_text])
                item.setData(0, _ID, spec.id)
                self._actions[spec.id] = item
            self._sections.append((section, [self._actions[spec.id] for spec in specs]))

    def _section(self, title: str) -> QTreeWidgetItem:
        section = QTreeWidgetItem(self.tree, [title])
        section.setFlags(Qt.ItemFlag.ItemIsEnabled)
        section.setFirstColumnSpanned(True)
        font = section.font(0)
        font.setBold(True)
        section.setFont(0, font)
        section.setForeground(0, QColor(current_tones().muted))
        section.setExpanded(True)
        return section


def _matches(item: QTreeWidgetItem, words: list[str]) -> bool:
    action, keys = item.text(0).casefold(), item.text(1).casefold()
    single = {part for key in keys.split() for part in key.split("+")}
    return all(word in single if len(word) == 1 else word in action or word in keys for word in words)
