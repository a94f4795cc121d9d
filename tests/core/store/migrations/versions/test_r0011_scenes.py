"""No image of a project of before is a tile of a scene, or shown otherwise than its file says.

That undo and redo work across the migration is tested for all schemas in `test_r0005_origin_and_verdict`.
"""

import contextlib
import shutil
import sqlite3
from pathlib import Path

from acseg_core.store import open_project, queries

DATA = Path(__file__).parents[4] / "data"


def test_images_are_as_they_were_and_are_no_tiles(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copyfile(DATA / "schema-10.db", folder / "project.db")

    def rows(statement):
        with contextlib.closing(sqlite3.connect(folder / "project.db")) as connection:
            return connection.execute(statement).fetchall()

    known = [row[1] for row in rows("PRAGMA table_info(image)")]
    assert not {"rendering", "scene_id", "tile"} & set(known)
    statements = [f"SELECT {', '.join(known)} FROM {table} ORDER BY id" for table in ("image", "removed_image")]
    before = [rows(statement) for statement in statements]
    assert before[0]
    with open_project(folder) as project:
        assert {(record.info.rendering, record.info.tile) for record in queries.images(project)} == {("", None)}
    assert [rows(statement) for statement in statements] == before
    assert rows("SELECT * FROM scene") == []
    assert rows("PRAGMA foreign_key_check") == []
