"""The order of review: against a literal greedy choice, similar clusters covered together, many images."""

import time

import numpy as np
import pytest

from acseg_core.store import queries
from acseg_core.store.edits import review, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.workflows import agenda
from acseg_core.workflows.agenda import likeness, most_informative


def literal_order(shown, need, alike, alone):
    """Choose one image at a time, one cluster at a time."""
    left, order = dict(enumerate(need.tolist())), []
    while len(order) < len(shown):
        best, most = -1, -1.0
        for image, clusters in enumerate(shown):
            covered = {c: max((float(alike[own, c]) for own in clusters), default=0.0) for c in left}
            worth = sum(left[c] * covered[c] for c in left) + float(alone[image])
            if image not in order and worth > most + 1e-9:
                best, most, seen = image, worth, covered
        order.append(best)
        left = {c: left[c] * (1 - 0.9 * seen[c]) for c in left}
    return order


def random_clusters(images, clusters, *, seed):
    random = np.random.default_rng(seed)
    shown = [sorted(random.choice(clusters, random.integers(0, 4), replace=False).tolist()) for _ in range(images)]
    weights = {id_: float(random.integers(1, 30)) for id_ in range(clusters)}
    return shown, weights, {id_: random.normal(size=8).astype(np.float16) for id_ in range(clusters)}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_is_that_of_a_literal_choice(seed):
    shown, weights, centroids = random_clusters(12, 9, seed=seed)
    alike, need = likeness(weights, centroids), np.array(list(weights.values()), np.float32)
    alone = np.random.default_rng(seed).random(12).astype(np.float32)
    assert most_informative(shown, need, alike, alone) == literal_order(shown, need, alike, alone)


def test_a_look_that_is_like_one_seen_already_comes_after_a_new_one():
    weights = {3: 8.0, 5: 7.0, 8: 6.0, 9: 6.0}
    centroids = {3: np.array([1, 0, 0, 0.1]), 5: np.array([1, 0, 0, 0]), 8: np.array([0, 1, 0, 0]), 9: np.eye(4)[2]}
    alike = likeness(weights, centroids)
    assert alike[0, 1] > 0.9
    assert alike[0, 2] == 0
    need = np.array(list(weights.values()), np.float32)
    assert most_informative([[1], [0], [2], [3]], need, alike)[1:3] == [2, 3]
    assert most_informative([[1], [0], [2], [3]], need, np.eye(4, dtype=np.float32)) == [1, 0, 2, 3]


def test_clusters_without_a_centroid_are_like_no_other():
    alike = likeness({1: 1.0, 2: 1.0, 4: 1.0}, {1: np.array([1, 0]), 4: np.array([0.9, 0.1])})
    assert alike[1].tolist() == [0, 1, 0]
    np.testing.assert_array_equal(alike.diagonal(), 1)
    np.testing.assert_array_equal(likeness({1: 1.0, 2: 3.0}, {}), np.eye(2))
    assert likeness({}, {}).shape == (0, 0)
    assert most_informative([], np.zeros(0, np.float32), np.zeros((0, 0), np.float32)) == []
    assert most_informative([[], []], np.zeros(0, np.float32), np.zeros((0, 0), np.float32), np.array([1, 2])) == [1, 0]


def test_many_images_are_all_in_the_order_and_cost_little(monkeypatch):
    monkeypatch.setattr(agenda, "_CHOSEN_GREEDILY", 20)
    monkeypatch.setattr(agenda, "_CANDIDATES", 300)
    shown, weights, centroids = random_clusters(5000, 200, seed=1)
    start = time.perf_counter()
    order = most_informative(shown, np.array(list(weights.values()), np.float32), likeness(weights, centroids))
    assert time.perf_counter() - start < 5
    assert sorted(order) == list(range(5000))
    assert shown[order[-1]] == [], "what shows nothing teaches least"


def set_clusters(project, by_region):
    """Put regions into clusters behind the store's back."""
    with project.write() as connection:
        for cluster_id in set(by_region.values()):
            connection.exec_driver_sql(
                "INSERT INTO cluster (id, rank, size, created_at) VALUES (?, 0, 1, '')", (cluster_id,)
            )
        for region_id, cluster_id in by_region.items():
            connection.exec_driver_sql("UPDATE region SET cluster_id = ? WHERE id = ?", (cluster_id, region_id))


def test_big_clusters_are_reviewed_first_and_repeated_ones_later(project):
    regions = {image_id: [region.id for region in queries.regions(project, image_id)] for image_id in range(1, 6)}
    by_region = {}
    for image_id, ids in regions.items():
        for id_ in ids:
            by_region[id_] = 1 if image_id in (2, 3) else 10 + image_id
    by_region |= dict.fromkeys(regions[5][:1], 1)
    set_clusters(project, by_region)
    order = agenda.review_order(project)
    assert sorted(order) == [1, 2, 3, 4, 5]
    assert order[0] in (2, 3, 5), "it shows the biggest cluster"
    assert {2, 3} - {order[0]} != {order[1]} or order[0] == 5, "the same cluster again is less informative"


def test_unsure_images_come_before_sure_ones_and_done_ones_not_at_all(project):
    create_label(project, "red")
    for image_id, sure in ((1, 0.9), (2, 0.99), (3, 0.1), (4, 0.5)):
        ids = [region.id for region in queries.regions(project, image_id)]
        suggestions.save_suggestions(project, ids, [1] * len(ids), [sure] * len(ids))
    review.accept_image(project, 5)
    order = agenda.review_order(project)
    assert (order[0], order[-1]) == (3, 2)
    assert 5 not in order
    assert agenda.next_to_review(project, 5) == 3
    assert agenda.next_to_review(project, 3) == order[1]
    assert agenda.next_to_review(project, 2) is None
    for image_id in order:
        review.accept_image(project, image_id)
    assert (agenda.review_order(project), agenda.next_to_review(project, 1)) == ([], None)
