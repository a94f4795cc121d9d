"""Runs of before were made by the bundled model; a project gets its list of models, and nothing else is another.

That undo and redo work across the migration is tested for all schemas in `test_r0005_origin_and_verdict`.
"""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from acseg_core.store import open_project, queries
from acseg_core.store.queries.model_queries import BUNDLED_ID

DATA = Path(__file__).parents[4] / "data"


@pytest.fixture
def old(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copyfile(DATA / "schema-8.db", folder / "project.db")
    return folder


def _rows(folder: Path, statement: str):
    with contextlib.closing(sqlite3.connect(folder / "project.db")) as connection:
        return connection.execute(statement).fetchall()


def test_runs_and_models_stay_and_the_bundled_model_made_what_there_is(old):
    runs = "SELECT id, backbone_id, generator_id, config_json, version, started_at, finished_at FROM run ORDER BY id"
    models = "SELECT id, kind, name, sha256 FROM model ORDER BY id"
    before = _rows(old, runs), _rows(old, models)
    assert all(before)
    with open_project(old) as project:
        (bundled,) = queries.models(project)
        assert (bundled.id, bundled.adopted) == (BUNDLED_ID, True)
        made = _rows(old, "SELECT count(*), count(DISTINCT image_id) FROM region WHERE run_id IS NOT NULL")
        assert [(bundled.regions, bundled.images)] == made
        assert bundled.regions
        assert queries.summary(project).last_run.model == ""
    assert (_rows(old, runs), _rows(old, models)) == before
    assert _rows(old, "SELECT DISTINCT model_id FROM run") == [(None,)]
    assert _rows(old, "SELECT DISTINCT card, added_at FROM model") == [(None, None)]
    assert _rows(old, "PRAGMA foreign_key_check") == []
