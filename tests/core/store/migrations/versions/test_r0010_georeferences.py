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

    before = rows("SELECT * FROM image ORDER BY id"), rows("SELECT * FROM removed_image ORDER BY id")
    assert before[0]
    with open_project(folder) as project:
        assert {record.info.georeference for record in queries.images(project)} == {None}
    after = rows("SELECT * FROM image ORDER BY id"), rows("SELECT * FROM removed_image ORDER BY id")
    assert after == tuple([(*row, None) for row in table] for table in before)
    assert rows("PRAGMA foreign_key_check") == []
