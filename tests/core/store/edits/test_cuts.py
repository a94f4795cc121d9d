"""Cuts of stored trees: always a partition, one undo step each, and what a person made is kept."""

import contextlib
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acseg_core.errors import EditError, ProjectDamagedError
from acseg_core.proposals.tree import MOST_REGIONS, ConceptTree
from acseg_core.proposals.tree_bytes import TreeBytes
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, ingest, merging, review, runs
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, RegionStatus

MANY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def cut(world):
    """An open project of three images with trees of six leaves."""
    project = world.create(images=3)
    world.trees = world.propose_tree(project, queries.image_ids(project))
    return project


def count(project, image_id=1):
    return len(queries.regions(project, image_id))


def finish(generator):
    """Run a generator to its end; its ticks, and its result."""
    ticks = []
    while True:
        try:
            ticks.append(next(generator))
        except StopIteration as end:
            return ticks, end.value


def test_the_tree_comes_back_as_it_was_stored(world, cut):
    for image_id, tree in enumerate(world.trees, start=1):
        stored = cuts.image_tree(cut, image_id)
        np.testing.assert_array_equal(stored.leaf_map, tree.leaf_map)
        np.testing.assert_array_equal(stored.tree.merges, tree.tree.merges)
        np.testing.assert_array_equal(stored.tree.heights, tree.tree.heights)
        np.testing.assert_array_equal(stored.tokens, tree.tokens)
    assert queries.image(cut, 1).granularity == 0.5


@pytest.mark.parametrize(("granularity", "regions"), [(0, 1), (0.25, 2), (0.45, 3), (0.75, 5), (1, 6)])
def test_a_new_cut_gives_the_regions_of_that_granularity(world, cut, granularity, regions):
    changes = cuts.recut_image(cut, 1, granularity)
    assert (changes.verb, changes.image_ids, changes.region_ids) == ("Change granularity", {1}, frozenset())
    assert count(cut) == regions
    assert queries.image(cut, 1).granularity == granularity
    assert queries.image(cut, 1).status is ImageStatus.PROPOSED
    world.assert_partition(cut, 1)
    assert queries.image(cut, 2).granularity == 0.5


def test_regions_that_stay_the_same_keep_their_rows(cut):
    before = {region.id: region for region in queries.regions(cut, 1)}
    cuts.step_cut(cut, 1, finer=True)
    after = {region.id: region for region in queries.regions(cut, 1)}
    assert len(after) == len(before) + 1
    assert len(before.keys() & after.keys()) == len(before) - 1
    assert all(before[id_] == after[id_] for id_ in before.keys() & after.keys())


def test_the_same_cut_again_is_no_edit(world, cut):
    rows = world.rows()
    assert cuts.recut_image(cut, 1, 0.5).verb == ""
    assert history.state(cut).undo == "Propose"
    assert world.rows() == rows


def test_steps_go_through_all_cuts_and_stop_at_the_ends(world, cut):
    seen = []
    for finer in (True, False):
        while cuts.step_cut(cut, 1, finer=finer).verb:
            seen.append(count(cut))
            world.assert_partition(cut, 1)
    start = seen[0] - 1
    assert seen == [*range(start + 1, 7), *range(5, 0, -1)]
    assert cuts.step_cut(cut, 1, finer=False).verb == ""


def test_undo_and_redo_bring_rows_and_granularity_back(world, cut):
    states = [world.rows()]
    for granularity in (0.9, 0.1, 0.6):
        cuts.recut_image(cut, 2, granularity)
        states.append(world.rows())
    for state in reversed(states[:-1]):
        changes = history.undo(cut)
        assert world.rows() == state
        assert (changes.image_ids, changes.region_ids) == ({2}, frozenset())
    for state in states[1:]:
        history.redo(cut)
        assert world.rows() == state


def test_an_image_without_a_tree_says_how_to_get_one(world):
    project = world.create(images=1, regions=3)
    assert cuts.image_tree(project, 1) is None
    assert queries.image(project, 1).granularity is None
    for call in (
        lambda: cuts.recut_image(project, 1, 0.4),
        lambda: cuts.step_cut(project, 1, finer=True),
        lambda: cuts.split_by_tree(project, 1),
        lambda: cuts.merge_upwards(project, 1),
    ):
        with pytest.raises(EditError, match="propose its regions again"):
            call()
    assert finish(cuts.recut_images(project, 0.4))[1].verb == ""


def test_a_granularity_outside_its_range_changes_nothing(world, cut):
    rows = world.rows()
    with pytest.raises(ValueError, match="between 0 and 1"):
        cuts.recut_image(cut, 1, 1.5)
    with pytest.raises(ValueError, match="between 0 and 1"):
        next(cuts.recut_images(cut, float("nan")))
    assert world.rows() == rows


def test_a_damaged_tree_is_reported_and_not_used(world, cut):
    world.sql("UPDATE tree SET leaf_map = x'00'")
    rows = world.rows()
    with pytest.raises(ProjectDamagedError, match=r"concept tree of 000\.jpg"):
        cuts.recut_image(cut, 1, 0.9)
    assert world.rows() == rows


def kept(project, image_id=1):
    """What no cut may change: ids, pixels and names of all that a person made."""
    return {
        region.id: (region.mask, region.label_id, region.status, region.node)
        for region in queries.regions(project, image_id)
        if region.label_id is not None
        or region.node is None
        or region.status in (RegionStatus.ACCEPTED, RegionStatus.REJECTED)
    }


def test_what_a_person_made_survives_every_cut(world, cut):
    cuts.recut_image(cut, 1, 1)
    first, second, third, fourth, *_ = (region.id for region in queries.regions(cut, 1))
    review.name_regions_as(cut, [first], "sky")
    review.reject_regions(cut, [second])
    merging.merge_regions(cut, [third, fourth])
    before = kept(cut)
    assert len(before) == 3
    for granularity in (0, 0.3, 0.6, 1, 0.5):
        cuts.recut_image(cut, 1, granularity)
        world.assert_partition(cut, 1)
        assert kept(cut) == before


def test_with_everything_named_there_is_nothing_left_to_cut(world, cut):
    review.name_regions_as(cut, [region.id for region in queries.regions(cut, 1)], "sky")
    before = world.rows()["region"]
    assert cuts.step_cut(cut, 1, finer=True).verb == ""
    cuts.recut_image(cut, 1, 1)
    assert world.rows()["region"] == before


def test_steps_count_what_is_left_to_cut(cut):
    cuts.recut_image(cut, 1, 0)
    cuts.step_cut(cut, 1, finer=True)
    largest, _ = queries.regions(cut, 1)
    review.name_regions_as(cut, [largest.id], "sky")
    while cuts.step_cut(cut, 1, finer=True).verb:
        pass
    free = [region for region in queries.regions(cut, 1) if region.label_id is None]
    assert len(free) >= 1
    assert kept(cut).keys() == {largest.id}


def test_all_images_are_one_undo_step(world, cut):
    before = world.rows()
    ticks, changes = finish(cuts.recut_images(cut, 1))
    assert [(tick.done, tick.total, tick.message) for tick in ticks] == [
        (1, 3, "000.jpg"),
        (2, 3, "001.jpg"),
        (3, 3, "002.jpg"),
    ]
    assert (changes.verb, changes.image_ids) == ("Change granularity", {1, 2, 3})
    assert [count(cut, image_id) for image_id in (1, 2, 3)] == [6, 6, 6]
    after = world.rows()
    assert history.undo(cut).verb == "Change granularity"
    assert world.rows() == before
    history.redo(cut)
    assert world.rows() == after


def test_some_images_may_be_chosen_and_finished_ones_are_left_alone(cut):
    review.accept_image(cut, 2)
    finish(cuts.recut_images(cut, 1, image_ids=[1, 2]))
    assert [queries.image(cut, image_id).granularity for image_id in (1, 2, 3)] == [1, 0.5, 0.5]


def test_stopped_half_way_keeps_what_was_cut(world, cut):
    before = world.rows()
    work = cuts.recut_images(cut, 1)
    next(work)
    with pytest.raises(EditError, match="still going on"):
        history.undo(cut)
    work.close()
    assert [queries.image(cut, image_id).granularity for image_id in (1, 2, 3)] == [1, 0.5, 0.5]
    history.undo(cut)
    assert world.rows() == before


def test_an_image_edited_meanwhile_is_left_alone(world, cut):
    work = cuts.recut_images(cut, 1)
    next(work)
    review.name_regions_as(cut, [queries.regions(cut, 2)[0].id], "sky")
    edited = world.rows()
    assert finish(work)[1].image_ids == {1, 3}
    assert [queries.image(cut, image_id).granularity for image_id in (1, 2, 3)] == [1, 0.5, 1]
    assert history.undo(cut).verb == "Name regions"
    history.redo(cut)
    assert [row for row in world.rows()["region"] if row[1] == 2] == [row for row in edited["region"] if row[1] == 2]


def test_a_split_divides_a_region_where_the_tree_does(world, cut):
    cuts.recut_image(cut, 1, 0)
    (whole,) = queries.regions(cut, 1)
    changes = cuts.split_by_tree(cut, whole.id)
    tree = world.trees[0]
    parts = {region.id: masks.decode(region.mask) for region in queries.regions(cut, 1)}
    assert changes.region_ids == parts.keys() == {whole.id, max(parts)}
    expected = [np.isin(tree.leaf_map, tree.tree.leaves_of(child)) for child in tree.tree.children(tree.tree.root)]
    assert sorted(part.tobytes() for part in parts.values()) == sorted(part.tobytes() for part in expected)
    assert parts[whole.id].sum() >= parts[max(parts)].sum()
    assert queries.image(cut, 1).status is ImageStatus.IN_REVIEW
    world.assert_partition(cut, 1)


def test_both_parts_keep_the_name_and_later_cuts_leave_them_alone(world, cut):
    cuts.recut_image(cut, 1, 0)
    (whole,) = queries.regions(cut, 1)
    review.name_regions_as(cut, [whole.id], "sky")
    cuts.split_by_tree(cut, whole.id)
    parts = queries.regions(cut, 1)
    assert len({(part.label_id, part.status) for part in parts}) == 1
    assert parts[0].status is RegionStatus.ACCEPTED
    review.name_regions(cut, [part.id for part in parts], None)
    before = kept(cut)
    cuts.recut_image(cut, 1, 1)
    assert kept(cut) == before
    assert len(before) == 2


def test_a_fine_concept_cannot_be_split(cut):
    cuts.recut_image(cut, 1, 1)
    with pytest.raises(EditError, match="cannot be split automatically any further"):
        cuts.split_by_tree(cut, queries.regions(cut, 1)[0].id)


def test_what_was_merged_by_hand_can_be_split_by_the_tree(world, cut):
    cuts.recut_image(cut, 1, 1)
    first, second, *_ = (region.id for region in queries.regions(cut, 1))
    before = {region.mask for region in queries.regions(cut, 1)}
    (merged,) = merging.merge_regions(cut, [first, second]).region_ids
    cuts.split_by_tree(cut, merged)
    assert {region.mask for region in queries.regions(cut, 1)} == before


def test_merging_upwards_goes_through_the_tree_to_the_whole_image(world, cut):
    cuts.recut_image(cut, 1, 1)
    region_id = queries.regions(cut, 1)[0].id
    areas = []
    while count(cut) > 1:
        (region_id,) = cuts.merge_upwards(cut, region_id).region_ids
        world.assert_partition(cut, 1)
        areas.append(queries.regions_by_id(cut, [region_id])[region_id].area)
    assert areas == sorted(areas)
    assert areas[-1] == world.height * world.width
    with pytest.raises(EditError, match="nothing to merge"):
        cuts.merge_upwards(cut, region_id)


def test_merging_upwards_makes_the_parent_of_a_leaf(world, cut):
    cuts.recut_image(cut, 1, 1)
    tree = world.trees[0]
    child, sibling = tree.tree.merges[0].tolist()
    (region,) = (region for region in queries.regions(cut, 1) if region.node == child)
    (merged,) = cuts.merge_upwards(cut, region.id).region_ids
    mask = masks.decode(queries.regions_by_id(cut, [merged])[merged].mask)
    np.testing.assert_array_equal(mask, np.isin(tree.leaf_map, [child, sibling]))


def test_merging_upwards_leaves_other_names_and_rejections_alone(cut):
    cuts.recut_image(cut, 1, 1)
    first, second, third, *_ = (region.id for region in queries.regions(cut, 1))
    review.name_regions_as(cut, [first], "sky")
    review.reject_regions(cut, [second])
    before = kept(cut)
    region_id = third
    while count(cut) > 3:
        (region_id,) = cuts.merge_upwards(cut, region_id).region_ids
    with pytest.raises(EditError, match="nothing to merge"):
        cuts.merge_upwards(cut, region_id)
    assert {id_: kept(cut)[id_] for id_ in before} == before


def test_a_proposal_without_a_tree_takes_the_old_one_away_and_undo_brings_it_back(world, cut):
    world.propose(cut, [1])
    assert queries.image(cut, 1).granularity is None
    assert cuts.image_tree(cut, 1) is None
    history.undo(cut)
    assert queries.image(cut, 1).granularity == 0.5
    np.testing.assert_array_equal(cuts.image_tree(cut, 1).leaf_map, world.trees[0].leaf_map)


def test_trees_that_cannot_come_back_are_dropped(world, cut):
    world.propose_tree(cut, [1, 2], leaves=4)
    assert world.sql("SELECT count(*) FROM tree") == [(5,)]
    history.undo(cut)
    assert world.sql("SELECT count(*) FROM tree") == [(5,)], "redo needs them"
    create_label(cut, "sky")
    assert world.sql("SELECT count(*) FROM tree") == [(3,)]
    assert world.sql("PRAGMA foreign_key_check") == []
    assert cuts.image_tree(cut, 1).tree.leaves == 6


def test_accepting_a_changed_file_forgets_the_tree_until_undo(world, cut):
    changed = world.info("000.jpg", sha256="f" * 64)
    ingest.add_images(cut, [changed])
    ingest.adopt_changed(cut, [1], [changed])
    assert cuts.image_tree(cut, 1) is None
    history.undo(cut)
    assert cuts.image_tree(cut, 1) is not None


def test_a_tree_of_another_size_is_refused(world, cut):
    tree = cuts.image_tree(cut, 1)
    run_id = runs.begin_run(cut, world.run)
    wrong = type(tree).of(tree.tree, np.ascontiguousarray(tree.leaf_map.T), tree.tokens)
    with pytest.raises(ValueError, match="for an image of"):
        runs.save_proposals(cut, run_id, 1, world.proposals(), tree=wrong)
    runs.finish_run(cut, run_id)
    assert cuts.image_tree(cut, 1) is not None


SIZE = (90, 120)


@pytest.fixture
def cells(world):
    """An open project of one image with a tree of a thousand cells, and the tree."""
    project = world.create()
    ingest.add_images(project, [world.info("a.jpg", height=SIZE[0], width=SIZE[1])])
    tree = world.random_tree_of_cells(seed=2, height=SIZE[0], width=SIZE[1], cells=1000)
    run_id = runs.begin_run(project, world.run)
    runs.save_proposals(project, run_id, 1, tree.regions(tree.tree.cut(1e9)), tree=tree, granularity=0.0)
    runs.finish_run(project, run_id)
    return project, tree


def areas(project):
    return {region.id: region.area for region in queries.regions(project, 1)}


def test_a_region_of_many_cells_is_split_down_to_pieces_of_a_few_pixels_and_then_it_says_so(world, cells):
    project, tree = cells
    assert tree.tree.leaves > 500
    ((region_id, area),) = areas(project).items()
    steps = 0
    while True:
        before = areas(project)
        try:
            changes = cuts.split_by_tree(project, region_id)
        except EditError:
            break
        steps += 1
        after = areas(project)
        assert len(after) == len(before) + 1
        assert min(after[id_] for id_ in changes.region_ids) >= 8
        assert sum(after[id_] for id_ in changes.region_ids) == before[region_id]
        region_id = min(changes.region_ids, key=after.__getitem__)  # the smaller part
    with pytest.raises(EditError, match="cannot be split automatically any further"):
        cuts.split_by_tree(project, region_id)
    assert steps >= 4
    assert areas(project)[region_id] < 40, "of a few cells of eleven pixels"
    world.assert_partition(project, 1)
    for _ in range(steps):
        history.undo(project)
    assert list(areas(project).values()) == [area]


def test_merging_upwards_takes_splits_of_cells_back(world, cells):
    project, _ = cells
    ((whole, area),) = areas(project).items()
    masks_before, chain = [], [whole]
    for _ in range(6):
        masks_before.append({region.mask for region in queries.regions(project, 1)})
        changes = cuts.split_by_tree(project, chain[-1])
        chain.append(min(changes.region_ids, key=areas(project).__getitem__))
    region_id = chain[-1]
    for expected in reversed(masks_before):
        (region_id,) = cuts.merge_upwards(project, region_id).region_ids
        assert {region.mask for region in queries.regions(project, 1)} == expected
    assert list(areas(project).values()) == [area]


def test_the_parts_of_a_split_are_those_of_the_tree(cells):
    """Until pieces become so small that slivers go with the larger part."""
    project, tree = cells
    ((region_id, _),) = areas(project).items()
    node = tree.tree.root
    for _ in range(5):
        changes = cuts.split_by_tree(project, region_id)
        found = {id_: masks.decode(queries.regions_by_id(project, [id_])[id_].mask) for id_ in changes.region_ids}
        below = {child: np.isin(tree.leaf_map, tree.tree.leaves_of(child)) for child in tree.tree.children(node)}
        if min(part.sum() for part in below.values()) < max(8, 0.005 * sum(part.sum() for part in below.values())):
            break
        assert sorted(part.tobytes() for part in found.values()) == sorted(part.tobytes() for part in below.values())
        region_id = max(found, key=lambda id_: found[id_].sum())
        node = max(below, key=lambda child: below[child].sum())


def test_steps_through_a_tree_of_cells_visit_different_cuts_and_come_back(world, cells):
    project, _tree = cells
    seen = [len(areas(project))]
    for finer in (True, False):
        for _ in range(12):
            if not cuts.step_cut(project, 1, finer=finer).verb:
                break
            seen.append(len(areas(project)))
    assert seen[0] == 1
    assert all(one != other for one, other in pairwise(seen))
    peak = seen.index(max(seen))
    assert seen[: peak + 1] == sorted(seen[: peak + 1])
    assert seen[peak:] == sorted(seen[peak:], reverse=True)
    assert seen[-1] == 1
    world.assert_partition(project, 1)


def test_the_finest_cut_has_as_many_regions_as_are_of_use_and_no_step_goes_beyond(world, cells):
    project, _tree = cells
    before = world.rows()
    cuts.recut_image(project, 1, 1.0)
    assert len(areas(project)) == MOST_REGIONS
    world.assert_partition(project, 1)
    assert cuts.step_cut(project, 1, finer=True).verb == ""
    assert cuts.step_cut(project, 1, finer=False).verb
    assert len(areas(project)) < MOST_REGIONS
    history.undo(project)
    history.undo(project)
    assert world.rows() == before


def test_a_step_looks_at_few_cuts(cells, monkeypatch):
    """Counted, not timed: those that make a difference come next, or after some of the same height."""
    project, _tree = cells
    looked_at = []
    cut = ConceptTree.cut
    monkeypatch.setattr(ConceptTree, "cut", lambda tree, threshold: looked_at.append(threshold) or cut(tree, threshold))
    cuts.recut_image(project, 1, 0.5)
    for finer in (True, False, True):
        looked_at.clear()
        cuts.step_cut(project, 1, finer=finer)
        assert 0 < len(looked_at) < 20
    cuts.recut_image(project, 1, 1.0)
    looked_at.clear()
    assert cuts.step_cut(project, 1, finer=True).verb == ""
    assert len(looked_at) < 20


def test_a_split_reads_the_tree_once(cells, monkeypatch):
    project, _ = cells
    read, decoded = TreeBytes.read, []
    monkeypatch.setattr(TreeBytes, "read", lambda stored: decoded.append(1) or read(stored))
    cuts.split_by_tree(project, next(iter(areas(project))))
    assert len(decoded) == 1


actions = st.lists(
    st.tuples(
        st.sampled_from(
            ["recut", "finer", "coarser", "split", "up", "name", "unname", "reject", "merge", "undo", "redo"]
        ),
        st.integers(0, 100),
        st.integers(0, 100),
    ),
    max_size=12,
)


def act(project, verb, first, second):
    """One step; those that are impossible just now do nothing."""
    ids = sorted(region.id for region in queries.regions(project, 1))
    one, other = ids[first % len(ids)], ids[second % len(ids)]
    steps = {
        "recut": lambda: cuts.recut_image(project, 1, first / 100),
        "finer": lambda: cuts.step_cut(project, 1, finer=True),
        "coarser": lambda: cuts.step_cut(project, 1, finer=False),
        "split": lambda: cuts.split_by_tree(project, one),
        "up": lambda: cuts.merge_upwards(project, one),
        "name": lambda: review.name_regions_as(project, [one], f"label {second % 3}"),
        "unname": lambda: review.name_regions(project, [one], None),
        "reject": lambda: review.reject_regions(project, [one]),
        "merge": lambda: merging.merge_regions(project, [one, other]),
        "undo": lambda: history.undo(project),
        "redo": lambda: history.redo(project),
    }
    with contextlib.suppress(EditError):
        steps[verb]()


@MANY
@given(steps=actions)
def test_any_sequence_keeps_the_partition_and_undoes_completely(new_world, steps):
    world = new_world()
    project = world.create(images=1)
    world.propose_tree(project, [1], leaves=7)
    start = world.rows()
    for verb, first, second in steps:
        before = kept(project)
        act(project, verb, first, second)
        if queries.image(project, 1).status is not ImageStatus.NEW:
            world.assert_partition(project, 1)
        if verb in ("recut", "finer", "coarser"):
            assert kept(project) == before
        if not queries.regions(project, 1):
            history.redo(project)
    while history.state(project).undo != "Propose":
        history.undo(project)
    assert world.rows() == start
    world.close()
