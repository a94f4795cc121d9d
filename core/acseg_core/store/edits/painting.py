"""Brush, polygon and eraser: pixels that move between the regions of an image.

Each call is one undoable operation, or nothing at all when nothing would change. What follows for the regions is
described in `partition`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from acseg_core.shapes.run_lengths import intersection, is_empty
from acseg_core.store.edits.partition import Transfer, drawn_values
from acseg_core.store.edits.recorder import Edit, edit
from acseg_core.store.edits.stored_regions import require_region
from acseg_core.store.project import Project
from acseg_core.store.queries.label_queries import require_labels
from acseg_core.store.schema import REGION
from acseg_core.types import OpChanges, PixelPatch
from acseg_core.verbs import Verb


def paint(project: Project, image_id: int, patch: PixelPatch, *, region_id: int) -> OpChanges:
    """Give the pixels of a patch to a region, from whichever regions have them or from none.

    Raises:
        EditError: There is no such image, or the region is gone or in another image.
    """
    with edit(project, Verb.PAINT) as recording:
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
    with edit(project, Verb.DRAW_REGION) as recording:
        transfer = Transfer(project, recording, image_id)
        if label_id is not None:
            require_labels(recording.connection, [label_id])
        pixels = transfer.pixels(patch)
        if pixels is None:
            return OpChanges()
        return _result(recording, transfer.add(pixels, like=drawn_values(label_id)))


def paint_across(
    project: Project, patches: Mapping[int, PixelPatch], *, regions: Mapping[int, int], label_id: int | None
) -> tuple[OpChanges, dict[int, int]]:
    """Give pixels of several images to regions, as one step: what was drawn over the seams of a scene.

    Args:
        project: Open for writing.
        patches: By image.
        regions: By image the region that gets its pixels; where there is none, one is made of them.
        label_id: Of those that are made, which are then accepted; None makes them proposals.

    Returns:
        What changed, and by image the region that has the pixels now.

    Raises:
        EditError: There is no such image or label, or a region is gone or in another image.
    """
    with edit(project, Verb.PAINT if regions else Verb.DRAW_REGION) as recording:
        if label_id is not None:
            require_labels(recording.connection, [label_id])
        given: dict[int, int] = {}
        for image_id, patch in patches.items():
            transfer = Transfer(project, recording, image_id)
            pixels = transfer.pixels(patch)
            if pixels is not None and image_id in regions:
                given[image_id] = transfer.require(regions[image_id]).id
                transfer.move({given[image_id]: pixels})
            elif pixels is not None:
                given[image_id] = transfer.add(pixels, like=drawn_values(label_id))
        if not given:
            return OpChanges(), {}
        changes = recording.result(region_ids=given.values())
        return (changes, given) if recording.changed else (OpChanges(), {})


def erase(project: Project, patch: PixelPatch, *, region_id: int) -> OpChanges:
    """Take the pixels of a patch from a region: each goes to the region that has the nearest other pixel.

    Where that pixel is of no region, or the image has no other region, they belong to none; a new cut of the image's
    tree fills such pixels.

    Raises:
        EditError: The region is gone.
    """
    with edit(project, Verb.ERASE) as recording:
        region = require_region(recording.connection, region_id)
        transfer = Transfer(project, recording, region.image_id)
        pixels = transfer.pixels(patch)
        erased = None if pixels is None else intersection(region.mask, pixels)
        if erased is not None and not is_empty(erased):
            transfer.give_to_nearest(erased, without=[region_id], drop=True)
        return _result(recording, region_id)


def _result(recording: Edit, region_id: int) -> OpChanges:
    if not recording.changed:
        return OpChanges()
    there = recording.connection.execute(select(REGION.c.id).where(REGION.c.id == region_id)).scalars()
    return recording.result(region_ids=there.all())
