"""The canvas: regions over a photo, used by one tool at a time; hovering, and walking by the Tab key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from acseg_core.types import Label, Region
from acseg_desktop.canvas.mosaic import Mosaic
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.region_map import RegionGrid
from acseg_desktop.canvas.region_view import RegionView
from acseg_desktop.canvas.scene_view import Beside
from acseg_desktop.canvas.selection import stepped
from acseg_desktop.canvas.tools.select import SelectTool
from acseg_desktop.canvas.tools.tool import Tool

_STEPS: dict[int, int] = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_ALT, _SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class ImageCanvas(RegionView):
    """A photo with its regions, and the tool in use.

    Signals:
        region_double_clicked(int): Its id.
        cursor_moved(int, int, object): Image pixel under the cursor, and the id of its region or None.
        cursor_left(): The cursor is not over the picture any more.
        tool_changed(Tool): Another tool is in use.
        tile_wanted(int): Another tile of the scene was pressed; it is to be the current one, where it is.
        tile_hovered(int): The cursor is over another tile of the scene.
        menu_requested(QPoint): The right button was pressed, or the menu key; a point of the screen.
    """

    menu_requested = Signal(object)

    region_double_clicked = Signal(int)
    cursor_moved = Signal(int, int, object)
    cursor_left = Signal()
    tool_changed = Signal(object)
    tile_wanted = Signal(int)
    tile_hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tool: Tool | None = None
        self._is_pressed = False
        self._cursor_inside = False
        self._walk_from_start = False
        self._pointed: int | None = None
        self._tile_hovered: int | None = None
        self._waiting: tuple[int, list[QMouseEvent]] | None = None
        self._menu_at: QPoint | None = None
        super().__init__(parent)
        self.select_tool = SelectTool(self, parent=self)
        self.select_tool.region_double_clicked.connect(self.region_double_clicked)
        self._tool = self.select_tool
        self.selection_changed.connect(self._on_selection)
        self.setAccessibleName(self.tr("Image"))

    @property
    def tool(self) -> Tool:
        """The tool in use."""
        return self._tool or self.select_tool

    @property
    def pointed(self) -> int | None:
        """Id of the region under the cursor, or None."""
        return self._pointed

    def use(self, tool: Tool) -> None:
        """Take another tool; what the last one was drawing is called off."""
        if tool is self._tool:
            return
        self._stop_gestures()
        self.tool.leave()
        self._tool = tool
        self.highlight(frozenset())
        self._show_cursor()
        self.update()
        self.tool_changed.emit(tool)

    def show_image(
        self,
        pixels: NDArray[np.uint8] | Pyramid,
        *,
        keep_view: bool = False,
        mosaic: Mosaic | None = None,
        beside: Beside = None,
    ) -> None:
        """Show another photo, without regions; what was being drawn is called off."""
        self._stop_gestures()
        super().show_image(pixels, keep_view=keep_view, mosaic=mosaic, beside=beside)

    def show_regions(
        self, label_map: NDArray[np.int32] | RegionGrid, regions: Sequence[Region], labels: Mapping[int, Label]
    ) -> None:
        """Show regions over the photo."""
        super().show_regions(label_map, regions, labels)
        self._look_again()

    def set_hidden(self, ids: Iterable[int]) -> None:
        """Neither draw nor hit these regions."""
        super().set_hidden(ids)
        self._look_again()

    def clear(self, message: str = "") -> None:
        """Show no picture but a quiet line of text."""
        self._waiting = self._menu_at = None
        self._stop_gestures()
        self._clear_regions()
        self._show_message(message)
        self._leave()

    def _on_selection(self) -> None:
        self._walk_from_start = False

    # Other tiles of a scene

    def _other_tile(self, point: QPointF) -> int | None:
        """Id of the tile at a point of the widget that is not the current one."""
        if self.mosaic is None:
            return None
        image_id = self.mosaic.tile_at(*self.image_point(point))
        return None if image_id == self.mosaic.current else image_id

    def _goes_elsewhere(self, event: QMouseEvent) -> bool:
        """Whether a press has to wait for another tile to be the current one; mostly it is at once."""
        image_id = None if self.tool.is_drawing else self._other_tile(event.position())
        if image_id is None:
            return False
        self._waiting = (image_id, [])
        self.tile_wanted.emit(image_id)
        if self._other_tile(event.position()) is None:
            self._waiting = None
            return False
        return self._holds(event)

    def _holds(self, event: QMouseEvent) -> bool:
        """Keep an event for when the tile that was pressed is there."""
        if self._waiting is None:
            return False
        self._waiting[1].append(_copied(event))
        event.accept()
        return True

    def go_on(self, image_id: int) -> None:
        """An image is shown with its regions: what was done with the mouse until then is done there."""
        waiting, self._waiting = self._waiting, None
        menu_at, self._menu_at = self._menu_at, None
        if waiting is None or waiting[0] != image_id:
            return
        handlers = {
            QEvent.Type.MouseButtonPress: self.mousePressEvent,
            QEvent.Type.MouseButtonDblClick: self.mouseDoubleClickEvent,
            QEvent.Type.MouseMove: self.mouseMoveEvent,
            QEvent.Type.MouseButtonRelease: self.mouseReleaseEvent,
        }
        for event in waiting[1]:
            handlers[event.type()](event)
        if menu_at is not None and self.has_picture:
            self._open_menu(menu_at)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan, or use the tool."""
        self._press(event, self.tool.press)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, use the tool, or look at what is under the cursor."""
        if self._holds(event):
            return
        if event.buttons() == Qt.MouseButton.NoButton:
            self._lose_release()
        if not self._continue_pan(event) and self.has_picture:
            self.tool.move(event)
        self._look_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End panning, or a gesture of the tool."""
        if self._holds(event):
            return
        if not self._end_pan():
            self._is_pressed = False
            self.tool.release(event)
        self._look_at(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Begin to pan, or use the tool."""
        self._press(event, self.tool.double_click)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Alt, Ctrl or Shift it is the tool's, if that wants it; else it zooms or pans."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        is_tools = self.has_picture and event.modifiers() in (_ALT, _CONTROL, _SHIFT)
        if is_tools and self.tool.turn_wheel(turned / 120):
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selection; the right button selects what is under it before, if it is not.

        Tools that draw use the right button themselves.
        """
        if self.tool is not self.select_tool or not self.has_picture:
            return
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self.menu_requested.emit(self.mapToGlobal(self.rect().center()))
        elif self._waiting is not None:
            self._menu_at = event.pos()
        else:
            self._open_menu(event.pos())

    def _open_menu(self, point: QPoint) -> None:
        region_id = self.region_at(QPointF(point))
        if region_id is None or region_id not in self.selection:
            self.select(() if region_id is None else [region_id])
        self.menu_requested.emit(self.mapToGlobal(point))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Look at what is under the cursor."""
        self._look_at(event.position())
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the cursor any more."""
        self.tool.leave()
        self._leave()
        super().leaveEvent(event)

    def _press(self, event: QMouseEvent, take: Callable[[QMouseEvent], bool]) -> None:
        if self._begin_pan(event):
            self._lose_press()
            self.tool.leave()
        elif not self._goes_elsewhere(event):
            self._is_pressed = self.has_picture and take(event)
            event.setAccepted(self._is_pressed)

    def _lose_release(self) -> None:
        """The release went elsewhere, say to a dialog that popped up."""
        self._end_pan()
        self._lose_press()

    def _lose_press(self) -> None:
        if self._is_pressed:
            self._is_pressed = False
            self.tool.lose_release()

    def _stop_gestures(self) -> None:
        self._is_pressed = False
        self.tool.cancel()
        self._end_pan()

    def _show_cursor(self) -> None:
        super()._show_cursor()
        is_free = not self._pans and self.has_picture
        if is_free and self._tool is not None and self._tool.cursor is not None:
            self.setCursor(self._tool.cursor)

    # What is under the cursor

    def _look_at(self, point: QPointF) -> None:
        pixel = self._pixel_at(point)
        region_id = self._pointed = self.region_at(point)
        if self.tool.highlights:
            self.highlight(frozenset() if region_id is None or self._pan_from is not None else frozenset({region_id}))
        if pixel is not None:
            self._cursor_inside = True
            self.cursor_moved.emit(*pixel, region_id)
        else:
            self._report_left()
        hovered = None if self._pan_from is not None else self._other_tile(point)
        is_lit = hovered is not None and self.mosaic is not None and self.tool.highlights
        self.highlight_beyond(self.mosaic.region_at(*self.image_point(point)) if is_lit and self.mosaic else None)
        if hovered != self._tile_hovered:
            self._tile_hovered = hovered
            if hovered is not None:
                self.tile_hovered.emit(hovered)

    def _look_again(self) -> None:
        """The picture moved or changed under a cursor that rests."""
        if self.underMouse() and self._pan_from is None:
            self._look_at(QPointF(self.mapFromGlobal(QCursor.pos())))

    def _on_view_moved(self) -> None:
        self._look_again()

    def _leave(self) -> None:
        self._pointed = None
        self.highlight_beyond(None)
        self.highlight(frozenset())
        self._report_left()

    def _report_left(self) -> None:
        if self._cursor_inside:
            self._cursor_inside = False
            self.cursor_left.emit()

    def _draw_over(self, painter: QPainter) -> None:
        self.tool.draw(painter)

    # Keys

    def event(self, event: QEvent) -> bool:
        """The Tab key, before Qt takes it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._walk(event):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape calls off what is being drawn; Alt may turn the tool round."""
        if event.key() == Qt.Key.Key_Escape and self.tool.is_drawing:
            self.tool.cancel()
            return
        if event.key() == Qt.Key.Key_Alt:
            self.tool.set_modifiers(event.modifiers() | _ALT)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt may turn the tool back."""
        if event.key() == Qt.Key.Key_Alt:
            self.tool.set_modifiers(event.modifiers() & ~_ALT)
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by Tab, walking through the regions begins anew."""
        self._walk_from_start = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def _walk(self, event: QKeyEvent) -> bool:
        """Tab and Shift+Tab select the next and previous region by size; past the end, focus goes on as usual."""
        step = _STEPS.get(event.key())
        if step is None or event.modifiers() & ~_SHIFT:
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


def _copied(event: QMouseEvent) -> QMouseEvent:
    return QMouseEvent(
        event.type(),
        event.position(),
        event.scenePosition(),
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )
