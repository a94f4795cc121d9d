"""Verbs on clusters: what each of them leaves, without a window."""

from collections import Counter

import pytest
from desktop.operations.running import run, verbs

from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import create_label
from acseg_core.workflows.cluster_reading import ClusterFilter
from acseg_desktop.operations import clusters
from acseg_desktop.operations.clustering import ClusterDrag, ClusteringCache


def test_a_number_of_clusters_takes_nothing_back_but_that_of_its_own_movement(session, qtbot, edit_before_writing):
    cache, drag = ClusteringCache(), ClusterDrag()
    run(qtbot, clusters.group_regions(session, cache, count=2, drag=drag))
    edit_before_writing(lambda project: create_label(project, "of another lane"))
    run(qtbot, clusters.recut_clusters(session, cache, count=3, drag=drag))
    assert [label.name for label in queries.labels(session.project)] == ["of another lane"]
    assert verbs(session)[:3] == ["Cluster regions", "Create label", "Cluster regions"]


def members(session):
    """How many regions each cluster has, and how many have none."""
    regions = [region for id_ in queries.image_ids(session.project) for region in queries.regions(session.project, id_)]
    return sorted(Counter(region.cluster_id for region in regions if region.cluster_id).values())


@pytest.fixture
def alike(open_session, clustered):
    """Sixteen regions in four clusters of four that look alike."""
    return open_session(clustered)


def cluster_ids(session):
    regions = (region for id_ in queries.image_ids(session.project) for region in queries.regions(session.project, id_))
    return sorted({region.cluster_id for region in regions if region.cluster_id})


def test_clusters_are_merged_and_split(alike, qtbot):
    before = cluster_ids(alike)
    run(qtbot, clusters.merge_clusters(alike, before[:2]))
    assert members(alike) == [4, 4, 8]
    (merged,) = set(cluster_ids(alike)) - set(before[2:])
    run(qtbot, clusters.split_cluster(alike, merged))
    assert members(alike) == [4, 4, 4, 4]
    assert verbs(alike)[:2] == ["Split cluster", "Merge clusters"]


def test_regions_are_taken_out_of_their_clusters(alike, qtbot):
    ids = clusters.shown_members(alike.project, cluster_ids(alike)[:1], ClusterFilter())
    run(qtbot, clusters.drop_members(alike, ids[:1]))
    assert members(alike) == [3, 4, 4, 4]


def test_a_cluster_is_named_where_it_has_no_name_and_renamed_on_demand(alike, qtbot):
    (cluster, *_), everything = cluster_ids(alike), ClusterFilter()
    ids = clusters.shown_members(alike.project, [cluster], everything)
    review.name_regions_as(alike.project, ids[:1], "tree")
    run(qtbot, clusters.name_clusters(alike, [cluster], "sky", rename=False, shown=everything))

    def names():
        labels = {label.id: label.name for label in queries.labels(alike.project)}
        return [labels[region.label_id] for region in queries.regions_by_id(alike.project, ids).values()]

    assert sorted(names()) == ["sky", "sky", "sky", "tree"]
    run(qtbot, clusters.name_clusters(alike, [cluster], "sea", rename=True, shown=everything))
    assert names() == ["sea"] * 4


def test_only_members_that_pass_the_filter_are_named(alike, qtbot):
    (cluster, *_), image_id = cluster_ids(alike), queries.image_ids(alike.project)[1]
    shown = ClusterFilter(image_id=image_id)
    _, changes, _ = run(qtbot, clusters.name_clusters(alike, [cluster], "sky", rename=False, shown=shown))
    assert changes.verb == "Name cluster"
    named = [r for id_ in queries.image_ids(alike.project) for r in queries.regions(alike.project, id_) if r.label_id]
    assert [region.image_id for region in named] == [image_id]
