"""Instances: the shapes that one region is exported as, in which form, and what that form could not say."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from typing import Literal

from acseg_core.reports import InexactShape, ShapeReport
from acseg_core.shapes import masks
from acseg_core.shapes.parts import parts
from acseg_core.shapes.polygons import PolygonShape, polygons
from acseg_core.types import Region, Rle

InstanceRule = Literal["parts", "region"]
"""A thing's region is one annotation for each of its parts, or one; stuff's is one always, and so is one whose parts a
person keeps together."""

_LISTED = 50
"""Inexact shapes that a report names, at most: those with the most pixels changed."""


@dataclass(frozen=True, slots=True)
class ShapeOptions:
    """How regions become annotations.

    Attributes:
        instances: Which annotations a thing's region makes.
        polygons: Polygons, not run lengths.
        tolerance: Pixels that a polygon's outline may be away from the true one; 0 is exact.
        fill_holes: Holes of polygons with fewer pixels are filled.
    """

    instances: InstanceRule = "parts"
    polygons: bool = False
    tolerance: float = 0
    fill_holes: float = 0


class ShapeWriter:
    """Makes the shapes of regions in the form that was asked for, and counts."""

    def __init__(self, options: ShapeOptions) -> None:
        self.options = options
        self._report = ShapeReport()
        self._worst: list[tuple[int, int, InexactShape]] = []

    @property
    def report(self) -> ShapeReport:
        """What was written up to now."""
        listed = sorted(self._worst, key=lambda entry: (-entry[0], entry[1]))
        return replace(self._report, worst=tuple(shape for _, _, shape in listed))

    def divided(self, region: Region, *, is_thing: bool) -> tuple[Rle, ...]:
        """The masks that a region leaves as: its parts where it is a thing, and they are instances; else its own."""
        apart = self.options.instances == "parts" and is_thing and not region.is_together
        instances = parts(region.mask) if apart else (region.mask,)
        if len(instances) > 1:
            self._report = replace(self._report, divided=self._report.divided + 1)
        return instances

    def polygons(self, mask: Rle, *, region_id: int, path: str, inwards: float = 0) -> PolygonShape:
        """The mask as polygons, with the tolerance that was asked for.

        Args:
            mask: Of a shape.
            region_id: That it is of, for the report.
            path: Of its image, for the report.
            inwards: How far, in pixels, polygons lie inside of the outline.
        """
        shape = polygons(mask, tolerance=self.options.tolerance, fill_holes=self.options.fill_holes, inwards=inwards)
        counted = self._report
        self._report = replace(
            counted,
            polygons=counted.polygons + 1,
            points=counted.points + shape.points,
            inexact=counted.inexact + (shape.changed > 0),
            changed=counted.changed + shape.changed,
            pixels=counted.pixels + masks.area(mask),
        )
        if shape.changed:
            entry = (shape.changed, -counted.polygons, InexactShape(path, region_id, shape.changed))
            (heapq.heappush if len(self._worst) < _LISTED else heapq.heappushpop)(self._worst, entry)
        return shape
