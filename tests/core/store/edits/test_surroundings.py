"""Proposals around a person's work: it stays to the last byte, the rest is the tree's, and one undo takes it back."""

import numpy as np
import pytest

from acseg_core.errors import EditError
from acseg_core.proposals.tree import threshold_of
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, ingest, merging, painting, review, runs, surroundings
from acseg_core.store.edits.labels import create_label
from acseg_core.store.edits.recorder import edit
from acseg_core.store.edits.shape_import import ImportedAs, ImportedShape, Onto, import_shapes
from acseg_core.types import DescriptorTable, ImageStatus, PixelPatch, RegionOrigin
from acseg_core.verbs import Verb


def _mask(left, top, right, bottom, shape=(6, 8)):
    mask = np.zeros(shape, bool)
    mask[top:bottom, left:right] = True
    return masks.encode(mask)


def _import(project, *shapes, image_id=1, as_=ImportedAs.ACCEPTED, done=False):
    with edit(project, Verb.IMPORT_SHAPES) as recording:
        import_shapes(
            project,
            recording,
            image_id,
            [ImportedShape(*each) for each in shapes],
            as_=as_,
            onto=Onto.REST,
            done=done,
        )


def _fill(world, project, image_id=1, *, leaves=6, granularity=0.5):
    tree = world.random_tree(leaves=leaves, seed=3)
    run_id = runs.begin_run(project, world.run)
    outcome = surroundings.save_around(project, run_id, image_id, tree, granularity=granularity)
    runs.finish_run(project, run_id)
    return tree, *outcome


@pytest.fixture
def project(world):
    return world.create(images=3)


@pytest.fixture
def label(project):
    return create_label(project, "cat")[0].id


def _row(world, region_id):
    """All columns of a region but its descriptor, which is found now."""
    names = [column[1] for column in world.sql("PRAGMA table_info(region)")]
    (row,) = world.sql("SELECT * FROM region WHERE id = ?", region_id)
    return {name: value for name, value in zip(names, row, strict=True) if name != "descriptor"}


def test_what_somebody_made_stays_and_the_rest_is_cut_by_the_tree(world, project, label):
    _import(project, (_mask(1, 1, 4, 4), label), (_mask(5, 0, 8, 2), label))
    (mine, other) = (region for region in queries.regions(project, 1) if region.label_id)
    rows, before = [_row(world, each.id) for each in (mine, other)], world.rows()
    tree, count, changes = _fill(world, project)
    assert changes.image_ids == {1}
    assert [_row(world, each.id) for each in (mine, other)] == rows
    world.assert_partition(project, 1)
    free = ~(masks.decode(mine.mask) | masks.decode(other.mask))
    expected = tree.regions(tree.tree.cut(threshold_of(0.5)), within=free)
    proposed = [region for region in queries.regions(project, 1) if region.origin is RegionOrigin.CUT]
    assert count == len(proposed) == len(expected) > 1
    assert {(region.node, region.mask) for region in proposed} == {(each.node, each.mask) for each in expected}
    assert all(region.is_open for region in proposed)
    record = queries.image(project, 1)
    assert (record.status, record.granularity) == (ImageStatus.IN_REVIEW, 0.5)
    world.assert_one_step(project, before, Verb.PROPOSE)


def test_names_can_be_learned_from_what_was_imported(world, project, label):
    """It came before the model had looked at the image; on the code of before it never taught anything."""
    _import(project, (_mask(1, 1, 4, 4), label))
    assert surroundings.undescribed_images(project) == {1}
    tree, *_ = _fill(world, project)
    assert surroundings.undescribed_images(project) == set()
    (mine,) = (region for region in queries.regions(project, 1) if region.label_id)
    (stored,) = world.sql("SELECT descriptor FROM region WHERE id = ?", mine.id)
    counts = np.bincount(tree.leaf_map[masks.decode(mine.mask)], minlength=6)
    np.testing.assert_allclose(np.frombuffer(stored[0], "<f2"), tree.descriptor(counts), atol=2e-3)


def test_images_with_room_are_those_begun_without_proposals(world, project, label):
    assert surroundings.images_with_room(project) == set(), "nobody has begun one"
    _import(project, (_mask(1, 1, 4, 4), label))
    painting.paint_new(project, 2, PixelPatch(0, 0, np.ones((2, 3), bool)), label_id=label)
    _import(project, (_mask(0, 0, 8, 6), label), image_id=3)
    assert surroundings.images_with_room(project) == {1, 2}, "the third has no pixel left"
    world.sql("UPDATE image SET problem = 'missing' WHERE id = 2")
    assert surroundings.images_with_room(project) == {1}
    review.set_image_statuses(project, [1], ImageStatus.DONE)
    assert surroundings.images_with_room(project) == set()


def test_images_whose_proposals_somebody_edited_have_no_room(world, project, label):
    world.propose_tree(project, [1])
    world.propose(project, [2])  # as before there were trees
    for image_id in (1, 2):
        review.name_regions(project, [queries.regions(project, image_id)[0].id], label)
    assert ingest.images_with_user_work(project) == {1, 2}
    assert surroundings.images_with_room(project) == set()


def test_suggested_names_and_rejected_regions_are_somebodys_work(world, project, label):
    _import(project, (_mask(1, 1, 4, 4), label), as_=ImportedAs.SUGGESTED)
    painting.paint_new(project, 1, PixelPatch(5, 3, np.ones((2, 2), bool)), label_id=None)
    drawn = next(region for region in queries.regions(project, 1) if region.origin is RegionOrigin.DRAWN)
    review.reject_regions(project, [drawn.id])
    before = {r.id: r for r in queries.regions(project, 1) if r.origin is not RegionOrigin.PREDICTED}
    assert len(before) == 2
    _fill(world, project)
    after = {region.id: region for region in queries.regions(project, 1)}
    assert {id_: after[id_] for id_ in before} == before


def test_tree_slider_split_and_merge_go_on(world, project, label):
    _import(project, (_mask(0, 0, 8, 5), label))
    (mine,) = (region for region in queries.regions(project, 1) if region.label_id)
    _fill(world, project)
    for granularity in (0.0, 1.0, 0.5):
        cuts.recut_image(project, 1, granularity)
        world.assert_partition(project, 1)
        assert queries.regions_by_id(project, [mine.id])[mine.id].mask == mine.mask
    there = {region.id for region in queries.regions(project, 1)}
    cuts.recut_image(project, 1, 0.5)
    assert {region.id for region in queries.regions(project, 1)} == there, "the same cut is the same rows"
    cuts.split_by_tree(project, mine.id)
    parts = [region for region in queries.regions(project, 1) if region.label_id == label]
    assert len(parts) == 2
    merging.merge_regions(project, [part.id for part in parts])
    largest = next(region for region in queries.regions(project, 1) if region.origin is RegionOrigin.CUT)
    cuts.merge_upwards(project, largest.id)
    world.assert_partition(project, 1)


def test_an_image_that_somebody_edits_meanwhile_is_left_alone(world, project, label):
    _import(project, (_mask(1, 1, 4, 4), label))
    tree = world.random_tree(leaves=6, seed=3)
    run_id = runs.begin_run(project, world.run)
    painting.paint_new(project, 1, PixelPatch(5, 3, np.ones((2, 2), bool)), label_id=label)
    before = world.rows()
    assert surroundings.save_around(project, run_id, 1, tree) == (0, surroundings.OpChanges())
    runs.finish_run(project, run_id)
    assert world.rows() == before
    with pytest.raises(EditError, match="has ended"):
        surroundings.save_around(project, run_id, 1, tree)


def test_a_tree_of_another_size_is_refused_and_nothing_changes(world, project, label):
    _import(project, (_mask(1, 1, 4, 4), label))
    before = world.rows()
    tree = world.random_tree(leaves=6, seed=3, height=12, width=16)
    run_id = runs.begin_run(project, world.run)
    with pytest.raises(ValueError, match="for an image of"):
        surroundings.save_around(project, run_id, 1, tree)
    runs.finish_run(project, run_id)
    assert world.rows() == before


def test_descriptors_come_to_regions_of_done_images_and_to_no_others(world, project, label):
    _import(project, (_mask(1, 1, 4, 4), label), done=True)
    (mine,) = (region for region in queries.regions(project, 1) if region.label_id)
    assert surroundings.undescribed_regions(project, 1) == {mine.id: mine.mask}
    undo = history.state(project).undo
    vector = np.full((2, 16), 0.25, np.float16)
    surroundings.save_descriptors(project, DescriptorTable(np.array([mine.id, 99]), vector))
    assert surroundings.undescribed_images(project) == set()
    assert history.state(project).undo == undo, "there is nothing to undo"
    surroundings.save_descriptors(project, DescriptorTable(np.array([mine.id]), vector[:1] * 0))
    assert world.sql("SELECT descriptor FROM region WHERE id = ?", mine.id) == [(vector[0].astype("<f2").tobytes(),)]
