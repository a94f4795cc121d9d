"""Dropping old history: what long projects are mostly made of, as every stroke keeps the shapes before and after it.

Of an edit that is dropped stays when it was made and which images it touched: who did what when, the order of images
by their last edit and the statistics go on. It can no longer be undone, nor can those before it. Images that were
removed stay removed (a scan has to pass their files by), but their regions go.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, insert, literal, select, true, union

from acseg_core.store.database import among
from acseg_core.store.edits.recorder import is_trimmed, removals
from acseg_core.store.project import Project
from acseg_core.store.schema import (
    CHANGE,
    EXISTS,
    HISTORY,
    IMAGE,
    LABEL,
    OPERATION,
    REGION,
    REMOVED,
    TOUCHED,
    TREE,
    TRIMMED,
)

_ROW_BYTES = 40
"""Bytes that a row takes beside its long values."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is not dropped: the newest edits, and those of the last days; one of the two is given.

    Attributes:
        edits: So many of the newest.
        days: Those of so many days.
    """

    edits: int | None = None
    days: float | None = None

    def __post_init__(self) -> None:
        """Check it.

        Raises:
            ValueError: Neither or both are given, or below zero.
        """
        given = [each for each in (self.edits, self.days) if each is not None]
        if len(given) != 1 or given[0] < 0:
            raise ValueError(f"either edits or days, from 0 on, not {self.edits} and {self.days}")


@dataclass(frozen=True, slots=True)
class HistorySize:
    """How much some of the history is.

    Attributes:
        edits: That can be undone now, and no longer when it is dropped.
        bytes: About what they take in the project's file.
    """

    edits: int = 0
    bytes: int = 0


def measure(project: Project, kept: Kept) -> HistorySize:
    """How much is older than what is kept; of everything with ``Kept(edits=0)``."""
    with project.read() as connection:
        old = _old(project, connection, kept)
        edits = connection.execute(select(func.count()).select_from(old.subquery())).scalar_one()
        if not edits:
            return HistorySize()
        length = func.coalesce(func.length(CHANGE.c.before), 0) + func.coalesce(func.length(CHANGE.c.after), 0)
        changes = select(func.sum(length + _ROW_BYTES)).where(CHANGE.c.operation_id.in_(old), _is_dropped())
        removed = REMOVED["region"]
        size = func.coalesce(func.length(removed.c.counts), 0) + func.coalesce(func.length(removed.c.descriptor), 0)
        regions = select(func.sum(size + _ROW_BYTES)).where(removed.c.id.in_(_removed_rows(removed, "region", old)))
        trees = select(func.sum(sum((func.length(column) for column in TREE.c if column.name != "id"), literal(0))))
        trees = trees.where(TREE.c.id.in_(among(_orphans(connection, old))))
        total = sum(connection.execute(part).scalar() or 0 for part in (changes, regions, trees))
    return HistorySize(edits, int(total))


def trim(project: Project, kept: Kept) -> int:
    """Drop what is older than what is kept; what could be redone stays, and so do edits that are still going on.

    The file does not shrink by it, but takes up new edits in the freed place; see `Project.compact`.

    Returns:
        How many edits were dropped.
    """
    with project.write() as connection:
        old = connection.execute(_old(project, connection, kept)).scalars().all()
        if not old:
            connection.rollback()
            return 0
        ids = select(OPERATION.c.id).where(OPERATION.c.id <= old[-1], OPERATION.c.id >= old[0], ~OPERATION.c.undone)
        connection.execute(insert(CHANGE).from_select(_COLUMNS, _touched_images(ids)))
        connection.execute(delete(TREE).where(TREE.c.id.in_(among(_orphans(connection, ids)))))
        for name, shadow in REMOVED.items():
            if name == IMAGE.name:
                continue  # that they are removed is no history
            connection.execute(delete(shadow).where(shadow.c.id.in_(_removed_rows(shadow, name, ids))))
        connection.execute(delete(CHANGE).where(CHANGE.c.operation_id.in_(ids), _is_dropped()))
        some = literal(1, CHANGE.c.before.type)
        mark = select(OPERATION.c.id, literal(HISTORY), literal(0), literal(TRIMMED), some, some)
        connection.execute(insert(CHANGE).from_select(_COLUMNS, mark.where(OPERATION.c.id.in_(ids))))
    return len(old)


_COLUMNS = ["operation_id", "entity", "row_id", "field", "before", "after"]


def _old(project: Project, connection: Connection, kept: Kept) -> Select[int]:
    """Ids of the edits that can be undone and are not kept, ascending; all of them are older than any that is kept."""
    first = connection.execute(_undoable().order_by(OPERATION.c.id).limit(1)).scalar()
    newest = _undoable().order_by(OPERATION.c.id.desc())
    if kept.edits is not None:
        bound = connection.execute(newest.offset(kept.edits).limit(1)).scalar()
    else:
        since = (datetime.now(UTC) - timedelta(days=kept.days or 0)).isoformat()
        bound = connection.execute(newest.where(OPERATION.c.created_at < since).limit(1)).scalar()
    running = [run.operation_id for run in project.running.values() if run.operation_id is not None]
    last = min([bound or 0, *(id_ - 1 for id_ in running)])
    return _undoable().where(OPERATION.c.id.between(first or 0, last)).order_by(OPERATION.c.id)


def _undoable() -> Select[int]:
    return select(OPERATION.c.id).where(~OPERATION.c.undone, ~is_trimmed())


def _is_dropped() -> ColumnElement[bool]:
    """Whether a change is of no use but to undo it."""
    return CHANGE.c.entity.in_([REGION.name, LABEL.name])


def _removed_rows(shadow: Table, name: str, operations: Select[int]) -> Select[int]:
    """Rows that would come back if these operations were undone."""
    took_away = (CHANGE.c.field == EXISTS) & (CHANGE.c.after == literal(0, CHANGE.c.after.type))
    mine = CHANGE.c.operation_id.in_(operations) & (CHANGE.c.entity == name)
    removed_again = removals(name, OPERATION.c.id > select(func.max(operations.subquery().c.id)).scalar_subquery())
    rows = select(shadow.c.id).join(CHANGE, CHANGE.c.row_id == shadow.c.id).where(mine, took_away)
    return rows.where(shadow.c.id.not_in(removed_again))


def _orphans(connection: Connection, operations: Select[int]) -> list[int]:
    """Trees that only these operations know of."""
    is_tree = (CHANGE.c.entity == IMAGE.name) & (CHANGE.c.field == "tree_id")
    last = connection.execute(select(func.max(operations.subquery().c.id))).scalar() or 0

    def trees(which: ColumnElement[bool]) -> set[int]:
        both = (
            select(column).where(is_tree, which, column.is_not(None)) for column in (CHANGE.c.before, CHANGE.c.after)
        )
        return set(connection.execute(union(*both)).scalars())

    removed = REMOVED[IMAGE.name]
    comes_back = removed.c.id.in_(removals(IMAGE.name, OPERATION.c.id > last))
    needed = (
        select(column).where(column.is_not(None), which)
        for column, which in ((IMAGE.c.tree_id, true()), (removed.c.tree_id, comes_back))
    )
    in_use = set(connection.execute(union(*needed)).scalars())
    return sorted(trees(CHANGE.c.operation_id.in_(operations)) - trees(CHANGE.c.operation_id > last) - in_use)


def _touched_images(operations: Select[int]) -> Select[tuple[int, str, int, str, int, int]]:
    """A change for each operation and each image whose regions it touched, in place of those of the regions."""
    of_region = CHANGE.c.operation_id.in_(operations) & (CHANGE.c.entity == REGION.name)
    parts = (
        select(CHANGE.c.operation_id, table.c.image_id).join(table, table.c.id == CHANGE.c.row_id).where(of_region)
        for table in (REGION, REMOVED[REGION.name])
    )
    pairs = union(*parts).subquery()
    some = literal(1, CHANGE.c.before.type)
    return select(pairs.c.operation_id, literal(IMAGE.name), pairs.c.image_id, literal(TOUCHED), some, some)
