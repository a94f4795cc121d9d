"""Normalised cut: weights by token and place, eigenvectors of either solver, and parts that are plain."""

import numpy as np
import pytest

from acseg_core.evaluate.regions import normalised_cut as module
from acseg_core.evaluate.regions import peers
from acseg_core.evaluate.regions.normalised_cut import affinities, eigenvectors, normalised_cut


def bands(*widths: int, kinds: tuple[int, ...], rows: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """(rows, sum, 4) tokens of upright bands with a little noise, and the number of every patch's band."""
    owner = np.tile(np.repeat(np.arange(len(widths)), widths), (rows, 1))
    noise = np.random.default_rng(0).normal(0, 0.02, (*owner.shape, 4))
    tokens = np.eye(4)[np.array(kinds)[owner]] + noise
    return (tokens / np.linalg.norm(tokens, axis=2, keepdims=True)).astype(np.float32), owner


def same_partition(first: np.ndarray, second: np.ndarray) -> bool:
    pairs = set(zip(first.ravel().tolist(), second.ravel().tolist(), strict=True))
    return len(pairs) == len(set(first.ravel().tolist())) == len(set(second.ravel().tolist()))


def test_weights_fall_with_the_angle_and_with_the_distance() -> None:
    tokens, _ = bands(4, 4, kinds=(0, 1), rows=1)
    weights = affinities(tokens, reach=0.5, softness=0.3)
    np.testing.assert_allclose(weights, weights.T)
    np.testing.assert_allclose(np.diagonal(weights), 1, atol=1e-5)
    assert weights[0, 1] > weights[0, 2] > weights[0, 3] > 0
    assert weights[0, 5] == 0, "farther away than half of the longer side"
    assert weights[3, 4] < weights[3, 2] / 10, "another kind"
    cosine = float(tokens[0, 0] @ tokens[0, 2])
    assert weights[0, 2] == pytest.approx(np.exp((cosine - 1) / 0.3 - 2 * 4 / 16), rel=1e-5)


def test_eigenvectors_solve_the_generalised_problem_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, _ = bands(4, 5, 3, kinds=(0, 1, 2))
    weights = affinities(tokens)
    degrees = weights.sum(axis=1)
    directly = eigenvectors(weights, 3, seed=0)
    monkeypatch.setattr(module, "_MOST_AT_ONCE", 0)
    iterated = eigenvectors(weights, 3, seed=0)
    assert np.ptp(directly[:, -1]) < 1e-9 < np.ptp(directly[:, 0])
    for found in (directly, iterated):
        values = 1 - (found * (weights @ found)).sum(axis=0) / (found * degrees[:, None] * found).sum(axis=0)
        np.testing.assert_allclose(
            degrees[:, None] * found - weights @ found, values * degrees[:, None] * found, atol=1e-8
        )
    np.testing.assert_allclose(np.abs(directly), np.abs(iterated), atol=1e-7)


def test_like_things_far_apart_are_two_parts_and_one_for_spectral() -> None:
    tokens, owner = bands(10, 10, 10, kinds=(0, 1, 0))
    parts = normalised_cut(tokens, 3, seed=0)
    assert parts.shape == owner.shape
    assert same_partition(parts, owner)
    np.testing.assert_array_equal(parts, normalised_cut(tokens, 3, seed=0))
    clusters = peers.spectral(tokens.reshape(-1, 4), 2, seed=0).reshape(owner.shape)
    assert same_partition(clusters, owner % 2)


def test_fewer_patches_than_parts() -> None:
    tokens, _ = bands(1, 1, kinds=(0, 1), rows=1)
    assert normalised_cut(tokens, 5, seed=0).tolist() == [[0, 1]]
    one, _ = bands(2, 2, kinds=(0, 1), rows=1)
    assert not normalised_cut(one, 1, seed=0).any()
