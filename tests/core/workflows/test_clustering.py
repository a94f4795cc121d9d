"""From a project's regions to its clusters, in one undoable step."""

import contextlib
import sqlite3
from contextlib import closing

import numpy as np
import pytest

from acseg_core.errors import EditError
from acseg_core.names.clustering import automatic_count, cluster
from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import clusters, history, ingest, merging, review, runs, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.store.queries import cluster_queries
from acseg_core.types import DescriptorTable, ImageInfo, RegionProposal, RunInfo
from acseg_core.workflows import agenda, clustering

RUN = RunInfo("vit", "b" * 64, "acg.safetensors", "a" * 64, "{}", "0.1.0")
HEIGHT, WIDTH, REGIONS = 2, 5, 5


def proposals(seed):
    """A column of pixels for each region; what it looks like is random."""
    vectors = np.random.default_rng(seed).normal(size=(REGIONS, 8))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    label_map = np.tile(np.arange(WIDTH, dtype=np.uint8), (HEIGHT, 1))
    return [
        RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), vectors[node].astype(np.float16))
        for node, mask in masks.encode_label_map(label_map).items()
    ]


@pytest.fixture
def empty(tmp_path):
    """An open project of four images without regions."""
    with create_project(tmp_path / "project", image_root=tmp_path) as project:
        infos = [ImageInfo(f"{n}.jpg", f"{n:064x}", 100, 1, WIDTH, HEIGHT, WIDTH, HEIGHT) for n in range(4)]
        ingest.add_images(project, infos)
        yield project


@pytest.fixture
def project(empty):
    """The same with five regions in each image, 1..20."""
    run_id = runs.begin_run(empty, RUN)
    for image_id in queries.image_ids(empty):
        runs.save_proposals(empty, run_id, image_id, proposals(image_id))
    runs.finish_run(empty, run_id)
    return empty


def rows(project):
    """Every region with every column, read behind the store's back."""
    with closing(sqlite3.connect(project.folder / "project.db")) as connection:
        return connection.execute("SELECT * FROM region ORDER BY id").fetchall()


def finish(work):
    ticks = []
    while True:
        try:
            ticks.append(next(work))
        except StopIteration as end:
            return ticks, end.value


def test_all_regions_are_clustered_in_one_undo_step(project):
    before = rows(project)
    ticks, report = finish(clustering.cluster_regions(project))
    assert (report.clusters, report.regions) == (automatic_count(20), 20)
    assert (report.changes.verb, report.changes.image_ids) == ("Cluster regions", {1, 2, 3, 4})
    assert sum(each.size for each in cluster_queries.clusters(project)) == 20
    assert len(cluster_queries.clusters(project)) == report.clusters
    assert [tick.done for tick in ticks] == sorted(tick.done for tick in ticks)
    history.undo(project)
    assert rows(project) == before


def test_as_many_clusters_as_asked_for_and_the_same_every_time(project):
    _, report = finish(clustering.cluster_regions(project, count=3, seed=5))
    assert report.clusters == 3
    found = [row.cluster for row in cluster_queries.assignments(project)]
    history.undo(project)
    finish(clustering.cluster_regions(project, count=3, seed=5))
    assert [row.cluster for row in cluster_queries.assignments(project)] == found
    _, report = finish(clustering.cluster_regions(project, count=1000))
    assert report.clusters == 20


def test_a_clustering_is_kept_and_cut_again(project):
    _, made = finish(clustering.make_clustering(project))
    assert cluster_queries.clusters(project) == []
    fine = clustering.save_clustering(project, made, count=8)
    by_region = {row.id: row.cluster for row in cluster_queries.assignments(project)}
    coarse = clustering.save_clustering(project, made, count=7)
    assert (fine.clusters, coarse.clusters) == (8, 7)
    moved = [row.id for row in cluster_queries.assignments(project) if by_region[row.id] != row.cluster]
    assert len({by_region[id_] for id_ in moved}) == 2  # two became one, the others are what they were
    assert clustering.save_clustering(project, made, count=7).changes.verb == ""


def test_named_and_rejected_regions_are_clustered_but_stay_what_they_are(project):
    review.name_regions_as(project, [1, 2], "cat")
    review.reject_regions(project, [3])
    finish(clustering.cluster_regions(project, count=2))
    regions = queries.regions_by_id(project, [1, 2, 3])
    assert all(region.cluster_id is not None for region in regions.values())
    assert [region.label_id for region in regions.values()] == [1, 1, None]
    assert sum(each.unnamed for each in cluster_queries.clusters(project)) == 17


def test_stopping_half_way_saves_nothing(project):
    before = rows(project)
    work = clustering.cluster_regions(project)
    next(work)
    next(work)
    work.close()
    assert rows(project) == before


def test_a_project_without_regions_says_what_to_do(empty):
    with pytest.raises(EditError, match="propose some first"):
        finish(clustering.cluster_regions(empty))


def test_no_cluster_at_all_is_refused(project):
    with pytest.raises(ValueError, match="at least one"):
        finish(clustering.cluster_regions(project, count=0))
    assert cluster_queries.clusters(project) == []


def test_regions_edited_meanwhile_are_no_trouble(project):
    work = clustering.cluster_regions(project, count=4)
    next(work)
    next(work)  # the descriptors are read
    merged = merging.merge_regions(project, [region.id for region in queries.regions(project, 1)][:2])
    with contextlib.suppress(StopIteration):
        while True:
            next(work)
    assert history.state(project).undo == "Cluster regions"
    (survivor,) = merged.region_ids
    assert queries.regions_by_id(project, [survivor])[survivor].cluster_id is not None
    assert sum(each.size for each in cluster_queries.clusters(project)) == 19


def test_a_saved_clustering_may_be_of_some_regions_only(project):
    everything = cluster_queries.descriptors(project)
    some = DescriptorTable(everything.region_ids[:6], everything.descriptors[:6])
    _, made = finish(cluster(some.descriptors))
    clustering.save_clustering(project, clustering.ProjectClustering(some, made, len(some)), count=2)
    assert [row.cluster is None for row in cluster_queries.assignments(project)] == [False] * 6 + [True] * 14
    assert np.bincount(made.cut(2)).tolist() == [each.size for each in cluster_queries.clusters(project)]


def counting(monkeypatch):
    calls = []

    def counted(*arguments, **options):
        calls.append(len(arguments[0]))
        return cluster(*arguments, **options)

    monkeypatch.setattr("acseg_core.names.clustering.cluster", counted)
    return calls


def test_the_same_regions_are_clustered_once_also_in_another_session(project, monkeypatch):
    calls = counting(monkeypatch)
    finish(clustering.cluster_regions(project, count=5))
    project.close()
    with open_project(project.folder) as again:
        _, report = finish(clustering.cluster_regions(again, count=3))
    assert report.clusters == 3
    assert calls == [20]


def test_other_regions_are_clustered_anew(project, monkeypatch):
    calls = counting(monkeypatch)
    finish(clustering.cluster_regions(project, count=5))
    merging.merge_regions(project, [1, 2])
    finish(clustering.cluster_regions(project, count=5))
    finish(clustering.cluster_regions(project, count=5, seed=1))
    assert calls == [20, 19, 19]


def test_naming_leaves_the_clustering_as_it_is(project, monkeypatch):
    calls = counting(monkeypatch)
    finish(clustering.cluster_regions(project, count=5))
    review.name_regions_as(project, [1, 2, 3], "cat")
    finish(clustering.cluster_regions(project, count=4))
    assert calls == [20]


def queue(project, *, name=None):
    """Go through the queue to its end; ids of regions as they come, each named or left."""
    seen = []
    while (region := agenda.next_region(project, seen)) is not None:
        assert region.id not in seen
        seen.append(region.id)
        if name is not None:
            review.name_regions_as(project, [region.id], name)
    return seen


def cluster_in(project, sizes):
    """Put the regions 1.. into clusters of these sizes; the first member of each is the most typical."""
    labels = np.repeat(np.arange(len(sizes)), sizes).astype(np.int32)
    ids = np.arange(1, len(labels) + 1)
    table = cluster_queries.descriptors(project, ids.tolist())
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    clusters.save_clusters(project, ids, labels, table.descriptors[firsts].astype(np.float32))
    return {int(id_): int(label) for id_, label in zip(ids, labels, strict=True)}


def test_the_queue_of_regions_shows_the_typical_one_of_each_big_cluster_first(project):
    of = cluster_in(project, [8, 5, 3])
    order = queue(project)
    assert len(order) == 20
    assert [of[id_] for id_ in order[:5]] == [0, 1, 0, 2, 1]  # 8, 5, 8 / 2, 3, 5 / 2
    assert order[0] == 1
    assert order[1] == 9
    assert [id_ in of for id_ in order].index(False) > 5  # those in no cluster teach of themselves only


def test_the_queue_goes_on_to_other_clusters_when_regions_get_names(project):
    of = cluster_in(project, [8, 5, 3])
    order = queue(project, name="cat")
    assert sorted(order) == list(range(1, 21))
    assert {of[id_] for id_ in order[:4]} == {0, 1, 2}


def test_what_the_machine_is_sure_of_comes_late(project):
    cluster_in(project, [8, 5, 3])
    label, _ = create_label(project, "sky")
    suggestions.save_suggestions(project, range(1, 9), [label.id] * 8, [0.95] * 8)
    assert agenda.next_region(project, []).id == 9
    assert [id_ for id_ in queue(project)[:3] if id_ <= 8] == []


def test_done_images_and_decided_regions_are_not_in_the_queue(project):
    cluster_in(project, [8, 5, 3])
    review.accept_image(project, queries.image_ids(project)[0])
    review.reject_regions(project, [6])
    assert set(queue(project)) == set(range(7, 21))


def test_without_clusters_the_queue_is_that_of_the_least_sure(project):
    label, _ = create_label(project, "sky")
    suggestions.save_suggestions(project, [1, 2], [label.id] * 2, [0.9, 0.3])
    order = queue(project)
    assert order[-2:] == [2, 1]
    assert order[:3] == [3, 4, 5]


def clusters_of(project):
    regions = [each for image_id in queries.image_ids(project) for each in queries.regions(project, image_id)]
    return {region.id: region.cluster_id for region in regions}


def test_clusters_are_made_in_the_background_and_that_is_no_step_to_undo(project):
    before = history.state(project)
    assert finish(clustering.keep_clustered(project))[1] is not None
    assert None not in clusters_of(project).values()
    assert history.state(project) == before
    assert finish(clustering.keep_clustered(project))[1] is None, "nothing is new"
    made = clusters_of(project)
    clusters.drop_members(project, [1, 2])
    assert finish(clustering.keep_clustered(project))[1] is None, "somebody changed the clusters"
    assert clusters_of(project) == {**made, 1: None, 2: None}
    history.undo(project)
    assert clusters_of(project) == made


def test_nothing_is_clustered_where_there_is_nothing(empty):
    assert finish(clustering.keep_clustered(empty))[1] is None
