"""The rows of the label panel: labels, under the headers of their supercategories where there are any."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from acseg_core.store.records import name_key
from acseg_core.types import Label
from acseg_desktop.appearance.plain_text import tip
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

tr = Words("Labels")

_ANY_INDEX = QModelIndex | QPersistentModelIndex
_MIME = "application/x-acseg-labels"


@dataclass(frozen=True, slots=True)
class Group:
    """The header of a supercategory.

    Attributes:
        name: "" for labels that have none.
        count: Labels in it that pass the filter.
        folded: Whether they are hidden.
    """

    name: str
    count: int
    folded: bool = False


Row = Label | Group


class LabelListModel(QAbstractListModel):
    """Labels in their order, by supercategory if wanted.

    Signals:
        rename_requested(int, str): A name was edited in its row.
        move_requested(list, object, object): Labels were dragged: their ids, the one they go before (None is the
            end), and the supercategory they get (None keeps it).
    """

    rename_requested = Signal(int, str)
    move_requested = Signal(list, object, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: Sequence[Row] = ()
        self._filter = ""
        self._grouped = True
        self._folded: set[str] = set()
        for signal in (session.opened, session.changed):
            signal.connect(self.refresh)
        session.closed.connect(self._on_closed)
        session.counts_changed.connect(self._on_counts)

    @property
    def has_groups(self) -> bool:
        """Whether any label has a supercategory."""
        return any(label.supercategory for label in self._session.labels.values())

    @property
    def is_grouped(self) -> bool:
        """Whether there are headers now."""
        return self._grouped and self.has_groups

    @property
    def is_filtered(self) -> bool:
        """Whether a filter hides labels."""
        return bool(self._filter)

    def set_grouped(self, grouped: bool) -> None:
        """Show headers of supercategories, or the plain order."""
        self._grouped = grouped
        self.refresh()

    def set_filter(self, text: str) -> None:
        """Show only labels whose name or supercategory holds a text."""
        self._filter = name_key(text.strip())
        self.refresh()

    def fold(self, name: str, folded: bool | None = None) -> None:
        """Hide the labels of a supercategory, or show them; without ``folded``, the other of the two."""
        hide = name not in self._folded if folded is None else folded
        (self._folded.add if hide else self._folded.discard)(name)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Take the labels over from the session."""
        rows = tuple(self._make_rows())
        if [_identity(row) for row in rows] == [_identity(row) for row in self._rows]:
            self._rows = rows
            self._on_counts()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> Row | None:
        """What is in a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def label(self, number: int) -> Label | None:
        """The label in a row, if there is one."""
        row = self.row(number)
        return row if isinstance(row, Label) else None

    def row_of(self, label_id: int) -> int | None:
        """Where a label is, or None where it is hidden."""
        return next((i for i, row in enumerate(self._rows) if isinstance(row, Label) and row.id == label_id), None)

    def neighbours(self, label_ids: Iterable[int]) -> tuple[Label | None, Label | None, Label | None]:
        """The labels before, after, and after that one, of those shown beside some others in the same group."""
        shown = [row for row in self._rows if isinstance(row, Label)]
        places = sorted(i for i, label in enumerate(shown) if label.id in set(label_ids))
        if not places:
            return None, None, None
        group = shown[places[0]].supercategory

        def at(place: int) -> Label | None:
            there = shown[place] if 0 <= place < len(shown) else None
            return there if there is not None and (not self.is_grouped or there.supercategory == group) else None

        return at(places[0] - 1), at(places[-1] + 1), at(places[-1] + 2)

    def used(self, label: Label) -> int:
        """How many regions have a label, as far as they were counted."""
        usage = self._session.usage.get(label.id)
        return usage.regions if usage else 0

    def rowCount(self, parent: _ANY_INDEX | None = None) -> int:
        """Number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _ANY_INDEX, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, label and usage of a row."""
        row = self.row(index.row())
        if isinstance(row, Group):
            return group_text(row) if role == Qt.ItemDataRole.DisplayRole else None
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._told(row))
        return None

    def setData(self, index: _ANY_INDEX, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; the row changes when the edit is committed."""
        label, name = self.label(index.row()), " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or label is None or not name or name == label.name:
            return False
        self.rename_requested.emit(label.id, name)
        return True

    def flags(self, index: _ANY_INDEX) -> Qt.ItemFlag:
        """Names can be edited and labels dragged in a project that can be written."""
        flags = Qt.ItemFlag.ItemIsEnabled
        can_edit, can_drag = self._session.can_edit, self._session.can_edit and not self.is_filtered
        row = self.row(index.row())
        if row is None:
            return flags | (Qt.ItemFlag.ItemIsDropEnabled if can_drag else Qt.ItemFlag.NoItemFlags)
        if isinstance(row, Group):
            return flags | (Qt.ItemFlag.ItemIsDropEnabled if can_drag else Qt.ItemFlag.NoItemFlags)
        flags |= Qt.ItemFlag.ItemIsSelectable
        if can_edit:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags | Qt.ItemFlag.ItemIsDragEnabled if can_drag else flags

    def supportedDropActions(self) -> Qt.DropAction:
        """Labels are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """What can be dropped."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The labels that are dragged."""
        rows = sorted(index.row() for index in indexes)
        ids = [label.id for row in rows if (label := self.label(row)) is not None]
        data = QMimeData()
        data.setData(_MIME, QByteArray(json.dumps(ids).encode()))
        return data

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: _ANY_INDEX) -> bool:
        """Ask for the move; the rows change when it is committed."""
        if not data.hasFormat(_MIME):
            return False
        ids = json.loads(bytes(data.data(_MIME).data()))
        if parent.isValid():  # on a row: before it, or into the group whose header it is
            row = parent.row()
            row += isinstance(self.row(row), Group)
        elif row < 0:
            row = len(self._rows)
        self.move_requested.emit(ids, self._label_from(row), self._group_at(row))
        return False

    def _label_from(self, row: int) -> int | None:
        """The label that labels dropped before a row come to stand before."""
        below = self.label(row)
        if below is not None:
            return below.id
        above = self.label(row - 1)
        if above is None or not self.is_grouped:
            return None
        order = list(self._session.labels)
        place = order.index(above.id) + 1
        return order[place] if place < len(order) else None

    def _group_at(self, row: int) -> str | None:
        if not self.is_grouped:
            return None
        above = self.row(row - 1)
        if above is None:
            first = self.row(0)
            return first.name if isinstance(first, Group) else None
        return above.name if isinstance(above, Group) else above.supercategory

    def _make_rows(self) -> Iterable[Row]:
        labels = [label for label in self._session.labels.values() if self._passes(label)]
        if not self.is_grouped:
            yield from labels
            return
        groups: dict[str, list[Label]] = {}
        for label in labels:
            groups.setdefault(label.supercategory, []).append(label)
        for name, members in groups.items():
            folded = name in self._folded and not self.is_filtered
            yield Group(name, len(members), folded)
            if not folded:
                yield from members

    def _passes(self, label: Label) -> bool:
        return self._filter in name_key(label.name) or self._filter in name_key(label.supercategory)

    def _told(self, label: Label) -> str:
        usage = self._session.usage.get(label.id)
        used = tr("not used yet")
        if usage and usage.regions:
            used = tr("%Ln region(s)", usage.regions) + " " + tr("in %Ln image(s)", usage.images)
        kind = tr("void") if label.is_void else tr("thing") if label.is_thing else tr("stuff")
        group = f", {label.supercategory}" if label.supercategory else ""
        told = f"{label.name} ({kind}{group}): {used}"
        hint = tr("Things are counted one by one, stuff is not. Click the word to change it.")
        return told if label.is_void else f"{told}. {hint}"

    def _on_counts(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def _on_closed(self) -> None:
        self._folded.clear()
        self.refresh()


def group_text(group: Group) -> str:
    """How a supercategory is called."""
    return group.name or tr("Other")


def _identity(row: Row) -> object:
    return row.id if isinstance(row, Label) else (row.name, row.folded)
