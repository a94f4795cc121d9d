"""Verbs on suggested names: made from the named ones, accepted where they are sure, declined."""

import pytest
from desktop.operations.running import run, verbs

from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.store.edits import suggestions as core_suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.types import RegionStatus
from acseg_desktop.operations import suggestions


@pytest.fixture
def alike(open_session, kinds):
    """Four images, each with one region of each of four kinds that look alike."""
    return open_session(kinds)


def regions(session):
    return [region for id_ in queries.image_ids(session.project) for region in queries.regions(session.project, id_)]


@pytest.fixture
def suggested(session):
    """Three regions with a suggestion, 90, 60 and 30 % sure; the last is of the second image."""
    label, _ = create_label(session.project, "sky")
    ids = [queries.regions(session.project, 1)[0].id, queries.regions(session.project, 1)[1].id]
    ids.append(queries.regions(session.project, 2)[0].id)
    core_suggestions.save_suggestions(session.project, ids, [label.id] * 3, [0.9, 0.6, 0.3])
    return ids


def accepted(session):
    return {region.id for region in regions(session) if region.status is RegionStatus.ACCEPTED}


def test_what_looks_like_a_named_region_gets_its_name_suggested(alike, qtbot):
    for kind, name in enumerate(("sky", "sea", "tree", "road")):
        review.name_regions_as(alike.project, [r.id for r in queries.regions(alike.project, 1) if r.node == kind], name)
    run(qtbot, suggestions.suggest_names(alike, title=""))
    label_of = {region.node: region.label_id for region in queries.regions(alike.project, 1)}
    others = [region for region in regions(alike) if region.image_id != 1]
    assert len(others) == 12
    assert all(region.suggestion_id == label_of[region.node] for region in others)


def test_those_that_are_sure_enough_are_accepted(session, qtbot, suggested):
    run(qtbot, suggestions.accept_suggestions(session, None, at_least=0.5))
    assert accepted(session) == set(suggested[:2])
    assert verbs(session)[0] == "Accept suggestions"


def test_those_of_an_image_or_of_a_selection_are_accepted(session, qtbot, suggested):
    run(qtbot, suggestions.accept_suggestions(session, None, image_id=2))
    assert accepted(session) == {suggested[2]}
    run(qtbot, suggestions.accept_suggestions(session, suggested[:1]))
    assert accepted(session) == {suggested[0], suggested[2]}


def test_a_declined_one_is_suggested_no_more(session, qtbot, suggested):
    run(qtbot, suggestions.decline_suggestions(session, suggested[:1]))
    found = queries.regions_by_id(session.project, suggested)
    assert found[suggested[0]].suggestion_id is None
    assert found[suggested[1]].suggestion_id is not None
    assert not accepted(session)
