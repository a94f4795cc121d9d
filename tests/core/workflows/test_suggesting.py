"""Names suggested over a project from the named regions most like those without."""

import numpy as np
from coloured_photos import accuracy, finish, name_truly

from acseg_core.store import queries
from acseg_core.store.edits import history, label_list, review, suggestions
from acseg_core.types import RegionStatus
from acseg_core.workflows import suggesting


def test_with_nothing_named_there_is_nothing_to_suggest(project):
    report = finish(suggesting.suggest_for_all(project))
    assert (report.regions, report.images, report.changes.verb, report.learned) == (0, 0, "", False)


def test_names_spread_to_regions_that_look_alike(project):
    name_truly(project, 1)
    operations = history.operations(project)
    report = finish(suggesting.suggest_for_all(project))
    assert report.changes.verb == "Suggest names"
    assert report.changes.image_ids == {2, 3, 4, 5}
    assert (report.images, report.regions) == (4, queries.summary(project).regions_by_status["suggested"])
    assert np.mean([accuracy(project, image_id) for image_id in (2, 3, 4, 5)]) > 0.7
    assert history.operations(project) == operations
    assert finish(suggesting.suggest_for_all(project)).changes.verb == ""


def test_with_everything_named_there_is_nothing_to_suggest(project):
    for image_id in range(1, 6):
        review.name_regions_as(project, [region.id for region in queries.regions(project, image_id)], "all")
    report = finish(suggesting.suggest_for_all(project))
    assert (report.regions, report.images, report.changes.verb, report.learned) == (0, 0, "", True)


def test_suggestions_are_taken_back_when_no_name_is_left(project):
    name_truly(project, 1)
    finish(suggesting.suggest_for_all(project))
    review.name_regions(project, [region.id for region in queries.regions(project, 1)], None)
    report = finish(suggesting.suggest_for_all(project))
    assert (report.regions, report.changes.verb) == (0, "Clear suggestions")
    assert queries.summary(project).regions_by_status["suggested"] == 0


def test_images_that_are_done_and_what_a_person_decided_are_left_alone(project):
    name_truly(project, 1)
    review.accept_image(project, 2)
    rejected, declined, *_ = (region.id for region in queries.regions(project, 3))
    finish(suggesting.suggest_for_all(project))
    review.reject_regions(project, [rejected])
    suggestions.decline_suggestions(project, [declined])
    finish(suggesting.suggest_for_all(project))
    assert all(region.suggestion_id is None for region in queries.regions(project, 2))
    found = {region.id: region for region in queries.regions(project, 3)}
    assert found[rejected].status is RegionStatus.REJECTED
    assert (found[declined].status, found[declined].suggestion_id) == (RegionStatus.PROPOSED, None)


def test_stopped_suggestions_keep_what_is_finished(project, monkeypatch):
    monkeypatch.setattr(suggesting, "_REGIONS_AT_ONCE", 3)
    name_truly(project, 1)
    work = suggesting.suggest_for_all(project)
    assert next(work).done == 3
    work.close()
    assert 0 < queries.summary(project).regions_by_status["suggested"] <= 3


def test_a_label_that_goes_while_names_are_suggested_is_told(project, monkeypatch):
    name_truly(project, 1)
    assert finish(suggesting.suggest_for_all(project)).forgotten == ()
    green = next(label.id for label in queries.labels(project) if label.name == "green")
    saved = suggestions.save_suggestions

    def gone_meanwhile(*arguments):
        label_list.delete_labels(project, [green])
        return saved(*arguments)

    monkeypatch.setattr(suggestions, "save_suggestions", gone_meanwhile)
    report = finish(suggesting.suggest_for_all(project))
    there = [region for image_id in queries.image_ids(project) for region in queries.regions(project, image_id)]
    assert report.forgotten == ("green",)
    assert report.regions == sum(region.suggestion_id is not None for region in there) > 0
