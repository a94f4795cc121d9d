"""Images of a part put into the project: the same regions stay the same, and what only the part has comes whole.

Covers: store.edits.part_records, store.edits.part_rows.
"""

import json

import numpy as np
import pytest
from clustered_project import of, save
from coloured_photos import finish

from acseg_core.errors import EditError, ProjectDamagedError
from acseg_core.store import queries
from acseg_core.store.edits import history, merging, painting, removal, review, suggestions
from acseg_core.store.edits.part_merge import Prefer, merge_part, one_merge
from acseg_core.store.queries.part_origin import part_origin
from acseg_core.types import PixelPatch
from acseg_core.verbs import Verb
from acseg_core.workflows.part_choice import ShareBy
from acseg_core.workflows.project_split import split_project


@pytest.fixture
def project(world):
    opened = world.create(images=2)
    world.propose_tree(opened, [1, 2], leaves=5, granularity=0.6)
    save(opened, [[region.id for region in queries.regions(opened, image)] for image in (1, 2)])
    return opened


@pytest.fixture
def part(world, project):
    first, _ = finish(split_project(project, by=ShareBy.COUNT, into=2))
    return world.open(first.folder)


def merge(project, part, prefer=Prefer.FURTHER):
    with one_merge(project) as going:
        outcome = finish(merge_part(going, part, part_origin(part), prefer=prefer))
    return going.changes, outcome


def test_regions_that_are_alike_stay_the_same_ones(world, project, part):
    ids = [region.id for region in queries.regions(project, 1)]
    before = world.rows()
    review.name_regions_as(part, ids[:1], "cat")
    merge(project, part)
    assert [region.id for region in queries.regions(project, 1)] == ids
    assert of(project, ids[0]) == 1
    recorded = world.sql("SELECT row_id, field FROM change WHERE operation_id = 3 AND entity = 'region' ORDER BY field")
    assert recorded == [(ids[0], "label_id"), (ids[0], "status"), (ids[0], "verdict")], "no more than differs"
    world.assert_one_step(project, before, Verb.MERGE_PARTS)


def test_new_regions_get_numbers_of_the_project_and_no_cluster_of_the_part(project, part):
    box = PixelPatch(1, 1, np.ones((2, 3), bool))
    (mine,) = painting.paint_new(project, 2, box, label_id=None).region_ids
    (theirs,) = painting.paint_new(part, 1, box, label_id=None).region_ids
    assert mine == theirs, "each counts on from where they parted"
    kept = {region.id: region.cluster_id for region in queries.regions(part, 1) if region.id != theirs}
    save(part, [[theirs]])
    merge(project, part)
    masks = {region.mask: region for region in queries.regions(project, 1)}
    fresh = masks[queries.regions_by_id(part, [theirs])[theirs].mask]
    assert fresh.id > mine
    assert fresh.cluster_id is None
    assert queries.regions_by_id(project, [mine])[mine].image_id == 2
    assert {region.id for region in masks.values()} == {*kept, fresh.id}


def test_what_was_proposed_in_the_part_comes_with_its_run_and_tree(world, project, part):
    (tree,) = world.propose_tree(part, [1], leaves=7)
    theirs = queries.regions(part, 1)
    runs = world.sql("SELECT count(*) FROM run")[0][0]
    merge(project, part)
    mine = queries.regions(project, 1)
    assert [region.mask for region in mine] == [region.mask for region in theirs]
    assert {region.run_id for region in mine} == {runs + 1}
    assert world.sql("SELECT count(*) FROM model") == [(2,)], "the models are known"
    history.undo(project)
    merge(project, part)
    assert world.sql("SELECT count(*) FROM run")[0][0] == runs + 1, "the run is known by then"
    assert tree.leaf_map.shape == (6, 8)


def test_a_suggestion_comes_with_the_region_it_is_for(project, part):
    one, two, *_ = [region.id for region in queries.regions(part, 1)]
    review.name_regions_as(part, [one], "cat")
    suggestions.save_suggestions(part, [two], [1], [0.75])
    suggestions.decline_suggestions(part, [two])
    merge(project, part)
    assert queries.regions_by_id(project, [two])[two].verdict == "declined"
    (three,) = merging.merge_regions(part, [one, two], label_id=None).region_ids
    suggestions.save_suggestions(part, [three], [1], [0.5])
    merge(project, part)
    (fresh,) = [region for region in queries.regions(project, 1) if region.suggestion_id is not None]
    assert (fresh.suggestion_id, fresh.confidence) == (1, 0.5)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE image SET width = 80 WHERE id = 1", "another size in the part"),
        ("UPDATE tree SET leaf_map = x'00'", "concept tree in the part is unusable"),
    ],
)
def test_an_image_that_cannot_be_is_left_as_it_is(world, project, part, statement, reason):
    world.propose_tree(part, [1], leaves=7)
    world.folder, folder = part.folder, world.folder
    world.sql(statement)
    world.folder = folder
    before = world.rows()
    changes, outcome = merge(project, part)
    assert not changes.verb
    assert reason in outcome.left_out[0].reason
    assert world.rows() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE region SET counts = x'00ff' WHERE image_id = 1",
        "UPDATE image SET granularity = 7 WHERE id = 1",
        "UPDATE label SET color = 'red'",
        "UPDATE region SET status = 'proposed', area = 0 WHERE image_id = 1",
    ],
)
def test_a_damaged_part_is_told_and_nothing_is_changed(world, project, part, statement):
    review.name_regions_as(part, [1], "cat")
    world.folder, folder = part.folder, world.folder
    world.sql(statement)
    world.folder = folder
    before = world.rows()
    with pytest.raises(ProjectDamagedError, match=r"project-part-1/project.db: the database is damaged \("):
        merge(project, part)
    assert world.rows() == before


def test_a_label_that_could_not_be_made_here_is_refused(world, project, part):
    review.name_regions_as(part, [1], "cat")
    world.folder, folder = part.folder, world.folder
    world.sql("UPDATE label SET name = '  '")
    world.folder = folder
    before = world.rows()
    with pytest.raises(EditError, match="name"):
        merge(project, part)
    assert world.rows() == before


def test_what_was_agreed_is_noted_by_operation(world, project, part):
    review.name_regions_as(part, [1], "cat")
    changes, _ = merge(project, part)
    ((key, value),) = world.sql("SELECT key, value FROM setting WHERE key LIKE 'merged %'")
    assert key == f"merged {part_origin(part).key} 1 {changes.operation_id}"
    assert [image for image, _ in json.loads(value)["images"]] == [1]
    history.undo(project)
    removal.remove_images(project, [2])
    merge(project, part)
    keys = world.sql("SELECT key FROM setting WHERE key LIKE 'merged %'")
    assert [key.rpartition(" ")[2] for (key,) in keys] == [str(changes.operation_id + 2)], "the first is gone for good"
