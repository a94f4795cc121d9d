"""An open project: where its images are, many threads, damage found while it is open, and its end."""

import sqlite3
import threading
from contextlib import closing

import pytest

from acseg_core.errors import (
    ProjectDamagedError,
    ProjectError,
)
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import history, review
from acseg_core.store.edits.labels import create_label


def test_the_images_are_found_when_everything_moved_together(world):
    old = world.root / "old"
    (old / "images").mkdir(parents=True)
    create_project(old / "work" / "p", image_root=old / "images").close()
    new = world.root / "new"
    old.rename(new)
    with open_project(new / "work" / "p") as project:
        assert project.image_root == new / "images"
        assert queries.summary(project).image_root == str(new / "images")
    with open_project(new / "work" / "p", read_only=True) as project:
        assert project.image_root == new / "images"


def test_the_stored_folder_wins_and_is_named_when_nothing_is_there(world):
    world.create().close()
    world.images.rmdir()
    with open_project(world.folder) as project:
        assert project.image_root == world.images


def test_a_closed_project_says_so(world):
    project = world.create(images=1, regions=2)
    project.close()
    project.close()
    with pytest.raises(ProjectError, match="closed"):
        queries.labels(project)
    with pytest.raises(ProjectError, match="closed"):
        create_label(project, "late")


def test_threads_share_a_project(world):
    """Writers queue up, readers see whole states only."""
    project = world.create(images=4, regions=4)
    faults: list[BaseException] = []

    def edit(number: int) -> None:
        try:
            for _ in range(10):
                review.name_regions_as(project, [number], f"label {number}")
                review.name_regions(project, [number], None)
        except BaseException as error:  # whatever it is, the test is to see it
            faults.append(error)

    def read() -> None:
        try:
            for _ in range(40):
                assert [len(regions) for _, regions in queries.image_regions(project)] == [4] * 4
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=edit, args=(n,)) for n in (1, 5, 9)] + [threading.Thread(target=read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(history.operations(project, 1000)) == 1 + 3 * 10 * 2
    while history.undo(project) is not None:
        pass
    assert queries.summary(project).regions == 0


def test_damage_found_while_open_is_reported_as_such(world):
    project = world.create(images=30, regions=12)
    with project.read() as connection:
        (root,) = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'region'").one()
    project.close()
    with open_project(world.folder) as project:
        with (world.folder / "project.db").open("r+b") as file:
            file.seek((root - 1) * 4096)
            file.write(b"\xff" * 4096)
        project._engine.dispose()  # forget the pages read already
        with pytest.raises(ProjectDamagedError) as caught:
            list(queries.image_regions(project))
        assert caught.value.backup is not None
        with pytest.raises(ProjectDamagedError):
            review.name_regions_as(project, [1], "cat")
    # closing did not put the damage over the good backup
    with closing(sqlite3.connect(caught.value.backup)) as connection:
        assert connection.execute("SELECT count(*) FROM region").fetchone() == (360,)
