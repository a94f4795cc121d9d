"""Fisher's analysis from sums, against the same Gaussians written out in full."""

import numpy as np

from acseg_core.names.discriminants import Discriminants, PatchSums


def analysed(counts=(60, 30, 10), dim=12, seed=0):
    """Points of labels that differ in their means, their shares, and their analysis."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(len(counts)), counts)
    mixing = random.normal(size=(dim, dim))
    points = (
        random.normal(size=(len(counts), dim))[labels] + random.normal(size=(len(labels), dim)) @ mixing / 4
    ).astype(np.float32)
    shares = np.eye(len(counts), dtype=np.float32)[labels]
    sums = PatchSums(np.zeros(len(counts)), np.zeros((len(counts), dim)), np.zeros((dim, dim)))
    for rows in (slice(0, 50), slice(50, None)):
        sums.add(points[rows], shares[rows])
    return points, labels, Discriminants(sums)


def literal(points, labels):
    """(n, C) probabilities of Gaussians with their own means and one covariance, and that covariance."""
    counts = np.bincount(labels)
    means = np.stack([points[labels == label].mean(axis=0) for label in range(len(counts))])
    left = points - means[labels]
    covariance = left.T @ left / len(points)
    covariance += 0.3 * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    logits = np.empty((len(points), len(counts)))
    for row, point in enumerate(points):
        for label, mean in enumerate(means):
            distance = (point - mean) @ np.linalg.inv(covariance) @ (point - mean)
            logits[row, label] = np.log(counts[label] / len(points)) - distance / 2
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True), covariance


def test_probabilities_are_those_of_gaussians_with_one_covariance():
    points, labels, found = analysed()
    expected, _ = literal(points.astype(float), labels)
    np.testing.assert_allclose(found._posterior(found._along(points)), expected, atol=1e-4)


def test_a_step_along_the_directions_is_as_long_as_in_whitened_space():
    """There is one direction fewer than labels, and the means are as far apart as Mahalanobis has them."""
    points, labels, found = analysed()
    _, covariance = literal(points.astype(float), labels)
    means = np.stack([points[labels == label].mean(axis=0) for label in range(3)])
    assert found._along(points).shape == (100, 2)
    for first, second in ((0, 1), (0, 2), (1, 2)):
        apart = (means[first] - means[second]).astype(float)
        along = found._along(means[[first]]) - found._along(means[[second]])
        np.testing.assert_allclose(np.square(along).sum(), apart @ np.linalg.inv(covariance) @ apart, rtol=1e-3)


def test_the_more_views_were_added_the_less_is_added_to_the_scatter():
    sums = PatchSums(np.zeros(1), np.zeros((1, 2)), np.zeros((2, 2)))
    ridges = []
    for views in range(1, 31):
        sums.add(np.ones((4, 2), np.float32), np.ones((4, 1), np.float32))
        sums = sums.spread(np.array([0]), 1, 2)  # as when a label is learned
        assert sums.views == views
        ridges.append(sums.ridge)
    np.testing.assert_allclose([ridges[views - 1] for views in (1, 3, 6, 9, 30)], [0.3, 0.3, 0.15, 0.1, 0.1])


def test_others_count_no_more_than_what_they_join():
    """Against the same points counted with smaller shares."""
    random = np.random.default_rng(4)

    def empty():
        return PatchSums(np.zeros(2), np.zeros((2, 5)), np.zeros((5, 5)))

    known, points = random.normal(size=(30, 5)).astype(np.float32), random.normal(size=(90, 5)).astype(np.float32)
    for many, counted in ((90, 1 / 3), (20, 1.0)):
        sums, others, expected = empty(), empty(), empty()
        shares, pseudo = np.eye(2, dtype=np.float32)[random.integers(0, 2, 30)], np.zeros((many, 2), np.float32)
        pseudo[:, 1] = 1
        sums.add(known, shares)
        others.add(points[:many], pseudo)
        expected.add(known, shares)
        expected.add(points[:many], pseudo * np.float32(counted))
        found = sums.joined(others)
        np.testing.assert_allclose(found.weights, expected.weights, rtol=1e-5)
        np.testing.assert_allclose(found.sums, expected.sums, rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(found.products, expected.products, rtol=1e-4, atol=1e-4)
        assert found.views == 2
    many_views = empty()
    many_views.views = 30
    assert (many_views.ridge, sums.joined(many_views).ridge) == (0.1, 0.03)


def test_sums_are_the_same_in_whatever_blocks_points_come_and_are_asked_for(monkeypatch):
    """Also while some points wait for their products, and when a label is met later."""
    monkeypatch.setattr("acseg_core.names.discriminants._POINTS_AT_ONCE", 100)
    random = np.random.default_rng(2)
    points = random.normal(size=(700, 24)).astype(np.float32)
    shares = (random.random((700, 3)) * random.uniform(0.1, 9, (700, 1))).astype(np.float32)
    weights = shares.sum(axis=1, dtype=float)
    sums = PatchSums(np.zeros(2), np.zeros((2, 24)), np.zeros((24, 24)))
    stop = 0
    for rows in (3, 90, 6, 101, 50, 50, 350, 1, 49):
        part = slice(stop, stop := stop + rows)
        if stop == 250:
            sums = sums.spread(np.array([0, 2]), 3, 24)
        sums.add(points[part], shares[part] if len(sums.weights) == 3 else shares[part][:, [0, 2]])
        if rows == 6:
            np.testing.assert_allclose(sums.products, sums.products.T)
    weights[:200] -= shares[:200, 1]
    exact = (points.astype(float) * weights[:, None]).T @ points
    np.testing.assert_allclose(sums.products, exact, rtol=0, atol=1e-6 * np.abs(exact).max())
    assert sums.views == 9


def sums_of(points, labels, count):
    sums = PatchSums(np.zeros(count), np.zeros((count, points.shape[1])), np.zeros((points.shape[1],) * 2))
    sums.add(points, np.eye(count, dtype=np.float32)[labels])
    return sums


def test_sums_without_a_part_are_those_of_the_rest():
    points, labels, _ = analysed()
    part = np.arange(100) % 4 == 0
    left = sums_of(points, labels, 3).without(sums_of(points[part], labels[part], 3))
    rest = sums_of(points[~part], labels[~part], 3)
    np.testing.assert_allclose(left.weights, rest.weights)
    np.testing.assert_allclose(left.sums, rest.sums, atol=1e-4)
    np.testing.assert_allclose(left.products, rest.products, atol=1e-3)


def test_a_label_that_is_only_in_the_part_has_no_weight_left():
    points, labels, _ = analysed()
    points = (points / 3).astype(np.float32)
    left = sums_of(points, labels, 3).without(sums_of(points[labels == 2], labels[labels == 2], 3))
    assert left.weights[2] == 0
    assert not left.sums[2].any()


def test_scores_are_the_logarithms_of_the_probabilities():
    points, labels, found = analysed()
    expected, _ = literal(points.astype(float), labels)
    scores = found.scores(points)
    differences = scores - scores[:, :1]
    np.testing.assert_allclose(differences, np.log(expected / expected[:, :1]), atol=2e-3)


def test_equal_points_have_no_direction_that_tells_them_apart():
    points = np.ones((10, 4), np.float32)
    labels = np.arange(10) % 2
    assert not Discriminants(sums_of(points, labels, 2)).are_any
    assert analysed()[2].are_any
