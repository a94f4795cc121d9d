"""Undo and redo: replay the record of an operation backwards or forwards, set by set."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, case, func, literal, select, update
from sqlalchemy.exc import IntegrityError

from acseg_core.errors import EditError
from acseg_core.store.database import DamageFoundError
from acseg_core.store.edits.recorder import is_trimmed, move, touched
from acseg_core.store.project import Project
from acseg_core.store.schema import CHANGE, EXISTS, OPERATION, REGION, REMOVED, UNDOABLE
from acseg_core.store.statuses import NO_SUGGESTION
from acseg_core.types import HistoryState, OpChanges, Verdict
from acseg_core.verbs import Verb


class OperationRecord(NamedTuple):
    """One line of the history."""

    id: int
    verb: Verb
    time: datetime


def undo(project: Project) -> OpChanges | None:
    """Take back the newest operation; None when there is none.

    Raises:
        EditError: The newest operation is a run or another long one that is still going.
    """
    with project.write() as connection:
        operation = _newest_done(connection)
        if operation is None:
            connection.rollback()
            return None
        if operation.id in {run.operation_id for run in project.running.values()}:
            raise EditError(f'"{operation.verb}" is still going on: stop it first, then undo')
        return _replay(connection, operation, undoing=True)


def take_back(connection: Connection, operation_id: int) -> OpChanges | None:
    """Take this operation back within a transaction that writes; None when it is not the newest, or undone already."""
    newest = _newest_done(connection)
    if newest is None or newest.id != operation_id:
        return None
    return _replay(connection, newest, undoing=True)


def removed_regions(project: Project, operation_id: int) -> list[int]:
    """The regions that an operation took away."""
    with project.read() as connection:
        removed = connection.execute(_rows(operation_id, "region", "after", 0))
        return [int(row.row_id) for row in removed]


def redo(project: Project) -> OpChanges | None:
    """Do the operation again that was undone last; None when there is none."""
    with project.write() as connection:
        operation = _oldest_undone(connection)
        if operation is None:
            connection.rollback()
            return None
        return _replay(connection, operation, undoing=False)


def state(project: Project) -> HistoryState:
    """What undo and redo would do next."""
    with project.read() as connection:
        newest, undone = _newest_done(connection), _oldest_undone(connection)
    return HistoryState(undo=newest.verb if newest else None, redo=undone.verb if undone else None)


def operations(project: Project, limit: int = 50) -> list[OperationRecord]:
    """The newest operations that can be undone, newest first."""
    statement = (
        select(OPERATION.c.id, OPERATION.c.verb, OPERATION.c.created_at)
        .where(~OPERATION.c.undone, ~is_trimmed())
        .order_by(OPERATION.c.id.desc())
        .limit(limit)
    )
    with project.read() as connection:
        return [
            OperationRecord(id_, Verb(verb), datetime.fromisoformat(at))
            for id_, verb, at in connection.execute(statement)
        ]


class _Operation(NamedTuple):
    """What undo and redo need of an operation."""

    id: int
    verb: Verb
    run_id: int | None


_OPERATION = select(OPERATION.c.id, OPERATION.c.verb, OPERATION.c.run_id)


def _newest_done(connection: Connection) -> _Operation | None:
    done = _OPERATION.where(~OPERATION.c.undone, ~is_trimmed())
    return _first(connection, done.order_by(OPERATION.c.id.desc()))


def _oldest_undone(connection: Connection) -> _Operation | None:
    return _first(connection, _OPERATION.where(OPERATION.c.undone).order_by(OPERATION.c.id))


def _first(connection: Connection, statement: Select[int, str, int | None]) -> _Operation | None:
    row = connection.execute(statement.limit(1)).one_or_none()
    if row is None:
        return None
    id_, verb, run_id = row
    return _Operation(id_, Verb(verb), run_id)


def _replay(connection: Connection, operation: _Operation, *, undoing: bool) -> OpChanges:
    """Bring back rows, set values, take rows away: parents first, and last when they go.

    References are checked when the transaction ends, so the order only matters for what SQLite does by itself.
    """
    try:
        return _replayed(connection, operation, undoing=undoing)
    except IntegrityError as error:
        raise _misfit(operation, str(error.orig)) from error


def _misfit(operation: _Operation, why: str) -> DamageFoundError:
    return DamageFoundError(f'the record of operation {operation.id}, "{operation.verb}", does not fit the rows: {why}')


def _replayed(connection: Connection, operation: _Operation, *, undoing: bool) -> OpChanges:
    present = "before" if undoing else "after"
    for name, shadow in REMOVED.items():
        table = UNDOABLE[name]
        move(connection, source=shadow, target=table, where=shadow.c.id.in_(_rows(operation.id, name, present, 1)))
    for name, fields in _changed_fields(connection, operation).items():
        _set_values(connection, operation.id, table=UNDOABLE[name], fields=fields, column=present)
    for name in reversed(REMOVED):
        table, shadow = UNDOABLE[name], REMOVED[name]
        move(connection, source=table, target=shadow, where=table.c.id.in_(_rows(operation.id, name, present, 0)))
    _drop_declined_suggestions(connection, operation.id)
    connection.execute(update(OPERATION).where(OPERATION.c.id == operation.id).values(undone=undoing))
    is_machine_made = operation.run_id is not None or operation.verb.is_machine_made
    regions = [] if is_machine_made else _living_regions(connection, operation.id)
    return touched(connection, operation.id, verb=operation.verb, region_ids=regions)


def _rows(operation_id: int, entity: str, column: str, exists: int) -> Select[tuple[int]]:
    """Ids of rows that are to exist (1) or not (0)."""
    return select(CHANGE.c.row_id).where(
        CHANGE.c.operation_id == operation_id,
        CHANGE.c.entity == entity,
        CHANGE.c.field == EXISTS,
        CHANGE.c[column] == literal(exists, CHANGE.c.before.type),
    )


def _changed_fields(connection: Connection, operation: _Operation) -> dict[str, list[str]]:
    """Which columns of which tables the operation set.

    Raises:
        DamageFoundError: One is not there.
    """
    statement = (
        select(CHANGE.c.entity, CHANGE.c.field)
        .where(CHANGE.c.operation_id == operation.id, CHANGE.c.field != EXISTS)
        .distinct()
        .order_by(CHANGE.c.entity, CHANGE.c.field)
    )
    fields: dict[str, list[str]] = {}
    for entity, field in connection.execute(statement):
        if entity not in UNDOABLE or field not in UNDOABLE[entity].columns:
            raise _misfit(operation, "it names a column that is not there")
        fields.setdefault(entity, []).append(field)
    return fields


def _set_values(connection: Connection, operation_id: int, *, table: Table, fields: list[str], column: str) -> None:
    """Write every row once: its changes are brought side by side, and a field without one keeps its value."""
    sides: list[ColumnElement[Any]] = []
    for field in fields:
        mine = CHANGE.c.field == field
        sides.append(func.max(case((mine, CHANGE.c[column]))).label(f"value_{field}"))
        sides.append(func.max(case((mine, 1), else_=0)).label(f"has_{field}"))
    changed = (
        select(CHANGE.c.row_id, *sides)
        .where(CHANGE.c.operation_id == operation_id, CHANGE.c.entity == table.name, CHANGE.c.field.in_(fields))
        .group_by(CHANGE.c.row_id)
        .subquery()
    )
    values = {
        field: case((changed.c[f"has_{field}"] == 1, changed.c[f"value_{field}"]), else_=table.c[field])
        for field in fields
    }
    connection.execute(update(table).where(table.c.id == changed.c.row_id).values(values))


def _drop_declined_suggestions(connection: Connection, operation_id: int) -> None:
    """A region that is declined again has no suggestion; one that was made since is not in the record."""
    judged = select(CHANGE.c.row_id).where(
        CHANGE.c.operation_id == operation_id, CHANGE.c.entity == REGION.name, CHANGE.c.field == REGION.c.verdict.name
    )
    declined = REGION.c.id.in_(judged) & (REGION.c.verdict == Verdict.DECLINED.value)
    connection.execute(update(REGION).where(declined).values(NO_SUGGESTION))


def _living_regions(connection: Connection, operation_id: int) -> list[int]:
    """Regions the operation touched that exist now."""
    statement = (
        select(REGION.c.id)
        .join(CHANGE, CHANGE.c.row_id == REGION.c.id)
        .where(CHANGE.c.operation_id == operation_id, CHANGE.c.entity == "region")
        .distinct()
    )
    return list(connection.execute(statement).scalars())
