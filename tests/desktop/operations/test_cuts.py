"""An edit of another lane that comes between two steps of one movement, or of one merge, is left alone."""

import numpy as np
from desktop.operations.running import run, verbs

from acseg_core.store import queries
from acseg_core.store.edits import cuts as core_cuts
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import create_label
from acseg_desktop.operations import cuts


def test_all_cuts_of_one_movement_are_one_operation(session, qtbot):
    before, drag = verbs(session), cuts.CutDrag(1)
    for granularity in (0.7, 0.8, 1.0):
        run(qtbot, cuts.recut_image(session, granularity, drag=drag))
    assert len(queries.regions(session.project, 1)) == 8
    assert verbs(session) == ["Change granularity", *before]
    run(qtbot, cuts.recut_image(session, 0.5, drag=drag))
    assert verbs(session) == before, "back where the movement began, nothing is to be undone"


def test_a_cut_takes_nothing_back_but_the_one_of_its_own_movement(session, qtbot, edit_before_writing):
    drag = cuts.CutDrag(1)
    run(qtbot, cuts.recut_image(session, 0.8, drag=drag))
    edit_before_writing(lambda project: create_label(project, "of another lane"))
    run(qtbot, cuts.recut_image(session, 1.0, drag=drag))
    assert [label.name for label in queries.labels(session.project)] == ["of another lane"]
    assert verbs(session)[:3] == ["Change granularity", "Create label", "Change granularity"]
    assert len(queries.regions(session.project, 1)) == 8


def test_a_cut_that_fails_takes_nothing_back(session, qtbot, monkeypatch):
    drag = cuts.CutDrag(1)
    run(qtbot, cuts.recut_image(session, 1.0, drag=drag))
    failures = []

    def broken(*_arguments):
        raise ArithmeticError

    monkeypatch.setattr(core_cuts, "recut_free", broken)
    job = cuts.recut_image(session, 0.3, drag=drag).on_error(failures.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert len(failures) == 1
    assert len(queries.regions(session.project, 1)) == 8
    assert verbs(session)[0] == "Change granularity"


def test_only_what_a_merge_took_is_followed_to_what_it_became(session, qtbot, edit_before_writing):
    regions = queries.regions(session.project, 1)
    chosen, other = regions[0].id, queries.regions(session.project, 1)[-1].id
    assert chosen != other

    def edit(project):
        """Leave the region that is merged, and those of its half, alone; cut the rest of the image anew."""
        top = next(region for region in regions if region.id == chosen)
        half = [region.id for region in regions if (region.bbox[1] < 20) == (top.bbox[1] < 20)]
        review.name_regions_as(project, half, "mine")
        core_cuts.recut_image(project, 1, 1.0)

    edit_before_writing(edit)
    run(qtbot, cuts.merge_upwards(session, chosen))
    now = {region.id for region in queries.regions(session.project, 1)}
    gone = {region.id for region in regions} - now
    assert len(gone) == 3, "one was merged away, and two were cut anew meanwhile"
    assert len(session.merged_into) == 1
    assert set(session.merged_into.values()) <= now
    assert np.isin(list(session.merged_into), list(gone)).all()
