"""Where a project's trees are cut at first: what people left images with, else the calibration, else the standard."""

import pytest

from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, review
from acseg_core.store.queries.default_granularity import LAST_IMAGES, STANDARD, default_granularity
from acseg_core.store.settings import (
    CALIBRATED_GRANULARITY,
    CALIBRATED_IMAGES,
    CHOICES_AFTER,
    USES_CALIBRATION,
    write_setting,
)
from acseg_core.types import DefaultGranularity, GranularitySource, ImageStatus

IMAGES = 20


@pytest.fixture
def cut(world):
    """An open project of many images with trees, all proposed at .5."""
    project = world.create(images=IMAGES)
    world.propose_tree(project, queries.image_ids(project), leaves=4)
    return project


def by_people(granularity, images):
    return DefaultGranularity(granularity, GranularitySource.PEOPLE, images)


def move(project, image_ids, granularity):
    for image_id in image_ids:
        cuts.recut_image(project, image_id, granularity)


def test_a_new_project_has_the_standard(cut):
    assert default_granularity(cut) == STANDARD
    assert queries.summary(cut).default_granularity == STANDARD


def test_a_calibration_counts_unless_it_is_put_aside(cut):
    write_setting(cut, CALIBRATED_GRANULARITY, 0.62)
    assert default_granularity(cut) == STANDARD, "on no image yet"
    write_setting(cut, CALIBRATED_IMAGES, 200)
    assert default_granularity(cut) == DefaultGranularity(0.62, GranularitySource.IMAGES, 200)
    write_setting(cut, USES_CALIBRATION, False)
    assert default_granularity(cut) == DefaultGranularity(0.5, GranularitySource.STANDARD, 200), "it may come back"


def test_a_damaged_calibration_is_the_standard(cut):
    write_setting(cut, CALIBRATED_IMAGES, 200)
    write_setting(cut, CALIBRATED_GRANULARITY, 7.0)
    assert default_granularity(cut) == STANDARD


def test_two_images_are_exceptions_and_three_are_a_choice(cut):
    move(cut, [1, 2], 0.7)
    assert default_granularity(cut) == STANDARD
    move(cut, [3], 0.6)
    assert default_granularity(cut) == by_people(0.7, 3)


def test_one_image_moved_three_times_is_one_image(cut):
    for granularity in (0.6, 0.7, 0.8):
        move(cut, [1], granularity)
    assert default_granularity(cut) == STANDARD


def test_images_that_were_right_count_too(cut):
    """Three in twelve were made finer: the other nine say that the cut is right."""
    move(cut, [1, 2, 3], 0.8)
    for image_id in range(4, 13):
        review.accept_image(cut, image_id)
    assert default_granularity(cut) == by_people(0.5, LAST_IMAGES)


def test_only_the_last_images_count(cut):
    move(cut, range(1, 13), 0.8)
    assert default_granularity(cut) == by_people(0.8, LAST_IMAGES)
    move(cut, range(13, 20), 0.6)
    assert default_granularity(cut) == by_people(0.6, LAST_IMAGES)


def test_undo_takes_a_choice_back(cut):
    move(cut, [1, 2, 3], 0.7)
    history.undo(cut)
    assert default_granularity(cut) == STANDARD
    history.redo(cut)
    assert default_granularity(cut) == by_people(0.7, 3)


def test_what_is_cut_as_all_images_are_is_a_choice(cut):
    for _ in cuts.recut_images(cut, 0.7):
        pass
    assert default_granularity(cut) == by_people(0.7, LAST_IMAGES)


def test_many_images_that_are_done_at_once_say_nothing(cut):
    move(cut, [1, 2, 3], 0.7)
    review.set_image_statuses(cut, range(4, IMAGES + 1), ImageStatus.DONE)
    assert default_granularity(cut) == by_people(0.7, 3)


def test_an_image_proposed_anew_is_a_choice_no_more(world, cut):
    move(cut, [1, 2, 3], 0.7)
    world.propose(cut, [1])
    assert default_granularity(cut) == STANDARD


def test_choices_before_a_reset_say_nothing(world, cut):
    move(cut, [1, 2, 3], 0.7)
    ((newest,),) = world.sql("SELECT max(id) FROM operation")
    write_setting(cut, CHOICES_AFTER, newest)
    assert default_granularity(cut) == STANDARD
    move(cut, [4, 5, 6], 0.3)
    assert default_granularity(cut) == by_people(0.3, 3)
