"""The table of merges is kept up to date: after any merges it is what one made anew of the regions would be."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.proposals.merge_table import MergeTable, merge_all
from acseg_core.proposals.region_graph import MergeCost, MergeLog, RegionGraph

COST = MergeCost(size=0.5, contact=0.4, contrast=0.6)


def squares(seed: int, rows: int, columns: int) -> RegionGraph:
    """Cells of 3 x 3 pixels with random features, between edges of random strength."""
    random = np.random.default_rng(seed)
    numbers = np.arange(rows * columns, dtype=np.int32).reshape(rows, columns).repeat(3, axis=0).repeat(3, axis=1)
    features = random.normal(size=(rows * columns, 4)).astype(np.float32)
    return RegionGraph.of(numbers, features, random.integers(0, 60, numbers.shape).astype(np.uint8))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(2, 5), st.integers(1, 4), st.booleans())
def test_it_stays_what_a_new_one_would_be(seed, rows, columns, rounds, shrinks):
    graph, random = squares(seed, rows, columns), np.random.default_rng(seed)
    table = MergeTable.of(graph, COST)
    alive = np.arange(graph.count)  # place in the table of each region of the graph
    for _ in range(rounds):
        if graph.count < 2:
            break
        pairs = random.permutation(graph.count)[: 2 * random.integers(1, graph.count // 2 + 1)].reshape(-1, 2)
        keep, gone = np.sort(pairs, axis=1).T
        table.join(alive[keep], alive[gone])
        graph = graph.joined(keep, gone).graph
        alive = np.delete(alive, gone)
        if shrinks:
            table.shrink()
            alive = np.arange(graph.count)
    new, at = MergeTable.of(graph, COST), np.ix_(alive, alive)
    assert table.left == graph.count
    np.testing.assert_allclose(table.sizes[alive], new.sizes, rtol=1e-5)
    np.testing.assert_allclose(table.outline[alive], new.outline)
    for name in ("sides", "strength"):
        np.testing.assert_allclose(getattr(table, name)[at], getattr(new, name), rtol=1e-5)
    np.testing.assert_allclose(table.costs[at], new.costs, rtol=1e-3, atol=1e-4)
    if not shrinks:
        assert np.isinf(np.delete(table.costs, alive, axis=0)).all()


def test_all_regions_end_in_one():
    graph = squares(1, 4, 6)
    log = MergeLog.of(graph.count)
    merge_all(graph, COST, log)
    merges, costs = log.by_cost()
    assert merges.shape == (23, 2)
    assert (np.diff(costs) >= 0).all()
