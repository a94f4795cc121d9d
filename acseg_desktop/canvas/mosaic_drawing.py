"""Drawing of the tiles around the current one, into the buffers of the screen. No Qt."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from acseg_core.types import PixelPatch
from acseg_desktop.canvas.mosaic import Mosaic
from acseg_desktop.canvas.region_map import RegionGrid
from acseg_desktop.canvas.slots import Slots
from acseg_desktop.canvas.viewport import Rect, Viewport

_BLANK = 0xFF6E6E6E


class MosaicDrawing:
    """Draws what a mosaic has beside the current tile."""

    def __init__(self, mosaic: Mosaic) -> None:
        self._mosaic = mosaic

    def take_fresh(self) -> Iterable[Rect]:
        """Where tiles came since, in pixels of the current one."""
        return self._mosaic.take_fresh()

    def draw_photos(
        self, viewport: Viewport, rect: Rect, target: NDArray[np.uint32], *, table: NDArray[np.uint8] | None
    ) -> None:
        """Draw what is around the current tile into a rectangle of the screen.

        Args:
            viewport: Where the current tile lies.
            rect: Of the screen.
            target: (h, w) uint32 0xffRRGGBB, the whole screen.
            table: (256,) uint8, the value to show for each value, or None.
        """
        ground = rect.intersected(viewport.ground_on_screen)
        if ground.is_empty:
            return
        if self._mosaic.is_far(viewport):
            self._draw_overview(viewport, ground, target, table)
            return
        seen = self._mosaic.tiles_in(viewport, ground)
        parts = [ground.intersected(viewport.on_screen(self._mosaic.pixels_of(image_id))) for image_id in seen]
        if sum(part.width * part.height for part in parts) < ground.width * ground.height:
            self._draw_overview(viewport, ground, target, table)  # the project does not have all tiles
        for image_id in seen:
            pixels = self._mosaic.pixels_of(image_id)
            part = ground.intersected(viewport.on_screen(pixels))
            if image_id == self._mosaic.current or part.is_empty:
                continue
            view = self._mosaic.view(image_id)
            if view is None or view.photo is None:
                self._draw_overview(viewport, part, target, table)
                continue
            photo = view.photo
            place = viewport.of(pixels, width=photo.width, height=photo.height)
            drawn = photo.sample(place, part, table=table, squares=view.level == 0)
            target[part.top : part.bottom, part.left : part.right] = drawn

    def draw_slots(self, viewport: Viewport, rect: Rect, target: Slots) -> None:
        """Write the slots of what is around the current tile.

        Args:
            viewport: Where the current tile lies.
            rect: Of the screen.
            target: (rect.height, rect.width) uint16, zeros.
        """
        ground = rect.intersected(viewport.ground_on_screen)
        seen = [] if ground.is_empty or self._mosaic.is_far(viewport) else self._mosaic.tiles_in(viewport, ground)
        for image_id in seen:
            view, first = self._mosaic.view(image_id), self._mosaic.first_slot(image_id)
            pixels = self._mosaic.pixels_of(image_id)
            part = ground.intersected(viewport.on_screen(pixels))
            if image_id == self._mosaic.current or view is None or not first or part.is_empty or not view.looks:
                continue
            height, width = view.slots.shape
            place = viewport.of(pixels, width=width, height=height)
            numbers = np.arange(first - 1, first + len(view.looks), dtype=np.uint16)
            numbers[0] = 0
            found = RegionGrid.of_slots(view.slots, len(view.looks)).sample(place, part)
            _part(target, rect, part)[:] = numbers.take(found)
        for patch, slot, tile in self._mosaic.strokes:
            within = ground if tile is None else ground.intersected(viewport.on_screen(self._mosaic.pixels_of(tile)))
            self._draw_stroke(viewport, rect, within, target, patch, slot)

    def draw_colors(self, viewport: Viewport, rect: Rect, target: NDArray[np.uint32]) -> None:
        """Draw the regions of the whole scene where tiles are small; the current one's are drawn already.

        Args:
            viewport: Where the current tile lies.
            rect: Of the screen.
            target: (rect.height, rect.width) uint32 premultiplied ARGB.
        """
        ground = rect.intersected(viewport.ground_on_screen)
        if self._mosaic.colors is None or ground.is_empty or not self._mosaic.is_far(viewport):
            return
        height, width = self._mosaic.colors.shape
        place = viewport.of(viewport.ground, width=width, height=height)
        drawn = self._mosaic.colors.take(place.rows(ground), axis=0).take(place.columns(ground), axis=1)
        own = ground.intersected(viewport.picture)
        if not own.is_empty:
            _part(drawn, ground, own)[:] = _part(target, rect, own)
        _part(target, rect, ground)[:] = drawn

    def _draw_overview(
        self, viewport: Viewport, rect: Rect, target: NDArray[np.uint32], table: NDArray[np.uint8] | None
    ) -> None:
        out = target[rect.top : rect.bottom, rect.left : rect.right]
        if self._mosaic.overview is None:
            out[:] = _BLANK
            return
        place = viewport.of(viewport.ground, width=self._mosaic.overview.width, height=self._mosaic.overview.height)
        out[:] = self._mosaic.overview.sample(place, rect, table=table, squares=False)

    @staticmethod
    def _draw_stroke(viewport: Viewport, rect: Rect, ground: Rect, target: Slots, patch: PixelPatch, slot: int) -> None:
        height, width = patch.mask.shape
        pixels = Rect(patch.left, patch.top, patch.left + width, patch.top + height)
        part = Rect(0, 0, 0, 0) if pixels.is_empty else ground.intersected(viewport.on_screen(pixels))
        if not part.is_empty:
            place = viewport.of(pixels, width=width, height=height)
            covered = patch.mask.take(place.rows(part), axis=0).take(place.columns(part), axis=1)
            _part(target, rect, part)[covered] = slot


def _part(target: NDArray[np.generic], rect: Rect, part: Rect) -> NDArray[np.generic]:
    """A rectangle that lies in another, of an array of that other."""
    return target[part.top - rect.top : part.bottom - rect.top, part.left - rect.left : part.right - rect.left]
