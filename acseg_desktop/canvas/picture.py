"""A widget that shows a photo with regions over it; moving about in it is `moving`'s, what regions do `region_view`'s.

It paints itself instead of using QGraphicsView: with a scene, regions would be an ARGB image of the photo's size
(at 12 megapixels 48 MB, and 20 ms to colour it again before it is even drawn) or hundreds of vector paths. Looking
colours up for the pixels of the screen costs the same whatever the photo's size; tests/benchmarks/bench_canvas.py has
the numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from acseg_desktop.canvas.chips import Chip, chip_boxes, draw_chips
from acseg_desktop.canvas.drawing import backdrop, chip_font, draw_grid, draw_message, draw_shadow
from acseg_desktop.canvas.frame import Frame
from acseg_desktop.canvas.layer import RegionLayer
from acseg_desktop.canvas.minimap import MiniMap
from acseg_desktop.canvas.overlay import Tables
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.tone import Tone
from acseg_desktop.canvas.viewport import Rect, Viewport

FIT_MARGIN = 20
GRID_FROM = 12.0
"""Scale (logical pixels per image pixel) from which on the edges of pixels are drawn."""
_MINIMAP_MARGIN = 12


class PictureView(QWidget):
    """Shows, at any place and zoom.

    Zoom is screen (device) pixels per image pixel: 1.0 is one to one on any display.

    Signals:
        zoom_changed(float): The zoom now.
        view_moved(): The picture may lie elsewhere on the screen now.
    """

    zoom_changed = Signal(float)
    view_moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = RegionLayer()
        self._viewport = Viewport()
        self._frame = Frame()
        self._pyramid: Pyramid | None = None
        self._message = ""
        self._names_shown = True
        self._is_bare = False
        self._tone = Tone()
        self._minimap_wanted = True
        self._ratio = 1.0
        self._place = self.size(), QPoint()
        """How large the window was, and where in it the canvas, when that was resized last."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.minimap = MiniMap(self)
        self.minimap.place_wanted.connect(self._centre_on)
        self._resize_viewport()

    @property
    def zoom(self) -> float:
        """Screen (device) pixels per image pixel."""
        return self._viewport.zoom

    @property
    def has_picture(self) -> bool:
        """Whether there is a photo."""
        return self._pyramid is not None

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height of the photo; zeros without one."""
        return (0, 0) if self._pyramid is None else (self._pyramid.width, self._pyramid.height)

    @property
    def scale(self) -> float:
        """Logical pixels of the widget per image pixel."""
        return self._viewport.zoom / self._ratio

    def image_point(self, point: QPointF) -> tuple[float, float]:
        """Image point at the centre of the device pixel under a point of the widget; may lie beside the picture."""
        x, y = math.floor(point.x() * self._ratio), math.floor(point.y() * self._ratio)
        return self._viewport.to_image(x + 0.5, y + 0.5)

    def widget_point(self, x: float, y: float) -> QPointF:
        """Where an image point is on the widget."""
        across, down = self._viewport.to_screen(x, y)
        return QPointF(across / self._ratio, down / self._ratio)

    @property
    def tone(self) -> Tone:
        """Brightness, contrast and gamma of the photo as shown."""
        return self._tone

    def set_tone(self, tone: Tone) -> None:
        """Show the photo brighter, steeper and the like; only what is in sight is computed."""
        if tone == self._tone:
            return
        self._tone = tone
        self._frame.table = None if tone.is_plain else tone.table()
        self._frame.invalidate_photo()
        self._show_in_minimap()
        self.update()

    @property
    def viewport(self) -> Viewport:
        """Where the picture lies; not to be changed."""
        return self._viewport

    def set_bare(self, bare: bool) -> None:
        """Show nothing but the photo, or again what is over it."""
        self._is_bare = bare
        self.update()

    def set_minimap(self, wanted: bool) -> None:
        """Show the overview when not all of the photo is in sight, or never."""
        self._minimap_wanted = wanted
        self._place_minimap()

    def pixel_value(self, x: int, y: int) -> tuple[int, int, int] | None:
        """Red, green and blue of an image pixel as they are in the file."""
        return None if self._pyramid is None else self._pyramid.pixel(x, y)

    def fit(self) -> None:
        """Show the whole picture, and keep doing so when the window changes its size."""
        with self._moving_view():
            self._viewport.fit()

    @property
    def place(self) -> tuple[float, float, float] | None:
        """Zoom, and the image point in the middle; None where the whole picture is shown, or none."""
        if self._pyramid is None or self._viewport.fitted:
            return None
        return self.zoom, *self._viewport.to_image(self._viewport.width / 2, self._viewport.height / 2)

    def go_to(self, zoom: float, x: float, y: float) -> None:
        """Zoom, and bring an image point to the middle."""
        self._zoom_to(zoom, None)
        with self._moving_view():
            self._viewport.centre_on(x, y)

    def actual_size(self) -> None:
        """One image pixel for one pixel of the screen."""
        self._zoom_to(1.0, None)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom, keeping the image point under ``at`` (widget coordinates; the middle if None) in its place."""
        self._zoom_to(self._viewport.zoom * factor, at)

    def sizeHint(self) -> QSize:
        """A comfortable size."""
        return QSize(800, 600)

    # For subclasses

    def _draw_over(self, painter: QPainter) -> None:
        """Draw something on top, in logical coordinates."""

    def _on_view_moved(self) -> None:
        """The picture lies elsewhere now."""

    def _show_picture(self, pyramid: Pyramid, *, keep_view: bool) -> None:
        with self._moving_view():
            self._pyramid = pyramid
            self._frame.invalidate()
            self._viewport.show(width=pyramid.width, height=pyramid.height, keep=keep_view)
            self._show_in_minimap()

    def _show_in_minimap(self) -> None:
        """Show in the overview what is in the picture."""
        if self._pyramid is not None:
            self.minimap.show_photo(self._pyramid, self._frame.table)

    def _show_message(self, message: str) -> None:
        """Show no picture but a quiet line of text."""
        self._pyramid = None
        self._message = message
        self._frame.invalidate()
        self._place_minimap()
        self.update()

    def _pixel_at(self, point: QPointF) -> tuple[int, int] | None:
        """Image pixel drawn at a point of the widget, or None beside the picture."""
        if self._pyramid is None:
            return None
        x, y = math.floor(point.x() * self._ratio), math.floor(point.y() * self._ratio)
        left, top, right, bottom = self._viewport.picture
        if not (left <= x < right and top <= y < bottom):
            return None
        spot = Rect(x, y, x + 1, y + 1)
        return int(self._viewport.columns(spot)[0]), int(self._viewport.rows(spot)[0])

    def _image_rect(self, box: QRectF) -> Rect:
        """Image pixels that a box of the widget touches; may reach beyond the picture."""
        left, top = self._viewport.to_image(box.left() * self._ratio, box.top() * self._ratio)
        right, bottom = self._viewport.to_image(box.right() * self._ratio, box.bottom() * self._ratio)
        return Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))

    def _repaint_regions(self, ids: frozenset[int]) -> None:
        """Colour these regions again, and nothing else of the window when that can be told."""
        self._recolor(self._layer.indices(ids))

    def _recolor(self, indices: frozenset[int]) -> None:
        """Colour regions again, of the current tile or of others."""
        if indices:
            self._update_extent(self._frame.recolor(self._viewport, self._tables(), indices))

    def _tables(self) -> Tables | None:
        """Colours by slot, of all that is in sight."""
        return self._layer.tables(stroke=self._stroke)

    def _chips(self) -> list[Chip]:
        """Names of the regions in sight."""
        return self._layer.chips()

    def _repaint_pixels(self, pixels: Rect) -> None:
        """Show a rectangle of image pixels again, whose regions are others now."""
        if self._layer.grid is None or pixels.is_empty:
            return
        extent = self._frame.repaint_pixels(self._viewport, self._layer.grid, self._tables(), pixels)
        if extent is not None and not extent.is_empty and self._shows_names:
            for box in chip_boxes(self._chips(), viewport=self._viewport, ratio=self._ratio, font=self._chip_font):
                if not box.intersected(extent).is_empty:
                    self._update_extent(box)  # it may not fit any more, or now
        self._update_extent(extent)

    def _update_extent(self, extent: Rect | None) -> None:
        """Paint device pixels again; all of them when None."""
        if extent is None:
            self.update()
        elif not extent.is_empty:
            left, top = math.floor(extent.left / self._ratio), math.floor(extent.top / self._ratio)
            right, bottom = math.ceil(extent.right / self._ratio), math.ceil(extent.bottom / self._ratio)
            self.update(QRect(left, top, right - left, bottom - top))

    @property
    def _shows_names(self) -> bool:
        return self._names_shown and self._layer.style.visible and not self._is_bare

    @property
    def _chip_font(self) -> QFont:
        return chip_font(self.font())

    def _repaint_all(self) -> None:
        """Colour everything again at the next painting."""
        self._frame.invalidate_looks()
        self.update()

    def _pan(self, dx: float, dy: float) -> None:
        """Move the picture by logical pixels."""
        if self._pyramid is not None:
            with self._moving_view():
                self._viewport.pan(dx * self._ratio, dy * self._ratio)

    def _zoom_to(self, zoom: float, at: QPointF | None) -> None:
        if self._pyramid is None:
            return
        at = QRectF(self.rect()).center() if at is None else at
        with self._moving_view():
            self._viewport.zoom_to(zoom, x=at.x() * self._ratio, y=at.y() * self._ratio)

    @contextmanager
    def _moving_view(self) -> Iterator[None]:
        """Repaint after the view changed in the block, and tell of another zoom."""
        before = self._viewport.zoom
        yield
        self.update()
        self._place_minimap()
        self._on_view_moved()
        self.view_moved.emit()
        if self._viewport.zoom != before:
            self.zoom_changed.emit(self._viewport.zoom)

    def _centre_on(self, across: float, down: float) -> None:
        """Bring a place of the photo or of the scene, in 0..1, to the middle of the window."""
        ground = self._viewport.ground
        with self._moving_view():
            self._viewport.centre_on(ground.left + across * ground.width, ground.top + down * ground.height)

    def _place_minimap(self) -> None:
        """Put the overview into its corner, when the photo is larger than the window."""
        view = self._viewport
        left, top, right, bottom = view.ground_on_screen
        is_larger = right - left > view.width or bottom - top > view.height
        self.minimap.setVisible(self._minimap_wanted and is_larger and self.has_picture)
        if not self.minimap.isHidden():
            width, height = max(1, right - left), max(1, bottom - top)
            seen = QRectF(-left / width, -top / height, view.width / width, view.height / height)
            self.minimap.show_seen(seen)
            corner = self.rect().bottomRight() - self.minimap.rect().bottomRight()
            self.minimap.move(corner - QPoint(_MINIMAP_MARGIN, _MINIMAP_MARGIN))

    def _resize_viewport(self) -> None:
        ratio = self.devicePixelRatioF()
        scale, self._ratio = ratio / self._ratio, ratio
        self._viewport.margin = round(FIT_MARGIN * ratio)
        width, height = math.ceil(self.width() * ratio), math.ceil(self.height() * ratio)
        with self._moving_view():
            self._viewport.resize(width=width, height=height, scale=scale)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw backdrop, photo, regions, names, and what a subclass adds."""
        painter = QPainter(self)
        try:
            painter.fillRect(event.rect(), backdrop(self.palette()))
            if self._pyramid is None:
                draw_message(painter, self.rect(), self._message, self.palette())
            else:
                self._draw_picture(painter, self._pyramid, event.rect())
                if not self._is_bare:
                    self._draw_over(painter)
        finally:
            painter.end()  # Qt crashes on a painter that an exception left open

    def _draw_picture(self, painter: QPainter, pyramid: Pyramid, part: QRect) -> None:
        self._frame.update(self._viewport, pyramid, self._layer.grid, self._tables())
        painter.save()
        # In device pixels the frame's images are copied one to one, which is exact and quick.
        painter.scale(1 / self._ratio, 1 / self._ratio)
        self._draw_frame(painter)
        if self.scale >= GRID_FROM:
            draw_grid(painter, self._viewport)
        if self._shows_names:
            draw_chips(
                painter,
                self._chips(),
                frame=self._frame,
                viewport=self._viewport,
                ratio=self._ratio,
                font=self._chip_font,
                clip=self._device_rect(part),
            )
        painter.restore()

    def _draw_frame(self, painter: QPainter) -> None:
        left, top, right, bottom = self._viewport.ground_on_screen
        picture = QRect(left, top, right - left, bottom - top)
        draw_shadow(painter, picture, stroke=self._stroke)
        seen = picture.intersected(QRect(0, 0, self._viewport.width, self._viewport.height))
        painter.drawImage(seen.topLeft(), self._frame.photo_image, seen)
        if self._layer.grid is not None and not self._is_bare:
            painter.drawImage(0, 0, self._frame.overlay_image)

    def _device_rect(self, rect: QRect) -> Rect:
        left, top = math.floor(rect.left() * self._ratio), math.floor(rect.top() * self._ratio)
        right = math.ceil((rect.left() + rect.width()) * self._ratio)
        bottom = math.ceil((rect.top() + rect.height()) * self._ratio)
        return Rect(left, top, right, bottom)

    @property
    def _stroke(self) -> int:
        """Device pixels of a line one logical pixel wide."""
        return max(1, int(self._ratio + 0.25))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again, or keep the middle in the middle; what a bar above takes moves nothing on the screen."""
        above = self._taken_above(event)
        if above:
            with self._moving_view():
                self._viewport.cover(round(above * self.devicePixelRatioF()))
        else:
            self._resize_viewport()
        super().resizeEvent(event)

    def _taken_above(self, event: QResizeEvent) -> int:
        """Pixels that a bar took at the top, or gave back below zero; 0 where anything else changed, too."""
        before = self._place
        self._place = self.window().size(), self.mapTo(self.window(), QPoint())
        moved = self._place[1] - before[1]
        same = self._place[0] == before[0] and event.size().width() == event.oldSize().width() and not moved.x()
        return moved.y() if same and event.oldSize().height() - event.size().height() == moved.y() else 0

    def reserve_above(self, pixels: int) -> None:
        """Pixels at the top that a bar may take yet: pictures that are fitted from now on leave them free."""
        self._viewport.reserve = round(pixels * self.devicePixelRatioF())

    def event(self, event: QEvent) -> bool:
        """Another resolution of the screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._resize_viewport()
        return super().event(event)
