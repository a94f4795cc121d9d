"""Instances: the annotations that one region is exported as, in which form, and what that form could not say."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from acseg_core.reports import InexactShape, ShapeReport
from acseg_core.shapes import masks
from acseg_core.shapes.parts import parts
from acseg_core.shapes.polygons import polygons
from acseg_core.types import Label, Region, Rle

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


class InstanceWriter:
    """Makes the annotations of regions, and counts."""

    def __init__(self, options: ShapeOptions) -> None:
        self._options = options
        self._report = ShapeReport()
        self._worst: list[tuple[int, int, InexactShape]] = []

    @property
    def report(self) -> ShapeReport:
        """What was written up to now."""
        listed = sorted(self._worst, key=lambda entry: (-entry[0], entry[1]))
        return replace(self._report, worst=tuple(shape for _, _, shape in listed))

    def annotations(self, region: Region, label: Label | None, *, path: str) -> Iterator[dict[str, Any]]:
        """The keys ``segmentation``, ``bbox`` and ``area`` of each annotation of a region.

        Boxes and areas are the true mask's, whatever form its outline has.

        Args:
            region: The region.
            label: What it is exported as; None where it has no name.
            path: Of its image.
        """
        is_thing = label is not None and label.is_thing
        apart = self._options.instances == "parts" and is_thing and not region.is_together
        instances = parts(region.mask) if apart else (region.mask,)
        if len(instances) > 1:
            self._report = replace(self._report, divided=self._report.divided + 1)
        for mask in instances:
            yield {
                "segmentation": self._segmentation(mask, region, path),
                "bbox": [int(value) for value in masks.bounding_box(mask)],
                "area": masks.area(mask),
            }

    def _segmentation(self, mask: Rle, region: Region, path: str) -> Any:
        if not self._options.polygons:
            return masks.rle_to_coco(mask)
        shape = polygons(mask, tolerance=self._options.tolerance, fill_holes=self._options.fill_holes)
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
            entry = (shape.changed, -counted.polygons, InexactShape(path, region.id, shape.changed))
            (heapq.heappush if len(self._worst) < _LISTED else heapq.heappushpop)(self._worst, entry)
        return shape.rings


def category_keys(label: Label) -> dict[str, Any]:
    """What a category says beside its id: ``isthing`` as COCO panoptic has it."""
    return {"name": label.name, "supercategory": label.supercategory, "isthing": int(label.is_thing)}
