"""The database of a part: the rows of some images of a project and all they refer to, written into a new file.

Rows are copied by SQLite from file to file, in one transaction that sees one state of the project. Ids stay: so what
comes back is known again. The history begins empty: of the edits so far the part knows when they were and which of
its images they touched, as after `acseg_core.store.upkeep.trimming`, and which model was adopted.

Images of the project that are not in the part count as removed there, so that looking for new images passes their
files by.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from acseg_core.errors import StorageError
from acseg_core.store import backups
from acseg_core.store.database import WRITING, connect, make_engine, translated, uri
from acseg_core.store.image_root import relative_root
from acseg_core.store.migrations import create_schema
from acseg_core.store.queries.image_state import state_digests
from acseg_core.store.queries.part_origin import AGREED_FIELDS, IDENTITY, MERGED, PART, PartOrigin, write_origin
from acseg_core.store.schema import LABEL, REMOVED, TOUCHED, TRIMMED, Base, now
from acseg_core.store.settings import UNFINISHED_ADOPTION, UNFINISHED_IMPORT
from acseg_core.types import Progress
from acseg_core.verbs import Verb
from acseg_core.version import __version__

_TOGETHER = 100
"""Images whose rows are copied between two ticks."""

_WHOLE = ("model", "run", "cluster", "label", "removed_label")
"""Tables of which every row is copied: few rows, that images of the part refer to or may in time."""


@dataclass(frozen=True, slots=True)
class PartPlace:
    """A part that is to be made.

    Attributes:
        name: Of the part as a project.
        folder: Where it will be in the end.
        image_root: Where its images are.
        knows_others: Which images of the project that are not in it are to count as removed.
    """

    name: str
    folder: Path
    image_root: Path
    knows_others: Collection[int]


def write_part(
    source: Path,
    target: Path,
    image_ids: Sequence[int],
    place: PartPlace,
    *,
    identity: str,
    split: str,
    number: int,
    of: int,
) -> Generator[Progress, None, int]:
    """Write the database of a part into a new file.

    Args:
        source: The project's database.
        target: The new file; its folder exists.
        image_ids: The images that go into it.
        place: What it is called, and where it will be.
        identity: Of the project.
        split: What tells this split of the project from others.
        number: Which part it is, from 1.
        of: How many there are.

    Yields:
        Ticks with the number of images copied.

    Returns:
        How many regions there are in it.

    Raises:
        StorageError: The disk is full or failed, or what was written is not sound.
    """
    with translated(target):
        _make_empty(target)
        with contextlib.closing(connect(uri(target, mode="rw"))) as connection:
            connection.execute("ATTACH DATABASE ? AS source", (uri(source, mode="ro"),))
            connection.execute("BEGIN")
            yield from _copy(connection, image_ids, place)
            connection.execute("COMMIT")
        regions = yield from _note_origin(target, image_ids, identity=identity, split=split, number=number, of=of)
        with contextlib.closing(connect(uri(target, mode="ro"))) as connection:
            if not backups.is_sound(connection, whole=target.stat().st_size <= backups.LARGE_BYTES):
                raise StorageError(f"{place.folder}: it did not come out sound; check the disk and try again")
    backups.sync(target)
    return regions


def _make_empty(target: Path) -> None:
    with _writing(target, mode="rwc") as connection:
        create_schema(connection)


@contextlib.contextmanager
def _writing(target: Path, *, mode: str) -> Iterator[Connection]:
    engine = make_engine(uri(target, mode=mode))
    try:
        with engine.connect().execution_options(**WRITING) as connection:
            yield connection
            connection.commit()
    finally:
        engine.dispose()


def _copy(
    connection: sqlite3.Connection, image_ids: Sequence[int], place: PartPlace
) -> Generator[Progress, None, None]:
    connection.execute("CREATE TEMP TABLE chosen (id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO temp.chosen VALUES (?)", ((id_,) for id_ in image_ids))
    connection.execute("CREATE TEMP TABLE other (id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO temp.other VALUES (?)", ((id_,) for id_ in place.knows_others))
    _copy_project(connection, place)
    for table in _WHOLE:
        _copy_rows(connection, table)
    chosen = "SELECT id FROM temp.chosen"
    trees = f"SELECT tree_id FROM source.image WHERE id BETWEEN ? AND ? AND id IN ({chosen})"
    ordered = sorted(image_ids)
    for start in range(0, len(ordered), _TOGETHER):
        some = ordered[start], ordered[start : start + _TOGETHER][-1]
        _copy_rows(connection, "tree", f"id IN ({trees})", some)
        _copy_rows(connection, "image", f"id BETWEEN ? AND ? AND id IN ({chosen})", some)
        _copy_rows(connection, "region", f"image_id BETWEEN ? AND ? AND image_id IN ({chosen})", some)
        yield Progress(min(start + _TOGETHER, len(ordered)), len(ordered))
    _copy_others(connection)
    tiles = "SELECT scene_id FROM main.image UNION SELECT scene_id FROM main.removed_image"
    _copy_rows(connection, "scene", f"id IN ({tiles})")
    _copy_settings(connection)
    _copy_history(connection)
    connection.execute("DELETE FROM main.sqlite_sequence")
    connection.execute("INSERT INTO main.sqlite_sequence (name, seq) SELECT name, seq FROM source.sqlite_sequence")


def _copy_project(connection: sqlite3.Connection, place: PartPlace) -> None:
    (notes,) = connection.execute("SELECT notes FROM source.project").fetchone()
    values = {
        "id": 1,
        "name": place.name,
        "image_root": str(place.image_root),
        "relative_root": relative_root(place.folder, place.image_root),
        "created_at": now(),
        "created_with": __version__,
        "notes": notes,
    }
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(f"INSERT INTO main.project ({', '.join(values)}) VALUES ({marks})", values)


def _copy_rows(
    connection: sqlite3.Connection, table: str, where: str = "1", values: Iterable[object] = (), *, to: str = ""
) -> None:
    """Copy rows, column by column: tables that were migrated have theirs in another order."""
    names = ", ".join(f'"{column.name}"' for column in Base.metadata.tables[table].columns)
    copied = f"SELECT {names} FROM source.{table} WHERE {where}"
    connection.execute(f"INSERT INTO main.{to or table} ({names}) {copied}", tuple(values))


def _copy_others(connection: sqlite3.Connection) -> None:
    """Images of other parts, and those that are removed in the project: their files are passed by.

    They come without their trees: taken back, they are new.
    """
    _copy_rows(connection, "image", "id IN (SELECT id FROM temp.other)", to="removed_image")
    _copy_rows(connection, "removed_image", "id IN (SELECT id FROM temp.other)")
    connection.execute("UPDATE main.removed_image SET tree_id = NULL, status = 'new', granularity = NULL")
    connection.execute("INSERT INTO main.skipped (path, reason) SELECT path, reason FROM source.skipped")


def _copy_settings(connection: sqlite3.Connection) -> None:
    """The choices of people, not what belongs to this very project."""
    own = [IDENTITY, PART, UNFINISHED_ADOPTION.key, UNFINISHED_IMPORT.key]
    marks = ", ".join("?" * len(own))
    kept = f"key NOT IN ({marks}) AND key NOT GLOB '{PART} *' AND key NOT GLOB '{MERGED} *'"
    _copy_rows(connection, "setting", kept, own)


def _copy_history(connection: sqlite3.Connection) -> None:
    """When edits were and which images they touched, in the form of dropped history."""
    chosen = "SELECT id FROM temp.chosen"
    done = "operation_id IN (SELECT id FROM source.operation WHERE NOT undone)"
    regions = f"source.change JOIN source.{{}} AS each ON each.id = row_id WHERE entity = 'region' AND {done}"
    images = f"source.change WHERE entity = 'image' AND {done}"
    touched = " UNION ".join(
        [
            f"SELECT operation_id, row_id FROM {images} AND row_id IN ({chosen})",
            *(
                f"SELECT operation_id, image_id FROM {regions.format(table)} AND image_id IN ({chosen})"
                for table in ("region", REMOVED["region"].name)
            ),
        ]
    )
    connection.execute(f"CREATE TEMP TABLE touched AS {touched}")
    needed = "NOT undone AND (id IN (SELECT operation_id FROM temp.touched) OR verb = ?)"
    _copy_rows(connection, "operation", needed, [Verb.ADOPT_MODEL.value])
    insert = "INSERT INTO main.change (operation_id, entity, row_id, field, before, after)"
    connection.execute(f"{insert} SELECT operation_id, 'image', row_id, ?, 1, 1 FROM temp.touched", (TOUCHED,))
    connection.execute(f"{insert} SELECT id, 'history', 0, ?, 1, 1 FROM main.operation", (TRIMMED,))


def _note_origin(
    target: Path, image_ids: Sequence[int], *, identity: str, split: str, number: int, of: int
) -> Generator[Progress, None, int]:
    digests: dict[int, str] = {}
    with _writing(target, mode="rw") as connection:
        for start in range(0, len(image_ids), _TOGETHER):
            digests |= state_digests(connection, image_ids[start : start + _TOGETHER])
            yield Progress(len(image_ids), len(image_ids))
        columns = [LABEL.c[name] for name in AGREED_FIELDS]
        labels = {
            row.id: dict(zip(AGREED_FIELDS, row[1:], strict=True))
            for row in connection.execute(select(LABEL.c.id, *columns))
        }
        rows = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")
        last: dict[str, int] = {row.name: int(row.seq) for row in rows}
        origin = PartOrigin(
            project=identity,
            split=split,
            number=number,
            of=of,
            made_at=now(),
            last_operation=last.get("operation", 0),
            last_region=last.get("region", 0),
            labels=labels,
        )
        write_origin(connection, origin, digests)
        return int(connection.exec_driver_sql("SELECT count(*) FROM region").scalar_one())
