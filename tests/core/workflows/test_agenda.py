"""The queue: against a literal greedy choice, what is alike is covered together, and many images cost little."""

import time

import numpy as np
import pytest

from acseg_core.workflows import agenda
from acseg_core.workflows.agenda import likeness, most_teaching


def literal_order(shown, need, alike, alone):
    """Choose one image at a time, one cluster at a time."""
    left, order = dict(enumerate(need.tolist())), []
    while len(order) < len(shown):
        best, most = -1, -1.0
        for image, clusters in enumerate(shown):
            teaches = {c: max((float(alike[own, c]) for own in clusters), default=0.0) for c in left}
            worth = sum(left[c] * teaches[c] for c in left) + float(alone[image])
            if image not in order and worth > most + 1e-9:
                best, most, taught = image, worth, teaches
        order.append(best)
        left = {c: left[c] * (1 - 0.9 * taught[c]) for c in left}
    return order


def random_looks(images, clusters, *, seed):
    random = np.random.default_rng(seed)
    shown = [sorted(random.choice(clusters, random.integers(0, 4), replace=False).tolist()) for _ in range(images)]
    weights = {id_: float(random.integers(1, 30)) for id_ in range(clusters)}
    return shown, weights, {id_: random.normal(size=8).astype(np.float16) for id_ in range(clusters)}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_is_that_of_a_literal_choice(seed):
    shown, weights, centroids = random_looks(12, 9, seed=seed)
    alike, need = likeness(weights, centroids), np.array(list(weights.values()), np.float32)
    alone = np.random.default_rng(seed).random(12).astype(np.float32)
    assert most_teaching(shown, need, alike, alone) == literal_order(shown, need, alike, alone)


def test_a_look_that_is_like_one_seen_already_comes_after_a_new_one():
    weights = {3: 8.0, 5: 7.0, 8: 6.0, 9: 6.0}
    centroids = {3: np.array([1, 0, 0, 0.1]), 5: np.array([1, 0, 0, 0]), 8: np.array([0, 1, 0, 0]), 9: np.eye(4)[2]}
    alike = likeness(weights, centroids)
    assert alike[0, 1] > 0.9
    assert alike[0, 2] == 0
    need = np.array(list(weights.values()), np.float32)
    assert most_teaching([[1], [0], [2], [3]], need, alike)[1:3] == [2, 3]
    assert most_teaching([[1], [0], [2], [3]], need, np.eye(4, dtype=np.float32)) == [1, 0, 2, 3]


def test_clusters_without_a_centroid_are_like_no_other():
    alike = likeness({1: 1.0, 2: 1.0, 4: 1.0}, {1: np.array([1, 0]), 4: np.array([0.9, 0.1])})
    assert alike[1].tolist() == [0, 1, 0]
    np.testing.assert_array_equal(alike.diagonal(), 1)
    np.testing.assert_array_equal(likeness({1: 1.0, 2: 3.0}, {}), np.eye(2))
    assert likeness({}, {}).shape == (0, 0)
    assert most_teaching([], np.zeros(0, np.float32), np.zeros((0, 0), np.float32)) == []
    assert most_teaching([[], []], np.zeros(0, np.float32), np.zeros((0, 0), np.float32), np.array([1, 2])) == [1, 0]


def test_many_images_are_all_in_the_order_and_cost_little(monkeypatch):
    monkeypatch.setattr(agenda, "_PLANNED", 20)
    monkeypatch.setattr(agenda, "_CANDIDATES", 300)
    shown, weights, centroids = random_looks(5000, 200, seed=1)
    start = time.perf_counter()
    order = most_teaching(shown, np.array(list(weights.values()), np.float32), likeness(weights, centroids))
    assert time.perf_counter() - start < 5
    assert sorted(order) == list(range(5000))
    assert shown[order[-1]] == [], "what shows nothing teaches least"
