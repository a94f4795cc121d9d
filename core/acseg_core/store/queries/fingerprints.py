"""Signs by which what is kept outside the database is known to belong to it.

Ids are never used twice by one history. A project restored from a backup has another one from there on, and gives the
same ids to other things.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, true

from acseg_core.store.database import among
from acseg_core.store.project import Project
from acseg_core.store.schema import IMAGE, OPERATION, REGION


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """An operation, which no other history has.

    Attributes:
        operation_id: Its number.
        made: When it was made, as it is stored.
    """

    operation_id: int
    made: str


def of_regions(project: Project, region_ids: Collection[int]) -> dict[int, int]:
    """A number for each region that is there, of 63 bits: of its image's content, and its place and size in it."""
    return _fingerprints(project, REGION.c.id.in_(among(region_ids)))


def of_all_regions(project: Project) -> dict[int, int]:
    """The same of all regions; a second for 100,000."""
    return _fingerprints(project, true())


def _fingerprints(project: Project, where: ColumnElement[bool]) -> dict[int, int]:
    columns = (REGION.c.id, IMAGE.c.sha256, REGION.c.area)
    box = (REGION.c.box_x, REGION.c.box_y, REGION.c.box_width, REGION.c.box_height)
    statement = select(*columns, *box).join(IMAGE, IMAGE.c.id == REGION.c.image_id)
    with project.read() as connection:
        rows = connection.execute(statement.where(where))
        return {id_: _hashed(repr(tuple(rest))) for id_, *rest in rows}


def history_point(project: Project) -> HistoryPoint | None:
    """The newest operation, undone or not; None in a project without any."""
    newest = select(OPERATION.c.id, OPERATION.c.created_at).order_by(OPERATION.c.id.desc()).limit(1)
    with project.read() as connection:
        row = connection.execute(newest).one_or_none()
    return None if row is None else HistoryPoint(row.id, row.created_at)


def has_point(project: Project, point: HistoryPoint) -> bool:
    """Whether the project's history has that operation; not so any more when it was undone and something else done."""
    made = select(OPERATION.c.created_at).where(OPERATION.c.id == point.operation_id)
    with project.read() as connection:
        return connection.execute(made).scalar() == point.made


def _hashed(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) >> 1
