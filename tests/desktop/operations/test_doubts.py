"""Verbs on doubtful names: kept for good, or replaced."""

from desktop.operations.running import run, verbs

from acseg_core.store import queries
from acseg_core.store.edits import history, review
from acseg_core.types import DoubtfulName, Verdict
from acseg_desktop.operations import doubts


def test_the_other_name_is_taken_where_it_is_doubtful(session, qtbot):
    ids = [region.id for region in queries.regions(session.project, 1)]
    review.name_regions_as(session.project, ids[:2], "sky")
    review.name_regions_as(session.project, ids[2:], "sea")
    sky, sea = (label.id for label in queries.labels(session.project))
    run(qtbot, doubts.correct_names(session, [DoubtfulName(ids[0], sky, sea, 0.9)], looked_at=True))
    found = queries.regions_by_id(session.project, ids)
    assert [found[id_].label_id for id_ in ids] == [sea, sky, sea, sea]
    assert verbs(session)[0] == "Correct names"


def test_a_kept_name_is_confirmed_and_undo_takes_that_back(session, qtbot):
    first, *_ = (region.id for region in queries.regions(session.project, 1))
    review.name_regions_as(session.project, [first], "sky", confirmed=False)

    def verdict():
        return queries.regions_by_id(session.project, [first])[first].verdict

    assert verdict() is not Verdict.CONFIRMED
    run(qtbot, doubts.keep_names(session, [first]))
    assert verdict() is Verdict.CONFIRMED
    assert verbs(session)[0] == "Keep names"
    history.undo(session.project)
    assert verdict() is not Verdict.CONFIRMED
