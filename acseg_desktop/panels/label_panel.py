"""The label panel, the labels of the project: colour, key, name, how often used; in groups where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from acseg_core.types import Label
from acseg_desktop.appearance.icons import SMALL, icon
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.language.words import Words
from acseg_desktop.panels.label_list import LabelView
from acseg_desktop.panels.label_model import LabelListModel
from acseg_desktop.session import Session

tr = Words("Labels")

_FEWEST_ROWS = 5
"""Room in rows that a list of fewer labels has, too: for what is said where there are none."""
_MANY = 12
"""Number of labels from which on there is a field to filter them."""


class LabelPanel(QWidget):
    """List of labels with its buttons and menus.

    Signals:
        label_given(int): The selected regions are to get this label.
        creation_requested(): A new label.
        edit_requested(int): Open the form of a label.
        recolor_requested(int): Choose another colour.
        rename_requested(int, str): A name was edited in place.
        change_requested(list, dict): Set these fields of these labels.
        move_requested(list, object, object): Put labels before another one (None: last), in a supercategory (None: as
            they are).
        merge_requested(list): Make one of these labels.
        deletion_requested(list): Delete these labels.
        images_requested(int): Show the images with this label.
        import_requested(): Add labels from a file.
        export_requested(): Write the labels to a file.
    """

    label_given = Signal(int)
    creation_requested = Signal()
    edit_requested = Signal(int)
    recolor_requested = Signal(int)
    rename_requested = Signal(int, str)
    change_requested = Signal(list, dict)
    move_requested = Signal(list, object, object)
    merge_requested = Signal(list)
    deletion_requested = Signal(list)
    images_requested = Signal(int)
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept: list[int] = []
        self.model = LabelListModel(session, self)
        self.view = LabelView(self.model)
        self.filter = QLineEdit(placeholderText=tr("Filter labels"), clearButtonEnabled=True)
        self.filter.setAccessibleName(tr("Filter labels"))
        self.empty = PlainLabel()
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._naming_key = "/"
        self._buttons: dict[str, QToolButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(self._make_buttons())
        layout.addWidget(self.filter)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.view, 1)
        self._connect()
        self.refresh()

    def show_keys(self, *, name: str) -> None:
        """Say which key names regions."""
        self._naming_key = name
        self.refresh()

    def focus_target(self) -> QWidget:
        """What takes the keys: the list, or the button that makes the first label."""
        return self.view if self.model.rowCount() else self._buttons["create"]

    def wanted_height(self) -> int:
        """How many pixels it could fill: with a row for every label, and one more to see that it is the last."""
        rows, shown = self.model.rowCount(), self.view if self.view.isVisible() else self.empty
        row = self.view.sizeHintForRow(0) if rows else 2 * self.fontMetrics().height()
        return self.height() - shown.height() + (max(rows, _FEWEST_ROWS) + 1) * row

    def selected_ids(self) -> list[int]:
        """Ids of the selected labels."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [label.id for row in rows if (label := self.model.label(row)) is not None]

    def refresh(self, *_: object) -> None:
        """Enable what makes sense for the selection, and show the hint where there is nothing."""
        count, can_edit, labels = len(self.selected_ids()), self._session.can_edit, len(self._session.labels)
        wanted = {"create": True, "edit": count == 1, "color": count == 1, "merge": count >= 2, "delete": count >= 1}
        for name, sensible in wanted.items():
            self._buttons[name].setEnabled(can_edit and sensible)
        self._buttons["more"].setEnabled(self._session.is_open)
        self._buttons["groups"].setVisible(self.model.has_groups)
        self.filter.setVisible(labels >= _MANY or self.model.is_filtered)
        shown = self.model.rowCount() > 0
        self.view.setVisible(shown)
        self.empty.setVisible(not shown)
        hint = tr("No labels yet.\nSelect a region and press {key} to name it,\nor add a label here.")
        self.empty.setText(tr("No labels match.") if labels else hint.format(key=self._naming_key))

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        names = {
            "create": "plus",
            "edit": "pencil-outline",
            "color": "palette-outline",
            "merge": "vector-union",
            "delete": "delete-outline",
            "groups": "file-tree-outline",
            "more": "dots-vertical",
        }
        for name, image in names.items():
            self._buttons[name].setIcon(icon(image))

    def _connect(self) -> None:
        self.model.rename_requested.connect(self.rename_requested)
        self.model.move_requested.connect(self.move_requested)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.given.connect(self.label_given)
        self.view.recolor_requested.connect(self.recolor_requested)
        self.view.kind_toggled.connect(self._toggle_kind)
        self.view.step_requested.connect(self._step)
        self.view.selectionModel().selectionChanged.connect(self.refresh)
        self.filter.textChanged.connect(self.model.set_filter)
        self.model.modelAboutToBeReset.connect(self._keep)
        self.model.modelReset.connect(self._on_reset)
        self._session.closed.connect(self.filter.clear)
        for signal in (self._session.opened, self._session.closed, self._session.changed):
            signal.connect(self.refresh)

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        for name, words, handler in (
            ("create", tr("New label"), self.creation_requested.emit),
            ("edit", tr("Edit label (F2 renames in place)"), lambda: self._emit_one(self.edit_requested)),
            ("color", tr("Change colour"), lambda: self._emit_one(self.recolor_requested)),
            ("merge", tr("Merge labels"), lambda: self.merge_requested.emit(self.selected_ids())),
            ("delete", tr("Delete labels"), lambda: self.deletion_requested.emit(self.selected_ids())),
            ("", "", None),
            ("groups", tr("Group by supercategory"), None),
            ("more", tr("Import or export labels"), None),
        ):
            if not name:
                row.addStretch(1)
                continue
            button = QToolButton()
            button.setObjectName(f"label.{name}")
            button.setToolTip(tip(words))
            button.setIconSize(SMALL)
            button.setAccessibleName(words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if handler is not None:
                button.clicked.connect(handler)
            self._buttons[name] = button
            row.addWidget(button)
        groups, more = self._buttons["groups"], self._buttons["more"]
        groups.setCheckable(True)
        groups.setChecked(True)
        groups.toggled.connect(self.model.set_grouped)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self._import = self.menu.addAction(tr("Import labels…"), self.import_requested.emit)
        self._export = self.menu.addAction(tr("Export labels…"), self.export_requested.emit)
        self.menu.aboutToShow.connect(self._enable_menu)
        more.setMenu(self.menu)
        self.refresh_icons()
        return row

    def _enable_menu(self) -> None:
        self._import.setEnabled(self._session.can_edit)
        self._export.setEnabled(bool(self._session.labels))

    def _emit_one(self, signal: Any) -> None:
        ids = self.selected_ids()
        if len(ids) == 1:
            signal.emit(ids[0])

    def _step(self, by: int) -> None:
        """Move the selected labels by one place; at the border of a group they stay in it."""
        ids = self.selected_ids()
        if not ids or not self._session.can_edit or self.model.is_filtered:
            return
        above, below, after = self.model.neighbours(ids)
        if by < 0 and above is not None:
            self.move_requested.emit(ids, above.id, None)
        elif by > 0 and below is not None:
            self.move_requested.emit(ids, after.id if after is not None else self._following(below), None)

    def _following(self, label: Label) -> int | None:
        order = list(self._session.labels)
        place = order.index(label.id) + 1
        return order[place] if place < len(order) else None

    def _keep(self) -> None:
        self._kept = self.selected_ids()

    def _on_reset(self) -> None:
        """Labels that are still there stay selected."""
        selection = self.view.selectionModel()
        rows = [row for label_id in self._kept if (row := self.model.row_of(label_id)) is not None]
        for row in rows:
            selection.select(self.model.index(row), QItemSelectionModel.SelectionFlag.Select)
        if rows:
            selection.setCurrentIndex(self.model.index(rows[0]), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.scrollTo(self.model.index(rows[0]))
        self.refresh()

    def _toggle_kind(self, label_id: int) -> None:
        label = self._session.labels.get(label_id)
        if label is not None:
            self.change_requested.emit([label_id], {"is_thing": not label.is_thing})

    def _open_menu(self, at: QPoint) -> None:
        if not self.view.indexAt(at).isValid() and self.view.currentIndex().isValid():  # by the keyboard
            at = self.view.visualRect(self.view.currentIndex()).center()
        label = self.model.label(self.view.indexAt(at).row())
        if label is None:
            self.menu.popup(self.view.viewport().mapToGlobal(at))
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu, label, self.selected_ids() or [label.id])
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _fill_menu(self, menu: QMenu, label: Label, ids: Sequence[int]) -> None:
        can_edit, row = self._session.can_edit, self.model.row_of(label.id)
        labels = [self._session.labels[label_id] for label_id in ids]
        give = menu.addAction(tr("Assign to selection"), lambda: self.label_given.emit(label.id))
        images = menu.addAction(tr("Show images with this label"), lambda: self.images_requested.emit(label.id))
        menu.addSeparator()
        rename = menu.addAction(tr("Rename"), lambda: self.view.edit(self.model.index(row or 0)))
        edit = menu.addAction(tr("Edit…"), lambda: self.edit_requested.emit(label.id))
        recolor = menu.addAction(tr("Change colour…"), lambda: self.recolor_requested.emit(label.id))
        menu.addSeparator()
        for text, fields, holds in (
            (tr("Thing"), {"is_thing": True}, all(each.is_thing for each in labels)),
            (tr("Stuff"), {"is_thing": False}, not any(each.is_thing for each in labels)),
            (tr("Void: ignored in training and scoring"), {}, all(each.is_void for each in labels)),
        ):
            values = fields or {"is_void": not holds}
            kind = menu.addAction(text, partial(self.change_requested.emit, list(ids), values))
            kind.setCheckable(True)
            kind.setChecked(holds)
            kind.setEnabled(can_edit)
        groups = menu.addMenu(tr("Supercategory"))
        for name in dict.fromkeys(["", *(each.supercategory for each in self._session.labels.values())]):
            text = name.replace("&", "&&") if name else tr("None")
            group = groups.addAction(text, partial(self.change_requested.emit, list(ids), {"supercategory": name}))
            group.setCheckable(True)
            group.setChecked(all(each.supercategory == name for each in labels))
        groups.setEnabled(can_edit and self.model.has_groups)
        menu.addSeparator()
        up = menu.addAction(tr("Move up (Alt+Up)"), lambda: self._step(-1))
        down = menu.addAction(tr("Move down (Alt+Down)"), lambda: self._step(1))
        menu.addSeparator()
        merge = menu.addAction(tr("Merge…"), lambda: self.merge_requested.emit(list(ids)))
        delete = menu.addAction(tr("Delete"), lambda: self.deletion_requested.emit(list(ids)))
        for action in (give, rename, edit, recolor, delete):
            action.setEnabled(can_edit)
        images.setEnabled(self.model.used(label) > 0)
        for action in (up, down):
            action.setEnabled(can_edit and not self.model.is_filtered)
        merge.setEnabled(can_edit and len(ids) >= 2)
