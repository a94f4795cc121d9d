"""Part of the import form: the table of names, which can be filtered, and left out or taken several at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from acseg_core.formats.labelled import FileLabel
from acseg_core.types import Label
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.import_name_delegate import TargetDelegate
from acseg_desktop.dialogs.import_name_model import FATE, NAME, SHAPES, TARGET, ImportNameModel
from acseg_desktop.language.words import Words

tr = Words("Import")

_MANY = 12
"""Names from which on there is a field to filter them."""
_ROW, _ROWS_SHOWN = 30, 6


class ImportNames(QWidget):
    """Which label of the project each name of the file becomes.

    Signals:
        changed(): A name goes to another label than before.
        refused(str): What was typed can be no name, and why.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.model = ImportNameModel(self)
        self.view = _Table()
        self.filter = QLineEdit(placeholderText=tr("Filter names"), clearButtonEnabled=True)
        self.filter.setAccessibleName(tr("Filter names"))
        self.none, self.all = QPushButton(), QPushButton()
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self.model)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._shown.setFilterKeyColumn(NAME)
        self._set_up()
        self.filter.textChanged.connect(self._on_filter)
        self.none.clicked.connect(lambda: self._take(is_taken=False))
        self.all.clicked.connect(lambda: self._take(is_taken=True))
        self.view.leave_out_requested.connect(self._leave_out_selected)
        self.view.selectionModel().selectionChanged.connect(self._say)
        self.model.changed.connect(self.changed)
        self.model.changed.connect(self._say)
        self.model.refused.connect(self.refused)

    def fill(
        self, labels: Sequence[FileLabel], known: Sequence[Label], *, names: Mapping[str, str], is_list: bool
    ) -> None:
        """Take the names of a file; see `ImportNameModel.fill`."""
        self.filter.clear()
        self.model.fill(labels, known, names=names, is_list=is_list)
        self.filter.setVisible(self.model.rowCount() >= _MANY)
        self.view.setColumnHidden(SHAPES, is_list)
        for column in (SHAPES, FATE):
            self.view.resizeColumnToContents(column)
        self._say()

    def _set_up(self) -> None:
        view, header = self.view, self.view.horizontalHeader()
        view.setModel(self._shown)
        view.setAccessibleName(tr("Names"))
        self._delegate = TargetDelegate(self.model, view)
        view.setItemDelegateForColumn(TARGET, self._delegate)
        for column in (NAME, TARGET):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column in (SHAPES, FATE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.none, self.all):
            button.setFlat(True)
            button.setProperty("flat", True)
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.filter)
        layout.addWidget(view, 1)
        layout.addLayout(buttons)

    def _rows(self) -> list[int]:
        """The rows that are selected; where that is not more than one, all that are shown."""
        chosen = self.view.selectionModel().selectedRows()
        shown = chosen if len(chosen) > 1 else [self._shown.index(row, 0) for row in range(self._shown.rowCount())]
        return [self._shown.mapToSource(index).row() for index in shown]

    def _take(self, *, is_taken: bool) -> None:
        self.model.take(self._rows(), is_taken=is_taken)

    def _leave_out_selected(self) -> None:
        chosen = self.view.selectionModel().selectedRows()
        self.model.take([self._shown.mapToSource(index).row() for index in chosen], is_taken=False)

    def _on_filter(self, text: str) -> None:
        self._shown.setFilterFixedString(text)
        self._say()

    def _say(self, *_: object) -> None:
        several, rows = len(self.view.selectionModel().selectedRows()) > 1, self._rows()
        self.none.setText(tr("Leave these out") if several or self.filter.text() else tr("Leave all out"))
        self.all.setText(tr("Take these") if several or self.filter.text() else tr("Take all"))
        self.none.setEnabled(any(self.model.target(row) for row in rows))
        self.all.setEnabled(any(not self.model.target(row) for row in rows))


class _Table(QTableView):
    """The table, in which Enter edits a name and Delete leaves it out.

    Signals:
        leave_out_requested(): What is selected is to be left out.
    """

    leave_out_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ImportNames")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        self.verticalHeader().setMinimumSectionSize(scaled(_ROW))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(0)  # what is seen decides, not all of a long list
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMinimumHeight(scaled(_ROW) * (_ROWS_SHOWN + 1) + 4)
        self.setMinimumWidth(scaled(420))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 edit the name in the project, Delete leaves it out; letters look for a name."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and index.isValid():
            self.edit(index.siblingAtColumn(TARGET))
        elif event.key() == Qt.Key.Key_Delete:
            self.leave_out_requested.emit()
        else:
            super().keyPressEvent(event)
