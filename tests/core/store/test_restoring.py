"""Restoring what is sound, what was chosen, and what would be lost by it."""

import shutil

import pytest

from acseg_core.errors import ProjectDamagedError, ProjectError, ProjectNotFoundError, ProjectTooNewError
from acseg_core.store import backups, latest_backup, open_project, queries, restore_backup
from acseg_core.store.edits import review
from acseg_core.store.restoring import Loss, loss
from acseg_core.store.settings import EMPTY_IS_DONE, write_setting


@pytest.fixture
def newer(world):
    """A sound project with two edits that its only backup has not."""
    project = world.create(images=2, regions=3)
    project.close()
    with open_project(world.folder) as project:
        old = (world.root / "old.db").write_bytes(latest_backup(world.folder).read_bytes())
        review.name_regions_as(project, [1], "cat")
        review.name_regions_as(project, [2], "dog")
    for backup in (world.folder / "backups").iterdir():
        backup.write_bytes((world.root / "old.db").read_bytes())
    assert old
    return world.folder


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_database_with_settings_is_sound(world, newer):
    """On the code of before, the older backup took its place: every setting was damage."""
    with open_project(newer) as project:
        write_setting(project, EMPTY_IS_DONE, True)
    before, names = world.rows(), _names(newer)
    assert restore_backup(newer) is None
    assert (world.rows(), _names(newer)) == (before, names)


def test_a_sound_database_is_left_alone(world, newer):
    """On the code of before, the older backup took its place."""
    before, names = world.rows(), _names(newer)
    assert restore_backup(newer) is None
    assert (world.rows(), _names(newer)) == (before, names)


def test_forced_it_is_kept_beside_and_the_loss_is_known(world, newer):
    before = (newer / "project.db").read_bytes()
    lost = loss(newer, latest_backup(newer))
    assert lost is not None
    assert lost.edits == 2
    assert lost.first <= lost.last
    assert lost.first.startswith("20")
    restored = restore_backup(newer, force=True)
    assert restored.aside == newer / "project.db.replaced-1"
    assert restored.aside.read_bytes() == before
    with open_project(newer) as project:
        assert queries.labels(project) == []
    assert loss(newer, restored.aside) == Loss()
    again = restore_backup(newer, source=restored.aside, force=True)
    assert again.aside == newer / "project.db.replaced-2"
    with open_project(newer) as project:
        assert {label.name for label in queries.labels(project)} == {"cat", "dog"}


def test_what_is_lost_is_not_known_of_another_project(world, newer):
    world.create(images=1, folder=world.root / "other").close()
    world.sql("UPDATE project SET created_at = '2020-01-01T00:00:00.000+00:00'")
    assert loss(newer, world.root / "other" / "project.db") is None
    (newer / "project.db").write_bytes(b"rubbish")
    assert loss(newer, world.root / "other" / "project.db") is None


def test_damage_that_opening_a_large_file_does_not_look_for_is_found(world, newer, monkeypatch):
    monkeypatch.setattr(backups, "SMALL_BYTES", 0)
    world.sql("DELETE FROM image WHERE id = 2")
    open_project(newer, read_only=True).close()
    assert restore_backup(newer).aside == newer / "project.db.damaged-1"


def test_a_source_is_looked_at_first(world, newer):
    before = world.rows()
    with pytest.raises(ProjectNotFoundError, match="no such file"):
        restore_backup(newer, source=world.root / "nowhere.db", force=True)
    (world.root / "bad.db").write_bytes(b"rubbish")
    with pytest.raises(ProjectDamagedError, match="damaged or is not the state of a project"):
        restore_backup(newer, source=world.root / "bad.db", force=True)
    assert world.rows() == before


def test_a_kept_state_makes_a_folder_again_that_is_gone(world, newer):
    shutil.copyfile(newer / "project.db", world.root / "project (open state).db")
    shutil.rmtree(newer)
    restored = restore_backup(newer, source=world.root / "project (open state).db")
    assert restored.aside is None
    with open_project(newer) as project:
        assert {label.name for label in queries.labels(project)} == {"cat", "dog"}


def test_sound_and_without_a_backup(world, newer):
    shutil.rmtree(newer / "backups")
    assert restore_backup(newer) is None
    with pytest.raises(ProjectError, match="there is no readable backup"):
        restore_backup(newer, force=True)
    assert (newer / "project.db").exists()


def test_what_a_newer_version_made_is_not_taken_for_damage(world, newer):
    world.sql("UPDATE alembic_version SET version_num = 'f999'")
    with pytest.raises(ProjectTooNewError):
        restore_backup(newer)
    assert "project.db.damaged-1" not in _names(newer)
    assert restore_backup(newer, force=True).aside.name == "project.db.replaced-1"


def test_a_damaged_row_is_damage_though_every_page_is_sound(world, newer):
    world.sql("UPDATE region SET area = area + 1 WHERE id = 1")
    restored = restore_backup(newer)
    assert restored is not None
    assert restored.aside == newer / "project.db.damaged-1"
