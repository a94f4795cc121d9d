"""Damage inside rows: values that SQLite reads without a complaint and that nothing we wrote can be.

Rows that become dataclasses are looked at as they are read (`require_sound_rows`, `require_sound_masks`). Whatever else
fails while a project is in use is explained afterwards: `damaged_row` goes through the whole database once.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, Table, Text

from acseg_core.store.database import DamageFoundError
from acseg_core.store.schema import (
    CHANGE,
    EXISTS,
    HISTORY,
    IMAGE,
    REGION,
    REMOVED,
    TOUCHED,
    TREE,
    TRIMMED,
    UNDOABLE,
    Base,
)
from acseg_core.types import MAX_PIXELS, ImageStatus, RegionOrigin, RegionStatus, Tile, Verdict

_BATCH = 512
"""Rows looked at together."""

_MASKS = 16
"""Masks added up together: more take memory, not less time."""

_KINDS: tuple[tuple[type, tuple[type, ...], str], ...] = (
    (Text, (str,), "text"),
    (Boolean, (bool, int), "yes or no"),
    (Integer, (int,), "a whole number"),
    (Float, (float, int), "a number"),
    (LargeBinary, (bytes,), "binary data"),
)
"""Types of columns, what Python has for their values, and what these are called."""


def require_sound_rows(rows: Sequence[Sequence[Any]], columns: Sequence[Column[Any]]) -> None:
    """Make sure that rows hold what their columns are for.

    Args:
        rows: As SQLAlchemy returns them; the first value is the id.
        columns: Which columns these are.

    Raises:
        DamageFoundError: One does not; the message has its place.
    """
    for column, values in zip(columns, zip(*rows, strict=True), strict=False):
        if _are_sound(column, values):
            continue
        for row, value in zip(rows, values, strict=True):
            why = fault_of(column, value)
            if why is not None:
                raise DamageFoundError(f"{columns[0].table.name} {row[0]}: {why}")


def _are_sound(column: Column[Any], values: Sequence[Any]) -> bool:
    """Whether a whole column is; most hold few different values, or any of their type would do."""
    allowed = _types_of(column) | ({type(None)} if column.nullable else set())
    if not allowed.issuperset(map(type, values)):
        return False
    if _key(column) not in _RULES:
        return True
    return all(fault_of(column, value) is None for value in set(values))


def require_sound_masks(masks: Sequence[tuple[int, int, bytes, int, int, int]]) -> None:
    """Make sure that masks can be read: one that cannot would keep pycocotools busy for good.

    Args:
        masks: Of regions: id, image, counts, height and width of the image, and area.

    Raises:
        DamageFoundError: One does not add up to its image, or has another area than is stored.
    """
    if not masks:
        return
    from acseg_core.shapes.run_lengths import sound_areas  # with OpenCV, which opening a project does without

    for start in range(0, len(masks), _MASKS):
        some = masks[start : start + _MASKS]
        areas = sound_areas([each[2] for each in some], [each[3] * each[4] for each in some])
        for (id_, image_id, _, height, width, stored), area in zip(some, areas.tolist(), strict=True):
            place = f"region {id_} of image {image_id}"
            if area < 0:
                raise DamageFoundError(f"{place}: its mask does not add up to {width} x {height} pixels")
            if area != stored:
                raise DamageFoundError(f"{place}: its mask has {area} pixels, and its area says {stored}")


def fault_of(column: Column[Any], value: Any) -> str | None:
    """What is wrong with a value of a column, in a few words; None for one that may be there."""
    if value is None:
        return None if column.nullable or column.primary_key else f'"{column.name}" is empty'
    allowed = _types_of(column)
    if allowed and type(value) not in allowed:
        wanted = next(name for kind, _, name in _KINDS if isinstance(column.type, kind))
        return f'"{column.name}" holds {_named(value)}, not {wanted}'
    rule = _RULES.get(_key(column))
    if rule is None:
        return None
    try:
        holds = rule(value)
    except (ValueError, TypeError, OverflowError, RecursionError):
        holds = False
    return None if holds else f'"{column.name}" holds {_named(value)}, which cannot be'


def damaged_row(connection: sqlite3.Connection) -> str | None:
    """Look through all rows for the first that is damaged; seconds for 100,000 regions.

    Args:
        connection: To the database; its texts are read as bytes meanwhile.

    Returns:
        The place of the row and what is wrong with it, in one line; None when all are sound.
    """
    before = connection.text_factory
    connection.text_factory = _Raw
    try:
        return next(_damages(connection), None)
    finally:
        connection.text_factory = before


class _Raw(bytes):
    """A text as it is stored, which need not be UTF-8."""


def _damages(connection: sqlite3.Connection) -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        for row in connection.execute(f'SELECT {names} FROM "{table.name}"'):
            yield from _damages_of_row(table, row)
    for each in (REGION, REMOVED[REGION.name]):
        yield from _damages_of_masks(connection, each.name)
    yield from _damages_of_trees(connection)
    yield from _damages_of_numbering(connection)
    for name, row_id, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"{_text(name)} {row_id} refers to a row of {_text(parent)} that is not there"
    for (finding,) in connection.execute("PRAGMA integrity_check(1)"):
        if _text(finding) != "ok":
            yield " ".join(_text(finding).split())


def _damages_of_row(table: Table, row: Sequence[Any]) -> Iterator[str]:
    place = f"{table.name} {_named(row[0])}"
    values: dict[str, Any] = {}
    for column, stored in zip(table.columns, row, strict=True):
        value = stored
        if isinstance(stored, _Raw):
            try:
                value = stored.decode()
            except UnicodeDecodeError:
                yield f'{place}: "{column.name}" holds text that is not UTF-8'
                return
        why = fault_of(column, value)
        if why is not None:
            yield f"{place}: {why}"
            return
        values[column.name] = value
    if table is CHANGE and not _is_change(values["entity"], values["field"]):
        yield f'{place}: "{values["field"]}" of "{values["entity"]}" is nothing that changes'
    if table is IMAGE and values["width"] * values["height"] > MAX_PIXELS:
        yield f"{place}: no image has {values['width']} x {values['height']} pixels"


def _is_change(entity: str, field: str) -> bool:
    if entity == HISTORY:
        return field == TRIMMED
    return entity in UNDOABLE and field in {*UNDOABLE[entity].columns.keys(), EXISTS, TOUCHED}


def _damages_of_masks(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    rows = connection.execute(
        f"SELECT each.id, image_id, counts, height, width, area FROM {table} AS each JOIN image ON image.id = image_id"
    )
    while page := rows.fetchmany(_BATCH):
        try:
            require_sound_masks(page)
        except DamageFoundError as error:
            yield str(error)


def _damages_of_trees(connection: sqlite3.Connection) -> Iterator[str]:
    from acseg_core.proposals.tree_bytes import TreeBytes

    columns = "image.id, image.width, image.height, leaf_map, merges, heights, leaf_tokens"
    rows = connection.execute(f"SELECT {columns} FROM image JOIN {TREE.name} ON {TREE.name}.id = tree_id")
    for image_id, width, height, *parts in rows:
        try:
            shape = TreeBytes(*parts).read().leaf_map.shape
        except ValueError as error:
            yield f"the concept tree of image {image_id} is unusable: {error}"
            continue
        if shape != (height, width):
            yield f"the concept tree of image {image_id} is for {shape[1]} x {shape[0]} pixels"


def _damages_of_numbering(connection: sqlite3.Connection) -> Iterator[str]:
    """Ids are never used twice: SQLite remembers the last one of a table, and edits count on from there."""
    last = {_text(name): number for name, number in connection.execute("SELECT name, seq FROM sqlite_sequence")}
    for table in Base.metadata.sorted_tables:
        if not table.dialect_options["sqlite"]["autoincrement"]:
            continue
        stored = f'SELECT max(id) FROM "{table.name}"'
        if table.name in REMOVED:
            stored = f'SELECT max(id) FROM (SELECT id FROM "{table.name}" UNION SELECT id FROM "removed_{table.name}")'
        (newest,) = connection.execute(stored).fetchone()
        known = last.get(table.name, 0)
        if newest is not None and (type(known) is not int or known < newest):
            yield f"the numbering of {table.name} stands at {_named(known)}, and there is a row {newest}"


def _types_of(column: Column[Any]) -> set[type]:
    return next((set(types) for kind, types, _ in _KINDS if isinstance(column.type, kind)), set())


def _key(column: Column[Any]) -> str:
    return f"{column.table.name.removeprefix('removed_')}.{column.name}"


def _named(value: Any) -> str:
    """A value in a message: one short line, whatever it is."""
    if isinstance(value, _Raw):
        value = _text(value)
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    shown = json.dumps(value, ensure_ascii=False, default=str)
    shown = "".join(char if char.isprintable() else "?" for char in shown)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


_LONGEST = 40
"""Letters of a value that a message shows."""


def _text(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def _is_time(value: str) -> bool:
    return datetime.fromisoformat(value).tzinfo is not None


def _is_json(value: str) -> bool:
    json.loads(value)
    return True


def _is_json_object(value: str) -> bool:
    return isinstance(json.loads(value), dict)


def _is_card(value: str) -> bool:
    from acseg_core.proposals.model_card import ModelCard  # with safetensors, which opening a project does without

    return ModelCard.from_json(value) is not None


def _is_positive(value: float) -> bool:
    return value > 0


def _is_count(value: float) -> bool:
    return 0 <= value < math.inf


def _is_share(value: float) -> bool:
    return 0 <= value <= 1


def _one_of(kind: Callable[[str], Any]) -> Callable[[Any], bool]:
    return lambda value: kind(value) is not None


def _matching(pattern: str) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(pattern, value) is not None


def _is_orientation(value: int) -> bool:
    return value in range(1, 9)


def _is_tile(value: str) -> bool:
    """Whether it is what `records` writes of a tile: five numbers, none of them below 0."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return False
    names = {field.name for field in dataclasses.fields(Tile)}
    return isinstance(found, dict) and found.keys() == names and all(type(n) is int and n >= 0 for n in found.values())


def _has_halves(value: bytes) -> bool:
    return len(value) % 2 == 0


_RULES: Mapping[str, Callable[[Any], bool]] = MappingProxyType(
    {
        "project.created_at": _is_time,
        "image.sha256": _matching("[0-9a-f]{64}"),  # it is part of the names of files in the cache
        "image.status": _one_of(ImageStatus),
        "image.width": _is_positive,
        "image.height": _is_positive,
        "image.orientation": _is_orientation,
        "image.granularity": _is_share,
        "image.added_at": _is_time,
        "image.is_reviewed": _is_share,
        "image.tile": _is_tile,
        "model.card": _is_card,
        "model.added_at": _is_time,
        "run.config_json": _is_json_object,
        "run.started_at": _is_time,
        "run.finished_at": _is_time,
        "cluster.size": _is_count,
        "cluster.centroid": _has_halves,
        "cluster.created_at": _is_time,
        "label.color": _matching("#[0-9a-fA-F]{6}"),
        "label.is_thing": _is_share,
        "label.is_void": _is_share,
        "label.category_id": _is_count,
        "region.origin": _one_of(RegionOrigin),
        "region.status": _one_of(RegionStatus),
        "region.confidence": _is_share,
        "region.verdict": _one_of(Verdict),
        "region.area": _is_count,
        "region.box_x": _is_count,
        "region.box_y": _is_count,
        "region.box_width": _is_count,
        "region.box_height": _is_count,
        "region.descriptor": _has_halves,
        "operation.created_at": _is_time,
        "operation.undone": _is_share,
        "timing.started_at": _is_time,
        "timing.seconds": _is_count,
        "timing.actions": _is_count,
        "setting.value": _is_json,
    }
)
"""What values of columns have to be besides of their type, by table and column."""
