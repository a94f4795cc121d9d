"""A small scene of tiles, as records and as what is shown of them, and the same as one photo."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from desktop.canvas.samples import LABELS, noise_photo, region_of
from numpy.typing import NDArray

from acseg_core.types import ImageInfo, ImageRecord, ImageStatus, Region, Scene, Tile
from acseg_desktop.canvas.layer import RegionLayer
from acseg_desktop.canvas.mosaic import Mosaic
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.region_map import RegionGrid
from acseg_desktop.canvas.tile_view import TileView, view_of_layer

SIDE = 64
"""Pixels of a tile's side."""


def a_scene(columns: int = 3, rows: int = 2) -> Scene:
    return Scene(1, "map.tif", "f" * 64, "", 1, 1, columns * SIDE, rows * SIDE, rows, columns, SIDE, 8, "", "")


def records(scene: Scene) -> list[ImageRecord]:
    """Tiles with ids from 1, row by row."""
    made = []
    for number in range(scene.rows * scene.columns):
        row, column = divmod(number, scene.columns)
        tile = Tile(row + 1, column + 1, column * SIDE, row * SIDE, 8)
        path = f"map#r{row + 1}c{column + 1}.tif"
        info = ImageInfo(path, f"{number:064}", 1, 1, SIDE, SIDE, SIDE, SIDE, tile=tile)
        made.append(ImageRecord(number + 1, info, ImageStatus.PROPOSED))
    return made


def photo_of(scene: Scene) -> NDArray[np.uint8]:
    """(h, w, 3) uint8, all of the scene."""
    return noise_photo(scene.height, scene.width)


def label_map_of(record: ImageRecord) -> NDArray[np.int32]:
    """Two regions, side by side."""
    label_map = np.zeros((record.height, record.width), np.int32)
    label_map[:, SIDE // 2 :] = 1
    return label_map


def regions_of_tile(record: ImageRecord) -> list[Region]:
    """The left region is named "sky", the right one is not; ids are 100 times the tile's, and one more."""
    label_map = label_map_of(record)
    first, second = region_of(label_map, 0, label_id=1), region_of(label_map, 1)
    return [_with_id(first, 100 * record.id), _with_id(second, 100 * record.id + 1)]


def _with_id(region: Region, region_id: int) -> Region:
    return replace(region, id=region_id)


def view_of(record: ImageRecord, photo: NDArray[np.uint8], regions: Sequence[Region] | None = None) -> TileView:
    """A tile as it is shown beside another."""
    layer = RegionLayer()
    regions = regions_of_tile(record) if regions is None else regions
    layer.show(RegionGrid(label_map_of(record), len(regions)), regions, LABELS)
    return view_of_layer(record, layer, Pyramid(part_of(record, photo)))


def part_of(record: ImageRecord, photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What of the scene's photo is the tile."""
    tile = record.info.tile
    assert tile is not None
    return photo[tile.top : tile.top + record.height, tile.left : tile.left + record.width]


def filled(scene: Scene, current: int) -> Mosaic:
    """All tiles are there."""
    tiles = records(scene)
    mosaic = Mosaic(scene, tiles, current)
    photo = photo_of(scene)
    for record in tiles:
        if record.id != current:
            mosaic.put(view_of(record, photo))
    return mosaic
