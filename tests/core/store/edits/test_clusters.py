"""Clusters: listed by what naming them saves, edited in undoable steps, and read without everything in memory."""

import contextlib

import numpy as np
import pytest
from clustered_project import of, save, set_descriptor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import clusters, cuts, history, ingest, merging, review, runs
from acseg_core.store.queries import cluster_queries
from acseg_core.store.schema import REGION
from acseg_core.types import ImageStatus

MANY = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def groups_of(project):
    """The regions of every cluster, as a set of sets."""
    found = {}
    for each in cluster_queries.assignments(project):
        if each.cluster is not None:
            found.setdefault(each.cluster, set()).add(each.id)
    return {frozenset(group) for group in found.values()}


def test_a_clustering_is_saved_and_is_one_undo_step(world, clustered):
    assert groups_of(clustered) == {frozenset(g) for g in ([1, 2, 3, 4, 5], [6, 7, 8, 9], [10, 11], [12])}
    assert queries.image(clustered, 1).status is ImageStatus.PROPOSED
    assert not ingest.images_with_user_work(clustered)
    after = world.rows()
    assert history.undo(clustered).verb == "Cluster regions"
    assert cluster_queries.clusters(clustered) == []
    history.redo(clustered)
    assert world.rows() == after


def test_naming_a_cluster_names_what_has_no_name(world, clustered):
    big = of(clustered, 1)
    review.name_regions_as(clustered, [1], "cat")
    review.reject_regions(clustered, [2])
    world.sql("UPDATE region SET suggestion_id = 1, confidence = 0.5 WHERE id IN (3, 6)")
    before = world.rows()
    changes = clusters.name_cluster(clustered, big, "dog")
    assert (changes.verb, changes.labels, changes.image_ids) == ("Name cluster", True, {1, 2})
    regions = queries.regions_by_id(clustered, [1, 2, 3, 4, 5, 6])
    assert [region.label_id for region in regions.values()] == [1, None, 2, 2, 2, None]
    assert [region.status.value for region in regions.values()] == [
        "accepted",
        "rejected",
        "accepted",
        "accepted",
        "accepted",
        "suggested",
    ]
    assert [region.suggestion_id for region in regions.values()] == [None] * 5 + [1]
    assert [queries.image(clustered, id_).status.value for id_ in (1, 2, 3)] == ["in_review", "in_review", "proposed"]
    after = world.rows()
    assert history.undo(clustered).verb == "Name cluster"
    assert world.rows() == before
    history.redo(clustered)
    assert world.rows() == after


def test_renaming_a_cluster_renames_the_named_ones_too(world, clustered):
    big = of(clustered, 1)
    review.name_regions_as(clustered, [1], "cat")
    review.reject_regions(clustered, [2])
    before = world.rows()
    clusters.name_cluster(clustered, big, " DOG ", rename=True)
    labels = [region.label_id for region in queries.regions_by_id(clustered, [1, 2, 3, 4, 5]).values()]
    assert labels == [2, None, 2, 2, 2]
    history.undo(clustered)
    assert world.rows() == before


def test_a_cluster_with_nothing_to_name_leaves_no_trace(world, clustered):
    big = of(clustered, 1)
    clusters.name_cluster(clustered, big, "dog")
    rows = world.rows()
    assert clusters.name_cluster(clustered, big, "cat").verb == ""
    assert world.rows() == rows
    assert history.state(clustered).undo == "Name cluster"


def test_merging_clusters_makes_a_new_one(world, clustered):
    first, second = of(clustered, 1), of(clustered, 6)
    before = world.rows()
    assert clusters.merge_clusters(clustered, [second, first]).verb == "Merge clusters"
    assert of(clustered, 1) == of(clustered, 9) not in (first, second)
    assert [each.size for each in cluster_queries.clusters(clustered)] == [9, 2, 1]
    after = world.rows()
    history.undo(clustered)
    assert world.rows() == before
    history.redo(clustered)
    assert world.rows() == after


def test_splitting_a_cluster_follows_its_looks(world, clustered):
    for id_ in range(1, 6):
        set_descriptor(world, id_, np.eye(8)[0 if id_ in (1, 4) else 3])
    before = world.rows()
    assert clusters.split_cluster(clustered, of(clustered, 1)).verb == "Split cluster"
    assert {frozenset([1, 4]), frozenset([2, 3, 5])} <= groups_of(clustered)
    with pytest.raises(EditError, match="all look the same"):
        clusters.split_cluster(clustered, of(clustered, 2))
    after = world.rows()
    history.undo(clustered)
    assert world.rows() == before
    history.redo(clustered)
    assert world.rows() == after


def test_members_without_a_descriptor_stay_with_the_largest_part(world, clustered):
    for id_ in range(1, 5):
        set_descriptor(world, id_, np.eye(8)[0 if id_ == 1 else 3])
    world.sql("UPDATE region SET descriptor = NULL WHERE id = 5")
    clusters.split_cluster(clustered, of(clustered, 1))
    assert {frozenset([1]), frozenset([2, 3, 4, 5])} <= groups_of(clustered)


def test_a_split_into_more_parts(clustered):
    clusters.split_cluster(clustered, of(clustered, 6), parts=4)
    assert all(frozenset([id_]) in groups_of(clustered) for id_ in (6, 7, 8, 9))


def test_members_dropped_are_in_no_cluster(world, clustered):
    before = world.rows()
    changes = clusters.drop_members(clustered, [1, 6, 12])
    assert (changes.verb, changes.region_ids) == ("Drop from cluster", {1, 6, 12})
    assert [of(clustered, id_) for id_ in (1, 6, 12)] == [None] * 3
    assert [each.size for each in cluster_queries.clusters(clustered)] == [4, 3, 2]
    assert clusters.drop_members(clustered, [1]).verb == ""
    history.undo(clustered)
    assert world.rows() == before


@pytest.mark.parametrize(
    "call",
    [
        lambda project: clusters.name_cluster(project, 99, "x"),
        lambda project: clusters.name_cluster(project, 1, "  "),
        lambda project: clusters.merge_clusters(project, [1, 99]),
        lambda project: clusters.merge_clusters(project, [1, 1]),
        lambda project: clusters.split_cluster(project, 99),
        lambda project: clusters.drop_members(project, [99]),
        lambda project: clusters.drop_members(project, []),
    ],
)
def test_what_cannot_be_done_changes_nothing(world, clustered, call):
    rows = world.rows()
    with pytest.raises(EditError):
        call(clustered)
    assert world.rows() == rows
    assert history.state(clustered).undo == "Cluster regions"


def test_clustering_again_keeps_the_ids_of_what_stays_the_same(world, clustered):
    first, second, third = (of(clustered, id_) for id_ in (1, 6, 10))
    save(clustered, [[6, 7, 8, 9], [1, 2], [3, 4, 5], [10, 11], [12]])
    assert (of(clustered, 6), of(clustered, 10)) == (second, third)
    assert of(clustered, 1) not in (first, second, third)
    rows = world.rows()
    assert save(clustered, [[6, 7, 8, 9], [1, 2], [3, 4, 5], [10, 11], [12]]).verb == ""
    assert world.rows() == rows
    history.undo(clustered)
    assert of(clustered, 1) == first
    save(clustered, [[6, 7, 8, 9], [1, 2, 3, 4, 5], [10, 12]])
    assert (of(clustered, 1), of(clustered, 6)) == (first, second)
    assert of(clustered, 11) is None
    assert history.state(clustered).redo is None


def test_clusters_that_look_exactly_the_same_stay_apart(world):
    project = world.create(images=1, regions=4)
    for id_ in range(1, 5):
        set_descriptor(world, id_, np.eye(8)[0])
    save(project, [[1, 2], [3, 4]])
    assert groups_of(project) == {frozenset([1, 2]), frozenset([3, 4])}
    save(project, [[1, 3], [2, 4]])
    assert groups_of(project) == {frozenset([1, 3]), frozenset([2, 4])}


def test_clustering_again_after_undo_forgets_what_was_undone(world, clustered):
    before = world.rows()
    clusters.merge_clusters(clustered, [of(clustered, 1), of(clustered, 6)])
    clusters.name_cluster(clustered, of(clustered, 1), "cat")
    history.undo(clustered)
    history.undo(clustered)
    assert world.rows() == before
    save(clustered, [[1, 12], [2, 11]])
    after = world.rows()
    assert history.redo(clustered) is None
    history.undo(clustered)
    assert world.rows() == before
    history.redo(clustered)
    assert world.rows() == after


def test_regions_that_are_gone_do_no_harm(clustered):
    merged = merging.merge_regions(clustered, [1, 2]).region_ids
    gone = ({1, 2} - merged).pop()
    ids = np.array([gone, *merged, 3], np.int64)
    clusters.save_clusters(clustered, ids, np.array([0, 0, 1], np.int32), np.eye(2, 8, dtype=np.float32))
    assert groups_of(clustered) == {merged, frozenset([3])}


def test_parts_that_do_not_belong_together_are_refused(world, clustered):
    rows = world.rows()
    for ids, labels, count in (([1, 2], [0], 1), ([1, 2], [0, 3], 2)):
        with pytest.raises(ValueError, match="regions"):
            clusters.save_clusters(
                clustered, np.array(ids, np.int64), np.array(labels, np.int32), np.eye(count, 8, dtype=np.float32)
            )
    assert world.rows() == rows


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["save", "name", "rename", "merge", "split", "drop", "recut", "merge regions", "undo", "redo"]),
        st.integers(0, 10**6),
    ),
    min_size=1,
    max_size=8,
)


@MANY
@given(steps=STEPS)
def test_any_sequence_of_edits_goes_back_and_forth_row_by_row(new_world, steps):
    world = new_world()
    with contextlib.closing(world):
        project = world.create(images=2)
        world.propose_tree(project, queries.image_ids(project))
        ids = [row.id for row in cluster_queries.assignments(project)]
        save(project, [ids[::2], ids[1::2]])
        for kind, seed in steps:
            with contextlib.suppress(EditError):
                _step(project, kind, np.random.default_rng(seed))
            for image_id in queries.region_counts(project):  # none when the proposals themselves are undone
                world.assert_partition(project, image_id)
        while history.redo(project):
            pass
        states = [world.rows()]
        while history.undo(project):
            states.append(world.rows())
        for state in reversed(states[:-1]):
            assert history.redo(project)
            assert world.rows() == state


def _step(project, kind, random):
    regions = list(cluster_queries.assignments(project))
    ids = [row.id for row in regions]
    known = sorted({row.cluster for row in regions} - {None}) or [1]
    if not ids and kind not in ("undo", "redo"):
        return
    match kind:
        case "save":
            groups = random.integers(0, 3, len(ids))
            save(
                project, [group for n in range(3) if (group := [i for i, g in zip(ids, groups, strict=True) if g == n])]
            )
        case "name" | "rename":
            name = str(random.choice(["cat", "dog", "sky"]))
            clusters.name_cluster(project, int(random.choice(known)), name, rename=kind == "rename")
        case "merge":
            clusters.merge_clusters(project, random.choice(known, min(2, len(known)), replace=False).tolist())
        case "split":
            clusters.split_cluster(project, int(random.choice(known)))
        case "drop":
            clusters.drop_members(project, random.choice(ids, 2).tolist())
        case "recut":
            cuts.recut_image(project, int(random.integers(1, 3)), float(random.random()))
        case "merge regions":
            image_id = int(random.integers(1, 3))
            merging.merge_regions(project, [region.id for region in queries.regions(project, image_id)][:2])
        case "undo":
            history.undo(project)
        case "redo":
            history.redo(project)


def test_large_projects_are_edited_set_by_set(world):
    """Thousands of regions in one edit, and back."""
    project = world.create(images=500)
    run_id = runs.begin_run(project, world.run)
    random = np.random.default_rng(0)
    vectors = random.normal(size=(5000, 8)).astype(np.float16)
    region = {
        "run_id": run_id,
        "origin": "cut",
        "status": "proposed",
        "area": 5,
        "box_x": 0.0,
        "box_y": 0.0,
        "box_width": 1.0,
        "box_height": 5.0,
        "counts": masks.encode(np.arange(48).reshape(8, 6).T < 5).counts,
    }
    with project.write() as connection:
        rows = [
            region | {"image_id": n // 10 + 1, "node": n % 10, "descriptor": vectors[n].tobytes()} for n in range(5000)
        ]
        connection.execute(insert(REGION), rows)
    runs.finish_run(project, run_id)
    before = world.rows()
    ids = list(range(1, 5001))
    save(project, [ids[:4000], ids[4000:]])
    named = clusters.name_cluster(project, of(project, 1), "cat")
    assert len(named.image_ids) == 400
    assert [(each.size, each.unnamed) for each in cluster_queries.clusters(project)] == [(1000, 1000), (4000, 0)]
    history.undo(project)
    history.undo(project)
    assert world.rows() == before
