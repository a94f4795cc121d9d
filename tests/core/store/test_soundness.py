"""Damaged rows: found where they are, told in one line with the way to the backup, and told from bugs."""

import pytest

from acseg_core.errors import ProjectDamagedError
from acseg_core.store import backups, queries
from acseg_core.store.edits import cuts, history, review
from acseg_core.store.edits.labels import create_label
from acseg_core.store.queries import cluster_queries
from acseg_core.store.settings import EMPTY_IS_DONE, UNFINISHED_IMPORT, write_setting
from acseg_core.store.upkeep import timings


@pytest.fixture
def project(world):
    made = world.create(images=2)
    world.propose_tree(made, [1, 2])
    create_label(made, "sky")
    backups.make_backup(made.folder)
    return made


def told(work):
    with pytest.raises(ProjectDamagedError) as error:
        work()
    text = str(error.value)
    assert len(text.splitlines()) == 1
    assert error.value.backup is not None
    return text


def test_a_sound_project_has_no_damaged_row(project):
    project.explain(RuntimeError("a bug"))  # or it would raise


@pytest.mark.parametrize(
    ("setting", "value"), [(EMPTY_IS_DONE, True), (UNFINISHED_IMPORT, ""), (UNFINISHED_IMPORT, "7 a")]
)
def test_a_setting_is_no_damage(project, setting, value):
    """Every choice that somebody made was, before, so that any bug was told as damage, and that a backup would help."""
    write_setting(project, setting, value)
    project.explain(RuntimeError("a bug"))


@pytest.mark.parametrize(
    ("change", "read", "place"),
    [
        ("UPDATE label SET name = CAST(x'ff41' AS TEXT)", queries.labels, 'label 1: "name" holds text that is not'),
        ("UPDATE label SET name = x'4142'", queries.labels, 'label 1: "name" holds 2 bytes, not text'),
        ("UPDATE label SET color = 'red\n\n'", queries.labels, 'label 1: "color" holds "red\\n\\n"'),
        ("UPDATE image SET status = 'lost' WHERE id = 2", queries.images, 'image 2: "status" holds "lost"'),
        ("UPDATE image SET width = 900000000 WHERE id = 2", queries.images, "image 2: no image has 900000000 x 6"),
        ("UPDATE region SET verdict = 'so' WHERE id = 1", lambda p: queries.regions(p, 1), 'region 1: "verdict"'),
        ("UPDATE region SET box_x = 7 WHERE id = 1", lambda p: queries.regions(p, 1), "box reaches beyond the image"),
        ("UPDATE region SET area = 'x' WHERE id = 1", lambda p: queries.regions(p, 1), 'region 1: "area" holds "x"'),
        ("UPDATE operation SET created_at = 'noon'", history.operations, '"created_at" holds "noon", which cannot be'),
        ("UPDATE region SET descriptor = x'01'", cluster_queries.descriptors, '"descriptor" holds 1 bytes'),
        ("UPDATE region SET descriptor = 5", cluster_queries.descriptors, '"descriptor" holds 5, not binary data'),
        ("UPDATE tree SET leaf_map = x'89'", lambda p: cuts.recut_image(p, 1, 0.9), "leaf map is no PNG"),
        ("UPDATE run SET finished_at = NULL, config_json = '[1'", None, 'run 1: "config_json" holds "[1"'),
        (
            "UPDATE change SET field = 'colour' WHERE field = '(row)' AND entity = 'label'",
            history.undo,
            "names a column that is not there",
        ),
        ("UPDATE sqlite_sequence SET seq = 1", lambda p: cuts.recut_image(p, 1, 0.99), "the numbering of"),
        ("INSERT INTO setting VALUES ('a', '[1')", None, 'setting "a": "value" holds "[1", which cannot be'),
        (
            "INSERT INTO timing VALUES (9, 1, 'review', 'noon', 1.0, 1)",
            timings.effort_by_image,
            'timing 9: "started_at" holds "noon"',
        ),
    ],
)
def test_damage_is_told_with_its_place(project, change, read, place):
    """Each was an internal error before, or went on: a ValueError, TypeError, OperationalError or IntegrityError."""
    with project.write() as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = 1")
        connection.exec_driver_sql(change)
    assert place in told(lambda: project.explain(RuntimeError()) if read is None else read(project))


def test_a_replay_that_breaks_a_rule_of_the_database_is_damage(world, project):
    """IntegrityError of SQLite, an internal error, before."""
    review.name_regions(project, [1], 1)
    world.sql("UPDATE change SET before = 'wrong' WHERE field = 'status' AND entity = 'region'")
    text = told(lambda: history.undo(project))
    assert "does not fit the rows" in text
    assert "CHECK constraint failed" in text


def test_what_fails_in_a_block_is_told_with_its_row_and_a_bug_stays_one(world, project):
    with pytest.raises(ZeroDivisionError), project:
        raise ZeroDivisionError
    again = world.open()
    world.sql("UPDATE label SET is_void = 7")
    assert 'label 1: "is_void" holds 7' in told(lambda: _fail_in(again))


def _fail_in(project):
    with project:
        raise ZeroDivisionError
