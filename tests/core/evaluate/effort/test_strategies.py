"""Strategies of the simulated annotator: what each one names, and what it costs."""

import numpy as np

from acseg_core.evaluate.effort import strategies
from acseg_core.evaluate.effort.costs import NAME, SPLIT, VIEW
from acseg_core.evaluate.effort.score_table import NAMELESS, Piece, ScoreTable
from acseg_core.evaluate.effort.strategies import Regions

CLASSES = 4


def piece(*known: int, image: int = 0) -> Piece:
    """A piece of one leaf with so many pixels of each class."""
    return Piece(image, np.array([0]), np.array([known], np.int64))


class Kinds(Regions):
    """Regions of a few kinds with different descriptors, without pixels: three to an image."""

    def __init__(self, kinds: list[int]) -> None:
        self.pieces = [piece(*(10 * (label == kind) + (label == 3) for label in range(CLASSES))) for kind in kinds]
        self.of_image = [range(begin, min(begin + 3, len(kinds))) for begin in range(0, len(kinds), 3)]
        noise = np.random.default_rng(0).normal(0, 0.01, (len(kinds), 8))
        points = np.eye(8)[kinds] + noise
        self.descriptors = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float16)
        self._centre = self.descriptors.mean(axis=0, dtype=np.float32)


def test_by_region_costs_a_view_per_image_and_a_name_per_region() -> None:
    regions = Kinds([0, 1, 2, 0, 1, 2])
    table = ScoreTable(regions.pieces, CLASSES)
    strategies.name_regions(table, regions.of_image)
    assert table.names == [0, 1, 2, 0, 1, 2]
    assert (table.curve[-1].actions, table.curve[-1].seconds) == (8, 2 * VIEW + 6 * NAME)


def test_a_cluster_is_named_once_by_most_of_its_pixels() -> None:
    regions = Kinds([0, 0, 1, 1, 1, 2])
    table = ScoreTable(regions.pieces, CLASSES)
    strategies.name_clusters(table, np.array([0, 0, 0, 0, 0, 1], np.int32))
    assert table.names == [1, 1, 1, 1, 1, 2]
    assert (table.curve[-1].names, table.curve[-1].seconds) == (2, 2 * (VIEW + NAME))


def test_what_does_not_agree_is_split_first() -> None:
    regions = Kinds([0, 0, 1, 1, 1, 2])
    table = ScoreTable(regions.pieces, CLASSES)
    strategies.name_pure_clusters(table, regions, np.array([0, 0, 0, 0, 0, 1], np.int32), seed=0)
    assert table.names == [0, 0, 1, 1, 1, 2]
    assert (table.curve[-1].names, table.curve[-1].seconds) == (3, 4 * VIEW + SPLIT + 3 * NAME)


def test_alike_regions_that_differ_are_named_in_the_end() -> None:
    regions = Kinds([0, 0, 0, 0])
    regions.descriptors[:] = regions.descriptors[0]
    regions.pieces[:2] = [piece(0, 9, 0, 0), piece(0, 9, 0, 0)]
    table = ScoreTable(regions.pieces, CLASSES)
    strategies.name_pure_clusters(table, regions, np.zeros(4, np.int32), seed=0)
    assert NAMELESS not in table.names


def test_what_is_most_mixed_is_split_until_there_are_enough() -> None:
    regions = Kinds([0, 0, 0, 1, 1, 2, 2])
    clusters = np.array([0, 0, 0, 0, 0, 1, 1], np.int32)
    table = ScoreTable(regions.pieces, CLASSES)
    assert table.mistaken([0, 1, 2, 3, 4]) == 2 * 10
    assert strategies.name_divided_clusters(table, regions, clusters, count=2, seed=0) == 0
    assert table.names == [0, 0, 0, 0, 0, 2, 2]
    table = ScoreTable(regions.pieces, CLASSES)
    assert strategies.name_divided_clusters(table, regions, clusters, count=6, seed=0) == 1, "then nothing is mixed"
    assert table.names == [0, 0, 0, 1, 1, 2, 2]
    assert (table.curve[-1].names, table.curve[-1].seconds) == (3, SPLIT + 3 * (VIEW + NAME))
    regions.descriptors[:] = regions.descriptors[0]  # nothing tells them apart
    table = ScoreTable(regions.pieces, CLASSES)
    assert strategies.name_divided_clusters(table, regions, clusters, count=6, seed=0) == 1
    assert table.names == [0, 0, 0, 0, 0, 2, 2]


def test_wrong_names_in_clusters_are_doubted_viewed_and_corrected() -> None:
    kinds = [0, 1, 2] * 12
    regions = Kinds(kinds)
    clusters = np.array(kinds, np.int32)
    clusters[[3, 10]] = 2, 0
    table = ScoreTable(regions.pieces, CLASSES)
    strategies.name_clusters_and_review_doubts(table, regions, clusters)
    assert table.names == kinds
    assert table.curve[-1].seconds == 3 * (VIEW + NAME) + 2 * (VIEW + NAME)


def test_what_was_viewed_and_kept_is_not_viewed_again() -> None:
    kinds = [0, 1, 2] * 12
    regions = Kinds(kinds)
    regions.pieces[3] = piece(0, 0, 9, 0)  # described as 0, and is 2
    table = ScoreTable(regions.pieces, CLASSES)
    table.assume(range(36), [2 if row == 3 else kind for row, kind in enumerate(kinds)])
    assert strategies.review_doubtful_names(table, regions) == (1, 0)
    assert table.names[3] == 2
    assert table.curve[-1].seconds == VIEW


def test_sure_doubts_are_taken_without_a_view_at_the_cost_of_one_name() -> None:
    kinds = [0, 1, 2] * 12
    regions = Kinds(kinds)
    table = ScoreTable(regions.pieces, CLASSES)
    table.assume(range(36), [1 if row == 0 else kind for row, kind in enumerate(kinds)])
    assert strategies.take_sure_doubts(table, regions) == 1
    assert table.names == kinds
    assert (table.curve[-1].seconds, table.curve[-1].actions) == (NAME, 1)


def test_suggestions_leave_only_what_is_wrong_or_new() -> None:
    regions = Kinds([0, 1, 2, 0, 1, 2, 2, 1, 0])
    table = ScoreTable(regions.pieces, CLASSES)
    strategies.name_with_suggestions(table, regions, regions.of_image)
    assert table.names == [0, 1, 2, 0, 1, 2, 2, 1, 0]
    assert (table.curve[-1].names, table.curve[-1].seconds) == (3, 3 * VIEW + 3 * NAME)
    assert table.curve[4].accuracy == table.curve[-1].accuracy  # suggested after the first image: it counts at once


def test_suggestions_never_touch_what_a_person_named() -> None:
    regions = Kinds([0, 1, 2, 0, 1, 2])
    names = np.array([1, 1, 1, NAMELESS, NAMELESS, NAMELESS])
    found = regions.suggestions(names, names != NAMELESS)
    assert found[:3].tolist() == [1, 1, 1]
    assert set(found[3:].tolist()) <= {1, NAMELESS}
    nobody = regions.suggestions(names, np.zeros(6, bool))
    assert nobody.tolist() == [NAMELESS] * 6


def test_the_largest_clusters_come_first() -> None:
    regions = Kinds([0] * 6 + [1] * 3 + [2])
    table = ScoreTable(regions.pieces, CLASSES)
    named = strategies.name_first_clusters(table, np.array([0] * 6 + [1] * 3 + [2], np.int32))
    assert named.tolist() == [True] * 9 + [False]
    assert table.curve[-1].names == 2
