"""The mosaic of a scene's tiles around the current one: what is kept of them, and how they look on the screen. No Qt.

Every tile's slots get numbers of their own behind those of the current tile, so that all that is on the screen is
coloured in one go, at the price of a single photo. What is kept is bounded; a coarse picture of the whole scene stands
in where a tile is not there yet, and is all that is drawn where tiles are small.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from acseg_core.images.scenes.overview import overview_size
from acseg_core.types import ImageRecord, PixelPatch, Scene
from acseg_desktop.canvas.chips import Chip
from acseg_desktop.canvas.overlay import OverlayStyle, Tables, joined, make_tables
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.region_map import MAX_REGIONS, RegionGrid
from acseg_desktop.canvas.slots import Slots
from acseg_desktop.canvas.tile_view import TileView
from acseg_desktop.canvas.viewport import Rect, Viewport

BUDGET = 256_000_000
"""Bytes of tiles that are kept, about."""
FAR = 112.0
"""Device pixels of a tile's side below which only the picture of the whole scene is drawn."""
_NAMED_FROM = 220.0
"""Device pixels of a tile's side from which on the names of its regions are written."""
_COARSEST = 6
_OWN_SLOTS = 2048
"""Slots that are left to the current tile; more are made room for when it needs them."""
_BLANK = 0xFF6E6E6E


class Mosaic:
    """Tiles around the current one.

    Attributes:
        scene: The scene.
        records: Its tiles by id.
        current: Id of the tile that is the canvas's own, whose pixels places are counted in.
        overview: The picture of the whole scene, or None as long as it is not read.
        colors: (h, w) uint32 premultiplied ARGB, regions over ``overview``; zeros where they are not known.
        strokes: What is drawn beyond the current tile: pixels, the slot of the region that gets them, and the only tile
            that is meant, or None.
        held: What was drawn on tiles whose regions are not read anew yet: tile, pixels, region of the current one.
        awaited: Tiles whose regions are others by now than those shown.
    """

    def __init__(self, scene: Scene, records: Sequence[ImageRecord], current: int) -> None:
        self.scene = scene
        self.overview: Pyramid | None = None
        self.colors: NDArray[np.uint32] | None = None
        self.strokes: list[tuple[PixelPatch, int, int | None]] = []
        self.held: list[tuple[int, PixelPatch, int]] = []
        self.awaited: set[int] = set()
        self._views: OrderedDict[int, TileView] = OrderedDict()
        self._first: dict[int, int] = {}
        self._own_slots = _OWN_SLOTS
        self._next = _OWN_SLOTS
        self._fresh: set[int] = set()
        self._renumbered = True
        self._marked: dict[int, tuple[frozenset[int], frozenset[int]]] = {}
        self._tables: dict[int, tuple[object, Tables]] = {}
        self._joined: tuple[object, Tables] | None = None
        self._version = 0
        self.take_records(records)
        self.current = current
        self.move_to(current)

    def take_records(self, records: Sequence[ImageRecord]) -> None:
        """Take what is known of the tiles now."""
        self.records = {record.id: record for record in records if record.info.tile is not None}
        self._ids = list(self.records)
        self._boxes = np.array([_box(record) for record in self.records.values()], np.int64).reshape(-1, 4)

    def move_to(self, image_id: int) -> None:
        """Another tile is the current one."""
        self.current = image_id
        self._origin = _box(self.records[image_id])[:2]
        self.strokes, self.held = [], []
        self._version += 1

    # Where tiles are

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

    # What is kept

    @property
    def nbytes(self) -> int:
        """Memory of the tiles and the overview."""
        extra = 0 if self.overview is None else self.overview.nbytes
        return extra + sum(view.nbytes for view in self._views.values())

    def view(self, image_id: int) -> TileView | None:
        """What is kept of a tile."""
        return self._views.get(image_id)

    def put(self, view: TileView) -> None:
        """Keep a tile; those that were in sight longest ago go where there is no room."""
        image_id = view.record.id
        self.awaited.discard(image_id)
        self.strokes = [each for each in self.strokes if each[2] != image_id]
        self.held = [each for each in self.held if each[0] != image_id]
        before = self._views.get(image_id)
        self._views[image_id] = view
        self._views.move_to_end(image_id)
        if before is None or len(before.looks) != len(view.looks):
            self._number(image_id, len(view.looks))
        self._tables.pop(image_id, None)
        self._fresh.add(image_id)
        self._version += 1
        for old in list(self._views):
            if self.nbytes <= BUDGET or old == image_id:
                break
            self._drop(old)

    def take_overview(self, overview: Pyramid) -> None:
        """Take the picture of the whole scene."""
        self.overview = overview
        self._fresh.update(self._ids)

    def place_in_overview(self, image_id: int) -> Rect:
        """Where a tile is in the picture of the whole scene."""
        across, down = overview_size(self.scene.width, self.scene.height)
        left, top, right, bottom = _box(self.records[image_id])
        width, height = self.scene.width, self.scene.height
        return Rect(left * across // width, top * down // height, right * across // width, bottom * down // height)

    def take_colors(self, colors: Mapping[int, NDArray[np.uint32]]) -> None:
        """Take regions over the picture of the whole scene, by tile, each as large as `place_in_overview` says."""
        if self.colors is None:
            across, down = overview_size(self.scene.width, self.scene.height)
            self.colors = np.zeros((down, across), np.uint32)
        for image_id, pixels in colors.items():
            if image_id in self.records:
                left, top, right, bottom = self.place_in_overview(image_id)
                self.colors[top:bottom, left:right] = pixels
                self._fresh.add(image_id)

    def hold(self, drawn: Sequence[tuple[PixelPatch, int]]) -> None:
        """Go on to show what was drawn on other tiles until their regions are read anew."""
        for patch, region_id in drawn:
            height, width = patch.mask.shape
            rect = Rect(patch.left, patch.top, patch.left + width, patch.top + height)
            touched = [each for each in self.awaited if not rect.intersected(self.pixels_of(each)).is_empty]
            self.held += [(each, patch, region_id) for each in touched if each != self.current]

    def missing(self, viewport: Viewport, stale: AbstractSet[int] = frozenset()) -> list[tuple[int, int]]:
        """Tiles to be read, with the level they are wanted at; what is nearest to the middle of the screen first.

        Args:
            viewport: Where the current tile lies.
            stale: Tiles whose regions are others by now.
        """
        if self.is_far(viewport):
            return []
        level = min(_COARSEST, max(0, math.floor(-math.log2(viewport.zoom) + 1e-9)))
        screen = Rect(0, 0, viewport.width, viewport.height)
        seen = [each for each in self.tiles_in(viewport, screen) if each != self.current]
        x, y = viewport.to_image(viewport.width / 2, viewport.height / 2)
        seen.sort(key=lambda each: self._distance(each, x, y), reverse=True)
        for image_id in seen:
            if image_id in self._views:
                self._views.move_to_end(image_id)
        kept = {each: level if (view := self.view(each)) is None else view.level for each in seen}
        wanted = [each for each in reversed(seen) if each in stale or each not in self._views or kept[each] > level]
        wanted.sort(key=lambda each: each not in stale or each not in self._views)
        return [(each, min(level, kept[each])) for each in wanted]

    def _distance(self, image_id: int, x: float, y: float) -> float:
        left, top, right, bottom = self.pixels_of(image_id)
        return math.hypot((left + right) / 2 - x, (top + bottom) / 2 - y)

    def _drop(self, image_id: int) -> None:
        del self._views[image_id]
        self._first.pop(image_id, None)
        self._tables.pop(image_id, None)
        self._fresh.add(image_id)

    def _number(self, image_id: int, count: int) -> None:
        """Give a tile slots; all tiles when they are used up."""
        self._first[image_id], self._next = self._next, self._next + count
        if self._next > MAX_REGIONS:
            self._renumber()

    def _renumber(self) -> None:
        self._next = self._own_slots
        self._renumbered = True
        for image_id in reversed(self._views):  # in sight last: if not all have room, these have
            count = len(self._views[image_id].looks)
            fits = self._next + count <= MAX_REGIONS
            self._first[image_id] = self._next if fits else 0
            self._next += count if fits else 0

    def take_fresh(self) -> Iterator[Rect]:
        """Where tiles came since, in pixels of the current one."""
        fresh, self._fresh = self._fresh, set()
        return (self.pixels_of(image_id) for image_id in fresh if image_id in self.records)

    def take_renumbered(self) -> bool:
        """Whether slots are others now than they were."""
        renumbered, self._renumbered = self._renumbered, False
        return renumbered

    # Looks

    def mark(self, selected: dict[int, frozenset[int]], highlighted: dict[int, frozenset[int]]) -> frozenset[int]:
        """Show regions as selected or highlighted, by tile; the indices that look different now."""
        marked = {
            image_id: (selected.get(image_id, frozenset()), highlighted.get(image_id, frozenset()))
            for image_id in selected.keys() | highlighted.keys()
        }
        nothing: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
        changed: set[int] = set()
        for image_id in marked.keys() | self._marked.keys():
            before, now = self._marked.get(image_id, nothing), marked.get(image_id, nothing)
            ids = (before[0] ^ now[0]) | (before[1] ^ now[1])
            view, first = self.view(image_id), self._first.get(image_id, 0)
            if ids and view is not None and first:
                changed.update(first - 1 + index for index in _indices(view, ids))
        if marked != self._marked:
            self._marked = marked
            self._version += 1
        return frozenset(changed)

    def tables(self, own: Tables, style: OverlayStyle) -> Tables:
        """Colours by slot, of the current tile and of all others."""
        if len(own.fill) > self._own_slots:
            self._own_slots = 2 * len(own.fill)
            self._renumber()
        key = (id(own), style, self._version, self._own_slots)
        if self._joined is None or self._joined[0] != key:
            others = sorted((first, image_id) for image_id, first in self._first.items() if first)
            parts = [(first, self._tables_of(image_id, style)) for first, image_id in others]
            self._joined = (key, joined([(1, own), *parts]))
            self._own = own  # its id stays its own as long as it is kept
        return self._joined[1]

    def _tables_of(self, image_id: int, style: OverlayStyle) -> Tables:
        view = self._views[image_id]
        selected, highlighted = self._marked.get(image_id, (frozenset(), frozenset()))
        key = (style, selected, highlighted)
        kept = self._tables.get(image_id)
        if kept is None or kept[0] != key:
            tables = make_tables(
                view.looks,
                style,
                selected=_indices(view, selected),
                highlighted=_indices(view, highlighted),
            )
            kept = self._tables[image_id] = (key, tables)
        return kept[1]

    def chips(self, viewport: Viewport) -> list[Chip]:
        """Names on the tiles in sight, except on the current one."""
        if self.scene.tile_side * viewport.zoom < _NAMED_FROM:
            return []
        found = []
        for image_id in self.tiles_in(viewport, Rect(0, 0, viewport.width, viewport.height)):
            view, first = self.view(image_id), self._first.get(image_id, 0)
            if image_id != self.current and view is not None and first:
                left, top, _, _ = self.pixels_of(image_id)
                found += [
                    replace(chip, index=first - 1 + chip.index, x=chip.x + left, y=chip.y + top) for chip in view.chips
                ]
        return found

    def problems(self, viewport: Viewport) -> list[tuple[Rect, str]]:
        """Tiles in sight that cannot be read, where they are on the screen, and why."""
        seen = [] if self.is_far(viewport) else self.tiles_in(viewport, Rect(0, 0, viewport.width, viewport.height))
        views = [view for each in seen if each != self.current and (view := self.view(each)) is not None]
        return [(viewport.on_screen(self.pixels_of(view.record.id)), view.problem) for view in views if view.problem]

    def region_at(self, x: float, y: float) -> int | None:
        """Id of the region at an image point of another tile, if that is known."""
        image_id = self.tile_at(x, y)
        view = None if image_id is None else self.view(image_id)
        if image_id is None or view is None or image_id == self.current:
            return None
        left, top, right, bottom = self.pixels_of(image_id)
        height, width = view.slots.shape
        row = min(height - 1, int((y - top) * height / (bottom - top)))
        column = min(width - 1, int((x - left) * width / (right - left)))
        slot = int(view.slots[row, column])
        return view.region_ids[slot - 1] if slot else None

    # Drawing

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
        if self.is_far(viewport):
            self._draw_overview(viewport, ground, target, table)
            return
        for image_id in self.tiles_in(viewport, ground):
            pixels = self.pixels_of(image_id)
            part = ground.intersected(viewport.on_screen(pixels))
            if image_id == self.current or part.is_empty:
                continue
            view = self.view(image_id)
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
        seen = [] if ground.is_empty or self.is_far(viewport) else self.tiles_in(viewport, ground)
        for image_id in seen:
            view, first = self.view(image_id), self._first.get(image_id, 0)
            pixels = self.pixels_of(image_id)
            part = ground.intersected(viewport.on_screen(pixels))
            if image_id == self.current or view is None or not first or part.is_empty or not view.looks:
                continue
            height, width = view.slots.shape
            place = viewport.of(pixels, width=width, height=height)
            numbers = np.arange(first - 1, first + len(view.looks), dtype=np.uint16)
            numbers[0] = 0
            found = RegionGrid.of_slots(view.slots, len(view.looks)).sample(place, part)
            _part(target, rect, part)[:] = numbers.take(found)
        for patch, slot, tile in self.strokes:
            within = ground if tile is None else ground.intersected(viewport.on_screen(self.pixels_of(tile)))
            self._draw_stroke(viewport, rect, within, target, patch, slot)

    def draw_colors(self, viewport: Viewport, rect: Rect, target: NDArray[np.uint32]) -> None:
        """Draw the regions of the whole scene where tiles are small; the current one's are drawn already.

        Args:
            viewport: Where the current tile lies.
            rect: Of the screen.
            target: (rect.height, rect.width) uint32 premultiplied ARGB.
        """
        ground = rect.intersected(viewport.ground_on_screen)
        if self.colors is None or ground.is_empty or not self.is_far(viewport):
            return
        height, width = self.colors.shape
        place = viewport.of(viewport.ground, width=width, height=height)
        drawn = self.colors.take(place.rows(ground), axis=0).take(place.columns(ground), axis=1)
        own = ground.intersected(viewport.picture)
        if not own.is_empty:
            _part(drawn, ground, own)[:] = _part(target, rect, own)
        _part(target, rect, ground)[:] = drawn

    def _draw_overview(
        self, viewport: Viewport, rect: Rect, target: NDArray[np.uint32], table: NDArray[np.uint8] | None
    ) -> None:
        out = target[rect.top : rect.bottom, rect.left : rect.right]
        if self.overview is None:
            out[:] = _BLANK
            return
        place = viewport.of(viewport.ground, width=self.overview.width, height=self.overview.height)
        out[:] = self.overview.sample(place, rect, table=table, squares=False)

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


def _box(record: ImageRecord) -> tuple[int, int, int, int]:
    tile = record.info.tile
    assert tile is not None, "it is no tile"
    return tile.left, tile.top, tile.left + record.width, tile.top + record.height


def _indices(view: TileView, region_ids: frozenset[int]) -> frozenset[int]:
    if not region_ids:
        return frozenset()
    return frozenset(index for index, region_id in enumerate(view.region_ids) if region_id in region_ids)
