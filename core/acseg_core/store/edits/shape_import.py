"""Shapes from elsewhere put into an image: they become regions, and what they do not cover stays as it was.

In an image with regions the shapes are cut into the partition: proposals lose the pixels, and keep the rest. In one
without, what no shape covers becomes one region without a name, so that the image is covered as any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import and_

from acseg_core.shapes import masks
from acseg_core.shapes.parts import count_parts
from acseg_core.shapes.run_lengths import difference, is_empty
from acseg_core.store.edits.partition import Transfer, image_size
from acseg_core.store.edits.recorder import Edit
from acseg_core.store.edits.reshaping import shape_values
from acseg_core.store.edits.stored_regions import StoredRegion, stored_regions
from acseg_core.store.project import Project
from acseg_core.store.schema import IMAGE, REGION
from acseg_core.types import ImageStatus, RegionOrigin, RegionStatus, Rle


class ImportedAs(StrEnum):
    """What imported names count as."""

    ACCEPTED = "accepted"
    """Somebody gave them."""
    SUGGESTED = "suggested"
    """A machine proposes them; a person is to accept them."""


class Onto(StrEnum):
    """What happens where a person has named or drawn something already."""

    REST = "rest"
    """That stays; shapes get what is left."""
    ALL = "all"
    """Shapes get all their pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class ImportedShape:
    """A shape of one image.

    Attributes:
        mask: Of the size of the image; shapes of one image do not overlap.
        label_id: Its label.
        is_object: Its parts, if it has several, are one thing.
    """

    mask: Rle
    label_id: int
    is_object: bool = False


def import_shapes(
    project: Project,
    recording: Edit,
    image_id: int,
    shapes: Sequence[ImportedShape],
    *,
    as_: ImportedAs,
    onto: Onto,
    done: bool,
) -> int:
    """Put shapes into an image as part of an edit.

    A shape whose pixels and label a region has already is left as it is: importing a file twice changes nothing.

    Args:
        project: Open for writing.
        recording: The edit.
        image_id: The image.
        shapes: Those that are empty, or of which nothing is left, are passed by.
        as_: What their names count as.
        onto: What happens to what a person made.
        done: Whether the image is done then.

    Returns:
        How many regions were made.

    Raises:
        EditError: There is no such image.
    """
    height, width = image_size(recording.connection, image_id)
    there = stored_regions(recording.connection, REGION.c.image_id == image_id)
    wanted = _without_known([each for each in shapes if not is_empty(each.mask)], there)
    if onto is Onto.REST:
        wanted = _clipped(wanted, [region.mask for region in there if _is_by_person(region)])
    transfer = Transfer(project, recording, image_id)
    if wanted:
        _take_away(transfer, wanted, there)
        recording.insert(REGION, [_row(transfer, image_id, shape, as_) for shape in wanted])
    covered = masks.union([each.mask for each in wanted]) if wanted else None
    if not there and covered is not None:
        _fill_rest(recording, image_id, covered, height=height, width=width)
    status = ImageStatus.DONE if done else ImageStatus.IN_REVIEW
    earlier = [ImageStatus.NEW.value, ImageStatus.PROPOSED.value] + ([ImageStatus.IN_REVIEW.value] if done else [])
    if wanted or done:
        may_change = and_(IMAGE.c.id == image_id, IMAGE.c.status.in_(earlier))
        recording.update(IMAGE, may_change, {"status": status.value})
    return len(wanted)


def _without_known(shapes: Sequence[ImportedShape], there: Sequence[StoredRegion]) -> list[ImportedShape]:
    known = {(region.counts, region.label_id or region.suggestion_id) for region in there}
    return [each for each in shapes if (each.mask.counts, each.label_id) not in known]


def _is_by_person(region: StoredRegion) -> bool:
    return region.label_id is not None or region.origin in (RegionOrigin.DRAWN.value, RegionOrigin.IMPORTED.value)


def _clipped(shapes: Sequence[ImportedShape], kept: Sequence[Rle]) -> list[ImportedShape]:
    if not kept:
        return list(shapes)
    taken = masks.union(list(kept))
    left = [replace(each, mask=difference(each.mask, taken)) for each in shapes]
    return [each for each in left if not is_empty(each.mask)]


def _take_away(transfer: Transfer, shapes: Sequence[ImportedShape], there: Sequence[StoredRegion]) -> None:
    if there:
        transfer.move({}, dropped=masks.union([each.mask for each in shapes]))


def _row(transfer: Transfer, image_id: int, shape: ImportedShape, as_: ImportedAs) -> dict[str, Any]:
    is_accepted = as_ is ImportedAs.ACCEPTED
    return {
        "image_id": image_id,
        "run_id": None,
        "node": None,
        "origin": RegionOrigin.IMPORTED.value,
        **transfer.shape(shape.mask),
        "status": (RegionStatus.ACCEPTED if is_accepted else RegionStatus.PROPOSED).value,
        "label_id": shape.label_id if is_accepted else None,
        "suggestion_id": None if is_accepted else shape.label_id,
        "confidence": None if is_accepted else 1.0,
        "is_together": shape.is_object and count_parts(shape.mask) > 1,
    }


def _fill_rest(recording: Edit, image_id: int, covered: Rle, *, height: int, width: int) -> None:
    """One region of all that is left, without a name: a proposal about which nobody has decided."""
    rest = difference(masks.whole(height=height, width=width), covered)
    if is_empty(rest):
        return
    row = {"image_id": image_id, "run_id": None, "node": None, "origin": RegionOrigin.PREDICTED.value}
    recording.insert(REGION, [row | {"status": RegionStatus.PROPOSED.value, **shape_values(rest, None)}])
