"""Names of a file with labels, and which label of the project each becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from acseg_core.errors import EditError
from acseg_core.formats.labelled import FileLabel
from acseg_core.names.stuff import is_stuff_name
from acseg_core.store.edits.palette import next_color
from acseg_core.store.queries.label_queries import clean_name
from acseg_core.store.records import name_key
from acseg_core.types import Label
from acseg_desktop.appearance.icons import label_swatch
from acseg_desktop.appearance.plain_text import tip
from acseg_desktop.appearance.theme import current_tones
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words, number

tr = Words("Import")

NAME, SHAPES, TARGET, FATE = range(4)
"""The columns: its name in the file, how many shapes have it, its name in the project, what that means."""

_Index = QModelIndex | QPersistentModelIndex


class ImportNameModel(QAbstractTableModel):
    """One row a name.

    Signals:
        changed(): A name goes to another label than before.
        refused(str): What was typed can be no label's name, and why.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels: list[FileLabel] = []
        self._targets: list[str] = []
        self._shapes: Mapping[str, int] = {}
        self._is_complete = True
        self._is_list = False
        self._known: dict[str, Label] = {}
        self._results: list[Label | None] = []

    def fill(
        self, labels: Sequence[FileLabel], known: Sequence[Label], *, names: Mapping[str, str], is_list: bool
    ) -> None:
        """Take the names of a file.

        Args:
            labels: Of the file.
            known: Of the project.
            names: The project's names that were chosen for those of this file before; "" leaves a label out.
            is_list: Whether it is a list of labels, without shapes.
        """
        self.beginResetModel()
        self._labels = list({label.name: label for label in reversed(labels)}.values())[::-1]
        self._targets = [names.get(label.name, label.name) for label in self._labels]
        self._known = {name_key(label.name): label for label in known}
        self._shapes, self._is_complete, self._is_list = {}, is_list, is_list
        self._work_out()
        self.endResetModel()

    def count(self, shapes: Mapping[str, int], *, is_complete: bool) -> None:
        """Say how many shapes each name has; more of them may come where the file is not read to its end."""
        self._shapes, self._is_complete = shapes, is_complete
        if self._labels:
            self.dataChanged.emit(self.index(0, SHAPES), self.index(len(self._labels) - 1, SHAPES))

    @property
    def names(self) -> dict[str, str]:
        """The project's names where they differ from the file's; "" leaves a label out."""
        pairs = zip(self._labels, self._targets, strict=True)
        return {label.name: target for label, target in pairs if target != label.name}

    @property
    def taken(self) -> int:
        """How many names are not left out."""
        return sum(map(bool, self._targets))

    @property
    def there(self) -> int:
        """How many become labels that the project has already."""
        return sum(label is not None and label.id > 0 for label in self._results)

    @property
    def results(self) -> dict[str, Label]:
        """The label each name that is not left out becomes; those that are not made yet have ids below 0."""
        pairs = zip(self._labels, self._results, strict=True)
        return {label.name: result for label, result in pairs if result is not None}

    @property
    def known(self) -> list[Label]:
        """The labels of the project."""
        return list(self._known.values())

    def own_name(self, row: int) -> str:
        """The name of a row in the file."""
        return self._labels[row].name

    def target(self, row: int) -> str:
        """Its name in the project, or "" where it is left out."""
        return self._targets[row]

    def result(self, row: int) -> Label | None:
        """The label that it becomes, or None where it is left out."""
        return self._results[row]

    def take(self, rows: Sequence[int], *, is_taken: bool) -> None:
        """Leave several names out, or take them as they are called."""
        for row in rows:
            if not is_taken:
                self._targets[row] = ""
            elif not self._targets[row]:
                self._targets[row] = self._labels[row].name
        self._follow()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """One row a name."""
        return 0 if parent.isValid() else len(self._labels)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Four; of a list, nobody asks for shapes."""
        return 0 if parent.isValid() else 4

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Only the name in the project can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == TARGET else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the columns are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("In the file"), tr("Shapes"), tr("In the project"), "")[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == SHAPES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, swatches and tones."""
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.EditRole and column == TARGET:
            return self._targets[row]
        if role == Qt.ItemDataRole.ToolTipRole and column in (NAME, TARGET):
            return tip(self._text(row, column))
        if role == Qt.ItemDataRole.DecorationRole and column == TARGET:
            result = self._results[row]
            return None if result is None else label_swatch(result)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == SHAPES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and (column in (SHAPES, FATE) or not self._targets[row]):
            return current_tones().muted
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Give a name another label; what can be no name is refused."""
        if role != Qt.ItemDataRole.EditRole or index.column() != TARGET:
            return False
        text = str(value).strip()
        try:
            target = clean_name(text) if text else ""
        except EditError as error:
            self.refused.emit(translated(error))
            return False
        if target != self._targets[index.row()]:
            self._targets[index.row()] = target
            self._follow()
        return True

    def _text(self, row: int, column: int) -> str:
        if column == NAME:
            return self._labels[row].name
        if column == SHAPES:
            return self._count_text(row)
        return self._targets[row] or tr("Leave out") if column == TARGET else self._fate(row)

    def _count_text(self, row: int) -> str:
        if self._is_list:
            return ""
        count = self._shapes.get(self._labels[row].name, 0)
        return number(count) if self._is_complete else f"{number(count)} +"

    def _fate(self, row: int) -> str:
        result = self._results[row]
        if result is None:
            return ""
        if result.id > 0:
            return tr("there already")
        if result.is_void:
            return tr("new, ignored")
        return tr("new thing") if result.is_thing else tr("new stuff")

    def _follow(self) -> None:
        self._work_out()
        if self._labels:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._labels) - 1, FATE))
        self.changed.emit()

    def _work_out(self) -> None:
        """Find the label of each row, as the import makes them: one for each name, the first of several counts."""
        known = dict(self._known)
        colors = {label.color for label in known.values()}
        self._results = []
        for label, target in zip(self._labels, self._targets, strict=True):
            key = name_key(target)
            if target and key not in known:
                known[key] = self._new(label, target, colors, label_id=-1 - len(known))
                colors.add(known[key].color)
            self._results.append(known[key] if target else None)

    def _new(self, label: FileLabel, name: str, colors: set[str], *, label_id: int) -> Label:
        usual = not is_stuff_name(name) if self._is_list else True
        return Label(
            id=label_id,
            name=name,
            color=label.color or next_color(colors),
            hotkey=None,
            supercategory=label.supercategory or "",
            is_thing=usual if label.is_thing is None else label.is_thing,
            is_void=bool(label.is_void),
            category_id=None,
        )
