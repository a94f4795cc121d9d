"""Names a person confirmed: where they come from, what ends them, and that they and corrections are undone."""

import pytest

from acseg_core.store import queries
from acseg_core.store.edits import confirming, cuts, history, label_list, merging, review, suggestions
from acseg_core.store.edits.label_list import delete_label
from acseg_core.store.edits.labels import create_label
from acseg_core.types import DoubtfulName, ImageStatus


@pytest.fixture
def project(world):
    """Two images of four regions (1..4, 5..8), named sky (1) and road (2) by their cluster, in turn."""
    made = world.create(images=2, regions=4)
    review.name_regions_as(made, [1, 3, 5, 7], "sky")
    review.name_regions_as(made, [2, 4, 6, 8], "road")
    return made


def confirmed(project):
    named = confirming.named_regions(project)
    return set(named.table.region_ids[named.confirmed].tolist())


def labels(project):
    named = confirming.named_regions(project)
    return dict(zip(named.table.region_ids.tolist(), named.labels.tolist(), strict=True))


def test_named_regions_are_read_with_all_that_doubts_are_made_from(project):
    named = confirming.named_regions(project)
    assert named.table.region_ids.tolist() == list(range(1, 9))
    assert named.labels.tolist() == [1, 2] * 4
    assert named.images.tolist() == [1] * 4 + [2] * 4
    assert named.areas.tolist() == [queries.regions_by_id(project, [id_])[id_].area for id_ in range(1, 9)]
    assert not named.confirmed.any()


def test_a_project_without_names_has_none(world):
    named = confirming.named_regions(world.create(images=1, regions=2))
    assert len(named.table) == len(named.labels) == len(named.confirmed) == 0


def test_what_is_named_within_one_image_was_looked_at(project):
    review.name_regions(project, [2], 1)
    review.name_regions_as(project, [5, 6], "road")
    assert confirmed(project) == {2, 5, 6}
    review.name_regions(project, [2, 5], 2)
    assert confirmed(project) == {6}


def test_a_suggestion_made_while_a_name_was_undone_is_no_reason_to_doubt_it(project):
    review.name_regions(project, [1, 2], None)
    review.name_regions(project, [1, 2], 1)
    history.undo(project)
    suggestions.save_suggestions(project, [1, 2], [2, 2], [0.9, 0.8])
    history.redo(project)
    assert confirmed(project) == {1, 2}
    assert not confirming.keep_names(project, [1, 2]).verb
    label_list.delete_label(project, 1)
    region = queries.regions_by_id(project, [1])[1]
    assert (region.label_id, region.suggestion_id, region.confidence) == (None, None, None)


def test_kept_names_survive_a_restart_and_undo_asks_again(world, project):
    changes = confirming.keep_names(project, [1, 6])
    assert (changes.verb, changes.region_ids, changes.image_ids) == ("Keep names", {1, 6}, {1, 2})
    project.close()
    again = world.open()
    assert confirmed(again) == {1, 6}
    assert labels(again) == {id_: 2 - id_ % 2 for id_ in range(1, 9)}
    history.undo(again)
    assert confirmed(again) == set()
    history.redo(again)
    assert confirmed(again) == {1, 6}


def test_keeping_again_or_what_has_no_name_is_no_operation(project):
    confirming.keep_names(project, [1])
    review.name_regions(project, [2], None)
    before = len(history.operations(project))
    assert confirming.keep_names(project, [1, 2, 999]).verb == ""
    assert len(history.operations(project)) == before
    assert confirmed(project) == {1}


@pytest.mark.parametrize("ending", ["unnamed", "renamed with others", "merged", "label deleted"])
def test_it_ends_when_label_or_pixels_change(project, ending):
    confirming.keep_names(project, [1])
    match ending:
        case "unnamed":
            review.name_regions(project, [1], None)
        case "renamed with others":
            review.name_regions(project, [1, 6], 2)
        case "merged":
            merging.merge_regions(project, [1, 3])
        case "label deleted":
            delete_label(project, 1)
    assert confirmed(project) == set()


def test_a_region_whose_label_was_deleted_may_be_suggested_to(project):
    """It had a confidence of zero, which for a region without a name means that it wants no suggestion."""
    confirming.keep_names(project, [1])
    delete_label(project, 1)
    suggestions.save_suggestions(project, [1], [2], [0.7])
    assert queries.regions_by_id(project, [1])[1].suggestion_id == 2


def test_accepting_the_image_does_not_end_it(project):
    confirming.keep_names(project, [1])
    review.accept_image(project, 1)
    assert confirmed(project) == {1}


def test_corrections_are_one_step_whatever_the_names(project):
    before = len(history.operations(project))
    wrong = [DoubtfulName(1, 1, 2, 0.9), DoubtfulName(6, 2, 1, 0.8), DoubtfulName(7, 1, 2, 0.7)]
    changes = confirming.correct_names(project, wrong, confirmed=True)
    assert (changes.verb, changes.region_ids) == ("Correct names", {1, 6, 7})
    assert labels(project) == {1: 2, 2: 2, 3: 1, 4: 2, 5: 1, 6: 1, 7: 2, 8: 2}
    assert confirmed(project) == {1, 6, 7}
    assert len(history.operations(project)) == before + 1
    history.undo(project)
    assert labels(project) == {id_: 2 - id_ % 2 for id_ in range(1, 9)}
    assert confirmed(project) == set()


def test_corrections_that_nobody_looked_at_may_be_doubted_later(project):
    confirming.correct_names(project, [DoubtfulName(1, 1, 2, 0.9)], confirmed=False)
    assert labels(project)[1] == 2
    assert confirmed(project) == set()


def test_what_is_not_so_any_more_is_passed_by(project):
    review.name_regions(project, [3], None)
    cuts_before = labels(project)
    create_label(project, "gone")
    delete_label(project, 3)
    stale = [DoubtfulName(1, 2, 1, 0.9), DoubtfulName(3, 1, 2, 0.9), DoubtfulName(99, 1, 2, 0.9)]
    assert confirming.correct_names(project, [*stale, DoubtfulName(2, 2, 3, 0.9)], confirmed=True).verb == ""
    assert labels(project) == cuts_before


def test_names_of_done_images_are_corrected_and_the_image_stays_done(project):
    review.accept_image(project, 1)
    confirming.correct_names(project, [DoubtfulName(1, 1, 2, 0.9)], confirmed=True)
    assert queries.image(project, 1).status is ImageStatus.DONE


def test_a_new_cut_leaves_confirmed_names_alone(world):
    made = world.create(images=1)
    world.propose_tree(made, [1], leaves=6)
    first = queries.regions(made, 1)[0]
    review.name_regions_as(made, [first.id], "sky")
    cuts.recut_image(made, 1, 1.0)
    assert confirmed(made) == {first.id}
