"""Draws and edits which label of the project a name of a file becomes."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QComboBox, QCompleter, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from acseg_desktop.appearance.icons import icon, label_swatch
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.import_name_model import ImportNameModel
from acseg_desktop.language.words import Words

tr = Words("Import")

_ARROW = 16

_Index = QModelIndex | QPersistentModelIndex


class TargetDelegate(QStyledItemDelegate):
    """Looks like a list to choose from; its editor is one, in which one may also write."""

    def __init__(self, names: ImportNameModel, view: QTableView) -> None:
        super().__init__(view)
        self._names, self._view = names, view
        self._opens_list = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the name, and the arrow of a list."""
        super().paint(painter, option, index)
        box = self._arrow_box(QRect(option.rect))
        icon("chevron-down", tone="muted").paint(painter, box)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As wide as the name and the arrow."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + scaled(_ARROW) + 12, size.height())

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """A click on the arrow opens the list at once."""
        row, column = index.row(), index.column()
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            self._opens_list = (
                self._arrow_box(QRect(option.rect)).adjusted(-8, -8, 8, 8).contains(event.position().toPoint())
            )
            QTimer.singleShot(0, self._view, lambda: self._edit(model.index(row, column)))
        return super().editorEvent(event, model, option, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter ends an edit once: left to the list, it would end it a second time."""
        key = event.key() if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QComboBox):
            self._commit(watched)
            return True
        return super().eventFilter(watched, event)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A list of the project's labels, in which another name may be written."""
        combo = QComboBox(parent)
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setAccessibleName(tr("In the project"))
        combo.addItem(tr("Leave out"))
        combo.insertSeparator(1)
        own, names = self._names.own_name(self._source_row(index)), self._names.known
        if own not in {label.name for label in names}:
            combo.addItem(own)
        for label in names:
            combo.addItem(label_swatch(label), label.name)
        completer = combo.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        combo.activated.connect(lambda _row: self._commit(combo))
        if self._opens_list:
            QTimer.singleShot(0, combo, combo.showPopup)
        self._opens_list = False
        return combo

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the name as it is."""
        if isinstance(editor, QComboBox):
            target = self._names.target(self._source_row(index))
            row = editor.findText(target, Qt.MatchFlag.MatchFixedString | Qt.MatchFlag.MatchCaseSensitive)
            editor.setCurrentIndex(row if target else 0)
            editor.setEditText(target or editor.itemText(0))
            QTimer.singleShot(0, editor, lambda: _select_all(editor))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Take what was chosen or written; the first of the list leaves the name out."""
        if isinstance(editor, QComboBox):
            text = editor.currentText().strip()
            leaves_out = text == editor.itemText(0) and self._names.own_name(self._source_row(index)) != text
            model.setData(model.index(index.row(), index.column()), "" if leaves_out else text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index) -> None:
        """The editor covers the cell."""
        editor.setGeometry(QRect(option.rect))

    def _edit(self, index: QModelIndex) -> None:
        if not self._view.isPersistentEditorOpen(index):  # as it is while the editor is open, too
            self._view.edit(index)

    def _commit(self, combo: QComboBox) -> None:
        if combo.property("is_over"):
            return
        combo.setProperty("is_over", True)
        completer = combo.completer()
        popup = None if completer is None else completer.popup()
        if popup is not None:
            popup.hide()
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)

    def _source_row(self, index: _Index) -> int:
        model = index.model()
        if isinstance(model, QSortFilterProxyModel):
            return model.mapToSource(model.index(index.row(), index.column())).row()
        return index.row()

    def _arrow_box(self, cell: QRect) -> QRect:
        side = scaled(_ARROW)
        return QRect(cell.right() - side - 6, cell.center().y() - side // 2 + 2, side, side)


def _select_all(combo: QComboBox) -> None:
    line = combo.lineEdit()
    if line is not None:
        line.selectAll()
