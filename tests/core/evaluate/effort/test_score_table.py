"""The annotator's books against a slow literal count, and what each strategy costs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acseg_core.evaluate.effort import strategies
from acseg_core.evaluate.effort.score_table import LOOK, NAME, NAMELESS, SPLIT, STROKE, Ledger, Piece, Point
from acseg_core.evaluate.effort.strategies import Regions

CLASSES = 4


def piece(*known: int, image: int = 0) -> Piece:
    """A piece of one leaf with so many pixels of each class."""
    return Piece(image, np.array([0]), np.array([known], np.int64))


def literal(truth: list[int], given: list[int]) -> tuple[float, float]:
    """Accuracy and mean IoU, pixel by pixel."""
    right = sum(one == other for one, other in zip(truth, given, strict=True))
    ious = []
    for label in sorted(set(truth)):
        both = sum(one == other == label for one, other in zip(truth, given, strict=True))
        either = sum(label in pair for pair in zip(truth, given, strict=True))
        ious.append(both / either)
    return right / len(truth), sum(ious) / len(ious)


@given(st.data())
def test_figures_are_those_of_a_literal_count(data: st.DataObject) -> None:
    """Random names, suggestions, splits and strokes; every pixel is also kept by itself."""
    tables = data.draw(
        st.lists(st.lists(st.integers(0, 5), min_size=CLASSES, max_size=CLASSES), min_size=1, max_size=6)
    )
    tables[0][0] += 1
    leaves = [np.array([table, table[::-1]], np.int64) for table in tables]
    pieces = [Piece(0, np.array([2 * n, 2 * n + 1]), table) for n, table in enumerate(leaves)]
    ledger = Ledger(pieces, CLASSES)
    pixels = [
        [number, leaf, label, NAMELESS]
        for number, table in enumerate(leaves)
        for leaf in range(2)
        for label in range(CLASSES)
        for _ in range(table[leaf, label])
    ]
    for _ in range(data.draw(st.integers(0, 8))):
        number = data.draw(st.integers(0, len(ledger.pieces) - 1))
        match data.draw(st.sampled_from(["name", "assume", "split"])):
            case "name":
                ledger.name([number])
            case "assume":
                ledger.assume([number], [data.draw(st.integers(NAMELESS, CLASSES - 1))])
            case "split" if len(ledger.pieces[number].leaves) == 2:
                halves = [Piece(0, np.array([n]), ledger.pieces[number].pixels[n : n + 1]) for n in range(2)]
                first, second = ledger.split(number, halves)
                assert first == number
                for pixel in pixels:
                    pixel[0] = second if pixel[0] == number and pixel[1] == 1 else pixel[0]
        for pixel in pixels:
            pixel[3] = ledger.names[pixel[0]]
        expected = literal([pixel[2] for pixel in pixels], [pixel[3] for pixel in pixels])
        assert (ledger.curve[-1].accuracy, ledger.curve[-1].miou) == pytest.approx(expected)
    wrong = [pixel for pixel in pixels if pixel[2] == 0 and pixel[3] != 0]
    covered = np.bincount([pixel[3] % (CLASSES + 1) for pixel in wrong], minlength=CLASSES + 1)
    ledger.stroke(0, covered.astype(np.int64))
    for pixel in wrong:
        pixel[3] = 0
    expected = literal([pixel[2] for pixel in pixels], [pixel[3] for pixel in pixels])
    assert (ledger.curve[-1].accuracy, ledger.curve[-1].miou) == pytest.approx(expected)


def test_what_actions_cost() -> None:
    ledger = Ledger([piece(8, 2, 0, 0), piece(0, 5, 5, 0), piece(0, 0, 0, 0)], CLASSES)
    assert ledger.curve == [Point("names", 0, 0, 0.0, 0.0, 0.0)]
    ledger.look()
    ledger.name([0])
    ledger.name([1, 2])
    assert ledger.names == [0, 1, 1]
    ledger.name([2])
    assert ledger.names == [0, 1, NAMELESS]  # nothing known: rejected
    ledger.stage = "strokes"
    ledger.stroke(2, np.array([0, 5, 0, 0, 0]))
    last = ledger.curve[-1]
    assert (last.stage, last.actions, last.names) == ("strokes", 5, 3)
    assert last.seconds == LOOK + 3 * NAME + STROKE
    assert last.accuracy == pytest.approx(18 / 20)
    assert [point.actions for point in ledger.curve] == list(range(6))


class Kinds(Regions):
    """Regions of a few kinds that look different, without images: three to a page."""

    def __init__(self, kinds: list[int]) -> None:
        self.pieces = [piece(*(10 * (label == kind) + (label == 3) for label in range(CLASSES))) for kind in kinds]
        self.of_page = [range(begin, min(begin + 3, len(kinds))) for begin in range(0, len(kinds), 3)]
        noise = np.random.default_rng(0).normal(0, 0.01, (len(kinds), 8))
        points = np.eye(8)[kinds] + noise
        self.descriptors = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float16)
        self._centre = self.descriptors.mean(axis=0, dtype=np.float32)


def test_by_region_costs_a_look_per_page_and_a_name_per_region() -> None:
    regions = Kinds([0, 1, 2, 0, 1, 2])
    ledger = Ledger(regions.pieces, CLASSES)
    strategies.name_regions(ledger, regions.of_page)
    assert ledger.names == [0, 1, 2, 0, 1, 2]
    assert (ledger.curve[-1].actions, ledger.curve[-1].seconds) == (8, 2 * LOOK + 6 * NAME)


def test_a_cluster_is_named_once_by_most_of_its_pixels() -> None:
    regions = Kinds([0, 0, 1, 1, 1, 2])
    ledger = Ledger(regions.pieces, CLASSES)
    strategies.name_clusters(ledger, np.array([0, 0, 0, 0, 0, 1], np.int32))
    assert ledger.names == [1, 1, 1, 1, 1, 2]
    assert (ledger.curve[-1].names, ledger.curve[-1].seconds) == (2, 2 * (LOOK + NAME))


def test_what_does_not_agree_is_split_first() -> None:
    regions = Kinds([0, 0, 1, 1, 1, 2])
    ledger = Ledger(regions.pieces, CLASSES)
    strategies.name_pure_clusters(ledger, regions, np.array([0, 0, 0, 0, 0, 1], np.int32), seed=0)
    assert ledger.names == [0, 0, 1, 1, 1, 2]
    assert (ledger.curve[-1].names, ledger.curve[-1].seconds) == (3, 4 * LOOK + SPLIT + 3 * NAME)


def test_alike_regions_that_differ_are_named_in_the_end() -> None:
    regions = Kinds([0, 0, 0, 0])
    regions.descriptors[:] = regions.descriptors[0]
    regions.pieces[:2] = [piece(0, 9, 0, 0), piece(0, 9, 0, 0)]
    ledger = Ledger(regions.pieces, CLASSES)
    strategies.name_pure_clusters(ledger, regions, np.zeros(4, np.int32), seed=0)
    assert NAMELESS not in ledger.names


def test_what_is_most_mixed_is_split_until_there_are_enough() -> None:
    regions = Kinds([0, 0, 0, 1, 1, 2, 2])
    clusters = np.array([0, 0, 0, 0, 0, 1, 1], np.int32)
    ledger = Ledger(regions.pieces, CLASSES)
    assert ledger.mistaken([0, 1, 2, 3, 4]) == 2 * 10
    assert strategies.name_divided_clusters(ledger, regions, clusters, count=2, seed=0) == 0
    assert ledger.names == [0, 0, 0, 0, 0, 2, 2]
    ledger = Ledger(regions.pieces, CLASSES)
    assert strategies.name_divided_clusters(ledger, regions, clusters, count=6, seed=0) == 1, "then nothing is mixed"
    assert ledger.names == [0, 0, 0, 1, 1, 2, 2]
    assert (ledger.curve[-1].names, ledger.curve[-1].seconds) == (3, SPLIT + 3 * (LOOK + NAME))
    regions.descriptors[:] = regions.descriptors[0]  # nothing tells them apart
    ledger = Ledger(regions.pieces, CLASSES)
    assert strategies.name_divided_clusters(ledger, regions, clusters, count=6, seed=0) == 1
    assert ledger.names == [0, 0, 0, 0, 0, 2, 2]


def test_wrong_names_in_clusters_are_doubted_looked_at_and_put_right() -> None:
    kinds = [0, 1, 2] * 12
    regions = Kinds(kinds)
    clusters = np.array(kinds, np.int32)
    clusters[[3, 10]] = 2, 0
    ledger = Ledger(regions.pieces, CLASSES)
    strategies.name_and_doubt_clusters(ledger, regions, clusters)
    assert ledger.names == kinds
    assert ledger.curve[-1].seconds == 3 * (LOOK + NAME) + 2 * (LOOK + NAME)


def test_what_was_looked_at_and_kept_is_not_looked_at_again() -> None:
    kinds = [0, 1, 2] * 12
    regions = Kinds(kinds)
    regions.pieces[3] = piece(0, 0, 9, 0)  # looks like 0, and is 2
    ledger = Ledger(regions.pieces, CLASSES)
    ledger.assume(range(36), [2 if row == 3 else kind for row, kind in enumerate(kinds)])
    assert strategies.look_through_doubts(ledger, regions) == (1, 0)
    assert ledger.names[3] == 2
    assert ledger.curve[-1].seconds == LOOK


def test_sure_doubts_are_taken_unseen_at_the_cost_of_one_name() -> None:
    kinds = [0, 1, 2] * 12
    regions = Kinds(kinds)
    ledger = Ledger(regions.pieces, CLASSES)
    ledger.assume(range(36), [1 if row == 0 else kind for row, kind in enumerate(kinds)])
    assert strategies.take_sure_doubts(ledger, regions) == 1
    assert ledger.names == kinds
    assert (ledger.curve[-1].seconds, ledger.curve[-1].actions) == (NAME, 1)


def test_suggestions_leave_only_what_is_wrong_or_new() -> None:
    regions = Kinds([0, 1, 2, 0, 1, 2, 2, 1, 0])
    ledger = Ledger(regions.pieces, CLASSES)
    strategies.name_with_suggestions(ledger, regions, regions.of_page)
    assert ledger.names == [0, 1, 2, 0, 1, 2, 2, 1, 0]
    assert (ledger.curve[-1].names, ledger.curve[-1].seconds) == (3, 3 * LOOK + 3 * NAME)
    assert ledger.curve[4].accuracy == ledger.curve[-1].accuracy  # suggested after the first page: it counts at once


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
    ledger = Ledger(regions.pieces, CLASSES)
    named = strategies.name_first_clusters(ledger, np.array([0] * 6 + [1] * 3 + [2], np.int32))
    assert named.tolist() == [True] * 9 + [False]
    assert ledger.curve[-1].names == 2
