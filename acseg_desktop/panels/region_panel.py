"""The region panel, the regions of the image, largest first; its selection and the canvas's are one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from acseg_core.types import Label, Region, RegionStatus
from acseg_desktop.appearance.icons import swatch
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.appearance.theme import current_tones
from acseg_desktop.language.words import Words, percent
from acseg_desktop.panels.rows import MARGIN, ROW, name_left, paint_ground, paint_mark, paint_name, paint_right

tr = Words("Regions")

_ANY_INDEX = QModelIndex | QPersistentModelIndex

_STATUS_TEXT = {
    RegionStatus.PROPOSED: tr.mark("proposed"),
    RegionStatus.SUGGESTED: tr.mark("suggested"),
    RegionStatus.ACCEPTED: tr.mark("accepted"),
    RegionStatus.REJECTED: tr.mark("rejected"),
}


def status_name(status: RegionStatus) -> str:
    """The status of a region in a word."""
    return tr(_STATUS_TEXT[status])


def share_text(share: float) -> str:
    """A share of the image as a percentage that is never a false zero."""
    return f"<{percent(0.001, digits=1)}" if 0 < share < 0.001 else percent(share, digits=1)


def status_text(region: Region) -> str:
    """A region's status; of a suggestion, how sure the machine is."""
    if region.status is RegionStatus.SUGGESTED and region.confidence is not None:
        return _how_sure(region.confidence)
    return status_name(region.status)


def short_status(region: Region) -> str:
    """What is left of a status where the name needs the room: how sure a suggestion is; the rest, the name shows."""
    is_unsure = region.status is RegionStatus.SUGGESTED and region.confidence is not None
    return percent(region.confidence or 0.0) if is_unsure else ""


def status_width(metrics: QFontMetrics) -> int:
    """Room in pixels for every text that a status may have."""
    texts = [*map(status_name, RegionStatus), _how_sure(1.0)]
    return max(metrics.horizontalAdvance(text) for text in texts)


def _how_sure(confidence: float) -> str:
    return tr("{share} sure").format(share=percent(confidence))


class RegionListModel(QAbstractListModel):
    """Regions of one image."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._regions: Sequence[Region] = ()
        self._labels: dict[int, Label] = {}
        self._colors: Mapping[int, str] = {}
        self._parts: Mapping[int, int] = {}
        self._pixels = 1

    def show(
        self,
        regions: Sequence[Region],
        labels: dict[int, Label],
        colors: Mapping[int, str],
        *,
        pixels: int,
        parts: Mapping[int, int],
    ) -> None:
        """Show these regions of an image of so many pixels, in the colours and so many parts they have there."""
        same = [region.id for region in regions] == [region.id for region in self._regions]
        if not same:
            self.beginResetModel()
        self._regions, self._labels, self._pixels = tuple(regions), labels, max(1, pixels)
        self._colors, self._parts = colors, parts
        if not same:
            self.endResetModel()
        elif regions:
            self.dataChanged.emit(self.index(0), self.index(len(regions) - 1))

    def region(self, row: int) -> Region | None:
        """The region in a row."""
        return self._regions[row] if 0 <= row < len(self._regions) else None

    def label(self, region: Region) -> Label | None:
        """The label of a region."""
        return self._labels.get(region.label_id or 0)

    def name(self, region: Region) -> str:
        """Its label's name; a suggested one is a question."""
        label = self.label(region)
        if label is not None:
            return label.name
        is_suggested = region.status is RegionStatus.SUGGESTED
        suggestion = self._labels.get(region.suggestion_id or 0) if is_suggested else None
        return f"{suggestion.name}?" if suggestion is not None else tr("unnamed")

    def color(self, region: Region) -> str:
        """The colour a region has on the canvas, "#rrggbb"."""
        return self._colors.get(region.id, current_tones().faint)

    def parts(self, region: Region) -> int:
        """How many parts it is in."""
        return self._parts.get(region.id, 1)

    def parts_text(self, region: Region) -> str:
        """How many parts it is in, where there are several that count: stuff has no number."""
        count, label = self.parts(region), self.label(region)
        is_stuff = label is not None and not label.is_thing
        if count < 2 or is_stuff:
            return ""
        return tr("%Ln part(s), one thing", count) if region.is_together else tr("%Ln part(s)", count)

    def share(self, region: Region) -> float:
        """How much of the image a region covers, 0..1."""
        return region.area / self._pixels

    def rows_of(self, region_ids: Collection[int]) -> list[int]:
        """Rows of some regions."""
        return [row for row, region in enumerate(self._regions) if region.id in region_ids]

    def rowCount(self, parent: _ANY_INDEX | None = None) -> int:
        """Number of regions."""
        return 0 if parent is not None and parent.isValid() else len(self._regions)

    def data(self, index: _ANY_INDEX, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Region, label and share of a row."""
        region = self.region(index.row())
        if region is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(region)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            status = status_name(region.status)
            if region.status is RegionStatus.SUGGESTED:
                status = f"{status}, {status_text(region)}"
            pixels = tr("%Ln pixel(s)", region.area)
            told = tr("Region {id}: {name}, {status}, {pixels}").format(
                id=region.id, name=self.name(region), status=status, pixels=pixels
            )
            if parts := self.parts_text(region):
                told = f"{told}, {parts}"
            return tip(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return None


class RegionDelegate(QStyledItemDelegate):
    """Swatch, name, status, share of the image."""

    def __init__(self, model: RegionListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _ANY_INDEX) -> None:
        """Draw one row."""
        region = self._model.region(index.row())
        if region is None:
            return
        tones, box = current_tones(), paint_ground(painter, option)
        label = self._model.label(region)
        is_suggested = region.status is RegionStatus.SUGGESTED
        paint_mark(painter, box, swatch(self._model.color(region), hollow=is_suggested))
        metrics = painter.fontMetrics()
        left = paint_right(
            painter,
            box,
            share_text(self._model.share(region)),
            right=box.right() - MARGIN,
            width=metrics.horizontalAdvance(percent(1.0, digits=1)),
        )
        name = self._model.name(region)
        right = left - 12
        needed = box.left() + name_left() + metrics.horizontalAdvance(name) + MARGIN
        for text, room in ((status_text(region), status_width(metrics)), (short_status(region), None)):
            width = metrics.horizontalAdvance(text) if room is None else room
            if text and right - width >= needed:
                status_box = QRect(right - width, box.top(), width, box.height())
                painter.setPen(QColor(tones.good if region.status is RegionStatus.ACCEPTED else tones.muted))
                painter.drawText(status_box, Qt.AlignmentFlag.AlignVCenter, text)
                right = status_box.left()
                break
        font = painter.font()
        font.setStrikeOut(region.status is RegionStatus.REJECTED)
        painter.setFont(font)
        is_quiet = label is None and not is_suggested
        right -= MARGIN
        paint_name(painter, box, name, right=right, quiet=is_quiet)
        font.setStrikeOut(False)
        painter.setFont(font)
        self._paint_parts(painter, box, region, left=name_left() + metrics.horizontalAdvance(name), right=right)

    def _paint_parts(self, painter: QPainter, box: QRect, region: Region, *, left: int, right: int) -> None:
        """Say behind the name in how many parts a region is: in words, or as "×3" where there is little room."""
        text, room = self._model.parts_text(region), right - box.left() - left - MARGIN
        if text and painter.fontMetrics().horizontalAdvance(text) > room:
            text = "" if region.is_together else f"×{self._model.parts(region)}"
        if text and painter.fontMetrics().horizontalAdvance(text) <= room:
            painter.setPen(QColor(current_tones().accent))
            place = QRect(box.left() + left + MARGIN, box.top(), room, box.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _ANY_INDEX) -> QSize:
        """All rows are alike."""
        return QSize(160, scaled(ROW))


_USUAL_ROWS = 8
"""Regions of an image that the default cut makes."""


class RegionPanel(QWidget):
    """List of the current image's regions.

    Signals:
        selection_changed(frozenset): The user selected regions in the list.
        centre_requested(int): A region was double-clicked.
        menu_requested(QPoint): The right button was pressed, or the menu key; a point of the screen.
    """

    menu_requested = Signal(object)
    selection_changed = Signal(object)
    centre_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RegionListModel(self)
        self.view = QListView(uniformItemSizes=True)
        self.view.setModel(self.model)
        self.view.setItemDelegate(RegionDelegate(self.model, self.view))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(tr("Regions of this image"))
        self.empty = PlainLabel()
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 8)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.view, 1)
        self._following = False
        self._propose_key = "I"
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.doubleClicked.connect(self._on_double_click)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(
            lambda place: self.menu_requested.emit(self.view.viewport().mapToGlobal(place))
        )
        self.show_regions((), {}, {}, pixels=1, has_image=False)

    def wanted_height(self) -> int:
        """How many pixels it could fill; the same for every image, so that nothing moves from one to the next."""
        shown = self.view if self.view.isVisible() else self.empty
        return self.height() - shown.height() + _USUAL_ROWS * self.fontMetrics().height() * 2

    def add_above(self, widget: QWidget) -> None:
        """Put a widget above the list."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, widget)

    def show_regions(
        self,
        regions: Sequence[Region],
        labels: dict[int, Label],
        colors: Mapping[int, str],
        *,
        pixels: int,
        has_image: bool,
        parts: Mapping[int, int] | None = None,
    ) -> None:
        """Show the regions of the current image, and how many parts each is in."""
        self._following = True
        try:
            self.model.show(regions, labels, colors, pixels=pixels, parts=parts or {})
        finally:
            self._following = False
        self.empty.setText(self._invitation() if has_image else tr("No image"))
        self.view.setVisible(bool(regions))
        self.empty.setVisible(not regions)

    def show_keys(self, *, propose: str) -> None:
        """Say which key proposes regions."""
        self._propose_key = propose

    def _invitation(self) -> str:
        return tr("No regions yet.\nPress {key} to propose some.").format(key=self._propose_key)

    def follow(self, region_ids: Collection[int]) -> None:
        """Select the rows the canvas has selected."""
        rows = self.model.rows_of(region_ids)
        selection = QItemSelection()
        for row in rows:
            selection.select(self.model.index(row), self.model.index(row))
        self._following = True
        try:
            self.view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            if rows:
                self.view.scrollTo(self.model.index(rows[0]))
        finally:
            self._following = False

    def _on_selection(self, *_: object) -> None:
        if self._following:
            return
        indexes = self.view.selectionModel().selectedIndexes()
        regions = [self.model.region(index.row()) for index in indexes]
        self.selection_changed.emit(frozenset(region.id for region in regions if region is not None))

    def _on_double_click(self, index: QModelIndex) -> None:
        region = self.model.region(index.row())
        if region is not None:
            self.centre_requested.emit(region.id)
