"""Choices of a project: kept with it, typed, and outside the history."""

import logging

import pytest

from acseg_core.errors import ProjectReadOnlyError
from acseg_core.store.edits import history
from acseg_core.store.settings import EMPTY_IS_DONE, Setting, read_setting, write_setting

SHARE = Setting("test_share", default=0.5)
NAME = Setting("test_name", default="")


def test_a_choice_is_kept_with_the_project(world):
    project = world.create()
    assert read_setting(project, EMPTY_IS_DONE) is False
    write_setting(project, EMPTY_IS_DONE, True)
    write_setting(project, SHARE, 0.25)
    write_setting(project, NAME, "Straße “1”")
    write_setting(project, SHARE, 0.75)
    project.close()
    with world.open() as again:
        assert read_setting(again, EMPTY_IS_DONE) is True
        assert read_setting(again, SHARE) == 0.75
        assert read_setting(again, NAME) == "Straße “1”"


def test_choosing_is_no_step_of_the_history(world):
    project = world.create(images=1)
    before = history.state(project)
    write_setting(project, EMPTY_IS_DONE, True)
    assert history.state(project) == before


def test_a_value_of_another_type_is_refused(world):
    project = world.create()
    with pytest.raises(ValueError, match="test_share is a float, not 'much'"):
        write_setting(project, SHARE, "much")
    with pytest.raises(ValueError, match="accept_empty_images is a bool, not 1"):
        write_setting(project, EMPTY_IS_DONE, 1)


@pytest.mark.parametrize("stored", ["{", '"yes"', "1", "null"])
def test_a_value_that_makes_no_sense_is_the_default(world, caplog, stored):
    project = world.create()
    with project.write() as connection:
        connection.exec_driver_sql("INSERT INTO setting (key, value) VALUES ('accept_empty_images', ?)", (stored,))
    with caplog.at_level(logging.WARNING):
        assert read_setting(project, EMPTY_IS_DONE) is False
    assert "accept_empty_images" in caplog.text
    caplog.clear()


def test_a_project_that_is_read_only_keeps_its_choices(world):
    world.create().close()
    with world.open(read_only=True) as project, pytest.raises(ProjectReadOnlyError):
        write_setting(project, EMPTY_IS_DONE, True)
