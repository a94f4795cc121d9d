"""Suggestions: outside the history, never over what a person decided; taken and declined as undoable edits."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, merging, review, suggestions
from acseg_core.store.edits.label_list import delete_label
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, PredictedRegion, RegionOrigin, RegionStatus, Verdict

MANY = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def project(world):
    """Two images of four regions (1..4, 5..8), and the labels sky (1) and road (2)."""
    made = world.create(images=2, regions=4)
    create_label(made, "sky")
    create_label(made, "road")
    return made


def region(project, region_id):
    return queries.regions_by_id(project, [region_id])[region_id]


def suggest(project, **by_region):
    """Suggest ``r3=(1, 0.5)`` and so on."""
    ids = [int(name[1:]) for name in by_region]
    return suggestions.save_suggestions(
        project, ids, [label for label, _ in by_region.values()], [sure for _, sure in by_region.values()]
    )


def suggested(project):
    return {
        each.id: (each.suggestion_id, each.confidence)
        for image_id in queries.image_ids(project)
        for each in queries.regions(project, image_id)
        if each.status is RegionStatus.SUGGESTED
    }


def test_a_suggestion_makes_a_region_count_as_suggested_and_is_no_operation(world, project):
    before = history.state(project)
    changes = suggest(project, r1=(1, 0.9), r6=(2, 0.25))
    assert (changes.verb, changes.image_ids) == ("Suggest names", {1, 2})
    assert suggested(project) == {1: (1, 0.9), 6: (2, 0.25)}
    assert history.state(project) == before
    assert world.sql("SELECT DISTINCT status FROM region") == [("proposed",)]
    counts = queries.summary(project).regions_by_status
    assert counts == {"proposed": 6, "suggested": 2, "accepted": 0, "rejected": 0}


def test_only_what_differs_is_written(project):
    suggest(project, r1=(1, 0.5), r5=(1, 0.5))
    assert suggest(project, r1=(1, 0.5), r5=(2, 0.5)).image_ids == {2}
    assert suggest(project, r1=(1, 0.5)).verb == ""
    assert suggest(project, r1=(suggestions.NO_LABEL, 0.0)).image_ids == {1}
    assert suggested(project) == {5: (2, 0.5)}


def test_regions_and_labels_that_are_gone_are_passed_by(project):
    suggest(project, r1=(1, 0.5), r99=(1, 0.5), r2=(77, 0.5))
    assert suggested(project) == {1: (1, 0.5)}


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_confidences_are_checked(project, confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        suggest(project, r1=(1, confidence))


def test_what_a_person_decided_is_never_suggested_to(world, project):
    suggest(project, r1=(1, 0.9), r2=(1, 0.9), r3=(1, 0.9))
    review.name_regions(project, [1], 2)
    review.reject_regions(project, [2])
    suggestions.decline_suggestions(project, [3])
    before = world.rows()
    assert suggest(project, r1=(1, 1.0), r2=(1, 1.0), r3=(1, 1.0)).verb == ""
    assert world.rows() == before
    assert suggested(project) == {}


def test_declining_can_be_undone_and_lasts_until_the_label_changes(world, project):
    suggest(project, r3=(1, 0.75))
    before = world.rows()
    changes = suggestions.decline_suggestions(project, [3, 4])
    assert (changes.verb, changes.image_ids) == ("Decline suggestions", {1})
    assert (region(project, 3).suggestion_id, region(project, 3).confidence) == (None, None)
    assert region(project, 3).verdict is Verdict.DECLINED
    assert region(project, 4).verdict is Verdict.NONE, "it had no suggestion to decline"
    assert queries.image(project, 1).status is ImageStatus.IN_REVIEW
    declined = world.rows()
    history.undo(project)
    assert world.rows() == before
    history.redo(project)
    assert world.rows() == declined
    review.name_regions(project, [3], 2)
    review.name_regions(project, [3], None)
    assert suggest(project, r3=(1, 0.5)).image_ids == {1}


def test_declining_lasts_until_the_pixels_change(project):
    suggest(project, r1=(1, 0.75), r2=(1, 0.75))
    suggestions.decline_suggestions(project, [1, 2])
    (merged,) = merging.merge_regions(project, [1, 2]).region_ids
    suggestions.save_suggestions(project, [merged], [2], [0.5])
    assert suggested(project) == {merged: (2, 0.5)}


def test_accepting_is_naming_and_one_undo_step(world, project):
    suggest(project, r1=(1, 0.9), r2=(2, 0.8), r6=(2, 0.5))
    before = world.rows()
    changes = suggestions.accept_suggestions(project)
    assert (changes.verb, changes.region_ids, changes.image_ids) == ("Accept suggestions", {1, 2, 6}, {1, 2})
    named = {id_: region(project, id_) for id_ in (1, 2, 6)}
    assert {id_: each.label_id for id_, each in named.items()} == {1: 1, 2: 2, 6: 2}
    assert {each.status for each in named.values()} == {RegionStatus.ACCEPTED}
    assert suggested(project) == {}
    assert queries.image(project, 1).status is ImageStatus.IN_REVIEW
    after = world.rows()
    history.undo(project)
    assert world.rows() == before
    history.redo(project)
    assert world.rows() == after


@pytest.mark.parametrize(
    ("choice", "accepted"),
    [
        ({}, {1, 2, 6}),
        ({"at_least": 0.8}, {1, 2}),
        ({"at_least": 0.85}, {1}),
        ({"image_id": 2}, {6}),
        ({"image_id": 2, "at_least": 0.6}, set()),
        ({"region_ids": [2, 3, 6]}, {2, 6}),
        ({"region_ids": [2, 3, 6], "at_least": 0.6}, {2}),
        ({"region_ids": [3]}, set()),
    ],
)
def test_which_suggestions_are_accepted(world, project, choice, accepted):
    suggest(project, r1=(1, 0.9), r2=(2, 0.8), r6=(2, 0.5))
    before = world.rows()
    changes = suggestions.accept_suggestions(project, **choice)
    assert changes.region_ids == accepted
    assert (world.rows() == before) == (not accepted)
    assert suggested(project).keys() == {1, 2, 6} - accepted


def test_what_is_done_is_left_alone_unless_it_is_asked_for(project):
    """Nothing is suggested there any more, so what is left of it may be out of date."""
    suggest(project, r1=(1, 0.9), r2=(2, 0.8), r6=(2, 0.5))
    review.accept_image(project, 1)
    assert queries.suggestion_confidences(project).tolist() == [0.5]
    assert suggestions.accept_suggestions(project).region_ids == {6}
    assert suggestions.accept_suggestions(project, image_ids=[1], at_least=0.85).region_ids == {1}
    assert suggestions.accept_suggestions(project, image_id=1).region_ids == {2}


def test_a_region_that_is_gone_is_refused(project):
    for call in (
        lambda: suggestions.accept_suggestions(project, region_ids=[99]),
        lambda: suggestions.decline_suggestions(project, [99]),
    ):
        with pytest.raises(EditError, match="99"):
            call()


def test_clearing_leaves_what_was_declined(project):
    suggest(project, r1=(1, 0.9), r6=(2, 0.5))
    suggestions.decline_suggestions(project, [1])
    assert suggestions.clear_suggestions(project).image_ids == {2}
    assert suggested(project) == {}
    assert suggestions.clear_suggestions(project).verb == ""
    assert suggest(project, r1=(1, 0.9)).verb == ""


def test_a_deleted_label_takes_its_suggestions_with_it(world, project):
    suggest(project, r1=(1, 0.9))
    before = world.rows()
    delete_label(project, 1)
    assert region(project, 1).status is RegionStatus.PROPOSED
    history.undo(project)
    assert world.rows() == before


def test_suggestions_of_a_label_that_undo_takes_away_vanish(project):
    label, _ = create_label(project, "tree")
    suggest(project, r1=(label.id, 0.9))
    history.undo(project)
    assert region(project, 1).status is RegionStatus.PROPOSED
    assert region(project, 1).suggestion_id is None
    assert [doubt for id_, _, doubt in suggestions.waiting_regions(project) if id_ == 1] == [1.0]
    assert suggestions.open_regions(project)[1] == [(None, 1.0)] * 4
    history.redo(project)
    assert suggested(project) == {}


def test_undo_gets_past_a_long_edit_that_took_away_what_a_later_label_was_suggested_for(world):
    """The long edit is the older step, and yet it deletes regions with a suggestion of a label made after it began."""
    project = world.create(images=3)
    world.propose_tree(project, queries.image_ids(project))
    coarse = [row[0] for row in world.rows()["region"]]
    cutting = cuts.recut_images(project, 0.9)
    next(cutting)
    label, _ = create_label(project, "made meanwhile")
    ids = [each.id for image_id in (2, 3) for each in queries.regions(project, image_id)]
    suggestions.save_suggestions(project, ids, [label.id] * len(ids), [0.9] * len(ids))
    list(cutting)
    fine = [row[0] for row in world.rows()["region"]]
    for _ in range(2):
        assert history.undo(project).verb == "Create label"
        assert history.undo(project).verb == "Change granularity"
        assert suggested(project) == {}
        assert [row[0] for row in world.rows()["region"]] == coarse
        assert world.sql("PRAGMA foreign_key_check") == []
        assert history.redo(project).verb == "Change granularity"
        assert history.redo(project).verb == "Create label"
        assert [row[0] for row in world.rows()["region"]] == fine


def test_what_names_are_learned_from_and_who_gets_them(world, project):
    review.name_regions(project, [1, 6], 2)
    review.name_regions(project, [3], 1)
    review.reject_regions(project, [2])
    suggest(project, r7=(1, 0.9), r8=(1, 0.9))
    suggestions.decline_suggestions(project, [8])
    table, labels = suggestions.named_descriptors(project)
    assert dict(zip(table.region_ids.tolist(), labels.tolist(), strict=True)) == {1: 2, 3: 1, 6: 2}
    assert suggestions.unnamed_descriptors(project).region_ids.tolist() == [4, 5, 7]
    for id_, vector in zip(table.region_ids.tolist(), table.descriptors, strict=True):
        np.testing.assert_array_equal(vector, queries.descriptors(project, region(project, id_).image_id)[id_])
    review.accept_image(project, 1)
    assert suggestions.unnamed_descriptors(project).region_ids.tolist() == [5, 7]


def test_regions_of_another_backbone_are_left_out(world, project):
    review.name_regions(project, [1, 2], 1)
    world.sql("UPDATE region SET descriptor = x'00003c00' WHERE id IN (2, 5)")
    assert suggestions.named_descriptors(project)[0].region_ids.tolist() == [1]
    assert 5 not in suggestions.unnamed_descriptors(project).region_ids


def test_with_nothing_at_all(world):
    project = world.create()
    table, labels = suggestions.named_descriptors(project)
    assert (len(table), len(labels), len(suggestions.unnamed_descriptors(project))) == (0, 0, 0)


def prediction(world, *, seed=0, labels=(1, 2), confidence=0.75):
    """Random pixels of an image for each label."""
    label_map = np.random.default_rng(seed).choice(labels, (world.height, world.width))
    vector = np.full(8, 8**-0.5, np.float16)
    return [
        PredictedRegion(mask, vector, label, confidence) for label, mask in masks.encode_label_map(label_map).items()
    ]


def test_a_predicted_partition_replaces_what_is_free(world, project):
    before = world.rows()
    changes = suggestions.save_prediction(project, 1, prediction(world))
    assert (changes.verb, changes.image_ids) == ("Suggest partition", {1})
    world.assert_partition(project, 1)
    found = queries.regions(project, 1)
    assert {each.suggestion_id for each in found} == {1, 2}
    assert {(each.status, each.confidence, each.origin) for each in found} == {
        (RegionStatus.SUGGESTED, 0.75, RegionOrigin.PREDICTED)
    }
    assert queries.image(project, 1).status is ImageStatus.PROPOSED
    after = world.rows()
    assert history.undo(project).verb == "Suggest partition"
    assert world.rows() == before
    history.redo(project)
    assert world.rows() == after


def test_an_image_without_regions_is_proposed_by_it(world):
    project = world.create(images=1)
    create_label(project, "sky")
    suggestions.save_prediction(project, 1, prediction(world, labels=(1,)))
    assert queries.image(project, 1).status is ImageStatus.PROPOSED
    world.assert_partition(project, 1)
    history.undo(project)
    assert queries.image(project, 1).status is ImageStatus.NEW


def kept_rows(world):
    """All that a person made or decided; what a person drew, but did not name, may be suggested to."""
    decided = "label_id IS NOT NULL OR status IN ('accepted', 'rejected') OR verdict = 'declined'"
    return world.sql(
        "SELECT id, image_id, run_id, node, origin, status, verdict, label_id, cluster_id, area, box_x, box_y, "
        f"descriptor, counts, CASE WHEN {decided} THEN suggestion_id END, CASE WHEN {decided} THEN confidence END "
        f"FROM region WHERE origin = 'drawn' OR {decided} ORDER BY id"
    )


def test_a_prediction_keeps_what_a_person_made_or_decided(world):
    project = world.create(images=1, regions=7)
    create_label(project, "sky")
    create_label(project, "road")
    review.name_regions(project, [1], 1)
    review.reject_regions(project, [2])
    merging.merge_regions(project, [3, 4])
    suggest(project, r5=(1, 0.5))
    suggestions.decline_suggestions(project, [5])
    before = kept_rows(world)
    assert len(before) == 4
    for seed in range(3):
        suggestions.save_prediction(project, 1, prediction(world, seed=seed))
        world.assert_partition(project, 1)
        assert kept_rows(world) == before


def test_the_same_prediction_again_is_no_edit_but_renews_confidences(world, project):
    suggestions.save_prediction(project, 1, prediction(world))
    before = {each.id for each in queries.regions(project, 1)}
    operations = history.operations(project)
    assert suggestions.save_prediction(project, 1, prediction(world)).verb == ""
    assert suggestions.save_prediction(project, 1, prediction(world, confidence=0.5)).verb == "Suggest names"
    assert history.operations(project) == operations
    assert {each.id: each.confidence for each in queries.regions(project, 1)} == dict.fromkeys(before, 0.5)


def test_a_new_cut_replaces_a_prediction(world):
    project = world.create(images=1)
    create_label(project, "sky")
    world.propose_tree(project, [1])
    before = {(each.node, each.mask) for each in queries.regions(project, 1)}
    suggestions.save_prediction(project, 1, prediction(world, labels=(1,)))
    cuts.recut_image(project, 1, 0.9)
    world.assert_partition(project, 1)
    assert suggested(project) == {}
    cuts.recut_image(project, 1, 0.5)
    assert {(each.node, each.mask) for each in queries.regions(project, 1)} == before


def test_a_prediction_that_does_not_fit_changes_nothing(world, project):
    rows = world.rows()
    good = prediction(world)
    with pytest.raises(EditError, match="suggest names for it again"):
        suggestions.save_prediction(project, 1, good[:1])
    with pytest.raises(ValueError, match="overlap"):
        suggestions.save_prediction(project, 1, [*good, good[0]])
    small = PredictedRegion(masks.encode(np.ones((2, 2), bool)), good[0].descriptor, 1, 0.5)
    with pytest.raises(ValueError, match="2 x 2"):
        suggestions.save_prediction(project, 1, [small])
    with pytest.raises(EditError, match="label 9"):
        suggestions.save_prediction(project, 1, prediction(world, labels=(9,)))
    with pytest.raises(EditError, match="image 9"):
        suggestions.save_prediction(project, 9, good)
    assert world.rows() == rows


def test_free_pixels_are_those_nobody_decided_about(world, project):
    assert suggestions.free_pixels(project, 1).all()
    review.name_regions(project, [1], 1)
    np.testing.assert_array_equal(suggestions.free_pixels(project, 1), ~masks.decode(region(project, 1).mask))


def test_undo_is_row_exact_over_a_thousand(world):
    """Bulk: all suggestions of a project are one operation."""
    project = world.create(images=25, regions=40)
    label, _ = create_label(project, "sky")
    ids = list(range(1, 1_001))
    suggestions.save_suggestions(project, ids, [label.id] * len(ids), np.linspace(0, 1, len(ids)))
    before = world.rows()
    assert len(suggestions.accept_suggestions(project, at_least=0.5).region_ids) == 500
    history.undo(project)
    assert world.rows() == before


STEPS = st.sampled_from(
    [
        "suggest",
        "clear",
        "accept",
        "accept one",
        "decline",
        "predict",
        "name",
        "unname",
        "reject",
        "merge",
        "undo",
        "redo",
    ]
)


@MANY
@given(st.lists(st.tuples(STEPS, st.integers(0, 50), st.floats(0, 1, width=32)), max_size=25))
def test_no_sequence_touches_what_a_person_set_and_undo_brings_all_back(new_world, steps):
    world = new_world()
    project = world.create(images=2, regions=4)
    create_label(project, "sky")
    create_label(project, "road")
    machine = {"suggest", "clear", "predict"}
    for step, number, sure in steps:
        ids = [each.id for image_id in (1, 2) for each in queries.regions(project, image_id)]
        labels = [each.id for each in queries.labels(project)]
        if not ids or (not labels and step in ("predict", "suggest", "name")):
            history.redo(project)  # everything was undone
            continue
        chosen, label = ids[number % len(ids)], labels[number % len(labels)] if labels else 0
        before, rows = kept_rows(world), world.rows()
        match step:
            case "suggest":
                suggestions.save_suggestions(project, ids, [label] * len(ids), [sure] * len(ids))
            case "clear":
                suggestions.clear_suggestions(project)
            case "predict":
                suggestions.save_prediction(
                    project, 1 + number % 2, prediction(world, seed=number, labels=labels, confidence=sure)
                )
            case "accept":
                suggestions.accept_suggestions(project, at_least=sure)
            case "accept one":
                suggestions.accept_suggestions(project, region_ids=[chosen])
            case "decline":
                suggestions.decline_suggestions(project, [chosen])
            case "name":
                review.name_regions(project, [chosen], label)
            case "unname":
                review.name_regions(project, [chosen], None)
            case "reject":
                review.reject_regions(project, [chosen])
            case "merge":
                mates = [each.id for each in queries.regions(project, region(project, chosen).image_id)][:2]
                if len(mates) == 2:
                    merging.merge_regions(project, mates)
            case "undo":
                if history.undo(project) is not None:
                    history.redo(project)
                    history.undo(project)
            case "redo":
                history.redo(project)
        if step in machine:
            assert kept_rows(world) == before
        elif step.startswith("accept"):
            status, verdict, label_id = 5, 6, 7
            decided = {row for row in before if row[status] != "proposed" or row[verdict] or row[label_id]}
            assert decided <= set(kept_rows(world))
        elif step not in ("undo", "redo") and world.rows() != rows:
            after = world.rows()
            history.undo(project)
            assert world.rows() == rows
            history.redo(project)
            assert world.rows() == after
        if world.sql("SELECT count(*) FROM operation WHERE NOT undone") != [(0,)]:  # else the proposal itself is undone
            for image_id in (1, 2):
                world.assert_partition(project, image_id)
    assert world.sql("PRAGMA foreign_key_check") == []
    while history.undo(project) is not None:
        pass
    assert world.sql("SELECT count(*) FROM region") == [(0,)]
