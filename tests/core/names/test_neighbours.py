"""Nearest neighbours: exact, and in cells; these are exact, too, where all are searched, nearly so where few are."""

import numpy as np
import pytest

from acseg_core.names import neighbours
from acseg_core.names.neighbours import Cells, exact_neighbours


def unit(points):
    return (points / np.linalg.norm(points, axis=-1, keepdims=True)).astype(np.float32)


def cloud(count, *, dim=24, spread=1.0, seed=0):
    """Points around forty directions that are themselves of four kinds: neighbours are neither near nor far."""
    random = np.random.default_rng(seed)
    kinds = np.random.default_rng(7).normal(size=(4, dim))
    centres = kinds[np.arange(40) % 4] + 0.8 * np.random.default_rng(8).normal(size=(40, dim))
    which = random.integers(0, 40, count)
    return unit(centres[which] + spread * random.normal(size=(count, dim))), which


def gathered(work, count):
    found = list(work)
    rows = np.concatenate([np.arange(count)[block] for block, _, _ in found])
    assert rows.tolist() == list(range(count))
    return np.concatenate([indices for _, indices, _ in found]), np.concatenate([cosines for _, _, cosines in found])


def exact(memory, points, count):
    cosines = points @ memory.T
    order = np.argsort(-cosines, axis=1)[:, :count]
    return order, np.take_along_axis(cosines, order, axis=1)


def test_with_all_cells_it_is_the_full_search():
    memory, points = cloud(500)[0], cloud(90, seed=1)[0]
    indices, cosines = gathered(Cells(memory, probed=10_000).nearest(points, 10), 90)
    expected, best = exact(memory, points, 10)
    np.testing.assert_array_equal(np.sort(indices, axis=1), np.sort(expected, axis=1))
    np.testing.assert_allclose(-np.sort(-cosines, axis=1), best, atol=1e-6)


def test_cosines_are_those_of_the_rows_they_come_with():
    memory, points = cloud(3000)[0], cloud(5000, seed=1)[0]  # more points than are compared in one go
    indices, cosines = gathered(Cells(memory).nearest(points, 5), 5000)
    np.testing.assert_allclose(np.einsum("nd,nkd->nk", points, memory[indices]), cosines, atol=1e-5)
    assert all(len(set(row)) == 5 for row in indices.tolist())


def test_with_few_cells_most_neighbours_are_found():
    memory, points = cloud(20_000)[0], cloud(1000, seed=1)[0]
    indices, _ = gathered(Cells(memory).nearest(points, 10), 1000)
    expected, _ = exact(memory, points, 10)
    found = [len(set(one) & set(other)) for one, other in zip(indices.tolist(), expected.tolist(), strict=True)]
    assert np.mean(found) > 9.5


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_a_memory_with_fewer_rows_than_wanted_gives_what_there_is(count):
    memory, points = cloud(count)[0], cloud(4, seed=1)[0]
    indices, cosines = gathered(Cells(memory).nearest(points, 10), 4)
    assert indices.shape == (4, 10)
    for row, each in zip(indices, cosines, strict=True):
        assert sorted(row[np.isfinite(each)].tolist()) == list(range(count))
        assert np.isfinite(each).sum() == count


def test_a_memory_of_one_point_many_times_is_no_trouble():
    memory, points = np.repeat(cloud(1)[0], 3000, axis=0), cloud(20, seed=1)[0]
    indices, cosines = gathered(Cells(memory).nearest(points, 10), 20)
    assert np.isfinite(cosines).all()
    assert all(len(set(row)) == 10 for row in indices.tolist())


def test_the_same_memory_gives_the_same_neighbours():
    memory, points = cloud(4000)[0], cloud(50, seed=1)[0]
    first, second = (gathered(Cells(memory).nearest(points, 10), 50)[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_exact_neighbours_are_found_in_blocks_of_points(monkeypatch):
    monkeypatch.setattr(neighbours, "_COSINES_AT_ONCE", 7 * 500)
    memory, points = cloud(500)[0], cloud(90, seed=1)[0]
    indices, cosines = gathered(exact_neighbours(points, memory, 10), 90)
    expected, best = exact(memory, points, 10)
    np.testing.assert_array_equal(np.sort(indices, axis=1), np.sort(expected, axis=1))
    np.testing.assert_allclose(-np.sort(-cosines, axis=1), best, atol=1e-6)


@pytest.mark.parametrize("columns", [50, 1280, 1291, 5000])
def test_the_largest_are_found_in_blocks_as_one_by_one(columns):
    values = np.random.default_rng(3).permutation(7 * columns).reshape(7, columns).astype(np.float32)
    found = np.sort(neighbours._largest(values, 10), axis=1)
    np.testing.assert_array_equal(found, np.sort(np.argsort(-values, axis=1)[:, :10], axis=1))
