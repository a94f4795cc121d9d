"""Comments on images, and reviews by a second person, which end when their image changes."""

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import clusters, confirming, history, merging, remarks, review, suggestions
from acseg_core.store.edits.label_list import delete_labels
from acseg_core.types import ImageStatus, OpChanges


@pytest.fixture
def project(world):
    """Three images with four regions each: 1-4, 5-8, 9-12; the first two done, one region named in each."""
    project = world.create(images=3, regions=4)
    for image_id, region_id in ((1, 1), (2, 5)):
        review.name_regions_as(project, [region_id], "cat")
        review.accept_image(project, image_id)
    return project


def _reviewed(project):
    return [record.id for record in queries.images(project) if record.is_reviewed]


def test_a_comment_is_one_step_to_undo(project):
    changes = remarks.write_comment(project, 1, "  too dark:\r\nlook again\n")
    assert (changes.verb, changes.image_ids, changes.images) == ("Comment on image", frozenset({1}), True)
    assert queries.image(project, 1).comment == "too dark:\nlook again"
    remarks.write_comment(project, 1, "")
    assert queries.image(project, 1).comment == ""
    history.undo(project)
    assert queries.image(project, 1).comment == "too dark:\nlook again"
    history.undo(project)
    assert queries.image(project, 1).comment == ""
    history.redo(project)
    assert queries.image(project, 1).comment == "too dark:\nlook again"


def test_the_same_comment_again_is_no_step(project):
    remarks.write_comment(project, 1, "dark")
    before = history.operations(project)
    assert remarks.write_comment(project, 1, " dark ") == OpChanges()
    assert history.operations(project) == before


def test_reviewing_and_revoking_are_undone(project):
    changes = remarks.set_reviewed(project, [1, 2], is_reviewed=True)
    assert (changes.verb, changes.image_ids) == ("Mark as reviewed", frozenset({1, 2}))
    assert _reviewed(project) == [1, 2]
    remarks.set_reviewed(project, [1], is_reviewed=False)
    assert _reviewed(project) == [2]
    history.undo(project)
    assert _reviewed(project) == [1, 2]
    history.undo(project)
    assert _reviewed(project) == []


def test_only_what_is_done_is_reviewed(project):
    with pytest.raises(EditError, match=r"^002\.jpg is not done: accept its names first"):
        remarks.set_reviewed(project, [1, 3], is_reviewed=True)
    assert _reviewed(project) == []
    with pytest.raises(EditError, match="image 99 is not in the project"):
        remarks.set_reviewed(project, [99], is_reviewed=True)
    with pytest.raises(EditError, match="image 99 is not in the project"):
        remarks.write_comment(project, 99, "dark")


CHANGES = {
    "naming": lambda project: review.name_regions_as(project, [2], "dog"),
    "taking a name away": lambda project: review.name_regions(project, [1], None),
    "rejecting": lambda project: review.reject_regions(project, [2]),
    "merging": lambda project: merging.merge_regions(project, [1, 2]),
    "deleting its label": lambda project: delete_labels(project, [1]),
    "opening it again": lambda project: review.set_image_status(project, 1, ImageStatus.IN_REVIEW),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_review_ends_when_the_image_changes(project, change):
    remarks.set_reviewed(project, [1, 2], is_reviewed=True)
    change(project)
    assert 1 not in _reviewed(project)
    history.undo(project)
    assert _reviewed(project) == [1, 2]
    history.redo(project)
    assert 1 not in _reviewed(project)


def test_a_new_run_ends_the_review(project, world):
    remarks.set_reviewed(project, [1, 2], is_reviewed=True)
    world.propose(project, [1], regions=3)
    assert _reviewed(project) == [2]
    history.undo(project)
    assert _reviewed(project) == [1, 2]


KEEPING = {
    "a comment": lambda project: remarks.write_comment(project, 1, "well done"),
    "keeping a doubtful name": lambda project: confirming.keep_names(project, [1]),
    "work on another image": lambda project: review.name_regions_as(project, [9], "dog"),
    "suggestions": lambda project: suggestions.save_suggestions(project, [2], [1], [0.9]),
    "accepting it again": lambda project: review.accept_image(project, 1),
    "clusters": lambda project: clusters.drop_members(project, [2]),
}


@pytest.mark.parametrize("change", KEEPING.values(), ids=KEEPING)
def test_a_review_outlasts_what_changes_no_name(project, change):
    remarks.set_reviewed(project, [1, 2], is_reviewed=True)
    change(project)
    assert _reviewed(project) == [1, 2]
