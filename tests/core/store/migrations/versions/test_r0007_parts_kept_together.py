"""Regions of projects until schema 6 are not kept together; what is said of them from then on is kept, undone, redone.

That undo and redo work across the migration is tested for all schemas in `test_r0005_origin_and_verdict`.
"""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from acseg_core.store import open_project, queries
from acseg_core.store.edits import history, splitting

DATA = Path(__file__).parents[4] / "data"


@pytest.fixture
def old(tmp_path):
    """A project of schema 6."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copyfile(DATA / "schema-6.db", folder / "project.db")
    return folder


def _together(project):
    return {each.id for _, regions in queries.image_regions(project) for each in regions if each.is_together}


def test_nothing_is_kept_together_until_somebody_says_so(old):
    with open_project(old) as project:
        assert _together(project) == set()
        chosen = [regions[0].id for _, regions in queries.image_regions(project) if regions][:2]
        splitting.keep_together(project, chosen)
        assert _together(project) == set(chosen)
    with open_project(old) as project:
        assert _together(project) == set(chosen), "it is in the file"
        history.undo(project)
        assert _together(project) == set()
        history.redo(project)
        assert _together(project) == set(chosen)


def test_deleted_regions_come_back(old):
    with open_project(old) as project:
        before = len(history.operations(project))
        while history.undo(project) is not None:
            pass
        while history.redo(project) is not None:
            pass
        assert len(history.operations(project)) == before
    with contextlib.closing(sqlite3.connect(old / "project.db")) as connection:
        assert connection.execute("SELECT DISTINCT is_together FROM region").fetchall() == [(0,)]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
