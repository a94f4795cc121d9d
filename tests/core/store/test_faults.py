"""The machine fails: killed at any moment, disk full. Nothing committed is lost, nothing half is left."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import event

from acseg_core.errors import StorageError
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history, review, runs

CHILD = Path(__file__).with_name("child_annotator.py")
KILLS = 16


@pytest.fixture
def edit_until_killed(world):
    """Let a child edit the project, kill it with SIGKILL; returns the operations it announced as committed."""
    if not hasattr(os, "fork"):
        pytest.skip("needs a system that can fork")
    with subprocess.Popen(
        [sys.executable, str(CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        read, write = program.stdout.readline, program.stdin

        def run(*, seed: int, announcements: int, seconds: float) -> list[tuple[int, str]]:
            print(world.folder, seed, file=write, flush=True)
            ready, pid = read().split()
            assert ready == "ready"
            said = [read() for _ in range(announcements)]
            time.sleep(seconds)
            os.kill(int(pid), signal.SIGKILL)
            while not (line := read()).startswith("ended"):
                said.append(line)
            assert line == f"ended {int(signal.SIGKILL)}\n"
            return [(int(number), verb) for number, verb in (line.rstrip("\n").split(" ", 1) for line in said)]

        yield run
        program.stdin.close()


def test_killed_at_any_moment_nothing_committed_is_lost(world, edit_until_killed):
    world.create(images=6, regions=6).close()
    chance = random.Random(7)
    announced_in_all = 0
    for seed in range(KILLS):
        announced = edit_until_killed(
            seed=seed, announcements=chance.randrange(0, 9), seconds=chance.uniform(0.0, 0.03)
        )
        announced_in_all += len(announced)
        with open_project(world.folder) as project:
            stored = dict(world.sql("SELECT id, verb FROM operation"))
            for number, verb in announced:
                assert stored[number] == verb
            assert world.sql("PRAGMA integrity_check") == [("ok",)]
            assert world.sql("PRAGMA foreign_key_check") == []
            _assert_partitions(world, project)
            before = world.rows()
            undone = sum(history.undo(project) is not None for _ in range(chance.randrange(1, 5)))
            _assert_partitions(world, project)
            for _ in range(undone):
                assert history.redo(project) is not None
            assert world.rows() == before
    assert announced_in_all >= 3 * KILLS
    with open_project(world.folder) as project:
        while history.undo(project) is not None:
            pass
        assert queries.summary(project).regions == 0
        assert queries.labels(project) == []


def _assert_partitions(world, project) -> None:
    for record, regions in queries.image_regions(project):
        if regions:
            world.assert_partition(project, record.id)


def _limit_pages(project, pages: int):
    """Make SQLite find the disk full at so many pages."""

    def limit(connection, _record, _proxy):
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(project._engine, "checkout", limit)
    return lambda: event.remove(project._engine, "checkout", limit)


def test_a_full_disk_while_proposing_loses_only_the_image_at_hand(world):
    project = world.create(images=40)
    (pages,) = world.sql("PRAGMA page_count")[0]
    release = _limit_pages(project, pages + 12)
    run_id = runs.begin_run(project, world.run)

    def propose_all() -> None:
        for image_id in queries.image_ids(project):
            runs.save_proposals(project, run_id, image_id, world.proposals(regions=40, seed=image_id))

    with pytest.raises(StorageError, match="disk is full"):
        propose_all()
    runs.finish_run(project, run_id)
    saved = 40 - len(queries.unproposed_images(project))
    assert 0 < saved < 40
    for image_id in queries.image_ids(project)[:saved]:
        world.assert_partition(project, image_id)
    assert world.sql("PRAGMA integrity_check") == [("ok",)]
    release()
    project._engine.dispose()
    world.propose(project, queries.unproposed_images(project), regions=40)
    assert queries.unproposed_images(project) == []
    assert [record.verb for record in history.operations(project)] == ["Propose", "Propose"]


def test_a_full_disk_while_editing_changes_nothing(world):
    project = world.create(images=30, regions=40)
    before = world.rows()
    (pages,) = world.sql("PRAGMA page_count")[0]
    release = _limit_pages(project, pages + 1)
    everything = [region.id for _, regions in queries.image_regions(project) for region in regions]
    with pytest.raises(StorageError, match="disk is full"):
        review.name_regions_as(project, everything, "cat")
    assert world.rows() == before
    assert history.state(project).undo == "Propose"
    release()
    project._engine.dispose()
    review.name_regions_as(project, everything, "cat")
    history.undo(project)
    assert world.rows() == before


@pytest.fixture
def small_disk(world):
    """A file system of 2 MB of its own, with a project in it."""
    disk = world.root / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("may not mount a file system of its own")
    yield disk
    world.close()
    subprocess.run(["umount", str(disk)], check=True)


def _fill(disk: Path) -> Path:
    """Write a file until nothing more fits."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    return ballast


def test_a_disk_that_is_really_full(world, small_disk):
    project = world.create(images=20, regions=10, folder=small_disk / "p")
    before = world.rows(small_disk / "p")
    everything = [region.id for _, regions in queries.image_regions(project) for region in regions]
    ballast = _fill(small_disk)

    def edit_on_and_on() -> None:
        for number in range(1000):
            review.name_regions_as(project, everything, f"label {number}")

    with pytest.raises(StorageError, match=r"disk|space"):
        edit_on_and_on()
    done = len(history.operations(project, 1000))
    ballast.unlink()
    review.name_regions_as(project, everything, "room again")
    assert len(history.operations(project, 1000)) == done + 1
    for _ in range(done):
        history.undo(project)
    assert world.rows(small_disk / "p") == before
    project.close()
    with open_project(small_disk / "p") as project:
        assert history.state(project).undo == "Propose"


def test_creating_on_a_full_disk_leaves_nothing_that_is_in_the_way(world, small_disk):
    ballast = _fill(small_disk)
    with pytest.raises(StorageError):
        world.create(folder=small_disk / "p")
    ballast.unlink()
    with contextlib.closing(world.create(images=1, folder=small_disk / "p")) as project:
        assert queries.summary(project).images == 1
