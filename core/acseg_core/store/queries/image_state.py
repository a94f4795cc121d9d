"""What people's work has made of images, in a form in which two copies of a project can be compared.

The state of an image is its status, cut, comment and review, its tree, and its regions with pixels, names and what was
decided of them. What the machine makes anew at any time is no part of it: suggestions, clusters, descriptors, runs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, func, select

from acseg_core.store.database import among
from acseg_core.store.schema import CHANGE, IMAGE, OPERATION, REGION, REMOVED, TREE
from acseg_core.store.statuses import NAMED
from acseg_core.types import ImageStatus, RegionStatus

_TOGETHER = 64
"""Images whose states are read at once: trees take most of the memory."""

_STATUSES = [ImageStatus.NEW, ImageStatus.PROPOSED, ImageStatus.IN_REVIEW, ImageStatus.DONE]


class Standing(NamedTuple):
    """How far an image has come; what compares greater has come further.

    Attributes:
        rank: Of the status, from 0 for new to 3 for done.
        named: Regions with a name.
    """

    rank: int
    named: int

    @property
    def status(self) -> ImageStatus:
        """The status."""
        return _STATUSES[self.rank]


def state_digests(
    connection: Connection, image_ids: Collection[int], labels: Mapping[int, int] | None = None
) -> dict[int, str]:
    """A digest of the state of each of these images that is in the project.

    Args:
        connection: To a project.
        image_ids: The images.
        labels: What labels count as, by id; others, and all if left out, count as themselves.
    """
    found: dict[int, str] = {}
    wanted = list(image_ids)
    for start in range(0, len(wanted), _TOGETHER):
        some = wanted[start : start + _TOGETHER]
        regions: dict[int, list[list[Any]]] = {}
        for row in connection.execute(_REGIONS.where(REGION.c.image_id.in_(among(some)))):
            regions.setdefault(row.image_id, []).append(_region(row, labels or {}))
        for row in connection.execute(_IMAGES.where(IMAGE.c.id.in_(among(some)))):
            found[row.id] = _digest(row, sorted(regions.get(row.id, []), key=lambda region: str(region[0])))
    return found


def standings(connection: Connection, image_ids: Collection[int]) -> dict[int, Standing]:
    """How far each of these images has come."""
    named = select(REGION.c.image_id, func.count().label("named")).where(NAMED).group_by(REGION.c.image_id).subquery()
    statement = select(IMAGE.c.id, IMAGE.c.status, func.coalesce(named.c.named, 0)).outerjoin(
        named, named.c.image_id == IMAGE.c.id
    )
    rows = connection.execute(statement.where(IMAGE.c.id.in_(among(image_ids))))
    return {id_: Standing(_STATUSES.index(ImageStatus(status)), count) for id_, status, count in rows}


def edited_since(connection: Connection, operation_id: int) -> set[int]:
    """Images that are or were in the project and that edits after an operation touched."""
    return {image_id for image_id, _ in _touched(connection, operation_id)}


def last_edits(connection: Connection) -> dict[int, str]:
    """When each image was last edited, as it is stored."""
    last: dict[int, int] = {}
    for image_id, operation_id in _touched(connection, 0):
        last[image_id] = max(last.get(image_id, 0), operation_id)
    times = {row.id: row.created_at for row in connection.execute(select(OPERATION.c.id, OPERATION.c.created_at))}
    return {image_id: times[operation_id] for image_id, operation_id in last.items()}


def _touched(connection: Connection, after: int) -> Iterator[tuple[int, int]]:
    """Images, and for each the newest operation of some that touched it."""
    newer = select(OPERATION.c.id).where(OPERATION.c.id > after, ~OPERATION.c.undone)
    mine = CHANGE.c.operation_id.in_(newer)
    newest = func.max(CHANGE.c.operation_id)
    statements: list[Select[int, int]] = [
        select(CHANGE.c.row_id, newest).where(mine, CHANGE.c.entity == IMAGE.name).group_by(CHANGE.c.row_id)
    ]
    for table in (REGION, REMOVED[REGION.name]):
        joined = select(table.c.image_id, newest).join(CHANGE, CHANGE.c.row_id == table.c.id)
        statements.append(joined.where(mine, CHANGE.c.entity == REGION.name).group_by(table.c.image_id))
    for statement in statements:
        yield from connection.execute(statement)


_REGIONS = select(
    REGION.c.image_id,
    REGION.c.counts,
    REGION.c.node,
    REGION.c.origin,
    REGION.c.status,
    REGION.c.label_id,
    REGION.c.verdict,
    REGION.c.is_together,
)

_IMAGES = select(
    IMAGE.c.id,
    IMAGE.c.status,
    IMAGE.c.granularity,
    IMAGE.c.comment,
    IMAGE.c.is_reviewed,
    *(TREE.c[name] for name in ("merges", "heights", "leaf_tokens", "leaf_map")),
).outerjoin(TREE, TREE.c.id == IMAGE.c.tree_id)


def _region(row: Row[*tuple[Any, ...]], labels: Mapping[int, int]) -> list[Any]:
    status = RegionStatus.PROPOSED.value if row.status == RegionStatus.SUGGESTED.value else row.status
    label = None if row.label_id is None else labels.get(row.label_id, row.label_id)
    return [row.counts.hex(), row.node, row.origin, status, label, row.verdict, bool(row.is_together)]


def _digest(row: Row[*tuple[Any, ...]], regions: list[list[Any]]) -> str:
    image = [row.status, row.granularity, row.comment, bool(row.is_reviewed), regions]
    digest = hashlib.sha256(json.dumps(image).encode())
    for part in (row.merges, row.heights, row.leaf_tokens, row.leaf_map):
        digest.update(b"-" if part is None else b"%d:" % len(part) + part)
    return digest.hexdigest()
