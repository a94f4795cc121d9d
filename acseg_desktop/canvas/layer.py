"""The regions of the image shown: which they are, how they look, what is hidden, selected or highlighted. No widget."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from acseg_core.types import Label, PixelPatch, Region, RegionOrigin, RegionStatus, Rle
from acseg_desktop.canvas.chips import Chip
from acseg_desktop.canvas.overlay import OverlayStyle, RegionLook, Tables, make_tables
from acseg_desktop.canvas.preview import Preview
from acseg_desktop.canvas.raster import clipped, patch_rect
from acseg_desktop.canvas.region_map import RegionGrid
from acseg_desktop.canvas.tints import TintChooser
from acseg_desktop.canvas.viewport import Rect

UNNAMED_STRENGTH = 0.8
SUGGESTED_STRENGTH = 0.35
REJECTED_STRENGTH = 0.35
REJECTED_COLOR = "#8a8f98"


class RegionLayer:
    """Regions over one picture.

    Attributes:
        grid: Which region each pixel belongs to, or None when no regions are shown.
        regions: As given; the grid's indices point into them.
        hidden: Ids that are neither drawn nor hit.
        selection: Ids selected.
        highlighted: Ids under the cursor or its box.
        style: How the overlay is drawn.
    """

    def __init__(self) -> None:
        self.style = OverlayStyle()
        self.hidden: frozenset[int] = frozenset()
        self.selection: frozenset[int] = frozenset()
        self._tints = TintChooser()
        self._previews: list[Preview] = []
        self.regions: tuple[Region, ...] = ()
        self.grid: RegionGrid | None = None
        self._stored: RegionGrid | None = None
        self._tables: tuple[object, Tables] | None = None
        self._chips: list[Chip] | None = None
        self._looks: list[RegionLook] = []
        self.clear()

    def clear(self) -> None:
        """No regions any more; what is hidden or was drawn is forgotten, settings stay."""
        self._previews.clear()
        self._set((), {}, None)
        self._tints.clear()
        self.hidden = self.selection = frozenset()

    def show(self, grid: RegionGrid, regions: Sequence[Region], labels: Mapping[int, Label]) -> None:
        """Take other regions of the same picture; those that are still there stay selected and hidden.

        What was drawn and is in the project by now is in ``grid``; the rest is drawn on top again.
        """
        stored = {each.region_id: each.stored_id for each in self._previews if each.is_stored and each.stored_id}
        self._previews = [preview for preview in self._previews if not preview.is_stored]
        for preview in self._previews:
            preview.region_id = stored.get(preview.region_id) or preview.region_id
        self._tints.rename(stored)
        self._set(regions, labels, grid)
        self.selection = self.known(stored.get(each, each) for each in self.selection)
        self.hidden = self.known(stored.get(each, each) for each in self.hidden)

    def set_tints(self, palette: Sequence[str]) -> None:
        """Give unnamed regions other colours."""
        self._tints.palette = palette
        self._redo()

    def begin(self, preview: Preview) -> None:
        """Show from now on what is drawn with a tool."""
        self._previews.append(preview)
        self._add_drawn(preview)

    def extend(self, preview: Preview, patch: PixelPatch) -> Rect:
        """Draw more pixels of a preview; the rectangle of image pixels that may look different now."""
        preview.stroke.add(patch)
        return self._draw(preview, patch)

    def drop(self, preview: Preview) -> None:
        """Take a preview back: what is below it is seen again."""
        if preview in self._previews:
            self._previews.remove(preview)
            self._redo()

    def _redo(self) -> None:
        """Lay what is drawn over what is stored again."""
        self._set([region for region in self.regions if region.id > 0], self._labels, self._stored)
        self.selection, self.hidden = self.known(self.selection), self.known(self.hidden)

    def _add_drawn(self, preview: Preview) -> None:
        """Give a new region a place among the others."""
        if self.grid is None or not preview.is_new or preview.region_id in self._index:
            return
        height, width = self.grid.slots.shape
        status = RegionStatus.PROPOSED if preview.label_id is None else RegionStatus.ACCEPTED
        mask, box = Rle(b"", height, width), (0.0, 0.0, 0.0, 0.0)
        region = Region(
            preview.region_id, 0, None, None, mask, box, 0, status, preview.label_id, origin=RegionOrigin.DRAWN
        )
        self._index[region.id] = len(self.regions)
        self.regions = (*self.regions, region)
        self._order.append(region.id)
        self._looks.append(self._look(region, self._tints.choose_new(region.id)))
        self._tables = None

    def _draw(self, preview: Preview, patch: PixelPatch) -> Rect:
        index = self._index.get(preview.region_id)
        if self.grid is None or index is None:  # say, undone while somebody draws on it
            return Rect(0, 0, 0, 0)
        height, width = self.grid.slots.shape
        rect, patch = patch_rect(patch), clipped(patch, width=width, height=height)
        if self.grid is self._stored or self.grid.count < len(self.regions):
            self.grid = self.grid.copy(count=len(self.regions))
        if not patch.mask.size:
            return rect
        if preview.erases:
            self.grid.paint(patch, 0, only=index + 1)
        else:
            self.grid.paint(patch, index + 1)
        return rect

    def _set(self, regions: Sequence[Region], labels: Mapping[int, Label], grid: RegionGrid | None) -> None:
        self.grid = self._stored = grid
        self.regions = tuple(regions)
        self.highlighted: frozenset[int] = frozenset()
        self._index = {region.id: index for index, region in enumerate(self.regions)}
        self._labels = dict(labels)
        self._order = [region.id for region in sorted(self.regions, key=lambda region: -region.area)]
        self._chips = None
        self._tables = None
        self._looks = self._make_looks()
        for preview in self._previews:
            self._add_drawn(preview)
            self._draw(preview, preview.stroke.patch)

    @property
    def stored_grid(self) -> RegionGrid | None:
        """Which region of the project each pixel belongs to, whatever is drawn over it."""
        return self._stored

    @property
    def looks(self) -> Sequence[RegionLook]:
        """How each of the regions looks."""
        return self._looks

    @property
    def tint_palette(self) -> Sequence[str]:
        """Colours of regions without a name."""
        return self._tints.palette

    def strokes(self) -> list[tuple[PixelPatch, int]]:
        """What is drawn that the project does not have yet: pixels, and the region that gets them."""
        return [(each.stroke.patch, each.region_id) for each in self._previews if not each.erases]

    def stored_strokes(self) -> list[tuple[PixelPatch, int]]:
        """Those of them that are in the project by now, with the region's id there."""
        drawn = [each for each in self._previews if each.is_stored and not each.erases]
        return [(each.stroke.patch, each.stored_id or each.region_id) for each in drawn]

    def slot_of(self, region_id: int) -> int:
        """The slot of a region; 0 where there is none."""
        index = self._index.get(region_id)
        return 0 if index is None else index + 1

    @property
    def order(self) -> list[int]:
        """Ids that are not hidden, largest first."""
        return [region_id for region_id in self._order if region_id not in self.hidden]

    def region(self, region_id: int) -> Region | None:
        """The region of an id, or None when it is not shown."""
        index = self._index.get(region_id)
        return None if index is None else self.regions[index]

    def name_of(self, region_id: int) -> str:
        """Its label's name, or ""."""
        region = self.region(region_id)
        label = self._labels.get(region.label_id) if region is not None and region.label_id is not None else None
        return label.name if label is not None else ""

    def colors(self) -> dict[int, str]:
        """Colour of every region as it is drawn, by id."""
        return {region.id: look.color for region, look in zip(self.regions, self._looks, strict=False)}

    def known(self, ids: Iterable[int]) -> frozenset[int]:
        """Those of ``ids`` that exist."""
        return frozenset(ids) & self._index.keys()

    def indices(self, ids: Iterable[int]) -> frozenset[int]:
        """Positions in `regions`."""
        return frozenset(self._index[region_id] for region_id in ids if region_id in self._index)

    def visible_id(self, index: int | None) -> int | None:
        """The id of an index unless it is hidden."""
        if index is None:
            return None
        region_id = self.regions[index].id
        return None if region_id in self.hidden else region_id

    def stored_id(self, x: int, y: int) -> int | None:
        """The id of the region at an image pixel, without what is drawn over it, unless it is hidden."""
        return None if self._stored is None else self.visible_id(self._stored.at(x, y))

    def region_along(self, points: Sequence[tuple[float, float]]) -> int | None:
        """The id of the region with most of the pixels on the way between image points, or None."""
        if self.grid is None:
            return None
        met: Counter[int] = Counter()
        for (ax, ay), (bx, by) in pairwise(points):
            steps = max(1, math.ceil(max(abs(bx - ax), abs(by - ay))))
            for step in range(steps):
                x, y = ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps
                region_id = self.visible_id(self.grid.at(math.floor(x), math.floor(y)))
                if region_id is not None:
                    met[region_id] += 1
        return met.most_common(1)[0][0] if met else None

    def restyle(
        self, *, opacity: float | None = None, visible: bool | None = None, outlines: bool | None = None
    ) -> None:
        """Change settings of the overlay."""
        style = self.style
        self.style = replace(
            style,
            opacity=style.opacity if opacity is None else min(1.0, max(0.0, opacity)),
            visible=style.visible if visible is None else visible,
            outlines=style.outlines if outlines is None else outlines,
        )

    def tables(self, *, stroke: int) -> Tables | None:
        """Colours by slot as things are now, or None without regions."""
        if self.grid is None:
            return None
        offered = frozenset(preview.region_id for preview in self._previews if preview.is_offered)
        key = (replace(self.style, stroke=stroke), self.selection | offered, self.hidden, self.highlighted)
        if self._tables is None or self._tables[0] != key:
            tables = make_tables(
                self._looks,
                key[0],
                selected=self.indices(key[1]),
                hidden=self.indices(self.hidden),
                highlighted=self.indices(self.highlighted),
            )
            self._tables = (key, tables)
        return self._tables[1]

    def chips(self) -> list[Chip]:
        """Names, given or suggested, of regions that are not hidden; where they go is found once per `show`."""
        if self._stored is None:
            return []
        if self._chips is None:
            stored = self.regions[: self._stored.count]
            written = {i: words for i, region in enumerate(stored) if (words := self._words(region)) is not None}
            anchors = self._stored.anchors(list(written))
            self._chips = [Chip(i, *written[i], x, y) for i, (x, y) in anchors.items()]
        hidden = self.indices(self.hidden)
        return [chip for chip in self._chips if chip.index not in hidden]

    def _label_of(self, region: Region) -> Label | None:
        if region.status is RegionStatus.REJECTED or region.label_id is None:
            return None
        return self._labels.get(region.label_id)

    def _suggestion_of(self, region: Region) -> Label | None:
        if region.status in (RegionStatus.REJECTED, RegionStatus.ACCEPTED) or region.suggestion_id is None:
            return None
        return self._labels.get(region.suggestion_id)

    def _words(self, region: Region) -> tuple[str, str] | None:
        """What is written on a region, and on which colour; a suggested name is a question."""
        label = self._label_of(region)
        if label is not None:
            return label.name, label.color
        suggestion = self._suggestion_of(region)
        return (f"{suggestion.name}?", suggestion.color) if suggestion is not None else None

    def _make_looks(self) -> list[RegionLook]:
        if self.grid is None:
            return []
        tints = self._tints.choose([region.id for region in self.regions], self.grid.neighbours())
        return [self._look(region, tint) for region, tint in zip(self.regions, tints, strict=True)]

    def _look(self, region: Region, tint: str) -> RegionLook:
        if region.status is RegionStatus.REJECTED:
            return RegionLook(REJECTED_COLOR, REJECTED_STRENGTH, hatched=True)
        label = self._label_of(region)
        if label is not None:
            return RegionLook(label.color)
        suggestion = self._suggestion_of(region)
        if suggestion is not None:
            return RegionLook(suggestion.color, SUGGESTED_STRENGTH, dashed=True)
        return RegionLook(tint, UNNAMED_STRENGTH)
