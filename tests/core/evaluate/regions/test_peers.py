"""The peers on data whose parts are plain."""

import numpy as np
import pytest

from acseg_core.evaluate.regions import peers


def groups(sizes: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Noisy unit vectors around orthogonal directions, shuffled; and whose they are."""
    random = np.random.default_rng(0)
    owner = random.permutation(np.repeat(np.arange(len(sizes)), sizes))
    points = np.eye(8, dtype=np.float32)[owner] + random.normal(0, 0.03, (len(owner), 8)).astype(np.float32)
    return points / np.linalg.norm(points, axis=1, keepdims=True), owner


def same_partition(first: np.ndarray, second: np.ndarray) -> bool:
    pairs = set(zip(first.tolist(), second.tolist(), strict=True))
    return len(pairs) == len(set(first.tolist())) == len(set(second.tolist()))


@pytest.mark.parametrize("cluster", [peers.kmeans, peers.spectral])
def test_clusters_are_found(cluster: object) -> None:
    points, owner = groups((30, 20, 10))
    found = cluster(points, 3, seed=0)  # type: ignore[operator]
    assert same_partition(found, owner)
    assert sorted(np.unique(found)) == [0, 1, 2]


@pytest.mark.parametrize("cluster", [peers.kmeans, peers.spectral])
def test_fewer_points_than_clusters(cluster: object) -> None:
    points, _ = groups((1, 1))
    assert sorted(cluster(points, 5, seed=0).tolist()) == [0, 1]  # type: ignore[operator]


def test_ward_tree_is_cut_by_count_and_by_height() -> None:
    points, owner = groups((30, 20, 10))
    tree = peers.ward_tree(points)
    assert tree.leaves == 60
    assert same_partition(tree.cut_to(3), owner)
    assert same_partition(tree.cut(float(tree.heights[-3])), owner)


def quarters() -> np.ndarray:
    image = np.zeros((80, 120, 3), np.uint8)
    image[:40, :60], image[:40, 60:], image[40:, :60] = (250, 0, 0), (0, 250, 0), (0, 0, 250)
    return image


def test_pixel_methods_follow_colours() -> None:
    for segments in (peers.felzenszwalb(quarters(), 3000), peers.slic(quarters(), 4)):
        assert segments.shape == (80, 120)
        inner = [segments[rows, columns] for rows in np.s_[5:35, 45:75] for columns in np.s_[5:55, 65:115]]
        assert [len(np.unique(each)) for each in inner] == [1, 1, 1, 1]
        assert len({each[0, 0] for each in inner}) == 4


def test_colours_and_places_make_clusters() -> None:
    found = peers.colour_kmeans(np.kron(quarters(), np.ones((7, 8, 1), np.uint8)), 4, seed=0)
    assert found.shape == (560, 960)
    assert found.dtype == np.int32
    corners = [found[rows, columns] for rows in np.s_[:270, 290:] for columns in np.s_[:470, 490:]]
    assert [len(np.unique(each)) for each in corners] == [1, 1, 1, 1]
    assert sorted(each[0, 0] for each in corners) == [0, 1, 2, 3]
    again = peers.colour_kmeans(np.kron(quarters(), np.ones((7, 8, 1), np.uint8)), 4, seed=0)
    np.testing.assert_array_equal(found, again)


def test_places_part_what_has_one_colour() -> None:
    found = peers.colour_kmeans(np.full((40, 120, 3), 90, np.uint8), 2, seed=0)
    assert found[20, 5] != found[20, 115]
    assert len(np.unique(peers.colour_kmeans(np.zeros((1, 2, 3), np.uint8), 5, seed=0))) == 2


def test_larger_settings_make_fewer_segments() -> None:
    noisy = np.random.default_rng(0).integers(0, 256, (120, 160, 3), dtype=np.uint8)
    assert peers.felzenszwalb(noisy, 100).max() > peers.felzenszwalb(noisy, 20000).max()
    assert peers.slic(noisy, 60).max() > peers.slic(noisy, 6).max()


def test_without_scikit_learn_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "find_spec", lambda _name: None)
    with pytest.raises(peers.PeerError, match="pip install scikit-learn"):
        peers.need_scikit_learn()


def test_spectral_clustering_is_that_of_scikit_learn() -> None:
    from sklearn.cluster import SpectralClustering
    from sklearn.metrics import adjusted_rand_score

    points = np.random.default_rng(0).normal(size=(6, 24)).repeat(30, axis=0)
    points += np.random.default_rng(1).normal(0, 0.5, points.shape)
    points = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    weights = np.maximum(points @ points.T, 0).astype(np.float64) ** 3 + 1e-6
    theirs = SpectralClustering(6, affinity="precomputed", random_state=0).fit_predict((weights + weights.T) / 2)
    assert adjusted_rand_score(peers.spectral(points, 6, seed=0), theirs) > 0.99
    places = peers.spectral_places(points, 40, seed=0)
    assert adjusted_rand_score(peers.spectral_clusters(places, 6, seed=0), theirs) > 0.99
