"""The mark of an open project, and what is done for the next one who opens: killed, replaced, copied while open."""

import json
import shutil
import subprocess
import sys
from contextlib import ExitStack

import pytest

from acseg_core.errors import ProjectDamagedError
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history, review
from acseg_core.store.open_mark import MARK, Ending, ending

CRASH = """
import os, sys
from pathlib import Path
from acseg_core.store import open_project
from acseg_core.store.edits import review
project = open_project(Path(sys.argv[1]))
for label in sys.argv[2:]:
    review.name_regions_as(project, [1], label)
os._exit(1)
"""


def _crash(folder, *labels):
    subprocess.run([sys.executable, "-c", CRASH, str(folder), *labels], check=False)


def _labels(project):
    return [label.name for label in queries.labels(project)]


def test_the_mark_is_there_while_it_is_open_for_writing(world):
    project = world.create(images=1, regions=2)
    assert (world.folder / MARK).exists()
    assert ending(world.folder) is Ending.KILLED
    project.close()
    assert not (world.folder / MARK).exists()
    assert ending(world.folder) is Ending.CLEAN
    with open_project(world.folder, read_only=True):
        assert not (world.folder / MARK).exists()


def test_after_a_kill_the_log_is_played(world):
    world.create(images=1, regions=2).close()
    _crash(world.folder, "cat")
    assert ending(world.folder) is Ending.KILLED
    for read_only in (True, False):
        with open_project(world.folder, read_only=read_only) as project:
            assert (_labels(project), project.notice) == (["cat"], "")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"project.db": 1}', "\0"])
def test_a_mark_that_does_not_read_is_none(world, content):
    world.create().close()
    (world.folder / MARK).write_text(content)
    assert ending(world.folder) is Ending.CLEAN
    with open_project(world.folder) as project:
        assert project.notice == ""


def test_a_log_is_not_played_into_a_file_that_came_after_the_kill(world):
    """On the code of before, it was, and the project was damaged by opening it."""
    world.create(images=20, regions=6, folder=world.root / "other").close()
    world.create(images=2, regions=3).close()
    _crash(world.folder, "cat", "dog")
    incoming = world.root / "incoming"
    shutil.copyfile(world.root / "other" / "project.db", incoming)
    incoming.replace(world.folder / "project.db")
    assert ending(world.folder) is Ending.REPLACED
    content = (world.folder / "project.db").read_bytes()
    with open_project(world.folder, read_only=True) as project:
        assert "the file was replaced by another one" in project.notice
        assert queries.summary(project).images == 20
    assert (world.folder / "project.db").read_bytes() == content
    with open_project(world.folder) as project:
        assert "it is kept as project.db.replaced-1-wal" in project.notice
        assert (queries.summary(project).images, _labels(project)) == (20, [])
        world.assert_partition(project, 20)
    assert (world.folder / "project.db.replaced-1-wal").stat().st_size > 0
    with open_project(world.folder) as project:
        assert project.notice == "", "told once"


def test_a_copy_of_an_open_project_with_its_log_is_whole(world):
    world.create(images=2, regions=3).close()
    with open_project(world.folder) as project:
        review.name_regions_as(project, [1], "cat")
        copy = world.root / "copy"
        shutil.copytree(world.folder, copy)
    assert ending(copy) is Ending.COPIED
    with open_project(copy) as project:
        assert (_labels(project), project.notice) == (["cat"], "")
        history.undo(project)


def test_a_copy_without_the_log_is_told(world):
    """On the code of before, nobody knew that edits were missing."""
    world.create(images=2, regions=3).close()
    copy = world.root / "copy"
    with open_project(world.folder) as project:
        review.name_regions_as(project, [1], "cat")
        shutil.copytree(world.folder, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    for read_only in (True, False):
        with open_project(copy, read_only=read_only) as project:
            assert "without its log; the last edits may be missing" in project.notice
    with open_project(copy) as project:
        assert project.notice == ""


def _copy_of_two_moments(world, *, grows=True):
    """The database of before many edits; the log of after a checkpoint in between."""
    project = world.create(images=8, regions=6)
    copy = world.root / "copy"
    project.close()
    project = world.open()
    copy.mkdir()
    shutil.copytree(world.folder / "backups", copy / "backups")
    for name in (MARK, "project.db"):
        shutil.copyfile(world.folder / name, copy / name)
    if grows:
        for seed in range(6):
            world.propose(project, queries.image_ids(project), regions=7, seed=seed)
    review.name_regions_as(project, [queries.regions(project, 2)[0].id], "dog")
    assert project._opened.holds_commits()  # which moves the log into the database, as SQLite does every so often
    review.name_regions_as(project, [queries.regions(project, 1)[0].id], "cat")
    shutil.copyfile(world.folder / "project.db-wal", copy / "project.db-wal")
    project.close()
    return copy


def test_a_copy_whose_parts_do_not_fit_is_mended_by_leaving_out_the_log(world):
    """On the code of before, the two were mixed for good as soon as somebody looked."""
    copy = _copy_of_two_moments(world)
    content = (copy / "project.db").read_bytes()
    with open_project(copy, read_only=True) as project:
        assert "its log belongs to another moment" in project.notice
        assert queries.summary(project).regions == 48
    assert (copy / "project.db").read_bytes() == content
    with open_project(copy) as project:
        assert "it is kept as project.db.replaced-1-wal" in project.notice
        assert queries.summary(project).regions == 48
        world.assert_partition(project, 8)
        history.undo(project)
    assert (copy / "project.db.replaced-1-wal").exists()


def test_a_copy_of_two_moments_that_passes_every_check_is_told(world):
    copy = _copy_of_two_moments(world, grows=False)
    for read_only in (True, False):
        with open_project(copy, read_only=read_only) as project:
            assert "check the project, or restore the last backup" in project.notice


def test_a_copy_of_which_nothing_is_sound_leads_to_the_backup(world):
    copy = _copy_of_two_moments(world)
    database = copy / "project.db"
    content = database.read_bytes()
    database.write_bytes(content[: len(content) // 2])
    log = (copy / "project.db-wal").read_bytes()
    for read_only in (True, False):
        with pytest.raises(ProjectDamagedError) as caught:
            open_project(copy, read_only=read_only)
        assert caught.value.backup is not None
    assert (copy / "project.db-wal").read_bytes() == log, "looking changes nothing"
    assert len(database.read_bytes()) == len(content) // 2


def test_the_mark_names_the_files_by_their_numbers(world):
    with ExitStack() as stack:
        stack.callback(world.create().close)
        marked = json.loads((world.folder / MARK).read_text())
        assert marked == {name: (world.folder / name).stat().st_ino for name in ("project.db", "project.db-wal", MARK)}
