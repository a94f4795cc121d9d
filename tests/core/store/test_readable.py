"""Reading where nothing can be written: a disk that is full."""

import subprocess
import sys
from pathlib import Path

import pytest

from acseg_core.errors import ProjectReadOnlyError, StorageError
from acseg_core.store import create_project, open_project, queries, restore_backup
from acseg_core.store.edits import review

CRASH = (
    "import os, sys; from pathlib import Path; from acseg_core.store import open_project;"
    "from acseg_core.store.edits import review;"
    "project = open_project(Path(sys.argv[1])); review.name_regions_as(project, [1], 'dog'); os._exit(1)"
)


@pytest.fixture
def small(world):
    """A real file system of 2 MB."""
    folder = world.root / "small"
    folder.mkdir()
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
        )
    except OSError:
        pytest.skip("no way to mount a file system here")
    if mounted.returncode != 0:
        pytest.skip("may not mount a file system of its own")
    yield folder
    world.close()
    subprocess.run(["umount", str(folder)], check=True)


def _fill(folder: Path, *, leave: int = 0) -> None:
    """Leave so many bytes, and not one more."""
    if leave:
        (folder / "room").write_bytes(bytes(leave))
    with (folder / "ballast").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    (folder / "room").unlink(missing_ok=True)


def _project(world, small, *, crash: bool) -> Path:
    project = world.create(images=2, regions=3, folder=small / "p")
    review.name_regions_as(project, [1], "cat")
    project.close()
    if crash:
        subprocess.run([sys.executable, "-c", CRASH, str(small / "p")], check=False)
        assert (small / "p" / "project.db-wal").stat().st_size > 0
        (small / "p" / "project.db-shm").unlink()
    _fill(small)
    return small / "p"


@pytest.mark.parametrize("crash", [False, True])
def test_a_project_on_a_full_disk_is_read_with_all_its_commits(world, small, crash):
    """On the code of before: "disk I/O error". What a crash left in the log is read from a copy on another disk."""
    folder = _project(world, small, crash=crash)
    before = sorted(folder.iterdir())
    with open_project(folder, read_only=True) as project:
        assert [label.name for label in queries.labels(project)] == ["cat", "dog"][: 1 + crash]
        assert len(queries.regions(project, 2)) == 3
        assert "the disk is full" in project.notice
        with pytest.raises(ProjectReadOnlyError):
            review.name_regions_as(project, [2], "bird")
    assert sorted(folder.iterdir()) == before


def test_writing_there_says_that_the_disk_is_full(world, small):
    folder = _project(world, small, crash=False)
    with pytest.raises(StorageError, match="the disk is full") as caught:
        open_project(folder)
    assert "I/O" not in str(caught.value)
    (small / "ballast").unlink()
    with world.open(folder) as project:
        assert [label.name for label in queries.labels(project)] == ["cat"]


def test_without_room_elsewhere_for_the_log_it_is_said(world, small, monkeypatch):
    folder = _project(world, small, crash=True)
    (small / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(small / "tmp"))
    with pytest.raises(StorageError, match="the disk is full"):
        open_project(folder, read_only=True)
    assert list((small / "tmp").iterdir()) == []


@pytest.mark.parametrize("leave", [0, 20_000, 60_000])
def test_creating_leaves_nothing_behind(world, small, leave):
    (small / "p").mkdir()
    _fill(small, leave=leave)
    with pytest.raises(StorageError, match="the disk is full"):
        create_project(small / "p", image_root=world.images)
    assert not list((small / "p").glob("*.creating*"))
    assert not (small / "p" / "project.db").exists()
    (small / "ballast").unlink()
    create_project(small / "p", image_root=world.images).close()


def test_restoring_leaves_nothing_behind_and_what_was_there(world, small):
    world.create(images=2, regions=3, folder=small / "p").close()
    database = small / "p" / "project.db"
    database.write_bytes(b"rubbish")
    _fill(small, leave=20_000)
    with pytest.raises(StorageError, match="the disk is full"):
        restore_backup(small / "p")
    assert not list((small / "p").glob("*.restoring*"))
    assert database.read_bytes() == b"rubbish"
    (small / "ballast").unlink()
    assert restore_backup(small / "p") is not None
    with world.open(small / "p") as project:
        assert queries.summary(project).regions == 6
