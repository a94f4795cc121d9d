"""Classification of regions: nearest neighbours against a literal vote, and in cells against the full search."""

import numpy as np
import pytest

from acseg_core.names import region_classifier
from acseg_core.names.region_classifier import RegionClassifier, suggest_names


def unit(points):
    return points / np.linalg.norm(points, axis=-1, keepdims=True)


def blobs(counts, *, dim=16, noise=0.2, seed=0):
    """Points around one random direction for each count, and which."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(99).normal(size=(len(counts), dim))
    which = np.repeat(np.arange(len(counts)), counts)
    return unit(centres[which] + noise * random.normal(size=(len(which), dim))).astype(np.float32), which


def unlike(points):
    """Unit vectors at right angles to the centres of all blobs of these points."""
    centre_directions = np.linalg.svd(points, full_matrices=False)[2][:3]
    strangers = np.random.default_rng(5).normal(size=points.shape)
    return unit(strangers - strangers @ centre_directions.T @ centre_directions).astype(np.float32)


def literal_votes(named, labels, point, neighbours, temperature):
    """The label with most votes among the nearest, and its share; one point at a time, one neighbour at a time."""
    cosines = [float(each @ point) for each in named]
    nearest = sorted(range(len(named)), key=lambda i: -cosines[i])[:neighbours]
    votes = {}
    for i in nearest:
        votes[labels[i]] = votes.get(labels[i], 0.0) + np.exp(cosines[i] / temperature)
    best = max(votes, key=votes.get)
    low, high = region_classifier._CERTAINTY_RANGE
    certainty = np.clip((cosines[nearest[0]] - low) / (high - low), 0.01, 1)
    return best, votes[best] / sum(votes.values()) * certainty


@pytest.mark.parametrize(("neighbours", "temperature"), [(1, 0.05), (5, 0.05), (10, 0.5), (500, 0.1)])
def test_suggestions_are_those_of_a_literal_vote(monkeypatch, neighbours, temperature):
    monkeypatch.setattr("acseg_core.names.neighbours._COSINES_AT_ONCE", 7 * 200)  # blocks of seven
    random = np.random.default_rng(1)
    named = unit(random.normal(size=(200, 4))).astype(np.float32)
    labels = random.choice(np.array([3, 7, 40]), 200)
    unnamed = unit(random.normal(size=(50, 4))).astype(np.float32)
    found, confidences = suggest_names(named, labels, unnamed, neighbours=neighbours, temperature=temperature)
    expected = [literal_votes(named, labels, point, neighbours, temperature) for point in unnamed]
    assert found.tolist() == [label for label, _ in expected]
    np.testing.assert_allclose(confidences, [share for _, share in expected], atol=1e-5)
    assert (found.dtype, confidences.dtype) == (np.int64, np.float32)


def test_what_all_have_in_common_can_be_taken_away():
    """Descriptors that differ little beside a large common part are told apart as without it."""
    random = np.random.default_rng(4)
    common = np.zeros(6, np.float32)
    common[0] = 5
    named, unnamed = (random.normal(size=(count, 6)).astype(np.float32) for count in (60, 20))
    labels = random.integers(0, 3, 60)
    alone = suggest_names(unit(named), labels, unit(unnamed))[0]
    assert suggest_names(named + common, labels, unnamed + common, centre=common)[0].tolist() == alone.tolist()


def test_what_looks_like_nothing_named_gets_no_confidence():
    named, labels = blobs([20, 20])
    found, confidences = suggest_names(named.astype(np.float16), labels, unlike(named))
    assert np.median(confidences) < 0.3
    found, confidences = suggest_names(named.astype(np.float16), labels, named)
    assert found.tolist() == labels.tolist()
    assert (confidences > 0.8).all()


def test_suggestions_with_little_or_nothing():
    named, labels = blobs([1])
    found, confidences = suggest_names(named, labels + 5, named)
    assert (found.tolist(), confidences.tolist()) == ([5], [1.0])
    assert len(suggest_names(named, labels, named[:0])[0]) == 0
    with pytest.raises(ValueError, match="no labelled examples"):
        suggest_names(named[:0], labels[:0], named)
    with pytest.raises(ValueError, match="2 labels"):
        suggest_names(named, np.array([1, 2]), named)


def cloud(count, *, dim=24, spread=1.0, seed=0):
    """Points around forty directions that are themselves of four kinds: neighbours are neither near nor far."""
    random = np.random.default_rng(seed)
    kinds = np.random.default_rng(7).normal(size=(4, dim))
    centres = kinds[np.arange(40) % 4] + 0.8 * np.random.default_rng(8).normal(size=(40, dim))
    which = random.integers(0, 40, count)
    return unit(centres[which] + spread * random.normal(size=(count, dim))).astype(np.float32), which


def test_names_are_those_of_the_full_search(monkeypatch):
    (named, labels), (unnamed, _) = cloud(12_000, dim=48), cloud(2000, dim=48, seed=1)
    assert RegionClassifier(named, labels)._cells is not None
    near, sure = suggest_names(named, labels, unnamed)
    monkeypatch.setattr(region_classifier, "_CELLS_FROM", 10**9)
    full, confidences = suggest_names(named, labels, unnamed)
    assert (near == full).mean() > 0.99
    assert np.abs(sure - confidences).mean() < 0.01


def test_few_named_regions_are_searched_in_full():
    named, labels = cloud(300)
    assert RegionClassifier(named, labels)._cells is None
