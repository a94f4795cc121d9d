"""Outlines that a person moves without drawing: grown, shrunk, smoothed, holes filled.

Each call is one undoable operation, or nothing at all when nothing would change. What the region gains, others lose;
what it loses goes to whichever has the nearest pixel. See `acseg_core.store.edits.partition` for what follows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, select

from acseg_core.errors import EditError
from acseg_core.shapes.outlines import grown, holes, shrunk, smoothed
from acseg_core.shapes.run_lengths import decode_box
from acseg_core.store.database import among
from acseg_core.store.edits.partition import Transfer, require_image_of
from acseg_core.store.edits.recorder import Edit, edit
from acseg_core.store.edits.stored_regions import largest_first
from acseg_core.store.project import Project
from acseg_core.store.schema import REGION
from acseg_core.types import OpChanges, PixelPatch, RegionStatus
from acseg_core.verbs import Verb

_SMOOTHING = 1 / 400
"""Radius of smoothing in diagonals of the image, unless another is asked for."""

_LEAST_RADIUS = 2
"""Smallest radius of smoothing: with one pixel around, a spike of one pixel would hold on to itself."""

_Reshape = Callable[[NDArray[np.bool_]], NDArray[np.bool_]]


def grow(project: Project, region_ids: Collection[int], *, pixels: int = 1) -> OpChanges:
    """Give regions all that is within so many pixels of them.

    Raises:
        EditError: None is given, one is gone, or they are of different images.
        ValueError: It is not at least one pixel.
    """
    _check(pixels)
    return _reshaped(project, Verb.GROW_REGION, region_ids, reach=pixels, reshape=lambda mask: grown(mask, pixels))


def shrink(project: Project, region_ids: Collection[int], *, pixels: int = 1) -> OpChanges:
    """Take from regions all that is within so many pixels of what is not theirs.

    Raises:
        EditError: None is given, one is gone or nothing of it would be left, or they are of different images.
        ValueError: It is not at least one pixel.
    """
    _check(pixels)
    return _reshaped(project, Verb.SHRINK_REGION, region_ids, reach=pixels, reshape=lambda mask: shrunk(mask, pixels))


def smooth(project: Project, region_ids: Collection[int], *, radius: int | None = None) -> OpChanges:
    """Round the outlines of regions off: every pixel goes to where most of the pixels around it are.

    Args:
        project: Open for writing.
        region_ids: Of one image.
        radius: How far around, in pixels; if left out, it follows the image's size.

    Raises:
        EditError: None is given, one is gone or nothing of it would be left, or they are of different images.
        ValueError: The radius is not at least one pixel.
    """
    with project.read() as connection:
        _, height, width = require_image_of(connection, region_ids)
    around = max(_LEAST_RADIUS, round(math.hypot(height, width) * _SMOOTHING)) if radius is None else radius
    _check(around)
    return _reshaped(
        project, Verb.SMOOTH_OUTLINE, region_ids, reach=around, reshape=lambda mask: smoothed(mask, around)
    )


def fill_holes(project: Project, region_ids: Collection[int]) -> OpChanges:
    """Give regions what they enclose; holes that hold accepted regions stay, unless those are chosen as well.

    Raises:
        EditError: None is given, one is gone, they are of different images, or there is nothing to fill.
    """
    with edit(project, Verb.FILL_HOLES) as recording:
        image_id, _, _ = require_image_of(recording.connection, region_ids)
        transfer = Transfer(project, recording, image_id)
        accepted = select(REGION.c.id).where(
            and_(REGION.c.image_id == image_id, REGION.c.status == RegionStatus.ACCEPTED.value)
        )
        kept = set(recording.connection.execute(accepted).scalars()) - set(region_ids)
        has_holes = [_fill(transfer, region_id, kept) for region_id in _largest_first(recording, region_ids)]
        if not recording.changed:
            reason = "their holes hold accepted regions; select these as well to fill them"
            raise EditError(reason if any(has_holes) else "there are no holes to fill")
        return _result(recording, region_ids)


def _fill(transfer: Transfer, region_id: int, kept: set[int]) -> bool:
    """Fill the holes of a region; whether there were any."""
    region = transfer.find(region_id)
    if region is None:
        return False  # it was in a hole
    box = region.box
    left, top, width, height = (int(value) for value in box)
    at_border = (left == 0, top == 0, left + width == transfer.width, top + height == transfer.height)
    found = holes(decode_box(region.mask, box), at_border=at_border)
    if not found.any():
        return False
    owners = transfer.owners(box, without=[region_id])
    protected = np.unique(found[np.isin(owners, list(kept))])
    filled = transfer.pixels(PixelPatch(left, top, (found > 0) & ~np.isin(found, protected)))
    if filled is not None:
        transfer.move({region_id: filled})
    return True


def _reshaped(project: Project, verb: Verb, region_ids: Collection[int], *, reach: int, reshape: _Reshape) -> OpChanges:
    """Change each region's mask, given with that many pixels around it; the largest region first."""
    with edit(project, verb) as recording:
        image_id, _, _ = require_image_of(recording.connection, region_ids)
        transfer = Transfer(project, recording, image_id)
        for region_id in _largest_first(recording, region_ids):
            region = transfer.find(region_id)
            if region is None:
                continue
            box = transfer.widened(region.box, reach)
            before = decode_box(region.mask, box)
            after = reshape(before)
            if not after.any():
                raise EditError(f"nothing would be left of a region with {region.area:,} pixels")
            gained = transfer.pixels(PixelPatch(int(box[0]), int(box[1]), after & ~before))
            lost = transfer.pixels(PixelPatch(int(box[0]), int(box[1]), before & ~after))
            if gained is not None:
                transfer.move({region_id: gained})
            if lost is not None:
                transfer.give_to_nearest(lost, without=[region_id])
        return _result(recording, region_ids)


def _largest_first(recording: Edit, region_ids: Collection[int]) -> list[int]:
    return [region.id for region in largest_first(recording.connection, REGION.c.id.in_(among(region_ids)))]


def _result(recording: Edit, region_ids: Collection[int]) -> OpChanges:
    if not recording.changed:
        return OpChanges()
    there = recording.connection.execute(select(REGION.c.id).where(REGION.c.id.in_(among(region_ids)))).scalars()
    return recording.result(region_ids=there.all())


def _check(pixels: int) -> None:
    if pixels < 1:
        raise ValueError(f"at least one pixel is needed, got {pixels}")
