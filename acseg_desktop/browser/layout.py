"""Where headers and crops of the grid are: arithmetic over the sections, whatever their number. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

CELL = 124
"""Side of a cell, unless the user wants another."""
LEAST_CELL, MOST_CELL = 80, 240
HEADER = 44
GAP = 14
MARGIN = 12
FOLDED_ROWS = 2
"""Rows of crops that a section shows until it is unfolded."""

IN_HEADER = -1
"""Cell number of a section's header."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the grid: a section, and a cell in it or `IN_HEADER`."""

    section: int
    cell: int = IN_HEADER


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the whole grid."""

    left: int
    top: int
    width: int
    height: int


class GridLayout:
    """Sections one below another, each a header and rows of square cells.

    Attributes:
        cell_side: Of a cell, in pixels.
        header_height: Of a header.
        columns: Cells side by side.
        shown: Cells each section shows.
        height: Of everything, in pixels.
    """

    def __init__(
        self,
        counts: Sequence[int],
        *,
        width: int,
        unfolded: Collection[int] = (),
        scale: float = 1.0,
        cell: int = CELL,
    ) -> None:
        """Lay out sections of so many cells each.

        Args:
            counts: Cells of each section.
            width: Of the grid, in pixels.
            unfolded: Sections that show all their cells.
            scale: Of text.
            cell: Side of a cell in text of the usual size.
        """
        self.cell_side, self.header_height = round(cell * scale), round(HEADER * scale)
        self.columns = max(1, (width - 2 * MARGIN) // self.cell_side)
        self.counts = np.asarray(counts, np.int64)
        folded = np.ones(len(self.counts), bool)
        folded[list(unfolded)] = False
        room = self.columns * FOLDED_ROWS
        self.shown = np.where(folded, np.minimum(self.counts, room), self.counts)
        self._rows = -(-self.shown // self.columns)
        heights = self.header_height + self._rows * self.cell_side + GAP
        self._tops = np.concatenate(([0], np.cumsum(heights)))
        self.height = int(self._tops[-1])
        self._width = width

    @property
    def sections(self) -> int:
        """How many there are."""
        return len(self.counts)

    def section_at(self, y: int) -> int | None:
        """The section at a height."""
        if not 0 <= y < self.height:
            return None
        return int(np.searchsorted(self._tops, y, side="right")) - 1

    def header(self, section: int) -> Box:
        """Where a section's header is."""
        return Box(0, int(self._tops[section]), self._width, self.header_height)

    def cell(self, section: int, cell: int) -> Box:
        """Where a cell is."""
        row, column = divmod(cell, self.columns)
        side = self.cell_side
        top = int(self._tops[section]) + self.header_height + row * side
        return Box(MARGIN + column * side, top, side, side)

    def box(self, spot: Spot) -> Box:
        """Where a spot is."""
        return self.header(spot.section) if spot.cell == IN_HEADER else self.cell(spot.section, spot.cell)

    def hit(self, x: int, y: int) -> Spot | None:
        """What is at a point."""
        section = self.section_at(y)
        if section is None or not 0 <= x < self._width:
            return None
        inside = y - int(self._tops[section])
        if inside < self.header_height:
            return Spot(section)
        column = (x - MARGIN) // self.cell_side
        cell = (inside - self.header_height) // self.cell_side * self.columns + column
        if not 0 <= column < self.columns or cell >= self.shown[section]:
            return None
        return Spot(section, int(cell))

    def visible(self, top: int, bottom: int) -> Iterator[tuple[int, range]]:
        """The sections between two heights, and which of their cells are."""
        first = self.section_at(max(0, top))
        if first is None:
            return
        for section in range(first, self.sections):
            start = int(self._tops[section]) + self.header_height
            if start - self.header_height >= bottom:
                return
            low = max(0, (top - start) // self.cell_side) * self.columns
            high = max(0, -(-(bottom - start) // self.cell_side)) * self.columns
            yield section, range(low, min(high, int(self.shown[section])))

    def reveal(self, spot: Spot, *, top: int, height: int) -> int:
        """How far to scroll for a spot to be seen in a window of ``height`` that begins at ``top`` now."""
        box = self.box(spot)
        bottom = box.top + box.height
        if spot.cell == IN_HEADER and self.shown[spot.section]:
            bottom += self.cell_side  # a header alone says little
        if box.top < top:
            return box.top - (self.cell_side // 4 if spot.cell != IN_HEADER else 0)
        return min(box.top, bottom - height) if bottom > top + height else top

    def step(self, spot: Spot, *, across: int = 0, down: int = 0) -> Spot:
        """Where an arrow key leads; the same spot at the ends.

        From a header, down and up lead to the next header, so that one goes from cluster to cluster; right leads to its
        first cell. Left of the first cell, and above the first row, is the header.
        """
        section, cell = spot.section, spot.cell
        shown = int(self.shown[section])
        if cell == IN_HEADER:
            if across:
                return Spot(section, 0) if across > 0 and shown else spot
            return Spot(min(max(section + down, 0), self.sections - 1))
        if across:
            return Spot(section, min(cell + across, shown - 1))
        target = cell + down * self.columns
        if target < 0:
            return Spot(section)
        if target < shown:
            return Spot(section, target)
        if target // self.columns <= (shown - 1) // self.columns:
            return Spot(section, shown - 1)
        return Spot(section + 1) if section + 1 < self.sections else spot
