"""Runs: proposals saved image by image as one operation, also while somebody works."""

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import history, merging, review, runs
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, OpChanges


def test_a_run_is_one_operation_whatever_its_size(world):
    project = world.create(images=3)
    run_id = runs.begin_run(project, world.run, verb="Propose all")
    assert history.state(project).undo is None
    for image_id in (1, 2, 3):
        changes = runs.save_proposals(project, run_id, image_id, world.proposals(seed=image_id))
        assert changes == OpChanges(verb="Propose all", images=True, image_ids=frozenset({image_id}))
        assert queries.image(project, image_id).status is ImageStatus.PROPOSED
    runs.finish_run(project, run_id)
    runs.finish_run(project, run_id)
    assert [record.verb for record in history.operations(project)] == ["Propose all"]
    assert queries.summary(project).last_run == world.run
    assert all(region.run_id == run_id for region in queries.regions(project, 1))
    history.undo(project)
    assert queries.summary(project).regions == 0
    assert queries.summary(project).last_run is None
    assert queries.unproposed_images(project) == [1, 2, 3]


def test_a_run_without_proposals_leaves_no_operation(world):
    project = world.create(images=1)
    create_label(project, "cat")
    history.undo(project)
    runs.finish_run(project, runs.begin_run(project, world.run))
    assert history.state(project).redo == "Create label"
    assert history.operations(project) == []


def test_proposals_are_stored_as_they_are(world):
    project = world.create(images=1)
    run_id = runs.begin_run(project, world.run)
    proposals = world.proposals(seed=3)
    runs.save_proposals(project, run_id, 1, proposals)
    stored = {region.node: region for region in queries.regions(project, 1)}
    descriptors = queries.descriptors(project, 1)
    for proposal in proposals:
        region = stored[proposal.node]
        assert (region.mask, region.bbox, region.area) == (proposal.mask, proposal.bbox, proposal.area)
        assert descriptors[region.id].tobytes() == proposal.descriptor.tobytes()
    areas = [region.area for region in queries.regions(project, 1)]
    assert areas == sorted(areas, reverse=True)


def test_a_run_in_progress_cannot_be_undone(world):
    project = world.create(images=2)
    run_id = runs.begin_run(project, world.run)
    runs.save_proposals(project, run_id, 1, world.proposals())
    with pytest.raises(EditError, match="still going on"):
        history.undo(project)
    runs.save_proposals(project, run_id, 2, world.proposals())
    runs.finish_run(project, run_id)
    assert history.undo(project).image_ids == {1, 2}
    with pytest.raises(EditError, match="has ended"):
        runs.save_proposals(project, run_id, 1, world.proposals())


def test_a_run_cut_short_counts_as_finished_after_reopening(world):
    project = world.create(images=2)
    run_id = runs.begin_run(project, world.run)
    runs.save_proposals(project, run_id, 1, world.proposals())
    project.close()
    project = world.open()
    assert queries.unproposed_images(project) == [2]
    assert history.undo(project).image_ids == {1}


def test_the_same_image_twice_in_one_run(world):
    project = world.create(images=1, regions=3)
    before = world.rows()
    run_id = runs.begin_run(project, world.run)
    for seed in (5, 6):
        runs.save_proposals(project, run_id, 1, world.proposals(regions=4, seed=seed))
    runs.finish_run(project, run_id)
    after = world.rows()
    assert len(after["region"]) == 4
    assert world.sql("SELECT count(*) FROM removed_region") == [(3,)]
    history.undo(project)
    assert world.rows() == before
    history.redo(project)
    assert world.rows() == after


@pytest.mark.parametrize("fault", ["gap", "size", "empty"])
def test_what_is_no_partition_is_refused(world, fault):
    project = world.create(images=1, regions=3)
    before = world.rows()
    run_id = runs.begin_run(project, world.run)
    proposals = {
        "gap": world.proposals()[1:],
        "size": world.proposals(height=7),
        "empty": [],
    }[fault]
    with pytest.raises(ValueError, match=r"partition|of size"):
        runs.save_proposals(project, run_id, 1, proposals)
    with pytest.raises(EditError, match="image 9 is not in the project"):
        runs.save_proposals(project, run_id, 9, world.proposals())
    assert world.rows() == before


def test_working_while_a_run_goes_on(world):
    """The annotator's edits are undone one by one, then the whole run."""
    project = world.create(images=4)
    bare = world.rows()
    run_id = runs.begin_run(project, world.run)
    runs.save_proposals(project, run_id, 1, world.proposals(seed=1))
    runs.save_proposals(project, run_id, 2, world.proposals(seed=2))
    review.name_regions_as(project, [1], "cat")
    runs.save_proposals(project, run_id, 3, world.proposals(seed=3))
    merging.merge_regions(project, [5, 6])
    assert history.undo(project).verb == "Merge regions"
    runs.save_proposals(project, run_id, 4, world.proposals(seed=4))
    assert history.state(project).redo == "Merge regions"
    history.redo(project)
    runs.finish_run(project, run_id)
    end = world.rows()
    for image_id in (1, 2, 3, 4):
        world.assert_partition(project, image_id)
    verbs = []
    while changes := history.undo(project):
        verbs.append(changes.verb)
    assert verbs == ["Merge regions", "Name regions", "Propose"]
    assert world.rows() == bare
    while history.redo(project):
        pass
    assert world.rows() == end


@pytest.mark.parametrize("saved_before", [True, False])
def test_a_run_never_replaces_what_was_edited_meanwhile(world, saved_before):
    project = world.create(images=2, regions=4)
    run_id = runs.begin_run(project, world.run)
    if saved_before:
        runs.save_proposals(project, run_id, 2, world.proposals(seed=9))
    merging.merge_regions(project, [1, 2])
    before = world.rows()["region"]
    assert runs.save_proposals(project, run_id, 1, world.proposals(seed=7)) == OpChanges()
    assert world.rows()["region"] == before
    review.set_image_status(project, 1, ImageStatus.PROPOSED)
    assert runs.save_proposals(project, run_id, 1, world.proposals(seed=7)) == OpChanges()
    runs.finish_run(project, run_id)
    while history.undo(project):
        pass
    while history.redo(project):
        pass
    world.assert_partition(project, 1)


def test_an_edit_undone_meanwhile_cannot_be_redone_over_new_proposals(world):
    project = world.create(images=2, regions=4)
    run_id = runs.begin_run(project, world.run)
    runs.save_proposals(project, run_id, 2, world.proposals(seed=9))
    merging.merge_regions(project, [1, 2])
    history.undo(project)
    assert runs.save_proposals(project, run_id, 1, world.proposals(seed=7)) != OpChanges()
    assert history.state(project).redo is None
    runs.finish_run(project, run_id)
    world.assert_partition(project, 1)
    history.undo(project)
    world.assert_partition(project, 1)
