"""The annotator's edits of regions, images and labels."""

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import history, review, suggestions
from acseg_core.store.edits.labels import create_label, update_label
from acseg_core.types import ImageStatus, OpChanges, RegionStatus, Verdict


@pytest.fixture
def project(world):
    """Three images with four regions each: 1-4, 5-8, 9-12."""
    return world.create(images=3, regions=4)


def _region(project, region_id):
    return queries.regions_by_id(project, [region_id])[region_id]


def _operations(project):
    return [record.verb for record in history.operations(project)]


def test_naming_accepts_regions_and_begins_the_review(project):
    label, _ = create_label(project, "cat")
    changes = review.name_regions(project, [1, 2, 5], label.id)
    assert changes == OpChanges(
        verb="Name regions", images=True, image_ids=frozenset({1, 2}), region_ids=frozenset({1, 2, 5})
    )
    for region_id in (1, 2, 5):
        region = _region(project, region_id)
        assert (region.label_id, region.status) == (label.id, RegionStatus.ACCEPTED)
    assert _region(project, 3).label_id is None
    statuses = [record.status for record in queries.images(project)]
    assert statuses == [ImageStatus.IN_REVIEW, ImageStatus.IN_REVIEW, ImageStatus.PROPOSED]


def test_taking_a_name_away(project):
    review.name_regions_as(project, [1, 2], "cat")
    changes = review.name_regions(project, [1], None)
    assert changes.verb == "Remove name"
    assert (_region(project, 1).label_id, _region(project, 1).status) == (None, RegionStatus.PROPOSED)
    assert _region(project, 2).label_id is not None


def test_naming_by_name_finds_or_makes_the_label_in_one_operation(project):
    made = review.name_regions_as(project, [1], "  Traffic   light ")
    assert made.labels
    found = review.name_regions_as(project, [2], "TRAFFIC LIGHT")
    assert not found.labels
    assert [label.name for label in queries.labels(project)] == ["Traffic light"]
    assert _operations(project) == ["Name regions", "Name regions", "Propose"]
    history.undo(project)
    history.undo(project)
    assert queries.labels(project) == []
    assert queries.image(project, 1).status is ImageStatus.PROPOSED


def test_an_edit_that_changes_nothing_is_no_operation(project):
    review.name_regions_as(project, [1, 2], "cat")
    label = queries.labels(project)[0]
    before = _operations(project)
    for edit in (
        lambda: review.name_regions(project, [1, 2], label.id),
        lambda: review.name_regions_as(project, [2], "cat"),
        lambda: review.rename_label_regions(project, old_label_id=label.id, new_label_name="Cat"),
        lambda: review.set_image_status(project, 1, ImageStatus.IN_REVIEW),
        lambda: update_label(project, label.id, name="cat", color=label.color, hotkey=label.hotkey),
        lambda: update_label(project, label.id),
    ):
        assert edit() == OpChanges()
    assert _operations(project) == before


def test_an_edit_that_changes_nothing_keeps_what_can_be_redone(project):
    review.name_regions_as(project, [1], "cat")
    review.name_regions_as(project, [2], "cat")
    history.undo(project)
    review.name_regions_as(project, [1], "cat")
    assert history.state(project).redo == "Name regions"


def test_rejecting_takes_the_label_away(project):
    review.name_regions_as(project, [1, 2], "cat")
    changes = review.reject_regions(project, [1, 3])
    assert changes.region_ids == {1, 3}
    assert [(_region(project, n).status.value, _region(project, n).label_id) for n in (1, 2, 3)] == [
        ("rejected", None),
        ("accepted", 1),
        ("rejected", None),
    ]


def test_accepting_an_image(project):
    review.name_regions_as(project, [1], "cat")
    review.reject_regions(project, [2])
    changes = review.accept_image(project, 1)
    assert changes == OpChanges(verb="Accept image", images=True, image_ids=frozenset({1}))
    assert queries.image(project, 1).status is ImageStatus.DONE
    assert [_region(project, n).status.value for n in (1, 2, 3)] == ["accepted", "rejected", "proposed"]
    assert review.accept_image(project, 1) == OpChanges()
    review.name_regions_as(project, [3], "cat")
    assert queries.image(project, 1).status is ImageStatus.DONE


def test_setting_the_status_of_an_image(project):
    review.set_image_status(project, 2, ImageStatus.DONE)
    assert queries.image(project, 2).status is ImageStatus.DONE
    with pytest.raises(ValueError, match="almost"):
        review.set_image_status(project, 2, "almost")
    assert queries.image(project, 2).status is ImageStatus.DONE


def test_renaming_all_regions_of_a_label(project):
    review.name_regions_as(project, [1, 5, 9], "cat")
    review.name_regions_as(project, [2], "dog")
    cat, dog = queries.labels(project)
    changes = review.rename_label_regions(project, old_label_id=cat.id, new_label_name="Dog")
    assert changes.image_ids == {1, 2, 3}
    usage = queries.label_usage(project)
    assert (usage[cat.id].regions, usage[dog.id].regions) == (0, 4)
    assert len(queries.labels(project)) == 2


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda p: review.name_regions(p, [], 1), "at least one region"),
        (lambda p: review.name_regions(p, [1, 99], None), "region 99 is no longer in the project"),
        (lambda p: review.name_regions(p, [1], 7), "label 7 is no longer in the project"),
        (lambda p: review.name_regions_as(p, [1], "  "), "needs a name"),
        (lambda p: review.name_regions_as(p, [99], "cat"), "region 99 is no longer in the project"),
        (lambda p: review.name_regions_as(p, [1], "c\x00t"), "cannot be shown"),
        (lambda p: review.reject_regions(p, []), "at least one region"),
        (lambda p: review.reject_regions(p, [99]), "region 99 is no longer in the project"),
        (lambda p: review.accept_image(p, 9), "image 9 is not in the project"),
        (lambda p: review.set_image_status(p, 9, ImageStatus.DONE), "image 9 is not in the project"),
        (
            lambda p: review.rename_label_regions(p, old_label_id=7, new_label_name="x"),
            "label 7 is no longer in the project",
        ),
    ],
)
def test_nonsense_is_refused_and_leaves_no_trace(world, project, edit, message):
    before, operations = world.rows(), _operations(project)
    with pytest.raises(EditError, match=message):
        edit(project)
    assert world.rows() == before
    assert _operations(project) == operations


def test_void_is_made_once_and_taken_back_by_one_undo(world, project):
    names = world.draw(project, 1, "aaaabbbb " * 6)
    before = world.rows()
    review.mark_void(project, [names["a"]])
    (void,) = queries.labels(project)
    assert (void.name, void.color, void.is_void, void.is_thing, void.hotkey) == ("void", "#808080", True, False, None)
    assert _region(project, names["a"]).label_id == void.id
    review.mark_void(project, [names["b"]])
    assert len(queries.labels(project)) == 1
    history.undo(project)
    assert history.undo(project).verb == "Mark as void"
    assert world.rows() == before


def test_a_void_label_that_is_there_is_used(world, project):
    names = world.draw(project, 1, "aaaabbbb " * 6)
    named, _ = create_label(project, "Void", hotkey="4")
    review.mark_void(project, [names["a"]])
    (label,) = queries.labels(project)
    assert (label.id, label.is_void, label.hotkey) == (named.id, True, "4")
    ignore, _ = create_label(project, "ignore", is_void=True)
    update_label(project, named.id, is_void=False)
    review.mark_void(project, [names["b"]])
    assert _region(project, names["b"]).label_id == ignore.id


def test_status_of_many_images_is_one_step(world, project):
    create_label(project, "cat")
    review.name_regions(project, [1], 1)
    world.sql("UPDATE region SET status = 'proposed' WHERE id = 1")  # named, but not accepted: an import may do that
    rows = world.rows()
    changes = review.set_image_statuses(project, [1, 3], ImageStatus.DONE)
    assert changes.image_ids == {1, 3}
    assert [record.status.value for record in queries.images(project)] == ["done", "proposed", "done"]
    assert queries.regions_by_id(project, [1])[1].status is RegionStatus.ACCEPTED
    world.assert_one_step(project, rows, "Set image status")
    with pytest.raises(EditError):
        review.set_image_statuses(project, [1, 99], ImageStatus.NEW)


def test_accepting_an_image_takes_over_the_names_that_were_shown(project):
    """On the code of before only the named ones were accepted, and the suggested ones left out of every export."""
    cat, _ = create_label(project, "cat")
    dog, _ = create_label(project, "dog")
    review.name_regions(project, [1], cat.id)
    suggestions.save_suggestions(project, [2, 3, 5], [dog.id, cat.id, dog.id], [0.9, 0.3, 0.9])
    changes = review.accept_image(project, 1, names={2: dog.id, 3: cat.id})
    assert (changes.verb, changes.image_ids) == ("Accept image", frozenset({1}))
    regions = queries.regions(project, 1)
    by_id = {region.id: (region.label_id, region.status) for region in regions}
    accepted, proposed = RegionStatus.ACCEPTED, RegionStatus.PROPOSED
    assert by_id == {1: (cat.id, accepted), 2: (dog.id, accepted), 3: (cat.id, accepted), 4: (None, proposed)}
    assert queries.image(project, 1).status is ImageStatus.DONE
    assert _region(project, 5).status is RegionStatus.SUGGESTED
    history.undo(project)
    assert _region(project, 2).status is RegionStatus.SUGGESTED
    assert (_region(project, 1).label_id, queries.image(project, 1).status) == (cat.id, ImageStatus.IN_REVIEW)


def test_accepting_an_image_may_leave_regions_unnamed(project):
    cat, _ = create_label(project, "cat")
    suggestions.save_suggestions(project, [1, 2, 5], [cat.id] * 3, [0.9, 0.2, 0.2])
    review.accept_image(project, 1, names={1: cat.id}, unnamed=[2, 5])
    assert (_region(project, 2).label_id, _region(project, 2).status) == (None, RegionStatus.PROPOSED)
    assert _region(project, 2).verdict is Verdict.DECLINED
    assert _region(project, 5).status is RegionStatus.SUGGESTED
    history.undo(project)
    assert _region(project, 2).status is RegionStatus.SUGGESTED


def test_accepting_an_image_keeps_what_a_person_decided_meanwhile(project):
    cat, _ = create_label(project, "cat")
    dog, _ = create_label(project, "dog")
    suggestions.save_suggestions(project, [1, 2, 3, 4], [cat.id] * 4, [0.9] * 4)
    review.name_regions(project, [1], dog.id)
    review.reject_regions(project, [2])
    suggestions.decline_suggestions(project, [3])
    review.accept_image(project, 1, names={1: cat.id, 2: cat.id, 3: cat.id, 4: cat.id, 9: cat.id, 99: 77})
    labels = [_region(project, id_).label_id for id_ in (1, 2, 3, 4, 9)]
    assert labels == [dog.id, None, None, cat.id, None]
    assert _region(project, 2).status is RegionStatus.REJECTED
