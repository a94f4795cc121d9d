"""Verbs of reviewing, on regions that may be merged away already by a key pressed before."""

import numpy as np
import pytest
from desktop.operations.running import run, verbs
from tiled_scene import grounds, save_map, scene_project

from acseg_core.store import queries
from acseg_core.store.edits import suggestions
from acseg_core.store.edits.labels import NewLabel, create_label
from acseg_core.types import ImageStatus, RegionStatus
from acseg_desktop.operations import review
from acseg_desktop.operations.review import AcceptQuestion, Empty


@pytest.fixture
def ids(session):
    return [region.id for region in queries.regions(session.project, 1)]


def region(session, region_id):
    return queries.regions_by_id(session.project, [region_id])[region_id]


def test_a_name_is_given_and_taken_away(session, qtbot, ids):
    run(qtbot, review.name_regions_as(session, ids[:2], "sky"))
    (label,) = queries.labels(session.project)
    assert [region(session, id_).label_id for id_ in ids[:3]] == [label.id, label.id, None]
    run(qtbot, review.name_regions(session, ids[:1], None))
    assert region(session, ids[0]).label_id is None
    assert verbs(session)[0] == "Remove name"


def test_regions_are_rejected(session, qtbot, ids):
    run(qtbot, review.reject_regions(session, ids[:1]))
    assert region(session, ids[0]).status is RegionStatus.REJECTED
    assert region(session, ids[1]).status is RegionStatus.PROPOSED


def test_an_accepted_image_is_done(session, qtbot):
    asked = run(qtbot, review.accept_image(session, 1, shown={}, at_least=0.6))[0]
    assert asked == AcceptQuestion()
    assert queries.image(session.project, 1).status is ImageStatus.PROPOSED
    assert run(qtbot, review.accept_image(session, 1, shown={}, at_least=0.6, empty=Empty.ACCEPT))[0] is None
    assert queries.image(session.project, 1).status is ImageStatus.DONE


def test_an_image_is_accepted_with_the_names_that_were_shown(session, qtbot, ids):
    label, _ = create_label(session.project, "sky")
    suggestions.save_suggestions(session.project, ids[:2], [label.id] * 2, [0.9, 0.3])
    shown = dict.fromkeys(ids[:2], label.id)
    asked = run(qtbot, review.accept_image(session, 1, shown=shown, at_least=0.6))[0]
    assert asked == AcceptQuestion((ids[1],))
    assert run(qtbot, review.accept_image(session, 1, shown=shown, at_least=0.6, unnamed=[ids[1]]))[0] is None
    assert [region(session, id_).label_id for id_ in ids[:2]] == [label.id, None]


def test_always_is_kept_for_the_project(session, qtbot):
    run(qtbot, review.accept_image(session, 1, shown={}, at_least=0.6, empty=Empty.ACCEPT_ALWAYS))
    assert run(qtbot, review.accept_image(session, 2, shown={}, at_least=0.6))[0] is None
    assert queries.image(session.project, 2).status is ImageStatus.DONE
    run(qtbot, review.set_empty_is_done(session, False))
    assert run(qtbot, review.accept_image(session, 3, shown={}, at_least=0.6))[0] == AcceptQuestion()


def test_what_is_asked_of_a_merged_region_is_done_to_what_it_became(session, qtbot, ids):
    run(qtbot, review.merge_regions(session, ids[:2]))
    run(qtbot, review.merge_regions(session, ids[:2]))
    assert verbs(session)[0] == "Merge regions"
    assert verbs(session).count("Merge regions") == 1, "the second key press had nothing left to merge"
    (gone,) = set(ids[:2]) - {each.id for each in queries.regions(session.project, 1)}
    assert review.current_ids(session, session.project, ids[:2]) == [session.merged_into[gone]]
    run(qtbot, review.name_regions_as(session, [gone], "sky"))
    assert region(session, session.merged_into[gone]).label_id is not None


@pytest.mark.parametrize("name", ["sky", "Sky"])
def test_merging_with_a_name_makes_the_label_once(session, qtbot, ids, name):
    run(qtbot, review.name_regions_as(session, ids[3:], "sky"))
    run(qtbot, review.merge_regions(session, ids[:2], label=NewLabel(name)))
    (label,) = queries.labels(session.project)
    assert region(session, review.current_ids(session, session.project, ids[:1])[0]).label_id == label.id


def test_a_name_goes_on_over_the_seams_of_a_scene(open_session, qtbot, tmp_path):
    with scene_project(tmp_path, grounds(64, 128), side=64) as project:
        found = save_map(project, np.zeros((64, 128), int), {0: np.array([1.0, 0])})
        folder = project.folder
    session = open_session(folder)
    run(qtbot, review.name_regions_as(session, [found[1, 0]], "sea"))
    (label,) = queries.labels(session.project)
    assert {region(session, id_).label_id for id_ in found.values()} == {label.id}
    run(qtbot, review.name_regions(session, [found[1, 0]], None))
    assert [region(session, found[tile, 0]).label_id for tile in (1, 2)] == [None, label.id]
    run(qtbot, review.name_regions(session, [found[1, 0]], label.id))
    assert region(session, found[1, 0]).label_id == label.id
