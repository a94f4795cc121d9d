"""Where images lie on a map is not known of those of before, until the next scan has looked.

That undo and redo work across the migration is tested for all schemas in `test_r0005_origin_and_verdict`.
"""

import contextlib
import shutil
import sqlite3
from pathlib import Path

from acseg_core.store import open_project, queries

DATA = Path(__file__).parents[4] / "data"


def test_images_are_as_they_were_and_nobody_has_looked_where_they_lie(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copyfile(DATA / "schema-9.db", folder / "project.db")

    def rows(statement):
        with contextlib.closing(sqlite3.connect(folder / "project.db")) as connection:
            return connection.execute(statement).fetchall()

    known = [row[1] for row in rows("PRAGMA table_info(image)")]
    assert "georeference" not in known
    statements = [f"SELECT {', '.join(known)} FROM {table} ORDER BY id" for table in ("image", "removed_image")]
    before = [rows(statement) for statement in statements]
    assert before[0]
    with open_project(folder) as project:
        assert {record.info.georeference for record in queries.images(project)} == {None}
    assert [rows(statement) for statement in statements] == before
    assert rows("PRAGMA foreign_key_check") == []
