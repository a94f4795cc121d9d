"""The canvas: regions over a photo, selected by clicks, boxes and the Tab key, highlighted under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCursor, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from acseg_core.types import Label, Region
from acseg_desktop.canvas.drawing import draw_box
from acseg_desktop.canvas.picture import PictureView
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.selection import boxed, clicked, stepped

_ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_STEPS: dict[int, int] = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class ImageCanvas(PictureView):
    """A photo with its regions.

    Signals:
        selection_changed(frozenset): Ids of the regions selected now.
        region_double_clicked(int): Its id.
        cursor_moved(int, int, object): Image pixel under the cursor, and the id of its region or None.
        cursor_left(): The cursor is not over the picture any more.
        zoom_changed(float): The zoom now: screen (device) pixels per image pixel.
    """

    selection_changed = Signal(frozenset)
    region_double_clicked = Signal(int)
    cursor_moved = Signal(int, int, object)
    cursor_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._pressed_at: QPointF | None = None
        self._box: QRectF | None = None
        self._cursor_inside = False
        self._walk_from_start = False
        super().__init__(parent)
        self.setAccessibleName(self.tr("Image"))

    # What is shown

    def show_image(self, pixels: NDArray[np.uint8], *, keep_view: bool = False) -> None:
        """Show another photo, without regions.

        Args:
            pixels: (H, W, 3) uint8 RGB. Not copied: it must not change while it is shown.
            keep_view: Keep zoom and place instead of fitting it into the window.
        """
        pyramid = Pyramid(pixels)
        self._stop_gestures()
        self._clear_regions()
        with self._moving_view():
            self._pyramid = pyramid
            self._viewport.show(width=pyramid.width, height=pyramid.height, keep=keep_view)

    def show_regions(
        self, label_map: NDArray[np.int32], regions: Sequence[Region], labels: Mapping[int, Label]
    ) -> None:
        """Show regions over the photo; ids that still exist stay selected and hidden.

        Args:
            label_map: (H, W) int32, index into ``regions`` or -1; not kept.
            regions: The regions.
            labels: By id.
        """
        if self._pyramid is None or label_map.shape != (self._pyramid.height, self._pyramid.width):
            raise ValueError(f"the label map's size {label_map.shape} is not the picture's")
        before = self._layer.selection
        self._layer.show(label_map, regions, labels)
        self._frame.invalidate()
        self.update()
        self._report_selection(before)
        self._look_again()

    def clear(self, message: str = "") -> None:
        """Show no picture but a quiet line of text."""
        self._stop_gestures()
        self._pyramid = None
        self._message = message
        self._clear_regions()
        self._leave()
        self.update()

    # Selection

    @property
    def selection(self) -> frozenset[int]:
        """Ids of the selected regions."""
        return self._layer.selection

    def select(self, ids: Iterable[int]) -> None:
        """Select exactly these regions; unknown ids are left out."""
        before = self._layer.selection
        self._layer.selection = self._layer.known(ids)
        self._repaint_regions(before ^ self._layer.selection)
        self._report_selection(before)

    def select_all(self) -> None:
        """Select every region that is not hidden."""
        self.select(self._layer.order)

    def invert_selection(self) -> None:
        """Select the regions that are not selected, hidden ones left out."""
        self.select(frozenset(self._layer.order) - self._layer.selection)

    def region_at(self, point: QPointF) -> int | None:
        """Id of the region drawn at a point of the widget, or None."""
        pixel = self._pixel_at(point)
        if pixel is None or self._layer.grid is None:
            return None
        return self._layer.visible_id(self._layer.grid.at(*pixel))

    def centre_on_region(self, region_id: int) -> None:
        """Bring the middle of a region to the middle of the window."""
        region = self._layer.region(region_id)
        if region is not None:
            x, y, width, height = region.bbox
            with self._moving_view():
                self._viewport.centre_on(x + width / 2, y + height / 2)

    # Looks

    @property
    def colors(self) -> dict[int, str]:
        """Colour of every region, "#rrggbb", by id."""
        return self._layer.colors()

    def set_overlay_opacity(self, opacity: float) -> None:
        """Opacity of named regions, 0..1; unnamed ones are paler."""
        self._layer.restyle(opacity=opacity)
        self._repaint_all()

    def set_overlay_visible(self, visible: bool) -> None:
        """Show or hide colours, outlines and names; the outline of the selection stays."""
        self._layer.restyle(visible=visible)
        self._repaint_all()

    def set_outlines(self, shown: bool) -> None:
        """Show or hide the thin outlines; the outline of the selection stays."""
        self._layer.restyle(outlines=shown)
        self._repaint_all()

    def set_names(self, shown: bool) -> None:
        """Show or hide the labels' names on the picture."""
        self._names_shown = shown
        self.update()

    def set_hidden(self, ids: Iterable[int]) -> None:
        """Neither draw nor hit these regions; they may stay selected."""
        before = self._layer.hidden
        self._layer.hidden = self._layer.known(ids)
        self._repaint_regions(before ^ self._layer.hidden)
        self._look_again()

    @property
    def hidden(self) -> frozenset[int]:
        """Ids of the hidden regions."""
        return self._layer.hidden

    def _clear_regions(self) -> None:
        before = self._layer.selection
        self._layer.clear()
        self._frame.invalidate()
        self._report_selection(before)

    def _report_selection(self, before: frozenset[int]) -> None:
        if before != self._layer.selection:
            self._walk_from_start = False
            self.selection_changed.emit(self._layer.selection)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan, to click, or to draw a box."""
        if self._begin_pan(event):
            self._drop_box()
        elif self._pyramid is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, stretch the box, or look at what is under the cursor."""
        if event.buttons() == Qt.MouseButton.NoButton:
            self._stop_gestures()  # the release went elsewhere, say to a dialog that popped up
        if not self._continue_pan(event) and self._pressed_at is not None:
            moved = (event.position() - self._pressed_at).manhattanLength()
            if self._box is not None or moved >= QApplication.startDragDistance():
                self._stretch_box(QRectF(self._pressed_at, event.position()).normalized())
        self._look_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End panning, or select."""
        if self._end_pan():
            self._look_at(event.position())
        elif event.button() == Qt.MouseButton.LeftButton and self._pressed_at is not None:
            adding = bool(event.modifiers() & _ADDING)
            box = self._box
            self._drop_box()
            if box is None:
                self.select(clicked(self.selection, self.region_at(event.position()), toggle=adding))
            else:
                self.select(boxed(self.selection, self._ids_in(box), add=adding))
            self._look_at(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the region under the cursor, if its first click has not done so, and tell which."""
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers() & _ADDING or self._space_held:
            self.mousePressEvent(event)  # quick single clicks are single clicks
            return
        region_id = self.region_at(event.position())
        if region_id is not None:
            self.select([region_id])
            self.region_double_clicked.emit(region_id)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Look at what is under the cursor."""
        self._look_at(event.position())
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the cursor any more."""
        self._leave()
        super().leaveEvent(event)

    def _stretch_box(self, box: QRectF) -> None:
        self._update_box()
        self._box = box
        self._update_box()

    def _drop_box(self) -> None:
        self._update_box()
        self._box = self._pressed_at = None

    def _update_box(self) -> None:
        if self._box is not None:
            self.update(self._box.toAlignedRect().adjusted(-2, -2, 2, 2))

    def _ids_in(self, box: QRectF) -> frozenset[int]:
        """Ids of the regions a box of the widget touches."""
        if self._layer.grid is None:
            return frozenset()
        found = (self._layer.visible_id(index) for index in self._layer.grid.touching(self._image_rect(box)))
        return frozenset(region_id for region_id in found if region_id is not None)

    def _stop_gestures(self) -> None:
        self._drop_box()
        self._end_pan()

    # What is under the cursor

    def _look_at(self, point: QPointF) -> None:
        pixel = self._pixel_at(point)
        region_id = self.region_at(point)
        if self._box is not None:
            self._highlight(self._ids_in(self._box))
        elif region_id is None or self._pan_from is not None:
            self._highlight(frozenset())
        else:
            self._highlight(frozenset({region_id}))
        if pixel is not None:
            self._cursor_inside = True
            self.cursor_moved.emit(*pixel, region_id)
        else:
            self._report_left()

    def _look_again(self) -> None:
        """The picture moved or changed under a cursor that rests."""
        if self.underMouse() and self._pan_from is None:
            self._look_at(QPointF(self.mapFromGlobal(QCursor.pos())))

    def _on_view_moved(self) -> None:
        self._look_again()

    def _leave(self) -> None:
        self._highlight(frozenset())
        self._report_left()

    def _report_left(self) -> None:
        if self._cursor_inside:
            self._cursor_inside = False
            self.cursor_left.emit()

    def _highlight(self, ids: frozenset[int]) -> None:
        before = self._layer.highlighted
        self._layer.highlighted = ids
        self._repaint_regions(before ^ ids)

    def _draw_over(self, painter: QPainter) -> None:
        if self._box is not None:
            draw_box(painter, self._box, self.palette())

    # Keys

    def event(self, event: QEvent) -> bool:
        """The Tab key, before Qt takes it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._walk(event):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape calls off a box that is being drawn."""
        if event.key() == Qt.Key.Key_Escape and self._box is not None:
            self._drop_box()
            self._highlight(frozenset())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by Tab, walking through the regions begins anew."""
        self._walk_from_start = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def _walk(self, event: QKeyEvent) -> bool:
        """Tab and Shift+Tab select the next and previous region by size; past the end, focus goes on as usual."""
        step = _STEPS.get(event.key())
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        order = self._layer.order
        region_id = stepped(self.selection, order, step=step, from_start=self._walk_from_start)
        if region_id is None:
            return False
        self._walk_from_start = False
        self.select([region_id])
        if not self._frame.shows(self._layer.indices([region_id])):
            self.centre_on_region(region_id)
        name = self._layer.name_of(region_id) or self.tr("unnamed")
        place = self.tr("Region {0} of {1}: {2}").format(order.index(region_id) + 1, len(order), name)
        self.setAccessibleDescription(place)
        return True
