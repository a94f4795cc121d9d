"""The migrations make exactly the tables that the declarative classes describe."""

import ast
import contextlib
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from acseg_core.errors import ProjectReadOnlyError, StorageError
from acseg_core.store import backups, create_project, migrations, open_project
from acseg_core.store.database import WRITING, make_engine, uri
from acseg_core.store.migrations import REVISIONS, SchemaState, create_schema, schema_state, upgrade
from acseg_core.store.schema import SCHEMA_VERSION, Base


def _described(database: Path):
    """Every table and index as SQLite keeps it; blanks and the order of constraints do not matter."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        header = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        version = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return {name: _clauses(sql) for name, sql in made}, header, version


def _clauses(sql: str) -> list[str]:
    columns, *constraints = re.sub(r"[\s\"]+", "", sql).removesuffix(")").split(",CONSTRAINT")
    return [columns, *sorted(constraints)]


def _build(database: Path, build) -> None:
    engine = make_engine(uri(database, mode="rwc"))
    with engine.connect().execution_options(**WRITING) as connection:
        build(connection)
        connection.commit()
    engine.dispose()


def test_migrating_from_nothing_gives_the_declared_schema(tmp_path):
    _build(tmp_path / "declared.db", create_schema)
    _build(tmp_path / "migrated.db", upgrade)
    assert _described(tmp_path / "migrated.db") == _described(tmp_path / "declared.db")


def test_alembic_sees_nothing_to_do(tmp_path):
    _build(tmp_path / "migrated.db", upgrade)
    engine = make_engine(uri(tmp_path / "migrated.db", mode="rw"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert schema_state(connection) is SchemaState.CURRENT
    engine.dispose()


def test_every_revision_has_a_module_and_a_number():
    modules = sorted((Path(migrations.__file__).parent / "versions").glob("r*.py"))
    found = []
    for module in modules:
        tree = ast.parse(module.read_text())
        found += [
            node.value.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "revision"
        ]
    assert tuple(found) == REVISIONS
    assert len(REVISIONS) == SCHEMA_VERSION


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """The program as it will be with one more revision, which adds a column to the regions."""
    scripts = tmp_path / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, scripts)
    (scripts / "versions" / "r9999_note.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        "revision = '9999'\n"
        f"down_revision = {REVISIONS[-1]!r}\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('region') as batch:\n"
        "        batch.add_column(sa.Column('note', sa.Text(), nullable=False, server_default='none'))\n"
        "        batch.alter_column('area', nullable=True)\n"
    )
    monkeypatch.setattr(migrations, "__file__", str(scripts / "__init__.py"))
    monkeypatch.setattr(migrations, "REVISIONS", (*REVISIONS, "9999"))
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    return scripts


def test_an_older_project_is_backed_up_and_brought_up_to_date(world, request):
    world.create(images=2, regions=3).close()
    before = world.rows()
    request.getfixturevalue("next_version")
    with open_project(world.folder):
        pass
    assert world.sql("SELECT DISTINCT note FROM region") == [("none",)]
    assert world.sql("PRAGMA user_version") == [(SCHEMA_VERSION + 1,)]
    assert [row[:-1] for row in world.rows()["region"]] == before["region"]
    assert world.sql("PRAGMA foreign_key_check") == []
    (backup,) = (world.folder / "backups").glob("before_migration-*.db")
    with contextlib.closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("SELECT * FROM region ORDER BY id").fetchall() == before["region"]


def test_an_older_project_is_not_changed_by_opening_it_read_only(world, request):
    world.create(images=1, regions=2).close()
    request.getfixturevalue("next_version")
    with pytest.raises(ProjectReadOnlyError, match="older version"):
        open_project(world.folder, read_only=True)
    assert world.sql("PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_a_failed_migration_leaves_the_project_as_it_was(world, request):
    world.create(images=1, regions=2).close()
    before = world.rows()
    scripts = request.getfixturevalue("next_version")
    broken = scripts / "versions" / "r9999_note.py"
    broken.write_text(broken.read_text() + "    raise RuntimeError('broken half-way')\n")
    with pytest.raises(RuntimeError, match="half-way"):
        open_project(world.folder)
    assert world.rows() == before
    assert world.sql("PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_without_a_backup_there_is_no_migration(world, request):
    world.create(images=1).close()
    shutil.rmtree(world.folder / backups.BACKUPS)
    (world.folder / backups.BACKUPS).write_text("in the way")
    request.getfixturevalue("next_version")
    with pytest.raises(StorageError, match="no backup could be made"):
        open_project(world.folder)
    assert world.sql("PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_creating_a_project_needs_no_alembic(tmp_path):
    (tmp_path / "images").mkdir()
    code = (
        "import sys; from pathlib import Path; from acseg_core.store import create_project, open_project;"
        f"create_project(Path({str(tmp_path / 'p')!r}), image_root=Path({str(tmp_path / 'images')!r})).close();"
        f"open_project(Path({str(tmp_path / 'p')!r})).close();"
        "print([name for name in ('alembic', 'torch', 'timm', 'cv2', 'PIL') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_files_say_what_they_are(tmp_path):
    (tmp_path / "images").mkdir()
    create_project(tmp_path / "p", image_root=tmp_path / "images").close()
    assert (tmp_path / "p" / "project.db").read_bytes()[68:72] == b"ACSG"


def test_the_page_about_the_schema_names_every_table_and_column_and_no_other():
    page = (Path(__file__).parents[3] / "docs" / "schema.md").read_text(encoding="utf-8")
    assert f"schema {SCHEMA_VERSION}." in page
    described: dict[str, list[str]] = {}
    for section in page.split("\n## ")[1:]:
        heading, *lines = section.split("\n")
        columns = [match[1] for line in lines if (match := re.fullmatch(r"\| `(\w+)` \| (?:\S.*\S) \|", line))]
        described |= dict.fromkeys(re.findall(r"`(\w+)`", heading), columns)
    described |= {f"removed_{name}": described[name] for name in ("label", "image", "region")}
    declared = {table.name: [column.name for column in table.columns] for table in Base.metadata.tables.values()}
    assert described == declared | {"alembic_version": ["version_num"]}
