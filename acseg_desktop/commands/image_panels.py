"""Panels that follow the image on the canvas: header, list of regions, image list, status line."""

from __future__ import annotations

from PySide6.QtCore import QObject

from acseg_core.images.georef import georeference_of
from acseg_core.types import ImageRecord
from acseg_desktop.commands.accepting import AcceptCommands
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.cut import CutSlider
from acseg_desktop.image_list.strip import ImageStrip
from acseg_desktop.panels.canvas_header import CanvasHeader
from acseg_desktop.panels.region_panel import RegionPanel, share_text
from acseg_desktop.panels.status_line import StatusLine, area_text


class ImagePanels(QObject):
    """Keeps the panels at the current image, its regions, and what is selected of them."""

    def __init__(
        self,
        context: CommandContext,
        *,
        accepting: AcceptCommands,
        header: CanvasHeader,
        regions: RegionPanel,
        cut_slider: CutSlider,
        strip: ImageStrip,
        status: StatusLine,
    ) -> None:
        super().__init__(context.window)
        self._context = context
        self._accepting = accepting
        self._header, self._regions, self._cut_slider = header, regions, cut_slider
        self._strip, self._status = strip, status
        viewer, canvas = context.viewer, context.canvas
        viewer.image_shown.connect(self._on_image)
        viewer.regions_shown.connect(self._on_regions)
        viewer.cleared.connect(self._on_cleared)
        canvas.selection_changed.connect(self._on_selection)
        canvas.zoom_changed.connect(self._on_zoom)
        canvas.cursor_moved.connect(self._on_cursor)
        canvas.cursor_left.connect(lambda: status.show_cursor(None, None, ""))
        regions.selection_changed.connect(canvas.select)
        regions.centre_requested.connect(canvas.centre_on_region)
        context.images.listed.connect(self._on_listed)

    def _on_image(self, record: ImageRecord) -> None:
        self._header.show_record(record)
        self._strip.follow(record.id)
        self._show_position()
        self._context.refresh()

    def _on_regions(self) -> None:
        context, record = self._context, self._context.viewer.record
        self._regions.show_regions(
            context.viewer.regions,
            dict(context.session.labels),
            context.canvas.colors,
            pixels=record.width * record.height if record else 1,
            parts=context.viewer.parts,
            has_image=record is not None,
        )
        self._regions.follow(context.canvas.selection)
        self._header.show_names(self._accepting.names)
        self._cut_slider.refresh()
        context.refresh()

    def _on_cleared(self) -> None:
        self._header.show_record(None)
        self._header.show_names(0)
        self._regions.show_regions((), {}, {}, pixels=1, has_image=False)
        self._strip.follow(None)
        self._cut_slider.refresh()
        self._show_position()
        self._context.refresh()

    def _on_listed(self) -> None:
        self._strip.follow(self._context.viewer.image_id)
        self._show_position()

    def _show_position(self) -> None:
        record, images = self._context.viewer.record, self._context.images
        row = images.row_of(record.id) if record is not None else None
        self._status.show_image(record, row=row, rows=images.rowCount())

    def _on_selection(self, selection: frozenset[int]) -> None:
        self._regions.follow(selection)
        self._context.refresh()

    def _on_zoom(self, zoom: float) -> None:
        if self._context.viewer.image_id is not None:
            self._status.show_zoom(zoom)

    def _on_cursor(self, x: int, y: int, region_id: object) -> None:
        viewer = self._context.viewer
        region = viewer.region(region_id) if isinstance(region_id, int) else None
        text, record = "", viewer.record
        if region is not None and record is not None:
            share = share_text(region.area / max(1, record.width * record.height))
            area = area_text(georeference_of(record.info), region.area)
            text = ", ".join(filter(None, (self._regions.model.name(region), share, area)))
        self._status.show_cursor(x, y, text, self._context.canvas.pixel_value(x, y))
