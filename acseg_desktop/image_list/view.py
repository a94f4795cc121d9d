"""A grid of thumbnails: one row that scrolls sideways, or several that scroll down where there is height for them.

Qt's own list lays out every item, which takes a third of a second for 100,000; here all cells are alike, so that where
a cell is follows from its number, and only what is on the screen costs anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QHoverEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from acseg_desktop.image_list.model import ImageListModel
from acseg_desktop.image_list.thumbnail_delegate import ThumbnailDelegate, cell_size
from acseg_desktop.language.words import Words

tr = Words("Image list")

_ANY_INDEX = QModelIndex | QPersistentModelIndex
_SCROLL_BAR = 18
_Flag = QItemSelectionModel.SelectionFlag


class ThumbnailView(QAbstractItemView):
    """The thumbnails; clicks and arrow keys show images, with Shift or Ctrl they select several.

    Signals:
        image_chosen(int): The user clicked an image, or moved to it.
        selection_counted(int): How many are selected now.
    """

    image_chosen = Signal(int)
    selection_counted = Signal(int)

    def __init__(self, model: ImageListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images = model
        self._anchor = 0
        self._hovered = -1
        self._band: QPoint | None = None
        self.shown_row: int | None = None
        self.setModel(model)
        self.setItemDelegate(ThumbnailDelegate(model, lambda: self.shown_row, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setMinimumHeight(cell_size().height() + _SCROLL_BAR)
        self.setAccessibleName(tr("Images"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        model.modelReset.connect(self._on_reset)

    # What is where

    @property
    def wraps(self) -> bool:
        """Whether there is height for several rows."""
        return self.height() >= 2 * cell_size().height()

    @property
    def columns(self) -> int:
        """Cells in a row."""
        if not self.wraps:
            return max(1, self._count())
        return max(1, self.viewport().width() // cell_size().width())

    def visualRect(self, index: _ANY_INDEX) -> QRect:
        """The cell of an index on the screen."""
        if not index.isValid():
            return QRect()
        line, column = divmod(index.row(), self.columns)
        corner = QPoint(column * cell_size().width(), line * cell_size().height())
        return QRect(corner - QPoint(self.horizontalOffset(), self.verticalOffset()), cell_size())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The index under a point of the viewport."""
        x, y = point.x() + self.horizontalOffset(), point.y() + self.verticalOffset()
        column = x // cell_size().width()
        row = y // cell_size().height() * self.columns + column
        if x < 0 or y < 0 or column >= self.columns or row >= self._count():
            return QModelIndex()
        return self._images.index(row)

    def visible_rows(self) -> range:
        """Numbers of the cells on the screen."""
        if self.wraps:
            first = self.verticalOffset() // cell_size().height() * self.columns
            lines = self.viewport().height() // cell_size().height() + 2
            return range(first, min(self._count(), first + lines * self.columns))
        first = self.horizontalOffset() // cell_size().width()
        return range(first, min(self._count(), first + self.viewport().width() // cell_size().width() + 2))

    def horizontalOffset(self) -> int:
        """How far it is scrolled sideways."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        """How far it is scrolled down."""
        return self.verticalScrollBar().value()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumHeight(cell_size().height() + _SCROLL_BAR)
            self.updateGeometries()

    def isIndexHidden(self, _index: _ANY_INDEX) -> bool:
        """None ever is."""
        return False

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(5 * cell_size().width(), cell_size().height() + _SCROLL_BAR)

    def scrollTo(
        self,
        index: _ANY_INDEX,
        _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into view."""
        rect, room = self.visualRect(index), self.viewport().rect()
        if self.wraps:
            bar, low, high, size = self.verticalScrollBar(), rect.top(), rect.bottom() + 1, room.height()
        else:
            bar, low, high, size = self.horizontalScrollBar(), rect.left(), rect.right() + 1, room.width()
        if low < 0:
            bar.setValue(bar.value() + low)
        elif high > size:
            bar.setValue(bar.value() + high - size)

    def updateGeometries(self) -> None:
        """Set the scroll bars to the number of cells."""
        room = self.viewport().size()
        across = 0 if self.wraps else max(0, self._count() * cell_size().width() - room.width())
        lines = -(-self._count() // self.columns)
        down = max(0, lines * cell_size().height() - room.height()) if self.wraps else 0
        for bar, reach, step, page in (
            (self.horizontalScrollBar(), across, cell_size().width(), room.width()),
            (self.verticalScrollBar(), down, cell_size().height(), room.height()),
        ):
            bar.setRange(0, reach)
            bar.setSingleStep(step)
            bar.setPageStep(page)
        super().updateGeometries()

    # What is selected

    def selected_ids(self) -> list[int]:
        """Ids of the selected images, in the order of the list."""
        ids: Sequence[int] = self._images.ids
        rows = sorted({row for part in self._parts() for row in range(part.top(), part.bottom() + 1)})
        return [ids[row] for row in rows if row < len(ids)]

    def follow(self, row: int | None) -> None:
        """Frame the image on the canvas and bring it into view; a selection of several that it is in stays."""
        self.shown_row = row
        model = self.selectionModel()
        if row is None:
            model.clear()
        else:
            index = self._images.index(row)
            if index != self.currentIndex() and not model.isSelected(index):
                model.setCurrentIndex(index, _Flag.ClearAndSelect)
                self._anchor = row
            elif not model.hasSelection():
                model.select(index, _Flag.Select)
            self.scrollTo(index)
        self.viewport().update()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the cells that a rectangle of the viewport touches."""
        area = rect.normalized().translated(self.horizontalOffset(), self.verticalOffset())
        last_column = self.columns - 1
        left = min(last_column, max(0, area.left() // cell_size().width()))
        right = min(last_column, max(0, area.right() // cell_size().width()))
        chosen = QItemSelection()
        for line in range(
            max(0, area.top() // cell_size().height()), max(0, area.bottom() // cell_size().height()) + 1
        ):
            first, last = line * self.columns + left, min(self._count() - 1, line * self.columns + right)
            if first <= last:
                chosen.append(QItemSelectionRange(self._images.index(first), self._images.index(last)))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What must be drawn anew: the cells on the screen."""
        return QRegion(self.viewport().rect()) if selection.count() else QRegion()

    # Keys and mouse

    def moveCursor(self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key goes."""
        across, page = self.columns if self.wraps else 1, max(1, len(self.visible_rows()) - 2)
        Action = QAbstractItemView.CursorAction  # noqa: N806
        steps = {
            Action.MoveLeft: -1,
            Action.MovePrevious: -1,
            Action.MoveRight: 1,
            Action.MoveNext: 1,
            Action.MoveUp: -across,
            Action.MoveDown: across,
            Action.MovePageUp: -page,
            Action.MovePageDown: page,
            Action.MoveHome: -self._count(),
            Action.MoveEnd: self._count(),
        }
        current = self.currentIndex()
        row = (current.row() if current.isValid() else -1) + steps.get(action, 0)
        return self._images.index(min(self._count() - 1, max(0, row)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows show an image, with Shift they select up to it; Ctrl+A selects all."""
        Action = QAbstractItemView.CursorAction  # noqa: N806
        keys = {
            Qt.Key.Key_Left: Action.MoveLeft,
            Qt.Key.Key_Right: Action.MoveRight,
            Qt.Key.Key_Up: Action.MoveUp,
            Qt.Key.Key_Down: Action.MoveDown,
            Qt.Key.Key_Home: Action.MoveHome,
            Qt.Key.Key_End: Action.MoveEnd,
            Qt.Key.Key_PageUp: Action.MovePageUp,
            Qt.Key.Key_PageDown: Action.MovePageDown,
        }
        action = keys.get(Qt.Key(event.key()))
        if action is not None and self._count():
            self._go(self.moveCursor(action, event.modifiers()).row(), event.modifiers())
            event.accept()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
            event.accept()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.selectionModel().select(self.currentIndex(), _Flag.Toggle)
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show an image, or select it too; the right button selects what its menu is for."""
        index = self.indexAt(event.position().toPoint())
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.RightButton:
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)
                self._anchor = index.row()
        elif event.button() == Qt.MouseButton.LeftButton:
            if index.isValid():
                self._go(index.row(), event.modifiers(), by_mouse=True)
            else:
                self._band = event.position().toPoint()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select what is dragged over, from beside the cells on."""
        if self._band is not None:
            self.setSelection(QRect(self._band, event.position().toPoint()), _Flag.ClearAndSelect)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a drag."""
        self._band = None
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As a click."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns sideways where there is one row."""
        turned = event.angleDelta()
        if self.wraps or turned.x():
            super().wheelEvent(event)
            return
        bar = self.horizontalScrollBar()
        pixels = event.pixelDelta().y()
        bar.setValue(bar.value() - (pixels or round(turned.y() / 120 * cell_size().width())))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Ctrl+A means the images here, whatever it means in the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.SelectAll)
        ):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the cursor."""
        if isinstance(event, QHoverEvent):
            left = event.type() == QEvent.Type.HoverLeave
            row = -1 if left else self.indexAt(event.position().toPoint()).row()
            if row != self._hovered:
                self._hovered = row
                self.viewport().update()
        return super().viewportEvent(event)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cells on the screen."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        model, delegate = self.selectionModel(), self.itemDelegate()
        State = QStyle.StateFlag  # noqa: N806
        plain = option.state & ~(State.State_Selected | State.State_MouseOver | State.State_HasFocus)
        for row in self.visible_rows():
            index = self._images.index(row)
            option.rect = self.visualRect(index)
            state = plain
            if model.isSelected(index):
                state |= State.State_Selected
            if row == self._hovered:
                state |= State.State_MouseOver
            if self.hasFocus() and row == self.currentIndex().row():
                state |= State.State_HasFocus
            option.state = state
            delegate.paint(painter, option, index)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer fit; what was in view stays there."""
        super().resizeEvent(event)
        self.updateGeometries()
        if self.shown_row is not None:
            self.scrollTo(self._images.index(self.shown_row))

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """All is drawn anew."""
        self.viewport().update()

    def _count(self) -> int:
        return len(self._images.ids)

    def _parts(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def _go(self, row: int, modifiers: Qt.KeyboardModifier, *, by_mouse: bool = False) -> None:
        index, model = self._images.index(row), self.selectionModel()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            low, high = sorted((min(self._anchor, self._count() - 1), row))
            model.setCurrentIndex(index, _Flag.NoUpdate)
            model.select(QItemSelection(self._images.index(low), self._images.index(high)), _Flag.ClearAndSelect)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            model.setCurrentIndex(index, _Flag.Toggle if by_mouse else _Flag.NoUpdate)
            self._anchor = row
        else:
            model.setCurrentIndex(index, _Flag.ClearAndSelect)
            self._anchor = row
            image_id = self._images.image_id(row)
            if image_id is not None:
                self.image_chosen.emit(image_id)
        self.scrollTo(index)

    def _on_selection(self, *_: object) -> None:
        self.selection_counted.emit(sum(part.bottom() - part.top() + 1 for part in self._parts()))
        self.viewport().update()

    def _on_reset(self) -> None:
        self._anchor, self._hovered, self._band = 0, -1, None
        self.shown_row = None
        self.selection_counted.emit(0)
        self.updateGeometries()
        self.viewport().update()
