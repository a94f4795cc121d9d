"""Greys for regions that have no name yet: neighbours differ, and a region keeps its grey while others are divided.

Only what has a name, given or suggested, has a colour: an unnamed region must not be taken for a label. The eight greys
are equal steps of lightness in OKLab (0.09), in an order in which those that follow each other are far apart. The
strong tints, for eyes and screens that need more contrast, are colours nevertheless, and chosen by hand in the menus:
they were found by farthest-point search in OKLab under normal vision and simulated protanopia, deuteranopia and
tritanopia at once (least distance of any pair under any of the four: 0.192).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TINTS = ("#a0a0a0", "#fafafa", "#686868", "#dbdbdb", "#4e4e4e", "#bdbdbd", "#353535", "#838383")


STRONG = ("#fff000", "#2d0f78", "#b44b00", "#8796ff", "#690000", "#2d00ff", "#78ffff", "#e19678")
PALETTES = {"soft": TINTS, "strong": STRONG}
"""Palettes by name, all of one length."""


class TintChooser:
    """Gives tints to region ids and remembers them as long as the image is shown.

    Attributes:
        palette: One of `PALETTES`.
    """

    def __init__(self) -> None:
        self.palette: Sequence[str] = TINTS
        self._chosen: dict[int, int] = {}

    def clear(self) -> None:
        """Forget, for another image."""
        self._chosen.clear()

    def rename(self, ids: Mapping[int, int]) -> None:
        """A region has another id now, and keeps its colour."""
        for old, new in ids.items():
            if old in self._chosen:
                self._chosen[new] = self._chosen.pop(old)

    def choose_new(self, region_id: int) -> str:
        """Colour a region whose neighbours are not known yet: as few others as possible have it."""
        if region_id not in self._chosen:
            self._chosen[region_id] = _least_used(list(self._chosen.values()), start=0)
        return self.palette[self._chosen[region_id]]

    def choose(self, ids: Sequence[int], neighbours: Sequence[set[int]]) -> list[str]:
        """Colour a partition.

        Args:
            ids: Region ids; earlier ones keep their colour when a conflict must be settled.
            neighbours: For each region, positions in ``ids`` of those it touches.

        Returns:
            "#rrggbb" for each region; what it had before, unless an earlier one that had the same is its neighbour now.
        """
        before = [self._chosen.get(region_id) for region_id in ids]
        kept = list(before)
        for position, region_id in enumerate(ids):
            around = [kept[other] for other in neighbours[position]]
            mine = kept[position]
            settled = {kept[other] for other in neighbours[position] if other < position and before[other] is not None}
            if mine is None or mine in settled:
                kept[position] = self._chosen[region_id] = _least_used(around, start=position)
        return [self.palette[tint or 0] for tint in kept]


def _least_used(taken: Sequence[int | None], *, start: int) -> int:
    """The tint seen least often in ``taken``; among equals, the next in turn."""
    turn = [(start + step) % len(TINTS) for step in range(len(TINTS))]
    return min(turn, key=taken.count)
