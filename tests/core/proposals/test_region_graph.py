"""Regions merged pair by pair: what rounds of mutually cheapest merges find, against slow and literal ways."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.proposals.merge_table import merge_all
from acseg_core.proposals.region_graph import MergeCost, MergeLog, RegionGraph, merge_neighbours
from acseg_core.proposals.tree import ConceptTree

WARD = MergeCost(size=1.0)
ALL_TERMS = MergeCost(size=0.5, contact=0.4, contrast=0.6)


def scene(seed: int, cells: int, *, size: tuple[int, int] = (9, 11), dim: int = 3, steps: float = 0) -> RegionGraph:
    """The graph of cells that grow around random places; with steps, features are whole multiples of them (ties)."""
    random = np.random.default_rng(seed)
    places = random.permutation(size[0] * size[1])[:cells]
    rows, columns = np.divmod(places, size[1])
    y, x = np.mgrid[: size[0], : size[1]]
    numbers = ((y[..., None] - rows) ** 2 + (x[..., None] - columns) ** 2).argmin(axis=2).astype(np.int32)
    features = random.normal(size=(cells, dim)).astype(np.float32)
    if steps:
        features = (np.rint(features / steps) * steps).astype(np.float32)
    return RegionGraph.of(numbers, features, random.integers(0, 60, size).astype(np.uint8))


class Slow:
    """Regions as lists of leaves; everything is worked out from the leaves, with double precision."""

    def __init__(self, graph: RegionGraph, cost: MergeCost) -> None:
        self.graph, self.cost = graph, cost
        self.regions = [(number,) for number in range(graph.count)]
        self.height = dict.fromkeys(self.regions, 0.0)
        self.sides = {tuple(pair): float(length) for pair, length in zip(graph.pairs, graph.lengths, strict=True)}
        self.strengths = {tuple(pair): float(each) for pair, each in zip(graph.pairs, graph.strengths, strict=True)}

    def between(self, one, other, values):
        return sum(values.get((min(a, b), max(a, b)), 0.0) for a, b in itertools.product(one, other))

    def outline(self, region):
        return self.between(region, set(range(self.graph.count)) - set(region), self.sides)

    def cost_of(self, one, other):
        sizes = self.graph.sizes.astype(float)
        weight = [sizes[list(each)].sum() for each in (one, other)]
        means = [sizes[list(each)] @ self.graph.features[list(each)] / sizes[list(each)].sum() for each in (one, other)]
        found = ((means[0] - means[1]) ** 2).sum() * (weight[0] * weight[1] / sum(weight)) ** self.cost.size
        sides = self.between(one, other, self.sides)
        if sides:
            found *= 1 - self.cost.contact * sides / min(self.outline(one), self.outline(other))
            relative = self.between(one, other, self.strengths) / sides / self.graph.usual
            found *= min(max(relative, 0.2), 3.0) ** self.cost.contrast
        return found

    def touch(self, one, other):
        return self.between(one, other, self.sides) > 0

    def pairs(self, *, touching):
        both = itertools.combinations(self.regions, 2)
        return {pair: self.cost_of(*pair) for pair in both if not touching or self.touch(*pair)}

    def join(self, one, other, cost):
        merged = tuple(sorted(one + other))
        self.height[merged] = max(cost, self.height[one], self.height[other])
        self.regions = [each for each in self.regions if each not in (one, other)] + [merged]

    def cheapest_first(self, *, touching, down_to=1):
        while len(self.regions) > down_to and (costs := self.pairs(touching=touching)):
            pair = min(costs, key=costs.get)
            self.join(*pair, costs[pair])

    def in_rounds(self, *, touching, down_to=1):
        """All that are each other's cheapest at once; of these the cheapest, where not so many may merge."""
        while len(self.regions) > down_to and (costs := self.pairs(touching=touching)):
            best = {
                region: min((pair for pair in costs if region in pair), key=costs.get, default=None)
                for region in self.regions
            }
            mutual = sorted((pair for pair in costs if best[pair[0]] == best[pair[1]] == pair), key=costs.get)
            for pair in mutual[: len(self.regions) - down_to]:
                self.join(*pair, costs[pair])

    def clusters(self):
        return {frozenset(region): height for region, height in self.height.items() if len(region) > 1}


def tree_of(log: MergeLog) -> ConceptTree:
    merges, costs = log.by_cost()
    return ConceptTree(merges, costs.astype(np.float32))


def clusters(tree: ConceptTree) -> dict[frozenset[int], float]:
    """Every merge by the leaves it holds, and its height."""
    return {
        frozenset(tree.leaves_of(tree.leaves + number).tolist()): float(height)
        for number, height in enumerate(tree.heights)
    }


def assert_same(found: dict[frozenset[int], float], expected: dict[frozenset[int], float]) -> None:
    assert found.keys() == expected.keys()
    for region, height in expected.items():
        assert found[region] == pytest.approx(height, rel=1e-3, abs=1e-6)


def merged_all(graph: RegionGraph, cost: MergeCost) -> ConceptTree:
    log = MergeLog.of(graph.count)
    merge_all(graph, cost, log)
    return tree_of(log)


def test_the_graph_knows_sizes_borders_and_their_strength():
    numbers = np.array([[0, 0, 1], [2, 2, 1], [-1, 2, 1]], np.int32)
    strength = np.array([[1, 2, 3], [4, 5, 6], [90, 8, 9]], np.uint8)
    graph = RegionGraph.of(numbers, np.zeros((3, 1), np.float32), strength)
    assert graph.sizes.tolist() == pytest.approx([2 / 8, 3 / 8, 3 / 8])
    assert graph.pairs.tolist() == [[0, 1], [0, 2], [1, 2]]
    assert graph.lengths.tolist() == [1, 2, 2]
    assert graph.strengths.tolist() == [3, 4 + 5, 6 + 9], "the stronger of the two pixels at every side"
    assert graph.usual == pytest.approx((3 + 9 + 15) / 5)
    assert graph.outlines().tolist() == [3, 3, 4]


def test_what_a_merge_costs_is_what_the_formula_says():
    graph = scene(3, 8)
    slow = Slow(graph, ALL_TERMS)
    for (first, second), cost in zip(graph.pairs.tolist(), graph.costs(ALL_TERMS), strict=True):
        assert cost == pytest.approx(slow.cost_of((first,), (second,)), rel=1e-4)


@pytest.mark.parametrize("seed", range(12))
def test_any_two_merge_as_always_taking_the_cheapest_would_have_them(seed):
    graph = scene(seed, 3 + seed)
    slow = Slow(graph, WARD)
    slow.cheapest_first(touching=False)
    assert_same(clusters(merged_all(graph, WARD)), slow.clusters())


@pytest.mark.parametrize("seed", range(12))
def test_neighbours_that_all_touch_merge_as_always_taking_the_cheapest_would_have_them(seed):
    random = np.random.default_rng(seed)
    count = 3 + seed
    pairs = np.array(list(itertools.combinations(range(count), 2)), np.intp)
    ones = np.ones(len(pairs), np.float32)
    sizes = random.random(count).astype(np.float32)
    features = random.normal(size=(count, 2)).astype(np.float32)
    graph = RegionGraph(sizes / sizes.sum(), features, pairs, ones, ones, 1.0)
    log, slow = MergeLog.of(count), Slow(graph, WARD)
    left, number = merge_neighbours(graph, WARD, 1, log)
    slow.cheapest_first(touching=True)
    assert_same(clusters(tree_of(log)), slow.clusters())
    assert left.count == 1
    assert number.tolist() == [0] * count


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("cost", [WARD, ALL_TERMS])
@pytest.mark.parametrize("down_to", [1, 4])
def test_neighbours_merge_in_rounds_of_those_that_are_each_others_cheapest(seed, cost, down_to):
    graph = scene(seed, 6 + 2 * seed)
    log, slow = MergeLog.of(graph.count), Slow(graph, cost)
    left, number = merge_neighbours(graph, cost, down_to, log)
    slow.in_rounds(touching=True, down_to=down_to)
    assert left.count == down_to
    groups = {tuple(np.flatnonzero(number == one).tolist()) for one in range(left.count)}
    assert groups == set(slow.regions)
    for one in range(left.count):
        members = np.flatnonzero(number == one)
        sizes = graph.sizes[members]
        assert left.sizes[one] == pytest.approx(sizes.sum(), rel=1e-4)
        np.testing.assert_allclose(left.features[one], sizes @ graph.features[members] / sizes.sum(), atol=1e-4)
    for (first, second), length, strength in zip(left.pairs.tolist(), left.lengths, left.strengths, strict=True):
        both = [np.flatnonzero(number == one).tolist() for one in (first, second)]
        assert length == slow.between(*both, slow.sides)
        assert strength == slow.between(*both, slow.strengths)
    if down_to == 1:
        assert_same(clusters(tree_of(log)), slow.clusters())


@pytest.mark.parametrize("seed", range(8))
def test_all_terms_go_on_counting_when_any_two_may_merge(seed):
    graph = scene(seed, 4 + seed)
    slow = Slow(graph, ALL_TERMS)
    slow.in_rounds(touching=False)
    assert_same(clusters(merged_all(graph, ALL_TERMS)), slow.clusters())


@pytest.mark.parametrize("seed", range(4))
def test_first_neighbours_then_any_two_is_one_tree(seed):
    graph = scene(seed, 14)
    log, slow = MergeLog.of(graph.count), Slow(graph, ALL_TERMS)
    left, _ = merge_neighbours(graph, ALL_TERMS, 6, log)
    merge_all(left, ALL_TERMS, log)
    slow.in_rounds(touching=True, down_to=6)
    slow.in_rounds(touching=False)
    assert_same(clusters(tree_of(log)), slow.clusters())


@pytest.mark.parametrize("cost", [WARD, ALL_TERMS])
def test_the_order_of_regions_says_nothing(cost):
    graph = scene(5, 12)
    order = np.random.default_rng(0).permutation(graph.count)  # the old number of each new one
    new = np.argsort(order)
    turned = RegionGraph(
        graph.sizes[order],
        graph.features[order],
        np.sort(new[graph.pairs], axis=1),
        graph.lengths,
        graph.strengths,
        graph.usual,
    )
    found = []
    for each in (graph, turned):
        log = MergeLog.of(each.count)
        left, _ = merge_neighbours(each, cost, 5, log)
        merge_all(left, cost, log)
        found.append(clusters(tree_of(log)))
    assert_same({frozenset(order[list(leaves)].tolist()): each for leaves, each in found[1].items()}, found[0])


def test_regions_that_do_not_touch_are_left_by_neighbours_and_merged_by_all():
    numbers = np.array([[0, 1, -1, 2], [0, 1, -1, 3]], np.int32)
    features = np.array([[0.0], [1.0], [5.0], [7.0]], np.float32)
    graph = RegionGraph.of(numbers, features, np.zeros(numbers.shape, np.uint8))
    log = MergeLog.of(4)
    left, number = merge_neighbours(graph, WARD, 1, log)
    assert (left.count, len(left.pairs)) == (2, 0)
    assert number.tolist() == [0, 0, 1, 1]
    merge_all(left, WARD, log)
    assert set(clusters(tree_of(log))) == {frozenset({0, 1}), frozenset({2, 3}), frozenset(range(4))}


def test_a_single_region_is_a_tree_of_one_leaf():
    graph = RegionGraph.of(np.zeros((2, 3), np.int32), np.ones((1, 2), np.float32), np.zeros((2, 3), np.uint8))
    log = MergeLog.of(1)
    left, number = merge_neighbours(graph, ALL_TERMS, 1, log)
    merge_all(left, ALL_TERMS, log)
    assert (tree_of(log).leaves, number.tolist()) == (1, [0])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30), st.integers(1, 12), st.sampled_from([WARD, ALL_TERMS]))
def test_ties_end_in_a_tree_whose_heights_never_decrease(seed, cells, down_to, cost):
    """Features of few values: many merges cost the same, most of them nothing."""
    graph = scene(seed, cells, steps=2.0)
    log = MergeLog.of(graph.count)
    left, number = merge_neighbours(graph, cost, down_to, log)
    assert left.count == min(cells, down_to), "all cells of the picture hang together"
    assert sorted(set(number.tolist())) == list(range(left.count))
    merge_all(left, cost, log)
    tree = tree_of(log)  # which refuses what is no tree
    assert tree.leaves == cells
    assert (np.diff(tree.heights) >= 0).all()
    again = MergeLog.of(graph.count)
    merge_all(merge_neighbours(graph, cost, down_to, again)[0], cost, again)
    np.testing.assert_array_equal(tree_of(again).merges, tree.merges)


def test_regions_that_all_look_the_same_are_merged_without_end_to_it():
    """All costs are zero, in any precision: of equal costs the first pair is the cheaper."""
    graph = scene(0, 40, size=(20, 20)).with_features(np.full((40, 5), 0.1, np.float32))
    for cost in (WARD, ALL_TERMS):
        tree = merged_all(graph, cost)
        assert tree.leaves == 40
        assert tree.heights.max() < 1e-5
