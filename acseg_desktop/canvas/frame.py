"""Screen buffers of the canvas: photo, slots and overlay for the widget's pixels, kept up to date piece by piece.

Panning moves what is there and fills only the strips that come into sight; a change of looks repaints only the
rectangle it touches; only a change of zoom or size does it all again. Memory: 9 to 10 bytes per device pixel of the
widget, whatever the size of the photo.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from acseg_desktop.canvas.overlay import MAX_STROKE, Tables, paint
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.region_map import RegionGrid
from acseg_desktop.canvas.slots import Slots
from acseg_desktop.canvas.viewport import Rect, Viewport

MARGIN = MAX_STROKE + 2
"""Pixels beyond the widget's edge for which slots are kept, so that outlines there are right."""
MANY = 12
"""Number of regions from which on everything is coloured again instead of the parts they cover."""


class Around(Protocol):
    """What is beside the photo, where that is a part of something larger."""

    def take_fresh(self) -> Iterable[Rect]:
        """Rectangles of image pixels that look different since the last time this was asked."""
        ...

    def draw_photos(
        self, viewport: Viewport, rect: Rect, target: NDArray[np.uint32], *, table: NDArray[np.uint8] | None
    ) -> None:
        """Draw into a rectangle of the screen, of which ``target`` is all; the photo is drawn over it."""
        ...

    def draw_slots(self, viewport: Viewport, rect: Rect, target: Slots) -> None:
        """Write the slots of a rectangle of the screen, of which ``target`` is that part: zeros."""
        ...

    def draw_colors(self, viewport: Viewport, rect: Rect, target: NDArray[np.uint32]) -> None:
        """Draw over a rectangle of the screen when regions are coloured there; ``target`` is that part."""
        ...


class Frame:
    """Buffers of the widget's size in device pixels.

    Attributes:
        photo_image: The photo, RGB32; undefined outside the picture.
        overlay_image: Regions, ARGB32_Premultiplied.
        table: (256,) uint8, the value to show for each value of the photo, or None; `invalidate_photo` after a change.
        around: What is beside the photo, or None; `invalidate` after a change.
    """

    photo_image: QImage
    overlay_image: QImage

    def __init__(self) -> None:
        self.table: NDArray[np.uint8] | None = None
        self.around: Around | None = None
        self._allocate(1, 1)

    def invalidate(self) -> None:
        """Do everything again at the next `update`: another picture."""
        self._drawn: tuple[float, int, int] | None = None

    def invalidate_photo(self) -> None:
        """Sample the photo again at the next `update`: it looks different."""
        self._photo_drawn = False

    def invalidate_regions(self) -> None:
        """Sample and colour the regions again at the next `update`: other regions of the same picture."""
        self._regions_drawn = self._looks_drawn = False

    def invalidate_looks(self) -> None:
        """Colour all regions again at the next `update`."""
        self._looks_drawn = False

    def update(self, viewport: Viewport, pyramid: Pyramid, grid: RegionGrid | None, tables: Tables | None) -> None:
        """Bring the buffers up to where the viewport is now."""
        if self._photo.shape != (viewport.height, viewport.width):
            self._allocate(viewport.width, viewport.height)
        stale = self._scroll(viewport)
        if self.around is not None:
            stale += self._fresh(viewport, self.around)
        for rect in stale if self._photo_drawn else [self._bounds]:
            self._sample_photo(viewport, pyramid, rect)
        for rect in stale if self._regions_drawn else [self._bounds]:
            self._sample_regions(viewport, grid, rect.grown(MARGIN))
        for rect in stale if self._looks_drawn else [self._bounds]:
            self._paint(viewport, tables, rect)
        self._drawn = _place(viewport)
        self._photo_drawn = self._regions_drawn = self._looks_drawn = True

    def recolor(self, viewport: Viewport, tables: Tables | None, indices: frozenset[int]) -> Rect | None:
        """Colour the regions of these indices again.

        Returns:
            The part of the widget that changed; None when all of it will, at the next `update`.
        """
        if tables is None or len(indices) > MANY or not self._is_current(viewport):
            self.invalidate_looks()
            return None
        extent = self._extent(indices)
        if not extent.is_empty:
            extent = extent.grown(tables.reach + 1).intersected(self._bounds)
            self._paint(viewport, tables, extent)
        return extent

    def repaint_pixels(self, viewport: Viewport, grid: RegionGrid, tables: Tables | None, pixels: Rect) -> Rect | None:
        """Sample and colour the regions again where a rectangle of image pixels is.

        Returns:
            As for `recolor`.
        """
        if tables is None or not self._is_current(viewport) or self._slot_type(grid) != self._slots.dtype:
            self.invalidate_regions()
            return None
        left, top = viewport.to_screen(pixels.left, pixels.top)
        right, bottom = viewport.to_screen(pixels.right, pixels.bottom)
        extent = Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
        extent = extent.intersected(self._bounds.grown(MARGIN))
        if extent.is_empty:
            return extent
        self._sample_regions(viewport, grid, extent)
        extent = extent.grown(tables.reach + 1).intersected(self._bounds)
        self._paint(viewport, tables, extent)
        return extent

    def shows(self, indices: frozenset[int]) -> bool:
        """A pixel of these regions was in the widget at the last `update`."""
        return not self._extent(indices).intersected(self._bounds).is_empty

    def slots_in(self, rect: Rect) -> Slots:
        """Slots of the part of ``rect`` that is in the widget."""
        rect = rect.intersected(self._bounds)
        return self._slots[rect.top + MARGIN : rect.bottom + MARGIN, rect.left + MARGIN : rect.right + MARGIN]

    def _paint(self, viewport: Viewport, tables: Tables | None, rect: Rect) -> None:
        """Colour a rectangle of the widget."""
        if rect.is_empty:
            return
        out = self._overlay[rect.top : rect.bottom, rect.left : rect.right]
        if tables is None:
            out[:] = 0
            return
        slots = self._slots[rect.top : rect.bottom + 2 * MARGIN, rect.left : rect.right + 2 * MARGIN]
        left, top, right, bottom = viewport.ground_on_screen
        paint(
            slots,
            tables,
            margin=MARGIN,
            picture=Rect(left - rect.left, top - rect.top, right - rect.left, bottom - rect.top),
            origin=(rect.left - viewport.left, rect.top - viewport.top),
            out=out,
        )
        if self.around is not None:
            self.around.draw_colors(viewport, rect, out)

    def _extent(self, indices: frozenset[int]) -> Rect:
        """Where regions are in the widget, or just beyond its edge, from where their outlines may reach in."""
        extent = Rect(0, 0, 0, 0)
        for index in indices:
            mask = self._slots == index + 1
            columns = np.flatnonzero(mask.any(axis=0))
            if columns.size:
                rows = np.flatnonzero(mask.any(axis=1))
                extent = extent.united(Rect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1))
        return Rect(*(edge - MARGIN for edge in extent))

    @property
    def _bounds(self) -> Rect:
        return Rect(0, 0, self._photo.shape[1], self._photo.shape[0])

    def _allocate(self, width: int, height: int) -> None:
        self._photo: NDArray[np.uint32] = np.zeros((height, width), np.uint32)
        self._overlay: NDArray[np.uint32] = np.zeros((height, width), np.uint32)
        self._slots: Slots = np.zeros((height + 2 * MARGIN, width + 2 * MARGIN), np.uint8)
        # The images look into the arrays, which live as long as this object: no copies, nothing to free.
        stride = width * 4
        self.photo_image = QImage(self._photo.data, width, height, stride, QImage.Format.Format_RGB32)
        self.overlay_image = QImage(
            self._overlay.data, width, height, stride, QImage.Format.Format_ARGB32_Premultiplied
        )
        self.invalidate()
        self.invalidate_photo()
        self.invalidate_regions()

    def _scroll(self, viewport: Viewport) -> list[Rect]:
        """Move the buffers' contents to the new place; what is left to fill."""
        bounds, now = self._bounds, _place(viewport)
        if self._drawn is None or self._drawn[0] != now[0]:
            return [bounds]
        dx, dy = now[1] - self._drawn[1], now[2] - self._drawn[2]
        width, height = bounds.width, bounds.height
        if abs(dx) >= width or abs(dy) >= height:
            return [bounds]
        for buffer in (self._photo, self._overlay, self._slots):
            rows, columns = buffer.shape
            target = buffer[max(0, dy) : rows + min(0, dy), max(0, dx) : columns + min(0, dx)]
            target[:] = buffer[max(0, -dy) : rows + min(0, -dy), max(0, -dx) : columns + min(0, -dx)]
        beside = Rect(0, 0, dx, height) if dx > 0 else Rect(width + dx, 0, width, height)
        above = Rect(0, 0, width, dy) if dy > 0 else Rect(0, height + dy, width, height)
        return [rect for rect in (beside, above) if not rect.is_empty]

    def _fresh(self, viewport: Viewport, around: Around) -> list[Rect]:
        """What is on the screen of tiles that came since."""
        rects = [viewport.on_screen(pixels).grown(MARGIN).intersected(self._bounds) for pixels in around.take_fresh()]
        return [rect for rect in rects if not rect.is_empty]

    def _slot_type(self, grid: RegionGrid | None) -> np.dtype[Any]:
        if self.around is not None:
            return np.dtype(np.uint16)
        return self._slots.dtype if grid is None else grid.slots.dtype

    def _is_current(self, viewport: Viewport) -> bool:
        return self._drawn == _place(viewport) and self._regions_drawn and self._looks_drawn

    def _sample_photo(self, viewport: Viewport, pyramid: Pyramid, rect: Rect) -> None:
        part = rect.intersected(viewport.picture)
        if self.around is not None and part != rect:
            self.around.draw_photos(viewport, rect, self._photo, table=self.table)
        if not part.is_empty:
            self._photo[part.top : part.bottom, part.left : part.right] = pyramid.sample(
                viewport, part, table=self.table
            )

    def _sample_regions(self, viewport: Viewport, grid: RegionGrid | None, rect: Rect) -> None:
        """Take the slots of a rectangle that may reach `MARGIN` beyond the widget."""
        if self._slot_type(grid) != self._slots.dtype:
            self._slots = np.zeros(self._slots.shape, self._slot_type(grid))
        target = self._slots[rect.top + MARGIN : rect.bottom + MARGIN, rect.left + MARGIN : rect.right + MARGIN]
        target[:] = 0
        part = rect.intersected(viewport.picture)
        if self.around is not None and part != rect:
            self.around.draw_slots(viewport, rect, target)
        if grid is not None and not part.is_empty:
            x, y = part.left - rect.left, part.top - rect.top
            target[y : y + part.height, x : x + part.width] = grid.sample(viewport, part)


def _place(viewport: Viewport) -> tuple[float, int, int]:
    return viewport.zoom, viewport.left, viewport.top
