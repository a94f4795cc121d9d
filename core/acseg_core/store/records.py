"""From rows to the frozen dataclasses that leave the store, and which columns each needs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, Select, and_, func, select

from acseg_core.store.schema import REGION, ImageRow, LabelRow, RegionRow
from acseg_core.types import ImageInfo, ImageRecord, ImageStatus, Label, Region, RegionStatus, Rle

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Format characters without a shape of their own; those of flags (tags) have one, together."""

_UNVOUCHED = REGION.c.status.in_([RegionStatus.PROPOSED.value, RegionStatus.SUGGESTED.value])

UNDECIDED = and_(REGION.c.label_id.is_(None), _UNVOUCHED)
"""Regions that no person has named, accepted or rejected."""

# The same and a suggestion, in words that make SQLite look these up by the suggestion, not by the missing label.
SUGGESTED = and_(REGION.c.suggestion_id > 0, func.coalesce(REGION.c.label_id, 0) == 0, _UNVOUCHED)
"""Regions that count as suggested. The column ``status`` does not say so, as suggestions are outside the history."""

UNNAMED = func.coalesce(REGION.c.label_id, 0) == 0
"""Regions without a label, in words that keep SQLite to the index by image: for counts over all of them."""

OFFERED = and_(UNNAMED, func.coalesce(REGION.c.suggestion_id, 0) > 0, _UNVOUCHED)
"""The same regions as `SUGGESTED`, for counts over all: few are found quicker there, but many are counted several times
as fast here, as no row of a region is read."""

DECLINED = and_(REGION.c.suggestion_id.is_(None), REGION.c.confidence.is_not_distinct_from(0.0))
"""Regions whose suggestion a person declined."""

VOUCHED: Mapping[str, float | None] = MappingProxyType({"suggestion_id": None, "confidence": 0.0})
"""The columns of a region whose name a person gave or kept while looking at that very region. Any other name for it is
declined, so the name is not doubted until it or the pixels change."""


def select_images() -> Select[*tuple[Any, ...]]:
    """All images; rows are for `image_record`."""
    return select(
        ImageRow.id,
        ImageRow.status,
        ImageRow.problem,
        ImageRow.granularity,
        ImageRow.path,
        ImageRow.sha256,
        ImageRow.file_size,
        ImageRow.mtime_ns,
        ImageRow.stored_width,
        ImageRow.stored_height,
        ImageRow.width,
        ImageRow.height,
        ImageRow.orientation,
        ImageRow.mode,
    )


def image_record(row: Row[*tuple[Any, ...]]) -> ImageRecord:
    """One row of `select_images`."""
    id_, status, problem, granularity, *info = row
    return ImageRecord(id_, ImageInfo(*info), ImageStatus(status), problem, granularity)


def image_values(info: ImageInfo) -> dict[str, Any]:
    """The columns of an image that say what its file is."""
    return {
        "sha256": info.sha256,
        "file_size": info.file_size,
        "mtime_ns": info.mtime_ns,
        "stored_width": info.stored_width,
        "stored_height": info.stored_height,
        "width": info.width,
        "height": info.height,
        "orientation": info.orientation,
        "mode": info.mode,
    }


def select_regions() -> Select[*tuple[Any, ...]]:
    """All regions; rows are for `region_record`."""
    return select(
        RegionRow.id,
        RegionRow.image_id,
        RegionRow.run_id,
        RegionRow.node,
        RegionRow.status,
        RegionRow.label_id,
        RegionRow.suggestion_id,
        RegionRow.confidence,
        RegionRow.cluster_id,
        RegionRow.area,
        RegionRow.box_x,
        RegionRow.box_y,
        RegionRow.box_width,
        RegionRow.box_height,
        RegionRow.counts,
        ImageRow.height,
        ImageRow.width,
    ).join(ImageRow, ImageRow.id == RegionRow.image_id)


def region_record(row: Row[*tuple[Any, ...]]) -> Region:
    """One row of `select_regions`."""
    id_, image_id, run_id, node, status, label_id, suggestion_id, confidence, cluster_id, area, *box, counts, h, w = row
    x, y, width, height = box
    return Region(
        id=id_,
        image_id=image_id,
        run_id=run_id,
        node=node,
        mask=Rle(counts=counts, height=h, width=w),
        bbox=(x, y, width, height),
        area=area,
        status=_status(status, label_id, suggestion_id),
        label_id=label_id,
        suggestion_id=suggestion_id,
        confidence=confidence,
        cluster_id=cluster_id,
    )


def _status(stored: str, label_id: int | None, suggestion_id: int | None) -> RegionStatus:
    """The status a region counts as; see `SUGGESTED`."""
    status = RegionStatus(stored)
    if status not in (RegionStatus.PROPOSED, RegionStatus.SUGGESTED):
        return status
    return RegionStatus.PROPOSED if label_id is not None or suggestion_id is None else RegionStatus.SUGGESTED


def select_labels() -> Select[*tuple[Any, ...]]:
    """All labels in their order; rows are for `label_record`."""
    return select(
        LabelRow.id,
        LabelRow.name,
        LabelRow.color,
        LabelRow.hotkey,
        LabelRow.supercategory,
        LabelRow.is_thing,
        LabelRow.is_void,
    ).order_by(LabelRow.position, LabelRow.id)


def label_record(row: Row[*tuple[Any, ...]]) -> Label:
    """One row of `select_labels`."""
    return Label(*row)


def folded(text: str) -> str:
    """The form in which texts are compared: case and ways to write an accent make no difference."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def name_key(name: str) -> str:
    """The form in which names of labels are compared: as `folded`, without marks that nobody sees.

    Joiners, soft hyphens and marks of direction belong into names (Persian, Hindi, families of emoji), but two labels
    that differ by nothing else would be a trap: they look the same.
    """
    return folded(" ".join(_UNSEEN.sub("", name).split()))


def sort_key(path: str) -> str:
    """A text that sorts as `natural_key` of `images.files`: folder by folder, "2" before "10", case ignored."""
    return re.sub(r"\d+", _ranked, folded(path)).replace("/", "\x01")


def _ranked(digits: re.Match[str]) -> str:
    """Numbers go before all text, the shorter first."""
    number = str(int(digits[0]))
    return f"\x02{len(number):03d}{number}"
