"""Backups: when they are made, that only good ones stay, and that restoring works."""

import gc
import logging
import os
import sqlite3
import subprocess
import sys
import weakref
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from damage import damage_table

from acseg_core.errors import ProjectDamagedError, ProjectLockedError, ProjectNotFoundError
from acseg_core.store import backups, latest_backup, open_project, queries, restore_backup
from acseg_core.store.edits import history, ingest, review
from acseg_core.types import OpChanges, SkippedFile


def _names(world):
    return sorted(path.name for path in (world.folder / "backups").glob("*"))


def _age(world, minutes: float) -> None:
    """Make every backup look older."""
    for path in (world.folder / "backups").glob("project-*.db"):
        made = datetime.strptime(path.stem, "project-%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
        path.rename(path.with_name(f"project-{made - timedelta(minutes=minutes):%Y%m%d-%H%M%S-%f}.db"))


def _damage(world) -> None:
    with (world.folder / "project.db").open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(5 * 4096))


def test_closing_after_changes_makes_a_backup_that_holds_them(world):
    project = world.create(images=2, regions=3)
    review.name_regions_as(project, [1, 2], "cat")
    project.close()
    rows = world.rows()
    backup = latest_backup(world.folder)
    assert backup is not None
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT * FROM region ORDER BY id").fetchall() == rows["region"]
        assert connection.execute("SELECT * FROM label").fetchall() == rows["label"]


def test_opening_and_closing_without_changes_makes_none(world):
    world.create(images=1).close()
    before = _names(world)
    _age(world, 60)
    aged = _names(world)
    for read_only in (False, True):
        open_project(world.folder, read_only=read_only).close()
    assert len(before) == len(aged) == 1
    # the only backup was made to look older than the database, so opening made sure there is a newer one
    assert len(_names(world)) == 2
    open_project(world.folder).close()
    assert len(_names(world)) == 2


def test_looking_through_the_same_files_again_makes_none(world):
    project = world.create(images=3)
    ingest.replace_skipped(project, [SkippedFile("bad.jpg", "truncated")])
    project.close()
    before = _names(world)
    with open_project(world.folder) as project:
        infos = ingest.known_files(project).values()
        skipped = [SkippedFile("bad.jpg", "truncated")]
        assert ingest.add_images(project, infos, skipped=skipped) == OpChanges()
        ingest.replace_skipped(project, skipped)
        ingest.mark_problems(project, {info.path: "" for info in infos})
    assert _names(world) == before


def test_a_fresh_backup_follows_the_database(world):
    world.create(images=1, regions=2).close()
    assert not backups.is_outdated(world.folder)
    open_project(world.folder).close()
    assert not backups.is_outdated(world.folder)
    with open_project(world.folder) as project:
        review.name_regions_as(project, [1], "cat")
        assert backups.is_outdated(world.folder)


def test_a_killed_copy_leaves_nothing_for_good(world):
    """Nor the journal that SQLite had beside it."""
    world.create(images=1).close()
    folder = world.folder / "backups"
    before = _names(world)
    for name in ("project-20240101-000000-000000.part", "project-20240101-000000-000000.part-journal"):
        (folder / name).write_bytes(b"half")
    (folder / "notes.txt").write_bytes(b"mine")
    assert backups.make_backup(world.folder) is not None
    assert not list(folder.glob("*.part*"))
    assert (folder / "notes.txt").exists()
    assert set(before) < set(_names(world))


def test_after_a_crash_opening_makes_the_backup(world):
    world.create(images=2, regions=3).close()
    _age(world, 60)
    crash = (
        "import os, sys; from pathlib import Path; from acseg_core.store import open_project;"
        "from acseg_core.store.edits import review;"
        "project = open_project(Path(sys.argv[1])); review.name_regions_as(project, [1], 'cat'); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", crash, str(world.folder)], check=False)
    _age(world, 60)
    open_project(world.folder).close()
    with closing(sqlite3.connect(latest_backup(world.folder))) as connection:
        assert connection.execute("SELECT name FROM label").fetchall() == [("cat",)]


def test_a_long_session_is_backed_up_between_edits(world, monkeypatch):
    project = world.create(images=1, regions=3)
    review.name_regions_as(project, [1], "cat")
    assert not (world.folder / "backups").exists()
    monkeypatch.setattr(backups, "SPACING", timedelta(0))
    review.name_regions_as(project, [2], "dog")
    with closing(sqlite3.connect(latest_backup(world.folder))) as connection:
        assert connection.execute("SELECT count(*) FROM label").fetchone() == (2,)


def test_only_the_newest_and_spaced_ones_are_kept(world):
    project = world.create(images=1, regions=3)
    for minute in range(1, 41):
        _age(world, 1)
        assert backups.make_backup(project.folder) is not None
        ages = sorted(
            round((datetime.now(UTC) - backups._made(path)).total_seconds() / 60)
            for path in (world.folder / "backups").glob("project-*.db")
        )
        assert len(ages) <= backups.KEPT
        assert ages[0] == 0
        if minute > 30:
            assert 10 <= ages[2] <= 31
            assert ages[2] - ages[1] >= 10


def test_a_clock_put_back_does_not_hide_the_newest_backup(world):
    world.create(images=1, regions=3).close()
    _age(world, -24 * 60)
    for name in ("cat", "dog"):
        with open_project(world.folder) as project:
            review.name_regions_as(project, [1], name)
    with closing(sqlite3.connect(latest_backup(world.folder))) as connection:
        assert connection.execute("SELECT name FROM label ORDER BY id").fetchall() == [("cat",), ("dog",)]


def test_damage_never_replaces_a_good_backup(world, caplog):
    world.create(images=5, regions=6).close()
    good = _names(world)
    _damage(world)
    with caplog.at_level(logging.ERROR, "acseg_core.store.backups"):
        assert backups.make_backup(world.folder) is None
    assert "damaged" in caplog.text
    assert _names(world) == good


def test_a_backup_that_cannot_be_written_only_warns(world, caplog):
    project = world.create(images=1, regions=2)
    (world.folder / "backups").write_text("in the way")
    review.name_regions_as(project, [1], "cat")
    with caplog.at_level(logging.WARNING, "acseg_core.store.backups"):
        project.close()
    assert "no backup of" in caplog.text
    with open_project(world.folder) as project:
        assert [label.name for label in queries.labels(project)] == ["cat"]


def test_a_backup_on_a_full_disk_only_warns(world, caplog):
    """A real file system of 1 MB that has no room for a copy."""
    small = world.root / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("may not mount a file system of its own")
    try:
        world.create(images=1, regions=2, folder=small / "p").close()
        project = world.open(small / "p")
        for backup in (small / "p" / "backups").iterdir():
            backup.unlink()
        review.name_regions_as(project, [1], "cat")
        used = sum(path.stat().st_size for path in small.rglob("*") if path.is_file())
        (small / "ballast").write_bytes(bytes(2**20 - used - 64 * 1024))
        with caplog.at_level(logging.WARNING, "acseg_core.store.backups"):
            project.close()
        assert "no backup of" in caplog.text
        assert list((small / "p" / "backups").iterdir()) == []
        (small / "ballast").unlink()
        with open_project(small / "p") as project:
            assert [label.name for label in queries.labels(project)] == ["cat"]
    finally:
        world.close()
        subprocess.run(["umount", str(small)], check=True)


def test_restoring_puts_the_newest_good_backup_in_place(world):
    project = world.create(images=5, regions=6)
    review.name_regions_as(project, [1], "cat")
    project.close()
    before = world.rows()
    _age(world, 20)
    with open_project(world.folder) as project:
        review.name_regions_as(project, [2], "dog")
    newest = latest_backup(world.folder)
    newest.write_bytes(b"this backup is rotten")
    _damage(world)
    damaged = (world.folder / "project.db").read_bytes()
    with pytest.raises(ProjectDamagedError) as caught:
        open_project(world.folder)
    restored = restore_backup(world.folder)
    assert restored.source == caught.value.backup != newest
    assert restored.aside == world.folder / "project.db.damaged-1"
    assert world.rows() == before
    assert (world.folder / "project.db.damaged-1").read_bytes() == damaged
    with open_project(world.folder) as project:
        assert history.state(project).undo == "Name regions"
        history.undo(project)
        assert queries.labels(project) == []
        world.assert_partition(project, 1)


def test_restoring_twice_keeps_both_damaged_files(world):
    world.create(images=5, regions=6).close()
    for number in (1, 2):
        _damage(world)
        restore_backup(world.folder)
        assert (world.folder / f"project.db.damaged-{number}").exists()
        open_project(world.folder).close()


def test_a_stale_write_ahead_log_is_not_played_into_the_restored_database(world):
    world.create(images=5, regions=6).close()
    before = world.rows()
    crash = (
        "import os, sys; from pathlib import Path; from acseg_core.store import open_project;"
        "from acseg_core.store.edits import review;"
        "project = open_project(Path(sys.argv[1])); review.name_regions_as(project, [1], 'cat'); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", crash, str(world.folder)], check=False)
    assert (world.folder / "project.db-wal").stat().st_size > 0
    (world.folder / "project.db").write_bytes(b"rubbish")
    restore_backup(world.folder)
    with open_project(world.folder):
        pass
    assert world.rows() == before
    assert (world.folder / "project.db.damaged-1-wal").exists()


def test_restoring_what_was_half_restored(world):
    """Killed after the damaged file was set aside: there is no database, and yet it is a project."""
    world.create(images=2, regions=3).close()
    before = world.rows()
    (world.folder / "project.db").rename(world.folder / "project.db.damaged-1")
    (world.folder / "project.db.restoring").write_bytes(b"half")
    with pytest.raises(ProjectDamagedError, match="missing"):
        open_project(world.folder)
    restore_backup(world.folder)
    assert world.rows() == before


def test_restoring_is_refused_while_somebody_writes(world):
    world.create(images=1, regions=2).close()
    with open_project(world.folder), pytest.raises(ProjectLockedError):
        restore_backup(world.folder)


def test_nothing_to_restore(world):
    with pytest.raises(ProjectNotFoundError):
        restore_backup(world.folder)
    world.folder.mkdir()
    (world.folder / "project.db").write_bytes(b"rubbish")
    with pytest.raises(ProjectDamagedError, match="no readable backup"):
        restore_backup(world.folder)
    assert (world.folder / "project.db").read_bytes() == b"rubbish"


@pytest.fixture
def without_gc():
    """Nothing goes but what nobody refers to any more."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def large(monkeypatch):
    """Every database counts as one that is too large to be checked when it is opened."""
    monkeypatch.setattr(backups, "SMALL_BYTES", 0)


def test_damage_found_by_the_first_reads_leaves_nothing_that_is_in_the_way_of_restoring(world, large, without_gc):
    world.create(images=2, regions=3).close()
    backups.make_backup(world.folder)
    damage_table(world.folder / "project.db", "label")
    try:
        with open_project(world.folder) as project:
            gone = weakref.ref(project)
            queries.labels(project)
    except ProjectDamagedError as error:
        failed = weakref.ref(error)
    del project
    assert failed() is None, "the error refers to itself"
    assert gone() is None, "something of the error keeps the project"
    restore_backup(world.folder)
    with open_project(world.folder) as project:
        assert queries.summary(project).regions == 6


def test_a_project_whose_backup_cannot_be_looked_for_is_not_left_open(world, monkeypatch, without_gc):
    world.create(images=1).close()
    _age(world, 60)

    def refuse(_folder):
        raise PermissionError("no")

    monkeypatch.setattr(backups, "is_outdated", refuse)
    with pytest.raises(PermissionError) as kept:
        open_project(world.folder)
    monkeypatch.undo()
    with open_project(world.folder) as project:
        assert not project.read_only
    del kept
