"""The palette that opens with `/`: type a few letters, Enter gives the label, or makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from acseg_core.names.stuff import is_stuff_name
from acseg_core.store.edits.labels import NewLabel
from acseg_core.store.records import name_key
from acseg_core.types import Label
from acseg_desktop.appearance.icons import SMALL, icon, swatch_icon
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.language.words import Words
from acseg_desktop.panels.fuzzy import is_meant, rank

tr = Words("Label search")

_WIDTH = 360
_ROW_HEIGHT = 32
_FEWEST_ROWS, _MAX_ROWS = 2, 8
_EDGE = 8
"""Distance between the parts, and to the edges of what it floats over."""


class LabelSearch(QFrame):
    """Floats over the canvas, not a window of its own, so that it works on every window system.

    Signals:
        label_chosen(int): An existing label.
        creation_requested(NewLabel): One that is to be made.
        closed(): It went away, whether something was chosen or not.
    """

    label_chosen = Signal(int)
    creation_requested = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("LabelSearch")
        self._labels: Sequence[Label] = ()
        self._asker: Callable[[int | NewLabel], None] | None = None
        self.field = QLineEdit(placeholderText=tr("Name the selection…"), clearButtonEnabled=True)
        self.field.setAccessibleName(tr("Label name"))
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.hint = PlainLabel(tr("↑ ↓ choose   Enter assign   Esc close"))
        self.hint.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self.hint)
        shadow = QGraphicsDropShadowEffect(self, blurRadius=28, xOffset=0, yOffset=8)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)
        self.field.textChanged.connect(self._refill)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._take)
        self.hide()

    def open(
        self,
        labels: Sequence[Label],
        *,
        count: int,
        prompt: str = "",
        take: Callable[[int | NewLabel], None] | None = None,
    ) -> None:
        """Show it over the parent.

        Args:
            labels: To choose from.
            count: Selected regions.
            prompt: What is asked; which name they get, if left out.
            take: Gets the id of the label that was chosen, or the new one, in place of the signals.
        """
        self._labels, self._asker = labels, take
        self._show(prompt or tr("Name %Ln region(s)…", count), can_write=True)

    def refuse(self, reason: str) -> None:
        """Show why there is nothing to name: what is typed all the same is for nobody, and no shortcut."""
        self._labels, self._asker = (), None
        self._show(reason, can_write=False)

    def _show(self, prompt: str, *, can_write: bool) -> None:
        self.field.setPlaceholderText(prompt)
        self.field.setAccessibleDescription(prompt)
        self.field.setReadOnly(not can_write)
        self.hint.setText(tr("↑ ↓ choose   Enter assign   Esc close") if can_write else tr("Esc close"))
        self.field.clear()
        self._refill("")
        parent = self.parentWidget()
        if parent is not None:
            self.setFixedWidth(min(scaled(_WIDTH), max(220, parent.width() - 32)))
            self.adjustSize()
            top = min(max(2 * _EDGE, parent.height() // 8), max(0, parent.height() - self.height() - _EDGE))
            self.move((parent.width() - self.width()) // 2, top)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Go away without choosing."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field: up, down, Enter, Esc."""
        if watched is self.field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.dismiss()
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = -1 if key == Qt.Key.Key_Up else 1
                self.list.setCurrentRow((self.list.currentRow() + step) % max(1, self.list.count()))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.field.isReadOnly():
                    self.dismiss()
                self._take(self.list.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self.dismiss()
                return True
        return super().eventFilter(watched, event)

    def _refill(self, text: str) -> None:
        self.list.clear()
        self.list.setIconSize(QSize(scaled(SMALL.width()), scaled(SMALL.height())))
        name = " ".join(text.split())
        found = rank(name, self._labels)
        for label in found:
            key = f"   {label.hotkey}" if label.hotkey else ""
            item = QListWidgetItem(swatch_icon(label.color), f"{label.name}{key}")
            item.setData(Qt.ItemDataRole.UserRole, label.id)
            self.list.addItem(item)
        if name and not any(name_key(label.name) == name_key(name) for label in found):
            meant = sum(is_meant(name, label.name) for label in found)
            for number, is_thing in enumerate(_kinds(name)):
                item = QListWidgetItem(icon("plus", tone="accent"), _creation_text(name, is_thing=is_thing))
                item.setData(Qt.ItemDataRole.UserRole, NewLabel(name, is_thing))
                self.list.insertItem(meant + number, item)  # before names that merely have these letters somewhere
        self.list.setCurrentRow(0)
        rows = min(max(1, self.list.count()), self._rows_that_fit())
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(self.list.item(row).sizeHint().expandedTo(QSize(0, scaled(_ROW_HEIGHT))))
        self.list.setFixedHeight(rows * scaled(_ROW_HEIGHT) + 4)
        self.list.setVisible(self.list.count() > 0)
        self.adjustSize()

    def _rows_that_fit(self) -> int:
        """Over a low canvas, and in large text, the list is shorter and scrolls."""
        parent = self.parentWidget()
        if parent is None:
            return _MAX_ROWS
        around = self.field.sizeHint().height() + self.hint.sizeHint().height() + 6 * _EDGE
        room = parent.height() - max(2 * _EDGE, parent.height() // 8) - around
        return min(_MAX_ROWS, max(_FEWEST_ROWS, room // scaled(_ROW_HEIGHT)))

    def _take(self, item: QListWidgetItem | None) -> None:
        chosen = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if chosen is None:
            return
        self.dismiss()
        if self._asker is not None:
            self._asker(chosen)
        elif isinstance(chosen, int):
            self.label_chosen.emit(chosen)
        else:
            self.creation_requested.emit(chosen)


def _kinds(name: str) -> tuple[bool, bool]:
    """Whether a new label is a thing: first what its name sounds like, then the other choice."""
    sounds_countable = not is_stuff_name(name)
    return sounds_countable, not sounds_countable


def _creation_text(name: str, *, is_thing: bool) -> str:
    if is_thing:
        return tr("Create label “{name}” · things, counted one by one").format(name=name)
    return tr("Create label “{name}” · stuff, not counted").format(name=name)
