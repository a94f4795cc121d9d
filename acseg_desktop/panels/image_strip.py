"""Thumbnails of the project's images with their status, and the filter over them."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from acseg_core.types import ImageStatus
from acseg_desktop.icons import icon, paint_status, status_text
from acseg_desktop.language import Words
from acseg_desktop.models import ImageListModel, ImageRow
from acseg_desktop.theme import current_tones

tr = Words("Image list")

_ANY_INDEX = QModelIndex | QPersistentModelIndex
_CELL = QSize(124, 116)
_PICTURE = QSize(112, 84)


class ThumbnailDelegate(QStyledItemDelegate):
    """Picture, badge, name, and how many regions have names."""

    def __init__(self, model: ImageListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _ANY_INDEX) -> None:
        """Draw one cell."""
        tones, box = current_tones(), QRect(option.rect)
        row = self._model.row(index.row())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.accent_soft if selected else tones.hover))
            painter.drawRoundedRect(QRectF(box).adjusted(2, 2, -2, -2), 8, 8)
        frame = QRect(box.left() + (box.width() - _PICTURE.width()) // 2, box.top() + 6, 112, 84)
        pixmap = self._model.thumbnail(row) if row is not None else None
        self._paint_picture(painter, frame, pixmap)
        if selected:
            painter.setPen(QPen(QColor(tones.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(frame).adjusted(0, 0, 0, 0), 6, 6)
        if row is not None:
            badge = QRectF(frame.right() - 20, frame.top() + 4, 17, 17)
            paint_status(painter, badge, row.record.status, problem=bool(row.record.problem), tones=tones)
            self._paint_text(painter, box, frame, row)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _ANY_INDEX) -> QSize:
        """All cells are alike."""
        return _CELL

    @staticmethod
    def _paint_picture(painter: QPainter, frame: QRect, pixmap: QPixmap | None) -> None:
        tones = current_tones()
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(frame), 6, 6)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(frame, QColor(tones.hover))
        if pixmap is not None and not pixmap.isNull():
            size = pixmap.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            target = QRect(QPoint(0, 0), size)
            target.moveCenter(frame.center())
            painter.drawPixmap(target, pixmap)
        elif pixmap is not None:
            mark = icon("image-broken-variant", tone="faint").pixmap(QSize(28, 28))
            painter.drawPixmap(frame.center() - QPoint(14, 14), mark)
        painter.restore()

    @staticmethod
    def _paint_text(painter: QPainter, box: QRect, frame: QRect, row: ImageRow) -> None:
        tones = current_tones()
        font = painter.font()
        font.setPointSizeF(max(7.5, font.pointSizeF() - 1.5))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        count = f"{row.named}/{row.regions}" if row.regions else ""
        width = metrics.horizontalAdvance(count)
        line = QRect(frame.left(), frame.bottom() + 3, frame.width(), box.bottom() - frame.bottom() - 6)
        painter.setPen(QColor(tones.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        name = row.record.path.rpartition("/")[2]
        room = frame.width() - width - (6 if count else 0)
        painter.setPen(QColor(tones.text))
        painter.drawText(
            line, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        )


class ImageStrip(QWidget):
    """One row of thumbnails that scrolls sideways.

    Signals:
        image_chosen(int): The user clicked an image or moved to it.
        focus_released(): The filter is done with; the keys belong to the canvas again.
    """

    image_chosen = Signal(int)
    focus_released = Signal()

    def __init__(self, model: ImageListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.search = QLineEdit(placeholderText=tr("Search by file name"), clearButtonEnabled=True)
        self.search.setAccessibleName(tr("Search images by file name"))
        self.search.setMaximumWidth(280)
        self.status = QComboBox()
        self.status.setAccessibleName(tr("Show images of this status"))
        self.status.addItem(tr("All images"))
        self.status.addItems([status_text(status) for status in ImageStatus])
        self.order = QComboBox()
        self.order.setAccessibleName(tr("Order of the images"))
        self.order.addItems([tr("In order"), tr("Most to learn first")])
        self.order.setToolTip(tr("Which images come first, here and as the next one to review"))
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.view = QListView()
        self.view.setModel(model)
        self.view.setItemDelegate(ThumbnailDelegate(model, self.view))
        self.view.setFlow(QListView.Flow.LeftToRight)
        self.view.setWrapping(False)
        self.view.setUniformItemSizes(True)
        self.view.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setFixedHeight(_CELL.height() + 18)
        self.view.setAccessibleName(tr("Images"))
        self._timer = QTimer(self, singleShot=True, interval=200)
        self._timer.timeout.connect(self._apply_filter)
        self._following = False
        self._lay_out()
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(self._on_return)
        self.status.activated.connect(self._on_status)
        self.order.activated.connect(self._on_order)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        model.modelReset.connect(self._on_listed)

    def follow(self, image_id: int | None) -> None:
        """Mark the current image and bring it into view."""
        row = self.model.row_of(image_id) if image_id is not None else None
        self._following = True
        try:
            if row is None:
                self.view.selectionModel().clear()
                return
            index = self.model.index(row)
            self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        finally:
            self._following = False

    def clear_filter(self) -> None:
        """Show all images."""
        self.search.clear()
        self.status.setCurrentIndex(0)
        self._apply_filter()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.status)
        row.addWidget(self.order)
        row.addWidget(self.count)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.view)

    def _apply_filter(self) -> None:
        self._timer.stop()
        self.model.set_filter(status=self._chosen_status(), search=self.search.text().strip())

    def _chosen_status(self) -> ImageStatus | None:
        index = self.status.currentIndex()
        return list(ImageStatus)[index - 1] if index > 0 else None

    def _on_status(self, _index: int) -> None:
        self._apply_filter()
        self.focus_released.emit()

    def _on_order(self, index: int) -> None:
        self.model.set_order(by_teaching=index == 1)
        self.focus_released.emit()

    def _on_return(self) -> None:
        self._apply_filter()
        self.focus_released.emit()

    def _on_listed(self) -> None:
        count = self.model.rowCount()
        found = tr("%Ln image(s) found", count) if self.model.is_filtered else tr("%Ln image(s)", count)
        self.count.setText(found if count else tr("No images"))

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        image_id = self.model.image_id(current.row())
        if not self._following and image_id is not None:
            self.image_chosen.emit(image_id)
