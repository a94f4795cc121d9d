"""Labels keep the category ids that exports gave them until schema 5; what else came with schema 6 starts empty."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from acseg_core.store import open_project, queries
from acseg_core.store.edits import history
from acseg_core.store.edits.label_list import delete_label, move_labels
from acseg_core.store.edits.labels import create_label, update_label

DATA = Path(__file__).parents[4] / "data"


@pytest.fixture(params=range(2, 6), ids="schema {}".format)
def old(request, tmp_path):
    """A project of an earlier schema, and what is in it."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copyfile(DATA / f"schema-{request.param}.db", folder / "project.db")
    return folder


def _rows(folder, statement):
    with contextlib.closing(sqlite3.connect(folder / "project.db")) as connection:
        return connection.execute(statement).fetchall()


def test_labels_keep_the_numbers_that_exports_gave_them(old):
    with open_project(old) as project:
        labels = queries.labels(project)
        exported = [label for label in labels if not label.is_void]
        assert [label.category_id for label in exported] == list(range(1, len(exported) + 1))
        assert len({label.category_id for label in labels}) == len(labels)
        assert [(image.comment, image.is_reviewed) for image in queries.images(project)] == [("", False)] * 5


def test_deleted_labels_have_numbers_of_their_own_when_they_come_back(old):
    with open_project(old) as project:
        everywhere = "SELECT category_id FROM label UNION ALL SELECT category_id FROM removed_label"
        taken = [number for (number,) in _rows(old, everywhere)]
        assert len(set(taken)) == len(taken)
        made, _ = create_label(project, "new")
        assert made.category_id == max(taken) + 1
        while history.undo(project) is not None:
            there = [label.category_id for label in queries.labels(project)]
            assert set(there) <= set(taken)
            assert len(set(there)) == len(there)


def test_a_number_stays_whatever_happens_to_the_list(old):
    with open_project(old) as project:
        first, *_, last = queries.labels(project)
        before = {label.id: label.category_id for label in queries.labels(project)}
        move_labels(project, [last.id], before=first.id)
        update_label(project, last.id, is_void=True)
        delete_label(project, first.id)
        made, _ = create_label(project, "new")
        after = {label.id: label.category_id for label in queries.labels(project)}
        assert after == {id_: number for id_, number in before.items() if id_ != first.id} | {made.id: made.category_id}
        assert made.category_id not in before.values()
        delete_label(project, made.id)
        again, _ = create_label(project, "newer")
        assert again.category_id > made.category_id


def test_times_worked_stay(old):
    counted = "SELECT count(*), sum(seconds), sum(actions) FROM timing"
    before = _rows(old, counted.replace("sum(actions)", "0"))
    with open_project(old):
        pass
    assert _rows(old, counted.replace("sum(actions)", "0")) == before
    assert _rows(old, "PRAGMA foreign_key_check") == []
