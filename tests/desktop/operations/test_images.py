"""Verbs on many images at once: one undo step each."""

from desktop.operations.running import run, verbs

from acseg_core.store import queries
from acseg_core.store.edits import history, review, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, RegionStatus
from acseg_desktop.operations import images


def statuses(session):
    return [record.status for record in queries.images(session.project)]


def test_the_status_of_several_images_is_one_step(session, qtbot):
    before = statuses(session)
    first, second, *_ = queries.image_ids(session.project)
    review.name_regions_as(session.project, [queries.regions(session.project, first)[0].id], "sky")
    run(qtbot, images.set_status(session, [first, second], ImageStatus.DONE))
    assert statuses(session) == [ImageStatus.DONE, ImageStatus.DONE, *before[2:]]
    history.undo(session.project)
    assert statuses(session)[1:] == before[1:]


def test_suggestions_are_accepted_in_the_images_that_are_meant_only(session, qtbot):
    label, _ = create_label(session.project, "sky")
    first, second, third, _ = queries.image_ids(session.project)
    suggested = [queries.regions(session.project, image_id)[0].id for image_id in (first, second, third)]
    suggestions.save_suggestions(session.project, suggested, [label.id] * 3, [0.9] * 3)
    run(qtbot, images.accept_suggestions(session, [first, third]))
    found = queries.regions_by_id(session.project, suggested)
    accepted = [found[region_id].status is RegionStatus.ACCEPTED for region_id in suggested]
    assert accepted == [True, False, True]
    assert verbs(session)[0] == "Accept suggestions"
