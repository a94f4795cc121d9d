"""Another file in the place of the open database, as programs that sync put it: nothing is lost, nothing mixed."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from acseg_core.errors import ProjectReplacedError
from acseg_core.store import backups, open_project, queries
from acseg_core.store.edits import history, review

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there, a file that is open cannot be replaced")


def _rows(database: Path) -> dict[str, list]:
    """Every row of what can be undone, of a database that nobody has open, as it is."""
    with closing(sqlite3.connect(f"{database.as_uri()}?immutable=1", uri=True)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in ("image", "region", "label", "operation")
        }


def _is_sound(database: Path) -> bool:
    with closing(sqlite3.connect(f"{database.as_uri()}?immutable=1", uri=True)) as connection:
        return (
            connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and connection.execute("PRAGMA foreign_key_check").fetchall() == []
        )


@pytest.fixture
def other(world) -> Path:
    """The database of another state of things, closed and whole: more images, another label."""
    project = world.create(images=30, regions=6, folder=world.root / "other")
    review.name_regions_as(project, [5, 9], "dog")
    project.close()
    return world.root / "other" / "project.db"


@pytest.fixture
def opened(world):
    """A project with an edit in its log."""
    world.create(images=4, regions=4).close()
    project = world.open()
    review.name_regions_as(project, [1], "cat")
    return project


def _put(other: Path, database: Path) -> bytes:
    """What programs that sync do: write aside, then rename."""
    incoming = database.with_name(".incoming")
    shutil.copyfile(other, incoming)
    incoming.replace(database)
    return other.read_bytes()


def test_an_edit_is_refused_and_both_files_are_whole(world, opened, other):
    """On the code of before, the edit succeeded, and closing left a database that did not read."""
    put = _put(other, world.folder / "project.db")
    with pytest.raises(ProjectReplacedError, match="the file was replaced by another one") as caught:
        review.name_regions_as(opened, [2], "bird")
    assert "\n" not in str(caught.value)
    kept = caught.value.kept
    assert kept is not None
    assert kept.parent == world.folder
    assert kept.name.startswith("project (open state 20")
    assert opened.read_only
    assert [label.name for label in queries.labels(opened)] == ["cat"], "what was open is still read"
    with pytest.raises(ProjectReplacedError) as again:
        history.undo(opened)
    assert again.value.kept == kept, "once is enough"
    opened.close()
    assert (world.folder / "project.db").read_bytes() == put
    assert not list(world.folder.glob("project.db-*"))
    assert [row[1] for row in _rows(kept)["label"]] == ["cat"]
    assert _is_sound(kept)
    with open_project(world.folder) as project:
        assert [label.name for label in queries.labels(project)] == ["dog"]
        history.undo(project)
        world.assert_partition(project, 1)


def test_at_the_end_the_log_is_not_played_into_the_other_file(world, opened, other):
    newest = backups.latest_backup(world.folder)
    put = _put(other, world.folder / "project.db")
    with pytest.raises(ProjectReplacedError) as caught:
        opened.close()
    assert (world.folder / "project.db").read_bytes() == put
    assert not list(world.folder.glob("project.db-*"))
    assert backups.latest_backup(world.folder) == newest
    assert [row[1] for row in _rows(caught.value.kept)["label"]] == ["cat"]
    opened.close()
    open_project(world.folder).close()


def test_nothing_was_edited_and_nothing_is_said(world, other):
    world.create(images=2, regions=3).close()
    project = world.open()
    put = _put(other, world.folder / "project.db")
    project.close()
    assert (world.folder / "project.db").read_bytes() == put
    assert not list(world.folder.glob("*open state*"))
    assert not list(world.folder.glob("project.db-*"))


def test_a_connection_made_later_does_not_read_the_other_file(world, opened, other):
    """Threads that read at the same time have a connection each; a new one found the other file, and our log."""
    _put(other, world.folder / "project.db")
    with ExitStack() as stack:
        stack.enter_context(opened.read())  # one is there already
        with pytest.raises(ProjectReplacedError) as caught:
            stack.enter_context(opened.read())
    assert _is_sound(caught.value.kept)
    assert [label.name for label in queries.labels(opened)] == ["cat"], "and goes on with what is kept"
    opened.close()
    assert (world.folder / "project.db").read_bytes() == other.read_bytes()


@pytest.mark.parametrize("way", ["database", "database and log", "folder", "folder moved"])
def test_what_is_gone_is_kept(world, opened, way):
    moved = world.root / "moved"
    match way:
        case "database":
            (world.folder / "project.db").unlink()
        case "database and log":
            for file in world.folder.glob("project.db*"):
                file.unlink()
        case "folder":
            shutil.rmtree(world.folder)
        case "folder moved":
            world.folder.rename(moved)
    with pytest.raises(ProjectReplacedError, match="moved or deleted") as caught:
        review.name_regions_as(opened, [2], "bird")
    kept = caught.value.kept
    assert kept.parent == (world.root if way.startswith("folder") else world.folder)
    assert [label.name for label in queries.labels(opened)] == ["cat"]
    opened.close()
    assert [row[1] for row in _rows(kept)["label"]] == ["cat"]
    assert _is_sound(kept)
    if way == "folder moved":
        with open_project(moved) as project:
            assert [label.name for label in queries.labels(project)] == ["cat"]


def test_a_database_with_a_log_of_its_own_keeps_it(world, opened, other):
    """Both files come from elsewhere: neither of them is ours to take away."""
    crash = (
        "import os, sys; from pathlib import Path; from acseg_core.store import open_project;"
        "from acseg_core.store.edits import review;"
        "project = open_project(Path(sys.argv[1])); review.name_regions_as(project, [1], 'fish'); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", crash, str(other.parent)], check=False)
    log = other.with_name("project.db-wal")
    _put(log, world.folder / "project.db-wal")
    _put(other, world.folder / "project.db")
    with pytest.raises(ProjectReplacedError):
        opened.close()
    assert (world.folder / "project.db-wal").read_bytes() == log.read_bytes()
    with open_project(world.folder) as project:
        assert {label.name for label in queries.labels(project)} == {"dog", "fish"}


def test_nothing_is_written_over(world, opened, other):
    """Not even a state of the same minute."""
    _put(other, world.folder / "project.db")
    with pytest.raises(ProjectReplacedError) as first:
        opened.close()
    before = first.value.kept.read_bytes()
    project = world.open()
    review.name_regions_as(project, [1], "fish")
    for name in {first.value.kept.name, *(f"project (open state {stamp}).db" for stamp in _next_minutes())}:
        (world.folder / name).write_bytes(before)
    _put(other, world.folder / "project.db")
    with pytest.raises(ProjectReplacedError) as second:
        project.close()
    assert second.value.kept.name.endswith(" 2.db")
    assert first.value.kept.read_bytes() == before


def _next_minutes() -> list[str]:
    return [f"{datetime.now() + timedelta(minutes=n):%Y-%m-%d %H-%M}" for n in range(3)]


def test_without_room_it_is_tried_again_at_the_next_edit(world, opened, other):
    """Real limits: no file of this process may grow beyond a few bytes."""
    resource = pytest.importorskip("resource")
    _put(other, world.folder / "project.db")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(ProjectReplacedError, match="cannot be saved") as caught:
            review.name_regions_as(opened, [2], "bird")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.kept is None
    assert not list(world.folder.glob("*open state*"))
    assert not list(world.root.glob("*open state*"))
    assert (world.folder / "project.db.replaced-1-wal").exists()
    assert [label.name for label in queries.labels(opened)] == ["cat"]
    with pytest.raises(ProjectReplacedError) as caught:
        review.name_regions_as(opened, [2], "bird")
    assert [row[1] for row in _rows(caught.value.kept)["label"]] == ["cat"]
    opened.close()
    assert (world.folder / "project.db").read_bytes() == other.read_bytes()


def test_an_edit_made_meanwhile_is_in_the_kept_state(world, opened, other):
    """Replaced in the middle of an edit: the edit is whole, and kept."""
    with opened.write() as connection:
        connection.exec_driver_sql("UPDATE label SET color = '#123456'")
        _put(other, world.folder / "project.db")
    with pytest.raises(ProjectReplacedError) as caught:
        opened.close()
    assert "#123456" in _rows(caught.value.kept)["label"][0]
    assert (world.folder / "project.db").read_bytes() == other.read_bytes()
    assert not (world.folder / "project.db-wal").exists()


def test_the_room_is_not_given_back_in_another_file(world, opened, other):
    put = _put(other, world.folder / "project.db")
    with pytest.raises(ProjectReplacedError):
        opened.compact()
    opened.close()
    assert (world.folder / "project.db").read_bytes() == put
