"""Edits that record themselves: every insert, update and delete, set by set, with what undo needs.

All values move inside SQLite, in its own types; an edit of ten thousand rows is a handful of statements.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    literal,
    or_,
    select,
    text,
    union,
    update,
)
from sqlalchemy.dialects import sqlite

from acseg_core.store.database import among
from acseg_core.store.project import Project
from acseg_core.store.schema import CHANGE, EXISTS, HISTORY, IMAGE, OPERATION, REGION, REMOVED, TREE, TRIMMED, now
from acseg_core.types import OpChanges
from acseg_core.verbs import Verb


class Edit:
    """One operation in the making. Changes go through it, so that they can be undone.

    Attributes:
        connection: In the transaction of this edit.
        operation_id: Of the operation that is being written.
        changed: Whether anything was changed yet.
        kept_reviews: Images whose reviews stay, as this edit brought them or changed nothing that was looked at.
    """

    def __init__(self, connection: Connection, operation_id: int, *, verb: Verb) -> None:
        self.connection = connection
        self.operation_id = operation_id
        self.verb = verb
        self.changed = False
        self.kept_reviews: set[int] = set()

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert rows and return their new ids."""
        if not rows:
            return []
        first = 1 + self._last_id(table)
        ids = list(range(first, first + len(rows)))
        self.connection.execute(insert(table), [{**row, "id": id_} for id_, row in zip(ids, rows, strict=True)])
        self._record_existence(table, table.c.id.between(first, ids[-1]), before=0)
        return ids

    def update(self, table: Table, where: ColumnElement[bool], values: Mapping[str, Any]) -> None:
        """Set the same values in all rows that match; only those that differ are touched and recorded."""
        differs = or_(*(table.c[name].is_distinct_from(value) for name, value in values.items()))
        for name, value in values.items():
            self._record_value(table, where, name, value)
        self.connection.execute(update(table).where(where, differs).values(**values))

    def update_each(self, table: Table, name: str, values: Mapping[int, Any]) -> None:
        """Set one column of many rows, each to a value of its own by the row's id; as few statements as for one row."""
        if not values:
            return
        row = table.c.id == bindparam("change_row")
        recorded = sqlite.insert(CHANGE).from_select(_CHANGE_COLUMNS, _differing_rows(table, name).where(row))
        self.connection.execute(
            recorded.on_conflict_do_update(
                index_elements=["operation_id", "entity", "row_id", "field"],
                set_={"after": _EXCLUDED_AFTER},
            ),
            [
                {"change_operation": self.operation_id, "change_after": value, "change_row": id_}
                for id_, value in values.items()
            ],
        )
        new = bindparam("change_after", type_=table.c[name].type)
        self.connection.execute(
            update(table).where(row, table.c[name].is_distinct_from(new)).values({name: new}),
            [{"change_after": value, "change_row": id_} for id_, value in values.items()],
        )
        self.changed = True  # perhaps to what it was: `result` looks

    def delete(self, table: Table, where: ColumnElement[bool]) -> None:
        """Move rows that match to the shadow table; those this very operation inserted vanish without a trace."""
        if self.connection.execute(select(table.c.id).where(where).limit(1)).first() is None:
            return  # as where an image gets its first proposals: three statements less for each
        own = (
            select(CHANGE.c.row_id)
            .where(self._is_mine(table), CHANGE.c.field == EXISTS, CHANGE.c.before == literal(0, CHANGE.c.before.type))
            .scalar_subquery()
        )
        short_lived = self.connection.execute(select(table.c.id).where(where, table.c.id.in_(own))).scalars().all()
        if short_lived:
            self.connection.execute(delete(table).where(table.c.id.in_(among(short_lived))))
            self.connection.execute(delete(CHANGE).where(self._is_mine(table), CHANGE.c.row_id.in_(among(short_lived))))
        self._record_existence(table, where, before=1)
        move(self.connection, source=table, target=REMOVED[table.name], where=where)

    def restore(self, table: Table, where: ColumnElement[bool]) -> None:
        """Bring back rows that another operation deleted; ``where`` is about the shadow table."""
        shadow = REMOVED[table.name]
        rows = self.connection.execute(select(shadow.c.id).where(where)).scalars().all()
        move(self.connection, source=shadow, target=table, where=where)
        self._record_existence(table, table.c.id.in_(among(rows)), before=0)

    def result(self, *, region_ids: Iterable[int] = ()) -> OpChanges:
        """What the operation has touched so far; values that were changed and changed back do not count."""
        mine = CHANGE.c.operation_id == self.operation_id
        self.connection.execute(delete(CHANGE).where(mine, CHANGE.c.before.is_not_distinct_from(CHANGE.c.after)))
        self.changed = self.connection.execute(select(CHANGE.c.row_id).where(mine).limit(1)).first() is not None
        if not self.changed:
            return OpChanges()
        return touched(self.connection, self.operation_id, verb=self.verb, region_ids=region_ids)

    def end_reviews(self, image_ids: Collection[int] | None = None) -> None:
        """Take the reviews away of images whose names, outlines or status this operation changed.

        What a second person found right is not what is there any more. The edit calls it when it is over.

        Args:
            image_ids: The images that it changed; if left out, they are looked up.
        """
        changed = _changed_images(self.operation_id) if image_ids is None else among(image_ids)
        reviewed = select(IMAGE.c.id).where(IMAGE.c.is_reviewed, IMAGE.c.id.in_(changed))
        ended = set(self.connection.execute(reviewed).scalars()) - self.kept_reviews
        if ended:
            self.update(IMAGE, IMAGE.c.id.in_(among(ended)), {"is_reviewed": False})

    def _last_id(self, table: Table) -> int:
        known = text("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = :name), 0)")
        return int(self.connection.execute(known, {"name": table.name}).scalar_one())

    def _is_mine(self, table: Table) -> ColumnElement[bool]:
        return (CHANGE.c.operation_id == self.operation_id) & (CHANGE.c.entity == table.name)

    def _record_existence(self, table: Table, where: ColumnElement[bool], *, before: int) -> None:
        rows = _existing_rows(table).where(where)
        values = {"change_operation": self.operation_id, "change_before": before, "change_after": 1 - before}
        recorded = self.connection.execute(insert(CHANGE).from_select(_CHANGE_COLUMNS, rows), values)
        self.changed |= recorded.rowcount > 0

    def _record_value(self, table: Table, where: ColumnElement[bool], name: str, value: Any) -> None:
        rows = _differing_rows(table, name).where(where)
        statement = sqlite.insert(CHANGE).from_select(_CHANGE_COLUMNS, rows)
        recorded = self.connection.execute(
            statement.on_conflict_do_update(
                index_elements=["operation_id", "entity", "row_id", "field"],
                set_={"after": _EXCLUDED_AFTER},
            ),
            {"change_operation": self.operation_id, "change_after": value},
        )
        self.changed |= recorded.rowcount > 0


_EXCLUDED_AFTER = text("excluded.after")
"""Clause for the new value where a row is there already; SQLAlchemy's `excluded.after` is made anew for every
statement, in a third of a millisecond."""

_REVIEWED_FIELDS = {
    "image": ("status", "tree_id", "sha256"),
    "region": ("label_id", "status", "counts", "is_together", EXISTS),
}
"""Columns of what a second person looks at; a comment, a suggestion or a cluster is none of it."""

_CHANGE_COLUMNS = ["operation_id", "entity", "row_id", "field", "before", "after"]


def _changed_images(operation_id: int) -> CompoundSelect[Any]:
    """Images that an operation changed in what a second person looks at."""
    mine = CHANGE.c.operation_id == operation_id
    image, region = (
        and_(mine, CHANGE.c.entity == entity, CHANGE.c.field.in_(fields)) for entity, fields in _REVIEWED_FIELDS.items()
    )
    through_regions = (
        select(table.c.image_id).join(CHANGE, CHANGE.c.row_id == table.c.id).where(region)
        for table in (REGION, REMOVED["region"])
    )
    return union(select(CHANGE.c.row_id).where(image), *through_regions)


@functools.cache
def _existing_rows(table: Table) -> Select[Any]:
    """Changes of which rows exist. Made once, as SQLAlchemy takes longer to make a statement than SQLite to run it."""
    any_value = CHANGE.c.before.type
    return select(
        bindparam("change_operation"),
        literal(table.name),
        table.c.id,
        literal(EXISTS),
        bindparam("change_before", type_=any_value),
        bindparam("change_after", type_=any_value),
    )


@functools.cache
def _differing_rows(table: Table, name: str) -> Select[Any]:
    """Changes of one column to a value, of the rows that have another one."""
    column = table.c[name]
    value = bindparam("change_after", type_=column.type)
    return select(bindparam("change_operation"), literal(table.name), table.c.id, literal(name), column, value).where(
        column.is_distinct_from(value)
    )


def is_trimmed() -> ColumnElement[bool]:
    """Whether an operation can no longer be undone; see `acseg_core.store.upkeep.trimming`."""
    mark = select(1).where(
        CHANGE.c.operation_id == OPERATION.c.id,
        CHANGE.c.entity == HISTORY,
        CHANGE.c.row_id == 0,
        CHANGE.c.field == TRIMMED,
    )
    return mark.correlate(OPERATION).exists()


@contextlib.contextmanager
def edit(project: Project, verb: Verb, *, run_id: int | None = None) -> Iterator[Edit]:
    """A transaction that is one new operation; when nothing changes, it leaves no trace.

    What could be redone is forgotten.
    """
    with project.write() as connection:
        recording = Edit(connection, new_operation(connection, verb, run_id=run_id), verb=verb)
        yield recording
        if recording.changed:
            recording.end_reviews()
        else:
            connection.rollback()


def new_operation(connection: Connection, verb: Verb, *, run_id: int | None = None) -> int:
    """Begin an operation, and forget what could be redone."""
    forget_undone(connection)
    values = {"verb": str(verb), "run_id": run_id, "created_at": now(), "undone": False}
    return int(connection.execute(insert(OPERATION).returning(OPERATION.c.id), values).scalar_one())


def forget_undone(connection: Connection) -> None:
    """Drop all undone operations, and for good the rows and trees they had inserted.

    Rows that they had only brought back stay: an operation before them deleted these, and undoing that needs them.
    """
    undone = select(OPERATION.c.id).where(OPERATION.c.undone)
    if connection.execute(undone.limit(1)).first() is None:
        return
    for name, shadow in REMOVED.items():
        inserted = select(CHANGE.c.row_id).where(
            CHANGE.c.operation_id.in_(undone),
            CHANGE.c.entity == name,
            CHANGE.c.field == EXISTS,
            CHANGE.c.before == literal(0, CHANGE.c.before.type),
            CHANGE.c.row_id.not_in(removals(name, ~OPERATION.c.undone)),
        )
        connection.execute(delete(shadow).where(shadow.c.id.in_(inserted)))
    trees = select(CHANGE.c.after).where(
        CHANGE.c.operation_id.in_(undone), CHANGE.c.entity == "image", CHANGE.c.field == "tree_id"
    )
    removed = REMOVED["image"].c.tree_id
    in_use = select(removed).where(removed.is_not(None))
    connection.execute(delete(TREE).where(TREE.c.id.in_(trees), TREE.c.id.not_in(in_use)))
    connection.execute(delete(CHANGE).where(CHANGE.c.operation_id.in_(undone)))
    connection.execute(delete(OPERATION).where(OPERATION.c.undone))


REMOVING = (Verb.REMOVE_IMAGES.value, Verb.MERGE_PARTS.value)
"""Verbs of the edits that remove images; a part may bring back that some were removed in it."""


def removals(entity: str, which: ColumnElement[bool]) -> Select[int]:
    """Rows that operations removed with their images: the only ones that come back out of turn, and may go again.

    Args:
        entity: The table.
        which: Of the operations.
    """
    removing = select(OPERATION.c.id).where(OPERATION.c.verb.in_(REMOVING), which)
    took_away = (CHANGE.c.field == EXISTS) & (CHANGE.c.after == literal(0, CHANGE.c.after.type))
    return select(CHANGE.c.row_id).where(CHANGE.c.operation_id.in_(removing), CHANGE.c.entity == entity, took_away)


def move(connection: Connection, *, source: Table, target: Table, where: ColumnElement[bool]) -> None:
    """Move rows between a table and its shadow, whole.

    A reference that is made outside the history (to a cluster, to a suggested label) and whose row is gone by now
    becomes empty on the way.
    """
    columns = [_living_reference(source, target, column.name) for column in source.columns]
    connection.execute(insert(target).from_select([c.name for c in source.columns], select(*columns).where(where)))
    connection.execute(delete(source).where(where))


def _living_reference(source: Table, target: Table, name: str) -> ColumnElement[Any]:
    column = source.c[name]
    for key in target.c[name].foreign_keys:
        parent = key.column.table
        if key.ondelete == "SET NULL":
            return select(parent.c.id).where(parent.c.id == column).correlate(source).scalar_subquery()
    return column


def touched(connection: Connection, operation_id: int, *, verb: Verb, region_ids: Iterable[int] = ()) -> OpChanges:
    """What an operation changed, for the views."""
    mine = CHANGE.c.operation_id == operation_id
    entities = set(connection.execute(select(CHANGE.c.entity).where(mine).distinct()).scalars())
    images = select(CHANGE.c.row_id).where(mine, CHANGE.c.entity == "image")
    through_regions = (
        select(table.c.image_id).join(CHANGE, CHANGE.c.row_id == table.c.id).where(mine, CHANGE.c.entity == "region")
        for table in (REGION, REMOVED["region"])
    )
    return OpChanges(
        verb=verb,
        images="image" in entities,
        labels="label" in entities,
        image_ids=frozenset(connection.execute(union(images, *through_regions)).scalars()),
        region_ids=frozenset(region_ids),
        operation_id=operation_id,
    )
