"""The list of the label panel: how its rows are drawn, dragged, folded, renamed and clicked."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from acseg_core.types import Label
from acseg_desktop.appearance.icons import SMALL, icon, label_swatch
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.appearance.theme import current_tones
from acseg_desktop.language.words import Words, number
from acseg_desktop.panels.label_model import Group, LabelListModel, Row, group_text
from acseg_desktop.panels.rows import MARGIN, name_left, paint_ground, paint_mark, paint_name, paint_right

tr = Words("Labels")

_ANY_INDEX = QModelIndex | QPersistentModelIndex
_KEY = 18
"""Side of the box of a key beside text of the usual size."""
_NAME_ROOM = 84
"""Pixels up to the kind that the mark and a short name need."""


class LabelDelegate(QStyledItemDelegate):
    """Swatch, name, count and key of a label; chevron, name and count of a group."""

    def __init__(self, model: LabelListModel, parent: LabelView) -> None:
        super().__init__(parent)
        self._model = model
        self._view = parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _ANY_INDEX) -> None:
        """Draw one row."""
        row = self._model.row(index.row())
        if isinstance(row, Label):
            view, at = self._view, index.row()
            self._paint_label(
                painter, option, row, hovered=at == view.hovered_end, kind_hovered=at == view.hovered_kind
            )
        elif row is not None:
            _paint_group(painter, option, row)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _ANY_INDEX) -> QSize:
        """All rows are alike."""
        return QSize(120, scaled(30))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _ANY_INDEX) -> None:
        """The editor covers the name."""
        editor.setGeometry(QRect(option.rect).adjusted(name_left() - 4, 0, -4, 0))
        editor.setPalette(QPalette())

    def _paint_label(
        self, painter: QPainter, option: QStyleOptionViewItem, label: Label, *, hovered: bool, kind_hovered: bool
    ) -> None:
        tones, box = current_tones(), paint_ground(painter, option)
        paint_mark(painter, box, label_swatch(label))
        side = scaled(_KEY)
        key_box = QRect(box.right() - MARGIN - side, box.center().y() - side // 2, side, side)
        if hovered:
            inner = key_box.adjusted(1, 1, -1, -1)
            painter.drawPixmap(inner, icon("tag-plus-outline", tone="accent").pixmap(inner.size()))
        elif label.hotkey:
            painter.setPen(QColor(tones.border))
            painter.setBrush(QColor(tones.window))
            painter.drawRoundedRect(key_box, 4, 4)
            painter.setPen(QColor(tones.muted))
            painter.drawText(key_box, Qt.AlignmentFlag.AlignCenter, label.hotkey)
        used = self._model.used(label)
        left = paint_right(painter, box, number(used) if used else "", right=key_box.left() - MARGIN)
        kind_box = self._view.kind_box(box, label)
        if kind_box is not None:
            painter.setPen(QColor(tones.accent if kind_hovered else tones.muted))
            painter.drawText(kind_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, kind_text(label))
            left = min(left, kind_box.left())
        paint_name(painter, box, label.name, right=left - MARGIN)


def _paint_group(painter: QPainter, option: QStyleOptionViewItem, group: Group) -> None:
    box = paint_ground(painter, option)
    side = scaled(SMALL.width())
    place = QRect(box.left() + MARGIN - 1, box.top() + (box.height() - side) // 2, side, side)
    chevron = icon("chevron-right" if group.folded else "chevron-down", tone="muted")
    painter.drawPixmap(place, chevron.pixmap(place.size()))
    font = painter.font()
    painter.save()
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    painter.setFont(bold)
    left = paint_right(painter, box, number(group.count), right=box.right() - MARGIN)
    paint_name(painter, box, group_text(group), right=left - MARGIN, quiet=True)
    painter.restore()


class LabelView(QListView):
    """The list: labels are dragged, or moved by Alt and an arrow; groups are folded by a click or the arrows.

    A double click renames a label, on its colour changes that; a click on "thing" or "stuff" makes it the other; a
    click at the end of its row, where its key is, gives it to the selected regions.

    Signals:
        step_requested(int): Move the selected labels up (-1) or down (1).
        given(int): Give this label to the selected regions.
        recolor_requested(int): Choose another colour.
        kind_toggled(int): Make a thing stuff, or the other way round.
    """

    step_requested = Signal(int)
    given = Signal(int)
    recolor_requested = Signal(int)
    kind_toggled = Signal(int)

    def __init__(self, model: LabelListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = model
        self.hovered_end = self.hovered_kind = -1
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setItemDelegate(LabelDelegate(model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Labels"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move labels; left and right fold groups."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in steps:
            self.step_requested.emit(steps[key])
            return
        row = self._labels.row(self.currentIndex().row())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and row is not None and self._labels.is_grouped:
            name = row.name if isinstance(row, Group) else row.supercategory
            self._fold(name, key == Qt.Key.Key_Left)
        elif key == Qt.Key.Key_Space and isinstance(row, Label):
            self.given.emit(row.id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a header folds its group, one at the end of a row gives the label."""
        at = event.position().toPoint()
        row = self._labels.row(self.indexAt(at).row())
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            if isinstance(row, Group):
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self._fold(row.name, not row.folded)
                return
            if row is not None and self._is_end(at):
                self.given.emit(row.id)
                return
            if row is not None and self._is_kind(at):
                self.kind_toggled.emit(row.id)
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a click gives the label."""
        at = event.position().toPoint()
        end = self.indexAt(at).row() if self._is_end(at) and not event.buttons() else -1
        kind = self.indexAt(at).row() if self._is_kind(at) and not event.buttons() else -1
        if (end, kind) != (self.hovered_end, self.hovered_kind):
            self.hovered_end, self.hovered_kind = end, kind
            self.viewport().update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The cursor is elsewhere."""
        self.hovered_end = self.hovered_kind = -1
        self.viewport().update()
        super().leaveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename a label, or change its colour."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        label = self._labels.label(index.row())
        if label is None or event.button() != Qt.MouseButton.LeftButton or self._is_end(at) or self._is_kind(at):
            self.mousePressEvent(event)
        elif at.x() - self.visualRect(index).left() < name_left() - 4:
            self.recolor_requested.emit(label.id)
        elif index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def kind_box(self, row: QRect, label: Label) -> QRect | None:
        """Where in a row it says what kind a label is; None where there is no room for that beside the name."""
        metrics = self.fontMetrics()
        count = metrics.horizontalAdvance(number(999_999)) if self._labels.used(label) > 9999 else 0
        count = count or metrics.horizontalAdvance(number(9999))
        widest = max(metrics.horizontalAdvance(text) for text in (tr("thing"), tr("stuff"), tr("void")))
        right = row.right() - 2 * MARGIN - scaled(_KEY) - count
        if right - widest - row.left() < scaled(_NAME_ROOM):
            return None
        return QRect(right - widest, row.top(), widest, row.height())

    def _is_kind(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        label = self._labels.label(index.row())
        if label is None or label.is_void or not self._labels.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        box = self.kind_box(self.visualRect(index), label)
        return box is not None and box.adjusted(-4, 0, 4, 0).contains(at)

    def _is_end(self, at: QPoint) -> bool:
        return at.x() >= self.visualRect(self.indexAt(at)).right() - MARGIN - scaled(_KEY) - 4

    def _fold(self, name: str, folded: bool) -> None:
        self._labels.fold(name, folded)
        header = next((i for i in range(self._labels.rowCount()) if _is_header(self._labels.row(i), name)), None)
        if header is not None:
            self.selectionModel().setCurrentIndex(
                self._labels.index(header), self.selectionModel().SelectionFlag.NoUpdate
            )


def kind_text(label: Label) -> str:
    """What kind a label is, in a word."""
    return tr("void") if label.is_void else tr("thing") if label.is_thing else tr("stuff")


def _is_header(row: Row | None, name: str) -> bool:
    return isinstance(row, Group) and row.name == name
