"""The labels of the project: colour, key, name, how often used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acseg_core.types import Label
from acseg_desktop.icons import SMALL, icon, swatch
from acseg_desktop.language import Words
from acseg_desktop.panels.rows import MARGIN, paint_ground, paint_mark, paint_name, paint_right
from acseg_desktop.session import Session
from acseg_desktop.theme import current_tones

tr = Words("Labels")

_ANY_INDEX = QModelIndex | QPersistentModelIndex


class LabelListModel(QAbstractListModel):
    """Labels in the order they were made.

    Signals:
        rename_requested(int, str): A name was edited in its row.
    """

    rename_requested = Signal(int, str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._labels: Sequence[Label] = ()
        for signal in (session.opened, session.closed, session.changed):
            signal.connect(self.refresh)
        session.counts_changed.connect(self._on_counts)

    def refresh(self, *_: object) -> None:
        """Take the labels over from the session."""
        labels = tuple(self._session.labels.values())
        if [label.id for label in labels] == [label.id for label in self._labels]:
            self._labels = labels
            self._on_counts()
            return
        self.beginResetModel()
        self._labels = labels
        self.endResetModel()

    def label(self, row: int) -> Label | None:
        """The label in a row."""
        return self._labels[row] if 0 <= row < len(self._labels) else None

    def used(self, label: Label) -> int:
        """How many regions have a label, as far as they were counted."""
        usage = self._session.usage.get(label.id)
        return usage.regions if usage else 0

    def rowCount(self, parent: _ANY_INDEX | None = None) -> int:
        """Number of labels."""
        return 0 if parent is not None and parent.isValid() else len(self._labels)

    def data(self, index: _ANY_INDEX, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, label and usage of a row."""
        label = self.label(index.row())
        if label is None:
            return None
        usage = self._session.usage.get(label.id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return label.name
        if role == Qt.ItemDataRole.ToolTipRole:
            used = tr("not used yet")
            if usage:
                used = tr("%Ln region(s)", usage.regions) + " " + tr("in %Ln image(s)", usage.images)
            kind = tr("thing") if label.is_thing else tr("stuff")
            group = f", {label.supercategory}" if label.supercategory else ""
            return f"{label.name} ({kind}{group}): {used}"
        return None

    def setData(self, index: _ANY_INDEX, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; the row changes when the edit is committed."""
        label, name = self.label(index.row()), " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or label is None or not name or name == label.name:
            return False
        self.rename_requested.emit(label.id, name)
        return True

    def flags(self, index: _ANY_INDEX) -> Qt.ItemFlag:
        """Names can be edited in a project that can be written."""
        editable = Qt.ItemFlag.ItemIsEditable if self._session.can_edit else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | editable

    def _on_counts(self) -> None:
        if self._labels:
            self.dataChanged.emit(self.index(0), self.index(len(self._labels) - 1))


class LabelDelegate(QStyledItemDelegate):
    """Key, swatch, name, count."""

    def __init__(self, model: LabelListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _ANY_INDEX) -> None:
        """Draw one row."""
        label = self._model.label(index.row())
        if label is None:
            return
        tones, box = current_tones(), paint_ground(painter, option)
        paint_mark(painter, box, swatch(label.color))
        key_box = QRect(box.right() - MARGIN - 18, box.center().y() - 9, 18, 18)
        if label.hotkey:
            painter.setPen(QColor(tones.border))
            painter.setBrush(QColor(tones.window))
            painter.drawRoundedRect(key_box, 4, 4)
            painter.setPen(QColor(tones.muted))
            painter.drawText(key_box, Qt.AlignmentFlag.AlignCenter, label.hotkey)
        left = paint_right(painter, box, str(self._model.used(label) or ""), right=key_box.left() - MARGIN)
        paint_name(painter, box, label.name, right=left - MARGIN)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _ANY_INDEX) -> QSize:
        """All rows are alike."""
        return QSize(120, 32)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _ANY_INDEX) -> None:
        """The editor covers the name."""
        editor.setGeometry(QRect(option.rect).adjusted(26, 0, -4, 0))
        editor.setPalette(QPalette())


class LabelPanel(QWidget):
    """List of labels with its buttons.

    Signals:
        label_given(int): A label was double-clicked: the selection gets it.
        creation_requested(): The plus button.
        edit_requested(int): Open the form of a label.
        recolor_requested(int): Choose another colour.
        rename_requested(int, str): A name was edited in place.
        merge_requested(list): Make one of these labels.
        deletion_requested(list): Delete these labels.
    """

    label_given = Signal(int)
    creation_requested = Signal()
    edit_requested = Signal(int)
    recolor_requested = Signal(int)
    rename_requested = Signal(int, str)
    merge_requested = Signal(list)
    deletion_requested = Signal(list)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = LabelListModel(session, self)
        self.model.rename_requested.connect(self.rename_requested)
        self.view = QListView(uniformItemSizes=True)
        self.view.setModel(self.model)
        self.view.setItemDelegate(LabelDelegate(self.model, self.view))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(tr("Labels"))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.doubleClicked.connect(self._on_double_click)
        self.empty = QLabel()
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.show_keys(name="/")
        self._buttons: dict[str, QToolButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(self._make_buttons())
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.view, 1)
        self.view.selectionModel().selectionChanged.connect(self.refresh)
        self.model.modelReset.connect(self.refresh)
        for signal in (session.opened, session.closed):
            signal.connect(self.refresh)
        self.refresh()

    def show_keys(self, *, name: str) -> None:
        """Say which key names regions."""
        self.empty.setText(
            tr("No labels yet.\nSelect a region and press {key} to name it,\nor add a label here.").format(key=name)
        )

    def focus_target(self) -> QWidget:
        """What takes the keys: the list, or the button that makes the first label."""
        return self.view if self.model.rowCount() else self._buttons["create"]

    def selected_ids(self) -> list[int]:
        """Ids of the selected labels."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [label.id for row in rows if (label := self.model.label(row)) is not None]

    def refresh(self, *_: object) -> None:
        """Enable what makes sense for the selection, and show the hint where there is nothing."""
        count, can_edit = len(self.selected_ids()), self._session.can_edit
        wanted = {"create": True, "edit": count == 1, "color": count == 1, "merge": count >= 2, "delete": count >= 1}
        for name, sensible in wanted.items():
            self._buttons[name].setEnabled(can_edit and sensible)
        has_labels = self.model.rowCount() > 0
        self.view.setVisible(has_labels)
        self.empty.setVisible(not has_labels)

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        names = {
            "create": "plus",
            "edit": "pencil-outline",
            "color": "palette-outline",
            "merge": "vector-union",
            "delete": "delete-outline",
        }
        for name, image in names.items():
            self._buttons[name].setIcon(icon(image))

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        for name, tip, handler in (
            ("create", tr("New label"), self.creation_requested.emit),
            ("edit", tr("Edit label (F2 renames in place)"), lambda: self._emit_one(self.edit_requested)),
            ("color", tr("Change colour"), lambda: self._emit_one(self.recolor_requested)),
            ("merge", tr("Merge labels"), lambda: self.merge_requested.emit(self.selected_ids())),
            ("delete", tr("Delete labels"), lambda: self.deletion_requested.emit(self.selected_ids())),
        ):
            button = QToolButton()
            button.setObjectName(f"label.{name}")
            button.setToolTip(tip)
            button.setIconSize(SMALL)
            button.setAccessibleName(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(handler)
            self._buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        self.refresh_icons()
        return row

    def _emit_one(self, signal: Any) -> None:
        ids = self.selected_ids()
        if len(ids) == 1:
            signal.emit(ids[0])

    def _on_double_click(self, index: QModelIndex) -> None:
        label = self.model.label(index.row())
        if label is not None:
            self.label_given.emit(label.id)

    def _open_menu(self, at: QPoint) -> None:
        label = self.model.label(self.view.indexAt(at).row())
        if label is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        can_edit, ids = self._session.can_edit, self.selected_ids()
        give = menu.addAction(tr("Give to selection"), lambda: self.label_given.emit(label.id))
        menu.addSeparator()
        index = self.view.indexAt(at)
        rename = menu.addAction(tr("Rename"), lambda: self.view.edit(index))
        edit = menu.addAction(tr("Edit…"), lambda: self.edit_requested.emit(label.id))
        recolor = menu.addAction(tr("Change colour…"), lambda: self.recolor_requested.emit(label.id))
        merge = menu.addAction(tr("Merge…"), lambda: self.merge_requested.emit(ids))
        delete = menu.addAction(tr("Delete"), lambda: self.deletion_requested.emit(ids))
        for action in (give, rename, edit, recolor, delete):
            action.setEnabled(can_edit)
        merge.setEnabled(can_edit and len(ids) >= 2)
        menu.popup(self.view.viewport().mapToGlobal(at))
