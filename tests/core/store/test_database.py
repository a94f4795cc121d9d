"""Connections to one SQLite file: their settings, transactions, and SQLite's errors as ours."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import column, select, table, text
from sqlalchemy.engine.interfaces import CacheStats

from acseg_core.errors import ProjectLockedError, ProjectReadOnlyError, StorageError
from acseg_core.store import database
from acseg_core.store.database import WRITING, DamageFoundError, absolute_path, among, make_engine, translated, uri


@pytest.fixture
def file(tmp_path):
    """A database with the numbers 0 to 4 under a name that looks like an address."""
    path = tmp_path / "a b?#%20ü.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE number (value INTEGER PRIMARY KEY, next REFERENCES number)")
        connection.executemany("INSERT INTO number VALUES (?, ?)", [(value, 0) for value in range(5)])
        connection.commit()
    return path


@pytest.fixture
def engine(file):
    made = make_engine(uri(file))
    yield made
    made.dispose()


def values(connection, condition="1"):
    return list(connection.execute(text(f"SELECT value FROM number WHERE {condition} ORDER BY value")).scalars())


def test_any_path_has_a_name_for_sqlite(file, engine):
    with engine.connect() as connection:
        assert values(connection) == [0, 1, 2, 3, 4]
    assert [path.name for path in file.parent.iterdir()] == [file.name], "no other file was made"


def test_a_statement_is_compiled_once_for_all_files(file, engine):
    statement = select(column("value")).select_from(table("number", column("value"))).where(column("value") < 3)
    with engine.connect() as connection:
        assert connection.execute(statement).scalars().all() == [0, 1, 2]
    other = make_engine(uri(file, mode="ro"))
    with other.connect() as connection:
        found = connection.execute(statement)
        assert found.scalars().all() == [0, 1, 2]
        assert found.context.cache_hit is CacheStats.CACHE_HIT
    other.dispose()


def test_a_name_may_carry_options(file):
    with closing(database.connect(uri(file, mode="ro", immutable="1"))) as connection:
        assert connection.execute("SELECT count(*) FROM number").fetchone() == (5,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM number")


def test_connections_are_safe_against_power_cuts_and_keep_little(engine):
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("synchronous", "foreign_keys", "cache_size", "temp_store")
        }
    assert found == {"synchronous": 2, "foreign_keys": 1, "cache_size": -8192, "temp_store": 2}


def test_foreign_keys_are_enforced_unless_a_migration_asks_for_none(file, engine):
    orphan = text("INSERT INTO number VALUES (9, 77)")
    with pytest.raises(Exception, match="FOREIGN KEY"), engine.begin() as connection:
        connection.execute(orphan)
    free = make_engine(uri(file), foreign_keys=False)
    with free.begin() as connection:
        connection.execute(orphan)
    free.dispose()
    with engine.connect() as connection:
        assert values(connection)[-1] == 9


def test_a_writer_takes_the_lock_at_once_and_readers_go_on(file, engine):
    with (
        closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other,
        engine.connect().execution_options(**WRITING) as writer,
        engine.connect() as reader,
    ):
        assert values(writer) == values(reader)  # nothing is written so far
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        writer.rollback()
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")


def test_any_number_of_values_is_one_parameter(engine):
    with engine.connect() as connection:
        for wanted in ([], [3], [1, 4, 99], range(100_000)):
            found = list(connection.execute(among(wanted)).scalars())
            assert found == list(wanted)


@pytest.mark.parametrize(
    ("code", "error", "message"),
    [
        (sqlite3.SQLITE_FULL, StorageError, "the disk is full"),
        (sqlite3.SQLITE_IOERR_FSYNC, StorageError, "check that the disk"),
        (sqlite3.SQLITE_CANTOPEN, StorageError, "check that the disk"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, ProjectLockedError, "another program"),
        (sqlite3.SQLITE_READONLY_DBMOVED, ProjectReadOnlyError, "cannot be written"),
        (sqlite3.SQLITE_NOTADB, DamageFoundError, "made up"),
    ],
)
def test_codes_of_sqlite_also_extended_ones_are_errors_of_ours(code, error, message):
    made_up = sqlite3.OperationalError("made up")
    made_up.sqlite_errorcode = code
    with pytest.raises(error, match=message) as caught, translated(Path("p.db")):
        raise made_up
    assert caught.value.__cause__ is made_up


def test_a_file_that_is_no_database_is_damage(tmp_path):
    path = tmp_path / "project.db"
    path.write_bytes(b"this is no database at all" * 100)
    engine = make_engine(uri(path))
    with pytest.raises(DamageFoundError, match="not a database"), translated(path), engine.connect() as connection:
        values(connection)
    engine.dispose()


def test_bugs_of_ours_stay_what_they_are(engine):
    with (
        pytest.raises(Exception, match="no such table"),
        translated(Path("p.db")),
        engine.connect() as connection,
    ):
        connection.execute(text("SELECT * FROM missing"))
    with pytest.raises(KeyError), translated(Path("p.db")):
        raise KeyError("x")


def test_paths_become_absolute_and_links_stay(tmp_path, monkeypatch):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    monkeypatch.chdir(tmp_path)
    assert absolute_path(Path("real/../link/p")) == Path.cwd() / "link" / "p"
    assert os.path.isabs(absolute_path(Path("p")))  # noqa: PTH117


def test_what_the_system_refuses_to_look_at_is_no_folder(tmp_path):
    assert database.is_folder(tmp_path)
    assert not database.is_folder(tmp_path / "nothing")
    assert not database.is_folder(tmp_path / ("x" * 300))


def test_a_schema_format_that_sqlite_does_not_know_is_damage(tmp_path):
    """On the code of before it was an internal error: SQLite has no code of its own for it."""
    path = tmp_path / "project.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE image (id)")
        connection.commit()
    content = bytearray(path.read_bytes())
    content[44:48] = (9).to_bytes(4)
    path.write_bytes(content)
    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(DamageFoundError, match="unsupported file format"),
        translated(path),
    ):
        connection.execute("SELECT * FROM image")
