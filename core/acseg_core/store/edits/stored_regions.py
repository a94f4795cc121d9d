"""Whole rows of regions as edits read them: every column with its type, and the size of the image around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, select

from acseg_core.errors import EditError
from acseg_core.store.schema import IMAGE, REGION
from acseg_core.store.soundness import require_sound_masks, require_sound_rows
from acseg_core.types import Box, Rle


class StoredRegion(NamedTuple):
    """One row of the table ``region``, and the size of its image.

    Attributes:
        id: To ``is_together``: the columns, see `acseg_core.store.schema.RegionRow`.
        rows: Height of the image in pixels.
        columns: Width of the image in pixels.
    """

    id: int
    image_id: int
    run_id: int | None
    node: int | None
    origin: str
    status: str
    label_id: int | None
    suggestion_id: int | None
    confidence: float | None
    verdict: str
    cluster_id: int | None
    area: int
    box_x: float
    box_y: float
    box_width: float
    box_height: float
    descriptor: bytes | None
    counts: bytes
    is_together: bool
    rows: int
    columns: int

    @property
    def mask(self) -> Rle:
        """The pixels."""
        return Rle(self.counts, self.rows, self.columns)

    @property
    def box(self) -> Box:
        """The tight box of the pixels."""
        return self.box_x, self.box_y, self.box_width, self.box_height

    def values(self) -> dict[str, Any]:
        """The columns of another region like this one: all but the id."""
        return {name: value for name, value in self._asdict().items() if name not in _NO_COLUMNS}


_NO_COLUMNS = frozenset({"id", "rows", "columns"})

_WHOLE = select(REGION, IMAGE.c.height, IMAGE.c.width).join(IMAGE, IMAGE.c.id == REGION.c.image_id)
"""Rows of this statement have the fields of `StoredRegion` in their order; a test compares the two."""

_COLUMNS = (*REGION.columns, IMAGE.c.height, IMAGE.c.width)


def stored_regions(connection: Connection, where: ColumnElement[bool]) -> list[StoredRegion]:
    """The regions of which that is true, in the order they were made."""
    return _made(connection.execute(_WHOLE.where(where).order_by(REGION.c.id)))


def largest_first(connection: Connection, where: ColumnElement[bool]) -> list[StoredRegion]:
    """The regions of which that is true, the largest first; of equal ones, the one made first."""
    rows = connection.execute(_WHOLE.where(where).order_by(REGION.c.area.desc(), REGION.c.id))
    return _made(rows)


def find_region(connection: Connection, region_id: int) -> StoredRegion | None:
    """A region, if it is there."""
    return next(iter(_made(connection.execute(_WHOLE.where(REGION.c.id == region_id)))), None)


def require_region(connection: Connection, region_id: int) -> StoredRegion:
    """A region.

    Raises:
        EditError: It is gone.
    """
    region = find_region(connection, region_id)
    if region is None:
        raise EditError(f"region {region_id} is no longer in the project")
    return region


def _made(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[StoredRegion]:
    """The rows, once nothing in them is damaged."""
    rows = list(rows)
    require_sound_rows(rows, _COLUMNS)
    regions = [StoredRegion._make(row) for row in rows]
    require_sound_masks([(each.id, each.image_id, each.counts, each.rows, each.columns, each.area) for each in regions])
    return regions


def sound_masks(connection: Connection, where: ColumnElement[bool]) -> dict[int, Rle]:
    """The pixels of the regions of which that is true, by region.

    Raises:
        DamageFoundError: A mask is damaged.
    """
    columns = (REGION.c.id, REGION.c.image_id, REGION.c.counts, IMAGE.c.height, IMAGE.c.width, REGION.c.area)
    found = select(*columns).join(IMAGE, IMAGE.c.id == REGION.c.image_id).where(where).order_by(REGION.c.id)
    rows = connection.execute(found).all()
    require_sound_rows(rows, columns)
    require_sound_masks([tuple(row) for row in rows])
    return {row.id: Rle(row.counts, row.height, row.width) for row in rows}
