"""Projects of all earlier schemas, made by the code of those versions (tests/data/make_schemas.py), brought up to date.

What `make_schemas.py` noted beside each file is what that version had in the project after every undo and redo; the
states are told in the words of then, and read here in those of now.

Covers: store.migrations.versions.r0001_first_schema, store.migrations.versions.r0002_concept_trees,
store.migrations.versions.r0003_label_order_void_and_notes,
store.migrations.versions.r0004_confidence_by_image.
"""

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from acseg_core.errors import EditError
from acseg_core.store import open_project, queries
from acseg_core.store.database import WRITING, make_engine, uri
from acseg_core.store.edits import confirming, cuts, history, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.store.migrations import create_schema, upgrade
from acseg_core.store.schema import SCHEMA_VERSION
from acseg_core.types import RegionOrigin, Verdict

DATA = Path(__file__).parents[4] / "data"
OLD_SCHEMAS = range(1, 10)
BEFORE_ORIGINS = range(1, 5)
COLUMNS = {
    "image": "id, status, problem, sha256, file_size",
    "label": "id, name, color, hotkey, supercategory, is_thing",
    "region": "id, image_id, run_id, node, origin, status, label_id, suggestion_id, confidence, verdict, "
    "cluster_id, area",
}


class OldProject:
    """A copy of a project of an earlier schema."""

    def __init__(self, folder: Path, version: int) -> None:
        self.folder, self.version = folder, version
        self.database = folder / "project.db"
        folder.mkdir()
        shutil.copyfile(DATA / f"schema-{version}.db", self.database)

    def steps(self):
        """What was done, and what is in the project then; first as the file is."""
        state = {table: {} for table in COLUMNS}
        for step, changes in json.loads((DATA / f"schema-{self.version}.json").read_text(encoding="utf-8")):
            for table, rows in changes.items():
                for id_, row in rows.items():
                    if row is None:
                        del state[table][int(id_)]
                    else:
                        state[table][int(id_)] = self._row(row) if table == "region" else tuple(row)
            yield step, {table: dict(rows) for table, rows in state.items()}

    def _row(self, row):
        if self.version in BEFORE_ORIGINS:
            return in_words_of_now(row)
        sure = None if row[6] is None else row[7]  # as `state` has it
        return (*row[:7], sure, *row[8:])

    def state(self):
        with contextlib.closing(sqlite3.connect(self.database)) as connection:
            found = {
                table: {row[0]: row[1:] for row in connection.execute(f"SELECT {columns} FROM {table}")}
                for table, columns in COLUMNS.items()
            }
            blobs = connection.execute("SELECT id, counts, descriptor FROM region").fetchall()
        for id_, counts, descriptor in blobs:
            row = list(found["region"][id_])
            if row[6] is None:
                row[7] = None  # of a suggestion that went with its label; `records.region_record` does not show it
            found["region"][id_] = (*row, zlib.crc32(counts + (descriptor or b"")))
        return found

    def sql(self, statement: str):
        with contextlib.closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(statement).fetchall()


def in_words_of_now(row):
    """A region as it was stored until schema 4, in the columns of schema 5."""
    image_id, run_id, node, status, label_id, suggestion_id, confidence, *rest = row
    origin = {None: "drawn", -1: "predicted"}.get(node, "cut")
    verdict = "none"
    if confidence == 0 and label_id is not None:
        verdict = "confirmed"
    elif confidence == 0:
        # Until schema 4, undo could bring a declined region back beside a suggestion that was made since, and then
        # that was offered, with a probability of zero.
        verdict, suggestion_id = "declined", None
    sure = None if verdict != "none" or suggestion_id is None else confidence
    node = node if origin == "cut" else None
    return (image_id, run_id, node, origin, status, label_id, suggestion_id, sure, verdict, *rest)


@pytest.fixture(params=OLD_SCHEMAS, ids="schema {}".format)
def old(request, tmp_path):
    return OldProject(tmp_path / "project", request.param)


def test_an_old_project_is_backed_up_and_has_what_it_had(old):
    (_, expected), *_ = old.steps()
    before = old.sql("SELECT * FROM region")
    with open_project(old.folder):
        pass
    assert old.state() == expected
    assert old.sql("PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert old.sql("PRAGMA foreign_key_check") == []
    assert old.sql("PRAGMA integrity_check") == [("ok",)]
    (backup,) = (old.folder / "backups").glob("before_migration-*.db")
    with contextlib.closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (old.version,)
        assert connection.execute("SELECT * FROM region").fetchall() == before


def test_undo_and_redo_lead_to_the_states_they_led_to(old):
    steps = list(old.steps())
    assert len(steps) > 30
    with open_project(old.folder) as project:
        for step, expected in steps[1:]:
            kind, verb = step.split(" ", 1)
            changes = (history.undo if kind == "undo" else history.redo)(project)
            assert changes is not None
            assert changes.verb == verb
            assert changes.verb.is_known
            assert old.state() == expected, step
        assert history.redo(project) is None


def test_edits_go_on_after_it_and_are_undone_with_those_before(old):
    """New edits on top of old ones: down to the beginning and up again gives the same twice."""
    with open_project(old.folder) as project:
        label, _ = create_label(project, "new")
        for image in queries.images(project):
            for region in queries.regions(project, image.id)[:1]:
                suggestions.save_suggestions(project, [region.id], [label.id], [0.5])
                suggestions.decline_suggestions(project, [region.id])
                confirming.keep_names(project, [region.id])
            if image.granularity is not None:
                cuts.recut_image(project, image.id, 0.95)
        top = old.state()
        down = []
        while history.undo(project) is not None:
            down.append(old.state())
        up = []
        while history.redo(project) is not None:
            up.append(old.state())
        assert up[-1]["image"] == top["image"]
        assert up[-1]["label"] == top["label"]
        assert _without_suggestions(up[-1]) == _without_suggestions(top)
        assert [_without_suggestions(each) for each in up[:-1]] == [
            _without_suggestions(each) for each in reversed(down[:-1])
        ]


def _without_suggestions(state):
    """Suggestions are outside the history: one whose label was undone does not come back with it."""
    return {id_: (*row[:6], *row[8:]) for id_, row in state["region"].items()}


def test_images_of_the_first_schema_have_no_trees_until_they_are_proposed_again(tmp_path):
    old = OldProject(tmp_path / "project", 1)
    with open_project(old.folder) as project:
        assert all(image.granularity is None for image in queries.images(project))
        with pytest.raises(EditError, match="no concept tree"):
            cuts.recut_image(project, 1, 0.5)


def test_the_files_hold_what_the_migration_is_about():
    """Else the tests above would show nothing."""
    seen = set()
    for version in BEFORE_ORIGINS:
        with contextlib.closing(sqlite3.connect(DATA / f"schema-{version}.db")) as connection:
            rows = connection.execute(
                "SELECT node, label_id, suggestion_id, confidence, 'there' FROM region UNION ALL "
                "SELECT node, label_id, suggestion_id, confidence, 'removed' FROM removed_region"
            ).fetchall()
            changes = connection.execute('SELECT DISTINCT field, "before", "after" FROM change').fetchall()
        for node, label_id, suggestion_id, confidence, place in rows:
            converted = in_words_of_now((0, 0, node, "", label_id, suggestion_id, confidence))
            seen |= {(place, converted[3]), (place, converted[8])}
        seen |= {("node", before) for field, before, _ in changes if field == "node" and before == -1}
        seen |= {("confidence", after) for field, _, after in changes if field == "confidence" and after == 0}
        seen |= {field for field, _, _ in changes if field == "(trimmed)"}
    assert seen >= {
        ("there", "cut"),
        ("there", "drawn"),
        ("there", "predicted"),
        ("there", "declined"),
        ("there", "confirmed"),
        ("removed", "cut"),
        ("removed", "drawn"),
        ("removed", "predicted"),
        ("removed", "confirmed"),
        ("node", -1),
        ("confidence", 0.0),
        "(trimmed)",
    }


def test_no_meaning_is_left_in_nodes_and_confidences(old):
    with open_project(old.folder) as project:
        while history.undo(project) is not None:
            pass
        found = [region for _, regions in queries.image_regions(project) for region in regions]
        while history.redo(project) is not None:
            found += [region for _, regions in queries.image_regions(project) for region in regions]
    for region in found:
        assert (region.node is not None) == (region.origin is RegionOrigin.CUT)
        assert region.confidence is None or (region.confidence > 0 and region.suggestion_id is not None)
        if region.verdict is Verdict.CONFIRMED:
            assert region.label_id is not None
        if region.verdict is Verdict.DECLINED:
            assert region.label_id is None
    changes = old.sql("SELECT field, \"before\", \"after\" FROM change WHERE field IN ('node', 'confidence')")
    assert all(value != -1 for field, *sides in changes if field == "node" for value in sides)
    assert all(value != 0 for field, *sides in changes if field == "confidence" for value in sides)


def test_the_schema_is_that_of_a_new_project(old, tmp_path):
    """Column by column: an old file may write the same constraints in another order."""
    engine = make_engine(uri(tmp_path / "fresh.db", mode="rwc"))
    with engine.connect().execution_options(**WRITING) as connection:
        create_schema(connection)
        connection.commit()
    engine.dispose()
    with open_project(old.folder):
        pass
    with contextlib.closing(sqlite3.connect(tmp_path / "fresh.db")) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        fresh = {table: connection.execute(f"PRAGMA table_xinfo({table})").fetchall() for table in tables}
        indexes = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name").fetchall()
    assert {table: old.sql(f"PRAGMA table_xinfo({table})") for table in tables} == fresh
    assert old.sql("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name") == indexes
    assert sorted(old.sql("SELECT name FROM sqlite_master WHERE type = 'table'")) == sorted((name,) for name in tables)


@pytest.mark.parametrize("version", [2, 3, 4])
def test_the_id_of_a_label_that_may_come_back_is_not_given_again(version, tmp_path):
    """Revision 0003 made the table of labels anew, and SQLite forgot which ids were taken."""
    old = OldProject(tmp_path / "project", version)
    ((removed,),) = old.sql("SELECT max(id) FROM removed_label")
    ((living,),) = old.sql("SELECT max(id) FROM label")
    assert removed > living
    ((region,),) = old.sql("SELECT seq FROM sqlite_sequence WHERE name = 'region'")
    with open_project(old.folder) as project:
        label, _ = create_label(project, "new")
        assert label.id > removed
        history.undo(project)
        while history.undo(project) is not None:
            pass
    assert old.sql("SELECT seq FROM sqlite_sequence WHERE name = 'region'") == [(region,)]


def test_killed_before_the_end_the_project_is_as_it_was_and_opens_next_time(old):
    before = {table: old.sql(f"SELECT * FROM {table}") for table in ("region", "removed_region", "change")}
    (_, expected), *_ = old.steps()
    program = (
        "import os, sys; from pathlib import Path; from acseg_core.store import migrations, open_project\n"
        "migrations.mark = lambda connection: os._exit(9)\n"
        f"open_project(Path({str(old.folder)!r}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 9, done.stderr
    assert old.sql("PRAGMA user_version") == [(old.version,)]
    assert {table: old.sql(f"SELECT * FROM {table}") for table in before} == before
    with open_project(old.folder):
        pass
    assert old.state() == expected


def test_the_work_grows_with_the_project_and_not_faster(tmp_path):
    """Counted in SQLite's instructions, which no other load on the machine changes."""
    small, large = (_instructions(tmp_path / f"{count}", count) for count in (1000, 4000))
    assert large < 5 * small


def _instructions(folder: Path, regions: int) -> int:
    """Of bringing a project up to date with so many regions more, each named, confirmed and renamed."""
    old = OldProject(folder, 4)
    with contextlib.closing(sqlite3.connect(old.database)) as connection:
        ((columns,),) = connection.execute(
            "SELECT group_concat(name) FROM pragma_table_info('region') WHERE name <> 'id'"
        )
        connection.execute(
            f"WITH RECURSIVE number (n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM number WHERE n < {999 + regions}) "
            f"INSERT INTO region (id, {columns}) SELECT n, {columns} FROM number, "
            "(SELECT * FROM region WHERE label_id IS NOT NULL LIMIT 1)"
        )
        connection.execute("UPDATE region SET confidence = 0 WHERE id >= 1000")
        operations = "(SELECT id FROM operation WHERE NOT undone ORDER BY id DESC LIMIT 5)"
        connection.execute(
            "INSERT INTO change SELECT o.id, 'region', region.id, 'label_id', NULL, 1 "
            f"FROM {operations} AS o, region WHERE region.id >= 1000"
        )
        connection.execute(
            "INSERT INTO change SELECT o.id, 'region', region.id, 'confidence', NULL, 0.0 "
            f"FROM {operations} AS o, region WHERE region.id >= 1000"
        )
        connection.commit()
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    engine = make_engine(uri(old.database, mode="rw"), foreign_keys=False)
    with engine.connect().execution_options(**WRITING) as connection:
        connection.connection.driver_connection.set_progress_handler(tick, 1000)
        upgrade(connection)
        connection.commit()
        connection.connection.driver_connection.set_progress_handler(None, 0)
    engine.dispose()
    return count
