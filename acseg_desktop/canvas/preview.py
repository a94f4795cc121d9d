"""Pixels that a tool has changed on the canvas before the project has: shown until the store's answer is."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from acseg_desktop.canvas.raster import Stroke

_new_ids = count(-2, -1)


def new_region_id() -> int:
    """An id for a region that is drawn but not stored yet: below -1, and never given twice."""
    return next(_new_ids)


@dataclass(slots=True, eq=False)
class Preview:
    """One stroke, polygon or the like, from its first pixel until the canvas shows what the store made of it.

    Attributes:
        region_id: The region that gets the pixels; one of `new_region_id` when there is none yet.
        stroke: The pixels so far.
        label_id: Of a new region, or None.
        erases: The pixels are taken from the region instead, and shown bare until their new owners are known.
        is_offered: It is not decided yet: outlined like a selection, unlike what is.
        is_stored: The project has it, and what is shown next is read from there.
        stored_id: Id that a new region got in the project.
    """

    region_id: int
    stroke: Stroke
    label_id: int | None = None
    erases: bool = False
    is_offered: bool = False
    is_stored: bool = False
    stored_id: int | None = field(default=None)

    @property
    def is_new(self) -> bool:
        """Whether it makes a region that the project does not have yet."""
        return self.region_id < 0 and not self.erases
