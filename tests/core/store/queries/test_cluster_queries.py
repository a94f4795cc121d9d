"""Clusters as they are read: what naming saves leads, filters narrow, members and similar regions come in order."""

import numpy as np
import pytest
from clustered_project import of, save, set_descriptor

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import clusters, review
from acseg_core.store.queries import cluster_queries
from acseg_core.types import RegionStatus


def test_descriptors_come_back_as_they_were_stored(world):
    project = world.create(images=2, regions=3)
    table = cluster_queries.descriptors(project)
    assert table.region_ids.tolist() == [1, 2, 3, 4, 5, 6]
    assert table.region_ids.dtype == np.int64
    assert table.descriptors.dtype == np.float16
    for image_id in (1, 2):
        for id_, vector in queries.descriptors(project, image_id).items():
            np.testing.assert_array_equal(table.descriptors[id_ - 1], vector)
    assert cluster_queries.descriptors(project, [5, 2, 99]).region_ids.tolist() == [2, 5]


def test_descriptors_are_those_of_the_commonest_length(world):
    project = world.create(images=1, regions=5)
    world.sql("UPDATE region SET descriptor = NULL WHERE id = 1")
    set_descriptor(world, 2, [1, 0, 0])
    table = cluster_queries.descriptors(project)
    assert table.region_ids.tolist() == [3, 4, 5]
    assert table.descriptors.shape == (3, 8)
    assert len(cluster_queries.descriptors(world.create(folder=world.root / "empty"))) == 0


def test_descriptors_are_read_in_pages(world, monkeypatch):
    project = world.create(images=4, regions=4)
    whole = cluster_queries.descriptors(project)
    monkeypatch.setattr(cluster_queries, "_ROWS", 3)
    paged = cluster_queries.descriptors(project)
    np.testing.assert_array_equal(paged.region_ids, whole.region_ids)
    np.testing.assert_array_equal(paged.descriptors, whole.descriptors)


def test_the_biggest_unnamed_cluster_leads_and_outliers_end(clustered):
    first, second, third, last = cluster_queries.clusters(clustered)
    assert [(each.size, each.unnamed, each.images) for each in (first, second, third, last)] == [
        (5, 5, 2),
        (4, 4, 2),
        (2, 2, 1),
        (1, 1, 1),
    ]
    assert [each.outliers for each in (first, second, third, last)] == [False, False, False, True]
    review.name_regions_as(clustered, [1, 2, 3], "cat")
    review.reject_regions(clustered, [4])
    ranked = cluster_queries.clusters(clustered)
    assert [each.id for each in ranked] == [second.id, third.id, first.id, last.id]
    assert (ranked[2].size, ranked[2].unnamed, ranked[2].label_counts) == (5, 1, {1: 3})


def test_a_loose_cluster_is_an_outlier_as_the_others_go(world):
    project = world.create(images=6, regions=4)
    random = np.random.default_rng(0)
    for id_ in range(1, 25):
        axis = np.eye(8)[(id_ - 1) // 4]
        spread = 2.0 if id_ <= 4 else 0.02 * (id_ // 4)
        vector = axis + spread * random.normal(size=8)
        set_descriptor(world, id_, vector / np.linalg.norm(vector))
    save(project, [list(range(first, first + 4)) for first in range(1, 25, 4)])
    assert [each.outliers for each in cluster_queries.clusters(project)] == [False] * 5 + [True]
    assert cluster_queries.clusters(project)[-1].id == of(project, 1)


def test_filters_narrow_clusters_and_members(world, clustered):
    big = of(clustered, 1)
    review.name_regions_as(clustered, [1, 6, 7, 8, 9], "cat")
    world.sql("UPDATE region SET suggestion_id = 1, confidence = 0.9 WHERE id IN (2, 3, 10)")
    cases = [
        ({"unnamed_only": True}, [(5, 4), (2, 2), (1, 1)]),
        ({"label_id": 1}, [(4, 0), (1, 0)]),
        ({"status": RegionStatus.ACCEPTED}, [(4, 0), (1, 0)]),
        ({"status": RegionStatus.SUGGESTED}, [(2, 2), (1, 1)]),
        ({"status": RegionStatus.PROPOSED}, [(2, 2), (1, 1), (1, 1)]),
        ({"image_id": 2}, [(1, 1), (3, 0)]),
        ({"image_id": 2, "label_id": 1}, [(3, 0)]),
    ]
    for filters, expected in cases:
        found = cluster_queries.clusters(clustered, **filters)
        assert [(each.size, each.unnamed) for each in found] == expected, filters
        if "unnamed_only" not in filters:
            for each in cluster_queries.clusters(clustered, **filters):
                assert len(cluster_queries.members(clustered, each.id, **filters)) == each.size
    suggested = cluster_queries.members(clustered, big, status=RegionStatus.SUGGESTED)
    assert sorted(region.id for region in suggested) == [2, 3]
    assert cluster_queries.clusters(clustered, label_id=99) == []


def test_the_most_typical_members_come_first_and_pages_join_up(world, clustered):
    big = of(clustered, 1)
    vectors = np.concatenate(
        [[queries.descriptors(clustered, 1)[id_] for id_ in (1, 2, 3, 4)], [queries.descriptors(clustered, 2)[5]]]
    ).astype(np.float32)
    centre = vectors.mean(axis=0)
    expected = (np.argsort(-(vectors @ centre)) + 1).tolist()
    assert [region.id for region in cluster_queries.members(clustered, big)] == expected
    pages = [cluster_queries.members(clustered, big, offset=start, limit=2) for start in (0, 2, 4, 6)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert [region.id for page in pages for region in page] == expected
    world.sql("UPDATE region SET descriptor = NULL WHERE id = ?", expected[0])
    assert cluster_queries.member_ids(clustered, big) == [*expected[1:], expected[0]]
    assert cluster_queries.members(clustered, 99) == []


def test_regions_like_one(world, clustered):
    found = cluster_queries.similar_regions(clustered, 3)
    table = cluster_queries.descriptors(clustered)
    cosines = table.descriptors.astype(np.float32) @ table.descriptors[2].astype(np.float32)
    expected = [id_ for id_ in (np.argsort(-cosines) + 1).tolist() if id_ != 3]
    assert [region.id for region, _ in found] == expected
    assert [cosine for _, cosine in found] == pytest.approx([cosines[id_ - 1] for id_ in expected], abs=2e-3)
    assert [region.id for region, _ in cluster_queries.similar_regions(clustered, 3, limit=2)] == expected[:2]
    set_descriptor(world, 7, [1, 0])
    assert 7 not in {region.id for region, _ in cluster_queries.similar_regions(clustered, 3)}
    world.sql("UPDATE region SET descriptor = NULL WHERE id = 3")
    assert cluster_queries.similar_regions(clustered, 3) == []
    with pytest.raises(EditError, match="region 99"):
        cluster_queries.similar_regions(clustered, 99)


def test_assignments_tell_image_cluster_and_label(clustered):
    review.name_regions_as(clustered, [2], "cat")
    clusters.drop_members(clustered, [3])
    rows = list(cluster_queries.assignments(clustered))
    assert [row.id for row in rows] == list(range(1, 13))
    assert rows[1] == (2, "000.jpg", of(clustered, 2), "cat")
    assert rows[2] == (3, "000.jpg", None, None)
