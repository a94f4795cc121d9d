"""Verbs of reviewing, on regions that may be merged away already by a key pressed before."""

import pytest
from desktop.operations.running import run, verbs

from acseg_core.store import queries
from acseg_core.store.edits.labels import NewLabel
from acseg_core.types import ImageStatus, RegionStatus
from acseg_desktop.operations import review


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
    run(qtbot, review.accept_image(session, 1))
    assert queries.image(session.project, 1).status is ImageStatus.DONE


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
