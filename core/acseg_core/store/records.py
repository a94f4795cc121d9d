"""From rows to the frozen dataclasses that leave the store, and which columns each needs."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Row, Select, select

from acseg_core.store.database import folded
from acseg_core.store.schema import ImageRow, LabelRow, RegionRow
from acseg_core.store.statuses import shown_status
from acseg_core.types import ImageInfo, ImageRecord, ImageStatus, Label, Region, RegionOrigin, Rle, Verdict

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Format characters without a shape of their own; those of flags (tags) have one, together."""


def select_images() -> Select[*tuple[Any, ...]]:
    """All images; rows are for `image_record`."""
    return select(
        ImageRow.id,
        ImageRow.status,
        ImageRow.problem,
        ImageRow.granularity,
        ImageRow.comment,
        ImageRow.is_reviewed,
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
    id_, status, problem, granularity, comment, is_reviewed, *info = row
    return ImageRecord(id_, ImageInfo(*info), ImageStatus(status), problem, granularity, comment, is_reviewed)


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
        RegionRow.origin,
        RegionRow.status,
        RegionRow.label_id,
        RegionRow.suggestion_id,
        RegionRow.confidence,
        RegionRow.verdict,
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
    id_, image_id, run_id, node, origin, status, label_id, suggestion_id, *more = row
    confidence, verdict, cluster_id, area, *box, counts, h, w = more
    x, y, width, height = box
    return Region(
        id=id_,
        image_id=image_id,
        run_id=run_id,
        node=node,
        origin=RegionOrigin(origin),
        mask=Rle(counts=counts, height=h, width=w),
        bbox=(x, y, width, height),
        area=area,
        status=shown_status(status, label_id=label_id, suggestion_id=suggestion_id),
        label_id=label_id,
        suggestion_id=suggestion_id,
        # What is left of a suggestion whose label undo took away says nothing.
        confidence=None if suggestion_id is None else confidence,
        verdict=Verdict(verdict),
        cluster_id=cluster_id,
    )


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
        LabelRow.category_id,
    ).order_by(LabelRow.position, LabelRow.id)


def label_record(row: Row[*tuple[Any, ...]]) -> Label:
    """One row of `select_labels`."""
    return Label(*row)


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
