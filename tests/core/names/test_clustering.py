"""Groups at any count: nested, counted, the same for a seed; and the questions of likeness against literal answers."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage

from acseg_core.names import clustering
from acseg_core.names.clustering import MOST_MICRO, Clustering


def run(work):
    """All ticks of a generator, and its result."""
    ticks = []
    while True:
        try:
            ticks.append(next(work))
        except StopIteration as end:
            return ticks, end.value


def blobs(groups, each, *, dim=16, spread=0.1, seed=0):
    """Unit vectors around random directions, cluster after cluster; float16."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(groups, dim))
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    points = np.repeat(centres, each, axis=0) + spread * random.normal(size=(groups * each, dim)) / np.sqrt(dim)
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float16)


def same_clusters(first, second):
    """Whether two labellings differ in their numbers only."""
    pairs = set(zip(first.tolist(), second.tolist(), strict=True))
    return len(pairs) == len(set(first.tolist())) == len(set(second.tolist()))


@pytest.mark.parametrize(
    ("regions", "count"), [(0, 2), (1, 2), (100, 25), (408, 50), (1600, 100), (100_000, 791), (10**6, 1000)]
)
def test_the_automatic_count_grows_with_the_root(regions, count):
    assert clustering.automatic_count(regions) == count


@settings(max_examples=40, deadline=None)
@given(n=st.integers(1, 60), dim=st.integers(1, 6), seed=st.integers(0, 99), rounded=st.booleans())
def test_cuts_are_nested_counted_and_largest_first(n, dim, seed, rounded):
    points = np.random.default_rng(seed).normal(size=(n, dim))
    descriptors = (np.round(points) if rounded else points).astype(np.float16)  # rounded: many alike, some zero
    _, found = run(clustering.cluster(descriptors, seed=seed))
    cuts = [found.cut(count) for count in range(1, n + 3)]
    for count, cut in enumerate(cuts, start=1):
        sizes = np.bincount(cut)
        assert len(sizes) == min(count, n)
        assert sizes.min() >= 1
        assert (np.diff(sizes) <= 0).all()
        assert cut.dtype == np.int32
    for coarse, fine in itertools.pairwise(cuts):
        assert all(len(set(coarse[fine == number].tolist())) == 1 for number in np.unique(fine))
    _, again = run(clustering.cluster(descriptors, seed=seed))
    np.testing.assert_array_equal(again.micro, found.micro)
    np.testing.assert_array_equal(again.tree.merges, found.tree.merges)


@pytest.mark.parametrize("count", [2, 5, 11])
def test_few_regions_are_merged_exactly_as_ward_does(count):
    points = np.random.default_rng(1).normal(size=(40, 5)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    _, found = run(clustering.cluster(points))
    centred = points - points.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    oracle = linkage(centred.astype(np.float64), "ward")
    assert same_clusters(found.cut(count), fcluster(oracle, count, "maxclust"))
    np.testing.assert_allclose(found.tree.heights * np.sqrt(2), oracle[:, 2], rtol=1e-2)


def test_weights_count_as_so_many_regions():
    """Merging micro-clusters of duplicates is merging the duplicates."""
    distinct = blobs(1, 12, spread=2.0, seed=3).astype(np.float32)
    repeats = np.random.default_rng(4).integers(1, 6, len(distinct))
    every = np.repeat(distinct, repeats, axis=0)
    micro = np.repeat(np.arange(len(distinct), dtype=np.int32), repeats)
    weighted = Clustering(micro, clustering._merges(clustering._sums(clustering._centred(every), micro), repeats))
    _, exact = run(clustering.cluster(every))
    for count in range(1, len(distinct) + 1):
        assert same_clusters(weighted.cut(count), exact.cut(count))


def test_many_regions_find_their_clusters_through_micro_clusters():
    descriptors = blobs(30, 60)
    assert len(descriptors) > MOST_MICRO
    ticks, found = run(clustering.cluster(descriptors, seed=2))
    assert found.tree.leaves <= MOST_MICRO
    assert same_clusters(found.cut(30), np.repeat(np.arange(30), 60))
    assert [tick.done for tick in ticks] == list(range(len(ticks)))
    assert {tick.total for tick in ticks} == {len(ticks) - 1}
    _, again = run(clustering.cluster(descriptors, seed=2))
    np.testing.assert_array_equal(again.micro, found.micro)


def test_many_regions_that_look_alike_need_few_micro_clusters():
    descriptors = np.repeat(np.eye(3, 8, dtype=np.float16), 500, axis=0)
    _, found = run(clustering.cluster(descriptors))
    assert found.tree.leaves == 3
    assert np.bincount(found.cut(9)).tolist() == [500, 500, 500]


def test_what_all_have_in_common_does_not_count():
    """A large common part changes no cluster, and rounding is no difference."""
    plain = blobs(4, 10, spread=0.3).astype(np.float32)
    plain -= plain.mean(axis=0)
    plain /= np.linalg.norm(plain, axis=1, keepdims=True)
    common = 4 * np.linalg.svd(plain)[2][-1]
    _, alone = run(clustering.cluster(plain))
    _, beside = run(clustering.cluster((plain + common).astype(np.float32)))
    assert same_clusters(alone.cut(4), beside.cut(4))
    one = np.random.default_rng(0).normal(size=(1, 16))
    noise = 1e-4 * np.random.default_rng(1).normal(size=(50, 16))
    assert not clustering._centred((one / np.linalg.norm(one) + noise).astype(np.float32)).any()


def test_a_clustering_is_stopped_between_its_steps():
    work = clustering.cluster(blobs(30, 60))
    next(work)
    next(work)
    work.close()


def test_only_directions_count():
    descriptors = blobs(4, 10).astype(np.float32)
    scales = np.random.default_rng(0).uniform(0.2, 5, (40, 1)).astype(np.float32)
    _, one = run(clustering.cluster(descriptors))
    _, other = run(clustering.cluster(descriptors * scales))
    assert same_clusters(one.cut(4), other.cut(4))


def test_nothing_to_cluster_and_cuts_into_nothing_are_refused():
    with pytest.raises(ValueError, match="no descriptors"):
        run(clustering.cluster(np.zeros((0, 4), np.float16)))
    with pytest.raises(ValueError, match="no descriptors"):
        clustering.divide(np.zeros((0, 4), np.float16))
    _, found = run(clustering.cluster(blobs(1, 3)))
    with pytest.raises(ValueError, match="at least one"):
        found.cut(0)


@pytest.mark.parametrize("rows", [3, 8192])
def test_centroids_and_typicality(monkeypatch, rows):
    monkeypatch.setattr(clustering, "_ROWS", rows)
    descriptors = blobs(3, 7, spread=0.8)
    clusters = np.random.default_rng(0).integers(0, 4, 21).astype(np.int32)
    exact = descriptors.astype(np.float64)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    means = np.stack([exact[clusters == number].mean(axis=0) for number in range(4)])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    found = clustering.centroids(descriptors, clusters)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, means, atol=1e-5)
    typical = clustering.typicality(descriptors, clusters)
    np.testing.assert_allclose(typical, (exact * means[clusters]).sum(axis=1), atol=1e-5)


@pytest.mark.parametrize("count", [0, 1, 5, 99])
def test_the_nearest_come_best_first(monkeypatch, count):
    monkeypatch.setattr(clustering, "_ROWS", 6)
    descriptors = blobs(4, 5, spread=1.0)
    found, cosines = clustering.nearest(descriptors, descriptors[7], count)
    exact = descriptors.astype(np.float32) @ descriptors[7].astype(np.float32)
    assert found.tolist() == np.argsort(-exact)[:count].tolist()
    np.testing.assert_allclose(cosines, exact[found], atol=2e-3)


def test_the_nearest_are_ordered_by_index_where_they_tie():
    found, cosines = clustering.nearest(np.repeat(np.eye(2, dtype=np.float16), 4, axis=0), np.array([0.0, 2.0]), 6)
    assert found.tolist() == [4, 5, 6, 7, 0, 1]
    assert cosines.tolist() == [1, 1, 1, 1, 0, 0]


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_a_cluster_is_divided_by_its_descriptors(parts):
    descriptors = np.concatenate([blobs(parts, 40, seed=1), blobs(parts, 40, seed=1)[:15]])
    found = clustering.divide(descriptors, parts=parts)
    truth = np.concatenate([np.repeat(np.arange(parts), 40), np.zeros(15, int)])
    assert same_clusters(found, truth)
    assert (np.diff(np.bincount(found)) <= 0).all()


def test_what_does_not_differ_is_not_divided():
    assert set(clustering.divide(np.ones((50, 4), np.float16), parts=3).tolist()) == {0}
    assert clustering.divide(np.ones((1, 4), np.float16)).tolist() == [0]
