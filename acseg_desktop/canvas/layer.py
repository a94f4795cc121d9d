"""The regions of the image shown: which they are, how they look, what is hidden, selected or highlighted. No widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from acseg_core.types import Label, Region, RegionStatus
from acseg_desktop.canvas.chips import Chip, find_anchors
from acseg_desktop.canvas.grid import RegionGrid
from acseg_desktop.canvas.overlay import OverlayStyle, RegionLook, Tables, make_tables
from acseg_desktop.canvas.tints import TintChooser

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
        self.clear()

    def clear(self) -> None:
        """No regions any more; what is hidden is forgotten, settings stay."""
        self._set((), {}, None)
        self._tints.clear()
        self.hidden = self.selection = frozenset()

    def show(self, label_map: NDArray[np.int32], regions: Sequence[Region], labels: Mapping[int, Label]) -> None:
        """Take other regions of the same picture; those that are still there stay selected and hidden."""
        self._set(regions, labels, RegionGrid(label_map, len(regions)))
        self.selection &= self._index.keys()
        self.hidden &= self._index.keys()

    def _set(self, regions: Sequence[Region], labels: Mapping[int, Label], grid: RegionGrid | None) -> None:
        self.grid = grid
        self.regions = tuple(regions)
        self.highlighted: frozenset[int] = frozenset()
        self._index = {region.id: index for index, region in enumerate(self.regions)}
        self._labels = dict(labels)
        self._order = [region.id for region in sorted(self.regions, key=lambda region: -region.area)]
        self._chips: list[Chip] | None = None
        self._tables: tuple[object, Tables] | None = None
        self._looks = self._make_looks()

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
        key = (replace(self.style, stroke=stroke), self.selection, self.hidden, self.highlighted)
        if self._tables is None or self._tables[0] != key:
            tables = make_tables(
                self._looks,
                key[0],
                selected=self.indices(self.selection),
                hidden=self.indices(self.hidden),
                highlighted=self.indices(self.highlighted),
            )
            self._tables = (key, tables)
        return self._tables[1]

    def chips(self) -> list[Chip]:
        """Names, given or suggested, of regions that are not hidden; where they go is found once per `show`."""
        if self.grid is None:
            return []
        if self._chips is None:
            written = {i: words for i, region in enumerate(self.regions) if (words := self._words(region)) is not None}
            anchors = find_anchors(self.grid, list(written))
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
