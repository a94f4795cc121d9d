"""What makes a database sound, and things in it that would act by themselves."""

import sqlite3
from contextlib import closing

import pytest

from acseg_core.errors import ProjectDamagedError
from acseg_core.store import backups, open_project
from acseg_core.store.integrity import fault, foreign_object

FOREIGN = {
    "trigger": "CREATE TRIGGER sly AFTER INSERT ON label BEGIN DELETE FROM region; END",
    "view": "CREATE VIEW sly AS SELECT * FROM label",
    "virtual table": "CREATE VIRTUAL TABLE sly USING fts5(text)",
    "generated column in the table": "ALTER TABLE label ADD COLUMN sly TEXT GENERATED ALWAYS AS (upper(name))",
    "computed index": "CREATE INDEX sly ON label (upper(name))",
}


def test_our_own_schema_has_nothing_foreign(world):
    world.create(images=2, regions=3).close()
    with closing(sqlite3.connect(world.folder / "project.db")) as connection:
        assert foreign_object(connection.execute) is None
        assert fault(connection.execute) is None
        connection.execute("CREATE TABLE notes_of_mine (text)")
        connection.execute("CREATE INDEX plain ON label (name, color)")
        connection.execute("ANALYZE")
        assert foreign_object(connection.execute) is None


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_acts_by_itself_is_refused_and_does_nothing(world, kind):
    """On the code of before, it opened, and the next edit set the trigger off."""
    world.create(images=2, regions=3).close()
    world.sql(FOREIGN[kind])
    before = world.rows()
    for read_only in (False, True):
        with pytest.raises(ProjectDamagedError, match=f"it holds a {kind} that this program did not make") as caught:
            open_project(world.folder, read_only=read_only)
        assert "\n" not in str(caught.value)
        assert caught.value.backup is not None
        with closing(sqlite3.connect(caught.value.backup)) as connection:
            assert foreign_object(connection.execute) is None
    assert world.rows() == before
    assert backups.make_backup(world.folder) is None


def test_a_name_over_many_lines_is_shown_in_one(world):
    world.create().close()
    name = "x\n\u202e" + "y" * 500
    world.sql(f'CREATE VIEW "{name}" AS SELECT 1')
    with pytest.raises(ProjectDamagedError) as caught:
        open_project(world.folder)
    assert str(caught.value).isascii()
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 600


def test_a_schema_may_only_compute(world):
    """`trusted_schema` is off in every connection: a default cannot call what does more."""
    with world.create().read() as connection:
        assert connection.exec_driver_sql("PRAGMA trusted_schema").scalar() == 0


def test_references_that_lead_nowhere_are_damage(world):
    """SQLite's `quick_check` says ok; so did opening and backups, on the code of before."""
    world.create(images=2, regions=3).close()
    good = backups.latest_backup(world.folder)
    world.sql("DELETE FROM image WHERE id = 2")
    with pytest.raises(ProjectDamagedError, match="a row of region refers to a row of image that is not there"):
        open_project(world.folder)
    assert backups.make_backup(world.folder) is None
    assert backups.latest_backup(world.folder) == good


def test_an_index_that_lacks_rows_is_damage(world):
    """Which `quick_check` does not look for."""
    world.create(images=3, regions=5).close()
    _take_from_index(world.folder / "project.db")
    with closing(sqlite3.connect(world.folder / "project.db")) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert "missing from index" in fault(connection.execute)
    with pytest.raises(ProjectDamagedError, match="missing from index") as caught:
        open_project(world.folder)
    assert caught.value.backup is not None


def _take_from_index(database):
    """Make an index forget rows, as a page of another moment does."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA writable_schema = ON")
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'ix_region_suggestion'").fetchone()
        connection.execute("UPDATE sqlite_master SET sql = sql || ' WHERE id < 3' WHERE name = 'ix_region_suggestion'")
        connection.commit()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("REINDEX ix_region_suggestion")
        connection.commit()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'ix_region_suggestion'", (sql,))
        connection.commit()
