"""Rows of regions as they change shape: what a proposal, a part or a merger fills in, and that review has begun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import EllipsisType, MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, select

from acseg_core.shapes import masks
from acseg_core.store.edits.recorder import Edit
from acseg_core.store.edits.stored_regions import StoredRegion
from acseg_core.store.schema import IMAGE, REGION
from acseg_core.store.statuses import UNJUDGED, status_of
from acseg_core.types import ImageStatus, RegionOrigin, RegionProposal, RegionStatus, Rle

DRAWN: Mapping[str, str | None] = MappingProxyType({"node": None, "origin": RegionOrigin.DRAWN.value})
"""Columns of a region that a person made: no cut of the tree may change it any more."""


APART: Mapping[str, bool] = MappingProxyType({"is_together": False})
"""Columns of a region that is made of others, or of a part of one: what a person said of the parts is over."""


def proposal_values(proposal: RegionProposal, run_id: int | None, image_id: int) -> dict[str, Any]:
    """The columns of a region as a model proposes it."""
    return {
        "image_id": image_id,
        "run_id": run_id,
        "node": int(proposal.node),
        "origin": RegionOrigin.CUT.value,
        "status": RegionStatus.PROPOSED.value,
        **shape_values(proposal.mask, descriptor_bytes(proposal.descriptor)),
    }


def shape_values(mask: Rle, descriptor: bytes | None) -> dict[str, Any]:
    """The columns that say where a region is and what its pixels look like."""
    x, y, width, height = masks.bounding_box(mask)
    return {
        "area": masks.area(mask),
        "box_x": x,
        "box_y": y,
        "box_width": width,
        "box_height": height,
        "descriptor": descriptor,
        "counts": mask.counts,
        **UNJUDGED,
    }


def merged_values(members: Sequence[StoredRegion], *, label_id: int | EllipsisType | None = ...) -> dict[str, Any]:
    """The columns of what the members, largest first, are together.

    It gets the label asked for. Else it keeps the label of the largest, or takes the one label there is among the
    others; with several, it stays unnamed.
    """
    mask = masks.union([member.mask for member in members])
    rejected = False
    if isinstance(label_id, EllipsisType):
        label_id = _common_label(members)
        rejected = all(member.status == RegionStatus.REJECTED for member in members)
    return {
        **DRAWN,
        **APART,
        "status": (RegionStatus.REJECTED if rejected else status_of(label_id)).value,
        "label_id": label_id,
        **shape_values(mask, _mean_descriptor([(member.descriptor, member.area) for member in members])),
    }


def _common_label(members: Sequence[StoredRegion]) -> int | None:
    if members[0].label_id is not None:
        return members[0].label_id
    there = {member.label_id for member in members} - {None}
    return there.pop() if len(there) == 1 else None


def descriptor_bytes(descriptor: NDArray[np.float16]) -> bytes:
    """A descriptor as it is stored."""
    return descriptor.astype("<f2").tobytes()


def begin_review(recording: Edit, chosen: ColumnElement[bool]) -> None:
    """Images with one of these regions are in review, if they were only proposed."""
    fresh = IMAGE.c.status.in_([ImageStatus.NEW.value, ImageStatus.PROPOSED.value])
    images = IMAGE.c.id.in_(select(REGION.c.image_id).where(chosen))
    recording.update(IMAGE, images & fresh, {"status": ImageStatus.IN_REVIEW.value})


def _mean_descriptor(members: list[tuple[bytes | None, int]]) -> bytes | None:
    """The mean of float16 descriptors, weighted by area and of length one again; None when nobody has one."""
    known = [(np.frombuffer(blob, "<f2").astype(np.float32), area) for blob, area in members if blob is not None]
    if not known:
        return None
    weights = np.array([area for _, area in known], np.float32)
    mean: NDArray[Any] = np.average(np.stack([vector for vector, _ in known]), axis=0, weights=weights)
    norm = float(np.linalg.norm(mean))
    return descriptor_bytes((mean / norm if norm > 0 else mean).astype(np.float16))
