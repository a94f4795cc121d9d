"""From rows to the frozen dataclasses that leave the store, and which columns each needs."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Row, Select, select

from acseg_core.images.image_paths import OUTSIDE, file_of_tile, is_inside
from acseg_core.store.database import DamageFoundError, folded
from acseg_core.store.schema import Base, ImageRow, LabelRow, RegionRow
from acseg_core.store.soundness import require_sound_masks, require_sound_rows
from acseg_core.store.statuses import shown_status
from acseg_core.types import (
    MAX_PIXELS,
    ImageInfo,
    ImageRecord,
    ImageStatus,
    Label,
    Region,
    RegionOrigin,
    Rle,
    Tile,
    Verdict,
)

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Format characters without a shape of their own; those of flags (tags) have one, together."""


_MOST_COLUMNS = 1_000_000
"""Of tiles; no scene has as many."""

_ROWS = 32
"""Regions looked at together: more take memory, not less time."""


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
        ImageRow.georeference,
        ImageRow.rendering,
        ImageRow.tile,
    )


def image_records(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[ImageRecord]:
    """Rows of `select_images`; to be called while the connection is open, which tells of damage.

    Raises:
        DamageFoundError: A row holds what no image can have.
    """
    rows = list(rows)
    require_sound_rows(rows, _IMAGE_COLUMNS)
    for row in rows:
        if row.width * row.height > MAX_PIXELS:
            raise DamageFoundError(f"image {row.id}: no image has {row.width} x {row.height} pixels")
    return [_image_record(row) for row in rows]


def image_record(row: Row[*tuple[Any, ...]]) -> ImageRecord:
    """One row, likewise."""
    return image_records([row])[0]


def _image_record(row: Row[*tuple[Any, ...]]) -> ImageRecord:
    """An image outside the image folder has that problem, whatever the row says."""
    id_, status, problem, granularity, comment, is_reviewed, *values, georeference, rendering, tile = row
    path = values[0]
    problem = problem if is_inside(path) else OUTSIDE
    info = ImageInfo(*values, georeference=georeference, rendering=rendering, tile=tile_of(tile))
    return ImageRecord(id_, info, ImageStatus(status), problem, granularity, comment, is_reviewed)


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
        "georeference": info.georeference,
        "rendering": info.rendering,
        "tile": None if info.tile is None else json.dumps(dataclasses.asdict(info.tile)),
    }


def tile_of(text: str | None) -> Tile | None:
    """Which part of a scene an image is, by its row."""
    return None if text is None else Tile(**json.loads(text))


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
        RegionRow.is_together,
        ImageRow.height,
        ImageRow.width,
    ).join(ImageRow, ImageRow.id == RegionRow.image_id)


def region_records(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[Region]:
    """Rows of `select_regions`, whose masks are safe to hand on; called while the connection is open, too.

    Raises:
        DamageFoundError: A row holds what no region can have.
    """
    waiting, found = iter(rows), []
    while some := list(itertools.islice(waiting, _ROWS)):
        require_sound_rows(some, _REGION_COLUMNS)
        require_sound_masks([(row.id, row.image_id, row.counts, row.height, row.width, row.area) for row in some])
        found += [_region_record(row) for row in some]
    for each in found:
        x, y, width, height = each.bbox
        if x + width > each.mask.width or y + height > each.mask.height:
            raise DamageFoundError(f"region {each.id} of image {each.image_id}: its box reaches beyond the image")
    return found


def _region_record(row: Row[*tuple[Any, ...]]) -> Region:
    id_, image_id, run_id, node, origin, status, label_id, suggestion_id, *more = row
    confidence, verdict, cluster_id, area, *box, counts, is_together, h, w = more
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
        is_together=bool(is_together),
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


def label_records(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[Label]:
    """Rows of `select_labels`; called while the connection is open, too.

    Raises:
        DamageFoundError: A row holds what no label can have.
    """
    rows = list(rows)
    require_sound_rows(rows, _LABEL_COLUMNS)
    return [Label(*row) for row in rows]


def label_record(row: Row[*tuple[Any, ...]]) -> Label:
    """One row, likewise."""
    return label_records([row])[0]


def _columns_of(statement: Select[*tuple[Any, ...]]) -> tuple[Column[Any], ...]:
    """The columns of tables that a statement reads, in its order."""
    tables = Base.metadata.tables
    return tuple(tables[each.table.name].c[each.name] for each in statement.selected_columns)


_IMAGE_COLUMNS = _columns_of(select_images())
_REGION_COLUMNS = _columns_of(select_regions())
_LABEL_COLUMNS = _columns_of(select_labels())


def name_key(name: str) -> str:
    """The form in which names of labels are compared: as `folded`, without marks that nobody sees.

    Joiners, soft hyphens and marks of direction belong into names (Persian, Hindi, families of emoji), but two labels
    that differ by nothing else would be a trap: they look the same.
    """
    return folded(" ".join(_UNSEEN.sub("", name).split()))


def sort_key(path: str) -> str:
    """A text that sorts as `natural_key` of `images.finding`: folder by folder, "2" before "10", case ignored."""
    return re.sub(r"\d+", _ranked, folded(path)).replace("/", "\x01")


def image_sort_key(info: ImageInfo) -> str:
    """The same of an image; tiles come where their scene would, and go to and fro: neighbours follow each other."""
    return tile_sort_key(info.path, info.tile)


def tile_sort_key(path: str, tile: Tile | None) -> str:
    """The same, of a tile by its path; of any other image without one."""
    if tile is None:
        return sort_key(path)
    column = tile.column if tile.row % 2 else _MOST_COLUMNS - tile.column
    return sort_key(f"{file_of_tile(path)}/{tile.row}/{column}")


def _ranked(digits: re.Match[str]) -> str:
    """Numbers go before all text, the shorter first."""
    number = str(int(digits[0]))
    return f"\x02{len(number):03d}{number}"
