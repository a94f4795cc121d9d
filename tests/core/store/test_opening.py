"""Creating and opening projects, and every way in which that is refused."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from acseg_core.errors import (
    ImagesNotFoundError,
    ProjectDamagedError,
    ProjectExistsError,
    ProjectNotFoundError,
    ProjectReadOnlyError,
    ProjectTooNewError,
    StorageError,
)
from acseg_core.store import create_project, is_project, open_project, queries
from acseg_core.store.edits import history, ingest, review
from acseg_core.store.edits.labels import create_label


def test_a_new_project_is_empty_and_opens_again(world):
    with create_project(world.folder, image_root=world.images) as project:
        assert (project.folder, project.name, project.image_root) == (world.folder, "project", world.images)
        assert project.thumbnails_dir == world.folder / "cache" / "thumbnails"
        assert project.thumbnails_dir.is_dir()
        assert not project.read_only
        summary = queries.summary(project)
    assert (summary.images, summary.regions, summary.labels, summary.last_run) == (0, 0, 0, None)
    assert is_project(world.folder)
    with open_project(world.folder) as project:
        assert queries.summary(project) == summary
        assert history.state(project).undo is None


def test_parents_are_made_and_the_name_is_kept(world):
    folder = world.root / "a b" / "ünï%20?#c" / "p"
    create_project(folder, image_root=world.images, name="Street scenes").close()
    with open_project(folder) as project:
        assert project.name == "Street scenes"
    with open_project(folder, read_only=True) as project:
        assert project.name == "Street scenes"


def test_a_folder_with_other_files_may_become_a_project(world):
    world.folder.mkdir()
    (world.folder / "notes.txt").write_text("mine")
    world.create(images=1)
    assert (world.folder / "notes.txt").read_text() == "mine"


def test_an_existing_project_is_never_overwritten(world):
    world.create(images=2).close()
    before = world.rows()
    with pytest.raises(ProjectExistsError, match="is already a project"):
        create_project(world.folder, image_root=world.images)
    assert world.rows() == before


def test_a_file_is_no_place_for_a_project(world):
    world.folder.write_text("a file")
    with pytest.raises(ProjectExistsError, match="is a file"):
        create_project(world.folder, image_root=world.images)
    with pytest.raises(ProjectExistsError, match="a file is in the way"):
        create_project(world.folder / "inside", image_root=world.images)
    with pytest.raises(ProjectNotFoundError, match="is a file; give the project folder"):
        open_project(world.folder)
    assert world.folder.read_text() == "a file"


def test_without_an_image_folder_nothing_is_made(world):
    with pytest.raises(ImagesNotFoundError, match="no such folder"):
        create_project(world.folder, image_root=world.root / "nowhere")
    assert not world.folder.exists()


def test_opening_what_is_not_there(world):
    with pytest.raises(ProjectNotFoundError, match="no such folder"):
        open_project(world.folder)
    with pytest.raises(ProjectNotFoundError, match=r"contains no project\.db"):
        open_project(world.images)
    assert not is_project(world.images)
    assert list(world.images.iterdir()) == []


def test_the_database_of_another_program_is_left_alone(world):
    world.folder.mkdir()
    with closing(sqlite3.connect(world.folder / "project.db")) as connection:
        connection.execute("CREATE TABLE project (id INTEGER)")
        connection.commit()
    before = (world.folder / "project.db").read_bytes()
    for read_only in (False, True):
        with pytest.raises(ProjectNotFoundError, match="another program"):
            open_project(world.folder, read_only=read_only)
    assert (world.folder / "project.db").read_bytes() == before


@pytest.mark.parametrize("mark", ["PRAGMA user_version = 999", "UPDATE alembic_version SET version_num = 'f00d'"])
def test_a_newer_project_is_refused_untouched(world, mark):
    world.create(images=1).close()
    world.sql(mark)
    before = (world.folder / "project.db").read_bytes()
    for read_only in (False, True):
        with pytest.raises(ProjectTooNewError, match="newer version"):
            open_project(world.folder, read_only=read_only)
    assert (world.folder / "project.db").read_bytes() == before
    with pytest.raises(ProjectTooNewError):  # and the lock was given back
        open_project(world.folder)


def test_a_project_half_made_can_be_made_again(world):
    world.folder.mkdir()
    (world.folder / "project.lock").touch()
    (world.folder / "project.db.creating").write_bytes(b"SQLite format 3\0 and then the power went")
    (world.folder / "project.db.creating-journal").write_bytes(b"junk")
    (world.folder / "project.db-wal").write_bytes(b"left over from something")
    with pytest.raises(ProjectNotFoundError):
        open_project(world.folder)
    world.create(images=1, regions=2)
    assert not list(world.folder.glob("project.db.creating*"))
    assert (world.folder / "project.db.damaged-1-wal").exists()


CREATE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from acseg_core.store import create_project
folder, images, steps = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
def countdown(frame, event, argument):
    global steps
    steps -= 1
    if steps == 0:
        os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(countdown)
create_project(folder, image_root=images)
sys.setprofile(None)
print(-steps)
"""


def test_killed_anywhere_in_creating_it_can_be_created_again(world):
    """A real process kills itself after so many calls and returns inside `create_project`."""

    def create(folder: Path, steps: int) -> subprocess.CompletedProcess[str]:
        arguments = [sys.executable, "-c", CREATE_AND_DIE, str(folder), str(world.images), str(steps)]
        return subprocess.run(arguments, capture_output=True, text=True, check=False)

    whole = int(create(world.root / "whole", 0).stdout)
    for percent in (5, 70, 80, 90, 97):
        folder = world.root / str(percent)
        assert create(folder, whole * percent // 100).returncode == -signal.SIGKILL
        try:
            project = create_project(folder, image_root=world.images)
        except ProjectExistsError:
            project = open_project(folder)
        with project:
            assert queries.summary(project).name == str(percent)


def test_a_path_the_system_refuses(world):
    impossible = world.root / ("x" * 300)
    for attempt in (
        lambda: create_project(impossible, image_root=world.images),
        lambda: open_project(impossible),
        lambda: open_project(impossible / "p", read_only=True),
    ):
        with pytest.raises(StorageError, match="too long"):
            attempt()
    assert not is_project(impossible)
    with pytest.raises(ImagesNotFoundError):
        create_project(world.folder, image_root=impossible)
    world.create().close()
    world.sql("UPDATE project SET image_root = ?", str(impossible))
    with open_project(world.folder) as project:
        assert project.image_root == world.images  # found by the relative path
        with pytest.raises(ImagesNotFoundError):
            ingest.relocate(project, impossible)


def test_a_damaged_database_names_the_backup(world):
    project = world.create(images=3, regions=4)
    review.name_regions_as(project, [1], "cat")
    project.close()
    before = world.rows()
    database = world.folder / "project.db"
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(3 * 4096))
    for read_only in (False, True):
        with pytest.raises(ProjectDamagedError, match="damaged") as caught:
            open_project(world.folder, read_only=read_only)
        assert caught.value.backup is not None
        assert caught.value.backup.parent == world.folder / "backups"
        with closing(sqlite3.connect(caught.value.backup)) as connection:
            assert connection.execute("SELECT * FROM region ORDER BY id").fetchall() == before["region"]


@pytest.mark.parametrize("damage", ["header", "truncated", "empty", "garbage", "missing"])
def test_damage_of_every_kind(world, damage):
    world.create(images=3, regions=4).close()
    database = world.folder / "project.db"
    data = database.read_bytes()
    match damage:
        case "header":
            database.write_bytes(os.urandom(100) + data[100:])
        case "truncated":
            database.write_bytes(data[: len(data) // 2])
        case "empty":
            database.write_bytes(b"")
        case "garbage":
            database.write_bytes(b"this is no database at all")
        case "missing":
            database.unlink()
    for read_only in (False, True):
        with pytest.raises(ProjectDamagedError) as caught:
            open_project(world.folder, read_only=read_only)
        assert caught.value.backup is not None
    assert is_project(world.folder)
    with pytest.raises(ProjectExistsError):
        create_project(world.folder, image_root=world.images)


def test_a_damaged_database_without_backup(world):
    world.create(images=1).close()
    shutil.rmtree(world.folder / "backups")
    (world.folder / "project.db").write_bytes(b"rubbish")
    with pytest.raises(ProjectDamagedError, match="no readable backup") as caught:
        open_project(world.folder)
    assert caught.value.backup is None


def _mounted_read_only(source: Path, target: Path) -> bool:
    target.mkdir()
    bound = subprocess.run(["mount", "--bind", str(source), str(target)], capture_output=True, check=False)
    if bound.returncode != 0:
        return False
    subprocess.run(["mount", "-o", "remount,ro,bind", str(target)], check=True, capture_output=True)
    return True


@pytest.fixture
def read_only_folder(world):
    """The project in a folder that really cannot be written: a read-only mount for root, permissions for others."""
    if sys.platform == "win32":
        pytest.skip("folders cannot be made read-only here")

    target = world.root / "mounted"

    def mount() -> Path:
        if os.geteuid() != 0:
            world.folder.chmod(0o555)
            return world.folder
        if not _mounted_read_only(world.folder, target):
            pytest.skip("root ignores permissions, and may not mount anything here")
        return target

    yield mount
    if os.geteuid() == 0:
        subprocess.run(["umount", str(target)], capture_output=True, check=False)
    else:
        world.folder.chmod(0o755)


def test_a_read_only_folder_can_be_read(world, read_only_folder):
    project = world.create(images=2, regions=3)
    review.name_regions_as(project, [1], "cat")
    project.close()
    for suffix in ("-wal", "-shm"):
        (world.folder / f"project.db{suffix}").unlink(missing_ok=True)
    folder = read_only_folder()
    with pytest.raises(ProjectReadOnlyError, match="cannot be written; change its permissions or copy"):
        open_project(folder)
    with open_project(folder, read_only=True) as project:
        assert [label.name for label in queries.labels(project)] == ["cat"]
        assert len(queries.regions(project, 2)) == 3
        with pytest.raises(ProjectReadOnlyError):
            create_label(project, "dog")


def test_in_a_read_only_folder_even_the_write_ahead_log_of_a_crash_is_read(world, read_only_folder):
    crash = (
        "import os, sys; from pathlib import Path; from acseg_core.store import open_project;"
        "from acseg_core.store.edits import review;"
        "project = open_project(Path(sys.argv[1])); review.name_regions_as(project, [1], 'cat'); os._exit(1)"
    )
    world.create(images=2, regions=3).close()
    subprocess.run([sys.executable, "-c", crash, str(world.folder)], check=False)
    assert (world.folder / "project.db-wal").stat().st_size > 0
    (world.folder / "project.db-shm").unlink()  # as if copied without it
    folder = read_only_folder()
    with open_project(folder, read_only=True) as project:
        assert [label.name for label in queries.labels(project)] == ["cat"]


def test_a_place_that_cannot_be_written_is_refused(world, read_only_folder):
    world.folder.mkdir()
    folder = read_only_folder()
    with pytest.raises((ProjectReadOnlyError, StorageError), match=r"not written|cannot be written"):
        create_project(folder, image_root=world.images)
    with pytest.raises(StorageError, match=r"read-only|no permission"):
        create_project(folder / "deeper", image_root=world.images)
