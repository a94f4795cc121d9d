"""Regions over a photo: which are shown, selected, hidden, and drawn by hand just now. The mouse is `view`'s."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QWidget

from acseg_core.types import ImageRecord, Label, PixelPatch, Region
from acseg_desktop.canvas.mosaic import Mosaic
from acseg_desktop.canvas.moving import MovingView
from acseg_desktop.canvas.preview import Preview
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.region_map import RegionGrid
from acseg_desktop.canvas.scene_view import Beside
from acseg_desktop.canvas.tile_view import TileView, view_of_layer


class RegionView(MovingView):
    """A photo with its regions.

    Signals:
        selection_changed(frozenset): Ids of the regions selected now.
        looks_changed(): Unnamed regions have other colours.
    """

    selection_changed = Signal(frozenset)
    looks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._beyond: int | None = None
        super().__init__(parent)

    # What is shown

    def show_image(
        self,
        pixels: NDArray[np.uint8] | Pyramid,
        *,
        keep_view: bool = False,
        mosaic: Mosaic | None = None,
        beside: Beside = None,
    ) -> None:
        """Show another photo, without regions.

        Args:
            pixels: (H, W, 3) uint8 RGB. Not copied: it must not change while it is shown. Or a pyramid of it.
            keep_view: Keep zoom and place instead of fitting it into the window.
            mosaic: What is around it, where it is a tile of a scene.
            beside: Where it begins from the tile that was shown, so that the scene stays where it is on the screen.
        """
        pyramid = pixels if isinstance(pixels, Pyramid) else Pyramid(pixels)
        self._clear_regions()
        if mosaic is None:
            self._show_picture(pyramid, keep_view=keep_view)
        else:
            self._show_tile(pyramid, mosaic, keep_view=keep_view, beside=beside)

    def show_regions(
        self, label_map: NDArray[np.int32] | RegionGrid, regions: Sequence[Region], labels: Mapping[int, Label]
    ) -> None:
        """Show regions over the photo; ids that still exist stay selected and hidden.

        Args:
            label_map: (H, W) int32, index into ``regions`` or -1; not kept. Or a grid made of it elsewhere, which is.
            regions: The regions.
            labels: By id.
        """
        shape = label_map.slots.shape if isinstance(label_map, RegionGrid) else label_map.shape
        if self._pyramid is None or shape != (self._pyramid.height, self._pyramid.width):
            raise ValueError(f"the label map's size {shape} is not the picture's")
        grid = label_map if isinstance(label_map, RegionGrid) else RegionGrid(label_map, len(regions))
        before = self._layer.selection
        drawn = self._layer.stored_strokes()
        self._layer.show(grid, regions, labels)
        if self._mosaic is not None:
            self._mosaic.hold(drawn)
            self._show_strokes()
            self._mark_beyond()
        self._frame.invalidate_regions()
        self.update()
        self._report_selection(before)

    def _clear_regions(self) -> None:
        before = self._layer.selection
        self._layer.clear()
        self._frame.invalidate_regions()
        self._report_selection(before)

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
        self._mark_beyond()
        self._report_selection(before)

    def select_all(self) -> None:
        """Select every region that is not hidden."""
        self.select(self._layer.order)

    def invert_selection(self) -> None:
        """Select the regions that are not selected, hidden ones left out."""
        self.select(frozenset(self._layer.order) - self._layer.selection)

    def _report_selection(self, before: frozenset[int]) -> None:
        if before != self._layer.selection:
            self.selection_changed.emit(self._layer.selection)

    # Where regions are

    def region_at(self, point: QPointF) -> int | None:
        """Id of the region drawn at a point of the widget, or None."""
        pixel = self._pixel_at(point)
        if pixel is None or self._layer.grid is None:
            return None
        return self._layer.visible_id(self._layer.grid.at(*pixel))

    def stored_region_at(self, point: QPointF) -> int | None:
        """Id of the region at a point as the project has it, whatever a tool has drawn over it."""
        pixel = self._pixel_at(point)
        return None if pixel is None else self._layer.stored_id(*pixel)

    def region_along(self, points: Sequence[tuple[float, float]]) -> int | None:
        """Id of the region that has most of the way between image points, or None."""
        return self._layer.region_along(points)

    def regions_in(self, box: QRectF, *, touching: bool) -> frozenset[int]:
        """Ids of the regions that a box of the widget encloses, or those it touches."""
        if self._layer.grid is None:
            return frozenset()
        grid = self._layer.grid
        indices = (grid.touching if touching else grid.enclosed)(self._image_rect(box))
        found = (self._layer.visible_id(index) for index in indices)
        return frozenset(region_id for region_id in found if region_id is not None)

    def centre_on_region(self, region_id: int) -> None:
        """Bring the middle of a region to the middle of the window."""
        region = self._layer.region(region_id)
        if region is not None:
            x, y, width, height = region.bbox
            with self._moving_view():
                self._viewport.centre_on(x + width / 2, y + height / 2)

    def reveal_region(self, region_id: int) -> None:
        """Bring a region to the middle, unless all of it is in sight: a picture that is seen stays where it is."""
        region = self._layer.region(region_id)
        if region is None:
            return
        x, y, width, height = region.bbox
        left, top = self._viewport.to_screen(x, y)
        right, bottom = self._viewport.to_screen(x + width, y + height)
        if min(left, top) < 0 or right > self._viewport.width or bottom > self._viewport.height:
            self.centre_on_region(region_id)

    # Looks

    @property
    def colors(self) -> dict[int, str]:
        """Colour of every region, "#rrggbb", by id."""
        return self._layer.colors()

    @property
    def tint_palette(self) -> Sequence[str]:
        """Colours of unnamed regions, "#rrggbb"."""
        return self._layer.tint_palette

    def view_of(self, record: ImageRecord) -> TileView:
        """What is shown of the current tile, for when it is one of those around another."""
        return view_of_layer(record, self._layer, self._pyramid)

    def set_tints(self, palette: Sequence[str]) -> None:
        """Colours of unnamed regions, "#rrggbb"."""
        self._layer.set_tints(palette)
        self._frame.invalidate_regions()
        self.update()
        self.looks_changed.emit()

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

    @property
    def hidden(self) -> frozenset[int]:
        """Ids of the hidden regions."""
        return self._layer.hidden

    def highlight(self, ids: frozenset[int]) -> None:
        """Brighten exactly these regions."""
        before = self._layer.highlighted
        self._layer.highlighted = ids
        self._repaint_regions(before ^ ids)
        self._mark_beyond()

    def highlight_beyond(self, region_id: int | None) -> None:
        """Brighten a region of another tile, and what it goes on in; or no longer."""
        if region_id != self._beyond:
            self._beyond = region_id
            self._mark_beyond()

    def _mark_beyond(self) -> None:
        """Show regions of other tiles as those of the current one that they are one thing with."""
        mosaic = self._mosaic
        if mosaic is None:
            return
        pointed = self._layer.highlighted if self._beyond is None else frozenset({self._beyond})
        selected, highlighted = mosaic.linked(self._layer.selection), mosaic.linked(pointed)
        own = self._layer.known(highlighted)
        if self._beyond is not None and own != self._layer.highlighted:
            before, self._layer.highlighted = self._layer.highlighted, own
            self._repaint_regions(before ^ own)
        self._recolor(mosaic.mark(selected, highlighted))

    # What tools draw

    def begin_preview(self, preview: Preview) -> None:
        """Show from now on what a tool draws, until the regions shown are read from a project that has it."""
        self._layer.begin(preview)
        if not preview.stroke.extent.is_empty:
            self.extend_preview(preview, preview.stroke.patch)

    def _show_strokes(self) -> None:
        """Show on other tiles, too, what is drawn there."""
        if self._mosaic is not None:
            held = [(patch, self._layer.slot_of(id_), tile) for tile, patch, id_ in self._mosaic.held]
            drawn = [(patch, self._layer.slot_of(id_), None) for patch, id_ in self._layer.strokes()]
            self._mosaic.strokes = [*held, *drawn]

    def extend_preview(self, preview: Preview, patch: PixelPatch) -> None:
        """Draw more pixels; only the part of the window that they are in is painted again."""
        extent = self._layer.extend(preview, patch)
        self._show_strokes()
        self._repaint_pixels(extent)

    def drop_preview(self, preview: Preview) -> None:
        """Take back what a tool drew."""
        before = self._layer.selection
        self._layer.drop(preview)
        self._show_strokes()
        self._frame.invalidate_regions()
        self.update()
        self._report_selection(before)
