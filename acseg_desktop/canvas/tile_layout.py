"""Where the tiles of a scene are: in pixels of the current one, on the screen, in the overview of the scene."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from acseg_core.images.scenes.overview import overview_size
from acseg_core.types import ImageRecord, Scene
from acseg_desktop.canvas.viewport import Rect, Viewport

FAR = 112.0
"""Device pixels of a tile's side below which only the picture of the whole scene is drawn."""


class TileLayout:
    """The tiles of one scene, of which one is the current one.

    Attributes:
        scene: The scene.
        records: Its tiles by id.
        current: Id of the tile that is the canvas's own, whose pixels places are counted in.
    """

    def __init__(self, scene: Scene, records: Sequence[ImageRecord], current: int) -> None:
        self.scene = scene
        self.take_records(records)
        self.current = current
        self._origin = _box(self.records[current])[:2]

    def take_records(self, records: Sequence[ImageRecord]) -> None:
        """Take what is known of the tiles now."""
        self.records = {record.id: record for record in records if record.info.tile is not None}
        self._ids = list(self.records)
        self._boxes = np.array([_box(record) for record in self.records.values()], np.int64).reshape(-1, 4)

    def move_to(self, image_id: int) -> None:
        """Another tile is the current one."""
        self.current = image_id
        self._origin = _box(self.records[image_id])[:2]

    @property
    def ground(self) -> Rect:
        """All of the scene, in pixels of the current tile."""
        x, y = self._origin
        return Rect(-x, -y, self.scene.width - x, self.scene.height - y)

    def pixels_of(self, image_id: int) -> Rect:
        """Where a tile is, in pixels of the current one."""
        left, top, right, bottom = _box(self.records[image_id])
        x, y = self._origin
        return Rect(left - x, top - y, right - x, bottom - y)

    def tile_at(self, x: float, y: float) -> int | None:
        """Id of the tile at an image point."""
        across, down = x + self._origin[0], y + self._origin[1]
        left, top, right, bottom = self._boxes.T
        found = np.flatnonzero((left <= across) & (across < right) & (top <= down) & (down < bottom))
        return self._ids[int(found[0])] if found.size else None

    def is_far(self, viewport: Viewport) -> bool:
        """Whether tiles are so small on the screen that only the scene is drawn."""
        return self.scene.tile_side * viewport.zoom < FAR

    def tiles_in(self, viewport: Viewport, rect: Rect) -> list[int]:
        """Ids of the tiles in a rectangle of the screen, in the order of the scene."""
        if rect.is_empty or not self._ids:
            return []
        (ax, ay), (bx, by) = viewport.to_image(rect.left, rect.top), viewport.to_image(rect.right, rect.bottom)
        x, y = self._origin
        left, top, right, bottom = self._boxes.T
        meets = (left < bx + x + 1) & (right > ax + x - 1) & (top < by + y + 1) & (bottom > ay + y - 1)
        return [self._ids[index] for index in np.flatnonzero(meets)]

    def place_in_overview(self, image_id: int) -> Rect:
        """Where a tile is in the picture of the whole scene."""
        across, down = overview_size(self.scene.width, self.scene.height)
        left, top, right, bottom = _box(self.records[image_id])
        width, height = self.scene.width, self.scene.height
        return Rect(left * across // width, top * down // height, right * across // width, bottom * down // height)


def _box(record: ImageRecord) -> tuple[int, int, int, int]:
    tile = record.info.tile
    assert tile is not None, "it is no tile"
    return tile.left, tile.top, tile.left + record.width, tile.top + record.height
