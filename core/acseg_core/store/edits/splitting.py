"""Regions in two or more: along a drawn line, by connected parts; or kept together, whatever their parts.

Each call is one undoable operation.

All parts keep the region's label and status; the largest keeps its id. They are a person's from now on: a new cut of
the tree leaves them alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import EditError
from acseg_core.proposals.picking import Picks, pick
from acseg_core.shapes.dividing import Point, component_map, smaller_side
from acseg_core.shapes.parts import CRUMB_PIXELS, CRUMB_SHARE, parts
from acseg_core.shapes.run_lengths import decode_box, difference, intersection, is_empty
from acseg_core.store.database import among
from acseg_core.store.edits.cuts import image_tree
from acseg_core.store.edits.partition import Transfer
from acseg_core.store.edits.recorder import edit
from acseg_core.store.edits.stored_regions import StoredRegion, require_region, stored_regions
from acseg_core.store.project import Project
from acseg_core.store.queries.region_queries import require_regions
from acseg_core.store.schema import REGION
from acseg_core.types import Box, OpChanges, PixelPatch
from acseg_core.verbs import Verb

_MOST_LEFT = 0.05
"""Share of a region that is left of it, at most, where it is nothing but crumbs."""

MOST_PARTS = 200
"""Regions that one is split into, at most: what is in more pieces is no shape but noise."""


def split_patch(project: Project, region_id: int, patch: PixelPatch) -> OpChanges:
    """Make a region of its own of a region's pixels in a patch.

    Raises:
        EditError: The region is gone, or the patch holds none or all of its pixels.
    """
    with edit(project, Verb.SPLIT_REGION) as recording:
        region = require_region(recording.connection, region_id)
        transfer = Transfer(project, recording, region.image_id)
        pixels, mask = transfer.pixels(patch), region.mask
        part = None if pixels is None else intersection(mask, pixels)
        rest = None if part is None else difference(mask, part)
        if part is None or rest is None or is_empty(part) or is_empty(rest):
            raise EditError("this would not divide the region: one part would have no pixels")
        return recording.result(region_ids=transfer.split(region, [part, rest]))


def split_line(project: Project, region_id: int, points: Sequence[Point]) -> OpChanges:
    """Cut a region in two along a line; see `acseg_core.shapes.dividing.smaller_side`.

    Args:
        project: Open for writing.
        region_id: The region.
        points: The line, in pixels of the image; what is outside the region does not matter.

    Raises:
        EditError: The region is gone, or the line does not divide it.
    """
    with edit(project, Verb.CUT_REGION) as recording:
        region = require_region(recording.connection, region_id)
        transfer = Transfer(project, recording, region.image_id)
        box, mask = region.box, region.mask
        side = smaller_side(decode_box(mask, box), [(x - box[0], y - box[1]) for x, y in points])
        part = None if side is None else transfer.pixels(_patch(box, side))
        if part is None:
            raise EditError("the line does not divide the region; draw it all the way across, from outline to outline")
        return recording.result(region_ids=transfer.split(region, [part, difference(mask, part)]))


def split_components(project: Project, region_id: int, *, crumb_area: float | None = None) -> OpChanges:
    """Make a region of each part of one; crumbs go with the nearest part. Exports find the same parts.

    Args:
        project: Open for writing.
        region_id: The region.
        crumb_area: Connected pieces with fewer pixels are crumbs; if left out, as `acseg_core.shapes.parts` has it.

    Raises:
        EditError: The region is gone, in one piece, or in too many.
    """
    with edit(project, Verb.SPLIT_INTO_PARTS) as recording:
        region = require_region(recording.connection, region_id)
        transfer = Transfer(project, recording, region.image_id)
        found = parts(region.mask, crumb_area=crumb_area)
        if len(found) < 2:
            raise EditError("this region has only one part")
        if len(found) > MOST_PARTS:
            raise EditError(f"this region has {len(found):,} parts, which are too many; smooth its outline first")
        return recording.result(region_ids=transfer.split(region, list(found)))


def keep_together(project: Project, region_ids: Collection[int]) -> OpChanges:
    """Say that the parts of each region are one thing: exports write one annotation of it, and nobody asks again.

    That ends when the region is split or merged; painting on it or another name change nothing about it.

    Raises:
        EditError: A region is gone.
    """
    with edit(project, Verb.KEEP_TOGETHER) as recording:
        require_regions(recording.connection, region_ids)
        recording.update(REGION, REGION.c.id.in_(among(region_ids)), {"is_together": True})
        return recording.result(region_ids=region_ids) if recording.changed else OpChanges()


def clicked_thing(
    project: Project, image_id: int, *, this: Sequence[Point], other: Sequence[Point] = (), image: NDArray[np.uint8]
) -> PixelPatch:
    """Which pixels of an image are the thing that was clicked, whatever regions they are in; changes nothing.

    Args:
        project: Open.
        image_id: The image.
        this: Points, in pixels of the image, that are in the thing; at least one.
        other: Points that are not.
        image: (H, W, 3) uint8 RGB.

    Raises:
        EditError: No point is in the image, nothing is there, or no concept tree is.
    """
    tree = image_tree(project, image_id)
    if tree is None:
        raise EditError("this image has no concept tree; propose its regions again")
    found = pick(Picks(this, other), tree, image)
    if not found.any():
        raise EditError("there is nothing to cut out here; click on the object itself")
    with project.read() as connection:
        regions = stored_regions(connection, REGION.c.image_id == image_id)
    _take_crumbs(found, regions, other)
    return PixelPatch(0, 0, found)


def _take_crumbs(found: NDArray[np.bool_], regions: Sequence[StoredRegion], other: Sequence[Point]) -> None:
    """What would be left of a region is the thing's, too, where it is crumbs only: else they would be exported."""
    for region in regions:
        box = region.box
        x, y, width, height = (int(value) for value in box)
        place = found[y : y + height, x : x + width]
        inside = decode_box(region.mask, box)
        rest = inside & ~place
        if (
            not rest.any()
            or np.count_nonzero(rest) > _MOST_LEFT * np.count_nonzero(inside)
            or any(_is_in(rest, box, point) for point in other)
        ):
            continue
        _, areas = component_map(rest)
        if areas[0] < max(CRUMB_PIXELS, CRUMB_SHARE * np.count_nonzero(inside)):
            place |= rest


def _is_in(inside: NDArray[np.bool_], box: Box, point: Point) -> bool:
    column, row = int(np.floor(point[0]) - box[0]), int(np.floor(point[1]) - box[1])
    return 0 <= column < inside.shape[1] and 0 <= row < inside.shape[0] and bool(inside[row, column])


def _patch(box: Box, mask: NDArray[np.bool_]) -> PixelPatch:
    return PixelPatch(int(box[0]), int(box[1]), mask)
