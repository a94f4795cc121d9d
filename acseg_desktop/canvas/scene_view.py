"""A picture with what is around it, where it is a tile of a scene: one moves over all of the scene."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from acseg_desktop.canvas.chips import Chip
from acseg_desktop.canvas.drawing import draw_message, draw_tile_frame
from acseg_desktop.canvas.mosaic import Mosaic
from acseg_desktop.canvas.mosaic_drawing import MosaicDrawing
from acseg_desktop.canvas.overlay import Tables
from acseg_desktop.canvas.picture import PictureView
from acseg_desktop.canvas.pyramid import Pyramid

Beside = tuple[int, int] | None
"""By how many pixels a tile begins to the right of and below the one before; None for what is not beside it."""


class SceneView(PictureView):
    """A picture, alone or among the tiles of its scene."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._mosaic: Mosaic | None = None
        super().__init__(parent)

    @property
    def mosaic(self) -> Mosaic | None:
        """The tiles around the picture, or None where it is no tile of a scene."""
        return self._mosaic

    @property
    def margin(self) -> int:
        """Pixels around the photo that can be drawn on, too: of the next tiles of a scene."""
        return 0 if self._mosaic is None else 2 * self._mosaic.scene.tile_side

    def refresh_mosaic(self, *, overview: bool = False) -> None:
        """Draw tiles that came since; with ``overview``, the scene's picture or what is done of it is another, too."""
        if overview:
            self._show_in_minimap()
        self.update()

    def reveal_picture(self) -> None:
        """Bring a tile to the middle, unless all of it is in sight."""
        left, top, right, bottom = self._viewport.picture
        if left < 0 or top < 0 or right > self._viewport.width or bottom > self._viewport.height:
            with self._moving_view():
                self._viewport.centre_on(self._viewport.image_width / 2, self._viewport.image_height / 2)

    def fit_scene(self) -> None:
        """Show the whole scene."""
        with self._moving_view():
            self._viewport.fit_ground()

    def _show_tile(self, pyramid: Pyramid, mosaic: Mosaic, *, keep_view: bool, beside: Beside) -> None:
        width, height = pyramid.width, pyramid.height
        with self._moving_view():
            self._pyramid = pyramid
            self._take(mosaic)
            if beside is None or self._viewport.image_width == 0:
                self._viewport.show(width=width, height=height, keep=keep_view, ground=mosaic.ground)
            else:
                self._viewport.show_beside(*beside, width=width, height=height, ground=mosaic.ground)
            self._show_in_minimap()

    def _show_picture(self, pyramid: Pyramid, *, keep_view: bool) -> None:
        self._take(None)
        super()._show_picture(pyramid, keep_view=keep_view)

    def _show_message(self, message: str) -> None:
        self._take(None)
        super()._show_message(message)

    def _take(self, mosaic: Mosaic | None) -> None:
        self._mosaic = mosaic
        self._frame.around = None if mosaic is None else MosaicDrawing(mosaic)
        self._frame.invalidate()

    def _show_in_minimap(self) -> None:
        if self._mosaic is not None:
            self.minimap.show_scene(self._mosaic, self._frame.table)
        else:
            super()._show_in_minimap()

    def _tables(self) -> Tables | None:
        own, mosaic = super()._tables(), self._mosaic
        if own is None or mosaic is None:
            return own
        tables = mosaic.tables(own, replace(self._layer.style, stroke=self._stroke))
        if mosaic.take_renumbered():
            self._frame.invalidate_regions()
        return tables

    def _chips(self) -> list[Chip]:
        chips = super()._chips()
        return chips if self._mosaic is None else chips + self._mosaic.chips(self._viewport)

    def _draw_frame(self, painter: QPainter) -> None:
        """Say what cannot be read in its place, and frame the current tile."""
        super()._draw_frame(painter)
        if self._mosaic is None:
            return
        for rect, problem in self._mosaic.problems(self._viewport):
            draw_message(painter, QRect(rect.left, rect.top, rect.width, rect.height), problem, self.palette())
        if not self._is_bare:
            draw_tile_frame(painter, self._viewport.picture, self.palette(), stroke=self._stroke)
