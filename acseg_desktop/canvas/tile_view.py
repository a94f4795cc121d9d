"""A tile beside the current one, as it is shown: its picture at a level, its regions and how they look. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from acseg_core.errors import AcsegError, ImageError
from acseg_core.images import rendering
from acseg_core.images.files import MISSING, problem_of_added
from acseg_core.images.image_paths import file_of_tile, path_below
from acseg_core.images.pixels import Stretch
from acseg_core.images.scenes.overview import read_level
from acseg_core.images.scenes.raster import Box
from acseg_core.store import Project, queries
from acseg_core.types import ImageRecord, Label, Region
from acseg_desktop.canvas.chips import Chip
from acseg_desktop.canvas.layer import RegionLayer
from acseg_desktop.canvas.overlay import RegionLook
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.region_map_building import lay_out
from acseg_desktop.canvas.slots import Slots
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words

tr = Words("Canvas")

AS_STORED = rendering.Rendering((1, 2, 3), (Stretch(0.0, 255.0),) * 3)
"""How a scene is shown of which nothing else is known."""


@dataclass(frozen=True, slots=True, eq=False)
class TileView:
    """What is shown of a tile.

    Attributes:
        record: The image.
        level: Picture and slots are smaller than the tile by two to this.
        photo: The picture, or None where it cannot be read.
        slots: Which region a pixel of the level belongs to.
        region_ids: Of its regions, in the order of the slots.
        looks: Of its regions.
        chips: Names, with places in pixels of the tile.
        problem: Why there is no picture, or "".
    """

    record: ImageRecord
    level: int
    photo: Pyramid | None
    slots: Slots
    region_ids: tuple[int, ...] = ()
    looks: tuple[RegionLook, ...] = ()
    chips: tuple[Chip, ...] = ()
    problem: str = ""

    @property
    def nbytes(self) -> int:
        """Memory of picture and slots."""
        return self.slots.nbytes + (0 if self.photo is None else self.photo.nbytes)


def load_tile_view(
    project: Project,
    record: ImageRecord,
    *,
    level: int,
    labels: Mapping[int, Label],
    tints: Sequence[str],
    before: TileView | None = None,
) -> TileView:
    """Read a tile as it is shown beside another; what cannot be read is told in its place.

    Args:
        project: With the tile.
        record: The tile.
        level: How much smaller, as a power of two.
        labels: By id.
        tints: Colours of regions without a name.
        before: What is known of it; its picture is taken if it is the one that is wanted.
    """
    photo, problem = None, ""
    if before is not None and before.level == level and before.record.info.shown_as == record.info.shown_as:
        photo, problem = before.photo, before.problem
    if photo is None:
        try:
            photo = Pyramid(_read_photo(project, record, level))
            photo.prepare()
            problem = ""
        except AcsegError as error:
            problem = translated(getattr(error, "reason", error))
    regions = queries.regions(project, record.id)
    shown = view_of_regions(record, regions, labels=labels, tints=tints)
    return replace(shown, level=level, photo=photo, slots=_thinned(shown.slots, level), problem=problem)


def view_of_regions(
    record: ImageRecord, regions: Sequence[Region], *, labels: Mapping[int, Label], tints: Sequence[str]
) -> TileView:
    """The regions of a tile as they are shown, without its picture."""
    layer = RegionLayer()
    layer.set_tints(tints)
    layer.show(lay_out(regions, height=record.height, width=record.width), regions, labels)
    return view_of_layer(record, layer, None)


def view_of_layer(record: ImageRecord, layer: RegionLayer, photo: Pyramid | None) -> TileView:
    """What is on the canvas of a tile, in case that it is no longer the current one; nothing is copied."""
    grid = layer.stored_grid
    slots = np.zeros((record.height, record.width), np.uint8) if grid is None else grid.slots
    regions = layer.regions[: 0 if grid is None else grid.count]
    ids = tuple(region.id for region in regions)
    return TileView(record, 0, photo, slots, ids, tuple(layer.looks[: len(ids)]), tuple(layer.chips()))


def _thinned(slots: Slots, level: int) -> Slots:
    if level == 0:
        return slots
    step = 2**level
    middle = min(step // 2, slots.shape[0] - 1, slots.shape[1] - 1)
    thin: Slots = slots[middle::step, middle::step].copy()
    return thin


def _read_photo(project: Project, record: ImageRecord, level: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    info, tile = record.info, record.info.tile
    assert tile is not None, "it is no tile"
    path = path_below(project.image_root, file_of_tile(info.path))
    problem = problem_of_added(project.image_root, info)
    if problem:
        raise ImageError(path, tr("{path} is missing").format(path=path.name) if problem == MISSING else problem)
    shown = rendering.from_text(info.rendering) or AS_STORED
    return read_level(path, Box(tile.left, tile.top, info.width, info.height), shown, level=level)
