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
from acseg_desktop.canvas.region_map import MAX_REGIONS
from acseg_desktop.canvas.tile_layout import TileLayout
from acseg_desktop.canvas.tile_view import TileView
from acseg_desktop.canvas.viewport import Rect, Viewport

BUDGET = 256_000_000
"""Bytes of tiles that are kept, about."""
_NAMED_FROM = 220.0
"""Device pixels of a tile's side from which on the names of its regions are written."""
_COARSEST = 6
_OWN_SLOTS = 2048
"""Slots that are left to the current tile; more are made room for when it needs them."""


class Mosaic(TileLayout):
    """What is kept of the tiles around the current one.

    Attributes:
        overview: The picture of the whole scene, or None as long as it is not read.
        colors: (h, w) uint32 premultiplied ARGB, regions over ``overview``; zeros where they are not known.
        strokes: What is drawn beyond the current tile: pixels, the slot of the region that gets them, and the only tile
            that is meant, or None.
        held: What was drawn on tiles whose regions are not read anew yet: tile, pixels, region of the current one.
        awaited: Tiles whose regions are others by now than those shown.
    """

    def __init__(self, scene: Scene, records: Sequence[ImageRecord], current: int) -> None:
        super().__init__(scene, records, current)
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
        self._tile_of: dict[int, int] = {}
        self._marked: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
        self._components: dict[int, frozenset[int]] = {}
        self._tables: dict[int, tuple[object, Tables]] = {}
        self._joined: tuple[object, Tables] | None = None
        self._version = 0

    def move_to(self, image_id: int) -> None:
        """Another tile is the current one."""
        super().move_to(image_id)
        self.strokes, self.held = [], []
        self._version += 1

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
        self._tile_of.update(dict.fromkeys(view.region_ids, image_id))
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
        self._version += 1
        self._tables.pop(image_id, None)
        self._fresh.add(image_id)

    def _number(self, image_id: int, count: int) -> None:
        """Give a tile slots; all tiles when they are used up."""
        self._first[image_id], self._next = self._next if count else 0, self._next + count
        if self._next > MAX_REGIONS:
            self._renumber()

    def _renumber(self) -> None:
        self._next = self._own_slots
        self._renumbered = True
        for image_id in reversed(self._views):  # in sight last: if not all have room, these have
            count = len(self._views[image_id].looks)
            fits = 0 < count <= MAX_REGIONS - self._next
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

    def link(self, component: Mapping[int, int]) -> None:
        """Take what is one thing over the seams: for each region the same number as for those it goes on in."""
        members: dict[int, set[int]] = {}
        for region_id, number in component.items():
            members.setdefault(number, set()).add(region_id)
        several = (frozenset(ids) for ids in members.values() if len(ids) > 1)
        self._components = {region_id: ids for ids in several for region_id in ids}

    def linked(self, region_ids: AbstractSet[int]) -> frozenset[int]:
        """These regions, and those they go on in."""
        alone: frozenset[int] = frozenset()
        return frozenset(region_ids).union(*(self._components.get(each, alone) for each in region_ids))

    def mark(self, selected: frozenset[int], highlighted: frozenset[int]) -> frozenset[int]:
        """Show regions of other tiles as selected or highlighted; the indices that look different now."""
        before, self._marked = self._marked, (selected, highlighted)
        changed = (before[0] ^ selected) | (before[1] ^ highlighted)
        found: set[int] = set()
        for region_id in changed:
            image_id = self._tile_of.get(region_id)
            view = None if image_id is None or image_id == self.current else self.view(image_id)
            if view is not None and image_id is not None and self._first.get(image_id):
                found.update(self._first[image_id] - 1 + index for index in _indices(view, frozenset({region_id})))
        self._version += bool(changed)
        return frozenset(found)

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
        selected, highlighted = (frozenset(each & set(view.region_ids)) for each in self._marked)
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

    def first_slot(self, image_id: int) -> int:
        """The slot of a tile's first region, or 0 where there is no room for its regions."""
        return self._first.get(image_id, 0)

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


def _indices(view: TileView, region_ids: frozenset[int]) -> frozenset[int]:
    if not region_ids:
        return frozenset()
    return frozenset(index for index, region_id in enumerate(view.region_ids) if region_id in region_ids)
