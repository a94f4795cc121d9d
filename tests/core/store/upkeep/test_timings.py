"""Time and actions: small rows outside the history, summed by image, by day and in all."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from acseg_core.errors import ProjectReadOnlyError
from acseg_core.store.edits import history, review
from acseg_core.store.upkeep import timings
from acseg_core.store.upkeep.timings import Activity, DayEffort, EffortSummary, WorkSpan
from acseg_core.types import ImageStatus

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def span(image_id, seconds, *, actions=0, activity=Activity.REVIEW, at=NOON):
    return WorkSpan(image_id, activity, at, seconds, actions)


def test_work_is_summed_by_image_longest_first(world):
    project = world.create(images=3, regions=4)
    timings.record_work(project, [span(2, 10, actions=1), span(1, 4, actions=2), span(2, 5.25, actions=3)])
    timings.record_work(project, [span(2, 1, at=NOON - timedelta(hours=2)), span(None, 60, activity=Activity.BROWSE)])
    second, first = timings.effort_by_image(project)
    assert (second.image_id, second.path, second.seconds, second.actions) == (2, "001.jpg", 16.25, 4)
    assert second.started_at == NOON - timedelta(hours=2)
    assert (first.image_id, first.seconds, first.actions, first.status) == (1, 4, 2, ImageStatus.PROPOSED)
    assert [each.image_id for each in timings.effort_by_image(project, [1, 3])] == [1]


def test_the_summary_tells_the_pace_and_what_the_rest_would_take(world):
    project = world.create(images=5, regions=4)
    assert timings.effort_summary(project) == EffortSummary(images=5)
    timings.record_work(
        project,
        [span(1, 20, actions=4), span(2, 40, actions=2), span(3, 30), span(None, 90, actions=6, activity="browse")],
    )
    before = timings.effort_summary(project)
    assert (before.seconds_per_image, before.images_per_hour, before.seconds_left) == (None, None, None)
    for image_id in (1, 2, 4):  # 4 was done without a clock, as by an import
        review.accept_image(project, image_id)
    found = timings.effort_summary(project)
    assert (found.review_seconds, found.browse_seconds, found.seconds, found.actions) == (90, 90, 180, 12)
    assert (found.images, found.images_done, found.images_timed, found.images_left) == (5, 3, 2, 2)
    assert (found.done_seconds, found.done_actions) == (60, 6)
    assert found.seconds_per_image == 30
    assert found.images_per_hour == pytest.approx(2 / 180 * 3600)
    assert found.seconds_left == pytest.approx(2 * 3600 / found.images_per_hour), "one pace, not two"


def test_days_are_those_of_the_asker_and_count_images_done(world):
    project = world.create(images=3, regions=4)
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    timings.record_work(
        project,
        [span(1, 10, actions=1), span(1, 20, actions=2, at=late), span(None, 5, activity=Activity.BROWSE, at=late)],
    )
    assert timings.effort_by_day(project, zone=UTC) == [DayEffort(date(2026, 3, 4), 30, 5, 3, 0)]
    two_days = timings.effort_by_day(project, zone=timezone(timedelta(hours=2)))
    assert two_days == [DayEffort(date(2026, 3, 4), 10, 0, 1, 0), DayEffort(date(2026, 3, 5), 20, 5, 2, 0)]
    assert two_days[1].seconds == 25
    review.accept_image(project, 1)
    review.accept_image(project, 2)
    review.set_image_status(project, 2, ImageStatus.IN_REVIEW)
    today = timings.effort_by_day(project, zone=UTC)[-1]
    assert abs((today.day - datetime.now(UTC).date()).days) <= 1
    assert (today.images_done, today.seconds) == (1, 0)


def test_undo_takes_no_effort_back_and_work_leaves_redo_alone(world):
    project = world.create(images=1, regions=4)
    review.name_regions_as(project, [1], "cat")
    history.undo(project)
    timings.record_work(project, [span(1, 3, actions=1)])
    assert history.state(project).redo == "Name regions"
    while history.undo(project) is not None:
        pass
    assert [(each.seconds, each.actions) for each in timings.effort_by_image(project)] == [(3, 1)]


def test_work_survives_reopening(world):
    project = world.create(images=1, regions=4)
    timings.record_work(project, [span(1, 3)])
    project.close()
    assert timings.effort_summary(world.open()).review_seconds == 3


def test_nothing_is_written_for_nothing(world):
    project = world.create(images=1)
    timings.record_work(project, [span(1, 0), span(None, 0)])
    timings.record_work(project, [])
    assert world.sql("SELECT count(*) FROM timing") == [(0,)]


def test_a_read_only_project_records_none(world):
    world.create(images=1).close()
    with pytest.raises(ProjectReadOnlyError):
        timings.record_work(world.open(read_only=True), [span(1, 1)])


@pytest.mark.parametrize("wrong", [{"seconds": -1}, {"seconds": float("nan")}, {"seconds": 1, "actions": -1}])
def test_less_than_nothing_is_no_work(wrong):
    with pytest.raises(ValueError, match="below 0"):
        span(1, **wrong)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        span(1, 1, at=datetime(2026, 3, 4))
