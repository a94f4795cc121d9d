"""One writer: a second one is refused, readers are not, and a killed program leaves no lock behind."""

import errno
import re
import subprocess
import sys

import filelock
import pytest

from acseg_core.errors import ProjectLockedError, ProjectReadOnlyError, StorageError
from acseg_core.store import lock, open_project, queries
from acseg_core.store.edits import history, review


def test_a_second_writer_is_refused_and_a_reader_is_not(world):
    project = world.create(images=1, regions=2)
    with pytest.raises(ProjectLockedError, match="open in another program"):
        open_project(world.folder)
    with open_project(world.folder, read_only=True) as reader:
        assert len(queries.regions(reader, 1)) == 2
        review.name_regions_as(project, [1], "cat")
        assert [label.name for label in queries.labels(reader)] == ["cat"]
        for attempt in (lambda: review.name_regions(reader, [1], None), lambda: history.undo(reader)):
            with pytest.raises(ProjectReadOnlyError, match="read-only"):
                attempt()
    project.close()
    open_project(world.folder).close()


OTHER_PROGRAM = """
import sys
from pathlib import Path
from acseg_core.errors import ProjectLockedError
from acseg_core.store import open_project, queries
folder = Path(sys.argv[1])
try:
    open_project(folder)
except ProjectLockedError as error:
    print("refused:", error)
with open_project(folder, read_only=True) as project:
    print("reads", len(queries.regions(project, 1)))
"""

HOLDER = """
import sys, time
from pathlib import Path
from acseg_core.store import open_project
project = open_project(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def test_two_programs(world):
    project = world.create(images=1, regions=3)
    review.name_regions_as(project, [1], "cat")
    done = subprocess.run(
        [sys.executable, "-c", OTHER_PROGRAM, str(world.folder)], capture_output=True, text=True, check=True
    )
    refused, reads = done.stdout.splitlines()
    assert refused.startswith(f"refused: {world.folder}: the project is open in another program")
    assert reads == "reads 3"
    assert history.undo(project) is not None


def test_the_lock_of_a_killed_program_is_gone(world):
    world.create(images=1).close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(world.folder)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(ProjectLockedError):
            open_project(world.folder)
        holder.kill()
    assert (world.folder / "project.lock").exists()
    open_project(world.folder).close()


def test_a_lock_is_free_again_once_released(tmp_path):
    held = lock.acquire(tmp_path)
    assert (tmp_path / lock.LOCK).exists()
    with pytest.raises(ProjectLockedError, match="open in another program"):
        lock.acquire(tmp_path)
    held.release()
    lock.acquire(tmp_path).release()


def raising(error):
    def acquire(self, **options):
        raise error

    return acquire


def test_a_lock_that_cannot_be_made_says_why(tmp_path, monkeypatch):
    """Whatever the permissions of who runs the test: the operating system's refusals are made up."""
    for code, error in (
        (errno.EROFS, ProjectReadOnlyError),
        (errno.EACCES, ProjectReadOnlyError),
        (errno.EIO, StorageError),
        (errno.ENOSPC, StorageError),
    ):
        monkeypatch.setattr(filelock.FileLock, "acquire", raising(OSError(code, "no")))
        with pytest.raises(error, match=re.escape(str(tmp_path))):
            lock.acquire(tmp_path)
