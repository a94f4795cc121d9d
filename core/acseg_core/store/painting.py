"""Brush, polygon and eraser: pixels that move between the regions of an image.

Each call is one undoable operation, or nothing at all when nothing would change. What follows for the regions is told
in `acseg_core.store.transfers`.
"""

from __future__ import annotations

import numpy as np
from sqlalchemy import select

from acseg_core import masks
from acseg_core.outlines import NOBODY, nearest_owners
from acseg_core.run_lengths import decode_box, intersection, is_empty
from acseg_core.store.labels import require_labels
from acseg_core.store.project import Project
from acseg_core.store.recorder import Edit, edit
from acseg_core.store.schema import REGION
from acseg_core.store.transfers import Transfer, common_box, drawn_values, require_region
from acseg_core.types import Box, OpChanges, PixelPatch, Rle

_MARGIN = 32
"""Pixels around what is erased that are looked at first for other regions."""

_DISTANCE_ERROR = 1.05
"""The distances of `nearest_owners` may be that much too small."""


def paint(project: Project, image_id: int, patch: PixelPatch, *, region_id: int) -> OpChanges:
    """Give the pixels of a patch to a region, from whichever regions have them or from none.

    Raises:
        EditError: There is no such image, or the region is gone or in another image.
    """
    with edit(project, "Paint") as recording:
        transfer = Transfer(project, recording, image_id)
        transfer.require(region_id)
        pixels = transfer.pixels(patch)
        if pixels is not None:
            transfer.move({region_id: pixels})
        return _result(recording, region_id)


def paint_new(project: Project, image_id: int, patch: PixelPatch, *, label_id: int | None) -> OpChanges:
    """Make a region of the pixels of a patch; with a label, it is accepted.

    Raises:
        EditError: There is no such image or label.
    """
    with edit(project, "Draw region") as recording:
        transfer = Transfer(project, recording, image_id)
        if label_id is not None:
            require_labels(recording.connection, [label_id])
        pixels = transfer.pixels(patch)
        if pixels is None:
            return OpChanges()
        return _result(recording, transfer.add(pixels, like=drawn_values(label_id)))


def erase(project: Project, patch: PixelPatch, *, region_id: int) -> OpChanges:
    """Take the pixels of a patch from a region: each goes to the nearest other region, or to none if there is none.

    Pixels of no region are filled by the next cut of the image's tree.

    Raises:
        EditError: The region is gone.
    """
    with edit(project, "Erase") as recording:
        region = require_region(recording.connection, region_id)
        transfer = Transfer(project, recording, region.image_id)
        pixels = transfer.pixels(patch)
        erased = None if pixels is None else intersection(transfer.mask(region), pixels)
        if erased is not None and not is_empty(erased):
            give_to_nearest(transfer, erased, region_id)
        return _result(recording, region_id)


def give_to_nearest(transfer: Transfer, pixels: Rle, region_id: int) -> None:
    """Move pixels of a region to the nearest other ones; to none if there are no others.

    The part of the image that is looked at grows until no region outside it can be nearer.
    """
    inner = masks.bounding_box(pixels)
    margin = _MARGIN
    while True:
        box = _widened(transfer, inner, margin)
        wanted = decode_box(pixels, box)
        owners, distances = nearest_owners(transfer.owners(box, without=[region_id]), wanted)
        if box == transfer.whole or distances.max() * _DISTANCE_ERROR < margin:
            break
        margin *= 3
    left, top = int(box[0]), int(box[1])
    gains: dict[int, Rle] = {}
    dropped = None
    for owner in np.unique(owners).tolist():
        part = np.zeros_like(wanted)
        part[wanted] = owners == owner
        theirs = transfer.pixels(PixelPatch(left, top, part))
        if owner == NOBODY:
            dropped = theirs
        elif theirs is not None:
            gains[owner] = theirs
    transfer.move(gains, dropped=dropped, shaped=[region_id])


def _widened(transfer: Transfer, box: Box, margin: int) -> Box:
    x, y, width, height = box
    return common_box(transfer.whole, (x - margin, y - margin, width + 2 * margin, height + 2 * margin))


def _result(recording: Edit, region_id: int) -> OpChanges:
    if not recording.changed:
        return OpChanges()
    there = recording.connection.execute(select(REGION.c.id).where(REGION.c.id == region_id)).scalars()
    return recording.result(region_ids=there.all())
